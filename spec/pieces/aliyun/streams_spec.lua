-- What forbidding a stream may hold beside its name.

local helper = require "spec.pieces.helper"

local STREAM = { DomainName = "push.example.com", AppName = "app", StreamName = "s1" }

describe("forbid_live_stream", function()
  before_each(function() helper.freeze() end)
  after_each(helper.thaw)

  local function forbid(params)
    local live, transport = helper.aliyun()
    local answer, message, err = live:forbid_live_stream(helper.merged(STREAM, params))
    return transport.requests[1], message, err, answer
  end

  it("cuts once, which must not be repeated blindly", function()
    local request = assert(forbid { Oneshot = "yes" })
    assert.is_false(request.safe)
    assert.same({ "yes" }, helper.sent(request, "Oneshot"))
    assert.same({}, helper.sent(request, "ResumeTime"))
  end)

  it("forbids until a time, in Unix seconds or as text", function()
    for _, time in ipairs { helper.NOW + 1.5, "2026-01-02T03:04:06Z" } do
      local request = assert(forbid { ResumeTime = time })
      assert.is_true(request.safe)
      assert.same({ "2026-01-02T03:04:06Z" }, helper.sent(request, "ResumeTime"))
    end
  end)

  it("refuses a time that has passed, alone and in a batch", function()
    for _, time in ipairs { helper.NOW, "2026-01-02T03:04:05Z", helper.NOW + 0.9 } do
      local request, message, err = forbid { ResumeTime = time }
      assert.is_nil(request)
      assert.equal("invalid_parameter: ForbidLiveStream: ResumeTime must be later than the present "
        .. "time (2026-01-02T03:04:05Z), got 2026-01-02T03:04:05Z", message)
      assert.same({ "invalid_parameter", 0, false },
        { err.code, err.attempts, err.maybe_sent or false })
    end
    local live, transport = helper.aliyun()
    local report = live:batch("ForbidLiveStream", { STREAM }, { params = { ResumeTime = 1 } })
    assert.same({ 1, 0 }, { report.failed, #transport.requests })
  end)
end)
