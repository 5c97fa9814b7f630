-- Reads a rockspec for the tools: `load_rockspec(path)` returns what the file sets, on any Lua.

return function(path)
  local environment = {}
  local chunk, message
  if setfenv then -- luacheck: ignore 113 (Lua 5.1)
    chunk, message = loadfile(path)
    if chunk then setfenv(chunk, environment) end -- luacheck: ignore 113
  else
    chunk, message = loadfile(path, "t", environment) -- luacheck: ignore 241
  end
  assert(chunk, message)()
  return environment
end
