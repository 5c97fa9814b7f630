-- The edge while the wall clock of its host is set back by an hour.

local emulator = require "spec.support.emulator"
local host = require "spec.world.surroundings.host"
local sender = require "spec.world.edge.sender"
local service = require "spec.world.edge.service"
local shell = require "spec.support.emulator.launcher.shell"

local post, eventually = service.post, service.eventually

describe("the edge, its clock set back by an hour,", function()
  local e, n, clocks, dir

  setup(function()
    dir = shell.run "mktemp -d":gsub("%s+$", "")
    clocks = host.clocks(dir, true)
    e = assert(emulator.start { workers = 2 })
    local names = {}
    for name in pairs(clocks.environment) do names[#names + 1] = "env " .. name .. ";" end
    n = service.start(e, sender.SETTINGS, { environment = clocks.environment,
      conf = { ["daemon off;"] = "daemon off; " .. table.concat(names, " ") } })
  end)
  teardown(function()
    if n then n:stop() end
    if e then e:stop() end
    shell.run("rm -rf " .. shell.quote(dir))
  end)
  before_each(function()
    e:reset()
    clocks.step(0)
  end)

  it("repeats what a webhook asked for after the same pause", function()
    assert.equal(200, (post(n, "forbid", "zego", { "w1" })))
    e:reset() -- the vendor has forgotten it
    e:fault { vendor = "zego", kind = "status", status = 500, times = 3 }
    assert.equal("forbid", select(2, n:json(sender.zego(e, "w1"))).webhook)
    eventually(function() return #e:requests { action = "ForbidRTCStreams" } == 3 end)
    clocks.step(-3600)
    eventually(function() return e:state().zego.forbidden.w1 ~= nil end)
  end)
end)
