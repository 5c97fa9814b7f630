-- Parameters that a call may leave out, since there is only one thing they can be.

local helper = require "spec.unit.helper"

local STREAM = helper.ALIYUN_PARAMS.ResumeLiveStream
local TASK = { TaskId = "t-1" }

describe("LiveStreamType", function()
  it("is publisher when it is left out, of calls and of what is signed", function()
    local live, transport = helper.aliyun()
    local without = helper.without(STREAM, "LiveStreamType")
    assert(live:forbid_live_stream(without))
    assert(live:resume_live_stream(without))
    for _, request in ipairs(transport.requests) do
      assert.same({ "publisher" }, helper.sent(request, "LiveStreamType"))
    end
    assert.is_nil(without.LiveStreamType)
    local options = { nonce = "n", timestamp = helper.NOW }
    assert.same(assert(live:sign("ResumeLiveStream", STREAM, options)),
      assert(live:sign("ResumeLiveStream", without, options)))
  end)

  it("is refused when it is anything else", function()
    local live = helper.aliyun()
    local _, message = live:resume_live_stream(helper.merged(STREAM, { LiveStreamType = "player" }))
    assert.truthy(message:find("LiveStreamType must be one of publisher", 1, true), message)
  end)
end)

describe("Region", function()
  it("is the client's, unless the call has its own", function()
    local live, transport = helper.aliyun(nil, { region = "cn-beijing" })
    assert(live:stop_live_pull_to_push(TASK))
    assert(live:stop_live_pull_to_push(helper.merged(TASK, { Region = "cn-shenzhen" })))
    assert.same({ "cn-beijing" }, helper.sent(transport.requests[1], "Region"))
    assert.same({ "cn-shenzhen" }, helper.sent(transport.requests[2], "Region"))
    assert(live:resume_live_stream(STREAM))
    assert.same({}, helper.sent(transport.requests[3], "Region"))
  end)

  it("is the client's also where a metatable of the parameters has one", function()
    local live, transport = helper.aliyun(nil, { region = "cn-beijing" })
    local params = setmetatable({ TaskId = "t-1" }, { __index = { Region = "cn-shenzhen" } })
    assert(live:stop_live_pull_to_push(params))
    assert.same({ "cn-beijing" }, helper.sent(transport.requests[1], "Region"))
  end)

  it("is missing when neither has one, and refused when it is none", function()
    local _, message = helper.aliyun():stop_live_pull_to_push(TASK)
    assert.truthy(message:find("Region is required", 1, true), message)
    _, message = helper.aliyun(nil, { region = "mars" }):stop_live_pull_to_push(TASK)
    assert.truthy(message:find("Region must be one of .*; got 'mars'"), message)
  end)

  it("is read as it stands, without metamethods", function()
    local live = helper.aliyun()
    local anywhere = { __index = function() return "cn-beijing" end }
    local _, message = live:stop_live_pull_to_push(setmetatable({ TaskId = "t" }, anywhere))
    assert.truthy(message:find("Region is required", 1, true), message)
  end)
end)

describe("an app_id of text", function()
  it("that is no digits is refused, and told what it may be", function()
    for _, text in ipairs { "1e3", "-5", "app", "" } do
      local ok, why = pcall(helper.zego, nil, { app_id = text })
      assert.is_false(ok)
      assert.truthy(why:find("option 'app_id' must be a whole number, or its digits", 1, true), why)
    end
  end)
end)
