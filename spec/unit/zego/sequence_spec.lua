-- The Sequence of UpdatePlayer, which is a number in a JSON body; those that are the caller's own;
-- and those of a host whose clock is wrong.

local cjson = require "cjson"
local helper = require "spec.unit.helper"
local memory = require "streamctl.store.memory"

local NOW_MS = helper.NOW * 1000

describe("the Sequence of a player", function()
  local rtc, bodies, answers, options

  before_each(function()
    helper.freeze()
    bodies, answers = {}, {}
    options = { store = memory.new(), retry = { attempts = 3, base = 0.001, cap = 0.001 } }
    rtc = helper.zego(function(request)
      bodies[#bodies + 1] = request.body
      assert.same({}, request.params)
      local answer = table.remove(answers, 1)
      if type(answer) == "function" then answer = answer() end
      return answer or helper.response(200, helper.SUCCESS.zego)
    end, options)
  end)
  after_each(helper.thaw)

  it("is put into the body as a number, a new one for each attempt", function()
    answers = { helper.stopped("timeout", true) }
    assert(rtc:update_player { PlayerId = "p", RepeatTimes = 5, IsPause = 0 })
    assert.same({
      '{"IsPause":0,"PlayerId":"p","RepeatTimes":5,"Sequence":1767323045000}',
      '{"IsPause":0,"PlayerId":"p","RepeatTimes":5,"Sequence":1767323045001}',
    }, bodies)
  end)

  it("is above the last one of any operation", function()
    assert(rtc:update_player { PlayerId = "p" })
    local signed = assert(rtc:sign("ResumeRTCStream", { StreamId = "s" }))
    assert.equal(NOW_MS + 1, tonumber(signed.url:match("Sequence=(%d+)")))
    assert(rtc:update_player { PlayerId = "q" })
    assert.equal(NOW_MS + 2, cjson.decode(bodies[2]).Sequence)
  end)

  it("is the caller's own where there is one, on the first attempt", function()
    answers = { helper.stopped("timeout", true) }
    assert(rtc:update_player { PlayerId = "p", Sequence = NOW_MS + 7 })
    assert(rtc:update_player { PlayerId = "p", Sequence = ("%.0f"):format(NOW_MS + 20) })
    local numbers = {}
    for i, body in ipairs(bodies) do numbers[i] = cjson.decode(body).Sequence - NOW_MS end
    assert.same({ 7, 8, 20 }, numbers)
    local body, message = rtc:update_player { PlayerId = "p", Sequence = NOW_MS + 20 }
    assert.is_nil(body)
    assert.truthy(message:find("is not above", 1, true), message)
    body, message = rtc:update_player { PlayerId = "p", Sequence = -1 }
    assert.is_nil(body)
    assert.truthy(message:find("Sequence must be a whole number", 1, true), message)
  end)

  it("lets a late repeat give way to a newer call for the player, whole", function()
    answers = { function()
      assert(rtc:update_player { PlayerId = "p", IsPause = 1 })
      assert(rtc:update_player { PlayerId = "other", IsPause = 1 })
      return helper.stopped("timeout", true)
    end }
    local body, message, err = rtc:update_player { PlayerId = "p", RepeatTimes = 5 }
    assert.is_nil(body)
    assert.equal("superseded", err.code)
    assert.truthy(message:find("a newer call for p was made", 1, true), message)
    assert.equal(3, #bodies)
  end)

  it("counts players of the test environment apart", function()
    local test = helper.zego(nil, helper.merged(options, { is_test = true }))
    answers = { function()
      assert(test:update_player { PlayerId = "p", IsPause = 1 })
      return helper.stopped("timeout", true)
    end }
    assert(rtc:update_player { PlayerId = "p", RepeatTimes = 5 })
    assert.equal('{"PlayerId":"p","RepeatTimes":5,"Sequence":1767323045002}', bodies[2])
  end)

  it("is signed, and sent unchecked", function()
    local signed = assert(rtc:sign("UpdatePlayer", { PlayerId = "p" }))
    assert.equal('{"PlayerId":"p","Sequence":1767323045000}', signed.body)
    assert.is_nil(signed.url:find("Sequence", 1, true))
    assert(rtc:update_player({ New = "x" }, { validate = false }))
    assert(rtc:update_player({ PlayerId = "p", Sequence = NOW_MS + 9 }, { validate = false }))
    assert(rtc:update_player({}, { validate = false }))
    assert.same({ '{"New":"x","Sequence":1767323045001}',
      '{"PlayerId":"p","Sequence":1767323045009}', '{"Sequence":1767323045010}' }, bodies)
  end)

  it("is nobody's but the caller's for mixing", function()
    for name, more in pairs { stop_mix = {}, stop_cloud_transcode = { UserId = "u" },
      stop_auto_mix = { RoomId = "r" } } do
      bodies = {}
      local params = helper.merged(more, { TaskId = "t" })
      assert(rtc[name](rtc, params))
      assert(rtc[name](rtc, helper.merged(params, { Sequence = 3 })))
      assert.is_nil(cjson.decode(bodies[1]).Sequence)
      assert.equal(3, cjson.decode(bodies[2]).Sequence)
    end
    assert.is_nil(options.store:latest("zego:" .. helper.APP_ID))
  end)
end)

local function sequence_of(request) return tonumber(helper.sent(request, "Sequence")[1]) end

describe("Sequences that the caller counts himself", function()
  local BUSY = helper.response(503, "busy")

  it("go on after a repeat, which takes the next one", function()
    local rtc, transport = helper.zego(helper.script(helper.response(200, helper.SUCCESS.zego),
      BUSY, helper.response(200, helper.SUCCESS.zego)), { retry = { base = 0.001 } })
    assert(rtc:resume_rtc_streams { StreamId = { "a" }, Sequence = 10 })
    assert(rtc:resume_rtc_streams { StreamId = { "b" }, Sequence = 20 })
    assert(rtc:resume_rtc_streams { StreamId = { "c" }, Sequence = 30 })
    local numbers = {}
    for i, request in ipairs(transport.requests) do numbers[i] = sequence_of(request) end
    assert.same({ 10, 20, 21, 30 }, numbers)
  end)

  it("are followed by the next free one", function()
    local rtc, transport
    rtc, transport = helper.zego(helper.script(function()
      for i = 21, 23 do assert(rtc:resume_rtc_stream { StreamId = "other", Sequence = i }) end
      return BUSY
    end, helper.response(200, helper.SUCCESS.zego)), { retry = { base = 0.001 } })
    assert(rtc:resume_rtc_stream { StreamId = "a", Sequence = 20 })
    assert.equal(24, sequence_of(transport.requests[5]))
  end)

  it("let a repeat give way like any other", function()
    local rtc
    rtc = helper.zego(helper.script(function()
      assert(rtc:forbid_rtc_stream { StreamId = "a", Sequence = 25 })
      return BUSY
    end, helper.response(200, helper.SUCCESS.zego)), { retry = { base = 0.001 } })
    local _, _, err = rtc:resume_rtc_stream { StreamId = "a", Sequence = 20 }
    assert.equal("superseded", err.code)
  end)
end)

describe("a host whose clock is ahead", function()
  local AHEAD = 3600
  local DATE = "Date: Fri, 02 Jan 2026 03:04:05 GMT\r\n" -- helper.NOW
  local SKEW = helper.response(200, '{"Code":100000004,"Message":"expired"}', DATE)
  local DONE = helper.response(200, helper.SUCCESS.zego, DATE)

  before_each(function() helper.freeze(helper.NOW + AHEAD) end)
  after_each(helper.thaw)

  -- Refuses what is signed with the wrong clock, as the vendor does.
  local function vendor(used)
    return function(request)
      local timestamp = tonumber(request:signed("https://rtc-api.zego.im").url
        :match("Timestamp=(%d+)"))
      if timestamp > helper.NOW + 600 then return SKEW end
      used[#used + 1] = sequence_of(request)
      return DONE
    end
  end

  local function check(used, count)
    assert.equal(count, #used)
    for i, sequence in ipairs(used) do
      assert.is_true(sequence < NOW_MS + 5000, sequence) -- another host goes on from its own clock
      assert.is_true(i == 1 or sequence > used[i - 1], sequence)
    end
  end

  it("sends Sequences of the vendor's clock from the first repeat on", function()
    local used = {}
    local rtc = helper.zego(vendor(used), { retry = { base = 0.001 } })
    assert(rtc:resume_rtc_stream { StreamId = "a" })
    assert(rtc:describe_rtc_stream_state { StreamId = "a" })
    assert(rtc:forbid_rtc_streams { StreamId = { "a", "b" } })
    check(used, 3)
  end)

  it("does so when many calls are out at first, and when a question is the first", function()
    local used, store, ids = {}, memory.new(), {}
    for i = 1, 100 do ids[i] = "s" .. i end
    local rtc = helper.zego(vendor(used), { retry = { base = 0.001 }, store = store })
    assert.equal(100, rtc:batch("ResumeRTCStreams", ids).succeeded)
    check(used, 5)
    used = {}
    rtc = helper.zego(vendor(used), { retry = { base = 0.001 }, store = memory.new() })
    assert(rtc:describe_rtc_stream_state { StreamId = "a" })
    check(used, 1)
  end)

  it("does so where calls wait for their slots while the first one is refused", function()
    local used, ids = {}, {}
    for i = 1, 200 do ids[i] = "s" .. i end
    local answer = vendor(used)
    local rtc = helper.zego(function(request, _, loop)
      local result = answer(request)
      loop.sleep(0.2)
      return result
    end, { retry = { base = 0.001 }, rate_limit = 20 })
    assert.equal(200, rtc:batch("ResumeRTCStreams", ids).succeeded)
    check(used, 10)
  end)

  it("does so with every new client, also where the store has such numbers", function()
    local used, store = {}, memory.new()
    for _ = 1, 3 do
      helper.freeze(helper.NOW + AHEAD)
      local rtc = helper.zego(vendor(used), { retry = { base = 0.001 }, store = store })
      for _ = 1, 2 do assert(rtc:resume_rtc_stream { StreamId = "a" }) end
    end
    check(used, 6)
  end)

  it("still gives way to a newer call of the same host, and its own goes on", function()
    local store, used, newer = memory.new(), {}, nil
    local other = helper.zego(vendor(used), { retry = { base = 0.001 }, store = store })
    local answer = vendor(used)
    local rtc = helper.zego(function(request)
      if not newer then
        helper.freeze(helper.NOW + AHEAD + 0.1, 1000.1)
        newer = assert(other:resume_rtc_stream { StreamId = "a" })
      end
      return answer(request)
    end, { retry = { base = 0.001 }, store = store })
    local body, _, err = rtc:forbid_rtc_streams { StreamId = { "a", "b" } }
    assert.is_nil(err)
    assert.same({ "a" }, body.superseded)
    check(used, 2)
  end)

  it("takes back what failed before another call was refused, and nothing that no clock gave",
    function()
      local store, rtc = memory.new(), nil
      local answers, sent = { function()
        assert(rtc:resume_rtc_stream { StreamId = "b" }) -- it learns the vendor's clock
        return helper.response(503, "busy")
      end, function() return SKEW end }, {}
      rtc = helper.zego(function(request)
        sent[#sent + 1] = sequence_of(request)
        local answer = table.remove(answers, 1)
        return answer and answer() or DONE
      end, { retry = { base = 0.001 }, store = store })
      assert(rtc:resume_rtc_stream { StreamId = "a" })
      check({ sent[3], sent[4] }, 2)

      helper.freeze(helper.NOW + AHEAD)
      local high = NOW_MS + 1e9
      assert(helper.zego(DONE, { store = store })
        :resume_rtc_stream { StreamId = "a", Sequence = high })
      rtc = helper.zego(helper.script(SKEW, DONE), { retry = { base = 0.001 }, store = store })
      assert(rtc:resume_rtc_stream { StreamId = "a" })
      assert.equal(high + 2, store:latest("zego:" .. helper.APP_ID))
    end)

  it("leaves the caller's own Sequences as they are", function()
    local used = {}
    local rtc = helper.zego(vendor(used), { retry = { base = 0.001 } })
    assert(rtc:resume_rtc_stream { StreamId = "a", Sequence = 5 })
    assert(rtc:resume_rtc_stream { StreamId = "a", Sequence = 7 })
    assert.same({ 6, 7 }, used)
  end)
end)

describe("a Sequence that the vendor calls too low", function()
  local LOW = helper.response(200, '{"Code":1,"Message":"sequence not increasing"}')

  it("is told with what to look at", function()
    local _, message, err = helper.zego(LOW):forbid_rtc_stream { StreamId = "a" }
    assert.same({ "vendor", 1 }, { err.code, err.vendor_code })
    assert.truthy(message:find("Code 1: sequence not increasing; a higher Sequence was sent "
      .. "before: by a host whose clock is ahead, by one with another store, or by somebody who "
      .. "counts Sequences himself", 1, true), message)
  end)

  it("is told so of nothing else", function()
    local _, message = helper.zego(LOW):forbid_cdn_live_stream { StreamId = "a" }
    assert.is_nil(message:find("clock", 1, true))
    _, message = helper.zego(helper.response(200, '{"Code":1,"Message":"failed"}'))
      :forbid_rtc_stream { StreamId = "a" }
    assert.is_nil(message:find("clock", 1, true))
  end)
end)
