-- The account of the environment: of a client whose options name no key, and of the functions of
-- the vendors' tables, which are the methods of one such client, made at the first call.

local helper = require "spec.pieces.helper"

local reads
local getenv = os.getenv

-- Fresh modules under a stubbed environment. The modules' transport answers `answer` and keeps its
-- requests.
local function load(variables)
  for name in pairs(package.loaded) do
    if name:find("^streamctl") and name ~= "streamctl.core" then package.loaded[name] = nil end
  end
  reads = {}
  os.getenv = function(name) -- luacheck: ignore 122
    reads[#reads + 1] = name
    return variables[name]
  end
  local transport = helper.transport(function(request)
    return helper.response(200, request.action:find("RTC") and helper.SUCCESS.zego
      or helper.SUCCESS.aliyun)
  end)
  local made = {}
  package.loaded["streamctl.transport.curl"] = {
    new = function(config)
      made[#made + 1] = config
      return transport
    end,
  }
  return require "streamctl", transport, made
end

local ALIYUN = { ALIBABA_CLOUD_ACCESS_KEY_ID = "env-id",
  ALIBABA_CLOUD_ACCESS_KEY_SECRET = "env-secret/+" }
local ZEGO = { ZEGO_APP_ID = "1234567890", ZEGO_SERVER_SECRET = helper.SERVER_SECRET }
-- Nothing is to be found, and the machine is not asked what it is.
local NOTHING = { HOME = "/dev/null", ALIBABA_CLOUD_ECS_METADATA_DISABLED = "true" }
local STREAM = helper.ALIYUN_PARAMS.ResumeLiveStream

describe("the environment", function()
  after_each(function()
    os.getenv = getenv -- luacheck: ignore 122
    package.loaded["streamctl.transport.curl"] = nil
  end)

  it("is not read before the first call, and once", function()
    local streamctl, transport, made = load(helper.merged(ALIYUN, ZEGO))
    assert.same({}, reads)
    assert(streamctl.aliyun.resume_live_stream(STREAM))
    local count = #reads
    assert.is_true(count > 0)
    assert(streamctl.aliyun.call("ResumeLiveStream", STREAM))
    assert(streamctl.aliyun.sign("ResumeLiveStream", STREAM))
    assert.equal(count, #reads)
    assert.equal(2, #transport.requests)
    assert.equal(1, #made)
  end)

  it("is read for every method of a client, in both spellings, with a colon as well", function()
    local streamctl, transport = load(helper.merged(ALIYUN, ZEGO))
    local aliyun, zego = streamctl.aliyun, streamctl.zego
    assert(zego.ResumeRTCStream { StreamId = "s" })
    assert(zego:resume_rtc_stream { StreamId = "s" })
    assert(zego.new():ResumeRTCStream { StreamId = "s" })
    assert.equal(3, #transport.requests)
    for _, request in ipairs(transport.requests) do
      assert.equal("ResumeRTCStream", request.action)
    end
    assert.equal(1, zego.batch("ResumeRTCStreams", { "s" }).succeeded)
    local params = { DomainName = "play.example.com" }
    for _ in aliyun.pages("DescribeLiveStreamsBlockList", params) do error "an item" end
    helper.throws("no waiter", function() aliyun.wait_for("nothing", {}) end)
    helper.throws("settle takes", function() aliyun.settle({}) end)
  end)

  it("is read by new, where no option is part of a key; other options go before it", function()
    local variables = helper.merged(helper.merged(ALIYUN, ZEGO), {
      ZEGO_ENDPOINT = "http://127.0.0.1:2", STREAMCTL_CA_FILE = "/a.pem" })
    local streamctl, transport, made = load(variables)
    local events = {}
    local rtc = streamctl.zego.new { is_test = true,
      on_event = function(event) events[#events + 1] = event.event end }
    assert(rtc:resume_rtc_stream { StreamId = "s" })
    assert.same({ "begin", "attempt", "call" }, events)
    assert.same({ "zegotest-1234567890-s" }, helper.sent(transport.requests[1], "StreamId"))
    assert.equal("/a.pem", made[1].tls.ca_file)
    assert.equal("http://127.0.0.1:2", rtc.endpoint)
    assert.equal("http://127.0.0.1:3",
      streamctl.zego.new({ endpoint = "http://127.0.0.1:3" }).endpoint)
    assert.truthy(tostring(streamctl.aliyun.new { region = "cn-shanghai" }):find("env-id", 1, true))
    assert(streamctl.zego.resume_rtc_stream { StreamId = "s" }) -- on_event is of that client alone
    assert.equal(3, #events)
  end)

  it("without an account fails every method in its own way, and has new throw", function()
    local zego = load(NOTHING).zego
    local why = "the environment variable ZEGO_APP_ID is not set; set it, or give "
      .. "streamctl.zego.new the options app_id and server_secret"
    for _, report in ipairs { zego.batch("ResumeRTCStreams", { "a", "b" }),
      zego.wait_for("rtc_stream_live", { { StreamId = "a" }, { StreamId = "b" } }) } do
      assert.same({ 2, 2, 0, 2 },
        { report.total, report.unsent, report.requests, #report.failures })
      for _, result in ipairs(report.failures) do
        assert.same({ "credentials", "unsent" }, { result.err.code, result.err.outcome })
        assert.truthy(result.message:find(why, 1, true), result.message)
      end
    end
    helper.throws("credentials: " .. why, function()
      for _ in zego.pages("DescribeUserList", { RoomId = "r" }) do error "an item" end
    end)
    local refused = helper.refuser("zego", "")
    refused("credentials", why, zego.pages("DescribeUserList", { RoomId = "r" }):next())
    refused("credentials", why, zego.call("NoRow", {}))
    refused("credentials", why, zego.sign("ResumeRTCStream", { StreamId = "s" }))
    helper.throws("streamctl.zego.new: " .. why, function() zego.new() end)
    helper.throws("option 'timeout' must be", function() zego.new { timeout = "1" } end)
  end)

  for _, missing in ipairs {
    { "aliyun", ALIYUN, "ALIBABA_CLOUD_ACCESS_KEY_ID" },
    { "aliyun", { ALIBABA_CLOUD_SECURITY_TOKEN = "t" }, "ALIBABA_CLOUD_ACCESS_KEY_ID" },
    { "aliyun", ALIYUN, "ALIBABA_CLOUD_ACCESS_KEY_SECRET" }, { "zego", ZEGO, "ZEGO_APP_ID" },
    { "zego", ZEGO, "ZEGO_SERVER_SECRET" },
  } do
    for _, value in ipairs { "unset", "empty" } do
      it("of " .. missing[1] .. " is refused with " .. missing[3] .. " " .. value, function()
        local variables = helper.without(missing[2], missing[3])
        if value == "empty" then variables[missing[3]] = "" end
        local streamctl, transport = load(variables)
        local method = missing[1] == "aliyun" and "ResumeLiveStream" or "ResumeRTCStream"
        local params = missing[1] == "aliyun" and STREAM or { StreamId = "s" }
        local err = helper.refuser(missing[1], "the environment variable " .. missing[3]
          .. " is not set; set it, or give streamctl." .. missing[1] .. ".new the options ")(
          "credentials", "", streamctl[missing[1]].call(method, params))
        assert.same({ "unsent", 0, method }, { err.outcome, err.attempts, err.operation })
        assert.equal(0, #transport.requests)
      end)
    end
  end

  it("is not all that Alibaba Cloud's keys may come from", function()
    local streamctl, transport = load(NOTHING)
    local err = helper.refuser("aliyun", "chain: there are no keys: environment: ")(
      "credentials", "/dev/null/.aliyun/config.json cannot be read",
      streamctl.aliyun.resume_live_stream(STREAM))
    assert.same({ "unsent", 0, "ResumeLiveStream" }, { err.outcome, err.attempts, err.operation })
    assert.equal(0, #transport.requests)
  end)

  for name, case in pairs {
    ["a misspelt ZEGO_IS_TEST"] = { { ZEGO_IS_TEST = "ture" }, "option 'is_test'" },
    ["an AppId that is no number"] = { { ZEGO_APP_ID = "app" }, "option 'app_id'" },
    ["an AppId out of range"] = { { ZEGO_APP_ID = "4294967296" }, "option 'app_id'" },
    ["an endpoint with a path"] = { { ZEGO_ENDPOINT = "https://host/path" }, "option 'endpoint'" },
    ["a secret with a line feed"] = { { ZEGO_SERVER_SECRET = "hidden\n" },
      "option 'server_secret'" },
  } do
    it("is refused with " .. name, function()
      local streamctl = load(helper.merged(ZEGO, case[1]))
      helper.refuser("zego", "the environment: ", "hidden")("credentials", case[2],
        streamctl.zego.resume_rtc_stream { StreamId = "s" })
    end)
  end
end)

describe('require "streamctl"', function()
  it("reads no environment, opens nothing, and loads no transfer engine", function()
    for name in pairs(package.loaded) do
      if name:find("^streamctl") and name ~= "streamctl.core" then package.loaded[name] = nil end
    end
    local real = { open = io.open, popen = io.popen, execute = os.execute }
    local used = {}
    local function spy(name)
      return function() used[#used + 1] = name error("used " .. name) end
    end
    os.getenv, os.execute = spy "os.getenv", spy "os.execute" -- luacheck: ignore 122
    io.open, io.popen = spy "io.open", spy "io.popen" -- luacheck: ignore 122
    local ok, streamctl = pcall(require, "streamctl")
    os.getenv, os.execute = getenv, real.execute -- luacheck: ignore 122
    io.open, io.popen = real.open, real.popen -- luacheck: ignore 122
    assert.is_true(ok, tostring(streamctl))
    assert.same({}, used)
    assert.is_nil(package.loaded["streamctl.engine"])
    streamctl.zego.new { app_id = 1, server_secret = "secret" }
    assert(streamctl.aliyun.new({ access_key_id = "a",
      access_key_secret = "secret" }):sign("ResumeLiveStream", STREAM))
    assert.is_nil(package.loaded["streamctl.engine"])
    for _, name in ipairs { "zego.token", "aliyun.address", "fields" } do
      assert.is_nil(package.loaded["streamctl." .. name], name)
    end
    assert.is_function(streamctl.zego.token.new)
    assert.is_function(streamctl.aliyun.address.sign)
    assert.truthy(streamctl._VERSION:find("^%d+%.%d+%.%d+$"))
  end)
end)
