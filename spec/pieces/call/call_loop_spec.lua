-- The option loop: who waits for a client, and what becomes of calls where nobody can.

local aliyun = require "streamctl.aliyun"
local core = require "streamctl.core"
local helper = require "spec.pieces.helper"

local STREAM = helper.ALIYUN_PARAMS.ResumeLiveStream

-- A loop of the caller's own that notes what it is asked for.
local function own_loop(changes)
  local loop = { slept = {}, sent = {}, batches = {} }
  function loop.send(exchange, request)
    loop.sent[#loop.sent + 1] = { exchange, request }
    return helper.response(200, helper.SUCCESS.aliyun)
  end
  function loop.sleep(seconds)
    loop.slept[#loop.slept + 1] = seconds
    core.sleep(seconds)
  end
  function loop.all(functions)
    loop.batches[#loop.batches + 1] = #functions
    local outcomes = {}
    for i, fn in ipairs(functions) do outcomes[i] = { pcall(fn) } end
    return outcomes
  end
  for name, value in pairs(changes or {}) do loop[name] = value end
  return loop
end

-- A store that notes what it is asked for.
local function watched_store()
  local store, inner = { asked = {} }, require("streamctl.store.memory").new()
  for _, name in ipairs { "stamp", "reserve" } do
    store[name] = function(_, ...)
      store.asked[#store.asked + 1] = name
      return inner[name](inner, ...)
    end
  end
  return store
end

helper.stand_still()

describe("a loop of the caller's own", function()
  it("waits for the answers of the engine", function()
    local loop = own_loop()
    -- no port of ours: nothing is sent, since it is the loop that would
    local live = aliyun.new { access_key_id = "testid", access_key_secret = "x", loop = loop,
      endpoint = "http://127.0.0.1:1" }
    assert.equal("R-1", assert(live:resume_live_stream(STREAM)).RequestId)
    assert.equal(1, #loop.sent)
    assert.equal("function", type(loop.sent[1][1].submit))
    assert.equal("ResumeLiveStream", loop.sent[1][2].action)
  end)
end)

describe("where the loop cannot wait", function()
  local WHY = "the nginx phase 'log' cannot wait"

  local function refused(vendor, more)
    local loop, store, events = own_loop { refusal = function() return WHY end }, watched_store(),
      {}
    local client, transport = helper[vendor](nil, helper.merged({
      loop = loop, store = store, rate_limit = 1, on_event = function(event)
        events[#events + 1] = event
      end,
    }, more))
    return client, function()
      assert.same({}, transport.requests)
      assert.same({}, store.asked)
      assert.same({}, loop.slept)
      assert.same({}, loop.sent)
      assert.same({}, events)
    end
  end

  local function check(operation, body, message, err)
    assert.is_nil(body)
    assert.equal("cannot_wait: " .. operation .. ": " .. WHY, message)
    assert.equal(message, err.message)
    assert.same({ "cannot_wait", "failed", 0, false, false, operation },
      { err.code, err.outcome, err.attempts, err.maybe_sent, err.retryable, err.operation })
  end

  it("a call is refused before anything is stamped, reserved or sent", function()
    local rtc, nothing_happened = refused "zego"
    for _ = 1, 3 do check("ResumeRTCStreams", rtc:resume_rtc_streams { StreamId = { "a" } }) end
    check("KickoutAll", rtc:call("KickoutAll", { RoomId = "r" }))
    nothing_happened()
    local live
    live, nothing_happened = refused("aliyun", { retry = {} })
    check("ResumeLiveStream", live:resume_live_stream(STREAM))
    nothing_happened()
  end)
end)
