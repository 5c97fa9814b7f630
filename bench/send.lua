-- Signed calls through the transfer engine.
--
--   lua5.4 bench/send.lua ENDPOINT TRUST REQUESTS CONCURRENCY aliyun|zego
--   lua5.4 bench/send.lua ENDPOINT - 0 0 aliyun|zego
--
-- TRUST: a file of authorities; a hashed directory of them, with a slash at its end; "system": those libcurl trusts.
-- Each call is a table of parameters that the engine signs (fresh nonce, date, signature) when its turn comes. Some
-- more than CONCURRENCY are handed over, so that one is always ready; no more than that run.
-- Prints what multi_loop prints: seconds, CPU seconds, requests, connections made, failures.
-- With no requests: prints one signed request instead, its method, its target and its headers, each on a line.

local core = require "streamctl.core"
local engines = require "streamctl.engine"
local now = require "monotonic"

local url, trust, requests, concurrency, vendor = arg[1], arg[2], tonumber(arg[3]), tonumber(arg[4]), arg[5]
local directory = trust:match("^(.*)/$")

local method, action, signer, params_of
if vendor == "aliyun" then
  method, action = "POST", "ResumeLiveStream"
  signer = assert(core.signer("acs3", {
    access_key_id = "LTAI5tExampleKeyId000000", access_key_secret = "0123456789abcdefghijklmnopqrst",
    host = url:match("//(.*)$"), version = "2016-11-01",
  }))
  function params_of(i)
    return {
      "AppName", "app", "DomainName", "push.example.com", "LiveStreamType", "publisher",
      "StreamName", string.format("stream-%05d", i),
    }
  end
else
  method, action = "GET", "ResumeRTCStreams"
  signer = assert(core.signer("zego", { app_id = 1234567890, server_secret = "9193cc662a4c0ec135ec71fb57194b38" }))
  local ids = {}
  for k = 1, 20 do ids[2 * k - 1], ids[2 * k] = "StreamId[]", string.format("stream-%05d", k) end
  ids[41] = "Sequence"
  function params_of(i)
    ids[42] = string.format("17000000%05d", i)
    return ids
  end
end

if requests == 0 then
  local target, headers = assert(signer:sign(method, action, params_of(1)))
  print(method)
  print(target)
  for name, value in pairs(headers) do print(name .. ": " .. value) end
  os.exit(0)
end

local now_begun, cpu_begun = now(), os.clock()
local engine = assert(engines.new(concurrency))
local endpoint = assert(engines.endpoint {
  url = url, max_response = 1048576, user_agent = "streamctl-bench",
  ca_path = directory, ca_file = not directory and trust ~= "system" and trust or nil,
})
local submitted, finished, failed, connections = 0, 0, 0, 0

local function submit()
  submitted = submitted + 1
  assert(engine:submit {
    endpoint = endpoint, signer = signer, method = method, action = action, params = params_of(submitted),
    safe = true, timeout = 30, connect_timeout = 10,
  })
end

while submitted < requests and submitted < 2 * concurrency do submit() end
while finished < requests do
  assert(engine:wait(1))
  local id, result = engine:next_done()
  while id do
    finished = finished + 1
    if result.code ~= "ok" or result.http_status ~= 200 then
      failed = failed + 1
      io.stderr:write(failed <= 3 and result.code .. ": " .. result.message .. "\n" or "")
    end
    if not result.reused then connections = connections + 1 end
    if submitted < requests then submit() end
    id, result = engine:next_done()
  end
end
print(string.format("%.6f %.6f %d %d %d", now() - now_begun, os.clock() - cpu_begun, finished, connections, failed))
engine:close()
os.exit(failed == 0 and 0 or 1)
