local child = require "spec.support.child"
local contract = require "spec.world.store.contract"
local core = require "streamctl.core"
local file = require "streamctl.store.file"
local helper = require "spec.pieces.helper"
local latest = require "spec.support.latest"
local shell = require "spec.support.emulator.launcher.shell"

local SIZE = 4096 + 65536 * 64

describe("the file store", function()
  local folder, set, opened, count

  local function path(name) return folder .. "/" .. name end

  local function open(name)
    local store = assert(file.new(path(name)))
    opened[#opened + 1] = store
    return store
  end

  local function refused(name, pattern)
    local before = shell.read_file(path(name))
    local store, why = file.new(path(name))
    assert.is_nil(store)
    assert.matches(pattern, why)
    assert.is_true(before == shell.read_file(path(name)), "the file was changed")
  end

  local function patch(name, at, bytes)
    local handle = assert(io.open(path(name), "r+b"))
    handle:seek("set", at)
    handle:write(bytes)
    handle:close()
  end

  before_each(function()
    folder = shell.run("mktemp -d"):match("%S+")
    set, opened, count = contract.stop_clocks(), {}, 0
  end)

  after_each(function()
    core.set_clock()
    for _, store in ipairs(opened) do store:close() end
    shell.run("rm -rf " .. shell.quote(folder))
  end)

  local subject = {
    frozen = true, forget = 60, pass = function(seconds) set(seconds) end,
    open = function()
      count = count + 1
      return open("store" .. count)
    end,
  }
  for _, case in ipairs(contract) do
    it(case.name, function() case.test(subject) end)
  end

  it("makes a file for its user alone", function()
    open("store")
    assert.matches("^600 " .. SIZE .. "%s*$", (shell.run("stat -c '%a %s' " .. path "store")))
  end)

  it("holds no names of what it counts", function()
    local store = open("store")
    store:stamp("the-account", 100, { "the-stream" })
    store:reserve("the-rate", 10)
    store:close()
    local bytes = shell.read_file(path "store")
    for _, name in ipairs { "the-", "account", "stream", "prefix", "rate" } do
      assert.is_nil(bytes:find(name, 1, true))
    end
  end)

  it("fails once it is closed", function()
    local store = open("store")
    assert.matches(path "store", tostring(store), 1, true)
    store:close()
    store:close()
    assert.matches("closed", tostring(store))
    local calls = { { "stamp", "k", 1, { "s" } }, { "reserve", "k", 1 } }
    for _, call in ipairs(calls) do
      local result, why = store[call[1]](store, call[2], call[3], call[4])
      assert.is_nil(result)
      assert.equal("the store is closed", why)
    end
  end)

  it("makes an empty file a store, and one whose creation was interrupted", function()
    for _, size in ipairs { 0, SIZE, 8192 } do
      shell.write_file(path("store" .. size), ("\0"):rep(size))
      assert.equal(5, open("store" .. size):stamp("k", 5))
    end
  end)

  it("follows a symbolic link, but for one that leads nowhere", function()
    shell.run("ln -s target " .. path "link")
    assert.matches("No such file", select(2, file.new(path "link")))
    shell.write_file(path "target", "")
    assert.equal(5, open("link"):stamp("k", 5))
    assert.equal(6, open("target"):stamp("k", 5))
  end)

  it("leaves files of others alone", function()
    local zeros = ("\0"):rep(SIZE)
    for _, text in ipairs { "hello\n", "x", ("x"):rep(SIZE), zeros .. "\0", zeros:sub(2) .. "x" } do
      shell.write_file(path "foreign", text)
      refused("foreign", "not a store file")
    end
  end)

  it("leaves a store alone that is cut off or too long", function()
    open("store"):stamp("k", 5)
    local whole = shell.read_file(path "store")
    for _, size in ipairs { SIZE - 1, 4096, 100, 56 } do
      shell.write_file(path "short", whole:sub(1, size))
      refused("short", "has " .. size .. " bytes instead of " .. SIZE)
    end
    shell.write_file(path "short", whole:sub(1, 20))
    refused("short", "not a store file")
    shell.write_file(path "long", whole .. "\0")
    refused("long", "bytes instead of")
  end)

  it("leaves a store of another version or with a damaged header alone", function()
    local damages = { [8] = "version",
      [12] = "damaged", [20] = "damaged", [24] = "damaged", [33] = "damaged", [49] = "damaged" }
    for at, pattern in pairs(damages) do
      local name = "store" .. at
      open(name):close()
      patch(name, at, string.char((shell.read_file(path(name)):byte(at + 1) + 1) % 256))
      refused(name, pattern)
    end
  end)

  it("needs a path that it may use", function()
    shell.write_file(path "a", "")
    shell.run("mkfifo " .. path "pipe")
    for name, pattern in pairs {
      [path "."] = "Is a directory", [path "none/store"] = "No such file",
      [path "a/b"] = "Not a directory", [path "pipe"] = "no regular file",
      [("x"):rep(5000)] = "too long",
    } do
      local store, why, err = file.new(name)
      assert.is_nil(store)
      assert.matches("^store: .*" .. pattern, why)
      assert.same({ "store", why }, { err.code, err.message })
    end
    assert.is_true(#select(2, file.new("/" .. ("x"):rep(4000))) < 4096)
    for why, given in pairs { ["the path must be text, got a nil"] = {},
      ["the path must be text, got a table"] = { {} }, ["the path must not be empty"] = { "" },
      ["the path must not hold control"] = { "a\0b" } } do
      helper.throws("streamctl.store.file: " .. why, function()
        return (file.new(given[1]))
      end)
    end
  end)

  it("waits for a stopped process for a second, in nginx for a twentieth", function()
    local store = open("store")
    store:close()
    local pick = require "streamctl.loop.pick"
    local in_nginx = pick.in_nginx
    shell.write_file(path "hold", "")
    local holder = io.popen("cd " .. shell.quote(folder)
      .. " && flock -x store sh -c 'echo held; while [ -e hold ]; do sleep 0.02; done'")
    finally(function()
      pick.in_nginx = in_nginx
      os.remove(path "hold")
      holder:close()
    end)
    assert.equal("held", holder:read "*l")
    local function message_of() return (select(2, file.new(path "store"))) end
    pick.in_nginx = false
    assert.equal("store: another process has held the store file for 1 seconds: " .. path "store",
      message_of())
    pick.in_nginx = true
    assert.matches("for 0.05 seconds", message_of(), 1, true)
  end)

  it("finds its file after a change of the working directory", function()
    local lua = "env " .. child.PRELOAD .. " " .. shell.quote(child.interpreter())
    -- the store opens its file again because it was deleted; no Lua can change the directory by
    -- itself
    shell.write_file(path "try.lua", [[
      local store = assert(require("streamctl.store.file").new("relative"))
      assert(tostring(store):find(arg[1], 1, true), tostring(store))
      os.remove("relative")
      print((assert(store:stamp("k", 5))))]])
    local where = shell.quote(folder)
    local output = shell.run("cd " .. where .. " && " .. lua .. " try.lua " .. where)
    assert.matches("^5%s*$", output)
  end)

  it("holds tens of thousands of keys, and says when it is full", function()
    local store = open("store")
    local fitted, why = 0, nil
    for i = 1, 65537 do
      local number
      number, why = store:stamp("counter-" .. i, i)
      if not number then break end
      fitted = i
    end
    assert.is_true(fitted > 50000, fitted .. " keys")
    assert.matches("full", why)
    for i = 1, fitted, 97 do assert.equal(i, latest(store, "counter-" .. i)) end
    assert.equal(fitted + 1, store:stamp("counter-" .. fitted, 1))
    local failed = 0
    for i = 1, 1000 do
      local before = latest(store, "counter-1")
      local resources = { "s" .. i, "t" .. i, "u" .. i, "v" .. i, "w" .. i }
      local number, message = store:stamp("counter-1", 1, resources)
      if not number then -- then nothing has changed
        assert.matches("full", message)
        assert.equal(before, latest(store, "counter-1"))
        assert.is_nil(latest(store, "counter-1", "s" .. i))
        failed = failed + 1
      end
    end
    assert.is_true(failed > 0)
  end)
end)
