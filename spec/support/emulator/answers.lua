-- Answers that a test has set for an action, and lists that it has one serve.

local facts = require "spec.support.model.facts"
local json = require "spec.support.model.json"
local shapes = require "spec.support.model.shapes"
local state = require "spec.support.emulator.state"

local M = {}

-- JSON's [] and {} are one in Lua: the shape tells which is meant.
local function mark(shape, value)
  if type(shape) ~= "table" or type(value) ~= "table" then
    return value
  elseif shape[1] ~= nil then
    for _, item in ipairs(value) do mark(shape[1], item) end
    return json.array(value)
  end
  for name, inner in pairs(value) do mark(shape[name], inner) end
  return value
end

-- Adds the fields that a value does not have.
local function fill(shape, value)
  for name, inner in pairs(shape or {}) do
    if value[name] == nil then value[name] = shapes.plain(inner, name) end
  end
  return mark(shape, value)
end

-- The body of an answer has the shape; at ZEGO its Data.
local function shape_of(vendor, operation)
  return vendor == "zego" and { Data = operation.answer } or operation.answer
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

local FIELDS = { action = "string", items = "table", count = "number", key = "string" }

local function problem_of(list)
  local _, operation = facts.find(list.action)
  if not operation or not operation.pages then
    return "'" .. tostring(list.action) .. "' is no operation that pages"
  end
  for name, value in pairs(list) do
    if type(value) ~= FIELDS[name] then
      return "'" .. tostring(name) .. "' must be " .. (FIELDS[name] or "left out")
    end
  end
end

-- Has an action serve a list: `items`, or `count` of them ("item-1" ..., under `key` if they are
-- tables).
function M.set_list(list)
  local problem = problem_of(list)
  if problem then return nil, problem end
  local items = list.items or {}
  for i = 1, list.count or 0 do
    local text = string.format("item-%d", i)
    items[i] = list.key and { [list.key] = text } or text
  end
  state.set("lists", list.action, items)
  return { ok = true }
end

-- The body that a test has set for this request, as a table or a JSON text, and its HTTP status; or
-- nil, the parameter at fault and why; or nothing.
local function find(request, operation)
  local answer = state.locked(take, request)
  if type(answer) == "string" then
    return answer, 200
  elseif answer then
    local status = answer.http_status or 200
    answer.http_status = nil
    if status == 200 and (request.vendor == "aliyun" or (answer.Code or 0) == 0) then
      fill(shape_of(request.vendor, operation), answer)
    end
    return answer, status
  elseif state.get("lists", request.action) then
    local body, at, why = shapes.page(operation, request.values, state.get("lists", request.action),
      shape_of(request.vendor, operation))
    return body, body and 200 or at, why
  end
end

-- The answer that a test has set for this request, or nil. `wrap` makes one of a body and its
-- status, `ill_formed` one of a parameter at fault.
function M.take(request, operation, wrap, ill_formed)
  local body, status, why = find(request, operation)
  if type(body) == "string" then
    return { status = status, code = "given", raw = body, executed = true }
  elseif body then
    return wrap(request, body, status)
  end
  return status and ill_formed(request, operation, status, why)
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
