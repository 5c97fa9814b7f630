-- Addresses that are signed, and verified. The vendor's own are in spec/vectors.

local address = require "streamctl.aliyun.address"
local helper = require "spec.unit.helper"

local KEY, EXPIRES = "unitTestKey01", helper.NOW + 3600

local function sign(url, changes)
  return address.sign(helper.merged({ url = url, key = KEY, expires = EXPIRES }, changes))
end

local function verify(url, changes)
  return address.verify(helper.merged({ url = url, key = KEY, now = helper.NOW }, changes))
end

local refused = helper.refuser("aliyun", "address: ", KEY)

describe("address.sign", function()
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

  it("takes rand and uid, which make addresses differ", function()
    local one = assert(sign("rtmp://push.example.com/app/s1",
      { rand = "477b3bbc253f", uid = "u_1" }))
    assert.truthy(one:find("auth_key=1767326645-477b3bbc253f-u_1-", 1, true), one)
    assert.same({ path = "/app/s1", expires = EXPIRES, rand = "477b3bbc253f", uid = "u_1" },
      verify(one))
    for _, name in ipairs { "rand", "uid" } do
      for _, value in ipairs { "a-b", "", "a&b", 5, ("x"):rep(101), "a\n" } do
        refused("invalid_parameter", name .. " must be 1 to 100 of the characters ",
          sign("rtmp://push.example.com/app/s1", { [name] = value }))
      end
    end
  end)

  it("takes Unix seconds only", function()
    for _, expires in ipairs { 3600, EXPIRES * 1000, EXPIRES + 0.5, 0 / 0, "soon", -1 } do
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
    refused("invalid_parameter", "url is missing", address.sign { key = KEY, expires = EXPIRES })
    refused("invalid_parameter", "key is missing",
      address.sign { url = "rtmp://push.example.com/app/s1", expires = EXPIRES })
    refused("invalid_parameter", "key must be text",
      sign("rtmp://push.example.com/app/s1", { key = { KEY } }))
    refused("invalid_parameter", "key must be text, got a userdata",
      sign("rtmp://push.example.com/app/s1", { key = io.stdout }))
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
    for _, given in ipairs { "a text", { urll = "rtmp://push.example.com/app/s1" } } do
      helper.throws("streamctl.aliyun.address.sign",
        function() return (address.sign(given)) end)
    end
    helper.throws("did you mean 'key'",
      function() return (address.verify { kye = KEY }) end)
  end)
end)

describe("address.verify", function()
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
    for _, key in ipairs { {}, { "a", "" }, { [2] = "a" }, 5, "" } do
      refused("invalid_parameter", "key must ", verify(signed, { key = key }))
    end
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
    assert(verify(signed, { now = EXPIRES }))
    refused("expired", "it was valid until 2026-01-02T04:04:05Z",
      verify(signed, { now = EXPIRES + 1 }))
    assert(verify(signed, { now = EXPIRES + 1800, validity = 1800 }))
    refused("expired", "", verify(signed, { now = EXPIRES + 1801, validity = 1800 }))
    helper.freeze(EXPIRES + 1)
    finally(helper.thaw)
    refused("expired", "", address.verify { url = signed, key = KEY })
    helper.freeze(EXPIRES)
    assert(address.verify { url = signed, key = KEY })
  end)
end)
