-- A call's turn: slot first, then its place in the order of intents, then the wait.

local core = require "streamctl.core"
local helper = require "spec.unit.helper"
local memory = require "streamctl.store.memory"

local response = helper.response

describe("a call's turn", function()
  local store

  before_each(function()
    helper.freeze()
    store = memory.new()
  end)
  after_each(helper.thaw)

  local function client(options, answer)
    return helper.zego(answer or response(200, helper.SUCCESS.zego),
      helper.merged({ store = store, rate_limit = 1 }, options))
  end

  local function latest(stream)
    return store:latest("zego:" .. helper.APP_ID, stream)
  end

  it("leaves no intent behind when its slot comes too late", function()
    local rtc, transport = client()
    assert(rtc:forbid_rtc_stream({ StreamId = "a" }, { timeout = 0.5 }))
    local before = latest("b")
    local _, _, err = rtc:forbid_rtc_stream({ StreamId = "b" }, { timeout = 0.5 })
    assert.equal("throttled", err.code)
    assert.equal(0, err.attempts)
    assert.equal(1, #transport.requests)
    assert.equal(before, latest("b"))
  end)

  it("is stamped again after the wait", function()
    local rtc, transport = client()
    assert(rtc:forbid_rtc_stream { StreamId = "a" })
    assert(rtc:forbid_rtc_stream { StreamId = "b" })
    local params = transport.requests[2].params
    assert.equal(tostring(latest("b")), ("%.0f"):format(tonumber(params[#params])))
    -- not below the clock at which it was sent
    assert.is_true(latest("b") >= math.floor(core.now() * 1000) - 1)
  end)

  it("gives way to a newer call made while it waited for its slot", function()
    local rtc, transport = client()
    local quick = helper.zego(response(200, helper.SUCCESS.zego), { store = store })
    assert(rtc:forbid_rtc_stream { StreamId = "a" })
    local sleep = core.sleep
    core.sleep = function(seconds)
      core.sleep = sleep
      assert(quick:resume_rtc_stream { StreamId = "b" })
      sleep(seconds)
    end
    local _, _, err = rtc:forbid_rtc_stream { StreamId = "b" }
    core.sleep = sleep
    assert.equal("superseded", err.code)
    assert.equal(0, err.attempts)
    assert.equal(1, #transport.requests)
  end)

  it("is taken anew before the store forgets the intent", function()
    local rtc = client { rate_limit = 0.01 }
    assert(rtc:forbid_rtc_stream({ StreamId = "a" }, { timeout = 500 }))
    local longest, sleep = 0, core.sleep
    core.sleep = function(seconds)
      longest = math.max(longest, seconds)
      sleep(seconds)
    end
    assert(rtc:forbid_rtc_stream({ StreamId = "b" }, { timeout = 500 }))
    core.sleep = sleep
    assert.is_true(longest > 0 and longest <= 30)
  end)

  it("is not taken again when too much time has passed to know of newer calls", function()
    local sent = 0
    local rtc, transport = client({ rate_limit = false, retry = { base = 0.1 } }, function()
      sent = sent + 1
      core.sleep(90)
      return { code = "timeout", message = "late", maybe_sent = true, elapsed = 90 }
    end)
    local _, _, err = rtc:forbid_rtc_stream({ StreamId = "a" }, { timeout = 300, attempt_timeout = 90 })
    assert.equal("superseded", err.code)
    assert.is_true(err.maybe_sent)
    assert.equal(1, #transport.requests)
  end)

  it("is not taken by a dry run", function()
    local rtc, transport = client()
    assert(rtc:forbid_rtc_stream({ StreamId = "a" }, { dry_run = true }))
    assert(rtc:forbid_rtc_stream({ StreamId = "a", Sequence = 2 ^ 53 - 1 }, { dry_run = true }))
    assert.is_nil(latest("a"))
    assert.is_nil(store:latest("zego:" .. helper.APP_ID))
    assert(rtc:forbid_rtc_stream { StreamId = "a" })
    assert.equal(1, #transport.requests)
  end)
end)
