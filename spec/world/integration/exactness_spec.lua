-- What is sent is what was given, byte for byte: compared with what the emulator read from the
-- wire.

local cjson = require "cjson"
local session = require "spec.support.session"

local function every_byte(first, last)
  local bytes = {}
  for byte = first, last do bytes[#bytes + 1] = string.char(byte) end
  return table.concat(bytes)
end

local VALUES = {
  ["nothing"] = "",
  ["a space"] = " ",
  ["spaces around and inside"] = "  a  b  ",
  ["a plus"] = "1+1=2",
  ["tilde and star"] = "~a*b~*",
  ["percent signs"] = "100% %41 %2 %zz %%20",
  ["what is encoded already"] = "a%20b%2Bc",
  ["ampersand and equals"] = "a&b=c&&d==",
  ["hash and question mark"] = "a#b?c",
  ["semicolon and comma"] = "a;b,c",
  ["slashes and dots"] = "../../a/./b//c\\d",
  ["quotes"] = [["'`\"\\']],
  ["brackets"] = "{a}[b](c)<d>|e^f",
  ["UTF-8"] = "äöüß 直播 прямой эфир",
  ["emoji"] = "🎥🔴",
  ["a family joined by ZWJ"] = "👨‍👩‍👧‍👦",
  ["text from right to left"] = "\226\128\174שידור",
  ["a byte order mark"] = "\239\187\191a",
  ["line ends and tabs"] = "a\nb\r\nc\td\n",
  ["something like a header"] = "a\r\nX-Injected: 1\r\n\r\nb",
  ["something like a parameter"] = "a&Injected=1",
  ["something like the signature"] = "a&Signature=b&AccessKeyId=c",
  ["printable ASCII"] = every_byte(32, 126),
  ["every byte but NUL"] = every_byte(1, 255),
  ["invalid UTF-8"] = "\255\254\192\128\237\160\128",
  ["JSON"] = '{"a":["b\\n",1]}',
  ["XML"] = '<a b="c">&amp;</a>',
  ["10,000 characters"] = ("a %+é"):rep(2000),
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

    describe("by " .. way.name, function()
      for what, value in pairs(VALUES) do
        it("is exact: " .. what, function()
          assert.same({ Value = value }, echo { Value = value })
          local entry = s:last_request()
          assert.is_true(entry.verified)
          assert.is_nil(entry.headers["x-injected"])
          assert.same({}, entry.form)
        end)
      end

      it("is exact for each byte alone, in one call", function()
        local params = {}
        for byte = 1, 255 do params["B" .. byte] = string.char(byte) end
        assert.same(params, echo(params))
      end)

      it("is exact in the names too", function()
        local params = {
          ["a b"] = "1", ["a&b=c"] = "2", ["%41+~*"] = "3", ["直播 🎥"] = "4", ["a.b-c_d"] = "5",
          ["#?;/\"'"] = "6", ["A"] = "7", ["a"] = "8", ["B"] = "9", ["AA"] = "10", ["A1"] = "11",
          ["A-"] = "12",
        }
        assert.same(params, echo(params))
      end)
    end)
  end

  describe("through operations", function()
    local STREAM = [[a b+c&d=e#f?g;h/i~*%25'"\äö直播👨‍👩‍👧]]

    it("keeps names of streams, applications and domains", function()
      local given = session.stream { AppName = STREAM, StreamName = STREAM .. "2" }
      assert(s:aliyun():forbid_live_stream(given))
      assert.is_table(s.e:state().aliyun.blocked["push.example.com/" .. STREAM .. "/" .. STREAM
        .. "2"])
      assert(s:aliyun { signature = "v1" }:resume_live_stream(given))
      assert.same({}, s.e:state().aliyun.blocked)
      assert.same(given, s.e:requests()[1].query)
    end)

    it("keeps lines of messages and certificates, in queries, forms and JSON bodies", function()
      local lines = "-----BEGIN-----\r\n\tMIIC+/=\n-----END-----\n"
      for _, live in ipairs { s:aliyun(), s:aliyun { signature = "v1" } } do
        assert(live:set_live_domain_certificate { DomainName = "push.example.com",
          SSLProtocol = "on", SSLPub = lines, SSLPri = lines, CertName = "c" })
        assert(live:send_message_to_group { AppId = "a", GroupId = "g", OperatorUserId = "u",
          Type = 10001, Data = lines })
      end
      assert(s:zego():send_barrage_message { RoomId = "room", UserId = "u", MessageCategory = 1,
        MessageContent = lines })
      assert(s:zego():start_auto_mix { TaskId = "t", UserId = "u", RoomId = "room",
        MixOutput = { { StreamId = "s" } }, UserData = lines })
      local sent = s.e:requests()
      for i = 1, 3, 2 do
        assert.same({ lines, lines }, { sent[i].query.SSLPub, sent[i].query.SSLPri })
        assert.equal(lines, sent[i + 1].form.Data)
      end
      assert.same({ lines, lines },
        { sent[5].query.MessageContent, cjson.decode(sent[6].body).UserData })
    end)

    -- A URL of 2,000 bytes.
    local function url(number, filler)
      local head = ("rtmp://push.example.com/live/%02d?q=a%%20b%%%%&ü="):format(number)
      local body = filler:rep(math.floor((2000 - #head) / #filler))
      return head .. body .. ("x"):rep(2000 - #head - #body)
    end

    it("keeps URLs of 2,000 characters, and thirty sources", function()
      local sources = { url(1, "a%"), url(2, "é&"), url(3, '"x+') }
      for i = 4, 30 do sources[i] = ("http://a.example.com/%d.flv?ü+%%20"):format(i) end
      local given = session.task { SourceUrls = sources, DstUrl = url(31, "é%"),
        CallbackUrl = url(32, "&é") }
      local created = assert(s:aliyun():create_live_pull_to_push(given))
      local info = s.e:state().aliyun.tasks[created.TaskId].info
      assert.same({ sources, given.DstUrl, given.CallbackUrl },
        { info.SourceUrls, info.DstUrl, info.CallbackURL })
    end)

    it("refuses more than fits into one request, and knows that nothing went out", function()
      local live, sources = s:aliyun(), {}
      assert(live:create_live_pull_to_push(session.task()))
      for i = 1, 30 do sources[i] = url(i, "éé") .. ("é"):rep(2000) end
      local _, _, err = live:create_live_pull_to_push(session.task { SourceUrls = sources })
      assert.same({ "too_large", false, false }, { err.code, err.maybe_sent, err.retryable })
      assert.is_nil(err.http_status)
      assert.equal(1, #s.e:requests())
    end)

    it("keeps 20 StreamIds of 256 characters", function()
      local ids = {}
      for i = 1, 20 do ids[i] = ("%02d_-"):format(i) .. ("xY"):rep(126) end
      assert(s:zego():forbid_rtc_streams { StreamId = ids })
      assert.same(ids, s:last_request().query["StreamId[]"])
      assert.equal(20, session.count(s.e:state().zego.forbidden))
    end)
  end)
end)
