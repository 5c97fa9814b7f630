-- What the loop of nginx runs until a moment, inside a real nginx.

local cjson = require "cjson"
local edge = require "spec.support.edge"

local SERVER = [[
location = /within {
  content_by_lua_block {
    local core, loop = require "streamctl.core", require "streamctl.loop.ngx"
    local told = {}
    local function within(name, seconds, run)
      local start, it = core.monotonic(), { stopped = 0 }
      local job = { due = start + seconds }
      local ok, why = loop.within(job, function() return run(job) end,
        function() it.stopped = it.stopped + 1 end)
      it.ok, it.why, it.took = ok or false, why, core.monotonic() - start
      told[name] = it
    end
    within("at_once", 30, function() return "a", "b" end)
    within("later", 30, function() ngx.sleep(0.01) return "a" end)
    within("failed", 30, function() ngx.sleep(0.01) return nil, "why" end)
    within("broken", 30, function() error("oops", 0) end)
    local went_on = false
    within("late", 0.2, function() ngx.sleep(30) went_on = true end)
    within("over", -1, function() ngx.sleep(30) went_on = true end)
    within("put_off", 0.2, function(job)
      job.due = job.due + 30
      ngx.sleep(0.5)
      return "a"
    end)
    within("brought_on", 0.2, function(job)
      job.due = job.due + 0.3
      ngx.sleep(30)
    end)
    for i = 1, 100 do within("again", 30, function() ngx.sleep(0) return i end) end
    told.went_on = went_on
    ngx.print(require("cjson").encode(told))
  }
}
]]

describe("what runs until a moment inside nginx", function()
  local n, told

  setup(function()
    n = assert(edge.start { server = SERVER })
    local status, body = n:get("/within", { timeout = 60 })
    assert.equal(200, status, body .. n:log())
    told = cjson.decode(body)
  end)
  teardown(function() if n then n:stop() end end)

  local function outcome(name)
    local it = told[name]
    return { it.ok, it.why, it.stopped }
  end

  it("gives its results, at once or later", function()
    assert.same({ "a", "b", 0 }, outcome "at_once")
    assert.same({ "a", nil, 0 }, outcome "later")
    assert.same({ false, "why", 0 }, outcome "failed")
    assert.same({ 100, nil, 0 }, outcome "again")
  end)

  it("gives an error that ends it", function()
    assert.same({ false, "oops", 0 }, outcome "broken")
  end)

  it("is ended at its moment, and stopped once", function()
    for name, least in pairs { late = 0.2, over = 0, brought_on = 0.5 } do
      assert.same({ false, "timeout", 1 }, outcome(name))
      assert.is_true(told[name].took >= least and told[name].took < 20, told[name].took)
    end
    assert.is_false(told.went_on)
  end)

  it("may put its moment off", function()
    assert.same({ "a", nil, 0 }, outcome "put_off")
    assert.is_true(told.put_off.took >= 0.5, told.put_off.took)
  end)
end)
