-- A configuration file may say values and do nothing, and what is said of it holds none of them.

local sandbox = require "streamctl.cli.config.sandbox"

describe("a configuration", function()
  local function refused(text)
    local found, why = sandbox.run(text)
    assert.is_nil(found)
    assert.is_nil(why:find("hush", 1, true), why)
    return why
  end

  it("names values", function()
    assert.same({ a = { b = "c", [1] = 2.5, d = false }, e = -1 }, sandbox.run [[
      -- a comment
      local shared = "c"
      a = { b = shared, 2.5, d = not true }
      e = -#shared
    ]])
    assert.same({}, sandbox.run "")
    assert.same({ a = 1, b = 1 }, sandbox.run "a = 1 b = a")
    assert.same({ a = 1 }, sandbox.run "\239\187\191a = 1")
  end)

  it("is text", function()
    assert.equal("it is compiled Lua; only text is read",
      refused(string.dump(function() end)))
  end)

  it("finds nothing that it has not named itself", function()
    assert.matches("^line 2: 'os' is not known here: ", refused "\nos.exit(9)")
    assert.matches("^line 1: 'ture' is not known here: ", refused "a = { is_test = ture }")
    for _, name in ipairs { "_G", "require", "io", "load", "getmetatable", "setmetatable", "pcall",
      "string", "debug", "error", "rawset", "collectgarbage" } do
      assert.matches("'" .. name .. "' is not known here", refused("a = " .. name))
    end
  end)

  it("cannot call what texts can do elsewhere", function()
    assert.matches("^line 1: a configuration holds", refused "a = ('x'):rep(10)")
    assert.matches("^line 1: a configuration holds", refused "local s = 'x' a = s.rep")
    assert.equal("xx", ("x"):rep(2)) -- here they still can
    refused "a = = 1"
    assert.equal("xx", ("x"):rep(2))
  end)

  it("comes to an end", function()
    for _, text in ipairs {
      "while true do end", "for i = 1, 1e15 do end", "repeat local a = {} until false",
      "local function f() return f() end f()",
    } do
      assert.equal("it does not come to an end", refused(text))
    end
    refused "local function f() return 1 + f() end f()" -- the stack ends first
  end)

  it("stays small", function()
    assert.equal("it takes too much memory",
      refused "local s = 'xxxxxxxxxxxxxxxx' while true do s = s .. s end")
  end)

  it("leaves the caller's hook alone", function()
    local function hook() end
    local before = { debug.gethook() }
    debug.sethook(hook, "", 1000000)
    sandbox.run "a = 1"
    local found, mask, count = debug.gethook()
    debug.sethook(before[1], before[2], before[3])
    assert.equal(hook, found)
    assert.same({ "", 1000000 }, { mask, count })
  end)

  it("is quoted nowhere when it is wrong", function()
    for _, text in ipairs {
      "a = 'hush", "a = 'hush' 'hush'", "hush = = 1", "a = [[hush", "a = 'hush' + 1",
      "a = {} .. 'hush'", "a = ('hush')()", "a = 'hush' < 1", "a = 'hush'.b.c", "('hush').x = 1",
      "a = #nil .. 'hush'", "local hush hush()",
    } do
      assert.matches("^line 1: ", refused(text))
    end
  end)
end)
