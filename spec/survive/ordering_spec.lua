-- A newer call for a stream wins at the vendor, whatever happens to the older one: "forbid" is held
-- up or loses its answer, "resume" of the same stream goes out meanwhile, and the stream ends
-- resumed. What a client does at each moment is in spec/unit/order.

local child = require "spec.support.child"
local session = require "spec.support.session"
local shell = require "spec.emulator.launcher.shell"
local streamctl = require "streamctl"

-- A process that forbids the streams of arg, and before it repeats the call lets us do something:
-- it makes the file "waiting" and goes on when there is a file "go".
local FORBIDDER = [==[
local streamctl = require "streamctl"
local shell = require "spec.emulator.launcher.shell"
local dir = os.getenv "DIR"
local function meet(event)
  if event.event ~= "wait" or event.reason ~= "retry" then return end
  shell.write_file(dir .. "/waiting", "")
  for _ = 1, 1000 do
    if shell.read_file(dir .. "/go") then return end
    streamctl.sleep(0.01)
  end
  error("nobody says go")
end
local rtc = streamctl.zego.new {
  app_id = tonumber(os.getenv "ZEGO_APP_ID"), server_secret = os.getenv "ZEGO_SERVER_SECRET",
  endpoint = os.getenv "ZEGO_ENDPOINT", tls = { ca_file = os.getenv "STREAMCTL_CA_FILE" },
  store = assert(streamctl.store.file(dir .. "/store")), rate_limit = false,
  retry = { base = 0.01, cap = 0.02 }, on_event = meet,
}
local streams = {}
for id in os.getenv("STREAMS"):gmatch("%S+") do streams[#streams + 1] = id end
local body, message, err = rtc:forbid_rtc_streams { StreamId = streams }
print(body and "ok" or err.code, err and err.attempts or 0, table.concat((body or err).superseded or {}, " "))
]==]

local function ids(first, last)
  local list = {}
  for i = first, last do list[#list + 1] = "s" .. i end
  return list
end

describe("a newer call", function()
  local s, dir

  setup(function() s = session.start() end)
  teardown(function() session.stop(s) end)

  local function until_it(condition)
    for _ = 1, 3000 do
      if condition() then return end
      streamctl.sleep(0.02)
    end
    error("it never came", 2)
  end

  before_each(function()
    s.e:quiet()
    s.e:reset()
    dir = shell.run("mktemp -d"):match("%S+")
  end)
  after_each(function() shell.run("rm -rf " .. shell.quote(dir)) end)

  local function client(options)
    options.rate_limit = false
    options.retry = options.retry or { base = 0.01, cap = 0.02 }
    return s:zego(options)
  end

  -- Which streams are forbidden, sorted; and no request broke the order of Sequences.
  local function forbidden()
    local state, list = s.e:state(), {}
    for id in pairs(state.zego.forbidden) do list[#list + 1] = id end
    table.sort(list)
    assert.equal(0, state.zego.violations)
    return list
  end

  -- For a request to arrive and to be executed; what is held up waits as long.
  local LONG_ENOUGH = 1

  -- Answers of "forbid" that come late or never.
  local HELD_UP = {
    ["is answered too late"] = { kind = "latency", held = true, after = true },
    ["loses its answer"] = { kind = "reset_after" },
    ["gets a 503 and waits"] = { kind = "status", status = 503 },
  }

  local function hold_up(fault, action)
    local copy = { vendor = "zego", action = action }
    for name, value in pairs(fault) do copy[name] = value end
    s.e:fault(copy)
  end

  local function check_superseded(body, message, err)
    assert.is_nil(body)
    assert.equal("superseded", err.code)
    assert.equal("superseded: ", message:sub(1, 12))
    assert.is_true(err.maybe_sent)
    assert.is_false(err.retryable or false)
    assert.equal(1, err.attempts)
  end

  for name, fault in pairs(HELD_UP) do
    it("wins in one process, when the older one " .. name, function()
      local store = streamctl.store.memory()
      local newer = client { store = store }
      local function meanwhile(event)
        if event.reason == "retry" then assert(newer:resume_rtc_stream { StreamId = "s1" }) end
      end
      local older = client { store = store, attempt_timeout = LONG_ENOUGH, on_event = meanwhile }
      hold_up(fault, "ForbidRTCStream")
      check_superseded(older:forbid_rtc_stream { StreamId = "s1" })
      assert.same({}, forbidden())
      assert.equal(1, #s.e:requests { action = "ForbidRTCStream" })
    end)
  end

  it("wins over a request that the network holds back until later", function()
    local rtc = client { store = streamctl.store.memory(), attempt_timeout = LONG_ENOUGH }
    s.e:fault { vendor = "zego", action = "ForbidRTCStream", kind = "latency", held = true }
    streamctl.run(function()
      local older = streamctl.spawn(function() return rtc:forbid_rtc_stream { StreamId = "s1" } end)
      until_it(function() return s.e:counters().in_flight.zego == 1 end)
      assert(rtc:resume_rtc_stream { StreamId = "s1" })
      check_superseded(older:join())
    end)
    s.e:quiet()
    -- it arrived, with its older Sequence, and was refused by that
    local state = s.e:state()
    assert.same({}, state.zego.forbidden)
    assert.equal(1, state.zego.violations)
  end)

  it("shows in the report of a batch, at each place of the stream", function()
    local store = streamctl.store.memory()
    local newer = client { store = store }
    local rtc = client { store = store, on_event = function(event)
      if event.reason == "retry" then
        assert(newer:resume_rtc_streams { StreamId = { "s25", "s26", "s40" } })
      end
    end }
    s.e:fault { vendor = "zego", action = "ForbidRTCStreams", kind = "status", status = 503,
      execute = true, match = { ["StreamId[]"] = "s25" } }
    local items = ids(1, 60)
    items[61], items[62] = "s25", "s1"
    local report = rtc:batch("ForbidRTCStreams", items)
    assert.same({ 62, 58, 4, 4 },
      { report.total, report.succeeded, report.failed, report.requests })
    for i, result in ipairs(report.results) do
      local gone = i == 25 or i == 26 or i == 40 or i == 61
      assert.equal(not gone, result.ok)
      assert.equal(gone and "superseded" or nil, result.err and result.err.code)
      assert.equal(items[i], result.item)
    end
    assert.equal(57, #forbidden())
  end)

  -- Lets another process forbid streams, and does `meanwhile` before it repeats that. Returns what
  -- it prints.
  local function two_processes(streams, meanwhile)
    local environment = { DIR = dir, STREAMS = table.concat(streams, " ") }
    for _, pair in ipairs(s.e:environment()) do environment[pair[1]] = pair[2] end
    local command = child.command(FORBIDDER, environment, dir .. "/child.lua")
    os.execute("{ " .. command .. (" >%s/out 2>&1; echo >%s/ended; } &"):format(dir, dir))
    local function appears(name)
      for _ = 1, 1000 do
        if shell.read_file(dir .. "/" .. name) then return true end
        streamctl.sleep(0.01)
      end
      return false
    end
    assert(appears("waiting"), shell.read_file(dir .. "/out"))
    meanwhile()
    shell.write_file(dir .. "/go", "")
    assert.is_true(appears("ended"))
    return shell.read_file(dir .. "/out")
  end

  it("wins over another process that shares a file", function()
    local newer = client { store = assert(streamctl.store.file(dir .. "/store")) }
    hold_up(HELD_UP["loses its answer"], "ForbidRTCStreams")
    local output = two_processes(ids(1, 20), function()
      assert(newer:resume_rtc_streams { StreamId = { "s7" } })
    end)
    assert.equal("ok\t0\ts7\n", output)
    assert.equal(19, #forbidden())
  end)
end)
