-- Answers that a test has set for an action, and lists that it has one serve.

local facts = require "emulator.facts"
local json = require "emulator.json"
local shapes = require "emulator.shapes"
local state = require "emulator.state"

local M = {}

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

-- How the action of a request pages, which may depend on a parameter.
local function pages_of(operation, values)
  local pages = operation.pages
  if not pages or not pages.when then return pages end
  local name, choices = next(pages.when)
  return choices[values[name] or ""]
end

-- Sets what "a.b.c" leads to.
local function put(body, path, value)
  local parent, last = path:match("^(.*)%.([^.]+)$")
  for part in (parent or ""):gmatch("[^.]+") do
    body[part] = body[part] or {}
    body = body[part]
  end
  body[last or path] = value
end

local function whole(value, default) return tonumber(value == nil and default or value) end

-- The position before the first item of the page that is asked for, and how many it may hold; or
-- nil, the parameter at fault and why.
local function range(pages, values)
  local size = whole(values[pages.size], pages.default or 10)
  if not size or size < (pages.least or 1) or size > (pages.most or math.huge) then
    return nil, pages.size, "out of its range"
  elseif pages.marker then
    local marker = values[pages.marker] or ""
    local position = marker == "" and 0 or tonumber(marker:match("^after%-(%d+)$"))
    if not position then return nil, pages.marker, "not one that was answered" end
    return position, size
  end
  local number = whole(values[pages.page], pages.first)
  if not number or number < pages.first then return nil, pages.page, "out of its range" end
  local start = (number - pages.first) * size
  if pages.window and start + size > pages.window then
    return nil, pages.page, "beyond the first " .. pages.window .. " items"
  end
  return start, size, number
end

local function fill_in(body, pages, items, start, size, number)
  local shown = json.array {}
  for i = start + 1, math.min(start + size, #items) do shown[#shown + 1] = items[i] end
  put(body, pages.items, shown)
  if pages.total then put(body, pages.total, #items) end
  if pages.last then put(body, pages.last, math.ceil(#items / size)) end
  if pages.echo then put(body, pages.echo, number) end
  if body[pages.size] then body[pages.size] = size end
  if pages.next then
    local more = start + size < #items
    put(body, pages.next, more and string.format("after-%d", start + size) or "")
  end
end

-- A body with the page of a list that is asked for; or nil, the parameter at fault and why.
local function page(operation, values, items, body)
  local pages = pages_of(operation, values)
  if not pages then return nil, "Vendor", "of no list" end
  local start, size, number = range(pages, values)
  if not start then return nil, size, number end
  fill_in(body, pages, items, start, size, number)
  return body
end

-- The same for a list of a model: gives nil, "parameter X is why" instead.
function M.page(action, values, items)
  local vendor, operation = facts.find(action)
  local body, at, why = page(operation, values, items, shapes.plain(shape_of(vendor, operation)))
  return body, at and "The parameter " .. at .. " is invalid: " .. why .. "."
end

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
      shapes.fill(shape_of(request.vendor, operation), answer)
    end
    return answer, status
  elseif state.get("lists", request.action) then
    local body, at, why = page(operation, request.values, state.get("lists", request.action),
      shapes.plain(shape_of(request.vendor, operation)))
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
