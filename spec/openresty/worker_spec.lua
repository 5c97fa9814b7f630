-- What calls cost the worker that makes them: it goes on serving others, is left alone when nothing is under way,
-- and does without timers when there are none.

local crowd = require "spec.openresty.edge.crowd"
local place = require "spec.openresty.edge.place"

local LATENCY = 0.5 -- of the vendor, seconds
local CALLS = 20

for _, transport in ipairs(place.transports) do
  describe("a worker, through " .. transport .. ",", function()
    if not place.has(transport) then return pending(place.missing) end
    local p

    setup(function() p = place.start(transport) end)
    teardown(function() place.stop(p) end)
    before_each(function()
      p:quiet()
      p.e:reset()
    end)

    -- Pings the worker as long as it is busy with a request; the slowest answer, and how many there were.
    local function ping_during(path)
      local work = crowd.open(p.n.port, path)
      local slowest, count, done = 0, 0, nil
      local due = crowd.now() + 60
      while not done and crowd.now() < due do
        local ping = crowd.get(p.n.port, "/ping")
        assert.equal("pong", ping.body)
        slowest, count = math.max(slowest, ping.seconds), count + 1
        done = work:wait(0.01)
      end
      work:close()
      return require("cjson").decode(assert(done, "no end").body), slowest, count
    end

    it("serves others while calls wait, and the calls wait together", function()
      p:ask "/call" -- the first one loads libraries and the system's certificates
      p.e:config { latency = LATENCY }
      local result, slowest, count = ping_during("/many?n=" .. CALLS)
      assert.is_nil(result.problem)
      assert.equal(CALLS, result.succeeded)
      assert.is_true(result.elapsed >= LATENCY, "the emulator did not wait")
      assert.is_true(result.elapsed < LATENCY * CALLS / 3, "20 calls took " .. result.elapsed)
      assert.is_true(slowest < LATENCY / 2, "a ping took " .. slowest)
      assert.is_true(count >= 5)
      place.note(transport, "calls", result.elapsed, "slowest ping", slowest, "pings", count)
    end)

    it("runs a batch at the same time", function()
      p.e:config { latency = LATENCY }
      local result, slowest = ping_during("/batch?n=" .. CALLS)
      assert.equal(CALLS, result.succeeded)
      assert.is_true(result.elapsed >= LATENCY and result.elapsed < LATENCY * CALLS / 3, "took " .. result.elapsed)
      assert.is_true(slowest < LATENCY / 2, "a ping took " .. slowest)
      assert.is_true(p.e:counters().max_in_flight.zego >= CALLS / 2)
    end)

    if transport == "curl" then
      it("steps the engine once for all who send in one turn of nginx", function()
        p:ask "/call"
        p.e:config { latency = LATENCY } -- or the first step may meet the answer already
        assert.same({ succeeded = 50, steps = 1 }, p:ask_json "/burst?n=50")
      end)
    end

    local function wakeups(pid, seconds)
      local function count()
        return place.status_of(pid, "\nvoluntary_ctxt_switches") + place.status_of(pid, "nonvoluntary_ctxt_switches")
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
      place.note(transport, "wakeups in 2 s", fewest)
      assert.is_true(fewest <= 1, fewest .. " wakeups in 2 s")
    end)
  end)
end

-- The engine is driven in a timer; cosockets need none.
describe("a worker without free timers", function()
  local p

  local function start(main)
    p = place.start("curl", { http = main, server = [[
      location = /occupy { content_by_lua_block {
        for _ = 1, tonumber(ngx.var.arg_running or 0) do ngx.timer.at(0, function() ngx.sleep(600) end) end
        ngx.sleep(0.05)
        for _ = 1, tonumber(ngx.var.arg_pending or 0) do ngx.timer.at(600, function() end) end
        ngx.print(ngx.timer.running_count(), " ", ngx.timer.pending_count())
      } }
    ]] })
  end

  after_each(function()
    place.stop(p)
    p = nil
  end)

  local function check_calls()
    local begun = crowd.now()
    assert.equal("ok", p:ask "/call")
    local first = crowd.now() - begun
    local result = p:ask_json("/many?n=40&threads=20")
    assert.is_nil(result.problem)
    assert.equal(40, result.succeeded)
    assert.equal(20, p:ask_json("/batch?n=20").succeeded)
    local state = p:state()
    assert.same({ 0, 0, 0, 0 }, { state.running, state.waiting, state.done, state.calls })
    place.note("without timers: first call, 40 calls", first, result.elapsed)
  end

  it("because too many wait, finishes its calls", function()
    start "lua_max_pending_timers 1;"
    assert.equal("0 1", p:ask "/occupy?pending=1")
    check_calls()
    assert.same({}, p:alarms())
  end)

  it("because too many run, finishes its calls", function()
    start "lua_max_running_timers 1;"
    assert.equal("1 0", p:ask "/occupy?running=1")
    check_calls()
    assert.same({}, p:alarms("lua_max_running_timers are not enough"))
  end)

  it("because too many run and wait, finishes its calls", function()
    start "lua_max_running_timers 1; lua_max_pending_timers 1;"
    assert.equal("1 1", p:ask "/occupy?running=1&pending=1")
    check_calls()
    assert.same({}, p:alarms())
  end)
end)
