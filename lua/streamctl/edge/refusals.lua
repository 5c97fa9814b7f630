-- Webhooks that were refused: counted by vendor and reason over all workers, and logged a line a
-- minute for each reason, however many come. `webhooks.lua` and `answers.lua` note them. A timer of
-- each worker logs them, since a line that a webhook's own request writes would show its query.

local Refusals = {}
Refusals.__index = Refusals

local refusals = {}

local MINUTE = 60

-- Counts a webhook that was refused. `code` is of a closed list; `message` says more about the
-- last webhook, and holds no secret.
function Refusals:note(vendor, code, message)
  local reason = vendor .. " " .. code
  self.dict:set("message " .. reason, message)
  self.dict:incr("refused " .. reason, 1, 0)
end

-- Logs the counts of the reasons whose minute is over, by one worker only; asked once a second.
function Refusals:log_counts()
  for _, key in ipairs(self.dict:get_keys(0)) do
    local reason = key:match "^refused (.*)$"
    local count = reason and self.dict:get(key) or 0
    if count > 0 and self.dict:add("logged " .. reason, true, MINUTE) then
      self.dict:incr(key, -count)
      self.log(("webhooks of %s were refused within a minute: %d, the last: %s"):format(
        reason:match "^%l+", count, self.dict:get("message " .. reason)))
    end
  end
end

-- `parts`: `dict` (an ngx.shared) and `log` (takes a text).
function refusals.new(parts)
  return setmetatable({ dict = parts.dict, log = parts.log }, Refusals)
end

return refusals
