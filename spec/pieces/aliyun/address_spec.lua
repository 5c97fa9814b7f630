-- Addresses that are signed, and verified. The vendor's own are in spec/bytes/vectors.

local address = require "streamctl.aliyun.address"
local helper = require "spec.pieces.helper"

local KEY, EXPIRES = "unitTestKey01", helper.NOW + 3600

local function sign(url, changes)
  return address.sign(helper.merged({ url = url, key = KEY, expires = EXPIRES }, changes))
end

local function verify(url, changes, now)
  helper.freeze(now)
  return address.verify(helper.merged({ url = url, key = KEY }, changes))
end

local refused = helper.refuser("aliyun", "address: ", KEY)

describe("address.sign", function()
  after_each(helper.thaw)

  it("keeps the query, in its order, but for an older auth_key", function()
    local bare = assert(sign "rtmp://push.example.com/app/s1"):match("auth_key=.*$")
    for url, signed in pairs {
      ["rtmp://push.example.com/app/s1?"] = "?",
      ["rtmp://push.example.com/app/s1?b=2&a=1"] = "?b=2&a=1&",
      ["rtmp://push.example.com/app/s1?auth_key=1-0-0-f&b=2"] = "?b=2&",
      ["rtmp://push.example.com/app/s1?b=2&auth_key=1-0-0-f&my_auth_key=3"]
        = "?b=2&my_auth_key=3&",
      ["rtmp://push.example.com/app/s1?vhost=play.example.com/x"] = "?vhost=play.example.com/x&",
    } do
      assert.equal("rtmp://push.example.com/app/s1" .. signed .. bare, sign(url))
    end
  end)

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
    assert.equal("/app/s1", assert(verify(sign(before .. "&latency=20"))).path)
    local first = "srt://push.example.com:1105/?latency=2&streamid=#!::r=/app/s1"
    assert.equal(first .. "?" .. bare .. ",m=publish", sign(first .. "?auth_key=old,m=publish"))
    assert.equal("/app/s1", assert(verify(sign(before .. ",m=publish"))).path)
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
      assert.equal("/app/" .. sent, assert(verify(signed)).path)
    end
    for _, name in ipairs { "100%", "%2", "a%zz", "%%41" } do
      refused("invalid_parameter", "url has a '%' that encodes nothing",
        sign("rtmp://push.example.com/app/" .. name))
    end
  end)

  it("takes Unix seconds, or seconds from now", function()
    helper.freeze()
    assert.equal(sign("rtmp://push.example.com/app/s1"),
      address.sign { url = "rtmp://push.example.com/app/s1", key = KEY, lifetime = 3600 })
    for _, lifetime in ipairs { 0, 0.5, -1, 2 ^ 31 } do
      refused("invalid_parameter", "lifetime must be a whole number from 1 to ",
        address.sign { url = "rtmp://push.example.com/app/s1", key = KEY, lifetime = lifetime })
    end
    for _, expires in ipairs { 3600, EXPIRES * 1000, EXPIRES + 0.5, 0 / 0, -1 } do
      refused("invalid_parameter", "expires must be a whole number from 1000000000 to ",
        sign("rtmp://push.example.com/app/s1", { expires = expires }))
    end
    assert.equal(sign("rtmp://push.example.com/app/s1"),
      sign("rtmp://push.example.com/app/s1", { expires = EXPIRES + 0.0 }))
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
    local core = require "streamctl.core"
    local md5 = core.md5
    finally(function() core.md5 = md5 end)
    core.md5 = function() return nil, "crypto: OpenSSL cannot compute MD5", "crypto" end
    refused("signature", "OpenSSL cannot compute MD5", sign "rtmp://push.example.com/app/s1")
    refused("signature", "OpenSSL cannot compute MD5",
      verify("rtmp://push.example.com/app/s1?auth_key=1-0-0-f"))
  end)

  it("throws misuse at the line that calls it", function()
    local url = "rtmp://push.example.com/app/s1"
    for given, why in pairs {
      ["a text"] = " takes a table of options, got a string",
      [{ urll = url }] = ": there is no field 'urll'",
      [{ key = KEY, lifetime = 1 }] = ": url is missing",
      [{ url = url, lifetime = 1 }] = ": key is missing",
      [{ url = url, key = KEY }] = ": expires or lifetime is missing",
      [{ url = url, key = KEY, expires = EXPIRES, lifetime = 1 }] = ": expires and lifetime are",
      [{ url = url, key = KEY, expires = "soon" }] = ": expires must be a number, got a string",
      [{ url = url, key = { KEY }, lifetime = 1 }] = ": key must be text, got a table",
      [{ url = url, key = io.stdout, lifetime = 1 }] = ": key must be text, got a userdata",
    } do
      helper.throws("streamctl.aliyun.address.sign" .. why,
        function() return (address.sign(given)) end, KEY)
    end
    for given, why in pairs { [{ kye = KEY }] = "did you mean 'key'", [{ url = url }] = "key is m",
      [{ url = url, key = { KEY, "" } }] = "key must be text, or a list of texts",
      [{ url = url, key = KEY, tolerance = -1 }] = "tolerance must be" } do
      helper.throws(why, function() return (address.verify(given)) end)
    end
  end)
end)

describe("address.verify", function()
  after_each(helper.thaw)

  local signed = sign "https://play.example.com/app/s1.m3u8?a=1"

  it("takes an address as sign takes it, percent-encoded or not", function()
    for _, path in ipairs { "/app/直播 1.m3u8", "/app/%E7%9B%B4.m3u8", '/app/"x^`{}.flv' } do
      local made = sign("https://play.example.com" .. path)
      local auth_key = made:match "auth_key=.*$"
      local encoded = made:match "play.example.com(/[^?]*)"
      assert.equal(encoded, assert(verify(made)).path)
      assert.equal(encoded, assert(verify("https://play.example.com" .. path .. "?" .. auth_key))
        .path)
    end
    refused("invalid_parameter", "url has a '%' that encodes nothing",
      verify "https://play.example.com/app/100%?auth_key=1-0-0-f")
  end)

  it("takes any of a domain's keys, and no other", function()
    assert(verify(signed, { key = { "another", KEY } }))
    assert(verify(signed, { key = { KEY, "another" } }))
    refused("signature", "its auth_key was made with another key, or for another path than "
      .. "/app/s1.m3u8", verify(signed, { key = { "another", KEY .. "x" } }))
  end)

  it("finds every change", function()
    local at = signed:find("auth_key=", 1, true) + #"auth_key="
    for i = at, #signed do
      local char = signed:sub(i, i) == "1" and "2" or "1"
      local before, after = signed:sub(1, i - 1), signed:sub(i + 1)
      refused("signature", "its auth_key ", verify(before .. char .. after))
      refused("signature", "its auth_key ", verify(before))
    end
    refused("signature", "its auth_key ", verify(signed .. "0"))
    refused("signature", "its auth_key ", verify((signed:gsub("/s1", "/s2"))))
    refused("signature", "its auth_key ", verify((signed:gsub("(%x+)$", string.upper))))
    refused("signature", "it carries no auth_key", verify "https://play.example.com/app/s1.m3u8")
    refused("signature", "it carries more than one auth_key",
      verify(signed .. "&" .. signed:match("auth_key=.*$")))
    refused("signature", "its auth_key is not TIME-RAND-UID-MD5",
      verify("rtmp://push.example.com/app/s1?auth_key=" .. ("9"):rep(400) .. "-0-0-ff"))
    assert(verify((signed:gsub("a=1", "b=2"):gsub("play", "other")))) -- these are not signed
  end)

  it("tells when it has ended", function()
    assert(verify(signed, nil, EXPIRES))
    refused("expired", "it was valid until 2026-01-02T04:04:05Z",
      verify(signed, nil, EXPIRES + 1))
    assert(verify(signed, { tolerance = 1800 }, EXPIRES + 1800))
    refused("expired", "", verify(signed, { tolerance = 1800 }, EXPIRES + 1801))
  end)
end)
