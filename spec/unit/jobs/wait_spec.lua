-- What a wait does with answers, failures, times and other waits. That each waiter knows its states
-- is in waiters_spec.

local cjson = require "cjson"
local core = require "streamctl.core"
local helper = require "spec.unit.helper"
local memory = require "streamctl.store.memory"
local pick = require "streamctl.loop.pick"
local streamctl = require "streamctl"

local TASK = { Region = "cn-shanghai", TaskId = "task-1" }

local function task(status, info, more)
  return cjson.encode(helper.merged({ RequestId = "R", RetCode = 0, TaskStatus = status,
    TaskInfo = info or {} }, more))
end

local function ok(body)
  return helper.response(200, body)
end

local function aliyun(options, ...)
  return helper.aliyun(helper.script(...), options)
end

local function since(start)
  return core.monotonic() - start
end

before_each(function() helper.freeze() end)
after_each(helper.thaw)

describe("a wait", function()
  it("ends at its one deadline, with a last look shortly before it", function()
    local live, transport = aliyun(nil, ok(task(2)))
    local start = core.monotonic()
    local answer, message, err = live:wait_for("pull_to_push_running", TASK, { timeout = 9 })
    assert.is_nil(answer)
    -- 2, 5; 9.5 would be too late, so the last one is at 8
    assert.equal(3, #transport.requests)
    assert.equal(8, since(start))
    assert.equal("timeout: pull_to_push_running: not yet after 8.0 s and 3 looks: the last state "
      .. "was 2 = in trouble, tried again", message)
    assert.same({ "timeout", "transport", 3, 8, "2", "aliyun", "DescribeLivePullToPush" },
      { err.code, err.kind, err.attempts, err.elapsed, err.state, err.vendor, err.operation })
    assert.equal(2, err.answer.TaskStatus)
  end)

  it("looks once at least, however short the time", function()
    local live, transport = aliyun(nil, ok(task(2)))
    local _, _, err = live:wait_for("pull_to_push_running", TASK, { timeout = 0.4 })
    assert.equal("timeout", err.code)
    assert.equal(1, #transport.requests)
    assert.is_true(err.elapsed <= 0.4)
  end)

  it("lasts no longer than a year, whatever its time limit", function()
    for _, timeout in ipairs { 366 * 86400, 1e12, 1e300 } do
      local start = core.monotonic()
      local live = aliyun(nil, ok(task(77, { StartTime = "2099-01-01T00:00:00Z" })))
      local _, message, err = live:wait_for("pull_to_push_running", TASK, { timeout = timeout })
      assert.equal("timeout", err.code)
      assert.truthy(message:find("2099-01-01T00:00:00Z, and that is too late", 1, true), message)
      assert.is_true(since(start) < 60)
      live = aliyun({ rate_limit = false }, ok(task(77)))
      _, _, err = live:wait_for("pull_to_push_running", TASK, { timeout = timeout,
        should_stop = function()
          helper.freeze(core.now() + 86400, core.monotonic() + 86400)
        end })
      assert.equal("timeout", err.code)
      assert.is_true(err.elapsed <= 367 * 86400, err.elapsed)
    end
  end)

  it("describes a state that is no number any more", function()
    local rtc = helper.zego(helper.response(200,
      '{"Code":0,"RequestId":"r","Data":{"Status":1e999,"RecordFiles":[]}}'))
    local _, message, err = rtc:wait_for("recording_started", { TaskId = "t" }, { timeout = 3 })
    assert.same({ "timeout", "inf" }, { err.code, err.state })
    assert.truthy(message:find("the last state was inf", 1, true), message)
    local live = aliyun(nil, ok('{"RequestId":"R","RetCode":0,"TaskStatus":-1e999,"TaskInfo":{}}'))
    _, _, err = live:wait_for("pull_to_push_running", TASK, { timeout = 3 })
    assert.same({ "timeout", "-inf" }, { err.code, err.state })
  end)

  it("ends soon after it is told to, with what it saw", function()
    local live, transport = aliyun(nil, ok(task(2)))
    local start, calls = core.monotonic(), 0
    local answer, message, err = live:wait_for("pull_to_push_running", TASK, {
      should_stop = function()
        calls = calls + 1
        return since(start) >= 2.5 and "the shift is over" or nil
      end,
    })
    assert.is_nil(answer)
    assert.equal("cancelled: pull_to_push_running: not yet, and not looked for any longer, because "
      .. "the shift is over: the last state was 2 = in trouble, tried again",
      message)
    assert.same({ "cancelled", "2", 1, 2 }, { err.code, err.state, #transport.requests,
      err.answer.TaskStatus })
    assert.is_true(calls > 1 and since(start) < 4)
  end)

  it("goes on after failures that may pass, and says which was the last", function()
    local live = aliyun(nil, helper.stopped("timeout", true), helper.response(503, "busy"),
      helper.response(400, '{"Code":"Throttling.User","Message":"slow"}'), ok(task(1)))
    assert.equal(1, live:wait_for("pull_to_push_running", TASK).TaskStatus)

    live = aliyun(nil, ok(task(2)), helper.stopped("dns", false))
    local _, message, err = live:wait_for("pull_to_push_running", TASK, { timeout = 20 })
    assert.equal("timeout", err.code)
    assert.truthy(message:find("state was 2 = in trouble, tried again; the last look failed: dns: ",
      1, true), message)
    assert.equal(2, err.answer.TaskStatus)
  end)

  it("says so when no look showed anything", function()
    local live = aliyun(nil, helper.stopped("connect", false))
    local _, message, err = live:wait_for("pull_to_push_running", TASK, { timeout = 5 })
    assert.truthy(message:find("no look showed a state; the last look failed: connect: ", 1, true),
      message)
    assert.is_nil(err.answer)
  end)

  for code, answer in pairs {
    forbidden = '{"Code":"Forbidden.RAM","Message":"no"}',
    signature = '{"Code":"SignatureDoesNotMatch","Message":"no"}',
    not_found = '{"Code":"CodeTaskNotExist","Message":"no"}',
    vendor = '{"Code":"Whatever","Message":"no"}',
  } do
    it("ends at once by " .. code .. ", with what it saw before", function()
      local live, transport = aliyun(nil, ok(task(2)), helper.response(400, answer))
      local body, message, err = live:wait_for("pull_to_push_running", TASK)
      assert.is_nil(body)
      assert.same({ code, 2, "pull_to_push_running", "2" },
        { err.code, err.answer.TaskStatus, err.waiter, err.state })
      assert.truthy(message:find("^" .. code .. ": "))
      assert.equal(2, #transport.requests)
    end)
  end

  it("takes a failure inside HTTP 200 for one, whatever it is for", function()
    local live = aliyun(nil, ok('{"RequestId":"R","RetCode":7,"Description":"gone"}'))
    local _, _, err = live:wait_for("pull_to_push_exited", TASK)
    assert.same({ "vendor", 7 }, { err.code, err.vendor_code })
  end)

  it("takes a state for final that the vendor's texts differ about when it is there twice in a row",
    function()
      local live, transport = aliyun(nil, ok(task(3)), ok(task(2)), ok(task(3)),
        helper.stopped("dns", false), ok(task(3, nil, { TaskInvalidReason = "PullStreamFailed" })))
      local _, message, err = live:wait_for("pull_to_push_running", TASK)
      assert.equal("wait_failed", err.code)
      assert.equal("vendor", err.kind)
      assert.equal("wait_failed: pull_to_push_running: the state of TaskId task-1 is 3 = stopped "
        .. "(PullStreamFailed)", message)
      assert.equal(5, #transport.requests)
    end)

  it("for what begins after the time limit ends at the first look", function()
    local begins = core.time_text(helper.NOW + 400)
    local live, transport = aliyun(nil, ok(task(0, { StartTime = begins })))
    local _, message, err = live:wait_for("pull_to_push_running", TASK)
    assert.equal("timeout", err.code)
    assert.truthy(message:find("it begins at " .. begins, 1, true), message)
    assert.equal(1, #transport.requests)
    _, _, err = live:wait_for("pull_to_push_running", TASK, { timeout = 500 })
    assert.is_true(err.elapsed > 400)
  end)

  it("for a task's end lasts until two minutes after it, unless told otherwise", function()
    local start, ends = core.monotonic(), core.time_text(helper.NOW + 7200)
    local live = aliyun(nil, ok(task(1, { EndTime = ends })))
    local _, message, err = live:wait_for("pull_to_push_exited", TASK)
    assert.equal("timeout", err.code)
    assert.truthy(message:find("not 120 s after " .. ends, 1, true), message)
    assert.is_true(since(start) > 7320 and since(start) < 7320 + 61)
    _, _, err = live:wait_for("pull_to_push_exited", TASK, { timeout = 100 })
    assert.is_true(err.elapsed <= 100)
    live = aliyun(nil, ok(task(1))) -- an answer that does not tell
    _, _, err = live:wait_for("pull_to_push_exited", TASK)
    assert.is_true(err.elapsed > 3500 and err.elapsed <= 3600)
  end)

  it("takes an answer without the state for none", function()
    local live = aliyun(nil, ok('{"RequestId":"R","RetCode":0}'))
    local _, message = live:wait_for("pull_to_push_stopped", TASK, { timeout = 5 })
    assert.truthy(message:find("the last state was missing", 1, true), message)
  end)

  it("tells on_event of every look", function()
    local seen = {}
    local live = aliyun({ on_event = function(event)
      if event.event == "look" then seen[#seen + 1] = event end
    end }, ok(task(2)), helper.stopped("dns", false), ok(task(1)))
    assert(live:wait_for("pull_to_push_running", TASK))
    local common = { event = "look", waiter = "pull_to_push_running", vendor = "aliyun",
      operation = "DescribeLivePullToPush" }
    assert.same({
      helper.merged(common, { attempt = 1, state = "2", delay = 3, code = "ok" }),
      helper.merged(common, { attempt = 2, delay = 4.5, code = "dns" }),
      helper.merged(common, { attempt = 3, state = "1", code = "ok" }),
    }, seen)
  end)

  it("keeps a vendor's text short and without secrets", function()
    local secret = helper.ACCESS_KEY_SECRET
    local live = aliyun(nil, ok(cjson.encode { RequestId = "R", RetCode = 0,
      TaskStatus = secret .. ("x"):rep(10000) }))
    local _, message, err = live:wait_for("pull_to_push_running", TASK, { timeout = 3 })
    assert.is_true(#message < 1000)
    assert.is_nil(helper.everything(message, err):find(secret, 1, true))
  end)
end)

describe("wait_for refuses", function()
  local function refused(params, pattern, name, options)
    local live, transport = aliyun(options, ok(task(1)))
    local start = core.monotonic()
    local body, message, err = live:wait_for(name or "pull_to_push_running", params)
    assert.is_nil(body)
    assert.equal("invalid_parameter", err.code)
    assert.truthy(message:find(pattern, 1, true), message)
    assert.same({ 0, start }, { #transport.requests, core.monotonic() })
  end

  it("what the query would, before it waits", function()
    refused({ Region = "cn-shanghai", TaskId = 5 }, "TaskId must be text")
    refused({ Region = "mars", TaskId = "t" }, "Region")
  end)

  it("a parameter that is missing or unknown, and names it", function()
    refused({ Region = "cn-shanghai" }, "the waiter pull_to_push_running: TaskId is missing")
    refused({ Region = "cn-shanghai", TaskID = "t" }, "unknown parameter 'TaskID' (did you mean "
      .. "'TaskId'?)")
    refused({ TaskId = "t" }, "Region")
  end)

  it("a waiter that is unknown, options that are, and a call without a table, at the caller's line",
    function()
      local live = aliyun(nil, ok(task(1)))
      for pattern, fn in pairs {
        ["wait_spec.lua:%d+: no waiter 'stream_onlin' %(did you mean 'stream_online'%?%)"] =
          function() local _ = live:wait_for("stream_onlin", {}) end,
        ["wait_spec.lua:%d+: no waiter 'a table'"] = function() local _ = live:wait_for({}, {}) end,
        ["wait_spec.lua:%d+: unknown option 'timout' %(did you mean 'timeout'%?%)"] =
          function() local _ = live:wait_for("stream_online", {}, { timout = 1 }) end,
        ["wait_spec.lua:%d+: option 'timeout' must be a number of seconds above 0"] =
          function() local _ = live:wait_for("stream_online", {}, { timeout = 0 }) end,
        ["wait_spec.lua:%d+: wait_for takes a table of parameters, got nothing"] =
          function() local _ = live:wait_for("stream_online") end,
      } do
        local fine, why = pcall(fn)
        assert.is_false(fine)
        assert.truthy(why:find(pattern), why)
      end
    end)

  it("to wait where nobody can", function()
    local live, transport = aliyun({ loop = {
      send = print, sleep = print, all = print, refusal = function() return "not here" end,
    } }, ok(task(1)))
    local _, message, err = live:wait_for("pull_to_push_running", TASK)
    assert.same({ "phase", 0 }, { err.code, #transport.requests })
    assert.truthy(message:find("not here", 1, true))
  end)
end)

describe("the client's region", function()
  it("stands for a Region that is not given", function()
    local live, transport = aliyun({ region = "cn-beijing" }, ok(task(1)))
    assert(live:wait_for("pull_to_push_running", { TaskId = "t" }))
    assert.same({ "cn-beijing" }, helper.sent(transport.requests[1], "Region"))
  end)
end)

describe("waits at ZEGOCLOUD", function()
  local CLOSED = '{"Code":41004,"Message":"no stream","RequestId":"Z"}'
  local LIVE = '{"Code":0,"Message":"success","RequestId":"Z","Data":{}}'

  it("take their Sequences from the same order as all other calls", function()
    local rtc, transport = helper.zego(helper.script(ok(LIVE), ok(LIVE), ok(CLOSED), ok(LIVE)))
    assert(rtc:forbid_rtc_stream { StreamId = "s1" })
    assert.equal(41004, rtc:wait_for("rtc_stream_closed", { StreamId = "s1" }).Code)
    assert(rtc:resume_rtc_stream { StreamId = "s1" })
    local last = 0
    for _, request in ipairs(transport.requests) do
      local number = tonumber(helper.sent(request, "Sequence")[1])
      assert.is_true(number > last)
      last = number
    end
    assert.equal(4, #transport.requests)
  end)

  it("put the test environment's prefix on", function()
    local rtc, transport = helper.zego(ok(CLOSED), { is_test = true })
    assert(rtc:wait_for("rtc_stream_closed", { StreamId = "s1" }))
    assert.same({ "zegotest-" .. helper.APP_ID .. "-s1" },
      helper.sent(transport.requests[1], "StreamId"))
  end)

  it("know streams of the test environment with the prefix and without", function()
    local prefix = "zegotest-" .. helper.APP_ID .. "-"
    for listed, wanted in pairs { [prefix .. "s1"] = "s1", s1 = prefix .. "s1" } do
      local rtc = helper.zego(ok('{"Code":0,"Message":"m","RequestId":"Z","Data":{"StreamList":[{'
        .. '"StreamId":"' .. listed .. '"}]}}'), { is_test = true })
      assert(rtc:wait_for("room_stream_present", { RoomId = "r", StreamId = wanted }))
    end
  end)
end)

describe("what is waited for", function()
  it("is no pattern", function()
    local rule = { RuleType = 1, RoomId = "r", UserId = "*a" }
    for user, seen in pairs { ["*a"] = true, ba = false } do
      local rtc = helper.zego(ok('{"Code":0,"Message":"m","RequestId":"Z","Data":{"RuleList":[{'
        .. '"RuleType":1,"RoomId":"r","UserId":"' .. user .. '"}]}}'))
      local answer = rtc:wait_for("forbid_user_rule_set", rule, { timeout = 5 })
      assert.equal(seen, answer ~= nil, user)
    end
  end)
end)

-- A transport whose answers take a while, in tasks; `asked` are the times of its requests.
local function slow(seconds, body)
  local asked = {}
  local function send(_, _, _, _, loop)
    asked[#asked + 1] = core.monotonic()
    loop.sleep(seconds)
    return ok(type(body) == "function" and body(#asked) or body)
  end
  return { send = send }, asked
end

describe("waits for one thing at the same time", function()
  -- how a wait ends = the state, and how many looks they need together
  for how, case in pairs { success = { 1, 1 }, failure = { 3, 2 }, timeout = { 2, 3 } } do
    local status, looks = case[1], case[2]
    it("hand out an answer of their own each: " .. how, function()
      local transport, asked = slow(0.3, task(status, { StartTime = "2026-01-01T00:00:00Z" }))
      local live, seen = helper.aliyun(nil, { transport = transport }), {}
      streamctl.run(function()
        for i = 1, 3 do
          streamctl.spawn(function()
            local answer, _, err =
              live:wait_for("pull_to_push_running", TASK, { timeout = 9 })
            seen[i] = answer or err.answer
            assert.equal("2026-01-01T00:00:00Z", seen[i].TaskInfo.StartTime)
            assert.equal(status, seen[i].TaskStatus)
            seen[i].TaskInfo.StartTime, seen[i].TaskStatus = "mine", 99
          end)
        end
      end)
      assert.same({ 3, looks }, { #seen, #asked })
    end)
  end

  it("settle with an answer and an entry of their own each", function()
    local info = { DstUrl = helper.ALIYUN_PARAMS.CreateLivePullToPush.DstUrl }
    local list = cjson.encode { RequestId = "R", Total = 1,
      TaskList = { { TaskId = "t", TaskStatus = 1, TaskInfo = info } } }
    local transport, asked = slow(0.3, function(n) return n == 1 and "lost" or list end)
    local live, ended = helper.aliyun(nil, { transport = transport }), 0
    local _, _, err = live:create_live_pull_to_push(helper.ALIYUN_PARAMS.CreateLivePullToPush)
    streamctl.run(function()
      for _ = 1, 3 do
        streamctl.spawn(function()
          local became, answer, entry = live:settle(err)
          assert.same({ "executed", 1, 1 },
            { became, answer.TaskList[1].TaskStatus, entry.TaskStatus })
          answer.TaskList[1].TaskStatus, entry.TaskStatus = 99, 99
          ended = ended + 1
        end)
      end
    end)
    assert.same({ 3, 2 }, { ended, #asked })
  end)

  it("share their looks", function()
    local transport, asked = slow(0.3, function(n) return task(n > 2 and 1 or 2) end)
    local live = helper.aliyun(nil, { transport = transport })
    local ended = {}
    streamctl.run(function()
      for i = 1, 20 do
        streamctl.spawn(function()
          ended[i] = assert(live:wait_for("pull_to_push_running", TASK)).TaskStatus
        end)
      end
    end)
    assert.equal(20, #ended)
    assert.equal(3, #asked)
  end)

  it("share those that take longer than the waiter's delay, too", function()
    local transport, asked = slow(1.5,
      function(n) return '{"RequestId":"R","StreamState":"' .. (n > 4 and "off" or "on")
        .. 'line"}' end)
    local live, ended = helper.aliyun(nil, { transport = transport }), 0
    local stream = { DomainName = "d", AppName = "a", StreamName = "s" }
    streamctl.run(function()
      for _ = 1, 20 do
        streamctl.spawn(function()
          assert(live:wait_for("stream_offline", stream))
          ended = ended + 1
        end)
      end
    end)
    assert.same({ 20, 5 }, { ended, #asked })
  end)

  it("share those of one waiter with those of another", function()
    local transport, asked = slow(0.1, task(3))
    local live = helper.aliyun(nil, { transport = transport })
    streamctl.run(function()
      streamctl.spawn(function() assert(live:wait_for("pull_to_push_stopped", TASK)) end)
      streamctl.spawn(function() live:wait_for("pull_to_push_running", TASK, { timeout = 4 }) end)
    end)
    assert.equal(1, #asked)
  end)

  it("share nothing when they ask for something else, or as another account", function()
    local transport, asked = slow(0.1, task(1))
    local live = helper.aliyun(nil, { transport = transport })
    local other = helper.aliyun(nil, { transport = transport, access_key_id = "LTAIother" })
    streamctl.run(function()
      for _, call in ipairs { { live, "a" }, { live, "b" }, { other, "a" } } do
        streamctl.spawn(function()
          assert(call[1]:wait_for("pull_to_push_running",
            { Region = "cn-shanghai", TaskId = call[2] }))
        end)
      end
    end)
    assert.equal(3, #asked)
  end)

  it("take no answer that is older than they are", function()
    local transport, asked = slow(1, function(n) return task(n == 1 and 1 or 2) end)
    local live = helper.aliyun(nil, { transport = transport })
    streamctl.run(function()
      streamctl.spawn(function() assert(live:wait_for("pull_to_push_running", TASK)) end)
      streamctl.sleep(2.5) -- the first look began at 2 and ends at 3
      local _, _, err = live:wait_for("pull_to_push_running", TASK, { timeout = 1.5 })
      assert.equal("timeout", err.code)
    end)
    assert.equal(2, #asked)
  end)

  it("go on when the one that looks does not come back", function()
    local transport, asked = slow(0.1, task(1))
    local send = transport.send
    function transport.send(self, request, limits, deadline, loop)
      if #asked > 0 then return send(self, request, limits, deadline, loop) end
      asked[1] = core.monotonic()
      loop.sleep(1000)
      error("was ended", 0)
    end
    local live = helper.aliyun(nil, { transport = transport })
    local start, ended = core.monotonic(), {}
    pcall(streamctl.run, function()
      for _ = 1, 5 do
        streamctl.spawn(function()
          assert(live:wait_for("pull_to_push_running", TASK))
          ended[#ended + 1] = since(start)
        end)
      end
    end)
    assert.equal(4, #ended)
    assert.equal(2, #asked)
    assert.is_true(ended[4] < 10)
  end)

  it("go on when its error ends the one that looks", function()
    local transport, asked = slow(0.1, task(1))
    local send = transport.send
    function transport.send(...)
      if #asked > 0 then return send(...) end
      asked[1] = core.monotonic()
      error("out of order", 0)
    end
    local live = helper.aliyun(nil, { transport = transport })
    local done, list = 0, {}
    streamctl.run(function()
      for i = 1, 5 do
        list[i] = streamctl.spawn(function()
          assert(live:wait_for("pull_to_push_running", TASK))
          done = done + 1
        end)
      end
      for i = 1, 5 do list[i]:outcome() end
    end)
    assert.equal(4, done)
    assert.equal(2, #asked)
  end)

  it("leave one the time that it waits for the room's slot", function()
    local asked, done = {}, 0
    local rtc = streamctl.zego.new { app_id = helper.APP_ID, server_secret = helper.SERVER_SECRET,
      store = memory.new(), transport = helper.transport(function()
        asked[#asked + 1] = core.monotonic()
        return ok('{"Code":0,"Message":"m","RequestId":"Z","Data":{"StreamList":[]}}')
      end) }
    streamctl.run(function()
      for _, stream in ipairs { "a", "b" } do
        streamctl.spawn(function()
          assert(rtc:wait_for("room_stream_absent", { RoomId = "r", StreamId = stream }))
          done = done + 1
        end)
      end
      streamctl.sleep(10)
      assert(rtc:describe_simple_stream_list { RoomId = "r" })
    end)
    assert.equal(2, done)
    assert.equal(2, #asked)
    assert.is_true(asked[2] - asked[1] >= 10)
  end)

  it("nap seldom while one looks", function()
    local sleeps, transport = 0, slow(4, task(1))
    local live = helper.aliyun(nil, { transport = transport, loop = {
      send = print, all = print,
      sleep = function(seconds)
        sleeps = sleeps + 1
        pick.sleep(seconds)
      end,
    } })
    streamctl.run(function()
      for _ = 1, 2 do
        streamctl.spawn(function() assert(live:wait_for("pull_to_push_running", TASK)) end)
      end
    end)
    assert.is_true(sleeps < 25, sleeps .. " sleeps")
  end)
end)

describe("a wait is paced", function()
  it("by the slots of the store, like all other calls", function()
    local store, asked = memory.new(), {}
    local function client()
      return require("streamctl.aliyun").new { access_key_id = helper.ACCESS_KEY_ID,
        access_key_secret = helper.ACCESS_KEY_SECRET, store = store,
        transport = { send = function()
          asked[#asked + 1] = core.monotonic()
          return ok(task(1))
        end } }
    end
    streamctl.run(function()
      for _ = 1, 20 do -- clients share no looks, but the rate
        local live = client()
        streamctl.spawn(function() assert(live:wait_for("pull_to_push_running", TASK)) end)
      end
    end)
    assert.equal(20, #asked)
    for i = 2, 20 do assert.is_true(asked[i] - asked[i - 1] >= 0.1) end
  end)
end)
