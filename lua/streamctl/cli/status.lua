-- Exit statuses of the command.

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

return status
