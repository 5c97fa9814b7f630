-- Memory of calls that wait in the engine.
--
--   lua5.4 bench/queue.lua CALLS
--
-- Hands over CALLS calls of four parameters to an engine that runs one at a time and is never stepped, so that all
-- of them wait. Prints the bytes by which the process has grown, per call.

local core = require "streamctl.core"
local engines = require "streamctl.engine"

local calls = tonumber(arg[1])

local function resident()
  local file = assert(io.open("/proc/self/statm"))
  local pages = file:read("*l"):match("^%d+ (%d+)")
  file:close()
  return tonumber(pages) * tonumber(arg[2])
end

local engine = assert(engines.new(1))
local endpoint = assert(engines.endpoint { url = "https://127.0.0.1:9", max_response = 1048576 })
local signer = assert(core.signer("acs3", {
  access_key_id = "LTAI5tExampleKeyId000000", access_key_secret = "0123456789abcdefghijklmnopqrst",
  host = "127.0.0.1:9", version = "2016-11-01",
}))
local params = {
  "AppName", "app", "DomainName", "push.example.com", "LiveStreamType", "publisher", "StreamName", "stream-00001",
}
local request = {
  endpoint = endpoint, signer = signer, method = "POST", action = "ResumeLiveStream", params = params,
  safe = true, timeout = 3600, connect_timeout = 10,
}

collectgarbage()
local before = resident()
for i = 1, calls do
  params[8] = string.format("stream-%05d", i)
  assert(engine:submit(request))
end
collectgarbage()
local _, waiting = engine:count()
assert(waiting == calls, "all of them wait")
print(string.format("%.0f", (resident() - before) / calls))
engine:close()
