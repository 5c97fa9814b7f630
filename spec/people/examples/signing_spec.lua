-- The examples that sign and verify, each as a user runs it. They need no network.

local child = require "spec.support.child"
local cjson = require "cjson"
local core = require "streamctl.core"
local shell = require "spec.support.emulator.launcher.shell"
local read_token = require "spec.support.token_reader"

local SECRET = "9193cc662a4c0ec135ec71fb57194b38"

describe("the example", function()
  local dir

  before_each(function() dir = shell.run("mktemp -d"):match "%S+" end)
  after_each(function() shell.run("rm -rf " .. shell.quote(dir)) end)

  -- Runs an example with arguments. Returns its output with its errors, and its exit status.
  local function run(name, arguments, environment, input)
    local words = {}
    for i, argument in ipairs(arguments) do words[i] = ("%q"):format(argument) end
    local code = ("arg = { [0] = %q, %s }\ndofile(arg[0])\n"):format("examples/" .. name,
      table.concat(words, ", "))
    shell.write_file(dir .. "/input", input or "")
    return shell.run(child.command(code, environment, dir .. "/example.lua") .. " <"
      .. shell.quote(dir .. "/input") .. " 2>&1")
  end

  it("sign_address.lua signs for the time that is said", function()
    shell.write_file(dir .. "/key", "aKeyOfADomain\n")
    local before = os.time()
    local output, status = run("sign_address.lua",
      { "rtmp://push.example.com/app/s1", dir .. "/key", "600" })
    assert.equal(0, status, output)
    local time, rest, hash = output:match
      "^rtmp://push%.example%.com/app/s1%?auth_key=(%d+)%-(%w+%-%w+)%-(%x+)\n$"
    assert.is_true(tonumber(time) - 600 - before >= 0 and tonumber(time) - 600 - before < 60)
    assert.equal(core.md5(("/app/s1-%s-%s-aKeyOfADomain"):format(time, rest)), hash)
    assert.is_nil(output:find("aKeyOfADomain", 1, true))
    assert.same({ "usage: sign_address.lua URL KEY_FILE [SECONDS]\n", 2 },
      { run("sign_address.lua", { "rtmp://push.example.com/app/s1" }) })
  end)

  it("token.lua makes a token of the environment's app", function()
    local account = { ZEGO_APP_ID = "1234567890", ZEGO_SERVER_SECRET = SECRET }
    local output, status = run("token.lua", { "user1", "600" }, account)
    assert.equal(0, status, output)
    local made = read_token(output:match "^(%S+)\n$", SECRET)
    assert.same({ 1234567890, "user1", 600 },
      { made.app_id, made.user_id, made.expire - made.ctime })
    assert.same({ "usage: token.lua USER_ID [SECONDS]\n", 2 }, { run("token.lua", {}, account) })
  end)

  it("verify_webhook.lua tells a genuine message, also an old one, from another", function()
    local parts = { SECRET, "1767323045", "350176" }
    table.sort(parts)
    local body = { event = "stream_create", appid = "1234567890", timestamp = "1767323045",
      nonce = "350176", room_id = "r1", stream_id = "s1", user_id = "u1", stream_seq = "7",
      room_session_id = "858012925204410400", create_time_ms = "1767323044123",
      signature = core.sha1(table.concat(parts)) }
    local environment = { ZEGO_WEBHOOK_SECRET = SECRET }
    local output, status = run("verify_webhook.lua", {}, environment, cjson.encode(body))
    assert.equal(0, status, output)
    assert.matches("^[%w_]+\ts1\tu1\n$", output)
    body.signature = ("0"):rep(40)
    output, status = run("verify_webhook.lua", {}, environment, cjson.encode(body))
    assert.equal(1, status, output)
    assert.matches("signature", output)
    assert.is_nil(output:find(SECRET, 1, true))
  end)
end)
