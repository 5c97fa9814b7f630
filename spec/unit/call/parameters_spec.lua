-- Every type of parameter, through a client whose transport sends nothing: what passes, what does
-- not, and what is said of it. One operation stands for all that have the type.

local helper = require "spec.unit.helper"
local kinds = require "spec.unit.call.kinds"

local VENDORS = {
  aliyun = { params = helper.ALIYUN_PARAMS, client = helper.aliyun },
  zego = { params = helper.ZEGO_PARAMS, client = helper.zego },
}

local function between(lowest, highest)
  local why = "must be from " .. lowest .. " to " .. highest .. ", got "
  return kinds.integer {
    good = { lowest, lowest + 1, highest - 1, highest },
    bad = {
      { lowest - 1, why .. lowest - 1 }, { highest + 1, why .. highest + 1 },
      { -1e15, why .. "-1000000000000000" },
    },
  }
end

local ALWAYS_EARLIER = { StartTime = "1999-01-01T00:00:00Z" }
local ID = "must be 1 to 256 of the characters A-Z a-z 0-9 - _"
local SEQUENCE = "must be a whole number from 1 to 2^53 - 1"

-- vendor, action, parameter, what it takes and refuses
local CASES = {
  { "aliyun", "ForbidLiveStream", "DomainName", kinds.text(true) },
  { "aliyun", "ForbidLiveStream", "RegionId", kinds.text(false) },
  { "aliyun", "CreateLivePullToPush", "DstUrl", kinds.text_up_to(2000, true) },
  { "aliyun", "CreateLivePullToPush", "CallbackUrl", kinds.text_up_to(2000, false) },
  { "aliyun", "ForbidLiveStream", "Oneshot", kinds.enum(false, { "yes", "no" }, { "true", "y" }) },
  { "aliyun", "CreateLivePullToPush", "SourceType", kinds.enum(true, { "live", "vod", "url" },
    { "file", "lives" }, { live = { SourceProtocol = "rtmp" } }) },
  { "aliyun", "CreateLivePullToPush", "FileIndex", kinds.integer() },
  { "aliyun", "CreateLivePullToPush", "RetryInterval", between(60, 300) },
  { "aliyun", "CreateLivePullToPush", "Offset", kinds.integer {
    good = { 1, 86400, 1e15 },
    bad = { { 0, "must be greater than 0, got 0" }, { -1, "must be greater than 0, got -1" } },
  } },
  { "aliyun", "CreateLivePullToPush", "RepeatNumber", kinds.integer {
    good = { -1, 0, 1, 1000 }, bad = { { -2, "must be -1 or greater, got -2" } },
  } },
  { "aliyun", "ForbidLiveStream", "ResumeTime", kinds.time(false, {
    { "2028-02-29T23:59:59Z" }, { "2000-02-29T00:00:00Z" }, { "2026-12-31T23:59:59Z" },
  }) },
  { "aliyun", "CreateLivePullToPush", "EndTime", kinds.time(true, {
    { "2026-01-02T03:04:06Z", ALWAYS_EARLIER }, { "2026-01-03T00:00:01Z" },
  }) },
  { "aliyun", "CreateLivePullToPush", "SourceUrls", kinds.json_list(true, 30) },
  { "aliyun", "DescribeLivePullToPushList", "TaskId", {
    good = { { "", "" }, { "Az09_-", "Az09_-" }, { ("t"):rep(55), ("t"):rep(55) } },
    bad = {
      { ("t"):rep(56), "at most 55 characters, got 56" },
      { "a.b", "of the characters A-Z a-z 0-9 - _" }, { "流", "of the characters" },
      { 5, "must be text" }, { {}, "must be text" },
    },
  } },
  { "zego", "ForbidRTCStream", "StreamId", {
    required = true,
    good = { { "s", "s" }, { "Az09_-", "Az09_-" }, { ("s"):rep(256), ("s"):rep(256) } },
    bad = {
      { "", ID }, { ("s"):rep(257), ID }, { "a b", ID }, { "a.b", ID }, { "a/b", ID },
      { "a\n", ID }, { "a\0", ID }, { "流", ID }, { 5, "must be text, got a number" },
      { true, "must be text" }, { { "a" }, "must be text, got a table" },
    },
  } },
  { "zego", "ForbidRTCStreams", "StreamId", kinds.stream_ids(20, ID) },
  { "zego", "ForbidRTCStream", "Sequence", {
    filled_in = true,
    good = {
      { 1, "1" }, { 60.0, "60" }, { 1767323045123, "1767323045123" }, { 1e15, "1000000000000000" },
      { 2 ^ 53 - 1, "9007199254740991" }, { "1767323045123", "1767323045123" },
      { "9007199254740991", "9007199254740991" },
    },
    bad = {
      { 0, SEQUENCE }, { -1, SEQUENCE }, { 1.5, SEQUENCE }, { 2 ^ 53, SEQUENCE },
      { 0 / 0, SEQUENCE }, { math.huge, SEQUENCE }, { true, SEQUENCE }, { {}, SEQUENCE },
      { "", SEQUENCE }, { "0", SEQUENCE }, { "007", SEQUENCE }, { "-1", SEQUENCE },
      { "1.0", SEQUENCE }, { "1e3", SEQUENCE }, { "0x10", SEQUENCE }, { " 1", SEQUENCE },
      { "9007199254740992", SEQUENCE }, { "9007199254740993", SEQUENCE },
      { "18446744073709551617", SEQUENCE },
    },
  } },
}

local function show(value)
  if type(value) == "table" then
    return "a list such as { " .. tostring(value[1]) .. ", ... } of " .. #value
  end
  local text = tostring(value)
  return type(value) .. " "
    .. (#text > 60 and text:sub(1, 60) .. "... of " .. #text .. " bytes" or text)
end

local function params_of(vendor, action, name, value, others)
  local params = helper.merged(vendor.params[action], others)
  params[name] = value
  return params
end

-- Asserts that a call was refused for this parameter, and that nothing was handed to the transport.
local function assert_refused(vendor, action, params, name, why, label)
  local client, transport = vendor.client()
  local body, message, err = client:call(action, params)
  assert.is_nil(body, label)
  assert.equal(1, (message:find("invalid_parameter: " .. action .. ": " .. name .. " ", 1, true)),
    label .. " says: " .. message)
  assert.truthy(message:find(why, 1, true), label .. " says: " .. message)
  assert.equal(message, err.message, label)
  assert.equal("invalid_parameter", err.code, label)
  assert.equal("usage", err.kind, label)
  assert.equal(0, err.attempts, label)
  assert.is_false(err.maybe_sent, label)
  assert.is_false(err.retryable, label)
  assert.equal(action, err.operation, label)
  assert.equal(0, #transport.requests, label)
end

local function assert_sent(vendor, action, params, name, wanted, label)
  local client, transport = vendor.client()
  local body, message = client:call(action, params)
  assert.is_truthy(body, label .. " was refused: " .. tostring(message))
  assert.equal(1, #transport.requests, label)
  local request = transport.requests[1]
  assert.equal(action, request.action, label)
  assert.same(wanted, helper.sent(request, name), label)
end

describe("validation", function()
  helper.stand_still()

  for _, entry in ipairs(CASES) do
    local vendor, action, name, case = VENDORS[entry[1]], entry[2], entry[3], entry[4]
    local label = action .. "." .. name

    it("of " .. label .. " tells whether it may be left out", function()
      local params = helper.without(vendor.params[action], name)
      if case.required then
        assert_refused(vendor, action, params, name, "is required", label)
      elseif not case.filled_in then
        assert_sent(vendor, action, params, name, {}, label)
      end
    end)

    it("of " .. label .. " passes what it takes", function()
      for _, good in ipairs(case.good) do
        local wanted = type(good[2]) == "table" and good[2] or { good[2] }
        assert_sent(vendor, action, params_of(vendor, action, name, good[1], good[3]),
          case.wire or name, wanted, label .. " = " .. show(good[1]))
      end
    end)

    it("of " .. label .. " refuses what it does not take", function()
      for _, bad in ipairs(case.bad) do
        assert_refused(vendor, action, params_of(vendor, action, name, bad[1], bad[3]), name,
          bad[2], label .. " = " .. show(bad[1]))
      end
    end)
  end

  it("refuses names that are none, and suggests the one that was meant", function()
    for name, vendor in pairs(VENDORS) do
      local action = name == "zego" and "ForbidRTCStream" or "ForbidLiveStream"
      local function refuses(changes, written, hint)
        assert_refused(vendor, action, helper.merged(vendor.params[action], changes), written,
          "is no parameter of " .. action .. (hint or ""), action)
      end
      local written = name == "zego" and "streamid" or "appname"
      local meant = name == "zego" and "StreamId" or "AppName"
      refuses({ [written] = "x" }, written, " (did you mean '" .. meant .. "'?)")
      refuses({ Qqqqqqqqqqqq = "x" }, "Qqqqqqqqqqqq")
      refuses({ "x" }, "1")
    end
  end)

  it("explains a misspelt name rather than the one that is missing without it", function()
    for _, entry in ipairs { { "aliyun", "ForbidLiveStream" }, { "zego", "ForbidRTCStreams" } } do
      local vendor, action = VENDORS[entry[1]], entry[2]
      for name, value in pairs(vendor.params[action]) do
        local params = helper.merged(helper.without(vendor.params[action], name),
          { [name .. "x"] = value })
        assert_refused(vendor, action, params, name .. "x", "(did you mean '" .. name .. "'?)",
          action)
      end
    end
  end)

  it("leaves the caller's table as it was", function()
    for _, vendor in pairs(VENDORS) do
      for action, params in pairs(vendor.params) do
        local copy = helper.merged(params)
        assert(vendor.client():call(action, copy))
        assert.same(params, copy)
      end
    end
  end)

  it("refuses what its caller hides from pairs", function()
    local client, transport = helper.zego()
    local params = setmetatable({ StreamId = "s1", Hidden = "x" }, { __pairs = function()
      return next, {}, nil
    end })
    local body, message = client:call("ResumeRTCStream", params)
    assert.is_nil(body)
    assert.truthy(message:find("Hidden is no parameter of ResumeRTCStream", 1, true), message)
    assert.equal(0, #transport.requests)
  end)
end)
