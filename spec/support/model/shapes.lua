-- Answers in their documented shape, as spec/bytes/vectors/operations has it: a table of fields, a
-- list of one item, or the name of a type. And the pages of lists.

local facts = require "spec.support.model.facts"
local json = require "spec.support.model.json"
local memory = require "spec.support.model.memory"

local M = {}

-- The least that has the shape: numbers 0, lists empty, ids new.
function M.plain(shape, name)
  if type(shape) ~= "table" then
    local values = { number = 0, boolean = false, map = {} }
    local is_id = (name or ""):find "Id$"
    return values[shape] == nil and (is_id and memory.uuid() or "") or values[shape]
  elseif shape[1] ~= nil then
    return json.array {}
  end
  local object = {}
  for field, inner in pairs(shape) do object[field] = M.plain(inner, field) end
  return object
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
  return (number - pages.first) * size, size, number
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

-- A body of this shape with the page of a list that is asked for; or nil, the parameter at fault
-- and why.
function M.page(operation, values, items, shape)
  local pages = operation.pages
  if not pages then return nil, "Vendor", "of no list" end
  local start, size, number = range(pages, values)
  if not start then return nil, size, number end
  local body = M.plain(shape)
  fill_in(body, pages, items, start, size, number)
  return body
end

-- The same for a list of Alibaba Cloud's; or nil, code, message.
function M.list(action, params, items)
  local operation = facts.aliyun[action]
  local body, at, why = M.page(operation, params, items, operation.answer)
  if body then return body end
  return nil, "InvalidParameter", "The parameter " .. at .. " is invalid: " .. why .. "."
end

return M
