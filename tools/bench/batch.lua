-- CPU time of one item in a batch of a given size, with a transport that answers at once and signs
-- nothing.
--
--   lua5.4 tools/bench/batch.lua ids|tables SIZE list|each|plain|paced|documented [CONCURRENCY]
--
-- ids: ResumeRTCStreams of ZEGOCLOUD, 20 of them a request. tables: ResumeLiveStream of Alibaba
-- Cloud, a call each. list: a list goes in and a report comes out. each: an iterator goes in, and
-- each result goes to `on_result`; making the items is part of the time. plain: no batch, but a
-- loop that makes and keeps what a list and its report consist of: a growth that this has is Lua's
-- own. paced: as each, at 2,000 calls a second. documented: as each, at the vendor's documented
-- rate, on a clock that a sleep moves on at once. Small batches are repeated, with other streams,
-- until there are 10,000 items.
-- Prints the microseconds per item.

local streamctl = require "streamctl"

local unpack = table.unpack or unpack -- luacheck: ignore 113 143

local kind, size, how, concurrency = arg[1], tonumber(arg[2]), arg[3], tonumber(arg[4]) or 20

local answer = { code = "ok", http_status = 200, headers = "", elapsed = 0 }
local config = { rate_limit = how == "paced" and 2000 }
if how == "documented" then
  local core, wall, monotonic = require "streamctl.core", os.time(), 1000
  core.set_clock(wall, monotonic)
  config.rate_limit, concurrency = nil, 1
  config.loop = { send = error }
  function config.loop.sleep(seconds)
    wall, monotonic = wall + seconds, monotonic + seconds
    core.set_clock(wall, monotonic)
  end
  function config.loop.all(functions) return { { pcall(unpack(functions)) } } end
end
require "streamctl.transport".open = function(endpoint)
  return { endpoint = endpoint, transport = { send = function() return answer end } }
end

local client, operation, item
if kind == "ids" then
  answer.body = '{"Code":0,"Message":"success","RequestId":"8472822094503296736"}'
  config.app_id, config.server_secret = 1234567890, "9193cc662a4c0ec135ec71fb57194b38"
  client, operation = streamctl.zego.new(config), "ResumeRTCStreams"
  function item(i) return string.format("stream-%08d", i) end
else
  answer.body = '{"RequestId":"16A96B9A-F203-4EC5-8E43-CB92E68F4CD8"}'
  config.access_key_id = "LTAI5tExampleKeyId000000"
  config.access_key_secret = "0123456789abcdefghijklmnopqrst"
  client, operation = streamctl.aliyun.new(config), "ResumeLiveStream"
  function item(i)
    return {
      DomainName = "push.example.com", LiveStreamType = "publisher", AppName = "app",
      StreamName = string.format("stream-%08d", i),
    }
  end
end

local made = 0 -- items so far; no two batches have the same streams
local HOW = {} -- seconds of CPU time

local function make_items()
  local items = {}
  for i = 1, size do items[i] = item(made + i) end
  made = made + size
  return items
end

function HOW.list()
  local items = make_items()
  local begun = os.clock()
  local report = client:batch(operation, items, { concurrency = concurrency })
  local taken = os.clock() - begun
  assert(report.succeeded == size, "items failed")
  return taken
end

function HOW.each()
  local last, settled, begun = made + size, 0, os.clock()
  client:batch(operation, function()
    if made < last then
      made = made + 1
      return item(made)
    end
  end, { concurrency = concurrency, on_result = function(result)
    assert(result.ok, result.message)
    settled = settled + 1
  end })
  assert(settled == size, "items are missing")
  return os.clock() - begun
end

HOW.paced, HOW.documented = HOW.each, HOW.each

function HOW.plain()
  local begun, items, results, response = os.clock(), make_items(), {}, nil
  for i = 1, size do
    if kind == "tables" or i % 20 == 1 then
      response = { RequestId = string.format("16A96B9A-F203-4EC5-8E43-%012d", i) }
    end
    results[i] = { index = i, item = items[i], ok = true, answer = response }
  end
  return os.clock() - begun, results
end

local repeats, taken = (how == "paced" or how == "documented") and 1 or math.max(1, 10000 / size), 0
for _ = 1, size <= 1000 and repeats > 1 and repeats or 0 do HOW[how]() end -- warm
collectgarbage()
for _ = 1, repeats do taken = taken + (HOW[how]()) end
print(string.format("%.4f", taken / (repeats * size) * 1e6))
