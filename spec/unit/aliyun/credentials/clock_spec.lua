-- Where the machine's clock is wrong: STS refuses what is signed by it, and tells its own.

local core = require "streamctl.core"
local credentials = require "streamctl.aliyun".credentials
local helper = require "spec.unit.helper"
local json = require "streamctl.json"
local shell = require "spec.emulator.launcher.shell"
local streamctl = require "streamctl"

local ROLE = "acs:ram::1234567890123456:role/r"

-- The vendor, whose clock is `vendor.ahead` of ours and takes no time that is 15 minutes off.
local function vendor_of(ahead)
  local vendor = { ahead = ahead, sts = 0, live = 0 }

  local function answer(status, body)
    local date = os.date("!%a, %d %b %Y %H:%M:%S GMT", core.now() + vendor.ahead)
    return helper.response(status, json.encode(body), vendor.dateless and ""
      or "HTTP/1.1 200 OK\r\nDate: " .. date .. "\r\n\r\n")
  end

  function vendor:send(request, _, _, _, origin)
    local target, headers = request:sign()
    if not target then return { code = "credentials", message = headers, maybe_sent = false } end
    local text = headers["x-acs-date"] or target:match("Timestamp=([^&]+)"):gsub("%%3A", ":")
    local is_sts = origin:find("sts", 1, true)
    local name = is_sts and "sts" or "live"
    self[name] = self[name] + 1
    local from = core.time_text(core.now() + self.ahead - 900)
    local to = core.time_text(core.now() + self.ahead + 900)
    if text < from or text > to then
      return answer(400, { Code = "InvalidTimeStamp.Expired", Message = "x", RequestId = "R" })
    elseif is_sts then
      return answer(200, { RequestId = "R", Credentials = { AccessKeyId = "STS." .. self.sts,
        AccessKeySecret = "s", SecurityToken = "t",
        Expiration = core.time_text(core.now() + self.ahead + 3600) } })
    end
    return answer(200, { RequestId = "R", OnlineInfo = { LiveStreamOnlineInfo = {} } })
  end

  return vendor
end

describe("a role that is assumed by a clock that is wrong", function()
  before_each(function() helper.freeze() end)
  after_each(helper.thaw)

  local function client_of(vendor, source)
    return streamctl.aliyun.new { transport = vendor, retry = false, rate_limit = false,
      credentials = source or credentials.assume_role { role_arn = ROLE,
        source = { access_key_id = "LTAI", access_key_secret = "x" } } }
  end

  local function call(live)
    return live:describe_live_streams_online_list { DomainName = "play.example.com" }
  end

  for _, ahead in ipairs { 1200, -1200, 86400, -86400 } do
    it(("is assumed by the vendor's, which is %d s ahead, and asked for twice, once a process")
      :format(ahead), function()
        local vendor = vendor_of(ahead)
        assert(call(client_of(vendor)))
        assert.same({ 2, 1 }, { vendor.sts, vendor.live })
        assert(call(client_of(vendor)))
        assert.same({ 3, 2 }, { vendor.sts, vendor.live })
      end)
  end

  it("has its key refreshed before the end by the vendor's clock (wrong-clock)", function()
    local vendor = vendor_of(-7200)
    local live = client_of(vendor)
    assert(call(live))
    local asked = vendor.sts
    core.set_clock(core.now() + 2600, 3600)
    assert(call(live))
    assert.equal(asked, vendor.sts)
    core.set_clock(core.now() + 900, 4500)
    assert(call(live))
    assert.equal(asked + 1, vendor.sts)
  end)

  it("is assumed by the token of an OIDC provider likewise", function()
    local path = os.tmpname()
    finally(function() os.remove(path) end)
    shell.write_file(path, "eyJ0")
    local vendor = vendor_of(5000)
    assert(call(client_of(vendor, credentials.oidc { role_arn = ROLE, token_file = path,
      provider_arn = "acs:ram::1234567890123456:oidc-provider/p" })))
    assert.same({ 2, 1 }, { vendor.sts, vendor.live })
  end)

  it("hands out its end as the vendor tells it", function()
    local vendor = vendor_of(3600 * 5)
    local live = client_of(vendor)
    assert(call(live))
    local key = assert(live.source:get())
    assert.same({ access_key_id = "STS.2", access_key_secret = "s", security_token = "t",
      provider = "ram_role_arn/static_ak", expires = helper.NOW + 3600 * 6 }, key)
  end)

  it("says that it is the clock where STS does not tell its own", function()
    local vendor = vendor_of(-50000)
    vendor.dateless = true
    local _, message, err = call(client_of(vendor))
    assert.equal("credentials", err.code)
    assert.truthy(message:find("InvalidTimeStamp.Expired: x; set the clock of this machine", 1,
      true), message)
    assert.equal(1, vendor.sts)
  end)
end)
