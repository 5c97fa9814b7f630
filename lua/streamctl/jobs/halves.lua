--- Requests of several ids that the vendor refuses for what is in their list: they go again in
-- halves, until what is refused stands alone.
-- @module streamctl.jobs.halves

local errors = require "streamctl.errors"
local parameters = require "streamctl.call.parameters"

local halves = {}

--- The halves of a request, where it goes again. They are intents as old as the whole was.
-- @tparam table client
-- @tparam table operation
-- @tparam Ids ids
-- @tparam table job a request of ids
-- @tparam table err what its call ended with, or what it would
-- @treturn[1] table the first half
-- @treturn[1] table the second one
-- @treturn[1] table the request of those ids that have given way to newer calls
-- @treturn[2] nil
function halves.of(client, operation, ids, job, err)
  local may_go = not err.maybe_sent or parameters.is_harmless(operation, job.params)
  if not may_go or not err.vendor_code or not client.vendor.in_list(operation, err) then
    return nil
  end
  local first, second, gone = ids:divide(job, err.superseded)
  if not first then return nil end
  first.intent = job.intent or err.intent
  second.intent = first.intent
  return first, second, gone
end

--- What a half ends with that was never sent: what was said of the whole.
-- @tparam table refusal `message`, `err` of the whole
-- @tparam table err of the half
-- @treturn string message
-- @treturn table err
function halves.unsent(refusal, err)
  local text = refusal.message:gsub("^[%w_]+: ", "", 1) .. "; not sent again in halves: "
    .. err.message
  return select(2, errors.new(refusal.err.code, text, refusal.err))
end

return halves
