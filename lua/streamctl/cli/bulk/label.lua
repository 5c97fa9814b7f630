--- What an item is called in tables and lists of ids.
-- @module streamctl.cli.bulk.label

local encode = require "streamctl.cli.output.encode"

local label = {}

--- Its id, if it has nothing else; or its JSON text. Either can be fed in again.
function label.of(item)
  if type(item) ~= "table" then return item end
  local name, value = next(item)
  if type(value) == "string" and next(item, name) == nil then return value end
  return encode.value(item)
end

--- An address, an id or JSON for people, without what stands before and behind addresses: keys are
-- there.
function label.masked(text)
  return (text:gsub('%?[^"]*', "?..."):gsub('//[^/"%s]*@', "//...@"))
end

--- What an item is called where people look.
function label.shown(item)
  return label.masked(label.of(item))
end

return label
