-- What is sent is what was given, byte for byte: compared with what the emulator read from the
-- wire.

local cjson = require "cjson"
local session = require "spec.support.session"

local bytes = {}
for byte = 1, 255 do bytes[byte] = string.char(byte) end

local VALUES = {
  ["#?;/\"'"] = "", ["a b"] = "1", ["a&b=c"] = "2", ["%41+~*"] = "3", ["直播 🎥"] = "4",
  ["a.b-c_d"] = "5", A = "6", a = "7", B = "8", AA = "9", A1 = "10", ["A-"] = "11",
  ["a space"] = " ", ["spaces around and inside"] = "  a  b  ",
  ["percent signs"] = "100% %41 %2 %zz %%20 a%20b%2Bc",
  ["UTF-8"] = "äöüß 直播 🎥 \226\128\174שידור", ["a byte order mark"] = "\239\187\191a",
  ["something like a header"] = "a\r\nX-Injected: 1\r\n\r\nb",
  ["something like parameters"] = "a&Injected=1&Signature=b&AccessKeyId=c",
  ["every byte but NUL"] = table.concat(bytes), ["invalid UTF-8"] = "\255\254\192\128\237\160\128",
  ["JSON"] = '{"a":["b\\n",1]}', ["10,000 characters"] = ("a %+é"):rep(2000),
}

-- How a value is sent, and how the emulator says that it arrived: parameter names to values.
local WAYS = {
  { name = "Alibaba Cloud V3",
    client = function(s) return s:aliyun() end,
    read = function(body) return body.Query end },
  { name = "Alibaba Cloud V1",
    client = function(s) return s:aliyun { signature = "v1" } end,
    own = { "AccessKeyId", "Action", "Format", "Signature", "SignatureMethod", "SignatureNonce",
      "SignatureType", "SignatureVersion", "Timestamp", "Version" },
    read = function(body) return body.Query end },
  { name = "Alibaba Cloud V3 with GET", options = { method = "GET" },
    client = function(s) return s:aliyun() end,
    read = function(body) return body.Query end },
  { name = "ZEGO in the query",
    client = function(s) return s:zego() end,
    own = { "Action", "AppId", "Signature", "SignatureNonce", "SignatureVersion", "Timestamp" },
    read = function(body)
      local out = {}
      for name, list in pairs(body.Data.Args) do out[name] = #list == 1 and list[1] or list end
      return out
    end },
  { name = "ZEGO in a body", options = { method = "POST" }, typed = true,
    client = function(s) return s:zego() end,
    read = function(body) return cjson.decode(body.Data.Body) end },
}

session.describe("what is sent", function(s)
  for _, way in ipairs(WAYS) do
    -- What arrived without the parameters of the signature: also nothing may arrive that was not
    -- given.
    local function echo(params)
      local options = { idempotent = true, method = way.options and way.options.method }
      local body = assert(way.client(s):call("EchoTest", params, options))
      local arrived = way.read(body)
      for _, name in ipairs(way.own or {}) do
        if name ~= "Format" and name ~= "SignatureType" then
          assert.is_string(arrived[name], name)
        end
        arrived[name] = nil
      end
      return arrived
    end

    it("is exact by " .. way.name, function()
      assert.same(VALUES, echo(VALUES)) -- also the names
      local entry = s:last_request()
      assert.is_true(entry.verified)
      assert.is_nil(entry.headers["x-injected"])
      assert.same({}, entry.form)
    end)
  end
end)
