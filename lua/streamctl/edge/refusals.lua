-- Webhooks that were refused: counted by vendor and reason over all workers, and logged a line a
-- minute for each reason, however many come. `webhooks.lua` and `answers.lua` note them. A timer of
-- each worker logs them, since a line that a webhook's own request writes would show its query.

local Refusals = {}
Refusals.__index = Refusals

local refusals = {}

local MINUTE = 60

-- Counts a webhook that was refused. `code` is of a closed list; `message` says more about this
-- webhook, and holds no secret.
function Refusals:note(vendor, code, message)
  local reason = vendor .. " " .. code
  self.count(vendor, "refused", code)
  self.dict:set("message " .. reason, (message:gsub("^" .. code .. ": ", "")))
  self.dict:incr("refused " .. reason, 1, 0)
end

-- Logs the counts of the reasons whose minute is over; one worker logs each. Called once a second.
function Refusals:log_counts()
  for _, key in ipairs(self.dict:get_keys(0)) do
    local vendor, code = key:match "^refused (%l+) ([%l_]+)$"
    local count = vendor and self.dict:get(key) or 0
    if count > 0 and self.dict:add("logged " .. key, true, MINUTE) then
      self.dict:incr(key, -count)
      self.log(("%d webhooks of %s were refused within a minute (%s), the last: %s"):format(count,
        vendor, code, self.dict:get(("message %s %s"):format(vendor, code))))
    end
  end
end

-- `parts`: `dict` (an ngx.shared), `log` (takes a text), `count` (takes vendor, outcome and code).
function refusals.new(parts)
  return setmetatable({ dict = parts.dict, log = parts.log, count = parts.count }, Refusals)
end

return refusals
