-- One spelling for each endpoint, the same in URL and Host.

local helper = require "spec.pieces.helper"

local CASES = {
  ["https://host"] = "https://host", ["https://host/"] = "https://host",
  ["HTTPS://Host.Example.COM"] = "https://host.example.com",
  ["https://host:443"] = "https://host", ["https://host:443/"] = "https://host",
  ["https://host:0443"] = "https://host", ["https://host:8443"] = "https://host:8443",
  ["https://host:80"] = "https://host:80", ["http://host"] = "http://host",
  ["http://host:80"] = "http://host", ["http://host:443"] = "http://host:443",
  ["https://host:65535"] = "https://host:65535",
  ["https://127.0.0.1:8443"] = "https://127.0.0.1:8443", ["https://[::1]"] = "https://[::1]",
  ["https://[::1]:443"] = "https://[::1]",
  ["https://[2001:DB8::1]:8443"] = "https://[2001:db8::1]:8443",
  ["https://[::ffff:127.0.0.1]"] = "https://[::ffff:127.0.0.1]",
  ["https://a-b_c.d"] = "https://a-b_c.d",
}

describe("an endpoint", function()
  for given, wanted in pairs(CASES) do
    it("written " .. given .. " is " .. wanted .. " in the URL and in Host", function()
      local live = helper.aliyun(nil, { endpoint = given })
      local signed = assert(live:sign("ResumeLiveStream", helper.ALIYUN_PARAMS.ResumeLiveStream))
      assert.equal(wanted .. "/?", signed.url:sub(1, #wanted + 2))
      local host = signed.headers.host or signed.headers.Host
      if host then assert.equal(wanted:match("//(.*)"), host) end
    end)
  end
end)
