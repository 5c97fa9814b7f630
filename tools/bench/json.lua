-- Writes JSON that can be read and compared: names in order, a figure a line, six digits.

local cjson = require "cjson"

local function is_flat(value)
  for _, inner in pairs(value) do
    if type(inner) == "table" then return false end
  end
  return true
end

local function scalar(value)
  if type(value) ~= "number" then return (cjson.encode(value):gsub("\\/", "/")) end
  assert(value == value and math.abs(value) ~= math.huge, "a figure is not a number")
  return string.format(value == math.floor(value) and "%.0f" or "%.6g", value)
end

local write

-- The texts of what a table holds, in order.
local function members(value, indent)
  local list, names = {}, {}
  if #value > 0 then
    for i, inner in ipairs(value) do list[i] = write(inner, indent) end
    return list, "[", "]"
  end
  for name in pairs(value) do names[#names + 1] = name end
  table.sort(names)
  for i, name in ipairs(names) do
    list[i] = scalar(name) .. ": " .. write(value[name], indent)
  end
  return list, "{", "}"
end

-- What holds no more than plain values is one line: the spread of one thing.
function write(value, indent)
  if type(value) ~= "table" then return scalar(value) end
  if is_flat(value) then
    local list, open, close = members(value)
    return open .. table.concat(list, ", ") .. close
  end
  local inner = indent .. "  "
  local list, open, close = members(value, inner)
  return open .. "\n" .. inner .. table.concat(list, ",\n" .. inner) .. "\n" .. indent .. close
end

--- The text of a report, with a line feed at its end.
return function(report)
  return write(report, "") .. "\n"
end
