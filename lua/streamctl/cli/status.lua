-- Decides the exit status of the command: of a call, of a run of many, of its end.

local status = { OK = 0, FAILED = 1, USAGE = 2, REFUSED = 3, UNKNOWN = 4, INTERRUPTED = 130,
  CLOSED = 141, TERMINATED = 143 }

-- The meanings, for `streamctl help exit-status` and for the manual page.
status.meanings = {
  { 0, "All that was asked for is done." },
  { 1, "Some items failed, were not sent or were left out, or the call failed; or stdout or the "
    .. "report could not be written." },
  { 2, "The command line, the configuration or the input is wrong, or the answer was no: "
    .. "nothing was sent." },
  { 3, "The vendor refuses the account as a whole: its credentials, its signature, or what it may "
    .. "do. Bulk commands stop after three such answers in a row." },
  { 4, "The outcome of a call or of some items is unknown: they may have been executed, and must "
    .. "not be repeated blindly. `streamctl settle REPORT` finds out. It takes the place of 1." },
  { 130, "Interrupted by SIGINT (Ctrl-C). What was under way is finished, and the report is "
    .. "written; the same command goes on where it ends." },
  { 141, "Whoever read the output went away." },
  { 143, "Ended by SIGTERM, or by SIGHUP as when a terminal is closed, in the same way as by "
    .. "SIGINT. Under nohup SIGHUP does nothing." },
}

-- The names of signals by number.
status.signals = { [1] = "SIGHUP", [2] = "SIGINT", [15] = "SIGTERM" }

-- The status of a stopped command by the result of `Invocation:caught`.
status.stopped = {
  SIGHUP = status.TERMINATED, SIGINT = status.INTERRUPTED, SIGTERM = status.TERMINATED,
  closed = status.CLOSED,
}

-- Tells whether an `err.code` refuses the account as a whole.
function status.refuses(code)
  return code == "credentials" or code == "signature" or code == "forbidden"
end

-- Returns the status of a failed call.
function status.of(err)
  if err.code == "outcome_unknown" then return status.UNKNOWN end
  if status.refuses(err.code) then return status.REFUSED end
  if err.code == "invalid_parameter" and not err.maybe_sent and (err.attempts or 0) == 0 then
    return status.USAGE
  end
  return status.FAILED
end

-- Returns the status of a run (cli/bulk) by the first of these: stopped, refused, unknown, failed.
function status.of_run(run)
  local counts = run.report.counts
  if run.caught and run.done < #run.order then return status.stopped[run.caught] end
  if run.refused then return status.REFUSED end
  if counts.unknown > 0 then return status.UNKNOWN end
  local undone = counts.failed + counts.unsent > 0 or run.items.left_out or run.report.broken
  return undone and status.FAILED or status.OK
end

-- Returns the status of a command that came to its end with `ended`; a failure of stdout counts
-- where nothing else failed.
function status.of_end(ended, out)
  if ended ~= status.OK or not (out.fault or out.closed) then return ended end
  return out.fault and status.FAILED or status.CLOSED
end

return status
