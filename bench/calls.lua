-- Calls through the public API.
--
--   <lua> bench/calls.lua HOW VENDOR BASE CA_FILE|- CALLS CONCURRENCY [paced]
--
-- HOW: calls   one call after the other, outside of any coroutine
--      tasks   streamctl.run, and CONCURRENCY tasks that each make one call after the other
--      batch   client:batch of as many items (at ZEGOCLOUD of 20 ids a call)
--      sign    sends nothing, prints a signed request: its method, its target and its headers
-- VENDOR: aliyun (ResumeLiveStream, V3) or zego (ResumeRTCStreams, 20 ids). BASE "nowhere": a
-- transport that answers at once and neither signs nor sends. CA_FILE "-": the authorities that a
-- client trusts by itself. paced: at the vendor's documented rate; otherwise
-- there is none. The time limits are wide, for busy machines. Everything else is as a client has it
-- that was given nothing but a key.
-- Prints what curl_loop prints: seconds, CPU seconds, requests, failures.

local now = require "monotonic"
local begun, cpu = now(), os.clock()
local streamctl = require "streamctl"

local how, vendor, base, ca_file, calls, concurrency, paced =
  arg[1], arg[2], arg[3], arg[4], tonumber(arg[5]), tonumber(arg[6]), arg[7] == "paced"

local config = {
  endpoint = base, tls = ca_file ~= "-" and { ca_file = ca_file } or nil,
  timeout = 120, attempt_timeout = 60, connect_timeout = 60,
}
if not paced then config.rate_limit = false end
if base == "nowhere" then
  local answer = {
    code = "ok", http_status = 200, headers = "", elapsed = 0,
    body = vendor == "aliyun" and '{"RequestId":"16A96B9A-F203-4EC5-8E43-CB92E68F4CD8"}'
      or '{"Code":0,"Message":"success","RequestId":"8472822094503296736"}',
  }
  config.endpoint, config.transport = nil, { send = function() return answer end }
end

local client, operation, method, params_of, items
if vendor == "aliyun" then
  config.access_key_id = "LTAI5tExampleKeyId000000"
  config.access_key_secret = "0123456789abcdefghijklmnopqrst"
  client = streamctl.aliyun.new(config)
  operation, method = "ResumeLiveStream", client.resume_live_stream
  function params_of(i)
    return {
      DomainName = "push.example.com", LiveStreamType = "publisher", AppName = "app",
      StreamName = string.format("stream-%05d", i),
    }
  end
  function items(count)
    local list = {}
    for i = 1, count do list[i] = params_of(i) end
    return list
  end
else
  config.app_id, config.server_secret = 1234567890, "9193cc662a4c0ec135ec71fb57194b38"
  client = streamctl.zego.new(config)
  operation, method = "ResumeRTCStreams", client.resume_rtc_streams
  function params_of(i)
    local ids = {}
    for k = 1, 20 do ids[k] = string.format("stream-%07d", 20 * i + k) end
    return { StreamId = ids }
  end
  function items(count)
    local list = {}
    for i = 1, 20 * count do list[i] = string.format("stream-%07d", i) end
    return list
  end
end

local failed = 0

-- A function that makes one call after the other, until all that share it have made so many.
local function caller(count)
  local started = 0
  return function()
    while started < count do
      started = started + 1
      local answer, message = method(client, params_of(started))
      if not answer then
        failed = failed + 1
        if failed <= 3 then io.stderr:write(message, "\n") end
      end
    end
  end
end

local HOW = {}

function HOW.calls(count) caller(count)() end

function HOW.tasks(count)
  local make_calls = caller(count)
  streamctl.run(function()
    for _ = 1, concurrency do streamctl.spawn(make_calls) end
  end)
end

function HOW.batch(count)
  local report = client:batch(operation, items(count), { concurrency = concurrency })
  assert(report.requests == count, "the batch made other requests")
  failed = failed + report.failed
end

if how == "sign" then
  local signed = assert(client:sign(operation, params_of(1)))
  print(signed.method)
  print((signed.url:gsub("^%a+://[^/]+", "")))
  for name, value in pairs(signed.headers) do print(name .. ": " .. value) end
  print("user-agent: streamctl/" .. streamctl._VERSION)
  os.exit(0)
end

if calls > 1 then -- connections and traces are there before the clock runs
  HOW[how == "calls" and "calls" or "tasks"](paced and 1 or 200)
  begun, cpu = now(), os.clock()
end
HOW[how](calls)
print(string.format("%.6f %.6f %d %d", now() - begun, os.clock() - cpu, calls, failed))
io.stdout:flush() -- measure takes this for the end of the last answer
os.exit(failed == 0 and 0 or 1, true)
