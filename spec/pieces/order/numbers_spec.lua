-- The numbers that attempts take: Sequences, of ours and of the caller's own.

local core = require "streamctl.core"
local helper = require "spec.pieces.helper"
local latest = require "spec.support.latest"
local memory = require "streamctl.store.memory"
local order = require "spec.support.order"
local samples = require "spec.support.samples"

local NOW_MS = helper.NOW * 1000
local BUSY = helper.response(503, "busy")

-- How a Sequence goes out: in the query, or as a number in a JSON body.
local FORMS = {
  { "in the query", "ResumeRTCStream", "StreamId" }, { "in a body", "UpdatePlayer", "PlayerId" },
}

helper.stand_still()

for _, kind in ipairs(order.STORES) do
  for _, form in ipairs(FORMS) do
    describe("a Sequence " .. form[1] .. ", by " .. kind[1] .. ",", function()
      local store, client, transport, answers

      before_each(function()
        store, answers = kind[2](), {}
        client, transport = helper.zego(function()
          local answer = table.remove(answers, 1)
          if type(answer) == "function" then answer = answer() end
          return answer or order.DONE.zego
        end, order.retrying(store))
      end)

      -- `sequence`: less the milliseconds of now
      local function call(stream, sequence)
        if type(sequence) == "number" then sequence = NOW_MS + sequence end
        return client:call(form[2], { [form[3]] = stream, Sequence = sequence })
      end

      local function sent() return order.sequences(transport) end

      it("is the time in milliseconds, and one above the last when that is no later", function()
        for _, wall in ipairs { 0.123456, 0.123456, -3600, 0.125, 60 } do
          helper.freeze(helper.NOW + wall)
          assert(call "a")
        end
        assert.same({ 123, 124, 125, 126, 60000 }, sent())
      end)

      -- The caller's own Sequences, false for ours; the answers; those that are sent.
      for title, case in pairs {
        ["is a new one for each attempt"] = { { false }, { order.LOST, BUSY }, { 0, 1, 2 } },
        ["of the caller's own is sent as it is, in either form, and ours go on from it"] = {
          { false, 100, ("%.0f"):format(NOW_MS + 200), false }, {}, { 0, 100, 200, 201 } },
        ["of the caller's own is followed by the next one, at a repeat"] = { { 10, 20, 30 },
          { order.DONE.zego, BUSY, order.LOST }, { 10, 20, 21, 22, 30 } },
      } do
        it(title, function()
          answers = case[2]
          for _, own in ipairs(case[1]) do assert(call("a", own or nil)) end
          assert.same(case[3], sent())
        end)
      end

      it("rises over operations, clients, environments and ways to call", function()
        local other, second = helper.zego(nil, { store = store, is_test = true })
        assert(call "a")
        assert(other:resume_rtc_streams { StreamId = { "s", "t" } })
        local signed = assert(client:sign("describe_rtc_stream_state", { StreamId = "s" }))
        assert(call "b")
        assert(other:update_player { PlayerId = "p" })
        assert(client:resume_rtc_stream({ StreamId = "c" }, { validate = false }))
        assert.same({ 0, 3, 5 }, sent())
        assert.same({ 1, 4 }, order.sequences(second))
        assert.equal(NOW_MS + 2, tonumber(signed.url:match("Sequence=(%d+)")))
      end)

      it("of the caller's own is refused when it is not above the last one", function()
        assert(call("a", "5000"))
        for _, low in ipairs { 5000, 17 } do
          local body, message, err = client:call(form[2], { [form[3]] = "a", Sequence = low })
          assert.is_nil(body)
          assert.equal(("invalid_parameter: Sequence %d is not above 5000, the last one of this "
            .. "AppId; leave it out to have it filled in (%s)"):format(low, form[2]), message)
          assert.same({ "invalid_parameter", 0 }, { err.code, err.attempts })
        end
        assert.equal(1, #transport.requests)
      end)

      it("of the caller's own must be a whole number below 2^53", function()
        for _, own in ipairs { 0, -1, 1.5, 2 ^ 53, 1 / 0, 0 / 0, "0", "1.5", "x", "nan",
          "9007199254740992" } do
          for _, validate in ipairs { true, false } do
            local body, message, err = client:call(form[2], { [form[3]] = "a", Sequence = own },
              { validate = validate })
            assert.is_nil(body)
            assert.same({ "invalid_parameter", 0 }, { err.code, err.attempts })
            assert.truthy(message:find("Sequence must be a whole number from 1 to 2^53 - 1", 1,
              true) or message:find("Sequence is not a finite number", 1, true), message)
          end
        end
        assert.equal(0, #transport.requests)
      end)

      it("of the caller's own is followed by the next free one", function()
        answers = { function()
          local other = helper.zego(nil, { store = store })
          for i = 21, 24 do
            assert(other:resume_rtc_stream { StreamId = "other", Sequence = NOW_MS + i })
          end
          return BUSY
        end }
        assert(call("a", 20))
        assert.same({ 20, 25 }, sent())
      end)

      it("of the caller's own stays when the call waits before it is sent", function()
        client, transport = helper.zego(nil, { store = store, rate_limit = 1 })
        assert(call "a")
        assert(call("b", 500))
        assert.same({ 0, 500 }, sent())
      end)

      it("ends at 2^53, where numbers stop being exact", function()
        assert(call("a", "9007199254740991"))
        local body, message, err = call "a"
        assert.is_nil(body)
        assert.equal("invalid_parameter", err.code)
        assert.truthy(message:find("have reached 2^53", 1, true), message)
        assert.equal(1, #transport.requests)
      end)

      it("stands behind all other parameters, once", function()
        assert(call("a", 5))
        local request = transport.requests[1]
        if form[3] == "PlayerId" then
          assert.equal('{"PlayerId":"a","Sequence":1767323045005}', request.body)
          assert.same({}, request.params)
        else
          assert.same({ "StreamId", "a", "Sequence", "1767323045005" }, request.params)
        end
      end)

      it("is taken after the wait for a slot, and is what the store knows", function()
        client, transport = helper.zego(nil, { store = store, rate_limit = 1 })
        for i = 1, 3 do
          assert(call("a" .. i))
          local sequence = order.sequence(transport.requests[i])
          assert.is_true(sequence >= math.floor(core.now() * 1000) - 1)
          assert.equal(sequence, latest(store, "zego:1234567890"))
        end
      end)
    end)
  end
end

describe("a Sequence", function()
  it("is carried by the operations that take one", function()
    local rtc, transport = helper.zego()
    for action, facts in pairs(samples.facts "zego") do
      transport.requests = {}
      rtc:call(action, samples.params("zego", action))
      local request = transport.requests[1]
      assert.equal(facts.sequence == true, order.sequence(request) ~= nil, action)
    end
    assert(rtc:call("KickoutAll", { RoomId = "r" }))
    assert.is_nil(order.sequence(transport.requests[2] or transport.requests[1]))
  end)

  it("is nobody's but the caller's for mixing", function()
    local store = memory.new()
    local rtc, transport = helper.zego(nil, { store = store })
    for name, more in pairs { stop_mix = {}, stop_cloud_transcode = { UserId = "u" },
      stop_auto_mix = { RoomId = "r" } } do
      local params = helper.merged(more, { TaskId = "t" })
      transport.requests = {}
      assert(rtc[name](rtc, params))
      assert(rtc[name](rtc, helper.merged(params, { Sequence = 3 })))
      local with_own = transport.requests[2].body
      assert.is_nil(transport.requests[1].body:find("Sequence", 1, true))
      assert.equal(3, samples.decode(with_own).Sequence)
    end
    assert.is_nil(latest(store, "zego:1234567890"))
  end)

  it("is left alone by the numbers of calls that carry none", function()
    local rtc, transport = helper.zego()
    for own = 5, 6 do
      assert(rtc:forbid_cdn_live_stream { StreamId = "s" })
      assert(rtc:resume_rtc_stream { StreamId = "s", Sequence = own })
    end
    assert.same({ "6" }, helper.sent(transport.requests[4], "Sequence"))
  end)

  it("is put into a body that nothing checks", function()
    local rtc, transport = helper.zego()
    assert(rtc:update_player({ New = "x" }, { validate = false }))
    assert(rtc:update_player({ PlayerId = "p", Sequence = NOW_MS + 9 }, { validate = false }))
    assert(rtc:update_player({}, { validate = false }))
    local bodies = {}
    for i, request in ipairs(transport.requests) do bodies[i] = request.body end
    assert.same({ '{"New":"x","Sequence":1767323045000}',
      '{"PlayerId":"p","Sequence":1767323045009}', '{"Sequence":1767323045010}' }, bodies)
  end)

  it("is counted by one store for all clients that have none of their own", function()
    local _, transport = helper.zego()
    for _ = 1, 2 do
      assert(require("streamctl.zego").new({ app_id = 4242, server_secret = helper.SERVER_SECRET,
        transport = transport, rate_limit = false }):resume_rtc_stream { StreamId = "s" })
    end
    assert.same({ 0, 1 }, order.sequences(transport))
    assert.equal(NOW_MS + 2, memory.shared:stamp("zego:4242", 1))
  end)
end)

describe("a store that gives no number", function()
  local FULL = { stamp = function() return nil, "disk full" end,
    reserve = function() return 0 end }

  it("stops what needs one, and nothing else", function()
    for vendor, case in pairs {
      zego = { "ResumeRTCStream", { StreamId = "s" }, "Sequence" },
      aliyun = { "ResumeLiveStream", helper.ALIYUN_PARAMS.ResumeLiveStream, "order" },
    } do
      local client, transport = helper[vendor](nil, { store = FULL })
      local body, message, err = client:call(case[1], case[2])
      assert.is_nil(body)
      assert.equal(("store: the store gives no %s: disk full (%s)"):format(case[3], case[1]),
        message)
      assert.same({ "store", "unsent", true, 0, false, 0 },
        { err.code, err.outcome, err.retryable, err.attempts, err.maybe_sent, #transport.requests })
    end
    assert(helper.aliyun(nil, { store = FULL })
      :describe_live_streams_block_list { DomainName = "d" })
  end)

  it("of the caller's own gets a floor that is whole, also as a text", function()
    local floors = {}
    assert(helper.zego(nil, { store = {
      reserve = function() return 0 end,
      stamp = function(_, _, floor)
        floors[#floors + 1] = tostring(floor)
        return floor, {}
      end,
    } }):resume_rtc_stream { StreamId = "a" })
    assert.same({ ("%d000"):format(helper.NOW) }, floors)
  end)

  it("is asked for a few successors of the caller's own", function()
    for code, count in pairs { invalid_parameter = 11, store = 2 } do
      local asked = 0
      local rtc, transport = helper.zego(BUSY, order.retrying {
        reserve = function() return 0 end,
        stamp = function(_, _, floor)
          asked = asked + 1
          if asked == 1 then return floor, {} end
          return nil, "no number", count == 11 and floor + 1 or nil -- else the store has failed
        end,
      })
      local _, message, err = rtc:resume_rtc_stream { StreamId = "a", Sequence = 5 }
      assert.same({ code, count, 1 }, { err.code, asked, #transport.requests }, message)
    end
  end)
end)

describe("a Sequence that the vendor calls too low", function()
  local LOW = helper.response(200, '{"Code":1,"Message":"sequence not increasing"}')

  it("is told with what to look at", function()
    local _, message, err = helper.zego(LOW):forbid_rtc_stream { StreamId = "a" }
    assert.same({ "vendor", 1 }, { err.code, err.vendor_code })
    assert.truthy(message:find("Code 1: sequence not increasing; a higher Sequence was sent "
      .. "before: by a newer call, by a host whose clock is ahead, by one with another store, or "
      .. "by somebody who counts Sequences himself", 1, true), message)
  end)

  it("gives way when a newer call has overtaken it, and goes again with other streams", function()
    for _, streams in ipairs { { "a" }, { "a", "b" } } do
      local store, count = memory.new(), 0
      local other = helper.zego(nil, { store = store })
      local rtc, transport = helper.zego(function()
        count = count + 1
        if count > 1 then return order.DONE.zego end
        assert(other:resume_rtc_stream { StreamId = "a" }) -- and this arrives first
        return LOW
      end, order.retrying(store))
      local body, message, err = rtc:forbid_rtc_streams { StreamId = streams }
      assert.same({ "a" }, (body and body.info or err).superseded, message)
      assert.equal(#streams, #transport.requests)
      if streams[2] then
        assert.same({ "b" }, helper.sent(transport.requests[2], "StreamId[]"))
      else
        assert.same({ "superseded", false }, { err.code, err.maybe_sent })
      end
    end
  end)

  it("is told so of nothing else", function()
    local _, message = helper.zego(LOW):forbid_cdn_live_stream { StreamId = "a" }
    assert.is_nil(message:find("clock", 1, true))
    _, message = helper.zego(helper.response(200, '{"Code":1,"Message":"failed"}'))
      :forbid_rtc_stream { StreamId = "a" }
    assert.is_nil(message:find("clock", 1, true))
  end)
end)

-- The refusals of such a host show its vendor's clock.
describe("a host whose clock is ahead", function()
  local AHEAD = 3600
  local DATE = "Date: Fri, 02 Jan 2026 03:04:05 GMT\r\n" -- helper.NOW
  local SKEW = helper.response(200, '{"Code":100000004,"Message":"expired"}', DATE)
  local DONE = helper.response(200, helper.SUCCESS.zego, DATE)

  before_each(function() helper.freeze(helper.NOW + AHEAD) end)

  -- Refuses what is signed with the wrong clock, as the vendor does; `used`: what it takes.
  local function vendor(used)
    return function(request)
      local timestamp = tonumber(request:signed("https://rtc-api.zego.im").url
        :match("Timestamp=(%d+)"))
      if timestamp > helper.NOW + 600 then return SKEW end
      used[#used + 1] = order.sequence(request)
      return DONE
    end
  end

  local function client(answer, store, more)
    return helper.zego(answer, order.retrying(store or memory.new(), more))
  end

  -- They rise, and another host goes on from its own clock.
  local function check(used, count)
    assert.equal(count, #used)
    for i, sequence in ipairs(used) do
      assert.is_true(sequence < NOW_MS + 5000, sequence)
      assert.is_true(i == 1 or sequence > used[i - 1], sequence)
    end
  end

  it("sends Sequences of the vendor's clock from the first repeat on", function()
    for _, first in ipairs { "resume_rtc_stream", "describe_rtc_stream_state" } do
      local used = {}
      local rtc = client(vendor(used))
      assert(rtc[first](rtc, { StreamId = "a" }))
      assert(rtc:describe_rtc_stream_state { StreamId = "a" })
      assert(rtc:forbid_rtc_streams { StreamId = { "a", "b" } })
      check(used, 3)
    end
  end)

  it("does so where calls wait for their slots while the first one is refused", function()
    local used, ids = {}, helper.ids(200)
    local answer = vendor(used)
    local rtc = client(function(request, _, loop)
      local result = answer(request)
      loop.sleep(0.2)
      return result
    end, nil, { rate_limit = 20 })
    assert.equal(200, rtc:batch("ResumeRTCStreams", ids).succeeded)
    check(used, 10)
  end)

  it("does so with every new client, also where the store has such numbers", function()
    local used, store = {}, memory.new()
    for _ = 1, 3 do
      helper.freeze(helper.NOW + AHEAD)
      local rtc = client(vendor(used), store)
      for _ = 1, 2 do assert(rtc:resume_rtc_stream { StreamId = "a" }) end
    end
    check(used, 6)
  end)

  it("still gives way to a newer call of the same host, and its own goes on", function()
    local store, used, newer = memory.new(), {}, nil
    local other, answer = client(vendor(used), store), vendor(used)
    local rtc = client(function(request)
      if not newer then
        helper.freeze(helper.NOW + AHEAD + 0.1, 1000.1)
        newer = assert(other:resume_rtc_stream { StreamId = "a" })
      end
      return answer(request)
    end, store)
    assert.same({ "a" }, assert(rtc:forbid_rtc_streams { StreamId = { "a", "b" } }).info.superseded)
    check(used, 2)
  end)

  it("takes back what failed before another call was refused", function()
    local rtc, sent = nil, {}
    local answers = { function()
      assert(rtc:resume_rtc_stream { StreamId = "b" }) -- it learns the vendor's clock
      return BUSY
    end, function() return SKEW end }
    rtc = client(function(request)
      sent[#sent + 1] = order.sequence(request)
      local answer = table.remove(answers, 1)
      return answer and answer() or DONE
    end)
    assert(rtc:resume_rtc_stream { StreamId = "a" })
    check({ sent[3], sent[4] }, 2)
  end)

  it("takes back nothing once it knows the vendor's clock", function()
    local used, rtc = {}, nil
    local take, busy = vendor(used), true
    rtc = client(function(request)
      local result = take(request)
      if #used == 2 and busy then
        busy = false
        assert(rtc:resume_rtc_stream { StreamId = "c" })
        return BUSY
      end
      return result
    end)
    for _, id in ipairs { "a", "b", "a" } do assert(rtc:resume_rtc_stream { StreamId = id }) end
    check(used, 5)
  end)

  it("takes back nothing that no clock gave", function()
    local store, high = memory.new(), NOW_MS + 1e9
    assert(client(DONE, store):resume_rtc_stream { StreamId = "a", Sequence = high })
    assert(client(helper.script(SKEW, DONE), store):resume_rtc_stream { StreamId = "a" })
    assert.equal(high + 2, latest(store, "zego:1234567890"))
  end)

  it("leaves the caller's own Sequences as they are", function()
    local used = {}
    local rtc = client(vendor(used))
    assert(rtc:resume_rtc_stream { StreamId = "a", Sequence = 5 })
    assert(rtc:resume_rtc_stream { StreamId = "a", Sequence = 7 })
    assert.same({ 6, 7 }, used)
  end)
end)
