-- A short run of everything that touches C, for valgrind: sign, one call, a batch, a store file,
-- closing. Against the emulator, as there is nothing else to send to.

local emulator = require "spec.support.emulator"
local latest = require "spec.support.latest"
local streamctl = require "streamctl"

local passed, failed = 0, 0

local function test(name, fn)
  local ok, message = pcall(fn)
  if ok then
    passed = passed + 1
  else
    failed = failed + 1
    print(name .. ": " .. tostring(message))
  end
  collectgarbage()
end

local e = assert(emulator.start { rates = false })
local patient = { timeout = 120, attempt_timeout = 60, connect_timeout = 60 }

local function zego(changes)
  local options = { app_id = e.app_id, server_secret = e.server_secret, endpoint = e.zego,
    tls = { ca_file = e.ca_file } }
  for _, more in ipairs { patient, changes or {} } do
    for name, value in pairs(more) do options[name] = value end
  end
  return streamctl.zego.new(options)
end

test("sign", function()
  local live = streamctl.aliyun.new { access_key_id = "testid",
    access_key_secret = "the/secret+key 123" }
  for _ = 1, 20 do
    assert(live:sign("ForbidLiveStream",
      { DomainName = "push.example.com", LiveStreamType = "publisher", AppName = "app",
        StreamName = "s\195\164" }))
    assert(zego():sign("ResumeRTCStreams", { StreamId = { "a", "b" } }))
    assert(not live:sign("CreateLivePullToPush", { Region = "cn-shanghai" }))
  end
end)

test("call", function()
  local live = streamctl.aliyun.new { access_key_id = e.access_key_id,
    access_key_secret = e.access_key_secret, endpoint = e.aliyun, tls = { ca_file = e.ca_file },
    timeout = 120, attempt_timeout = 60, connect_timeout = 60 }
  assert(live:forbid_live_stream { DomainName = "push.example.com", LiveStreamType = "publisher",
    AppName = "app", StreamName = "s1" })
  local refused = zego { endpoint = "http://127.0.0.1:9", retry = false }
  local body, message = refused:forbid_rtc_stream { StreamId = "a" }
  assert(not body and message:find("^connect"), message)
end)

test("batch", function()
  local ids = {}
  for i = 1, 100 do ids[i] = "stream-" .. i end
  local report = zego { rate_limit = false }:batch("ResumeRTCStreams", ids, { concurrency = 3 })
  assert(report.succeeded == 100, report.results[1].message)
end)

test("store", function()
  local path = os.tmpname()
  local store = assert(streamctl.store.file(path))
  assert(zego { store = store }:forbid_rtc_stream { StreamId = "a" })
  local number = assert(store:stamp("counter", 1, { "a", "b" }))
  assert(latest(store, "counter") == number and store:reserve("slot", 0.001))
  store:close()
  assert(not store:stamp("counter", 1))
  os.remove(path)
end)

test("close", function()
  local engine = require "streamctl.engine"
  local one = assert(engine.new(2))
  local endpoint = assert(engine.endpoint { url = e.zego_http, max_response = 1000 })
  local core = require "streamctl.core"
  local signer = core.signer("zego", { app_id = 1, server_secret = "s" })
  for i = 1, 5 do
    assert(one:submit(core.request(signer, "GET", "A" .. i), endpoint, 60, 60))
  end
  assert(one:step())
  one:close()
  for _ = 1, 5 do assert(one:next_done()) end
  assert(one:next_done() == nil)
end)

e:stop()
print(("%d passed, %d failed"):format(passed, failed))
os.exit(failed == 0, true) -- closes the state: what is not freed then has leaked
