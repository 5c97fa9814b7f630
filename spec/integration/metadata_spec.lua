-- The emulator's metadata server: session tokens, the role, and keys that change and end.

local cjson = require "cjson"
local session = require "spec.support.session"
local shell = require "spec.emulator.launcher.shell"

local ROLES = "/latest/meta-data/ram/security-credentials/"
local TTL = "x-aliyun-ecs-metadata-token-ttl-seconds"
local TOKEN = "x-aliyun-ecs-metadata-token"

session.describe("the emulator's metadata server", function(s)
  -- The answer's body and status.
  local function ask(method, path, header)
    local output = shell.run(table.concat({
      "curl -q -sS --noproxy '*' --max-time 60 -w '\\n%{http_code}' -X", method,
      header and "-H " .. shell.quote(header) or "", shell.quote(s.e.metadata .. path),
    }, " "))
    local body, status = output:match("^(.*)\n(%d+)$")
    return body, tonumber(status)
  end

  local function new_token()
    return (ask("PUT", "/latest/api/token", TTL .. ": 60"))
  end

  local function key()
    return cjson.decode((ask("GET", ROLES .. "streamctl-role", TOKEN .. ": " .. new_token())))
  end

  -- What the vendor says to a call that is signed with a key.
  local function call_with(of)
    local client = s:aliyun { access_key_id = of.AccessKeyId,
      access_key_secret = of.AccessKeySecret, security_token = of.SecurityToken }
    local body, _, err = client:describe_live_streams_block_list { DomainName = "push.example.com" }
    return body and "ok" or err.vendor_code
  end

  it("gives tokens for as long as is asked, and nothing for a wrong one", function()
    local token, status = ask("PUT", "/latest/api/token", TTL .. ": 21600")
    assert.equal(200, status)
    assert.same({ "streamctl-role", 200 }, { ask("GET", ROLES, TOKEN .. ": " .. token) })
    assert.equal(401, select(2, ask("GET", ROLES, TOKEN .. ": " .. token .. "x")))
    for _, ttl in ipairs { "0", "21601", "x", "" } do
      assert.equal(400, select(2, ask("PUT", "/latest/api/token", TTL .. ":" .. ttl)))
    end
    assert.equal(400, select(2, ask("PUT", "/latest/api/token")))
    assert.equal(404, select(2, ask("GET", ROLES .. "another", TOKEN .. ": " .. token)))
    assert.equal(404, select(2, ask("POST", "/latest/api/token", TTL .. ": 60")))
  end)

  it("answers without a token unless that is switched off", function()
    assert.same({ "streamctl-role", 200 }, { ask("GET", ROLES) })
    s.e:config { imds_v1 = false }
    assert.equal(403, select(2, ask("GET", ROLES)))
    assert.equal(200, select(2, ask("GET", ROLES, TOKEN .. ": " .. new_token())))
  end)

  it("hands out the temporary key, which the vendor takes", function()
    local of = key()
    assert.same({ s.e.sts.access_key_id, s.e.sts.access_key_secret, s.e.sts.security_token,
      "Success" }, { of.AccessKeyId, of.AccessKeySecret, of.SecurityToken, of.Code })
    assert.equal("ok", call_with(of))
    assert.same(of.AccessKeyId, key().AccessKeyId)
  end)

  it("rotates: the key before is good until its end, and refused from then on", function()
    s.e:config { role_rotation = 300 }
    local first = key()
    assert.equal(first.AccessKeyId, key().AccessKeyId)
    s.e:config { clock_offset = 301 }
    local second = key()
    assert.not_equal(first.AccessKeyId, second.AccessKeyId)
    assert.not_equal(first.SecurityToken, second.SecurityToken)
    assert.same({ "ok", "ok" }, { call_with(first), call_with(second) })
    s.e:config { clock_offset = 601 }
    assert.same({ "InvalidSecurityToken.Expired", "ok" }, { call_with(first), call_with(second) })
    first.SecurityToken = second.SecurityToken
    assert.equal("InvalidSecurityToken.MismatchWithAccessKey", call_with(first))
  end)

  it("is logged, counted and met by faults like a vendor", function()
    s.e:fault { vendor = "metadata", action = "key", kind = "status", status = 500 }
    local token = new_token()
    assert.equal(500, select(2, ask("GET", ROLES .. "streamctl-role", TOKEN .. ": " .. token)))
    assert.equal(200, select(2, ask("GET", ROLES .. "streamctl-role", TOKEN .. ": " .. token)))
    local log = s.e:requests { vendor = "metadata" }
    assert.same({ "PUT", "GET", "GET" }, { log[1].method, log[2].method, log[3].method })
    assert.same({ 200, 500, 200 }, { log[1].status, log[2].status, log[3].status })
    assert.equal("status", log[2].fault)
    assert.same({ token = 1, key = 1 }, { token = s.e:counters().codes.metadata.token,
      key = s.e:counters().codes.metadata.key })
  end)
end)
