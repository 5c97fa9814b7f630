-- The option `store`: a store, "memory", the path of a file or "file:PATH", or the URL of a Redis.

local errors = require "streamctl.base.errors"
local memory = require "streamctl.store.memory"

local known = setmetatable({}, { __mode = "v" }) -- stores in use, by their texts

-- Returns the store, the same for the same text; or nil and why the text names none.
return function(value)
  if (value or "memory") == "memory" then return memory.shared end
  if type(value) ~= "string" then return value end
  local ok, store, why = true, known[value], nil
  if not store and value:find("://", 1, true) then
    ok, store = pcall(require("streamctl.store.redis").new, value)
  elseif not store then
    store, why = require("streamctl.store.file").new((value:gsub("^file:", "")))
  end
  if not ok or not store then return nil, ok and errors.text_of(why) or tostring(store) end
  known[value] = store
  return store
end
