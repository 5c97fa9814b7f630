-- What calls of clients see when keys are refreshed: files that somebody changed, an STS that is
-- silent, throttles, refuses the machine's clock or hands out keys that the vendor refuses. Through
-- clients, with a clock that the spec moves.

local core = require "streamctl.core"
local credentials = require "streamctl.aliyun".credentials
local helper = require "spec.pieces.helper"
local http = require "streamctl.aliyun.credentials.http"
local json = require "streamctl.base.json"
local places = require "spec.pieces.aliyun.credentials.place"
local streamctl = require "streamctl"

local ROLE = "acs:ram::1234567890123456:role/r"
local SIDECAR = "http://127.0.0.1:8080"
local FINE = '{"RequestId":"R","OnlineInfo":{"LiveStreamOnlineInfo":[]}}'

local function pass(seconds)
  core.set_clock(core.now() + seconds, core.monotonic() + seconds)
end

local function iso(seconds)
  return (core.time_text(math.floor(seconds)))
end

local function refusal(status, code, headers)
  return helper.response(status, ('{"RequestId":"R","Code":"%s","Message":"no"}'):format(code),
    headers)
end

-- STS and Live behind one transport. `sts(key_id, nth)` and `live(key_id)` answer where they are
-- set; else STS hands out keys of an hour with a number each, and Live takes any key. `asked` has
-- when STS was asked, `signed` the keys of the calls. Where the vendor's clock is `ahead` of ours,
-- it takes no time that is 15 minutes off, and tells its own, unless it is `dateless`. SIDECAR has
-- a key of the vendor's as well, which lives for `life`.
local function network()
  local net = helper.ours { asked = {}, signed = {}, life = 3600 }
  local function key(nth, life)
    return {
      AccessKeyId = "STS." .. nth, AccessKeySecret = "s" .. nth, SecurityToken = "t" .. nth,
      Expiration = iso(core.now() + (net.ahead or 0) + (life or 3600)) }
  end
  function net.keys(nth, life)
    return helper.response(200, json.encode { RequestId = "R", Credentials = key(nth, life) })
  end
  local function is_off(text)
    local now = core.now() + (net.ahead or 0)
    return net.ahead and (text < iso(now - 900) or text > iso(now + 900))
  end
  local function answer(target, headers, origin, limits, deadline)
    if origin == SIDECAR then return helper.response(200, json.encode(key("own", net.life))) end
    if not origin:find("sts", 1, true) then
      local id = headers.Authorization:match "Credential=([^,]+)"
      net.signed[#net.signed + 1] = id
      if is_off(headers["x-acs-date"]) then return refusal(400, "InvalidTimeStamp.Expired") end
      return net.live and net.live(id) or helper.response(200, FINE)
    end
    net.asked[#net.asked + 1] = core.monotonic()
    local id, nth = target:match "AccessKeyId=([^&]+)", #net.asked
    if net.silent then
      pass(math.min(limits.attempt_timeout, deadline - core.monotonic()))
      return { code = "timeout", message = "no answer", maybe_sent = true }
    elseif is_off(target:match("Timestamp=([^&]+)"):gsub("%%3A", ":")) then
      return refusal(400, "InvalidTimeStamp.Expired")
    end
    return net.sts and net.sts(id, nth) or net.keys(nth)
  end
  function net.send(_, request, limits, deadline, _, origin)
    local target, headers = request:sign()
    if not target then return { code = "credentials", message = headers, maybe_sent = false } end
    local result = answer(target, headers, origin, limits, deadline)
    if net.ahead and not net.dateless then
      result.headers = os.date("!HTTP/1.1 200 OK\r\nDate: %a, %d %b %Y %H:%M:%S GMT\r\n\r\n",
        core.now() + net.ahead)
    end
    return result
  end
  return net
end

describe("a client whose keys are refreshed", function()
  local net, restore
  places.each()

  before_each(function()
    net, restore = network(), helper.stub_random(0)
    http.clock.clock_offset = 0 -- as in a new process
  end)
  after_each(function() restore() end)

  local function client_of(source, more)
    local given = { credentials = source, transport = net, retry = false, rate_limit = false }
    for name, value in pairs(more or {}) do given[name] = value end
    return streamctl.aliyun.new(given)
  end

  local function role(more)
    local given = { source = { access_key_id = "LTAI", access_key_secret = "x" }, role_arn = ROLE }
    for name, value in pairs(more or {}) do given[name] = value end
    return credentials.assume_role(given)
  end

  local function call(live)
    return live:describe_live_streams_online_list { DomainName = "play.example.com" }
  end

  -- When STS was asked, in whole seconds since the first of them.
  local function times()
    local list = {}
    for i, at in ipairs(net.asked) do list[i] = math.floor(at - net.asked[1] + 0.5) end
    return list
  end

  describe("while STS refuses", function()
    -- Calls, one each quarter of a second.
    local function call_for(live, seconds)
      for _ = 1, seconds * 4 do
        assert.is_nil((call(live)))
        pass(0.25)
      end
    end

    it("asks it after growing pauses, without a key in hand", function()
      net.sts = function() return refusal(400, "Throttling.User") end
      call_for(client_of(role()), 130)
      assert.same({ 0, 1, 3, 7, 15, 31, 63, 123 }, times())
      assert.same({}, net.signed)
    end)
  end)

  describe("while the vendor refuses what STS hands out", function()
    it("asks for another one once, and then after growing pauses (vendor-refuses)", function()
      net.live = function() return refusal(403, "InvalidSecurityToken.MismatchWithAccessKey") end
      local live = client_of(role())
      for _ = 1, 100 do assert.is_nil((call(live))) end
      assert.same({ 2, 101 }, { #net.asked, #net.signed })
      for _ = 1, 128 do
        pass(0.25)
        call(live)
      end
      assert.same({ 0, 0, 1, 3, 7, 15, 31 }, times())
      for _ = 1, 2 do -- a minute without a refusal makes the pauses short again
        pass(100)
        call(live)
      end
      pass(1)
      call(live)
      assert.equal(10, #net.asked)
    end)
  end)

  describe("while the machine's clock is wrong", function()
    local function counts() return { #net.asked, #net.signed } end

    for _, ahead in ipairs { 1200, -1200, 86400, -86400 } do
      it(("signs by the vendor's, which is %d s ahead, and asks twice, once a process")
        :format(ahead), function()
          net.ahead = ahead
          assert(call(client_of(role())))
          assert.same({ 2, 1 }, counts())
          assert(call(client_of(role())))
          assert.same({ 3, 2 }, counts())
        end)
    end

    it("refreshes a key before its end by the vendor's clock (wrong-clock)", function()
      net.ahead = -7200
      local live = client_of(role())
      assert(call(live))
      local asked = #net.asked
      pass(2600)
      assert(call(live))
      assert.equal(asked, #net.asked)
      pass(900)
      assert(call(live))
      assert.equal(asked + 1, #net.asked)
    end)

    for _, ahead in ipairs { 25200, -7200 } do
      it(("forgets that when the clock, which was %d s behind, is set"):format(ahead), function()
        net.ahead = ahead
        local live = client_of(role())
        assert(call(live))
        core.set_clock(core.now() + ahead, core.monotonic())
        net.ahead = 0
        assert(call(client_of(credentials.uri { url = SIDECAR })))
        assert(call(live))
        pass(2800) -- the key is refreshed before its end
        assert(call(live))
        assert.same({ "STS.2", "STS.own", "STS.2", "STS.3" }, net.signed)
        net.life = -60
        helper.refuser("aliyun", "")("credentials", "the key that it gives expired at",
          call(client_of(credentials.uri { url = SIDECAR })))
        assert.equal(4, #net.signed)
      end)
    end

    it("learns the vendor's again after the machine has slept", function()
      net.ahead = -7200
      local live = client_of(role())
      assert(call(live))
      core.set_clock(core.now() + 600, core.monotonic())
      assert(call(live))
      assert.same({ "STS.2", "STS.4" }, net.signed)
    end)

    it("says that it is the clock where STS does not tell its own", function()
      net.ahead, net.dateless = -50000, true
      helper.refuser("aliyun", "")("credentials",
        "InvalidTimeStamp.Expired: no; set the clock of this machine", call(client_of(role())))
      assert.equal(1, #net.asked)
    end)
  end)
end)
