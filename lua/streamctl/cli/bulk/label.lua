-- The label of an item in tables and lists of ids.

local json_line = require "streamctl.cli.output.json_line"

local label = {}

-- Returns the id of an item, or its JSON text; both can be input again.
function label.of(item)
  if type(item) ~= "table" then return item end
  local name, value = next(item)
  if type(value) == "string" and next(item, name) == nil then return value end
  return json_line.value(item)
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
