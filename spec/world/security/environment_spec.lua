-- The environment of the process decides nothing that was not asked of it: neither where requests
-- go, nor what they carry, nor whom they trust.

local child = require "spec.support.child"
local session = require "spec.support.session"
local shell = require "spec.support.emulator.launcher.shell"

local SCRIPT = [[
local streamctl = require "streamctl"
local client = streamctl.zego.new { app_id = %s, server_secret = %q, endpoint = %q, retry = false, timeout = 20 }
local _, _, err = client:resume_rtc_stream { StreamId = "s1" }
print(err and err.code or "ok")
]]

describe("the environment", function()
  local s, home

  setup(function()
    s = session.start()
    home = s.e.dir .. "/home"
    shell.run("mkdir " .. shell.quote(home))
    shell.write_file(home .. "/.netrc", "machine 127.0.0.1 login intruder password letmein\n")
    shell.write_file(home .. "/.curlrc", "header = \"X-Intruder: 1\"\ninsecure\n")
  end)
  teardown(function() session.stop(s) end)
  before_each(function() s.e:reset() end)

  local function run(endpoint, environment)
    return child.run(SCRIPT:format(("%.0f"):format(s.e.app_id), s.e.server_secret, endpoint),
      environment)
  end

  it("adds no proxy, no password and no header", function()
    local environment = { HOME = home, NETRC = home .. "/.netrc", CURL_HOME = home, no_proxy = "" }
    for _, name in ipairs { "http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy",
      "ALL_PROXY" } do
      environment[name] = "http://127.0.0.1:1"
    end
    assert.equal("ok\n", (run(s.e.zego_http, environment)))
    local headers = s:last_request().headers
    for name in pairs(headers) do
      assert.is_nil(name:lower():find("authorization") or name:lower():find("intruder"), name)
    end
  end)

  it("adds no authority", function()
    local environment = { HOME = home, CURL_HOME = home }
    for _, name in ipairs { "SSL_CERT_FILE", "CURL_CA_BUNDLE" } do
      environment[name] = s.e.ca_file
    end
    environment.SSL_CERT_DIR = s.e.dir
    assert.equal("tls\n", (run(s.e.zego, environment)))
    assert.same({}, s.e:requests())
  end)
end)
