-- Addresses that are signed. The vendor's own are in spec/bytes/vectors.

local address = require "streamctl.aliyun.address"
local core = require "streamctl.core"
local helper = require "spec.pieces.helper"

local KEY, EXPIRES = "unitTestKey01", helper.NOW + 3600

local function sign(url, changes)
  return address.sign(helper.merged({ url = url, key = KEY, expires = EXPIRES }, changes))
end

-- Checks which path an address is signed for.
local function check_path(path, signed)
  local beginning, hash = signed:match "auth_key=(%d+%-0%-0%-)(%x+)"
  assert.equal(core.md5(path .. "-" .. beginning .. KEY), hash)
end

local refused = helper.refuser("aliyun", "address: ", KEY)

describe("address.sign", function()
  after_each(helper.thaw)

  it("signs the path in an SRT streamid, and nothing else of it", function()
    local bare = assert(sign "rtmp://push.example.com/app/s1"):match("auth_key=.*$")
    local before = "srt://push.example.com:1105?streamid=#!::h=push.example.com,r=/app/s1"
    assert.equal(before .. "?" .. bare .. ",m=publish", sign(before .. ",m=publish"))
    assert.equal(before .. "?" .. bare, sign(before))
    assert.equal(before .. "?" .. bare .. "&a=1,m=publish&latency=20",
      sign(before .. "?a=1,m=publish&latency=20"))
    -- players end the streamid at the '&'
    assert.equal(before .. "?" .. bare .. "&latency=20", sign(before .. "&latency=20"))
    assert.equal(before .. "?" .. bare .. "&latency=20",
      sign(before .. "?auth_key=old&latency=20"))
    check_path("/app/s1", sign(before .. "&latency=20"))
    local first = "srt://push.example.com:1105/?latency=2&streamid=#!::r=/app/s1"
    assert.equal(first .. "?" .. bare .. ",m=publish", sign(first .. "?auth_key=old,m=publish"))
    check_path("/app/s1", sign(before .. ",m=publish"))
    for _, url in ipairs { "srt://push.example.com:1105", "srt://push.example.com:1105/app/s1",
      "srt://push.example.com:1105?streamid=/app/s1", "srt://push.example.com:1105?streamid=#!::"
      .. "h=push.example.com,m=publish", "srt://push.example.com?streamid=#!::h=a,xr=/app/s1" } do
      refused("invalid_parameter", "url must be an address such as srt://", sign(url))
    end
  end)

  it("signs and sends the same bytes: what no address has is encoded, once", function()
    for name, sent in pairs {
      ["直播"] = "%E7%9B%B4%E6%92%AD", ["a b"] = "a%20b", ["a%20b"] = "a%20b", ["a%E7"] = "a%E7",
      ['a"<>\\^`{|}'] = "a%22%3C%3E%5C%5E%60%7B%7C%7D",
      ["a=+,;:@!$&'()*~._-"] = "a=+,;:@!$&'()*~._-",
    } do
      local signed = assert(sign("rtmp://push.example.com/app/" .. name))
      assert.equal("rtmp://push.example.com/app/" .. sent, signed:match("^[^?]*"))
      check_path("/app/" .. sent, signed)
    end
    for _, name in ipairs { "100%", "%2", "a%zz", "%%41" } do
      refused("invalid_parameter", "url has a '%' that encodes nothing",
        sign("rtmp://push.example.com/app/" .. name))
    end
  end)

  it("refuses what is no address", function()
    for _, url in ipairs { "push.example.com/app/s1", "rtmp:///app/s1", "rtmp://push.example.com",
      "rtmp://push.example.com?a=/app/s1", "/app/s1", "https://play.example.com/app/s1.flv#top",
      "://a/b/c" } do
      refused("invalid_parameter", "url must be an address such as rtmp://", sign(url))
    end
    for _, url in ipairs { "rtmp://push.example.com/", "rtmp://push.example.com/app",
      "rtmp://push.example.com/app/", "rtmp://push.example.com//s1" } do
      refused("invalid_parameter", "url must name an application and a stream", sign(url))
    end
    refused("invalid_parameter", "url must not hold control",
      sign "rtmp://push.example.com/a/b\r\n")
    refused("invalid_parameter", "url must be at most 8192 bytes",
      sign("srt://push.example.com?" .. ("streamid=#!::"):rep(1000)))
    refused("invalid_parameter", "key must not be empty",
      sign("rtmp://push.example.com/app/s1", { key = "" }))
  end)

  it("says when OpenSSL has no MD5", function()
    local md5 = core.md5
    finally(function() core.md5 = md5 end)
    core.md5 = function() return nil, "crypto: OpenSSL cannot compute MD5", "crypto" end
    refused("signature", "OpenSSL cannot compute MD5", sign "rtmp://push.example.com/app/s1")
  end)
end)
