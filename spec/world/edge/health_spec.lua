-- What the edge tells of itself when its store fails, or vendors are away or do not answer.

local cjson = require "cjson"
local emulator = require "spec.support.emulator"
local redis_server = require "spec.world.store.redis_server"
local service = require "spec.world.edge.service"
local shell = require "spec.support.emulator.launcher.shell"

local post, live, eventually = service.post, service.live, service.eventually

describe("the edge", function()
  local e, n, server

  setup(function() e = assert(emulator.start { workers = 2 }) end)
  teardown(function()
    if e then e:stop() end
  end)
  before_each(function() e:reset() end)
  after_each(function()
    if n then n:stop() end
    if server then server:stop() end
    n, server = nil, nil
  end)

  it("is not ready while the store does not answer, but alive", function()
    if not redis_server.library() then return pending "lua-redis is missing" end
    server = assert(redis_server.start())
    n = service.start(e, { ["edge.store"] = "redis://127.0.0.1:" .. server.port .. "?timeout=1" })
    assert.equal(200, (n:json "/readyz"))
    server:kill()
    local status, body = n:json "/readyz"
    assert.same({ 503, "store", { zego = "ok", aliyun = "ok" } },
      { status, body.error.code, body.vendors })
    assert.matches("the store does not answer: Redis: ", body.error.message)
    assert.equal(0, service.scrape(n)["streamctl_edge_ready{}"])
    assert.equal(200, (n:json "/livez"))
    local refused, answer, headers = post(n, "forbid", "zego", { "s1" })
    assert.same({ 503, "store", "2" }, { refused, answer.results[1].code, headers["retry-after"] })
    assert.is_true(server:run())
    eventually(function() return (n:json "/readyz") == 200 end)
    assert.equal(200, (post(n, "forbid", "zego", { "s1" })))
    assert.same({}, e:requests { action = "DescribeRTCStreamState" })
  end)

  it("ends a request in time whose decisions a store cannot take, as it hangs", function()
    if not redis_server.library() then return pending "lua-redis is missing" end
    server = assert(redis_server.start())
    n = service.start(e, { ["edge.store"] = "redis://127.0.0.1:" .. server.port .. "?timeout=4",
      ["edge.time_limit"] = "8" })
    local streams = {}
    for i = 1, 20 do streams[i] = "s" .. i end
    e:fault { vendor = "zego", kind = "latency", held = true, seconds = 300, times = -1 }
    local forbid = n:begin(service.request("forbid", "zego", streams)) -- for 30 s
    eventually(function() return e:counters().in_flight.zego == 1 end)
    shell.run("kill -STOP " .. server.pid)
    e:release()
    local status, text = forbid()
    shell.run("kill -CONT " .. server.pid)
    assert.same({ 200, 0 }, { status, status == 200 and cjson.decode(text).failed })
    assert.matches("a decision was not noted.*the time limit is over", n:log())
  end)

  it("opens a store that it could not open at the start, and logs why once a minute", function()
    n = service.start(e, { ["edge.store"] = "@DIR@/missing/store" })
    local status, body = n:json "/readyz"
    assert.same({ 503, "not_configured" }, { status, body.error.code })
    assert.matches("missing/store", body.error.message)
    assert.equal(503, (post(n, "forbid", "zego", { "s1" })))
    shell.run("mkdir " .. n.dir .. "/missing")
    for _ = 1, 20 do -- the workers take turns, more or less
      eventually(function() return (n:json "/readyz") == 200 end)
    end
    assert.equal(200, (post(n, "forbid", "zego", { "s1" })))
    assert.equal(1, select(2, n:log():gsub("cannot serve: store: [^\n]*missing/store", "")))
  end)

  it("holds back calls to a vendor that is away, or does not answer", function()
    n = service.start(e, { ["zego.endpoint"] = e.refused, ["edge.time_limit"] = "2" })
    e:fault { vendor = "aliyun", kind = "latency", held = true, seconds = 300, times = -1 }
    local streams = {}
    for i = 1, 5 do
      assert.equal(502, (post(n, "forbid", "zego", { "s" .. i })))
      streams[i] = live("s" .. i)
    end
    assert.equal(504, (post(n, "forbid", "aliyun", streams))) -- an attempt has a second
    local _, body = n:json "/readyz" -- ready or not: a probe may be due by now
    assert.same({ zego = "breaker_open", aliyun = "breaker_open" }, body.vendors)
    e:clear_faults()
    e:release()
    assert.equal(200, (post(n, "forbid", "aliyun", { live "s1" })))
    local status
    status, body = n:json "/readyz"
    assert.same({ 200, { zego = "breaker_open", aliyun = "ok" } }, { status, body.vendors })
  end)
end)
