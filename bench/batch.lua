-- Batches: against the ideal of their pace, and what they take.
--
--   lua5.4 bench/batch.lua wide CALLS CONCURRENCY LATENCY     seconds of latency at the vendor, no rate
--   lua5.4 bench/batch.lua paced CALLS                        ResumeLiveStream at its documented 30 per second
--   lua5.4 bench/batch.lua memory ITEMS PAGESIZE              a batch whose transport answers at once
--
-- Prints: seconds, seconds of the ideal, CPU seconds; memory prints the bytes by which the process has grown at the
-- batch's peak and after it. Sends to the emulator of spec/emulator, whose own CPU time does not count.

local here = arg[0]:match("^(.*)/[^/]*$") or "."
local streamctl = require "streamctl"

local how, calls = arg[1], tonumber(arg[2])

local items = {}
for i = 1, calls do
  items[i] = {
    DomainName = "push.example.com", LiveStreamType = "publisher", AppName = "app",
    StreamName = string.format("stream-%05d", i),
  }
end

local CREDENTIALS = { access_key_id = "LTAI5tExampleKeyId000000", access_key_secret = "0123456789abcdefghijklmnopqrst" }

local function client(options)
  for name, value in pairs(CREDENTIALS) do options[name] = options[name] or value end
  options.store = streamctl.store.memory()
  return streamctl.aliyun.new(options)
end

local function resident()
  local file = assert(io.open("/proc/self/statm"))
  local pages = file:read("*l"):match("^%d+ (%d+)")
  file:close()
  return tonumber(pages) * tonumber(arg[3])
end

-- The engine and a connection are there before anything is measured.
local function measure(live, ideal, options)
  assert(live:call("EchoWarm"))
  local cpu = os.clock()
  local report = live:batch("ResumeLiveStream", items, options)
  assert(report.failed == 0 and report.requests == calls, "items failed")
  print(string.format("%.6f %.6f %.6f", report.elapsed, ideal, os.clock() - cpu))
end

local function with_emulator(config, run)
  local e = assert(assert(loadfile(here .. "/../spec/support/emulator.lua"))().start(config))
  local ok, problem = pcall(run, {
    access_key_id = e.access_key_id, access_key_secret = e.access_key_secret, endpoint = e.aliyun,
    tls = { ca_file = e.ca_file },
  })
  e:stop()
  if not ok then error(problem, 0) end
end

local parts = {}

function parts.wide()
  local concurrency, latency = tonumber(arg[3]), tonumber(arg[4])
  with_emulator({ latency = latency, log = false }, function(options)
    options.rate_limit = false
    measure(client(options), math.ceil(calls / concurrency) * latency, { concurrency = concurrency })
  end)
end

function parts.paced()
  with_emulator({ rates = true, log = false }, function(options)
    measure(client(options), (calls - 1) / 30, { concurrency = 20 })
  end)
end

function parts.memory()
  local answer = {
    code = "ok", http_status = 200, headers = "", elapsed = 0,
    body = '{"RequestId":"16A96B9A-F203-4EC5-8E43-CB92E68F4CD8"}',
  }
  local live = client { rate_limit = false, transport = { send = function() return answer end } }
  assert(live:resume_live_stream(items[1]))
  collectgarbage()
  collectgarbage()
  local before, peak = resident(), 0
  local report = live:batch("ResumeLiveStream", items, { on_progress = function(at)
    if at.done % 500 == 0 then peak = math.max(peak, resident()) end
  end })
  assert(report.succeeded == calls)
  print(string.format("%.0f %.0f", math.max(peak, resident()) - before, resident() - before))
end

local ok, problem = pcall(parts[how])
if not ok then
  io.stderr:write("batch.lua: ", tostring(problem), "\n")
  os.exit(1)
end
