-- streamctl token: what it makes is what the library reads, and the other way round.

local cjson = require "cjson"
local command = require "spec.support.command"
local core = require "streamctl.core"
local streamctl = require "streamctl"

local APP_ID, SECRET = 1234567890, "9193cc662a4c0ec135ec71fb57194b38"
local unpack = table.unpack or unpack -- luacheck: ignore 113 143

command.describe("token", false, function(c)
  local environment = { ZEGO_APP_ID = "1234567890", ZEGO_SERVER_SECRET = SECRET }

  local function new(words, options)
    return c:run({ "token", "new", unpack(words) }, options or { environment = environment })
  end

  local function made(words, options)
    local ran = new(words, options)
    assert.same({ 0, "" }, { ran.status, ran.err })
    return assert(streamctl.zego.token.read(ran.out:match "^([^\n]+)\n$", SECRET))
  end

  it("new is for a user and an hour unless said", function()
    local token = made { "user1" }
    assert.same({ APP_ID, "user1", "", "cbc", 3600 },
      { token.app_id, token.user_id, token.payload, token.mode, token.expires - token.created })
    token = made { "user1", "--lifetime", "1d", "--mode", "gcm", "--payload", '{"a":1}' }
    assert.same({ '{"a":1}', "gcm", 86400 },
      { token.payload, token.mode, token.expires - token.created })
  end)

  it("new needs no folder of the user's", function()
    local nowhere = { HOME = false, XDG_CONFIG_HOME = false, XDG_STATE_HOME = false,
      ZEGO_APP_ID = APP_ID, ZEGO_SERVER_SECRET = SECRET }
    c:run({ "token", "new", "user1" }, { environment = nowhere }):ok()
    local words = { "call", "DescribeUserNum", "RoomId=r", "--vendor", "zego" }
    c:run(words, { environment = nowhere }):ends(2, "STREAMCTL_STORE=memory")
    words[#words + 1] = "-n"
    c:run(words, { environment = nowhere }):ok()
  end)

  it("new takes the secret from a file that the environment names, and writes JSON", function()
    local options = { environment = { ZEGO_APP_ID = "1234567890",
      ZEGO_SERVER_SECRET_FILE = c:write("server_secret", SECRET .. "\n") } }
    local ran = new({ "user1", "-o", "json" }, options):ok()
    assert.equal("user1",
      assert(streamctl.zego.token.read(cjson.decode(ran.out).token, SECRET)).user_id)
  end)

  it("new allows what is asked for in a room", function()
    local function privileges(...)
      return cjson.decode(made({ "user1", "--room", "room1", ... }).payload)
    end
    assert.same({ room_id = "room1", privilege = { ["1"] = 1, ["2"] = 0 },
      stream_id_list = cjson.null }, privileges())
    assert.same({ room_id = "room1", privilege = { ["1"] = 1, ["2"] = 1 },
      stream_id_list = { "a", "b" } },
      privileges("--publish", "--stream", "a", "--stream", "b"))
  end)

  it("new says what is wrong, and shows no secret", function()
    for want, words in pairs {
      ["name it by --room"] = { "user1", "--publish" },
      ["say --publish as well"] = { "user1", "--room", "r", "--stream", "a" },
      ["--lifetime 'ever': expected"] = { "user1", "--lifetime", "ever" },
      ["payload must be JSON text"] = { "user1", "--payload", "{" },
      ["--payload is instead of --room"] = { "user1", "--room", "r", "--payload", "{}" },
      ["say --vendor zego"] = { "user1", "--vendor", "aliyun" },
    } do
      local ran = new(words, { environment = { ZEGO_APP_ID = "1234567890",
        ZEGO_SERVER_SECRET = SECRET, ALIBABA_CLOUD_ACCESS_KEY_ID = "id",
        ALIBABA_CLOUD_ACCESS_KEY_SECRET = "secret" } })
      ran:refused(want)
      assert.is_nil(ran.err:find(SECRET, 1, true))
    end
  end)

  local function token_of(fields)
    fields.app_id, fields.server_secret, fields.user_id = APP_ID, SECRET, "user1"
    return assert(streamctl.zego.token.new(fields))
  end

  it("read shows what one says, from stdin or a file", function()
    core.set_clock(1767323045, 1000)
    local text = token_of { lifetime = 60, privileges = { room_id = "room1", publish = true } }
    core.set_clock()
    for _, case in ipairs { { {}, text .. "\n" }, { { "-" }, text },
      { { "@" .. c:write("token", text) }, "" } } do
      local ran = c:run({ "token", "read", "-o", "json", unpack(case[1]) },
        { input = case[2], environment = environment })
      assert.same({ 0, "" }, { ran.status, ran.err })
      local said = cjson.decode(ran.out)
      assert.same({ "user1", "2026-01-02T03:04:05Z", "2026-01-02T03:05:05Z", true, "room1" },
        { said.user_id, said.created, said.expires, said.ended, said.privileges.room_id })
    end
    local ran = c:run({ "token", "read" },
      { input = token_of { lifetime = 3600 }, environment = environment })
    assert.truthy(ran.out:find("ended: false", 1, true), ran.out)
  end)

  it("read refuses what another secret made, and a token on the command line", function()
    local text = token_of { lifetime = 3600, mode = "gcm" }
    local ran = c:run({ "token", "read" }, { input = text, environment = {
      ZEGO_APP_ID = "1234567890", ZEGO_SERVER_SECRET = ("0"):rep(32) } })
    assert.same({ 1, "" }, { ran.status, ran.out })
    assert.truthy(ran.err:find("signature: ", 1, true), ran.err)
    ran = c:run({ "token", "read", text }, { environment = environment })
    ran:refused "others see command lines"
    assert.is_nil(ran.err:find(text, 1, true))
  end)
end)
