-- What `require "streamctl"` takes in a fresh interpreter.
--
--   lua5.4 bench/load.lua MODULE...
--
-- Prints the seconds and the CPU seconds for all modules together.

local now = require "monotonic"
local begun, cpu = now(), os.clock()
for _, name in ipairs(arg) do require(name) end
print(string.format("%.6f %.6f", now() - begun, os.clock() - cpu))
