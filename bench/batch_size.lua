-- CPU time of one item in a batch of a given size, with a transport that answers at once and signs nothing.
--
--   lua5.4 bench/batch_size.lua ids|tables SIZE [stopped]         stopped: with Lua's collector stopped
--
-- ids: ResumeRTCStreams of ZEGOCLOUD, 20 of them a request. tables: ResumeLiveStream of Alibaba Cloud, a call each.
-- Small batches are repeated, with other streams, until there are 10,000 items. Prints microseconds per item.

local streamctl = require "streamctl"

local kind, size = arg[1], tonumber(arg[2])

local answer = { code = "ok", http_status = 200, headers = "", elapsed = 0 }
local common = {
  rate_limit = false, transport = { send = function() return answer end }, store = streamctl.store.memory(),
}

local client, operation, item
if kind == "ids" then
  answer.body = '{"Code":0,"Message":"success","RequestId":"8472822094503296736"}'
  common.app_id, common.server_secret = 1234567890, "9193cc662a4c0ec135ec71fb57194b38"
  client, operation = streamctl.zego.new(common), "ResumeRTCStreams"
  function item(i) return string.format("stream-%07d", i) end
else
  answer.body = '{"RequestId":"16A96B9A-F203-4EC5-8E43-CB92E68F4CD8"}'
  common.access_key_id, common.access_key_secret = "LTAI5tExampleKeyId000000", "0123456789abcdefghijklmnopqrst"
  client, operation = streamctl.aliyun.new(common), "ResumeLiveStream"
  function item(i)
    return {
      DomainName = "push.example.com", LiveStreamType = "publisher", AppName = "app",
      StreamName = string.format("stream-%07d", i),
    }
  end
end

local made = 0
local function items()
  local list = {}
  for i = 1, size do
    made = made + 1
    list[i] = item(made)
  end
  return list
end

local function run(list)
  local report = client:batch(operation, list, { concurrency = 20 })
  assert(report.succeeded == size, "items failed")
end

for _ = 1, math.max(1, 500 / size) do -- warm
  if size <= 1000 then run(items()) end
end
local seconds, repeats = 0, math.max(1, 10000 / size)
for _ = 1, repeats do
  local list = items()
  collectgarbage("collect")
  if arg[3] == "stopped" then collectgarbage("stop") end
  local begun = os.clock()
  run(list)
  seconds = seconds + os.clock() - begun
  collectgarbage("restart")
end
print(string.format("%.4f", seconds / (repeats * size) * 1e6))
