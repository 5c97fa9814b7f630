-- Batches that keep the documented rates, and batches that go wrong half-way.

local core = require "streamctl.core"
local helper = require "spec.unit.helper"
local session = require "spec.support.session"
local streamctl = require "streamctl"

local function ids(count)
  local list = {}
  for i = 1, count do list[i] = "stream-" .. i end
  return list
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
    -- None arrived before its slot. A busy machine may delay any of them, so that two slots'
    -- requests arrive together: nothing bounds them from above.
    for i, entry in ipairs(log) do
      local early = start + (i - 1) / 20 - entry.time / 1000
      assert.is_true(early < 0.002, ("request %d came %.3f s before its slot"):format(i, early))
    end
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
    local live, items = client("aliyun", { rate_limit = false }), {}
    for i = 1, 400 do items[i] = session.stream { StreamName = "s" .. i } end
    local report = live:batch("ForbidLiveStream", items, { concurrency = 4, timeout = 2 })
    assert.same({ ok = 4, timeout = 4, cancelled = 392 }, helper.count(helper.codes(report)))
    s.e:quiet() -- the late ones are executed all the same, and say so
    check_consistent(report, items)
  end)
end)
