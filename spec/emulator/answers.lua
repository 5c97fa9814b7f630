-- Answers that a test has set for an action, and lists that it has one serve.

local facts = require "emulator.facts"
local lists = require "emulator.lists"
local shapes = require "emulator.shapes"
local state = require "emulator.state"

local M = {}

-- The body of an answer has the shape; at ZEGO its Data.
local function shape_of(request, operation)
  return request.vendor == "zego" and { Data = operation.answer } or operation.answer
end

local function fits(match, request)
  for name, value in pairs(match or {}) do
    if tostring(request.values[name]) ~= tostring(value) then return false end
  end
  return true
end

local function take(request)
  local sets = state.get("answers", request.action)
  for i = #(sets or {}), 1, -1 do
    local set = sets[i]
    if fits(set.match, request) then
      local answer = set.answers[set.at]
      set.at = math.min(set.at + 1, #set.answers)
      state.set("answers", request.action, sets)
      return answer
    end
  end
end

-- The answer that a test has set for this request: its body as a table or a JSON text, and its HTTP
-- status; or nil, the parameter at fault and why; or nothing.
function M.take(request, operation)
  local answer = state.locked(take, request)
  if type(answer) == "string" then
    return answer, 200
  elseif answer then
    local status = answer.http_status or 200
    answer.http_status = nil
    if status == 200 and (request.vendor == "aliyun" or (answer.Code or 0) == 0) then
      shapes.fill(shape_of(request, operation), answer)
    end
    return answer, status
  elseif state.get("lists", request.action) then
    local body, at, why = state.locked(lists.serve, request, operation,
      shapes.plain(shape_of(request, operation)))
    if not body then return nil, at, why end
    return body, 200
  end
end

-- Sets the answers of an action, one after the other, the last one for ever; only of requests with
-- the parameters of `match`, if it is given. Without any the action answers as before.
function M.set(order)
  local vendor = facts.find(order.action)
  if not vendor then return nil, "no operation '" .. tostring(order.action) .. "'" end
  if #(order.answers or {}) == 0 then
    state.delete("answers", order.action)
    return { ok = true }
  end
  local sets = state.get("answers", order.action) or {}
  sets[#sets + 1] = { match = order.match, answers = order.answers, at = 1 }
  state.set("answers", order.action, sets)
  return { ok = true }
end

return M
