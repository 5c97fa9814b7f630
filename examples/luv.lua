-- Resumes ZEGO streams all at once in a libuv loop, while something else goes on there.
--
--   lua5.4 spec/support/emulator/run.lua -- lua5.4 examples/luv.lua   against the emulator
--   lua5.4 examples/luv.lua                                 against the vendor
--
-- Environment: ZEGO_APP_ID, ZEGO_SERVER_SECRET, STREAMCTL_DEMO_RTC (StreamIds, with commas between
-- them); ZEGO_ENDPOINT and STREAMCTL_CA_FILE for an emulator. Exit status: 0 all resumed, 1 some
-- failed.

local uv = require "luv"
local streamctl = require "streamctl"

local rtc = streamctl.zego.new { loop = "luv" }

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
  coroutine.wrap(resume)(id)
end

local ticker = uv.new_timer()
ticker:start(10, 10, function()
  ticks = ticks + 1
  if left == 0 then ticker:close() end
end)

uv.run()
print(("%d ticks meanwhile"):format(ticks))
os.exit(failed == 0 and 0 or 1)
