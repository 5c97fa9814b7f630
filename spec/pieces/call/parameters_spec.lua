-- What is checked of all parameters, what is filled in, and what messages about rules say. The walk
-- over all operations (spec/pieces/rows/walk.lua) tries what each parameter and rule takes.

local helper = require "spec.pieces.helper"

local CREATE, STREAM = helper.ALIYUN_PARAMS.CreateLivePullToPush,
  helper.ALIYUN_PARAMS.ResumeLiveStream
local TASK = { TaskId = "t-1" }

local function create(changes)
  local client, transport = helper.aliyun()
  local body, message, err = client:create_live_pull_to_push(helper.merged(CREATE, changes))
  return body, message, err, transport
end

local function assert_passes(changes)
  local body, message, _, transport = create(changes)
  assert.is_truthy(body, message)
  assert.equal(1, #transport.requests)
  return transport.requests[1]
end

local function assert_fails(changes, why)
  local body, message, err, transport = create(changes)
  assert.is_nil(body)
  assert.equal("invalid_parameter: CreateLivePullToPush: " .. why, message)
  assert.same({ "invalid_parameter", 0, 0 }, { err.code, err.attempts, #transport.requests })
end

helper.stand_still()

describe("a pull-to-push task", function()
  it("takes its times as numbers too, which the rules compare and name as they are sent", function()
    local request = assert_passes { StartTime = helper.NOW - 0.5, EndTime = helper.NOW + 1.5 }
    assert.same({ "2026-01-02T03:04:04Z" }, helper.sent(request, "StartTime"))
    assert.same({ "2026-01-02T03:04:06Z" }, helper.sent(request, "EndTime"))
    assert_passes { StartTime = "2026-01-02T03:04:05Z", EndTime = helper.NOW + 1 }
    assert_fails({ StartTime = "2026-01-02T03:04:06Z", EndTime = helper.NOW + 1.9 },
      "EndTime must be later than StartTime (2026-01-02T03:04:06Z), got 2026-01-02T03:04:06Z")
    assert_fails({ StartTime = helper.NOW + 2, EndTime = "2026-01-02T03:04:07Z" },
      "EndTime must be later than StartTime (2026-01-02T03:04:07Z), got 2026-01-02T03:04:07Z")
    local past = { StartTime = 0, EndTime = helper.NOW }
    assert_fails(past, "EndTime must be later than the present time (2026-01-02T03:04:05Z), got "
      .. "2026-01-02T03:04:05Z")
    helper.freeze(helper.NOW - 1) -- the clock that signs
    assert_passes(past)
  end)
end)

describe("what a call may leave out", function()
  it("is publisher for LiveStreamType, of calls and of what is signed", function()
    local live, transport = helper.aliyun()
    local without = helper.without(STREAM, "LiveStreamType")
    assert(live:forbid_live_stream(without))
    assert.same({ "publisher" }, helper.sent(transport.requests[1], "LiveStreamType"))
    assert.is_nil(without.LiveStreamType)
    local options = { nonce = "n", timestamp = helper.NOW }
    assert.same(assert(live:sign("ResumeLiveStream", STREAM, options)),
      assert(live:sign("ResumeLiveStream", without, options)))
  end)

  it("is the client's Region, unless the call has its own, read without metamethods", function()
    local live, transport = helper.aliyun(nil, { region = "cn-beijing" })
    local elsewhere = { __index = { Region = "cn-shenzhen" } }
    for i, case in ipairs { { TASK, "cn-beijing" },
      { helper.merged(TASK, { Region = "cn-shenzhen" }), "cn-shenzhen" },
      { setmetatable({ TaskId = "t-1" }, elsewhere), "cn-beijing" } } do
      assert(live:stop_live_pull_to_push(case[1]))
      assert.same({ case[2] }, helper.sent(transport.requests[i], "Region"))
    end
    assert(live:resume_live_stream(STREAM))
    assert.same({}, helper.sent(transport.requests[4], "Region"))
  end)
end)

describe("a refusal", function()
  local function refuses(vendor, action, params, name, why)
    local client, transport = helper[vendor]()
    local body, message, err = client:call(action, params)
    assert.is_nil(body)
    assert.equal("invalid_parameter: " .. action .. ": " .. name .. " " .. why, message)
    assert.same({ "invalid_parameter", "failed", 0, false, false, action, message, 0 },
      { err.code, err.outcome, err.attempts, err.maybe_sent, err.retryable, err.operation,
        err.message, #transport.requests })
  end

  it("says what is there in place of names or of a list", function()
    refuses("zego", "StartRecord", { RoomId = "r", RecordInputParams = { "a" },
      StorageParams = { Vendor = 2 } }, "RecordInputParams",
      "must be a table with names, got a list")
    refuses("aliyun", "StartLiveMPUTask", { AppId = "a", TaskId = "t", ChannelId = "c",
      StreamURL = "u", MixMode = "0", MultiStreamURL = "[" }, "MultiStreamURL",
      "must be a list, or one as JSON; got a text that is none: it is not JSON")
  end)

  it("names what is no parameter, rather than what is missing without it", function()
    for _, case in ipairs { { "aliyun", "ForbidLiveStream", helper.ALIYUN_PARAMS },
      { "zego", "ForbidRTCStreams", helper.ZEGO_PARAMS } } do
      local vendor, action, all = case[1], case[2], case[3][case[2]]
      local none = "is no parameter of " .. action
      for name, value in pairs(all) do
        local params = helper.merged(helper.without(all, name), { [name .. "x"] = value })
        refuses(vendor, action, params, name .. "x", none .. " (did you mean '" .. name .. "'?)")
      end
      refuses(vendor, action, helper.merged(all, { Qqqqqqqqqqqq = "x" }), "Qqqqqqqqqqqq", none)
      refuses(vendor, action, helper.merged(all, { "x" }), "1", none)
      local hidden = setmetatable(helper.merged(all, { Hidden = "x" }), { __pairs = function()
        return next, {}, nil
      end })
      refuses(vendor, action, hidden, "Hidden", none)
    end
  end)
end)
