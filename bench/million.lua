-- The memory of a batch of 1,000,000 ids from an iterator, with results handed out as they come.
-- Nothing is sent: the transport answers at once.
-- usage: eval "$(make -s env)"; lua5.4 bench/million.lua [COUNT]

local streamctl = require "streamctl"

local count, taken, resumed = tonumber(arg[1]) or 1000000, 0, 0
local ANSWER = {
  code = "ok", http_status = 200, headers = "", maybe_sent = true,
  body = '{"Code":0,"Message":"success","RequestId":"8313355725069553069","Data":null}',
}

local rtc = streamctl.zego.new {
  app_id = 1234567890, server_secret = ("0"):rep(32), rate_limit = false,
  transport = { send = function() return ANSWER end },
}

local function next_id()
  if taken == count then return nil end
  taken = taken + 1
  return "stream-" .. taken
end

local start = os.clock()
local report = rtc:batch("ResumeRTCStreams", next_id, {
  on_result = function(result) resumed = resumed + (result.ok and 1 or 0) end,
})
assert(resumed == count and report.requests == math.ceil(count / 20))

local status = assert(io.open "/proc/self/status")
local most = status:read("*a"):match("VmHWM:%s*(%d+) kB")
status:close()
print(("%d ids: %.1f MB at most, %.1f us of CPU each"):format(count, most / 1024,
  (os.clock() - start) / count * 1e6))
