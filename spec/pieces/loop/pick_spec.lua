-- Which loop a call waits in. The loops themselves are stood in for where they need more than plain
-- Lua.

local helper = require "spec.pieces.helper"
local blocking = require "streamctl.loop.blocking"
local tasks = require "streamctl.loop.tasks"
local zego = require "streamctl.zego"

-- Replaces loaded modules until the end of the test; false unloads one.
local function replace(modules)
  local kept = {}
  for name, module in pairs(modules) do
    kept[name] = package.loaded[name] or false
    package.loaded[name] = module or nil
  end
  return function()
    for name, module in pairs(kept) do package.loaded[name] = module or nil end
  end
end

-- The module as it is when it is loaded beside this global ngx.
local function load_beside(nginx)
  local restore, real = replace { ["streamctl.loop.pick"] = false }, rawget(_G, "ngx")
  rawset(_G, "ngx", nginx)
  local pick = require "streamctl.loop.pick"
  rawset(_G, "ngx", real)
  restore()
  return pick
end

local NGINX = { get_phase = function() return "content" end }

describe("the loop of the running coroutine", function()
  local pick

  before_each(function() pick = load_beside(nil) end)

  it("is the blocking one where there is no other", function()
    assert.equal(blocking, pick.current())
    assert.is_false(pick.in_nginx)
    assert.equal(blocking, coroutine.wrap(function() return pick.current() end)())
  end)

  it("is cqueues' when that is loaded and runs the coroutine", function()
    local inside = true
    local adapter = { inside = function() return inside end }
    finally(replace { cqueues = {}, ["streamctl.loop.cqueues"] = adapter })
    assert.equal(adapter, pick.current())
    inside = false
    tasks.run(function()
      inside = true
      assert.equal(tasks, pick.current())
    end)
    inside = false
    assert.equal(blocking, pick.current())
  end)
end)

describe("nginx", function()
  local adapter = {}

  it("is where an ngx with phases was there from the start", function()
    finally(replace { ["streamctl.loop.ngx"] = adapter })
    local pick = load_beside(NGINX)
    assert.is_true(pick.in_nginx)
    assert.equal(adapter, pick.current())
    tasks.run(function() assert.equal(adapter, pick.current()) end)
  end)

  it("is not where an ngx came later, or is something else", function()
    finally(replace { ["streamctl.loop.ngx"] = adapter })
    local pick, real = load_beside(nil), rawget(_G, "ngx")
    rawset(_G, "ngx", NGINX)
    local current = pick.current()
    rawset(_G, "ngx", real)
    assert.equal(blocking, current)
    for _, other in ipairs { "ngx", 1, true, {}, print } do
      pick = load_beside(other)
      assert.is_false(pick.in_nginx)
      assert.equal(blocking, pick.current())
    end
  end)
end)

describe("the option loop", function()
  local pick

  before_each(function() pick = load_beside(nil) end)

  it("is \"auto\" by default", function()
    assert.equal(pick.current, pick.choose(nil))
    assert.equal(pick.current, pick.choose "auto")
  end)

  it("may be an object of the caller's own, wherever it is used", function()
    local own = { send = print, sleep = print, all = print }
    local chosen = pick.choose(own)
    assert.equal(own, chosen())
    tasks.run(function() assert.equal(own, chosen()) end)
  end)

  it("needs no 'send' beside a transport of the caller's, which does all of that", function()
    local own = { sleep = print, all = print }
    assert(helper.zego(nil, { loop = own }):resume_rtc_stream { StreamId = "s1" })
    local ok, why = pcall(zego.new, { app_id = 1, server_secret = "x", loop = own })
    assert.is_false(ok)
    assert.matches("option 'loop' must be an object with the method 'send', or one of auto", why)
  end)
end)
