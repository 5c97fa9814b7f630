-- Batches that keep the documented rates, and batches that go wrong half-way.

local core = require "streamctl.core"
local session = require "spec.support.session"
local streamctl = require "streamctl"

local function ids(count)
  local list = {}
  for i = 1, count do list[i] = "stream-" .. i end
  return list
end

local function bans(count, first)
  local list = {}
  for i = 1, count do list[i] = session.stream { StreamName = "s" .. (first or 0) + i } end
  return list
end

-- No request arrived before its slot. A busy machine may delay any of them, so that two slots'
-- requests arrive together: nothing bounds them from above.
local function check_slots(log, start, rate)
  for i, entry in ipairs(log) do
    local early = start + (i - 1) / rate - entry.time / 1000
    assert.is_true(early < 0.002, ("request %d came %.3f s before its slot"):format(i, early))
  end
end

local function count_codes(report)
  local codes = {}
  for _, result in ipairs(report.results) do
    local code = result.ok and "ok" or result.err.code
    codes[code] = (codes[code] or 0) + 1
  end
  return codes
end

session.describe("a batch", function(s)
  before_each(function() s.e:quiet() end)

  -- A client as users make it: with retries and the documented rates; nothing is shared with other
  -- tests.
  local function client(vendor, options)
    local all = vendor == "zego" and s:zego_options() or s:aliyun_options()
    all.rate_limit, all.retry, all.store = nil, { base = 0.01, cap = 0.02 },
      streamctl.store.memory()
    all.tls = { ca_file = s:own_ca_file() }
    for name, value in pairs(options or {}) do all[name] = value end
    return streamctl[vendor].new(all)
  end

  it("of 850 ids keeps the documented rate of ZEGO", function()
    local rtc = client "zego"
    local items = ids(800)
    for i = 1, 50 do table.insert(items, i * 15, "stream-" .. i * 16) end
    s.e:state { zego = { forbidden = ids(800) } }
    local start = core.now()
    local report = rtc:batch("resume_rtc_streams", items)
    assert.same({ 850, 850, 0, 40 },
      { report.total, report.succeeded, report.failed, report.requests })
    for i, result in ipairs(report.results) do assert.equal(items[i], result.item) end

    local counters, state, log = s.e:counters(), s.e:state(), s.e:requests()
    assert.equal(40, counters.codes.zego["0"])
    assert.is_nil(counters.codes.zego["30002"])
    assert.equal(0, state.zego.violations)
    assert.same({}, state.zego.forbidden)
    local sequences, seen = {}, 0
    for _, entry in ipairs(log) do
      assert.is_nil(sequences[entry.query.Sequence], "a Sequence was used twice")
      sequences[entry.query.Sequence] = true
      seen = seen + #entry.query["StreamId[]"]
    end
    assert.equal(800, seen)
    check_slots(log, start, 20)
  end)

  if _VERSION == "Lua 5.4" then -- it takes two seconds, and nothing in it depends on the Lua
    it("of 60 items keeps the documented rate of Alibaba Cloud", function()
      local start = core.now()
      local report = client("aliyun"):batch("ResumeLiveStream", bans(60), { concurrency = 20 })
      assert.same({ 60, 0, 60 }, { report.succeeded, report.failed, report.requests })
      local log = s.e:requests()
      assert.equal(60, #log)
      for _, entry in ipairs(log) do assert.equal(200, entry.status) end
      check_slots(log, start, 30)
    end)
  end

  it("keeps as many requests in flight as it is told, on as many connections", function()
    s.e:fault { kind = "latency", together = 20, seconds = 60, times = -1 }
    local live = client("aliyun", { rate_limit = false })
    local report = live:batch("ResumeLiveStream", bans(200), { concurrency = 20 })
    assert.equal(200, report.succeeded)
    local counters = s.e:counters()
    assert.equal(20, counters.max_in_flight.aliyun)
    assert.is_true(counters.connections.aliyun <= 20, counters.connections.aliyun .. " connections")
  end)

  -- What the report says of each item agrees with what the emulator has seen and done.
  local function check_consistent(report, items)
    local state, sent = s.e:state(), {}
    for _, entry in ipairs(s.e:requests()) do
      sent[(entry.query.StreamName or entry.form.StreamName)] = true
    end
    local total = 0
    for i, result in ipairs(report.results) do
      local name = items[i].StreamName
      local key = "push.example.com/app/" .. name
      total = total + 1
      if result.ok then
        assert.is_truthy(state.aliyun.blocked[key], name)
      elseif result.err.code == "cancelled" then
        assert.is_nil(sent[name])
        assert.is_false(result.err.maybe_sent or false)
        assert.is_truthy(result.message:find("never sent", 1, true))
      else
        assert.is_true(result.err.maybe_sent or not sent[name], name)
      end
    end
    assert.equal(report.total, total)
    assert.equal(report.total, report.succeeded + report.failed)
    assert.equal(report.requests, #s.e:requests())
  end

  it("whose time runs out accounts for every item", function()
    s.e:fault { kind = "latency", held = true, after = true, skip = 4, times = -1 }
    local live, items = client("aliyun", { rate_limit = false }), bans(400)
    local report = live:batch("ForbidLiveStream", items, { concurrency = 4, timeout = 2 })
    local codes = count_codes(report)
    assert.same({ ok = 4, timeout = 4, cancelled = 392 }, codes)
    s.e:quiet() -- the late ones are executed all the same, and say so
    check_consistent(report, items)
  end)

  it("repeats what was lost on the way", function()
    s.e:fault { kind = "reset_after", times = 5 }
    s.e:fault { kind = "status", status = 503, times = 5 }
    s.e:fault { kind = "throttle", times = 5 }
    local live = client("aliyun",
      { rate_limit = false, retry = { attempts = 6, base = 0.01, cap = 0.02 } })
    local report = live:batch("ForbidLiveStream", bans(50), { concurrency = 10 })
    assert.same({ ok = 50 }, count_codes(report))
    assert.equal(65, report.requests)
    assert.equal(50, session.count(s.e:state().aliyun.blocked))
    local already = 0
    for _, result in ipairs(report.results) do
      if result.response.already then already = already + 1 end
    end
    assert.equal(5, already)
  end)
end)
