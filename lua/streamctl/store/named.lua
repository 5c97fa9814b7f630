-- The option `store` of clients and queues: a store, or its name: "memory", the path of a file, also
-- as "file:PATH", or the URL of a Redis.

local errors = require "streamctl.base.errors"
local memory = require "streamctl.store.memory"

local known = setmetatable({}, { __mode = "v" }) -- stores in use, by their texts

-- Returns the store: the same for the same text; without one, the store in memory that all share.
-- Or returns nil and why the text names none.
return function(value)
  if value == nil or value == "memory" then return memory.shared end
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
