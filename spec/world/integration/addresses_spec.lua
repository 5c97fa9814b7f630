-- Addresses that are signed with the key of their domain, and what the vendor's check says of
-- them.

local session = require "spec.support.session"
local streamctl = require "streamctl"

local PUSH, PLAY = "push.example.com", "play.example.com"

session.describe("addresses", function(s)
  local live

  local function set(domain, arguments)
    local list = {}
    for name, value in pairs(arguments) do
      list[#list + 1] = ('{"argName":"%s","argValue":"%s"}'):format(name, value)
    end
    assert(s:aliyun():batch_set_live_domain_configs { DomainNames = domain, Functions =
      '[{"functionName":"aliauth","functionArgs":[' .. table.concat(list, ",") .. "]}]" })
  end

  before_each(function()
    live = s:aliyun()
    set(PUSH, { auth_type = "type_a", auth_key1 = "mainKey7Of3The9Push", ali_auth_delta = 600 })
  end)

  -- "pass", or why the vendor refuses an address.
  local function checked(url, domain)
    local answer = assert(live:describe_live_stream_auth_checking {
      DomainName = domain or PUSH, Url = url })
    return answer.Status == "pass" and "pass" or answer.Description
  end

  local function key_of(domain)
    local answer = assert(live:describe_live_domain_configs {
      DomainName = domain, FunctionNames = "aliauth" })
    for _, pair in ipairs(answer.DomainConfigs.DomainConfig[1].FunctionArgs.FunctionArg) do
      if pair.ArgName == "auth_key1" then return pair.ArgValue end
    end
  end

  local function address(url, key)
    return assert(streamctl.aliyun.address.sign { url = url, key = key, lifetime = 600 })
  end

  it("of every form are taken by the vendor", function()
    local key = key_of(PUSH)
    for _, url in ipairs {
      "rtmp://" .. PUSH .. "/app/s1", "rtmp://" .. PUSH .. "/app/s1?vhost=" .. PUSH,
      "artc://" .. PUSH .. "/app/s1", "rtmp://" .. PUSH .. "/app/直播",
      "srt://" .. PUSH .. ":1105?streamid=#!::h=" .. PUSH .. ",r=/app/s1,m=publish",
      "srt://203.0.113.5:1105?streamid=#!::h=" .. PUSH .. ",m=publish,r=/app/s1&latency=200",
    } do
      assert.equal("pass", checked(address(url, key)), url)
      assert.not_equal("pass", checked((address(url, key):gsub("/app/", "/other/"))))
      assert.not_equal("pass", checked(url))
    end
    key = key_of(PLAY)
    for _, url in ipairs { "rtmp://" .. PLAY .. "/app/s1", "artc://" .. PLAY .. "/app/s1",
      "https://" .. PLAY .. "/app/s1_lud.flv?a=1", "https://" .. PLAY .. "/app/s1.m3u8" } do
      assert.equal("pass", checked(address(url, key), PLAY), url)
      assert.equal("INVALID MD5HASH", checked(address(url, key), PUSH))
    end
  end)
end)
