-- Writes the parameters of an operation as a JSON object to fill in, for `call --skeleton`, and
-- finds what is not filled in yet, for `--json`.

local describe = require "streamctl.cli.describe"
local json_line = require "streamctl.cli.output.json_line"

local skeleton = {}

local MARK = "<fill in" -- the beginning of each placeholder
local ITEMS = { json_list = "text", stream_ids = "stream_id" } -- of lists without `items`

local object_of

local function value_of(param, kind, indent)
  local items = ITEMS[kind] or kind == "list" and (param.items or "text")
  if items then return "[" .. value_of(param, items, indent) .. "]" end
  if kind == "object" then return object_of(param.fields or {}, indent) end
  if param.value then return json_line.value(param.value) end
  local words, limits = describe.is_required(param) and ": " or " or delete: ",
    describe.all_limits(param)
  table.insert(limits, 1, kind == "map" and "text" or kind)
  local text = json_line.value(MARK .. words .. table.concat(limits, "; ") .. ">")
  return kind == "map" and '{"NAME": ' .. text .. "}" or text
end

-- Returns the JSON of parameters, each on lines of its own after `indent`.
function object_of(params, indent)
  local lines, deeper = {}, indent .. "  "
  for _, param in ipairs(describe.required_first(params)) do
    lines[#lines + 1] = deeper .. json_line.value(param.name) .. ": "
      .. value_of(param, param.type, deeper)
  end
  return lines[1] and "{\n" .. table.concat(lines, ",\n") .. "\n" .. indent .. "}" or "{}"
end

function skeleton.of(row) return object_of(row.params, "") .. "\n" end

-- Returns the path of a value that still is a placeholder, such as "Items.1.Id", and the value; or
-- nil.
function skeleton.left(object, path)
  for key, value in pairs(object) do
    local name = path and path .. "." .. key or tostring(key)
    if type(value) == "string" and value:sub(1, #MARK) == MARK then return name, value end
    local found, text
    if type(value) == "table" then found, text = skeleton.left(value, name) end
    if found then return found, text end
  end
end

return skeleton
