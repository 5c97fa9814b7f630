-- luacheck: std luajit+ngx_lua

-- What changes, and shows it later: the switch `looks` says how many queries after a change still
-- see what was before. With 0 everything shows at once.

local json = require "emulator.json"
local settings = require "emulator.settings"
local state = require "emulator.state"

local M = {}

local function name_of(map, key)
  return map .. "\0" .. key
end

-- What a query would see now, without counting as one.
local function shown(map, key)
  local old = state.get("later", name_of(map, key))
  if old then
    return old.before ~= json.null and old.before or nil
  end
  return state.get(map, key)
end

-- Changes an entry; nil takes it away. Until the queries see that, they see `before`, or else what
-- they saw.
function M.set(map, key, value, before)
  before = before or shown(map, key)
  if settings.get().looks > 0 then
    state.set("later", name_of(map, key),
      { looks = settings.get().looks, before = before or json.null })
  end
  if value then
    state.set(map, key, value)
  else
    state.delete(map, key)
  end
end

-- An entry as a query sees it, which counts as a look.
function M.get(map, key)
  local value, name = shown(map, key), name_of(map, key)
  local old = state.get("later", name)
  if old and old.looks > 1 then
    old.looks = old.looks - 1
    state.set("later", name, old)
  elseif old then
    state.delete("later", name)
  end
  return value
end

-- All entries of a map as a query sees them: those for which `wanted` says so, if it is given. Each
-- of them has been looked at.
function M.all(map, wanted)
  local keys, out = state.all(map), {}
  for name in pairs(state.all("later")) do
    local of, key = name:match("^(%Z*)%z(.*)$")
    if of == map then
      keys[key] = true
    end
  end
  for key in pairs(keys) do
    local value = shown(map, key)
    if not wanted or not value or wanted(value, key) then
      out[key] = M.get(map, key)
    end
  end
  return out
end

return M
