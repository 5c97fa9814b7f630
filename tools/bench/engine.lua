-- The transfer engine alone: no client, no tasks, nothing checked, decoded or judged.
--
--   <lua> tools/bench/engine.lua VENDOR BASE CA_FILE CALLS CONCURRENCY
--
-- Hands parameters that are ready for the wire to `engine:submit`, which signs them when their turn
-- comes; twice CONCURRENCY are handed over, so that one is always ready. Prints what curl_loop
-- prints. This is no public interface.

local core = require "streamctl.core"
local engines = require "streamctl.engine"
local now = require "monotonic"

local function aliyun(base)
  return "POST", "ResumeLiveStream", assert(core.signer("acs3", {
    access_key_id = "LTAI5tExampleKeyId000000",
    access_key_secret = "0123456789abcdefghijklmnopqrst",
    host = base:match("//(.*)$"), version = "2016-11-01",
  })), function(i)
    return {
      "AppName", "app", "DomainName", "push.example.com", "LiveStreamType", "publisher",
      "StreamName", string.format("stream-%05d", i),
    }
  end
end

local function zego()
  local signer = assert(core.signer("zego", {
    app_id = 1234567890, server_secret = "9193cc662a4c0ec135ec71fb57194b38",
  }))
  local params = {}
  for k = 1, 20 do
    params[2 * k - 1], params[2 * k] = "StreamId[]", string.format("stream-%07d", k)
  end
  params[41] = "Sequence"
  return "GET", "ResumeRTCStreams", signer, function(i)
    params[42] = string.format("17000000%05d", i)
    return params
  end
end

local function submitter(engine, vendor, base, ca_file)
  local method, action, signer, params_of = (vendor == "aliyun" and aliyun or zego)(base)
  local endpoint = assert(engines.endpoint {
    url = base, max_response = 1048576, user_agent = "streamctl/" .. core._VERSION,
    ca_file = ca_file,
  })
  return function(i)
    local request = assert(core.request(signer, method, action, true, params_of(i)))
    assert(engine:submit(request, endpoint, 60, 60))
    return request
  end
end

local function send(vendor, base, ca_file, calls, concurrency)
  calls, concurrency = tonumber(calls), tonumber(concurrency)
  local engine = assert(engines.new(concurrency))
  local submit, failed = submitter(engine, vendor, base, ca_file), 0
  local function run(count)
    local submitted, finished = math.min(count, 2 * concurrency), 0
    for i = 1, submitted do submit(i) end
    while finished < count do
      assert(engine:wait(1))
      local id, result = engine:next_done()
      while id do
        finished = finished + 1
        if result.code ~= "ok" or result.http_status ~= 200 then failed = failed + 1 end
        if submitted < count then
          submitted = submitted + 1
          submit(submitted)
        end
        id, result = engine:next_done()
      end
    end
  end
  run(200) -- connections are there before the clock runs
  local begun, cpu = now(), os.clock()
  run(calls)
  print(string.format("%.6f %.6f %d %d", now() - begun, os.clock() - cpu, calls, failed))
  engine:close()
end

send(arg[1], arg[2], arg[3], arg[4], arg[5])
