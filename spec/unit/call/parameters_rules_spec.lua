-- Rules that tie the parameters of one call together.

local helper = require "spec.unit.helper"
local kinds = require "spec.unit.call.kinds"

local CREATE = helper.ALIYUN_PARAMS.CreateLivePullToPush

local function create(changes, dropped)
  local client, transport = helper.aliyun()
  local params = helper.merged(CREATE, changes)
  for _, name in ipairs(dropped or {}) do params[name] = nil end
  local body, message, err = client:create_live_pull_to_push(params)
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
  assert.equal("invalid_parameter", err.code)
  assert.equal(0, err.attempts)
  assert.equal(0, #transport.requests)
end

describe("a pull-to-push task", function()
  helper.stand_still()

  it("of a live source needs a SourceProtocol", function()
    assert_fails({ SourceType = "live" }, "SourceProtocol is required when SourceType is live")
    assert_passes { SourceType = "live", SourceProtocol = "srt" }
  end)

  it("of a vod or url source needs none", function()
    assert_passes { SourceType = "vod" }
    assert_passes { SourceType = "url" }
  end)

  it("of a live source has exactly one URL", function()
    local live = { SourceType = "live", SourceProtocol = "rtmp" }
    assert_passes(helper.merged(live, { SourceUrls = { "rtmp://h/a/s" } }))
    assert_passes(helper.merged(live, { SourceUrls = '["rtmp://h/a/s"]' }))
    local why = "SourceUrls must hold exactly one item when SourceType is live, got "
    assert_fails(helper.merged(live, { SourceUrls = { "rtmp://h/a/s", "rtmp://h/a/t" } }),
      why .. "2")
    assert_fails(helper.merged(live, { SourceUrls = '["rtmp://h/a/s","rtmp://h/a/t"]' }),
      why .. "2")
    assert_fails(helper.merged(live, { SourceUrls = kinds.texts(30) }), why .. "30")
  end)

  it("of another source has up to 30", function()
    for _, kind in ipairs { "vod", "url" } do
      assert_passes { SourceType = kind, SourceUrls = kinds.texts(30) }
      assert_fails({ SourceType = kind, SourceUrls = kinds.texts(31) },
        'SourceUrls must be a list of 1 to 30 texts, such as { "a", "b" }, got 31')
    end
  end)

  it("ends after it starts", function()
    local span = { StartTime = "2026-02-01T00:00:00Z", EndTime = "2026-02-01T00:00:01Z" }
    assert_passes(span)
    for _, time in ipairs { "2026-02-01T00:00:00Z", "2026-01-31T23:59:59Z" } do
      assert_fails(helper.merged(span, { EndTime = time }),
        "EndTime must be later than StartTime (2026-02-01T00:00:00Z), got " .. time)
    end
  end)

  it("takes its times as numbers too, which the rules compare and name as they are sent", function()
    local request = assert_passes { StartTime = helper.NOW - 0.5, EndTime = helper.NOW + 1.5 }
    assert.same({ "2026-01-02T03:04:04Z" }, helper.sent(request, "StartTime"))
    assert.same({ "2026-01-02T03:04:06Z" }, helper.sent(request, "EndTime"))
    assert_passes { StartTime = "2026-01-02T03:04:05Z", EndTime = helper.NOW + 1 }
    assert_fails({ StartTime = "2026-01-02T03:04:06Z", EndTime = helper.NOW + 1.9 },
      "EndTime must be later than StartTime (2026-01-02T03:04:06Z), got 2026-01-02T03:04:06Z")
    assert_fails({ StartTime = helper.NOW + 2, EndTime = "2026-01-02T03:04:07Z" },
      "EndTime must be later than StartTime (2026-01-02T03:04:07Z), got 2026-01-02T03:04:07Z")
    assert_fails({ StartTime = 0, EndTime = helper.NOW },
      "EndTime must be later than the present time (2026-01-02T03:04:05Z), got "
      .. "2026-01-02T03:04:05Z")
  end)

  it("ends in the future, by the clock that signs", function()
    local past = { StartTime = "2020-01-01T00:00:00Z", EndTime = "2026-01-02T03:04:05Z" }
    assert_fails(past, "EndTime must be later than the present time (2026-01-02T03:04:05Z), got "
      .. "2026-01-02T03:04:05Z")
    helper.freeze(helper.NOW - 1)
    assert_passes(past)
  end)

  it("may start in the past", function()
    assert_passes { StartTime = "2020-01-01T00:00:00Z" }
  end)

  it("is sent without what was left out", function()
    local request = assert_passes { RepeatNumber = -1, RetryInterval = 60.0, TaskName = "" }
    assert.same(helper.merged(CREATE, { RepeatNumber = "-1", RetryInterval = "60",
      SourceUrls = '["media-1"]', TaskName = "" }), helper.wire(request))
  end)
end)

describe("a change of a task", function()
  helper.stand_still()

  local function update(changes)
    local client, transport = helper.aliyun()
    local body, message = client:update_live_pull_to_push(
      helper.merged(helper.ALIYUN_PARAMS.UpdateLivePullToPush, changes))
    return body, message, #transport.requests
  end

  it("compares EndTime and StartTime only when both are given", function()
    assert.is_truthy(update { StartTime = "2026-02-01T00:00:00Z" })
    assert.is_truthy(update { EndTime = "2020-02-01T00:00:00Z" })
    assert.is_truthy(update { StartTime = "2026-02-01T00:00:00Z",
      EndTime = "2026-02-01T00:00:01Z" })
    local body, message, requests = update { StartTime = "2026-02-01T00:00:00Z",
      EndTime = "2026-02-01T00:00:00Z" }
    assert.is_nil(body)
    assert.equal("invalid_parameter: UpdateLivePullToPush: EndTime must be later than StartTime "
      .. "(2026-02-01T00:00:00Z), got 2026-02-01T00:00:00Z", message)
    assert.equal(0, requests)
  end)
end)

describe("a refusal", function()
  it("stays short, whatever was passed", function()
    local huge = ("x"):rep(100 * 1024)
    for _, changes in ipairs { { Region = huge }, { [huge] = 1 }, { SourceUrls = huge },
      { StartTime = huge } } do
      local body, message, err = create(changes)
      assert.is_nil(body)
      assert.is_true(#message < 4096)
      assert.is_true(#helper.everything(message, err) < 3 * 4096)
    end
  end)
end)
