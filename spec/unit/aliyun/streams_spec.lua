-- Kicking and banning streams.

local helper = require "spec.unit.helper"

local STREAM = { DomainName = "push.example.com", AppName = "app", StreamName = "s1" }

local function refused(why, answer, message, err)
  assert.is_nil(answer)
  assert.equal("invalid_parameter: ForbidLiveStream: " .. why, message)
  assert.same({ "invalid_parameter", "aliyun", "ForbidLiveStream", 0 },
    { err.code, err.vendor, err.operation, err.attempts })
end

describe("kick_stream", function()
  it("forbids once, which must not be repeated blindly", function()
    local live, transport = helper.aliyun()
    local answer = assert(live:kick_stream(STREAM, { timeout = 5 }))
    assert.equal("R-1", answer.RequestId)
    local request = transport.requests[1]
    assert.equal("ForbidLiveStream", request.action)
    assert.is_false(request.safe)
    for name, value in pairs(helper.merged(STREAM,
      { LiveStreamType = "publisher", Oneshot = "yes" })) do
      assert.same({ value }, helper.sent(request, name))
    end
    assert.same({}, helper.sent(request, "ResumeTime"))
    assert.is_nil(STREAM.Oneshot)
  end)

  it("says what of the stream is missing, and what it does not take", function()
    local live, transport = helper.aliyun()
    refused("StreamName is required", live:kick_stream(helper.without(STREAM, "StreamName")))
    for _, name in ipairs { "Oneshot", "ResumeTime" } do
      refused(name .. " is for forbid_live_stream; kick_stream cuts the stream and lets it come "
        .. "back", live:kick_stream(helper.merged(STREAM, { [name] = "no" })))
    end
    refused("until_time is no parameter of ForbidLiveStream",
      live:kick_stream(helper.merged(STREAM, { until_time = 1 })))
    assert.equal(0, #transport.requests)
  end)

  it("takes the options of a call, and no others", function()
    local live, transport = helper.aliyun()
    local signed = assert(live:kick_stream(STREAM, { dry_run = true }))
    assert.truthy(signed.url:find("Oneshot=yes", 1, true))
    assert.equal(0, #transport.requests)
    assert.has_error(function() live:kick_stream(STREAM, { timeouts = 1 }) end)
    assert.has_error(function() live:kick_stream() end)
  end)
end)

describe("ban_stream", function()
  before_each(function() helper.freeze() end)
  after_each(helper.thaw)

  local function ban(time)
    local live, transport = helper.aliyun()
    local answer, message, err = live:ban_stream(helper.merged(STREAM, { until_time = time }))
    return transport.requests[1], answer, message, err
  end

  it("forbids until a time, in Unix seconds or as text", function()
    for _, time in ipairs { helper.NOW + 1.5, "2026-01-02T03:04:06Z" } do
      local request = assert(ban(time))
      assert.equal("ForbidLiveStream", request.action)
      assert.is_true(request.safe)
      assert.same({ "2026-01-02T03:04:06Z" }, helper.sent(request, "ResumeTime"))
      assert.same({}, helper.sent(request, "Oneshot"))
      assert.same({}, helper.sent(request, "until_time"))
    end
  end)

  it("wants a time, later than now", function()
    local shape = "until_time must be a UTC time such as 2026-01-02T03:04:05Z or a number of Unix "
      .. "seconds, got "
    refused(shape .. "nothing", select(2, ban(nil)))
    refused(shape .. "tomorrow", select(2, ban("tomorrow")))
    refused(shape .. "true", select(2, ban(true)))
    refused(shape .. tostring(helper.NOW * 1000), select(2, ban(helper.NOW * 1000)))
    for _, time in ipairs { helper.NOW, "2026-01-02T03:04:05Z", helper.NOW + 0.9 } do
      local request, answer, message, err = ban(time)
      assert.is_nil(request)
      refused("until_time must be later than the present time (2026-01-02T03:04:05Z), got "
        .. "2026-01-02T03:04:05Z", answer, message, err)
    end
    refused("Oneshot is for forbid_live_stream; ban_stream takes until_time",
      (helper.aliyun()):ban_stream(
        helper.merged(STREAM, { until_time = helper.NOW + 5, Oneshot = "yes" })))
    local _, answer, message = ban "2030-02-30T00:00:00Z"
    assert.is_nil(answer)
    assert.truthy(message:find("ForbidLiveStream: ResumeTime must be a UTC time", 1, true), message)
  end)

  it("leaves the caller's table as it was", function()
    local params = helper.merged(STREAM, { until_time = helper.NOW + 5 })
    assert(helper.aliyun():ban_stream(params))
    assert.same(helper.merged(STREAM, { until_time = helper.NOW + 5 }), params)
  end)
end)
