-- What a describe's body has before busted's setup makes it: tables that are filled then.

local busted = require "busted"
local unpack = table.unpack or unpack -- luacheck: ignore 113 143

local late = {}

--- Describes something with objects that are made once and ended after its last test. `makers`
-- return an object with `stop` and take what those before them have made; `body` takes all objects.
function late.describe(name, makers, body)
  busted.describe(name, function()
    local made = {}
    for i = 1, #makers do made[i] = {} end
    busted.setup(function()
      for i, make in ipairs(makers) do
        local object = make(unpack(made))
        for key, value in pairs(object) do made[i][key] = value end
        setmetatable(made[i], getmetatable(object))
      end
    end)
    busted.teardown(function()
      for i = #made, 1, -1 do
        if made[i].stop then made[i]:stop() end
      end
    end)
    body(unpack(made))
  end)
end

return late
