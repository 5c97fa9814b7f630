-- Calls through the public API.
--
--   <lua> tools/bench/calls.lua HOW VENDOR BASE CA_FILE|- CALLS CONCURRENCY [paced]
--
-- HOW: calls   one call after the other, outside of any coroutine
--      same    likewise, always with the same parameters, which are made once
--      tasks   streamctl.run, and CONCURRENCY tasks that each make one call after the other
--      batch   client:batch of as many items (at ZEGOCLOUD of 20 ids a call)
--      items   nothing but making the items of `batch`
--      sign    sends nothing, prints a signed request: its method, its target and its headers
-- VENDOR: aliyun (ResumeLiveStream, V3), zego (ResumeRTCStreams, 20 ids), zego_one (the same with 1
-- id), kick_user (KickoutUser) or start_mix (StartMix, a body of nested objects). BASE "nowhere": a
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
  config.endpoint = nil
  require "streamctl.transport".open = function(endpoint)
    return { endpoint = endpoint, transport = { send = function() return answer end } }
  end
end

local SUBJECTS = {}

function SUBJECTS.aliyun(i)
  return {
    DomainName = "push.example.com", LiveStreamType = "publisher", AppName = "app",
    StreamName = string.format("stream-%05d", i),
  }
end

function SUBJECTS.zego(i)
  local ids = {}
  for k = 1, 20 do ids[k] = string.format("stream-%07d", 20 * i + k) end
  return { StreamId = ids }
end

function SUBJECTS.zego_one(i) return { StreamId = string.format("stream-%07d", i) } end

function SUBJECTS.kick_user(i)
  return { RoomId = "room-1", UserId = { string.format("user-%07d", i), "user-b", "user-c" } }
end

-- Two streams beside each other.
function SUBJECTS.start_mix(i)
  local inputs = {}
  for k = 1, 2 do
    inputs[k] = {
      StreamId = string.format("stream-%07d", 2 * i + k), Volume = 100, RenderMode = 1,
      RectInfo = { Layer = k, Top = 0, Left = 320 * (k - 1), Bottom = 360, Right = 320 * k },
      Label = { Text = "camera", Left = 10, Top = 10, Font = { FontType = 0, FontSize = 24 } },
    }
  end
  return {
    TaskId = string.format("task-%07d", i), UserId = "operator", MixInput = inputs,
    MixOutput = { { StreamId = string.format("mix-%07d", i), Width = 640, Height = 360,
      VideoBitrate = 1500000, Fps = 15 } },
    BackGroundColorHex = "0x000000ff", CheckImageMode = 1,
  }
end

local METHODS = {
  aliyun = "resume_live_stream", zego = "resume_rtc_streams", zego_one = "resume_rtc_stream",
  kick_user = "kickout_user", start_mix = "start_mix",
}

local client
if vendor == "aliyun" then
  config.access_key_id = "LTAI5tExampleKeyId000000"
  config.access_key_secret = "0123456789abcdefghijklmnopqrst"
  client = streamctl.aliyun.new(config)
else
  config.app_id, config.server_secret = 1234567890, "9193cc662a4c0ec135ec71fb57194b38"
  client = streamctl.zego.new(config)
end
local operation = vendor == "aliyun" and "ResumeLiveStream" or "ResumeRTCStreams"
local method, params_of = client[METHODS[vendor]], SUBJECTS[vendor]

-- The items of a batch of so many calls.
local function items(count)
  local list = {}
  if vendor == "aliyun" then
    for i = 1, count do list[i] = params_of(i) end
  else
    for i = 1, 20 * count do list[i] = string.format("stream-%07d", i) end
  end
  return list
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

function HOW.same(count)
  local params = params_of(1)
  for _ = 1, count do assert(method(client, params)) end
end

function HOW.tasks(count)
  local make_calls = caller(count)
  streamctl.run(function()
    for _ = 1, concurrency do streamctl.spawn(make_calls) end
  end)
end

function HOW.batch(count)
  local report = client:batch(operation, items(count), { concurrency = concurrency })
  assert(report.requests == count, "the batch made other requests")
  failed = failed + #report.failures
end

HOW.items = items

if how == "sign" then
  local signed = assert(client:sign(operation, params_of(1)))
  print(signed.method)
  print((signed.url:gsub("^%a+://[^/]+", "")))
  for name, value in pairs(signed.headers) do print(name .. ": " .. value) end
  print("user-agent: streamctl/" .. streamctl._VERSION)
  os.exit(0)
end

if calls > 1 then -- connections and traces are there before the clock runs
  HOW[(how == "calls" or how == "same") and how or "tasks"](paced and 1 or 200)
  begun, cpu = now(), os.clock()
end
HOW[how](calls)
print(string.format("%.6f %.6f %d %d", now() - begun, os.clock() - cpu, calls, failed))
io.stdout:flush() -- measure takes this for the end of the last answer
os.exit(failed == 0 and 0 or 1, true)
