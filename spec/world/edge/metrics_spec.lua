-- The edge's metrics, with nginx-lua-prometheus (PROMETHEUS_DIR) and without.

local emulator = require "spec.support.emulator"
local service = require "spec.world.edge.service"
local shell = require "spec.support.emulator.launcher.shell"

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
    local _, said = n:command "--check"
    assert.matches("note: there are no metrics: .*luarocks .*install nginx%-lua%-prometheus", said)
    assert.equal(200, (service.post(n, "resume", "zego", { "s1" })))
    local status, body = n:json "/metrics"
    assert.same({ 501, "not_installed" }, { status, body.error.code })
    assert.matches("luarocks .*install nginx%-lua%-prometheus", body.error.message)
    assert.is_nil(n:log():find("[error]", 1, true))
  end)

  it("are looked for where nginx finds modules, whichever Lua runs the check", function()
    n = service.start(e, nil, { prometheus = "/nowhere" })
    shell.run(("mkdir %s/5.1 && : >%s/5.1/prometheus.lua"):format(n.dir, n.dir))
    n.prometheus = n.dir .. "/5.4"
    local status, said = n:command "--check"
    assert.equal(0, status, said)
    assert.is_nil(said:find("no metrics", 1, true))
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

  it("are what nginx-lua-prometheus counts", function()
    local folder = os.getenv "PROMETHEUS_DIR"
    if not folder then return pending "PROMETHEUS_DIR is not set" end
    n = service.start(e, nil, { prometheus = folder })
    for i = 1, 20 do assert.equal(200, (service.post(n, "resume", "zego", { "s" .. i, "t" })) ) end
    local of = 'vendor="zego",operation="ResumeRTCStreams"'
    local expected, found = {
      ["streamctl_edge_streams_total{" .. of .. ',code="ok"}'] = 40,
      ["streamctl_attempts_total{" .. of .. ',code="ok"}'] = 20,
      ["streamctl_attempt_duration_seconds_count{" .. of .. "}"] = 20,
      ["streamctl_calls_total{" .. of .. ',code="ok"}'] = 20,
      ['streamctl_edge_requests_total{route="resume",status="200"}'] = 20,
      ['streamctl_edge_request_duration_seconds_count{route="resume"}'] = 20,
      ["streamctl_edge_ready{}"] = 1, ["nginx_metric_errors_total{}"] = 0,
    }, nil
    pcall(service.eventually, function() -- each worker tells its numbers once a second
      found = service.scrape(n)
      for series in pairs(found) do found[series] = expected[series] and found[series] end
      return pcall(assert.same, expected, found)
    end)
    assert.same(expected, found)
    local path = n.dir .. "/scraped"
    shell.write_file(path, select(3, service.scrape(n)))
    if select(2, shell.run "command -v promtool") ~= 0 then return end
    local said, status = shell.run("promtool check metrics <" .. path)
    assert.same({ "", 0 }, { said, status })
  end)
end)
