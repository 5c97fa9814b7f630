-- What calls cost the worker that makes them: it goes on serving others, is left alone when nothing
-- is under way, and does without timers when there are none.

local cjson = require "cjson"
local crowd = require "spec.world.openresty.parts.crowd"
local place = require "spec.world.openresty.parts.place"

local CALLS = 20

place.describe("a worker", {}, function(p)
  before_each(function()
    p:quiet()
    p.e:reset()
  end)

  -- The vendor keeps the calls of a request until one more arrives. That one goes through the
  -- same worker, and so do pings before it: none of them waits for those calls.
  local function check_meanwhile(path)
    p:ask "/call" -- the first one loads libraries and the system's certificates
    p.e:reset()
    p.e:fault { kind = "latency", together = CALLS + 1, seconds = 60, times = -1 }
    local work = crowd.open(p.n.port, path)
    place.wait_for("calls under way", 30, function()
      return p.e:counters().in_flight.zego == CALLS
    end)
    for _ = 1, 5 do assert.equal("pong", p:ask "/ping") end
    assert.is_nil(work:wait(0))
    assert.equal("ok", p:ask "/call")
    local result = cjson.decode(assert(work:wait(30), "no end").body)
    assert.is_nil(result.problem)
    assert.equal(CALLS, result.succeeded)
  end

  it("serves others while calls wait, and the calls wait together", function()
    check_meanwhile("/many?n=" .. CALLS)
  end)

  it("runs a batch at the same time", function() check_meanwhile("/batch?n=" .. CALLS) end)

  it("steps the engine once for all who send in one turn of nginx", function()
    p:ask "/call"
    p.e:config { latency = 3 } -- or the first step may meet the answer already
    assert.same({ succeeded = 50, steps = 1 }, p:ask_json "/burst?n=50")
  end)

  local function wakeups(pid, seconds)
    local function count()
      return place.status_of(pid, "\nvoluntary_ctxt_switches") + place.status_of(pid,
        "nonvoluntary_ctxt_switches")
    end
    local before = count()
    crowd.sleep(seconds)
    return count() - before
  end

  it("sleeps when nothing is under way", function()
    assert.equal(2000, p:ask_json("/many?n=2000&threads=20").succeeded)
    local pid = p:quiet().pid
    -- the system may wake it for reasons of its own, but hardly in three windows
    local fewest = math.huge
    for _ = 1, 3 do
      if fewest > 1 then fewest = math.min(fewest, wakeups(pid, 2)) end
    end
    assert.is_true(fewest <= 1, fewest .. " wakeups in 2 s")
  end)
end)

-- The engine is driven in a timer, where there is one.
describe("a worker without free timers", function()
  local SERVER_LINES = [[
    location = /occupy { content_by_lua_block {
      for _ = 1, tonumber(ngx.var.arg_running or 0) do ngx.timer.at(0, function() ngx.sleep(600) end) end
      ngx.sleep(0.05)
      for _ = 1, tonumber(ngx.var.arg_pending or 0) do ngx.timer.at(600, function() end) end
      ngx.print(ngx.timer.running_count(), " ", ngx.timer.pending_count())
    } }
  ]]
  for query, directives in pairs {
    ["running=0&pending=1"] = "lua_max_pending_timers 1;",
    ["running=1&pending=0"] = "lua_max_running_timers 1;",
    ["running=1&pending=1"] = "lua_max_running_timers 1; lua_max_pending_timers 1;",
  } do
    it("finishes its calls: " .. query, function()
      local p = place.start { http = directives, server = SERVER_LINES }
      finally(function() p:stop() end)
      assert.equal(query:gsub("%D+", " "):sub(2), p:ask("/occupy?" .. query))
      assert.equal("ok", p:ask "/call")
      local result = p:ask_json("/many?n=40&threads=20")
      assert.is_nil(result.problem)
      assert.equal(40, result.succeeded)
      assert.equal(20, p:ask_json("/batch?n=20").succeeded)
      local state = p:state()
      assert.same({ 0, 0, 0, 0 }, { state.running, state.waiting, state.done, state.calls })
      assert.same({}, p:alarms("lua_max_running_timers are not enough"))
    end)
  end
end)
