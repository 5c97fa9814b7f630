--- Exit statuses of the command.
-- @module streamctl.cli.status

local status = {
  OK = 0,            -- all done
  FAILED = 1,        -- some items failed, or the one call did
  USAGE = 2,         -- wrong use or configuration; nothing was sent
  REFUSED = 3,       -- the vendor refuses the account: credentials, signature, forbidden
  UNKNOWN = 4,       -- an outcome is unknown; beats FAILED
  INTERRUPTED = 130, -- SIGINT; the report is written
  TERMINATED = 143,  -- SIGTERM; the report is written
  CLOSED = 141,      -- whoever read our output went away
}

local REFUSALS = { credentials = true, signature = true, forbidden = true }

--- Whether a code refuses the account as a whole.
-- @tparam string code an `err.code`
-- @treturn boolean
function status.refuses(code)
  return REFUSALS[code] or false
end

--- The status that the failure of one call comes to.
-- @tparam table err
-- @treturn integer
function status.of(err)
  if err.code == "outcome_unknown" then return status.UNKNOWN end
  if REFUSALS[err.code] then return status.REFUSED end
  if err.code == "invalid_parameter" and not err.maybe_sent and err.attempts == 0 then
    return status.USAGE
  end
  return status.FAILED
end

return status
