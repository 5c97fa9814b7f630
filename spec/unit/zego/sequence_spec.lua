-- The Sequence of UpdatePlayer, which is a number in a JSON body; and of those that are the
-- caller's own.

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
