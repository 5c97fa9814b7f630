-- New workers for old ones, and the end of all, while calls are under way.

local crowd = require "spec.world.openresty.parts.crowd"
local place = require "spec.world.openresty.parts.place"
local shell = require "spec.support.emulator.launcher.shell"

local RELOADS = 20

describe("an nginx", function()
  local p

  before_each(function() p = place.start { workers = 2 } end)
  after_each(function() p:stop() end)

  local function signal(name) shell.run("kill -" .. name .. " " .. ("%d"):format(p.n.pid)) end

  -- The children of the master, as a set.
  local function children()
    local set = {}
    for _, pid in ipairs(p:children()) do set[pid] = true end
    return set
  end

  it("that is reloaded under load loses no call, and its old workers leave", function()
    p.e:config { latency = 0.05 }
    local reloads, next_at, seen, problem = 0, 0, {}, nil
    local results = crowd.run {
      port = p.n.port, clients = 12, seconds = 120,
      path = function(i) return i % 6 == 0 and "/batch?n=4&id=b" .. i or "/call?id=s" .. i end,
      busy = function() -- the next reload when the one before has taken effect
        if crowd.now() < next_at then return true end
        next_at = crowd.now() + 0.05
        local now, fresh = p.n:workers(), true
        for _, pid in ipairs(now) do fresh = fresh and not seen[pid] end
        if not (fresh and #now == 2) then return true end
        if reloads == RELOADS then return false end
        for _, pid in ipairs(now) do seen[pid] = true end
        reloads = reloads + 1
        signal "HUP"
        return true
      end,
    }
    local calls = 0
    for _, result in ipairs(results) do
      calls = calls + 1
      local fine = result.status == 200
        and (result.body == "ok" or result.body:find('"succeeded":4', 1, true))
      if not fine then problem = problem or result.path .. ": " .. result.text end
    end
    assert.is_nil(problem)
    assert.equal(RELOADS, reloads)
    assert.is_true(calls > RELOADS)
    place.wait_for("the end of the old workers", 20, function()
      for pid in pairs(children()) do
        if seen[pid] then return false end
      end
      return true
    end)
    assert.same({}, p:alarms())
  end)

  it("that is ended at once does not wait for calls, and does not crash", function()
    p.e:config { latency = 60 }
    local open = {}
    for i = 1, 12 do
      open[i] = crowd.open(p.n.port, i % 4 == 0 and "/batch?n=4&id=b" .. i or "/call?id=s" .. i)
    end
    place.wait_for("calls under way", 30, function()
      return p.e:counters().in_flight.zego == 9 + 3 * 4
    end)
    signal "TERM"
    place.wait_for("the end of nginx", 20, function()
      return not shell.read_file("/proc/" .. ("%d"):format(p.n.pid) .. "/cmdline")
    end)
    for _, request in ipairs(open) do request:close() end
    assert.same({}, p:alarms())
  end)
end)
