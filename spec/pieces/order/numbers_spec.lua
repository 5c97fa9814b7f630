-- The numbers that attempts take: Sequences, of ours and of the caller's own.

local helper = require "spec.pieces.helper"
local memory = require "streamctl.store.memory"
local order = require "spec.support.order"

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

      it("ends at 2^53, where numbers stop being exact", function()
        assert(call("a", "9007199254740991"))
        local body, message, err = call "a"
        assert.is_nil(body)
        assert.equal("invalid_parameter", err.code)
        assert.truthy(message:find("have reached 2^53", 1, true), message)
        assert.equal(1, #transport.requests)
      end)
    end)
  end
end

describe("a Sequence", function()
  it("is by the vendor's clock once that is known, also where a listener hears first", function()
    for _, listener in ipairs { false, function() end } do
      helper.freeze()
      local ahead = helper.response(200, '{"Code":100000004,"Message":"no"}',
        "Date: Fri, 02 Jan 2026 04:04:05 GMT\r\n")
      local rtc = helper.zego(helper.script(ahead, order.DONE.zego),
        order.retrying(memory.new(), { on_event = listener or nil }))
      assert(rtc:forbid_rtc_stream { StreamId = "a" })
      helper.freeze(helper.NOW + 10, 1010)
      local stamp = assert(rtc:forbid_rtc_stream { StreamId = "a" }).info.stamp
      assert.is_true(math.abs(stamp - NOW_MS - 3610000) < 2, stamp - NOW_MS)
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

  it("is told so of nothing else", function()
    local _, message = helper.zego(LOW):forbid_cdn_live_stream { StreamId = "a" }
    assert.is_nil(message:find("clock", 1, true))
    _, message = helper.zego(helper.response(200, '{"Code":1,"Message":"failed"}'))
      :forbid_rtc_stream { StreamId = "a" }
    assert.is_nil(message:find("clock", 1, true))
  end)
end)
