-- The vendors' functions without a client: options from the environment, read at the first call.

local child = require "spec.support.child"
local cjson = require "cjson"
local helper = require "spec.unit.helper"
local session = require "spec.support.session"
local shell = require "spec.emulator.launcher.shell"

describe("without a client", function()
  local s

  setup(function() s = session.start() end)
  teardown(function() session.stop(s) end)
  before_each(function() s.e:reset() end)

  local function aliyun(changes)
    local e = s.e
    local out = {
      ALIBABA_CLOUD_ENDPOINT = e.aliyun_http, ALIBABA_CLOUD_ACCESS_KEY_ID = e.access_key_id,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET = e.access_key_secret, ALIBABA_CLOUD_SECURITY_TOKEN = "",
    }
    for name, value in pairs(changes or {}) do out[name] = value end
    return out
  end

  local function zego(changes)
    local e = s.e
    local out = {
      ZEGO_ENDPOINT = e.zego_http, ZEGO_APP_ID = ("%.0f"):format(e.app_id),
      ZEGO_SERVER_SECRET = e.server_secret, ZEGO_IS_TEST = "",
    }
    for name, value in pairs(changes or {}) do out[name] = value end
    return out
  end

  local FORBID = [[
    local streamctl = require "streamctl"
    local body, message, err = streamctl.aliyun.forbid_live_stream {
      DomainName = "d.example.com", AppName = "a", StreamName = "s", LiveStreamType = "publisher" }
    io.write(body and "ok" or message, "|", err and err.code or "-")
  ]]

  it("calls of Alibaba Cloud take keys and endpoint from the environment", function()
    assert.equal("ok|-", (child.run(FORBID, aliyun())))
    local entry = s:last_request()
    assert.same({ true, "v3" }, { entry.verified, entry.signature })
    assert.is_nil(entry.headers["x-acs-security-token"])
    assert.is_table(s.e:state().aliyun.blocked["d.example.com/a/s"])
  end)

  it("and the token of STS", function()
    assert.equal("ok|-", (child.run(FORBID, aliyun {
      ALIBABA_CLOUD_ACCESS_KEY_ID = s.e.sts.access_key_id,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET = s.e.sts.access_key_secret,
      ALIBABA_CLOUD_SECURITY_TOKEN = s.e.sts.security_token,
    })))
    assert.equal(s.e.security_token, s:last_request().headers["x-acs-security-token"])
  end)

  it("an endpoint without a scheme is https", function()
    local output = child.run(FORBID,
      aliyun { ALIBABA_CLOUD_ENDPOINT = s.e.aliyun_http:match("//(.*)") })
    assert.is_truthy(output:find("|tls$"))
  end)

  local RESUME = [[
    local streamctl = require "streamctl"
    local body, message, err = streamctl.zego.resume_rtc_streams { StreamId = { "s1", "s2" } }
    io.write(body and "ok" or message, "|", err and err.code or "-")
  ]]

  it("calls of ZEGO take AppId, secret and endpoint from the environment", function()
    s.e:state { zego = { forbidden = { "s1", "s2" } } }
    assert.equal("ok|-", (child.run(RESUME, zego())))
    assert.is_nil(s:last_request().query.IsTest)
    assert.same({}, s.e:state().zego.forbidden)
  end)

  it("and authorities of a file that it names", function()
    local e = s.e
    local given = zego { ZEGO_ENDPOINT = e.zego, STREAMCTL_CA_FILE = e.ca_file }
    assert.equal("ok|-", (child.run(RESUME, given)))
    assert.equal("ok|-", (child.run(FORBID,
      aliyun { ALIBABA_CLOUD_ENDPOINT = e.aliyun, STREAMCTL_CA_FILE = e.ca_file })))
    given.STREAMCTL_CA_FILE = ""
    assert.is_truthy(child.run(RESUME, given):find("|tls$"))
  end)

  it("and ZEGO_IS_TEST, in any case", function()
    for _, text in ipairs { "true", "True" } do
      assert.equal("ok|-", (child.run(RESUME, zego { ZEGO_IS_TEST = text })))
      local query = s:last_request().query
      assert.same({ "true", "zegotest-1234567890-s1" }, { query.IsTest, query["StreamId[]"][1] })
    end
    for _, text in ipairs { "false", "" } do
      assert.equal("ok|-", (child.run(RESUME, zego { ZEGO_IS_TEST = text })))
      assert.is_nil(s:last_request().query.IsTest)
    end
  end)

  -- Without a key in the environment.
  local function elsewhere(changes)
    return aliyun(helper.merged({ ALIBABA_CLOUD_ACCESS_KEY_ID = "",
      ALIBABA_CLOUD_ACCESS_KEY_SECRET = "" }, changes))
  end

  it("without a key, all that was looked at is named, and nothing is sent", function()
    local output = child.run(FORBID, elsewhere())
    assert.is_truthy(output:find("^credentials: chain: there are no keys: environment: .*"
      .. "profile: .*ini: .*Set ALIBABA_CLOUD_ACCESS_KEY_ID .*|credentials$"), output)
    assert.same({}, s.e:requests())
  end)

  it("a key may be in a profile of the command line tool", function()
    local home = s.e.dir .. "/home"
    shell.run("mkdir -p " .. shell.quote(home .. "/.aliyun"))
    shell.write_file(home .. "/.aliyun/config.json", cjson.encode { current = "me",
      profiles = { { name = "me", mode = "AK", access_key_id = s.e.access_key_id,
        access_key_secret = s.e.access_key_secret } } })
    assert.equal("ok|-", (child.run(FORBID, elsewhere { HOME = home })))
    assert.is_true(s:last_request().verified)
    shell.write_file(home .. "/.aliyun/config.json", "{" .. s.e.access_key_secret)
    local output = child.run(FORBID, elsewhere { HOME = home,
      ALIBABA_CLOUD_CREDENTIALS_URI = "http://127.0.0.1:1/" })
    assert.is_truthy(output:find("^credentials: chain: profile: .*config.json: line 1: "), output)
    assert.is_nil(output:find(s.e.access_key_secret, 1, true))
  end)

  it("a key may be at a URI, with the token of a role", function()
    assert.equal("ok|-", (child.run(FORBID, elsewhere { ALIBABA_CLOUD_CREDENTIALS_URI =
      s.e.metadata .. "/latest/meta-data/ram/security-credentials/streamctl-role" })))
    local entry = s:last_request()
    assert.is_true(entry.verified)
    assert.is_string(entry.headers["x-acs-security-token"])
  end)

  for _, name in ipairs { "ALIBABA_CLOUD_ACCESS_KEY_ID", "ALIBABA_CLOUD_ACCESS_KEY_SECRET" } do
    it("a missing " .. name .. " is named, and nothing is sent", function()
      local output = child.run(FORBID, aliyun { [name] = "" })
      assert.is_truthy(output:find("^credentials: .*" .. name .. " .*|credentials$"))
      assert.is_nil(output:find(s.e.access_key_secret, 1, true))
      assert.same({}, s.e:requests())
    end)
  end

  for _, name in ipairs { "ZEGO_APP_ID", "ZEGO_SERVER_SECRET" } do
    it("a missing " .. name .. " is named, and nothing is sent", function()
      local output = child.run(RESUME, zego { [name] = "" })
      assert.is_truthy(output:find("^credentials: .*" .. name .. " .*|credentials$"))
      assert.same({}, s.e:requests())
    end)
  end

  for name, value in pairs { ZEGO_APP_ID = "many", ZEGO_ENDPOINT = "ftp://a.example.com" } do
    it("an ill-formed " .. name .. " is an error and no exception", function()
      local output, status = child.run(RESUME, zego { [name] = value })
      assert.is_truthy(output:find("^invalid_parameter: .*|invalid_parameter$"))
      assert.equal(0, status)
    end)
  end

  it("the environment is read at the first call and never again", function()
    local output = child.run([[
      local real, reads = os.getenv, {}
      os.getenv = function(name)
        if name:find "^ALIBABA" or name:find "^ZEGO" then reads[#reads + 1] = name end
        return real(name)
      end
      local streamctl = require "streamctl"
      streamctl.aliyun.new { access_key_id = "a", access_key_secret = "b" }
      streamctl.zego.new { app_id = 1, server_secret = "b" }
      io.write(#reads, " ")
      local params = { DomainName = "d.example.com", AppName = "a", StreamName = "s", LiveStreamType = "publisher" }
      assert(streamctl.aliyun.forbid_live_stream(params))
      local first = #reads
      io.write(tostring(first > 0), " ")
      assert(streamctl.aliyun.resume_live_stream(params))
      assert(streamctl.aliyun.call("EchoTest"))
      assert(streamctl.aliyun.sign("EchoTest"))
      io.write(#reads - first)
    ]], aliyun())
    assert.equal("0 true 0", output)
  end)

  it("a variable that was missing may be there at the next call", function()
    local output = child.run([[
      local real, there = os.getenv, false
      os.getenv = function(name) return (there or name ~= "ZEGO_APP_ID") and real(name) or nil end
      local zego = require("streamctl").zego
      local _, _, err = zego.resume_rtc_stream { StreamId = "s1" }
      io.write(err.code, " ")
      there = true
      io.write(assert(zego.resume_rtc_stream { StreamId = "s1" }).Message)
    ]], zego())
    assert.equal("credentials success", output)
  end)
end)
