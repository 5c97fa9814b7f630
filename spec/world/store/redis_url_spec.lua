-- The redis store by a URL: a real server, and what is none.

local core = require "streamctl.core"
local pick = require "streamctl.loop.pick"
local raw = require "spec.support.raw"
local redis = require "streamctl.store.redis"
local redis_server = require "spec.world.store.redis_server"
local shell = require "spec.support.emulator.launcher.shell"

describe("the redis store by a URL", function()
  it("says what a URL must be, and repeats none of its parts", function()
    local cases = {
      { "http://hush", "is redis://" }, { "redis:hush", "is redis://" },
      { "redis://h#hush", "is redis://" },
      { "redis://", "has HOST" }, { "redis://hush hush", "has HOST" },
      { "redis://h,h", "has HOST" },
      { "redis://::1", "IPv6 address in []" }, { "redis://[hush]", "IPv6 address in []" },
      { "redis://h:0", "a port from 1 to 65535" }, { "redis://h:65536", "a port from 1 to 65535" },
      { "redis://h/hush", "a number as DATABASE" }, { "redis://h/1/2", "a number as DATABASE" },
      { "redis://u:hu/sh@h", "%2F for '/'" }, { "redis://u:hu?sh@h", "%3F for '?'" },
      { "redis://u:hush%@h", "%25 for a percent sign" },
      { "redis://u:hush%4@h", "%25 for a percent sign" },
      { "redis://hush@h", "a password with the user" },
      { "redis://u:hush@h?password_file=b", "has one password" },
      { "redis://h?hush", "has NAME=VALUE" },
      { "redis://h?tiemout=hush", "no parameter 'tiemout' (did you mean 'timeout'?)" },
      { "redis://h?timeout=1&timeout=2", "has 'timeout' once" },
      { "redis://h?timeout=0", "whole seconds from 1 to 99 as 'timeout'" },
      { "redis://h?timeout=1.5", "whole seconds from 1 to 99 as 'timeout'" },
      { "redis://h?ca_file=hush", "has 'ca_file' only with rediss://" },
      { "redis://h?server_name=hush", "has 'server_name' only with rediss://" },
      { "redis:///hush", "has HOST" },
    }
    for _, case in ipairs(cases) do
      local ok, why = pcall(redis.new, case[1])
      assert.is_false(ok, case[1])
      assert.truthy(why:find("a Redis URL ", 1, true), why)
      assert.truthy(why:find(case[2], 1, true), case[1] .. ": " .. why)
      assert.is_nil(why:gsub("tiemout=hush", ""):find("hush", 1, true), why)
    end
    local line = debug.getinfo(1, "l").currentline + 1
    local _, why = pcall(function() redis.new "http://h" end)
    assert.matches("redis_url_spec.lua:" .. line .. ": ", why)
  end)

  local library, missing = redis_server.library()
  if not library then return pending(missing) end
  local server, place

  setup(function()
    server = assert(redis_server.start "--databases 4")
    place = "127.0.0.1:" .. server.port
  end)
  teardown(function()
    if server then server:stop() end
  end)

  local function keys_of(database)
    local client = redis_server.connect(server.port)
    client:select(database)
    return client:dbsize()
  end

  -- What a failing store says, which must not tell the password.
  local function why_not(url)
    local number, why = redis.new(url):stamp("zego:1", 1)
    assert.is_nil(number)
    assert.is_nil(why:find("hush", 1, true), why)
    return why
  end

  local function assert_serves(url)
    local store = redis.new(url)
    local number, why = store:stamp("zego:1", 1, { "a" })
    assert.is_number(number, why)
    assert.is_true(store:stamp("zego:1", 1, { "a" }) > number)
    return store
  end

  local function write(text)
    local path = server.folder .. "/password"
    shell.write_file(path, text)
    return path
  end

  it("reaches a server, in the database named", function()
    server:command "FLUSHALL"
    assert_serves("redis://" .. place)
    assert_serves("redis://" .. place .. "/")
    assert.equal(0, keys_of(2))
    assert_serves("redis://" .. place .. "/2")
    assert.is_true(keys_of(2) > 0)
    assert.matches("^Redis: " .. place .. ": ERR DB index is out of range",
      why_not("redis://" .. place .. "/9"))
    if pick.in_nginx then
      assert.matches("no resolver defined", why_not("redis://localhost:" .. server.port))
    else
      assert_serves("redis://localhost:" .. server.port)
    end
  end)

  it("reaches a server at an IPv6 address", function()
    if not pcall(server.command, server, 'CONFIG SET bind "127.0.0.1 ::1"') then
      return pending "this machine has no IPv6"
    end
    assert_serves("redis://[::1]:" .. server.port)
  end)

  it("logs in as a user, or with the password of all", function()
    local password = "hush/p@s:s%w?rd#"
    redis_server.connect(server.port):raw_cmd("ACL SETUSER app on >" .. password
      .. " ~streamctl:* +@all")
    local written = password:gsub("%W", function(c) return ("%%%02x"):format(c:byte()) end)
    assert_serves("redis://app:" .. written .. "@" .. place .. "/1")
    assert_serves(("redis://app@%s?password_file=%s"):format(place, write(password .. "\n")))
    assert.matches("WRONGPASS", why_not("redis://app:hushhush@" .. place))
    assert.matches("No such file", why_not("redis://app@" .. place .. "?password_file=/no/file"))
    assert.matches("password_file is empty",
      why_not("redis://app@" .. place .. "?password_file=/dev/null"))
    local client = redis_server.connect(server.port)
    client:config("set", "requirepass", "hushhush")
    finally(function() client:config("set", "requirepass", "") end)
    assert_serves("redis://:hushhush@" .. place)
    -- in nginx none is kept that has this database
    assert.matches(": NOAUTH .*; write USER:PASSWORD@", why_not("redis://" .. place .. "/3"))
  end)

  it("reads the file of the password for each connection", function()
    local client = redis_server.connect(server.port)
    client:raw_cmd "ACL SETUSER app on >old ~* +@all"
    local store = assert_serves(("redis://app@%s?password_file=%s"):format(place, write "old"))
    client:raw_cmd "ACL SETUSER app <old >new"
    write "new"
    client:raw_cmd "CLIENT KILL TYPE normal SKIPME yes"
    assert.is_number((store:stamp("zego:1", 1)))
  end)

  it("tells what is no Redis", function()
    local http = "HTTP/1.1 400 Bad Request\r\n\r\n"
    local r = assert(raw.start {
      texts = { http = http }, scripts = { http = "say http; hang" },
      listeners = { { "http", "http" } },
    })
    finally(function() r:stop() end)
    local address = r:url("http"):match "//(.*)"
    assert.matches("^Redis: 127%.0%.0%.1:%d+: unknown.* prefix.*; that is no Redis$",
      why_not("redis://:hushhush@" .. address .. "?timeout=9"))
  end)

  it("waits no longer than its time limit for one that never answers", function()
    local listener = assert(require("socket").bind("127.0.0.1", 0))
    finally(function() listener:close() end)
    local _, port = listener:getsockname()
    local begun = core.monotonic()
    assert.matches("^Redis: 127%.0%.0%.1:" .. port .. ": timeout",
      why_not("redis://:hush@127.0.0.1:" .. port .. "?timeout=1"))
    assert.is_true(core.monotonic() - begun >= 0.9)
    local peer = assert(listener:accept())
    peer:settimeout(5)
    local _, _, sent = peer:receive(9999)
    peer:close()
    assert.matches("ping", sent:lower())
    assert.is_nil(sent:find("hush", 1, true)) -- it may be no Redis
  end)
end)
