-- An emulator, and an engine of one's own to send to it.

local assert = require "luassert"
local busted = require "busted"
local child = require "spec.support.child"
local contract = require "spec.world.loops.contract"
local core = require "streamctl.core"
local engine = require "streamctl.engine"
local exchange = require "streamctl.loop.exchange"
local requests = require "spec.support.requests"
local session = require "spec.support.session"

local bench = {}

local Bench = {}
Bench.__index = Bench

function Bench:open()
  self.engine = assert(engine.new(100))
  self.exchange = exchange.new(self.engine)
end

function Bench:close()
  self.engine:close()
  self.engine, self.exchange = nil, nil
end

--- Waits until nothing of earlier tests is under way that would be counted.
function Bench:settle()
  self.e:quiet()
  self.e:reset()
end

--- A request that succeeds.
function Bench:echo(changes)
  local made = {
    endpoint = engine.endpoint { url = self.e.zego, ca_file = self.e.ca_file,
      max_response = 100000 },
    signer = self.signer, method = "GET", action = "EchoLoop", timeout = 20, connect_timeout = 10,
    safe = true,
  }
  for name, value in pairs(changes or {}) do made[name] = value end
  return requests.submission(made)
end

--- One to a port that nothing listens on.
function Bench:refused()
  return self:echo { endpoint = engine.endpoint { url = self.e.refused, max_response = 1000 } }
end

--- Lets answers take their time.
function Bench:slow(seconds, action)
  self.e:fault { kind = "latency", vendor = "zego", action = action, seconds = seconds, times = -1 }
end

--- Holds answers up until `release`.
function Bench:hold(action)
  self.e:fault { kind = "latency", vendor = "zego", action = action, held = true, times = -1 }
end

--- Lets them go, and all that come.
function Bench:release()
  self.e:clear_faults()
  self.e:release()
end

--- Waits, in a loop, until so many requests have arrived.
function Bench:wait_for(count, loop)
  for _ = 1, 500 do
    if #self.e:requests { vendor = "zego" } >= count then return end
    loop.sleep(0.02)
  end
  error("the requests do not arrive")
end

--- Runs an example of this loop against the emulator: it does its work, and the loop goes on
-- meanwhile.
function Bench:run_example(name)
  local environment = { STREAMCTL_DEMO_RTC = "r1,r2,r3,r4" }
  for _, pair in ipairs(self.e:environment()) do environment[pair[1]] = pair[2] end
  self.e:state { zego = { forbidden = { "r1", "r2", "r3", "r4" } } }
  self.e:config { latency = 0.5 } -- time to tick
  local output, status = child.run(("dofile('examples/%s.lua')"):format(name), environment)
  assert.equal(0, status, output)
  for i = 1, 4 do assert.is_truthy(output:find(("r%d\tresumed\n"):format(i), 1, true), output) end
  assert.is_true(tonumber(output:match("(%d+) ticks meanwhile\n$")) >= 3, output)
  assert.same({}, self.e:state().zego.forbidden)

  self.e:fault { kind = "status", status = 403, times = -1, vendor = "zego" }
  output, status = child.run(("dofile('examples/%s.lua')"):format(name), environment)
  assert.equal(1, status, output)
  assert.is_truthy(output:find("r4\tforbidden: ", 1, true) or output:find("r4\thttp: ", 1, true),
    output)
end

-- Declares the promises of a subject, see contract.lua, in a `describe`. Returns a function that
-- gives the bench.
function bench.declare(subject)
  local made
  busted.setup(function()
    local s = session.start()
    made = setmetatable({ session = s, e = s.e }, Bench)
    made.signer = core.signer("zego", { app_id = s.e.app_id, server_secret = s.e.server_secret })
  end)
  busted.teardown(function() session.stop(made and made.session) end)
  busted.before_each(function()
    made.e:reset()
    made:open()
  end)
  busted.after_each(function()
    if made.engine then made:close() end
  end)
  for _, case in ipairs(contract) do
    if not (case.concurrent and subject.blocks) then
      busted.it(case.name, function() case.test(subject, made) end)
    end
  end
  return function() return made end
end

return bench
