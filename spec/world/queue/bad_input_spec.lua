-- What jobs do with a Redis that is none, keys that others wrote, clocks that are wrong, and wrong
-- arguments: a clear error, and nothing is lost.

local bench = require "spec.world.queue.bench"
local core = require "streamctl.core"
local helper = require "spec.pieces.helper"
local ids = bench.ids
local redis = require "streamctl.store.redis"
local redis_server = require "spec.world.store.redis_server"
local session = require "spec.support.session"
local streamctl = require "streamctl"

local RESUME, ACCOUNT = "ResumeRTCStreams", "zego:1234567890"
local KICK = { params = { RoomId = "r" } }
local QUEUE = "streamctl:{zego:1234567890}:queue:"

bench.describe("bad input:", function(b)
  -- Asserts what a failing method returned.
  local function fails(code, why, result, message, err)
    assert.is_nil(result)
    assert.equal(code, err.code)
    assert.equal(message, err.message)
    assert.equal(1, message:find(code .. ": ", 1, true), message)
    assert.truthy(message:find(why, 1, true), message)
    assert.is_true(#message < 4096)
  end

  local function done(job, clients, given)
    b:work(clients or { b:zego() }, { job }, given)
    return b:numbers(job)
  end

  local function number_of(job) return job:match "%d+$" end

  describe("a server", function()
    local function config(name, value)
      return function() b:command(("CONFIG SET %s %s"):format(name, value)) end
    end

    for name, case in pairs {
      ["without AOF"] = { config("appendonly", "no"), config("appendonly", "yes"),
        "it forgets all when it ends; set appendonly to yes", fit = false },
      ["that evicts keys"] = { config("maxmemory-policy", "allkeys-lru"),
        config("maxmemory-policy", "noeviction"), "set maxmemory-policy to noeviction",
        fit = false },
      ["of version 6"] = { function()
        b.tap = function(script, _, run)
          local reply = run()
          if script == "server" then reply[2] = reply[2]:gsub("version:%d+", "version:6") end
          return reply
        end
      end, function() b.tap = false end, "take Redis 7 or Valkey", fit = false },
      ["that is a replica"] = { function() b:command "REPLICAOF 127.0.0.1 1" end,
        function() b:command "REPLICAOF NO ONE" end, "READONLY" },
      ["whose memory is full"] = { config("maxmemory", 1), config("maxmemory", 0), "OOM" },
      ["that is away"] = { function() b.tap = function() error("connection refused", 0) end end,
        function() b.tap = false end, "connection refused" },
      ["that answers something else"] = { function()
        b.tap = function() return "HTTP/1.1 400 Bad Request" end
      end, function() b.tap = false end, "another question" },
      ["whose keys are of other types"] = { function() b:command("SET " .. QUEUE .. "jobs x") end,
        function() b:command("DEL " .. QUEUE .. "jobs") end, "WRONGTYPE" },
    } do
      it(name, function()
        local rtc = b:zego()
        local before = not name:find "types" and assert(b.q:add(rtc, RESUME, { "a" }))
        b.q = streamctl.queue.new { store = b.store } -- it knows no server yet
        case[1]()
        local ok, thrown = pcall(function()
          fails("store", case[3], b.q:add(rtc, RESUME, { "b" }))
          local polls = 0
          local result, message, err = b.q:work { clients = { rtc }, should_stop = function()
            polls = polls + 1
            return polls > 20 or b.events[1]
          end, on_event = function(event) table.insert(b.events, event) end }
          if case.fit == false then
            fails("store", case[3], result, message, err)
          else
            assert(result, message)
          end
        end)
        case[2]()
        assert(ok, thrown)
        assert.equal(0, #b.e:requests())
        assert.equal("done 1 1 0 0 0", done(assert(b.q:add(rtc, RESUME, { "c" }))))
        b:pass_lease()
        if before then assert.equal("done 1 1 0 0 0", done(before)) end
      end)
    end

    it("that is no Redis at all", function()
      local port = tonumber(b.e.control:match ":(%d+)")
      local store = redis.new(function() return redis_server.connect(port) end)
      fails("store", "Redis: ", streamctl.queue.new { store = store }:add(b:zego { store = store },
        RESUME, { "a" }))
    end)

    it("that comes while a worker waits for it", function()
      local rtc, events = b:zego(), b.events
      local job = assert(b.q:add(rtc, RESUME, { "a" }))
      b.q = streamctl.queue.new { store = b.store }
      b:break_at("server", false, 2) -- and its repeat
      local polls = 0
      assert(b.q:work { clients = { rtc }, should_stop = function()
        polls = polls + 1
        return b.q:status(job).state == "done" or polls > 1000
      end, on_event = function(event) table.insert(events, event) end })
      assert.same({ "queue", "store", "done" }, { events[1].event, events[1].code,
        b.q:status(job).state })
    end)

    it("ends a worker whose listener hears Ctrl-C, and no worker for other errors", function()
      local rtc = b:zego()
      for text, is_ended in pairs { ["x.lua:1: interrupted!"] = true, oops = false } do
        local job = assert(b.q:add(rtc, RESUME, { "a" }))
        b.q = streamctl.queue.new { store = b.store } -- which knows no server yet
        b:break_at("server", false, 2)
        local ok, why = pcall(b.work, b, { rtc }, { job },
          { on_event = function() error(text, 0) end })
        assert.same({ not is_ended, is_ended and text }, { ok, is_ended and why })
        if is_ended then b:work({ rtc }, { job }) end
      end
    end)

    it("that is full for a while loses nothing of what is under way", function()
      local rtc = b:zego()
      local job = assert(b.q:add(rtc, RESUME, ids(60)))
      local step, before = 0, nil
      b:work({ rtc }, function()
        step = step + 1
        if step == 5 then
          b:command "CONFIG SET maxmemory 1"
        elseif step == 15 then
          before = #b.e:requests()
        elseif step == 40 then
          b:command "CONFIG SET maxmemory 0"
          assert.equal(before, #b.e:requests())
        end
        return step > 40
      end, { concurrency = 1 })
      b:pass_lease()
      assert.equal("done 60 60 0 0 0", done(job))
    end)

    it("that is flushed while a job is added, or is worked on", function()
      local rtc = b:zego()
      local i = 0
      fails("cancelled", "lost", b.q:add(rtc, RESUME, function()
        i = i + 1
        if i == 1500 then b:command "FLUSHALL" end
        return i < 2500 and "s" .. i or nil
      end))
      assert.equal(0, #b.q:jobs(ACCOUNT))
      local job = assert(b.q:add(rtc, "KickoutUser", ids(60), KICK))
      local next_job
      b:work({ rtc }, function()
        if #b.e:requests() < 2 then return false end
        if not next_job then
          b:command "FLUSHALL"
          next_job = assert(b.q:add(rtc, RESUME, { "a" }))
        end
        return b.q:status(next_job).state == "done"
      end)
      fails("not_found", "there is no job " .. job, b.q:status(job))
    end)
  end)

  describe("an entry", function()
    it("that is garbage holds nothing up", function()
      local rtc = b:zego()
      local first = assert(b.q:add(rtc, RESUME, { "x" }))
      for _, fields in ipairs { "foo bar", "j 1 f x i []", "j 7 f 1 i []", "j 1 f 1 i [] k 2",
        "f 1 i [] j 1" } do
        b:command(("XADD %sbulk * %s"):format(QUEUE, fields))
        b:command(("XADD %surgent * %s"):format(QUEUE, fields))
      end
      local job = assert(b.q:add(rtc, RESUME, ids(40)))
      assert.equal("done 40 40 0 0 0", done(job))
      assert.equal("done 1 1 0 0 0", done(first))
      assert.same({ 0, 0 }, { b.q:jobs(ACCOUNT).waiting, #b:pending() })
    end)

    for _, within in ipairs { 60, 0.001 } do
      it("whose items are garbage, within " .. within .. " s", function()
        local rtc = b:zego()
        assert(b.q:pause(rtc))
        local job = assert(b.q:add(rtc, RESUME, { "x" }, { lifetime = within }))
        for _, items in ipairs { "{{{", "7", "[]", "null", "[[1]]", "[1]", [["\xff\x01\\"]] } do
          b:command(("XADD %sbulk * j %s f 5 i %s"):format(QUEUE, number_of(job), items))
        end
        if within < 1 then b:pass_end(job) end
        assert(b.q:resume(ACCOUNT))
        assert.equal("done 2 2 0 0 0", done(assert(b.q:add(rtc, RESUME, ids(2)))))
        b:work({ rtc }, function() return #b:pending() == 0 end)
        assert.equal(within == 60 and 1 or 0, b.q:status(job).succeeded)
      end)
    end

    it("of a job that this version cannot read waits, uncounted, for a worker that can", function()
      local rtc = b:zego()
      local job = assert(b.q:add(rtc, RESUME, { "x" }))
      b:command(("HSET %sjob:%s v 2"):format(QUEUE, number_of(job)))
      b:work({ rtc }, function()
        b:pass_lease()
        return #b.events > 7
      end)
      assert.matches("^store: a job of version 2 waits for a newer worker", b.events[1].message)
      assert.equal("store", b.events[1].code)
      assert.equal(0, #b.e:requests())
      fails("store", "cannot be read: it is of version 2", b.q:status(job))
      assert.same({}, b.q:jobs(ACCOUNT)[1] or {})
      b:command(("HSET %sjob:%s v 1"):format(QUEUE, number_of(job)))
      b:pass_lease()
      assert.equal("done 1 1 0 0 0", done(job))
    end)

    it("of an operation that this version does not know fails", function()
      local job = assert(b.q:add(b:zego(), RESUME, { "x" }))
      b:command(("HSET %sjob:%s operation ResumeMoonStreams"):format(QUEUE, number_of(job)))
      assert.equal("done 1 0 1 0 0", done(job))
      assert.equal("gave_up", b:records(job)[3].code)
    end)
  end)

  it("a job that is none, or unknown", function()
    b:command(("HSET %sjob:5 foo bar"):format(QUEUE))
    for _, name in ipairs { "status", "records", "cancel" } do
      for _, job in ipairs { "zego:1", "", "1795406195721", "zego:1/", "/5", "zego:1/x" } do
        fails("not_found", "there is no job '" .. job .. "'; a job is a text such as zego:",
          b.q[name](b.q, job))
      end
      helper.throws("a job is a text such as zego:", function() b.q[name](b.q) end)
      fails("not_found", "there is no job zego:9/17", b.q[name](b.q, "zego:9/17"))
      if name ~= "cancel" then
        fails("store", "cannot be read", b.q[name](b.q, ACCOUNT .. "/5"))
      end
    end
    assert(b.q:jobs(ACCOUNT))
  end)

  it("an account that is none", function()
    for _, name in ipairs { "jobs", "pause", "resume" } do
      helper.throws("an account is a client or a text", function() b.q[name](b.q, {}) end)
      helper.throws("an account is a client or a text", function() b.q[name](b.q) end)
    end
    local _, _, err = b.q:pause(ACCOUNT)
    assert.same({ "not_found", nil }, { err.code, b.q:jobs(ACCOUNT).paused })
    assert(b.q:pause(b:zego(), ""))
    assert.equal("paused", b.q:jobs(ACCOUNT).paused)
  end)

  it("misuse is thrown at the caller's line", function()
    local rtc, q = b:zego(), b.q
    local function add(why, ...)
      local given = { ... }
      helper.throws(why, function() q:add(given[1], given[2], given[3], given[4]) end)
    end
    add("a client is missing", nil, RESUME, { "a" })
    add("a client is missing", "zego", RESUME, { "a" })
    add("must have the queue's store", b.s:zego(), RESUME, { "a" })
    add("did you mean '", rtc, "ResumeRTCStream_", { "a" })
    add("no operation 'a nil'", rtc, nil, { "a" })
    add("DescribeRTCStreamState changes nothing", rtc, "describe_rtc_stream_state", { "a" })
    add("takes a list of items", rtc, RESUME)
    add("takes a list of items", rtc, RESUME, "a")
    add("takes a list of items", rtc, RESUME, { a = "a" })
    add("takes a list of items", rtc, RESUME, { "a", nil, "b" })
    add("did you mean 'urgent'", rtc, RESUME, { "a" }, { urgend = true })
    add("the options of add", rtc, RESUME, { "a" }, 7)
    for name, values in pairs {
      urgent = { 1 }, not_before = { "x", -1, 0 / 0 }, params = { 1 },
      lifetime = { 0, -1, 0 / 0, 604801, "x" }, note = { "", "a\n", 7 },
    } do
      for _, value in ipairs(values) do
        add("'" .. name .. "' must", rtc, RESUME, { "a" }, { [name] = value })
      end
    end
    helper.throws("'store' is missing", function() streamctl.queue.new() end)
    helper.throws("'store' must be", function() streamctl.queue.new { store = 5 } end)
    helper.throws("a Redis URL ", function() streamctl.queue.new { store = "redis://x/y" } end)
    helper.throws("'store' must be a Redis, which keeps jobs", function()
      streamctl.queue.new { store = streamctl.store.memory() }
    end)
    helper.throws("did you mean 'durable'", function()
      streamctl.queue.new { store = b.store, durabel = true }
    end)
    for _, case in ipairs {
      { "work needs clients" }, { "did you mean 'clients'", { client = rtc } },
      { "option 'clients' must be", { clients = "x" } },
      { "must have the queue's store", { clients = { b.s:zego() } } },
      { "at least 36 s", { clients = { rtc }, lease = 35 } },
      { "no operation 'ForbidRTCStream_' (did you mean 'ForbidRTCStream'", { clients = { rtc },
        only = { RESUME, "ForbidRTCStream_" } } },
      { "option 'concurrency' must be", { clients = { rtc }, concurrency = 0 } },
      { "option 'should_stop' must be", { clients = { rtc }, should_stop = true } },
      { "a client is missing", { clients = { "x" } } },
      { "option 'clients' must be a list", { clients = rtc } },
      { "option 'clients' must be a list", { clients = { rtc = rtc } } },
    } do
      helper.throws(case[1], function() q:work(case[2]) end)
    end
    assert.equal(0, #q:jobs(ACCOUNT))
  end)

  it("items that cannot be sent are told, and nothing of the job is left", function()
    local rtc, live = b:zego(), b:aliyun()
    local function refuses(why, client, operation, items, given)
      fails("invalid_parameter", why, b.q:add(client, operation, items, given))
    end
    local list = ids(1100)
    list[1050] = "no id!"
    refuses("item 1041 to 1060", rtc, RESUME, list)
    refuses("item 1: ", rtc, RESUME, { "" })
    refuses("item 1 to 2: ", rtc, RESUME, { "a", 7 })
    refuses("item 1: ", rtc, RESUME, { { StreamId = { "a" } } })
    refuses("item 2: ForbidLiveStream takes a table of parameters, got a string", live,
      "ForbidLiveStream", { session.stream(), "s2" })
    refuses("item 1: ", live, "ForbidLiveStream", { session.stream { AppName = print } })
    refuses("item 1: ", live, "ForbidLiveStream", { session.stream { AppName = 0 / 0 } })
    refuses("item 1: ", rtc, RESUME, { "a" }, { params = { Nonsense = print } })
    refuses("SSLPri is a secret", live, "SetLiveDomainCertificate",
      { { DomainName = "push.example.com", SSLProtocol = "on", SSLPub = "p", SSLPri = "k" } })
    refuses("there are no items", rtc, RESUME, {})
    refuses("there are no items", rtc, RESUME, function() end)
    refuses("not_before must be within 7 days", rtc, RESUME, { "a" },
      { not_before = os.time() + 8 * 86400 })
    b.q = streamctl.queue.new { store = b.store }
    refuses("KickoutUser must never be sent twice", rtc, "KickoutUser", { "u" }, KICK)
    assert.same({ 0, 0 }, { #b.q:jobs(ACCOUNT), b.q:jobs(ACCOUNT).waiting })
    assert.same({ 0, 0 }, { #b.q:jobs(live.account), #b.e:requests() })
  end)

  it("a client of another account gets no job", function()
    local job = assert(b.q:add(b:zego(), RESUME, { "a" }))
    local other = b:zego { app_id = 222, server_secret = ("2"):rep(32) }
    b:work(function() return other end, function() return b.events[1] ~= nil end)
    assert.matches("for zego:1234567890 is one of zego:222", b.events[1].message)
    assert.equal("waiting 1 0 0 0 0", b:numbers(job))
  end)

  it("texts of any bytes come back as they were", function()
    local rtc = b:zego()
    local job = assert(b.q:add(rtc, "KickoutUser", { "\195\164 /\\\"" }, {
      params = { RoomId = "r", CustomReason = "\227\130\162" }, note = "n\195\164/\"",
    }))
    assert.equal("n\195\164/\"", b.q:status(job).note)
    assert.equal("done 1 1 0 0 0", done(job))
    local list, report = b:records(job)
    assert.same({ "\195\164 /\\\"", "\227\130\162" },
      { report:item(1), list[1].params.CustomReason })
    local odd, message = b.q:add(rtc, RESUME, { "a" }, { note = "\255" })
    if odd then
      assert(b.q:status(odd))
    else
      assert.matches("^invalid_parameter: ", message)
    end
    assert(b.q:jobs(ACCOUNT))
  end)

  for _, hours in ipairs { 5, -5 } do
    it(("a clock that is %d hours off"):format(hours), function()
      b.store.intent_ttl_ms = "1"
      local rtc, at = b:zego(), os.time() + 3600
      core.set_clock(core.now() + hours * 3600, core.monotonic())
      local later = assert(b.q:add(rtc, RESUME, { "c" }, { not_before = at, lifetime = 60 }))
      local open = b:command("PTTL streamctl:{zego:1234567890}:open")
      local ahead = assert(b.q:add(rtc, RESUME, { "a", "b" }))
      core.set_clock()
      assert.is_true(open > (3600 + 60) * 1000, open)
      assert.same({ at, at + 60 },
        { b.q:status(later).not_before, b.q:status(later).expires })
      assert.is_true(math.abs(b.q:status(ahead).added - os.time()) < 60)
      assert(rtc:forbid_rtc_streams { StreamId = { "b", "c" } }) -- by a host with the right clock
      assert.equal("done 2 1 0 0 1", done(ahead))
      assert.equal("waiting", b.q:status(later).state)
      local last = assert(b.q:add(rtc, RESUME, { "b" }))
      assert.equal("done 1 1 0 0 0", done(last))
    end)
  end
end)
