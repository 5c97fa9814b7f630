-- A process that takes numbers. usage: lua writer.lua file|redis PATH|PORT COUNT
-- COUNT 0: goes on until it is killed.

local kind, place, count = arg[1], arg[2], tonumber(arg[3])
local store

if kind == "file" then
  store = assert(require("streamctl.store.file").new(place, 60)) -- however busy the machine
else
  store = require("spec.world.store.redis_server").store(tonumber(place))
end

io.stdout:setvbuf(count == 0 and "line" or "full", 512)
local taken, streams = 0, {}
for i = 1, 20 do streams[i] = "stream-" .. i end
while count == 0 or taken < count do
  taken = taken + 1
  local number
  if taken % 3 == 0 then
    number = assert(store:stamp("shared", 1000, streams))
  else
    number = assert(store:stamp("shared", 1000))
  end
  if taken % 5 == 0 then assert(store:reserve("rate", 0.001, 1)) end
  io.write(string.format("%.0f;\n", number))
end
io.stdout:flush()
