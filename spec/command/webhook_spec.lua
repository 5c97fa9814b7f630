-- streamctl webhook verify: whose a webhook is, by its status, and what it says, on stdout.

local cjson = require "cjson"
local command = require "spec.support.command"
local core = require "streamctl.core"

local unpack = table.unpack or unpack -- luacheck: ignore 113 143

local SECRET, NONCE = "callbackSecret1Of9", "123412"

command.describe("webhook verify", false, function(c)
  local function verify(words, options)
    return c:run({ "webhook", "verify", unpack(words) }, options)
  end

  -- Asserts success, and lines of stdout.
  local function shows(ran, ...)
    assert.equal("", ran:ok().err)
    for _, line in ipairs { ... } do
      assert.truthy(("\n" .. ran.out):find("\n" .. line .. "\n", 1, true), ran.out)
    end
  end

  describe("of ZEGOCLOUD", function()
    local ENVIRONMENT = { ZEGO_WEBHOOK_SECRET = SECRET }

    local function body(changes)
      local timestamp = ("%d"):format(os.time())
      local parts = { SECRET, timestamp, NONCE }
      table.sort(parts)
      local message = { event = "stream_create", appid = 1234567890, stream_id = "room1-cam",
        room_id = "room1", room_session_id = "7", stream_seq = 1, timestamp = timestamp,
        nonce = NONCE, signature = core.sha1(parts[1], parts[2], parts[3]),
        rtmp_url = { "rtmp://play.example.com/app/room1-cam?key=livekey" } }
      for name, value in pairs(changes or {}) do message[name] = value end
      return cjson.encode(message)
    end

    it("tells what a genuine one says", function()
      local ran = verify({}, { input = body(), environment = ENVIRONMENT })
      shows(ran, "vendor: zego", "kind: stream_started", "stream: room1-cam", "room: room1",
        "verified: true")
      assert.is_nil(ran.out:find("livekey", 1, true)) -- a table is looked at by many
      ran = verify({ "-o", "json", "@" .. c:write("body", body()), "--vendor", "zego",
        "--secret-file", c:write("secret", "another\n" .. SECRET .. "\n") }):ok()
      local event = cjson.decode(ran.out)
      assert.same({ "stream_started", "room1-cam", "7" },
        { event.kind, event.stream, event.fields.room_session_id })
    end)

    it("takes no other for one", function()
      for want, message in pairs {
        ["signature: "] = body { timestamp = "1470820198" },
        ["bad_request: "] = "no JSON",
        ["bad_request: webhook: there is no body"] = "",
      } do
        local ran = verify({}, { input = message, environment = ENVIRONMENT }):ends(1, want)
        assert.equal("", ran.out)
        assert.is_nil(ran.err:find(SECRET, 1, true))
      end
      local ran = verify({ "-o", "json" }, { input = "{", environment = ENVIRONMENT }):ends(1)
      local said = cjson.decode(ran.err).error
      assert.same({ "bad_request", 1 }, { said.code, said.status })
    end)

    it("takes an old one where any age is allowed", function()
      -- the vendor's page has this signature
      local old = cjson.encode { event = "room_create", timestamp = "1470820198", nonce = NONCE,
        signature = "5bd59fd62953a8059fb7eaba95720f66d19e4517" }
      local options = { input = old, environment = { ZEGO_WEBHOOK_SECRET = "secret" } }
      verify({ "--tolerance", "1d" }, options):ends(1, "expired: ")
      assert.matches("kind: room_created", verify({ "--tolerance", "any" }, options):ok().out)
    end)
  end)

  describe("of Alibaba Cloud", function()
    local DOMAIN = "push.example.com"
    local ENVIRONMENT = { ALIBABA_CLOUD_WEBHOOK_SECRET_FILE = false }
    local QUERY = "action=publish&app=push.example.com&appname=app&id=s1&time=1767323045"
      .. "&usrargs=auth_key%3D1-0-0-livekey"

    setup(function()
      ENVIRONMENT.ALIBABA_CLOUD_WEBHOOK_SECRET_FILE = c:write("notify", SECRET)
    end)

    local function headers(domain)
      local timestamp = ("%d"):format(os.time())
      return "ALI-LIVE-TIMESTAMP: " .. timestamp, "Ali-Live-Signature="
        .. core.md5(domain .. "|" .. timestamp .. "|", SECRET)
    end

    it("reads query and headers", function()
      local timestamp, signature = headers(DOMAIN)
      local words = { "--header", timestamp, "--header", signature, "--query", QUERY }
      local ran = verify({ "--domain", DOMAIN, unpack(words) },
        { environment = ENVIRONMENT, input = '{"no":"body"}' })
      shows(ran, "vendor: aliyun", "kind: stream_started", "stream: s1", "app: app",
        "domain: " .. DOMAIN)
      assert.is_nil(ran.out:find("livekey", 1, true))
      verify(words, { environment = { ALIBABA_CLOUD_WEBHOOK_SECRET = SECRET,
        ALIBABA_CLOUD_WEBHOOK_DOMAINS = "hooks.example.com, " .. DOMAIN } }):ok()
      verify({ "--domain", "other.example.com", unpack(words) },
        { environment = ENVIRONMENT }):ends(1, "its domain is none of those")
    end)

    it("reads bodies, and takes a kind", function()
      local timestamp, signature = headers "hooks.example.com"
      shows(verify({ "-", "--domain", "hooks.example.com", "--header", timestamp, "--header",
        signature, "--kind", "snapshot" }, { environment = ENVIRONMENT,
        input = '{"domain":"push.example.com","app":"app","stream":"s1"}' }), "kind: snapshot")
    end)

    it("shows what nobody signs, and says that it proves nothing", function()
      local ran = verify({ "--unsigned", "-o", "json" }, { input = '{"TaskId":"t1","TaskStatus":1,'
        .. '"Event":"LivePullToPushStatus","EventTime":1767323045}' })
        :ends(1, "the vendor signs no pull_to_push")
      local event = cjson.decode(ran.out)
      assert.same({ "pull_to_push", false }, { event.kind, event.verified })
    end)
  end)

  it("says what is wrong with its use", function()
    local environment = { ZEGO_WEBHOOK_SECRET = SECRET, ALIBABA_CLOUD_WEBHOOK_SECRET = SECRET }
    for want, words in pairs {
      ["--domain is missing"] = { "--query", "a=b" },
      ["--query is for webhooks of Alibaba Cloud"] = { "--vendor", "zego", "--query", "a=b" },
      ["--header 'x': expected such as"] = { "--header", "x" },
      ["the header a-b is given twice"] =
        { "--header", "A-B: 1", "--header", "a-b: 2", "--query", "a=b" },
      ["1h30m, 2d, or any"] = { "--tolerance", "old" },
      ["- for stdin or @FILE, got '{}'"] = { "{}" },
      ["cannot read /nowhere: No"] = { "@/nowhere" },
    } do
      verify(words, { environment = environment }):refused(want)
    end
    verify({}, { input = "{}" })
      :ends(2, "set ZEGO_WEBHOOK_SECRET or ZEGO_WEBHOOK_SECRET_FILE")
    verify({ "--vendor", "aliyun" }, { input = "{}" }):ends(2, "or say --unsigned")
  end)
end)
