-- The edge's metrics, with nginx-lua-prometheus, for which
-- stand_in/prometheus.lua stands in, and without.

local emulator = require "spec.support.emulator"
local service = require "spec.world.edge.service"
describe("metrics of the edge", function()
  local e, n

  setup(function() e = assert(emulator.start { workers = 2 }) end)
  teardown(function()
    if e then e:stop() end
  end)
  after_each(function()
    if n then n:stop() end
    n = nil
  end)

  it("need nginx-lua-prometheus, and say how to install it", function()
    n = service.start(e, nil, { prometheus = "/nowhere" })
    assert.equal(200, (service.post(n, "resume", "zego", { "s1" })))
    local status, body = n:json "/metrics"
    assert.same({ 501, "not_installed" }, { status, body.error.code })
    assert.matches("luarocks .*install nginx%-lua%-prometheus", body.error.message)
    assert.is_nil(n:log():find("[error]", 1, true))
  end)

  it("count what is in flight in all workers, and what has ended", function()
    e:reset()
    n = service.start(e, nil, { conf = { ["add_header Cache-Control no-store always;"] =
      "add_header Cache-Control no-store always; add_header X-Worker $pid always;" } })
    local workers, count, rounds = {}, 0, 0
    local function in_flight(value)
      return function()
        return service.scrape(n)['streamctl_calls_in_flight{vendor="zego"}'] == value
      end
    end
    repeat -- until two workers have had calls, which the system decides
      rounds = rounds + 1
      e:fault { vendor = "zego", kind = "latency", held = true, seconds = 300, times = -1 }
      local begun = {}
      for i = 1, 24 do
        begun[i] = n:begin(service.request("resume", "zego", { "f" .. i }, { timeout = 60 }))
      end
      service.eventually(in_flight(24))
      e:release()
      for i = 1, 24 do
        local status, _, headers = begun[i]()
        assert.equal(200, status)
        count = count + (workers[headers["x-worker"]] and 0 or 1)
        workers[headers["x-worker"]] = true
      end
      service.eventually(in_flight(0))
    until count >= 2 or rounds == 20
    assert.is_true(count >= 2)
    local ended, attempts = 0, 0
    for series, value in pairs((service.scrape(n))) do
      if series:find "^streamctl_calls_total{" then ended = ended + value end
      if series:find "^streamctl_attempts_total{" then attempts = attempts + value end
    end
    assert.same({ 24 * rounds, #e:requests() }, { ended, attempts })
  end)
end)
