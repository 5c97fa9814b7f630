-- When the edge's breaker opens, lets a probe out and closes: by a clock that is moved by hand,
-- over a dict that keeps what ngx.shared promises.

local breaker = require "streamctl.edge.breaker"
local shared_dict = require "spec.support.shared_dict"

describe("the edge's breaker", function()
  local time, wall, random, lines, workers, worker

  before_each(function()
    time, wall, random, lines, workers = 1000, 0, 1, {}, {}
    local function now() return time end
    local dict = shared_dict(function() return time + wall end)
    for i = 1, 2 do
      workers[i] = breaker.new { dict = dict, now = now, random = function() return random end,
        log = function(text) lines[#lines + 1] = text end }
    end
    worker = workers[1]
  end)

  local function attempt(code, http_status, fields)
    local event = { event = "attempt", vendor = "zego", code = code, http_status = http_status,
      elapsed = 5 }
    for name, value in pairs(fields or {}) do event[name] = value end
    return event
  end

  local FAILED, FINE = attempt("http", 500), attempt("ok", 200)

  local function happens(event, count)
    for i = 1, count or 1 do workers[i % 2 + 1]:on_event(event) end
  end

  -- What `enter` says first: "closed", "probe", or the seconds.
  local function enters(vendor)
    local state, seconds = worker:enter(vendor or "zego")
    return state or seconds
  end

  it("opens after five attempts in a row, of all workers, have failed; for its vendor alone",
    function()
      happens(FAILED, 4)
      assert.equal("closed", enters())
      happens(FINE)
      happens(FAILED, 4)
      assert.same({ "closed", false }, { enters(), worker:is_open "zego" })
      happens(FAILED)
      for _, each in ipairs(workers) do assert.is_true(each:is_open "zego") end
      assert.same({ 1, "closed" }, { enters(), enters "aliyun" })
      assert.is_false(worker:is_open "aliyun")
    end)

  describe("takes for trouble of the way or the vendor", function()
    for what, case in pairs {
      ["no name"] = { true, attempt "dns" }, ["no connection"] = { true, attempt "connect" },
      ["no TLS"] = { true, attempt "tls" }, ["no answer in time"] = { true, attempt "timeout" },
      ["no vendor's answer"] = { true, attempt("bad_response", 200) },
      ["a proxy's 502"] = { true, attempt("http", 502) },
      ["the vendor's 503"] = { true, attempt("vendor", 503) },
      ["not a time limit that came early"] = { false, attempt("timeout", nil, { elapsed = 0.8 }) },
      ["not a proxy's 403"] = { false, attempt("http", 403) },
      ["not the vendor's failure in a 200"] = { false, attempt("vendor", 200) },
      ["not too many calls"] = { false, attempt("throttled", 503) },
      ["not an unknown stream"] = { false, attempt("not_found", 404) },
      ["not a wrong key"] = { false, attempt("credentials", 403) },
      ["not a wrong clock"] = { false, attempt("clock_skew", 500) },
      ["not what never went out"] = { false, attempt "closed" },
      ["not a wait"] = { false, attempt("timeout", nil, { event = "wait" }) },
      ["not a source of keys"] = { false, attempt("timeout", nil, { event = "credentials" }) },
    } do
      it(what, function()
        happens(case[2], 20)
        assert.equal(case[1], worker:is_open "zego")
      end)
    end
  end)

  it("doubles its pauses up to 30 s, each of which half is random", function()
    for _, case in ipairs {
      { 1, 1 }, { 1, 2 }, { 0, 2 }, { 0.5, 6 }, { 1, 16 }, { 1, 30 }, { 0, 15 }, { 1, 30 },
    } do
      random = case[1]
      happens(FAILED, 5)
      assert.equal(case[2], enters())
      happens(FAILED, 9) -- attempts that went out before
      time = time + case[2] - 0.25
      assert.equal(0.25, enters())
      time = time + 0.25
    end
    assert.equal("probe", enters())
    happens(FINE)
    random = 1
    happens(FAILED, 5)
    assert.equal(1, enters()) -- from the start again
  end)

  describe("half-open", function()
    local ticket

    before_each(function()
      happens(FAILED, 5)
      time = time + 1
      local state
      state, ticket = worker:enter "zego"
      assert.equal("probe", state)
    end)

    it("lets one probe out at a time, of all workers", function()
      for _, each in ipairs(workers) do assert.same({ nil, 1 }, { each:enter "zego" }) end
      workers[2]:leave("zego", ticket + 1) -- the ticket of nobody
      assert.equal(1, enters())
      workers[2]:leave("zego", ticket)
      assert.equal("probe", enters())
    end)

    it("waits no longer than the lease for a probe whose worker died", function()
      time = time + 59
      assert.equal(1, enters())
      time = time + 1
      local state, other = workers[2]:enter "zego"
      assert.equal("probe", state)
      worker:leave("zego", ticket) -- it was alive: the other's claim stands
      assert.equal(1, enters())
      workers[2]:leave("zego", other)
      assert.equal("probe", enters())
    end)
  end)

  it("ends a pause and a lease in time, where its dict keeps the keys for longer", function()
    happens(FAILED, 5)
    wall = -0.5
    time = time + 1
    assert.is_nil(worker:pause "zego")
    assert.equal("probe", enters())
    happens(FAILED) -- so soon that the dict has the last pause's key
    assert.equal(2, worker:pause "zego")
    time = time + 60
    assert.same({ "probe", 1 }, { enters(), enters() })
  end)

  it("has the same pauses and leases where the wall clock was set back", function()
    happens(FAILED, 5)
    wall = -3600
    time = time + 2
    assert.equal("probe", enters())
    happens(FAILED)
    assert.equal(2, worker:pause "zego")
    wall = -7200
    time = time + 61
    assert.same({ "probe", 1 }, { enters(), enters() })
  end)

  it("logs a line when it opens, and one when it closes", function()
    happens(FAILED, 9)
    for _ = 1, 3 do
      time = time + 60
      happens(FAILED)
    end
    assert.equal(1, #lines)
    assert.matches("^the breaker of zego opens: 5 attempts in a row .* http", lines[1])
    happens(FINE, 3)
    assert.equal(2, #lines)
    assert.matches("^the breaker of zego closes", lines[2])
  end)

  it("refuses nothing when its dict has no room", function()
    local full = { get = function() end, add = function() return nil, "no memory" end,
      incr = function() return nil, "no memory" end, delete = function() end }
    local other = breaker.new { dict = full, now = function() return time end,
      random = function() return 1 end, log = error }
    for _ = 1, 9 do other:on_event(FAILED) end
    assert.equal("closed", (other:enter "zego"))
  end)
end)
