-- Resumes ZEGO streams all at once in copas, while something else goes on there.
--
--   luajit spec/support/emulator/run.lua -- luajit examples/copas.lua   against the emulator
--   luajit examples/copas.lua                                   against the vendor
--
-- Environment: ZEGO_APP_ID, ZEGO_SERVER_SECRET, STREAMCTL_DEMO_RTC (StreamIds, with commas between
-- them); ZEGO_ENDPOINT and STREAMCTL_CA_FILE for an emulator. Exit status: 0 all resumed, 1 some
-- failed.

local found, copas = pcall(require, "copas") -- before socket.http, which copas changes
if not found then
  io.stderr:write(_VERSION, " has no copas: luarocks install copas (Debian's is for 5.1 and 5.2)\n")
  os.exit(1)
end
local sleep = require("streamctl.loop.copas").sleep -- copas 1 has none
local streamctl = require "streamctl"

local rtc = streamctl.zego.new { loop = "copas" }

local left, failed, ticks = 0, 0, 0

local function resume(id)
  local body, message = rtc:resume_rtc_stream { StreamId = id }
  print(id, body and "resumed" or message)
  if not body then failed = failed + 1 end
  left = left - 1
end

local ids = os.getenv "STREAMCTL_DEMO_RTC" or "demo-rtc-1,demo-rtc-2,demo-rtc-3"
for id in ids:gmatch("[^,]+") do
  left = left + 1
  copas.addthread(function() resume(id) end)
end

copas.addthread(function()
  while left > 0 do
    sleep(0.01)
    ticks = ticks + 1
  end
end)

while left > 0 do copas.step() end -- copas.loop() of copas 1 never ends
print(("%d ticks meanwhile"):format(ticks))
os.exit(failed == 0 and 0 or 1)
