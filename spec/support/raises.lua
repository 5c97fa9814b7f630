-- What misuse throws: `raises(pattern, fn, ...)`; and `raises.all(fn, cases)`, where a case has the
-- pattern and the arguments.

local assert = require "luassert"

local unpack = table.unpack or unpack -- luacheck: ignore 113 143 (Lua 5.1)

local raises = setmetatable({}, { __call = function(_, pattern, fn, ...)
  local ok, message = pcall(fn, ...)
  assert.is_false(ok)
  assert.is_truthy(tostring(message):find(pattern), message)
end })

function raises.all(fn, cases)
  for _, case in ipairs(cases) do raises(case[1], fn, unpack(case, 2, 10)) end
end

return raises
