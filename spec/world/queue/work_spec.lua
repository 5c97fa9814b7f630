-- Workers: how they carry out jobs, and what becomes of what others left.

local bench = require "spec.world.queue.bench"
local core = require "streamctl.core"
local ids = bench.ids
local redis_server = require "spec.world.store.redis_server"
local session = require "spec.support.session"
local streamctl = require "streamctl"

local RESUME, FORBID, ACCOUNT = "ResumeRTCStreams", "ForbidRTCStreams", "zego:1234567890"
local KICK = { params = { RoomId = "r" } }
local SHORT, LEASE = { timeout = 1 }, { lease = 8, concurrency = 1 }

bench.describe("a worker", function(b)
  local function requests(action) return #b.e:requests { action = action } end

  local function codes()
    local set = {}
    for _, event in ipairs(b.events) do set[event.code] = event.account or "" end
    return set
  end

  -- Tells when the jobs have ended; meanwhile all leases end at once.
  local function without_leases(jobs)
    return function()
      b:pass_lease()
      for _, job in ipairs(jobs) do
        if b.q:status(job).state ~= "done" then return false end
      end
      return true
    end
  end

  -- Counts by the name of the script what is asked.
  local function count_asked(after)
    local asked = { take = 0, lengths = 0 }
    b.tap = function(name, _, run)
      local reply = run()
      asked[name] = (asked[name] or 0) + 1
      after(name, reply)
      return reply
    end
    return asked
  end

  it("holds few entries of an account, and asks little", function()
    local rtc, longest = b:zego { rate_limit = 20 }, 0
    local urgent = assert(b.q:add(rtc, RESUME, ids(20, "u"), { urgent = true }))
    local job = assert(b.q:add(rtc, RESUME, ids(400)))
    local asked = count_asked(function(name, reply)
      if name == "stamp" and reply[5] then longest = math.max(longest, reply[5] / 1000) end
    end)
    local report = b:work({ rtc }, { urgent, job }, { concurrency = 8 })
    assert.equal(21, report.requests)
    assert.is_true(longest > 40 and longest < 180, longest) -- two entries, and an urgent one
    -- most entries are taken with the question that ends another one
    assert.is_true(asked.take < 15, asked.take)
    assert.equal(0, asked.lengths) -- nobody listens
    assert.equal(0, b.e:state().zego.violations)
  end)

  it("holds no entry whose slot is far away, so a job that is cancelled then ends", function()
    local rtc = b:zego { rate_limit = 0.2 }
    local job = assert(b.q:add(rtc, RESUME, ids(60)))
    b:work({ rtc }, function()
      if requests() == 0 then return false end
      if b.q:status(job).state ~= "cancelled" then assert(b.q:cancel(job)) end
      return #b:pending() == 0
    end)
    assert.same({ 1, "cancelled 60 20 0 0 0" }, { requests(), b:numbers(job) })
  end)

  it("leaves to others what it cannot send, while answers are slow", function()
    local rtc = b:zego()
    b.e:fault { action = RESUME, kind = "latency", held = true, times = 1 }
    local job, is_over = assert(b.q:add(rtc, RESUME, ids(200))), false
    streamctl.run(function()
      local slow = streamctl.spawn(function()
        b:work({ rtc }, function() return is_over end, { concurrency = 1 })
      end)
      while requests() == 0 do streamctl.sleep(0.01) end
      assert.equal(1, #b:pending())
      b:work({ rtc }, function()
        if b.q:status(job).succeeded < 180 then return false end
        is_over = true
        b.e:release()
        return true
      end)
      slow:join()
    end)
    assert.equal("done 200 200 0 0 0", b:numbers(job))
  end)

  it("looks for new work in turn with those that serve the same accounts", function()
    local rtc, other = b:zego(), b:zego { is_test = true }
    -- The group in which a worker asks at last, and how long it is told to wait.
    local function turn_of(clients)
      local group, wait
      b.tap = function(name, values, run)
        local reply = run()
        if name == "accounts" then
          group, wait = values[#values], tonumber(reply[3])
        end
        return reply
      end
      b:work(clients, function() return group end)
      return group, wait
    end
    local group, wait = turn_of { rtc }
    assert.same({ group, true }, { turn_of { rtc }, wait <= 800 })
    assert.is_true(select(2, turn_of { rtc }) > 800) -- after the others
    -- nobody knows whose work a function leaves to others
    for _, clients in ipairs { { other }, { rtc, other }, function() return rtc end,
      function() return rtc end } do
      local its, its_wait = turn_of(clients)
      assert.same({ true, true }, { its ~= group, its_wait <= 800 })
    end
  end)

  it("carries out what it may, and has jobs of other operations fail", function()
    local rtc, only = b:zego(), { only = "resume_rtc_streams" }
    for operation, state in pairs { [RESUME] = "succeeded", [FORBID] = "failed" } do
      local job = assert(b.q:add(rtc, operation, { "a" }))
      b:work({ rtc }, { job }, only)
      local status = b.q:status(job)
      assert.same({ 1, 0, state == "succeeded" }, { status[state], status.unsent, status.ok })
      assert.equal(job .. ": done, 1 item: 1 " .. state, tostring(status))
    end
    local job = assert(b.q:add(rtc, RESUME, { "a" }))
    for _, key in ipairs(b:command "KEYS streamctl:*:queue:*job:*") do -- as somebody else writes
      b:command(("HSET %s method DeleteRTCStreams"):format(key))
    end
    b:work({ rtc }, { job }, only)
    assert.same({ 1, 1, 1 }, { b.q:status(job).failed, requests(RESUME), #b.e:requests() })
  end)

  it("refuses a ban whose end has passed since the job was added", function()
    local live = b:aliyun()
    local job = assert(b.q:add(live, "ForbidLiveStream", { session.stream() },
      { params = { ResumeTime = os.time() + 3600 } }))
    for _, key in ipairs(b:command "KEYS streamctl:*:queue:*job:*") do
      b:command("HSET " .. key .. [[ params '{"ResumeTime":"2020-01-02T03:04:05Z"}']])
    end
    b:work({ live }, { job })
    assert.equal("invalid_parameter", b:records(job)[3].code)
    assert.same({ 1, 0 }, { b.q:status(job).failed, requests() })
  end)

  it("tells how much is queued, at first and then each 15 s", function()
    local rtc, other = b:zego(), b:zego { is_test = true }
    assert(b.q:add(rtc, RESUME, ids(3000), { not_before = os.time() + 3600 })) -- 150 requests
    assert(b.q:add(rtc, FORBID, ids(40), { urgent = true }))
    assert(b.q:add(other, RESUME, ids(20)))
    assert(b.q:add(other, RESUME, ids(3000, "x"))) -- behind the other one
    local EARLIER = { ["3000 test"] = 500, ["3000"] = 800, ["40"] = 100 } -- seconds
    for _, key in ipairs(b:command "KEYS streamctl:*:queue:*job:*") do
      local total = b:command(("HGET %s total"):format(key))
      local seconds = EARLIER[total .. (key:find "test" and " test" or "")] or 0
      local began = b:command(("HGET %s began"):format(key))
      b:command(("HSET %s began %.0f"):format(key, began - seconds * 1000))
    end
    b.e:fault { kind = "latency", held = true, times = -1 }
    local asked, is_later = 0, false
    b.tap = function(name, _, run)
      asked = asked + (name == "lengths" and 1 or 0)
      return run()
    end
    b:work({ rtc, other }, function()
      if #b:pending() < 3 then return false end
      if b.lengths[1] and not is_later then
        local wall, now = core.clocks()
        core.set_clock(wall, now + 15)
        is_later = true
      end
      if not b.lengths[2] then return false end
      b.e:release()
      return true
    end, { concurrency = 2, on_lengths = function(event) table.insert(b.lengths, event) end })
    local first, second = b.lengths[1], b.lengths[2]
    assert.equal(4, asked) -- for each account
    for _, event in ipairs { first, second } do
      local bulk, urgent = event.bulk, event.urgent
      assert.equal(301, bulk.later + bulk.waiting + bulk.taken)
      assert.is_true(bulk.later > 200) -- few are moved at a time
      assert.equal(2, urgent.waiting + urgent.taken)
      assert.is_true(urgent.oldest >= 100 and urgent.oldest < 400)
      assert.is_true(bulk.oldest >= 500 and bulk.oldest < 700) -- 800 are not due
    end
    assert.equal(3, second.urgent.taken + second.bulk.taken)
    assert.is_true(second.urgent.taken >= 1) -- tasks that are not for urgent ones take either
  end)

  it("sends urgent requests while all others are out, and waits for those", function()
    local rtc = b:zego()
    b.e:fault { action = RESUME, kind = "latency", held = true, times = -1 }
    local bulk = assert(b.q:add(rtc, RESUME, ids(60)))
    local urgent
    b:work({ rtc }, function()
      if requests(RESUME) < 2 then return false end
      urgent = urgent or assert(b.q:add(rtc, FORBID, { "x" }, { urgent = true }))
      if b.q:status(urgent).state ~= "done" then return false end
      assert.equal(2, requests(RESUME)) -- at most as many as `concurrency`
      assert.equal("working", b.q:status(bulk).state)
      b.e:release()
      return true
    end, { concurrency = 2 })
    assert.equal("working 60 40 0 0 0", b:numbers(bulk))
    assert.same({}, b:pending())
  end)

  it("counts what became of each item", function()
    local rtc, live = b:zego(), b:aliyun()
    b.e:state { zego = { refused = { s2 = 30009 } } }
    b.e:answer("SendCustomCommand", { { Data = { FailUsers = { { Uid = "u2", Code = 5 } } } } })
    local stream = session.stream()
    assert(live:forbid_live_stream(stream))
    local jobs = {
      refused = assert(b.q:add(rtc, RESUME, ids(3))),
      partial = assert(b.q:add(rtc, "SendCustomCommand", ids(3, "u"), { params = {
        RoomId = "r", FromUserId = "f", MessageContent = "m" } })),
      conflict = assert(b.q:add(live, "ForbidLiveStream", { stream })),
      created = assert(b.q:add(live, "CreateLivePullToPush", { session.task() })),
    }
    b:work({ rtc, live }, { jobs.refused, jobs.partial, jobs.conflict, jobs.created })
    assert.equal("done 3 2 1 0 0", b:numbers(jobs.refused))
    assert.equal("done 3 2 1 0 0", b:numbers(jobs.partial))
    assert.equal("done 1 0 1 0 0", b:numbers(jobs.conflict))
    for _, name in ipairs { "refused", "partial" } do
      local list, report = b:records(jobs[name])
      assert.same({ "ok", "failed", "ok" }, { report:state(1), report:state(2), report:state(3) })
      assert.same({ true, false, true, 1 }, { list[3].ok, list[4].ok, list[5].ok, list[6].status })
      assert.equal("vendor", list[4].code)
      assert.matches("^vendor: ", list[4].message)
      assert.truthy(list[4].vendor_code)
      assert.is_nil(list[4].items)
    end
    assert.equal("conflict", b:records(jobs.conflict)[3].code)
    local record = b:records(jobs.created)[3] -- a new task has an id that nobody knows else
    assert.truthy(record.ok and record.answer.TaskId, "the answer is lost")
  end)

  it("repeats what failed for now, five times, and what was not sent as long as needed", function()
    local rtc, live = b:zego(SHORT), b:aliyun(SHORT)
    b.e:fault { action = RESUME, kind = "throttle", times = 6 }
    b.e:fault { action = FORBID, kind = "status", status = 503, times = 4 }
    b.e:fault { action = "ForbidLiveStream", kind = "status", status = 503, times = -1 }
    b.e:fault { action = "CreateLivePullToPush", kind = "status", status = 503, times = -1 }
    local throttled = assert(b.q:add(rtc, RESUME, ids(2, "a")))
    local passing = assert(b.q:add(rtc, FORBID, ids(2, "b"), { urgent = true }))
    local lasting = assert(b.q:add(live, "ForbidLiveStream", { session.stream() }))
    local unsafe = assert(b.q:add(live, "CreateLivePullToPush", { session.task() }))
    b:work({ rtc, live }, without_leases { throttled, passing, lasting, unsafe }, LEASE)
    assert.same({ 7, 5, 5, 1 }, { requests(RESUME), requests(FORBID), requests "ForbidLiveStream",
      requests "CreateLivePullToPush" })
    assert.equal("done 2 2 0 0 0", b:numbers(throttled))
    assert.equal("done 2 2 0 0 0", b:numbers(passing))
    assert.equal("done 1 0 1 0 0", b:numbers(lasting))
    assert.equal("done 1 0 0 1 0", b:numbers(unsafe))
    assert.equal("http", b:records(lasting)[3].code)
  end)

  it("sends nothing that it took before it stood still", function()
    local rtc = b:zego()
    local job, is_back = assert(b.q:add(rtc, RESUME, { "a" })), false
    b.tap = function(name, _, run)
      local reply = run()
      if name == "take" and reply[2] == "entry" then core.set_clock(core.now() + 31) end
      is_back = is_back or name == "give_back"
      return reply
    end
    b:work({ rtc }, function() return is_back end) -- with a lease of 60 s
    assert.equal(0, requests(RESUME))
    core.set_clock()
    b.tap = false
    b:pass_lease()
    b:work({ rtc }, { job })
    assert.equal("done 1 1 0 0 0", b:numbers(job))
  end)

  it("waits for a lease before a repeat", function()
    local rtc = b:zego(SHORT)
    b.e:fault { action = FORBID, kind = "status", status = 503, times = -1 }
    local failing = assert(b.q:add(rtc, FORBID, { "a" }))
    local job = assert(b.q:add(rtc, RESUME, ids(2000, "b")))
    b:work({ rtc }, { job }, LEASE)
    assert.is_true(requests(FORBID) <= 2, requests(FORBID))
    assert.equal("working", b.q:status(failing).state)
  end)

  it("finds soon all that others left", function()
    local rtc = b:zego()
    local job = assert(b.q:add(rtc, RESUME, ids(400)))
    b.e:fault { kind = "throttle", times = 20 }
    b:work({ rtc }, function() return requests() == 20 and #b:pending() == 20 end)
    b:pass_lease()
    b:work({ rtc }, { job }) -- with a lease of 60 s
    assert.equal("done 400 400 0 0 0", b:numbers(job))
  end)

  it("gives up what five workers have died of", function()
    local rtc = b:zego()
    local job, other = assert(b.q:add(rtc, RESUME, { "a" })), assert(b.q:add(rtc, RESUME, { "b" }))
    b:dying({ rtc }, "take", true)
    b:pass_lease(4)
    b:dying({ rtc }, "take", true)
    b:pass_lease()
    b:work({ rtc }, { job, other })
    assert.equal("done 1 0 1 0 0", b:numbers(job))
    assert.equal("gave_up", b:records(job)[3].code)
    assert.equal("done 1 1 0 0 0", b:numbers(other))
  end)

  it("pauses an account whose key is refused three times, and goes on later", function()
    local rtc = b:zego()
    local job = assert(b.q:add(rtc, RESUME, ids(200)))
    b.e:config { zego_secret = "other" }
    local paused
    b:work({ rtc }, function()
      if paused then return requests() > 3 end
      paused = #b:pending() == 3 and b.q:jobs(ACCOUNT).paused
      if not paused then return false end
      assert.equal(3, requests())
      b.e:config { zego_secret = "" }
      assert(b.q:resume(ACCOUNT))
    end, { concurrency = 1 })
    assert.matches("^signature: ", paused)
    assert.equal(ACCOUNT, codes().credentials)
    b:pass_lease()
    b:work({ rtc }, { job })
    assert.equal("done 200 200 0 0 0", b:numbers(job))
  end)

  it("gives back at once what it has not sent when it stops, uncounted", function()
    local slow, job = b:zego { rate_limit = 0.2 }, nil
    for i = 1, 6 do
      job = job or assert(b.q:add(slow, RESUME, ids(40)))
      b:work({ slow }, function() return b.q:status(job).succeeded == 20 and #b:pending() == 1 end)
      assert.equal(1, requests(), i)
      assert.same({ 0, true }, { b:pending()[1][5], b:pending()[1][4] >= 60000 })
    end
    b:work({ b:zego() }, { job })
    assert.equal("done 40 40 0 0 0", b:numbers(job))
  end)

  it("takes what a dead one left, where what it did counts as done", function()
    local live = b:aliyun(SHORT)
    local task = session.task()
    local id = assert(live:create_live_pull_to_push(task)).TaskId
    local job = assert(b.q:add(live, "StopLivePullToPush", { { TaskId = id,
      Region = task.Region } }))
    b:dying({ live }, "finish")
    assert.equal("working 1 0 0 0 0", b:numbers(job))
    assert.equal(1, b.q:jobs(live.account).workers)
    assert.equal(1, requests "StopLivePullToPush")
    b:pass_lease()
    b:work({ live }, { job }, LEASE)
    assert.same({ "done 1 1 0 0 0", 2 }, { b:numbers(job), requests "StopLivePullToPush" })
  end)

  it("gives back what a dead one left, when it stops before it sends that again", function()
    local waits = false
    local slow = b:zego { rate_limit = 0.1, on_event = function(event)
      waits = waits or event.event == "wait"
    end }
    local job = assert(b.q:add(slow, RESUME, { "a" }))
    b:dying({ slow }, "finish")
    b:pass_lease()
    b:work({ slow }, function() return waits end)
    assert.same({ "working 1 0 0 0 0", 1 }, { b:numbers(job), requests() })
    b:work({ b:zego() }, { job })
    assert.same({ "done 1 1 0 0 0", 2 }, { b:numbers(job), requests() })
  end)

  it("leaves what another one still has", function()
    local rtc = b:zego(SHORT)
    local job = assert(b.q:add(rtc, RESUME, { "a" }))
    b:dying({ rtc }, "take", true)
    local other = assert(b.q:add(rtc, RESUME, ids(40, "b")))
    b:work({ rtc }, { other }, LEASE)
    assert.equal("working 1 0 0 0 0", b:numbers(job))
  end)

  describe("that dies with a request which must not be sent twice", function()
    for name, case in pairs {
      ["before the mark"] = { "take", true, 1, "done 1 1 0 0 0" },
      ["while it marks"] = { "mark", false, 1, "done 1 1 0 0 0" },
      ["after the mark"] = { "mark", true, 0, "done 1 0 0 1 0" },
      ["before the result is noted"] = { "finish", false, 1, "done 1 0 0 1 0" },
      ["after the result is noted"] = { "finish", true, 1, "done 1 1 0 0 0" },
    } do
      it(name, function()
        local live = b:aliyun()
        local task = session.task()
        local job = assert(b.q:add(live, "CreateLivePullToPush", { task }))
        b:dying({ live }, case[1], case[2])
        b:pass_lease()
        local is_marked = case[4]:find "0 0 1 0"
        if is_marked then -- a report says so at once
          local _, report = b:records(job)
          assert.equal("unknown", report:state(1))
          assert.equal("working 1 0 0 0 0", b:numbers(job))
        end
        b:work({ live }, { job })
        assert.equal(case[3], requests "CreateLivePullToPush")
        assert.equal(case[4], b:numbers(job))
        if not is_marked then return end
        local list, report = b:records(job)
        assert.same({ "outcome_unknown", true }, { list[3].code, list[3].maybe_sent })
        assert.matches("^outcome_unknown: ", list[3].message)
        assert.equal("DescribeLivePullToPushList", report.queries[1].operation)
        assert.truthy(next(report.queries[1].params))
        assert.equal(4, list[#list].status)
      end)
    end

    it("and may be repeated, and is cancelled then: it may have been executed", function()
      local job = assert(b.q:add(b:zego(), "ResumeRTCStreams", { "a" }))
      b:dying({ b:zego() }, "finish", false)
      assert.is_true(b.q:cancel(job))
      b:pass_lease()
      b:work({ b:zego() }, function() return #b:pending() == 0 end)
      local list, report = b:records(job)
      assert.same({ "cancelled 1 0 1 0 0", "failed", "cancelled", true, 1 }, { b:numbers(job),
        report:state(1), list[3].code, list[3].maybe_sent, #b.e:requests() })
      assert.matches("an earlier request may have been executed", list[3].message, 1, true)
    end)

    it("before the mark, and is cancelled then: it may go again", function()
      local rtc = b:zego()
      local job = assert(b.q:add(rtc, "KickoutUser", { "u" }, KICK))
      b:dying({ rtc }, "take", true)
      assert(b.q:cancel(job))
      assert.equal("cancelled 1 0 0 0 0", b:numbers(job))
      b:pass_lease()
      b:work({ rtc }, function() return #b:pending() == 0 end)
      local _, report = b:records(job)
      assert.same({ "cancelled 1 0 1 0 0", "failed", 0 },
        { b:numbers(job), report:state(1), requests() })
    end)

    it("and is cancelled then: its outcome is unknown all the same", function()
      local rtc = b:zego()
      local job = assert(b.q:add(rtc, "KickoutUser", ids(7), KICK)) -- in requests of five
      b:dying({ rtc }, "finish")
      assert(b.q:cancel(job))
      local function is_told()
        local list, report = b:records(job)
        local status, last = b.q:status(job), list[#list]
        assert.same({ "unknown", 5, 2 },
          { report:state(1), report.counts.unknown, report.counts.unsent })
        assert.same({ 7, 5, 2, 4 }, { last.total, last.unknown, last.unsent, last.status })
        assert.same({ 7, 5, 2 }, { status.total, status.unknown, status.unsent })
      end
      is_told() -- before another worker has noticed
      local unsent = assert(b.q:add(rtc, "KickoutUser", { "w" }, KICK))
      assert(b.q:cancel(unsent))
      assert.equal("cancelled 1 0 0 0 0", b:numbers(unsent))
      b:pass_lease()
      local other = assert(b.q:add(rtc, "KickoutUser", { "v" }, KICK))
      b:work({ rtc }, { other })
      is_told()
      assert.equal(2, requests())
    end)

    it("says nothing of an entry of the other lane that has the same number", function()
      local rtc = b:zego()
      b:work({ rtc }, { (assert(b.q:add(rtc, "KickoutUser", { "u" }, KICK))) })
      local key = b.q.store:key("queue", rtc.account)
      for _, lane in ipairs { "urgent", "bulk" } do
        b:command(("XSETID %s:%s 9999999999999-1"):format(key, lane))
      end
      assert(b.q:add(rtc, "KickoutUser", { "v" }, { params = KICK.params, urgent = true }))
      b:dying({ rtc }, "finish")
      local job = assert(b.q:add(rtc, "KickoutUser", { "w" }, KICK))
      assert(b.q:cancel(job))
      assert.same({ 0, 1 }, { b.q:status(job).unknown, b.q:status(job).unsent })
      assert.equal("unsent", (select(2, b:records(job))):state(1))
    end)
  end)

  it("sends nothing that another one has taken while it waited", function()
    local rtc = b:zego()
    local job = assert(b.q:add(rtc, "KickoutUser", { "u" }, KICK))
    local is_taken = false
    b.tap = function(name, _, run)
      if name == "mark" and not is_taken then
        is_taken = true
        b:pass_lease()
        b:dying({ rtc }, "take", true)
      end
      return run()
    end
    local polls = 0
    b:work({ rtc }, function()
      if is_taken then polls = polls + 1 end
      return polls > 20
    end)
    assert.equal(0, requests())
    b:pass_lease()
    b:work({ rtc }, { job })
    assert.same({ 1, "done 1 1 0 0 0" }, { requests(), b:numbers(job) })
  end)

  it("notes the answer that comes when another one has given it up", function()
    local rtc = b:zego()
    local job = assert(b.q:add(rtc, "KickoutUser", { "u" }, KICK))
    b.e:fault { kind = "latency", held = true }
    local is_over, seen = false, nil
    streamctl.run(function()
      local first = streamctl.spawn(function()
        b:work({ rtc }, function() return is_over end, { concurrency = 1 })
      end)
      b:work({ rtc }, function()
        if requests() == 0 then return false end
        b:pass_lease()
        if not seen and b:numbers(job) == "done 1 0 0 1 0" then
          seen = true
          b.e:release()
        end
        is_over = seen and b:numbers(job) == "done 1 1 0 0 0"
        return is_over
      end, { concurrency = 1 })
      first:join()
    end)
    assert.same({ true, 1 }, { seen, requests() })
    local _, report = b:records(job)
    assert.same({ ok = 1, failed = 0, unknown = 0, superseded = 0, unsent = 0 },
      report.counts)
    assert.same({}, b:command("KEYS *:sent:*"))
  end)

  it("sends nothing unsafe unless a replica has the mark", function()
    local replica = assert(redis_server.start())
    local ok, why = pcall(function()
      replica:command("REPLICAOF 127.0.0.1 " .. b.server.port)
      assert(redis_server.wait_until(function()
        return replica:command("INFO replication"):find "master_link_status:up"
      end))
      local rtc = b:zego(SHORT)
      local first = assert(b.q:add(rtc, "KickoutUser", { "u" }, KICK))
      b:work({ rtc }, { first }, LEASE)
      local job
      b:work({ rtc }, function()
        if not job then
          job = assert(b.q:add(rtc, "KickoutUser", { "v" }, KICK))
          replica:kill()
        end
        return codes().store
      end, LEASE)
      assert.same({ 1, ACCOUNT }, { requests(), codes().store })
      assert(replica:run())
      replica:command("REPLICAOF 127.0.0.1 " .. b.server.port)
      b:work({ rtc }, without_leases { job }, LEASE)
      assert.same({ 2, "done 1 1 0 0 0" }, { requests(), b:numbers(job) })
    end)
    replica:stop()
    assert(ok, why)
  end)

  describe("survives a connection that breaks", function()
    for _, name in ipairs { "take", "mark", "finish", "give_back", "accounts" } do
      for _, after in ipairs { true, false } do
        it((after and "after " or "before ") .. name .. " ran", function()
          local rtc = b:zego(SHORT)
          if name == "give_back" then b.e:fault { kind = "throttle" } end
          local job = assert(b.q:add(rtc, "KickoutUser", ids(20), KICK))
          local other = assert(b.q:add(rtc, RESUME, ids(20)))
          b:break_at(name, after, 1)
          b:work({ rtc }, without_leases { job, other }, LEASE)
          assert.equal("done 20 20 0 0 0", b:numbers(job))
          assert.equal("done 20 20 0 0 0", b:numbers(other))
          assert.equal(name == "give_back" and 6 or 5, requests())
          assert.same({}, b:pending())
        end)
      end
    end
  end)

  it("serves the accounts whose clients it is given", function()
    local rtc, live, asked = b:zego(), b:aliyun(), {}
    local one = assert(b.q:add(rtc, RESUME, { "a" }))
    local two = assert(b.q:add(live, "ResumeLiveStream", { session.stream() }))
    b:work(function(account)
      asked[account] = true
      return account == ACCOUNT and rtc or nil
    end, { one })
    assert.same({ [ACCOUNT] = true, [live.account] = true }, asked)
    assert.equal("waiting", b.q:status(two).state)
    b:work({ live }, { two })
  end)

  it("hears of a job while it idles, of an account that had no work any more", function()
    local rtc, job = b:zego(), nil
    assert(b.q:add(rtc, RESUME, { "a" }))
    b:work({ rtc }, function()
      if not job and not b.q:accounts()[1] then job = assert(b.q:add(rtc, RESUME, { "b" })) end
      return job and b.q:status(job).state == "done"
    end)
    assert.same({ 2, ACCOUNT }, { requests(), job:match "^[^/]+" })
  end)

  it("asks again at once where a job is added while it asks in vain", function()
    local rtc, job, began = b:zego { rate_limit = false }, nil, nil
    b:work({ rtc }, { (assert(b.q:add(rtc, RESUME, { "a" }))) }) -- Redis knows the scripts then
    assert(b.q:add(rtc, RESUME, { "b" }))
    b.tap = function(name, _, run)
      local reply = run()
      if name ~= "finish" or reply[5] ~= "none" then return reply end
      b.tap, job = false, assert(b.q:add(rtc, RESUME, { "c" }))
      streamctl.sleep(2) -- the task of urgent requests hears of the job
      began = core.monotonic()
      return reply
    end
    b:work({ rtc }, function() return job and b.q:status(job).state == "done" end,
      { concurrency = 1, lease = 600 }) -- so that the next question is 15 s later at least
    assert.is_true(core.monotonic() - began < 12)
  end)

  describe("works in", function()
    local ways = {
      ["plain Lua"] = function(work) work() end,
      ["tasks, and lets others run"] = function(work)
        local others = 0
        streamctl.run(function()
          local other = streamctl.spawn(function()
            for _ = 1, 5 do
              streamctl.sleep(0.001)
              others = others + 1
            end
          end)
          work()
          other:join()
        end)
        assert.equal(5, others)
      end,
    }
    local _, cqueues = pcall(require, "cqueues")
    local _, luv = pcall(require, "luv")
    if type(cqueues) == "table" and not rawget(_G, "ngx") then
      ways.cqueues = function(work)
        local controller = cqueues.new()
        controller:wrap(work)
        assert(controller:loop())
      end
    end
    if type(luv) == "table" and not rawget(_G, "ngx") then
      ways.luv = function(work)
        coroutine.wrap(work)()
        luv.run()
      end
    end
    for name, run in pairs(ways) do
      it(name, function()
        b.e:config { latency = 1 }
        local rtc = b:zego()
        local job = assert(b.q:add(rtc, RESUME, ids(160)))
        local is_done
        run(function()
          b:work({ rtc }, { job }, { concurrency = 4 })
          is_done = true
        end)
        assert(is_done)
        assert.equal("done 160 160 0 0 0", b:numbers(job))
        assert.equal(4, b.e:counters().max_in_flight.zego)
      end)
    end
  end)
end)
