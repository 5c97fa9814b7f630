-- Decides the exit status of the command: of a call, of a run of many, of its end.

local status = { OK = 0, FAILED = 1, USAGE = 2, REFUSED = 3, UNKNOWN = 4, INTERRUPTED = 130,
  CLOSED = 141, TERMINATED = 143 }

-- The meanings, for `streamctl help exit-status` and for the manual page.
status.meanings = {
  { 0, "All that was asked for is done, or a newer call for the same stream has won." },
  { 1, "Some items failed, were not sent or were left out, or the call failed; or stdout or the "
    .. "report could not be written." },
  { 2, "The command line, the configuration or the input is wrong, or the answer was no: "
    .. "nothing was sent." },
  { 3, "The vendor refuses the account as a whole: its credentials, its signature, or what it may "
    .. "do: each time, or three times in a row." },
  { 4, "An outcome is unknown: it may have been executed, and must not be repeated blindly. "
    .. "`streamctl settle REPORT` finds out. It takes the place of 1." },
  { 130, "Interrupted by SIGINT (Ctrl-C): what was under way is finished, and is in the report." },
  { 141, "Whoever read the output went away." },
  { 143, "Ended by SIGTERM, or by SIGHUP as when a terminal is closed, in the same way." },
}

status.signals = { [1] = "SIGHUP", [2] = "SIGINT", [15] = "SIGTERM" }

-- The status of a stopped command by the result of `Invocation:caught`.
status.stopped = {
  SIGHUP = status.TERMINATED, SIGINT = status.INTERRUPTED, SIGTERM = status.TERMINATED,
  closed = status.CLOSED,
}

-- Tells whether an `err.code` refuses the account as a whole.
function status.refuses(code)
  local errors = require "streamctl.base.errors" -- which this Lua may not be able to load
  return code ~= nil and errors.codes[code].status == status.REFUSED
end

function status.of(err)
  local errors = require "streamctl.base.errors"
  local of_code = errors.codes[err.code].status
  if of_code == status.USAGE and (err.maybe_sent or (err.attempts or 0) > 0) then of_code = nil end
  return of_code or errors.outcomes[err.outcome].status
end

-- Returns the status of items by their numbers.
local function of_counts(unknown, undone)
  return unknown > 0 and status.UNKNOWN or undone > 0 and status.FAILED or status.OK
end

local OVER = { done = true, cancelled = true, expired = true } -- states of jobs

-- Returns the status of a job by its table of `streamctl.queue`; and whether the job goes on.
function status.of_job(job)
  if job.state == "paused" then return status.REFUSED, false end
  local goes_on = not OVER[job.state]
  local unsent = goes_on and 0 or job.total and job.unsent or 1
  return of_counts(job.unknown, job.failed + unsent), goes_on
end

-- Returns the status of a run (cli/bulk) by the first of these: stopped, refused, unknown, failed.
function status.of_run(run)
  local counts = run.report.counts
  if run.caught and run.done < #run.order then return status.stopped[run.caught] end
  if run.refused then return status.REFUSED end
  local is_short = run.items.left_out or run.report.broken
  return of_counts(counts.unknown, counts.failed + counts.unsent + (is_short and 1 or 0))
end

-- Returns the status of a command that came to its end with `ended`; a failure of stdout counts
-- where nothing else failed.
function status.of_end(ended, out)
  if ended ~= status.OK or not (out.fault or out.closed) then return ended end
  return out.fault and status.FAILED or status.CLOSED
end

return status
