-- Lists that a test has an action serve, page by page as the action's facts say.

local facts = require "emulator.facts"
local json = require "emulator.json"
local shapes = require "emulator.shapes"
local state = require "emulator.state"

local M = {}

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
  local shape = vendor == "zego" and { Data = operation.answer } or operation.answer
  local body, at, why = page(operation, values, items, shapes.plain(shape))
  return body, at and "The parameter " .. at .. " is invalid: " .. why .. "."
end

-- The page that a request asks for of the list that a test has set.
function M.serve(request, operation, body)
  return page(operation, request.values, state.get("lists", request.action), body)
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
function M.set(list)
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

return M
