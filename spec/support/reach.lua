-- Calls `visit` with every text that can be reached from a value: through fields, metatables and
-- what functions close over. `seen`: what is left out.

local function reach(value, visit, seen)
  if type(value) == "string" then return visit(value) end
  if (type(value) ~= "table" and type(value) ~= "function" and type(value) ~= "userdata")
    or seen[value] then
    return
  end
  seen[value] = true
  reach(debug.getmetatable(value), visit, seen)
  if type(value) == "table" then
    for key, field in next, value do
      reach(key, visit, seen)
      reach(field, visit, seen)
    end
  elseif type(value) == "function" then
    local i = 1
    local name, upvalue = debug.getupvalue(value, i)
    while name do
      reach(upvalue, visit, seen)
      i = i + 1
      name, upvalue = debug.getupvalue(value, i)
    end
  else
    reach((debug.getuservalue or debug.getfenv)(value), visit, seen) -- luacheck: ignore 143
  end
end

return reach
