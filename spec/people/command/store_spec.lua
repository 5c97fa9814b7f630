-- The command's order and rates in a Redis with TLS and a user, whose password nobody is shown.

local command = require "spec.support.command"
local redis_groups = require "spec.world.store.redis_groups"
local redis_server = require "spec.world.store.redis_server"
local shell = require "spec.support.emulator.launcher.shell"

-- Debian has redis-lua for the Luas up to 5.3.
local LUA_PATH = (os.getenv "STREAMCTL_COMMAND" and ";" or os.getenv "LUA_PATH" or ";")
  .. ";/usr/share/lua/5.3/?.lua"

command.describe("a store in a Redis", function(c)
  local folder, server

  setup(function()
    folder = redis_groups.certificates()
    server = assert(redis_server.start(redis_groups.tls_options(folder)))
    server:command "ACL SETUSER app on >hush ~streamctl:* +@all"
    shell.write_file(folder .. "/password", "hush\n")
  end)
  teardown(function()
    if server then server:stop() end
    if folder then shell.run("rm -rf " .. shell.quote(folder)) end
  end)

  local function forbid(store, more)
    local environment = { LUA_PATH = LUA_PATH }
    for name, value in pairs(more or {}) do environment[name] = value end
    local words = { "forbid", "s1", "--yes", "-v" }
    if store then words[5], words[6] = "--store", store end
    local ran = c:run(words, { vendor = "zego", environment = environment })
    assert.is_nil((ran.out .. ran.err):find("hush", 1, true), ran.err)
    return ran
  end

  local function url(user, more)
    return ("rediss://%s@127.0.0.1:%d?ca_file=%s/ca.pem%s"):format(user, server.extra[1], folder,
      more or "")
  end

  it("serves by a password of a file, of a variable, and of the URL", function()
    forbid(url("app", "&password_file=" .. folder .. "/password")):ok()
    assert.is_true(server:command "DBSIZE" > 0)
    forbid(url("app", "&password_env=WORD"), { WORD = "hush" }):ok()
    forbid(nil, { STREAMCTL_STORE = url "app:hush" }):ok()
  end)

  it("sends nothing without the store", function()
    local ran = forbid(url("app", "&password_env=WORD"), { WORD = "wrong" })
    assert.truthy(ran.out:find("store .*Redis: .*WRONGPASS"), ran.out)
    assert.not_equal(0, ran.status)
    forbid(url "app:hush"):ends(2) -- others can see it there
    assert.truthy(forbid(nil, { STREAMCTL_STORE = "rediss://app:hu/sh@h" }):ends(2).err
      :find("%2F for '/'", 1, true))
  end)
end)
