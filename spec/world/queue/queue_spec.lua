-- Jobs: what `add` takes, their stamp among other calls, and what is told of them.

local bench = require "spec.world.queue.bench"
local core = require "streamctl.core"
local ids = bench.ids
local session = require "spec.support.session"
local wait_until = require("spec.world.store.redis_server").wait_until

local RESUME, ACCOUNT = "ResumeRTCStreams", "zego:1234567890"

bench.describe("a job", function(b)
  -- The ids of each request of an operation, in the order in which the requests arrived.
  local function sent(action)
    local list = {}
    for i, entry in ipairs(b.e:requests { action = action }) do
      local found = entry.query["StreamId[]"] or entry.query["UserId[]"] or entry.query.StreamName
      list[i] = type(found) == "table" and found or { found }
    end
    return list
  end

  local function forbidden()
    local list = {}
    for id in pairs(b.e:state().zego.forbidden) do list[#list + 1] = id end
    return list
  end

  -- An iterator of a list that calls `before(i)` before each item.
  local function iterator(list, before)
    local i = 0
    return function()
      i = i + 1
      if before then before(i) end
      return list[i]
    end
  end

  describe("is carried out", function()
    local streams = {}
    for i = 1, 3 do streams[i] = { StreamName = "s" .. i } end
    streams[3].DomainName = "other.example.com"
    local shared = session.stream()
    shared.StreamName = nil
    local kicked = { { "s1", "s2", "s3", "s4", "s5" }, { "s6" } }
    local filled = { {}, { "s21", "s22" } }
    for i = 1, 20 do filled[1][i] = "s" .. i end
    for name, case in pairs {
      ["with ids"] = { "zego", RESUME, ids(22), sent = filled },
      ["with ids of an iterator"] = { "zego", "resume_rtc_streams", iterator(ids(22)),
        sent = filled },
      ["with ids and params, at most once"] = { "zego", "KickoutUser", ids(6),
        { params = { RoomId = "r" } }, sent = kicked },
      ["with tables, whose parameters win over params"] = { "aliyun", "ForbidLiveStream", streams,
        { params = shared }, sent = { { "s1" }, { "s2" }, { "s3" } } },
      ["with texts for the parameter that params leave out"] = { "aliyun", "ResumeLiveStream",
        iterator { "s1", streams[2] }, { params = shared }, sent = { { "s1" }, { "s2" } } },
    } do
      it(name, function()
        local client = b[case[1]](b)
        local job, message = b.q:add(client, case[2], case[3], case[4])
        assert(job, message)
        local status = assert(b.q:status(job))
        assert.same({ job, client.account, "waiting", false }, { status.job, status.account,
          status.state, status.urgent })
        assert.is_true(math.abs(status.added - os.time()) < 60)
        assert.equal(86400, status.expires - status.added)
        b:work({ client }, { job }, { concurrency = 1 })
        local got = sent()
        table.sort(got, function(one, two) return one[1] < two[1] end)
        assert.same(case.sent, got)
        local total = 0
        for _, list in ipairs(case.sent) do total = total + #list end
        assert.equal(("done %d %d 0 0 0"):format(total, total), b:numbers(job))
        local list, report = b:records(job)
        assert.same({ ok = total, failed = 0, unknown = 0, superseded = 0, unsent = 0 },
          report.counts)
        local plan = list[1]
        assert.same({ client.vendor.name, client.account, "live", "queue", status.operation,
          client.endpoint, total }, { plan.vendor, plan.account, plan.mode, plan.command,
          plan.operation, plan.endpoint, plan.total })
        assert.equal("end", list[#list].record)
        assert.same({ total, total, 0, 0, 0 }, { list[#list].total, list[#list].succeeded,
          list[#list].failed, list[#list].unsent, list[#list].status })
      end)
    end
    it("for both domains of its items", function()
      local job = assert(b.q:add(b:aliyun(), "ForbidLiveStream", streams, { params = shared }))
      b:work({ b:aliyun() }, { job })
      local domains = {}
      for _, entry in ipairs(b.e:requests()) do
        domains[entry.query.DomainName] = (domains[entry.query.DomainName] or 0) + 1
      end
      assert.same({ ["push.example.com"] = 2, ["other.example.com"] = 1 }, domains)
    end)
  end)

  it("that is urgent goes before the others", function()
    local rtc = b:zego()
    local bulk = assert(b.q:add(rtc, RESUME, ids(60, "bulk")))
    local urgent = assert(b.q:add(rtc, RESUME, { "urgent" }, { urgent = true, note = "ticket 7" }))
    assert.same({ true, "ticket 7" }, { b.q:status(urgent).urgent, b.q:status(urgent).note })
    b:work({ rtc }, { bulk, urgent }, { concurrency = 1 })
    assert.same({ "urgent" }, sent()[1])
  end)

  it("is carried out when it is due, within its time", function()
    local rtc, at = b:zego(), os.time() + 2
    local later = assert(b.q:add(rtc, RESUME, ids(2, "later"), { not_before = at }))
    local late = assert(b.q:add(rtc, RESUME, ids(2, "late"), { lifetime = 0.001 }))
    local urgent = assert(b.q:add(rtc, RESUME, { "urgent" }, { urgent = true, not_before = at }))
    local status = b.q:status(later)
    assert.same({ at, at + 86400 }, { status.not_before, status.expires })
    b:pass_end(late)
    b:work({ rtc }, { later, late, urgent })
    assert.equal("done 2 0 2 0 0", b:numbers(late))
    assert.equal("done 2 2 0 0 0", b:numbers(later))
    for _, entry in ipairs(b.e:requests()) do assert.is_true(entry.time >= at * 1000) end
    assert.equal(2, #b.e:requests())
    local list, report = b:records(late)
    assert.same({ "expired", 2 }, { list[3].code, report.counts.failed })
  end)

  describe("is as old as when it was added:", function()
    -- Intents that no older work keeps are forgotten at once.
    before_each(function() b.store.intent_ttl_ms = "1" end)

    it("newer calls win hours later, older ones lose", function()
      local rtc = b:zego()
      assert(rtc:forbid_rtc_streams { StreamId = { "old", "new" } })
      local job = assert(b.q:add(rtc, RESUME, { "old", "new" }))
      assert(rtc:forbid_rtc_streams { StreamId = { "new" } })
      b:work({ rtc }, { job })
      assert.equal("done 2 1 0 0 1", b:numbers(job))
      assert.same({ "new" }, forbidden())
      local list, report = b:records(job)
      assert.same({ true, "superseded" }, { list[3].ok, list[4].code })
      assert.equal(1, report.counts.superseded)
      -- its stamp is closed: nothing is kept any more
      assert.equal(0, b:command(("ZCARD %s"):format(b.store:key("open", ACCOUNT))))
    end)

    it("the newer of two jobs wins, whichever is carried out first", function()
      local rtc = b:zego()
      local resume = assert(b.q:add(rtc, RESUME, { "a", "b" }))
      local forbid = assert(b.q:add(rtc, "ForbidRTCStreams", { "a" }, { urgent = true }))
      b:work({ rtc }, { resume, forbid }, { concurrency = 1 })
      assert.same({ "a" }, forbidden())
      assert.equal("done 2 1 0 0 1", b:numbers(resume))
    end)

    for _, way in ipairs { "a list", "an iterator" } do
      it("in each domain of its items, from " .. way, function()
        local live, items = b:aliyun(), {}
        for i, domain in ipairs { "a.example.com", "b.example.com", "c.example.com" } do
          items[i] = session.stream { DomainName = domain }
        end
        core.set_clock(core.now() + 5, core.monotonic()) -- this host's clock is ahead
        assert(live:forbid_live_stream(items[2]))
        core.set_clock()
        assert(live:forbid_live_stream(items[3]))
        local job = assert(b.q:add(live, "ResumeLiveStream",
          way == "a list" and items or iterator(items)))
        assert(live:forbid_live_stream(items[1]))
        b:work({ live }, { job })
        assert.equal("done 3 2 0 0 1", b:numbers(job))
        assert.same({ "a.example.com/app/s1" }, (function()
          local list = {}
          for name in pairs(b.e:state().aliyun.blocked) do list[#list + 1] = name end
          return list
        end)())
        for _, item in ipairs(items) do
          local key = b.store:key("open", "aliyun:" .. item.DomainName)
          assert.equal(0, b:command("ZCARD " .. key), key)
        end
      end)
    end

    it("newer calls are known while an older job is open, and no longer", function()
      local rtc, at = b:zego { rate_limit = false }, os.time()
      local intents = b.store:key("open", ACCOUNT) .. "=kept"
      local function kept() return b:command("ZCARD " .. intents) end
      local function add(prefix, seconds)
        return assert(b.q:add(rtc, RESUME, ids(800, prefix), { not_before = at + seconds }))
      end
      local hour, one, two, week = add("h", 3600), add("a", 0), add("b", 0), add("w", 600000)
      assert.is_true(b.q:cancel(week))
      b:work({ rtc }, { one, two })
      assert.equal(1600, kept())
      local ttl = b:command("PTTL " .. intents)
      assert.is_true(ttl > 3600000, ttl)
      assert(rtc:forbid_rtc_streams { StreamId = { "h1" } })
      assert.equal(1601, kept())
      assert.is_true(b.q:cancel(hour))
      assert.same({}, b:command "KEYS *:open*")
      assert(wait_until(function() return not b:command("KEYS *intent*")[1] end))
      -- jobs that overlap: what only the older one needs goes with it
      local older, younger = add("c", 3600), add("d", 3600)
      assert(rtc:forbid_rtc_streams { StreamId = { "e" } })
      assert(rtc:call("ResumeRTCStreams", { StreamId = { "f", "g" } },
        { stamp = tonumber(younger:match "%d+$") }))
      assert.equal(3, kept())
      assert.is_true(b.q:cancel(older))
      assert.equal(1, kept())
      assert.is_true(b.q:cancel(younger))
      assert.equal(0, kept())
    end)

    it("a stamp that nobody closed ends by itself", function()
      local dead = assert(b.store:open(ACCOUNT, 1, 0.05))
      local open = assert(b.store:open(ACCOUNT, 1, 60))
      assert(wait_until(function()
        assert(b:zego():forbid_rtc_streams { StreamId = { "a" } })
        return b:command("ZCARD " .. b.store:key("open", ACCOUNT)) == 1
      end))
      assert.is_true(dead < open)
      assert(b.store:close(ACCOUNT, open))
      assert.same({}, b:command "KEYS *:open*")
    end)

    it("nothing is kept for a job that was cancelled, or never added", function()
      local rtc = b:zego()
      assert.is_true(b.q:cancel(assert(b.q:add(rtc, RESUME, { "a" }))))
      assert.is_nil((b.q:add(rtc, RESUME, iterator({ ("a"):rep(20), "no id" }))))
      for _, fail in ipairs { error, function() return nil, "no more" end } do
        local i = 0
        local job, message, err = b.q:add(rtc, RESUME, function()
          i = i + 1
          if i == 1021 then return fail "no more" end
          return "s" .. i
        end)
        assert.equal("caller_error", not job and err.code)
        assert.matches("^caller_error: the iterator failed: .*no more", message)
      end
      assert.equal(0, b:command(("ZCARD %s"):format(b.store:key("open", ACCOUNT))))
      assert.same({ 0, 0 }, { #b.q:jobs(ACCOUNT), b.q:jobs(ACCOUNT).waiting })
    end)
  end)

  it("of many requests is sent when all of it is there, in turns with others", function()
    local rtc = b:zego()
    local states = {}
    local one = assert(b.q:add(rtc, RESUME, iterator(ids(1101, "one"), function(i)
      if i % 500 == 0 then -- a worker of which nothing comes
        local list = b.q:jobs(ACCOUNT)
        states[#states + 1] = list[1] and list[1].state or "none"
        local polls = 0
        b:work({ rtc }, function()
          polls = polls + 1
          return polls > 20
        end)
      end
    end)))
    assert.same({ "none", "none" }, { states[1], #sent() > 0 and "sent" or "none" })
    assert.equal("waiting 1101 0 0 0 0", b:numbers(one))
    local two = assert(b.q:add(rtc, RESUME, ids(1101, "two")))
    assert.equal(112, b.q:jobs(ACCOUNT).waiting)
    b:work({ rtc }, { one, two })
    local turns, before = 0, nil
    for _, list in ipairs(sent()) do
      local job = list[1]:match "^%a+"
      if job ~= before then turns, before = turns + 1, job end
    end
    assert.is_true(turns >= 4, turns)
    assert.equal("done 1101 1101 0 0 0", b:numbers(one))
    assert.equal("done 1101 1101 0 0 0", b:numbers(two))
    local _, report = b:records(one)
    assert.same({ "one1101", 1101 }, { report:item(1101), report.counts.ok })
    assert.equal(0, b.q:jobs(ACCOUNT).waiting)
  end)

  it("is refused when too much waits, and leaves nothing", function()
    local rtc = b:zego()
    local q = require("streamctl").queue.new { store = b.store, max_waiting = 52 }
    local first = assert(q:add(rtc, RESUME, ids(20)))
    for _, items in ipairs { ids(1100), iterator(ids(1100)) } do
      local job, message, err = q:add(rtc, RESUME, items)
      assert.equal("full", not job and err.code)
      assert.matches("^full: more than 52 requests", message)
      assert.same({ 1, 1 }, { #q:jobs(ACCOUNT), q:jobs(ACCOUNT).waiting })
    end
    assert(q:add(rtc, RESUME, ids(51 * 20)))
    b:work({ rtc }, { first })
    assert.equal(#sent() - 1, 51 - q:jobs(ACCOUNT).waiting)
    assert(q:add(rtc, RESUME, ids(20)))
  end)

  it("may fill all that may wait", function()
    local q = require("streamctl").queue.new { store = b.store, max_waiting = 1 }
    assert(q:add(b:zego(), RESUME, ids(20)))
  end)

  it("that is cancelled while it is added ends", function()
    local job, message, err = b.q:add(b:zego(), RESUME, iterator(ids(2101), function(i)
      if i == 1100 then assert(b.q:cancel(b.q:jobs(ACCOUNT)[1].job)) end
    end))
    assert.equal("cancelled", not job and err.code)
    assert.matches("^cancelled: the job was cancelled", message)
    assert.same({ 0, 0 }, { #b.q:jobs(ACCOUNT), b.q:jobs(ACCOUNT).waiting })
  end)

  describe("survives a connection that breaks", function()
    for _, name in ipairs { "add", "accounts", "stamp", "server" } do
      for _, after in ipairs { true, false } do
        it((after and "after " or "before ") .. name .. " ran", function()
          b:break_at(name, after, 1)
          local job = assert(b.q:add(b:zego(), RESUME, ids(1010)))
          b.tap = false
          assert.same({ 51, 1 }, { b.q:jobs(ACCOUNT).waiting, #b.q:jobs(ACCOUNT) })
          b:work({ b:zego() }, { job })
          assert.equal("done 1010 1010 0 0 0", b:numbers(job))
          assert.equal(51, #sent())
        end)
      end
    end
  end)

  it("is added once where the answer is lost, though workers have done it meanwhile", function()
    local rtc = b:zego()
    b.tap = function(name, _, run)
      local reply = run()
      if name ~= "add" then return reply end
      b.tap = false
      b:work({ rtc }, function() return #sent() == 1 and #b.q:jobs(ACCOUNT) == 0 end)
      error("connection closed", 0)
    end
    local job = assert(b.q:add(rtc, RESUME, { "a" }))
    b:work({ rtc }, { job })
    assert.same({ "done 1 1 0 0 0", 1 }, { b:numbers(job), #sent() })
  end)

  it("is known for a day after its end, as long as `keep` says, after failures longer", function()
    local rtc, DAY = b:zego(), 86400
    b.e:state { zego = { refused = { bad = 30009 } } }
    for _, case in ipairs { { { "a" }, nil, DAY }, { ids(300), nil, DAY }, { ids(300), 60, 60 },
      { { "a", "bad" }, 60, 7 * DAY } } do
      local job = assert(b.q:add(rtc, RESUME, case[1], { keep = case[2] }))
      b:work({ rtc }, { job })
      local keys = b:command("KEYS *:queue:*" .. job:match "%d+$")
      assert.equal(#case[1] == 1 and 1 or 2, #keys)
      for _, key in ipairs(keys) do
        local ttl = b:command("TTL " .. key)
        assert.is_true(ttl > case[3] - 50 and ttl <= case[3], key .. " " .. ttl)
      end
    end
  end)

  it("whose adding died never begins", function()
    local count = 0
    b.tap = function(name, _, run)
      if name == "add" then count = count + 1 end
      if count > 1 then error("connection refused", 0) end
      return run()
    end
    local job, _, err = b.q:add(b:zego(), RESUME, ids(2010), { lifetime = 1 })
    b.tap = false
    assert.same({ "store" }, { not job and err.code })
    local status = assert(b.q:jobs(ACCOUNT))[1]
    assert.same({ "adding", nil }, { status.state, status.total })
    assert.equal(50, b.q:jobs(ACCOUNT).waiting)
    b:work({ b:zego() }, { status.job })
    assert.equal("expired - 0 0 0 0", b:numbers(status.job))
    assert.same({}, sent())
    assert.same({ 0, 0 }, { b.q:jobs(ACCOUNT).waiting, #b.q:jobs(ACCOUNT) })
    local records, message = b.q:records(status.job)
    assert.is_nil(records)
    assert.matches("^not_found: .* never added completely", message)
  end)

  it("does not run when add has failed, though its entries were written", function()
    b:break_at("add", true, 2) -- the repeat, too
    local message, err = select(2, b.q:add(b:zego(), RESUME, { "a" }))
    assert.equal("store", err.code)
    assert.not_matches("unknown", message)
    assert.equal(0, #b.q:jobs(ACCOUNT))
    local other = assert(b.q:add(b:zego(), RESUME, { "b" }))
    b:work({ b:zego() }, { other })
    assert.equal(1, #sent())
  end)

  it("takes iterators that must not be asked after their end", function()
    local job = assert(b.q:add(b:zego(), RESUME, coroutine.wrap(function()
      for _, id in ipairs(ids(3)) do coroutine.yield(id) end
    end)))
    assert.equal(3, b.q:status(job).total)
  end)

  it("has a name of its own", function()
    core.set_clock(core.now(), core.monotonic()) -- kicks have no order that gives numbers
    local jobs = {}
    for i = 1, 3 do
      jobs[i] = assert(b.q:add(b:zego(), "KickoutUser", { "u" .. i },
        { params = { RoomId = "r" } }))
    end
    core.set_clock()
    b:work({ b:zego() }, jobs)
    assert.equal(3, #sent())
    for _, job in ipairs(jobs) do assert.equal("done 1 1 0 0 0", b:numbers(job)) end
  end)

  it("is cancelled: nothing more is sent, its items are told", function()
    local rtc = b:zego()
    local job = assert(b.q:add(rtc, RESUME, ids(1100)))
    local other = assert(b.q:add(rtc, RESUME, { "x" }))
    b:work({ rtc }, function() return #sent() >= 2 end)
    assert.is_true(b.q:cancel(job))
    assert.is_false(b.q:cancel(job))
    local count = #sent()
    b:work({ rtc }, { other })
    assert.equal(0, b.q:jobs(ACCOUNT).waiting)
    local _, report = b:records(job)
    assert.equal(1100, report.total)
    local unsent = 1100
    for i, list in ipairs(sent()) do
      if i <= count and list[1] ~= "x" then unsent = unsent - #list end
    end
    assert.same({ unsent, "s1100" }, { report.counts.unsent, report:item(1100) })
    assert.equal("cancelled", b.q:status(job).state)
    assert.is_false(b.q:cancel(other))
  end)

  it("is told of, and waits while its account is paused", function()
    local rtc, live = b:zego(), b:aliyun()
    local job = assert(b.q:add(rtc, RESUME, { "a" }))
    assert(b.q:add(live, "ResumeLiveStream", { session.stream() }))
    local accounts = assert(b.q:accounts())
    table.sort(accounts)
    assert.same({ live.account, ACCOUNT }, accounts)
    assert(b.q:pause(ACCOUNT, "by hand"))
    local list = assert(b.q:jobs(ACCOUNT))
    assert.same({ "by hand", 1, 0, "paused" }, { list.paused, list.waiting, list.workers,
      list[1].state })
    assert.equal("by hand", b.q:status(job).paused)
    local polls = 0
    b:work({ rtc }, function()
      polls = polls + 1
      return polls > 30
    end)
    assert.same({}, sent())
    assert(b.q:resume(rtc))
    assert.same({ "waiting", nil }, { b.q:status(job).state, b.q:jobs(rtc).paused })
    b:work({ rtc }, { job })
  end)

  it("of the test environment is no job of the live one", function()
    local test, live = b:zego { is_test = true }, b:zego()
    local job = assert(b.q:add(test, RESUME, { "a" }))
    local other = assert(b.q:add(live, RESUME, { "b" }))
    assert(b.q:pause(test.account))
    b:work({ live }, { other })
    assert.equal("paused", b.q:status(job).state)
    assert(b.q:resume(test))
    assert.equal("waiting", b.q:status(job).state)
    b:work({ test }, { job })
    assert.equal("test", b:records(job)[1].mode)
    assert.equal("true", b.s:last_request().query.IsTest)
  end)

  it("leaves no key without an end", function()
    local rtc = b:zego()
    local one = assert(b.q:add(rtc, RESUME, ids(1100)))
    local two = assert(b.q:add(rtc, "KickoutUser", ids(300), { params = { RoomId = "r" } }))
    b:work({ rtc }, function() return #b.e:requests() >= 4 end)
    assert(b.q:cancel(one))
    assert(b.q:cancel(assert(b.q:add(rtc, RESUME, ids(60)))))
    local function have_ends()
      for _, key in ipairs(b:command "KEYS *") do
        assert.is_true(b:command("TTL " .. key) > 0, key)
      end
    end
    assert.same({ ACCOUNT }, b.q:accounts())
    have_ends()
    b:work({ rtc }, { two })
    have_ends()
  end)
end)
