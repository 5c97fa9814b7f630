-- The label of an item in tables and lists of ids.

local encode = require "streamctl.cli.output.encode"

local label = {}

-- Returns the id of an item, or its JSON text; both can be input again.
function label.of(item)
  if type(item) ~= "table" then return item end
  local name, value = next(item)
  if type(value) == "string" and next(item, name) == nil then return value end
  return encode.value(item)
end

-- Hides the user and the query of addresses in a text, since keys stand there.
function label.masked(text)
  return (text:gsub('%?[^"]*', "?..."):gsub('//[^/"%s]*@', "//...@"))
end

-- Returns the label of an item for people.
function label.shown(item)
  return label.masked(label.of(item))
end

return label
