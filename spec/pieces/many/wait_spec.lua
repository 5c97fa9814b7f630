-- What a wait does with answers, failures, times and other waits. That each waiter knows its states
-- is in waiters_spec.

local cjson = require "cjson"
local core = require "streamctl.core"
local helper = require "spec.pieces.helper"
local streamctl = require "streamctl"

local RUNNING, EXITED = "pull_to_push_running", "pull_to_push_exited"
local TASK = { Region = "cn-shanghai", TaskId = "task-1" }

local all = table.unpack or unpack -- luacheck: ignore 113 143

local function ok(body) return helper.response(200, body) end

local function body_of(status, info, more)
  return cjson.encode(helper.merged({ RequestId = "R", RetCode = 0, TaskStatus = status,
    TaskInfo = info or {} }, more))
end

local function task(...) return ok(body_of(...)) end

local function refusal(code)
  return helper.response(400, ('{"Code":"%s","Message":"no"}'):format(code))
end


local function since(start) return core.monotonic() - start end

local function zego(data)
  return ok('{"Code":0,"Message":"m","RequestId":"Z","Data":' .. data .. "}")
end

-- Waits for a task; how long it took is the last result.
local function wait(name, given, ...)
  local live, transport = helper.aliyun(helper.script(...))
  local start = core.monotonic()
  local answer, message, err = live:wait_for(name, TASK, given)
  return answer, message, err, #transport.requests, since(start)
end

helper.stand_still()

describe("a wait", function()
  local lost, busy = helper.stopped("dns", false), helper.response(503, "busy")

  -- title -> the waiter, its options, the code and what the message says; polls and seconds that it
  -- takes at most, its last state; answers
  for title, case in pairs {
    ["ends at its one deadline, with a last poll shortly before it"] = { RUNNING, { timeout = 9 },
      "not_yet", "^not_yet: pull_to_push_running: not yet after 8.0 s and 3 looks: the last state "
      .. "was 2 = in trouble, tried again$", polls = 3, took = 8, state = "2", task(2) },
    ["polls a last time when there is just time for it"] = { RUNNING, { timeout = 8 }, "not_yet",
      "after 7.0 s and 3 looks", polls = 3, took = 7, state = "2", task(2) },
    ["polls a last time where less is left than between two polls"] = { RUNNING, { timeout = 4 },
      "not_yet", "after 3.0 s and 2 looks", polls = 2, took = 3, state = "2", task(2) },
    ["polls once at least, however short the time"] = { RUNNING, { timeout = 0.4 }, "not_yet",
      "and 1 looks", polls = 1, took = 0.4, state = "2", task(2) },
    ["describes a state that is no number any more"] = { RUNNING, { timeout = 3 }, "not_yet",
      "the last state was %-inf", polls = 1, state = "-inf",
      ok '{"RequestId":"R","RetCode":0,"TaskStatus":-1e999,"TaskInfo":{}}' },
    ["takes an answer without the state for none"] = { "pull_to_push_stopped", { timeout = 5 },
      "not_yet", "the last state was missing", state = "missing",
      ok '{"RequestId":"R","RetCode":0}' },
    ["says which failure was the last"] = { RUNNING, { timeout = 20 }, "not_yet",
      "state was 2 = in trouble, tried again; the last look failed: dns: ", state = "2",
      task(2), lost },
    ["says so when no poll showed anything"] = { RUNNING, { timeout = 5 }, "timeout",
      "no look showed a state; the last look failed: connect: ", helper.stopped("connect", false) },
    ["takes a failure inside HTTP 200 for one"] = { EXITED, nil, "vendor", "gone", polls = 1,
      ok '{"RequestId":"R","RetCode":7,"Description":"gone"}' },
    ["ends at once where access is denied"] = { RUNNING, nil, "access_denied", "^access_denied: ",
      polls = 2, state = "2", task(2), refusal "Forbidden.RAM" },
    ["ends at once by a wrong signature"] = { RUNNING, nil, "signature", "^signature: ", polls = 2,
      state = "2", task(2), refusal "SignatureDoesNotMatch" },
    ["ends at once where nothing is found"] = { RUNNING, nil, "not_found", "^not_found: ",
      polls = 2, state = "2", task(2), refusal "CodeTaskNotExist" },
    ["ends at once by any other code"] = { RUNNING, nil, "vendor", "^vendor: ", polls = 2,
      state = "2", task(2), refusal "Whatever" },
    ["takes a state for final that the vendor's texts differ about when it is there twice"] = {
      RUNNING, nil, "wait_failed", "^wait_failed: pull_to_push_running: the state of TaskId "
      .. "task%-1 is 3 = stopped %(PullStreamFailed%)$", polls = 5, state = "3", task(3), task(2),
      task(3), lost, task(3, nil, { TaskInvalidReason = "PullStreamFailed" }) },
    ["takes no state for final that is there twice shortly after another"] = { RUNNING,
      { timeout = 4 }, "not_yet", "after 3.0 s and 2 looks", polls = 2, took = 3, state = "3",
      task(3) },
    ["lasts as long as it is told"] = { EXITED, { timeout = 100 }, "not_yet", "not yet",
      took = 100, state = "1", task(1) },
    ["lasts as long as its waiter says"] = { EXITED, nil, "not_yet", "not yet", least = 3500,
      took = 3600, state = "1", task(1) },
  } do
    it(title, function()
      local answer, message, err, polls, took = wait(case[1], case[2], all(case, 5))
      assert.is_nil(answer)
      assert.same({ case[3], case.state, case[1], message },
        { err.code, err.last_state, err.waiter, err.message })
      assert.truthy(message:find(case[4]), message)
      assert.equal(case.polls or polls, polls)
      assert.is_true(took <= (case.took or 1e9) and took >= (case.least or 0), took)
      if case[3] == "timeout" or case[3] == "not_yet" then
        assert.same({ "aliyun", "DescribeLivePullToPush", polls, took },
          { err.vendor, err.operation, err.attempts, err.elapsed })
      end
      if (case.state or ""):find "^%d" then
        assert.equal(tonumber(case.state), err.answer.TaskStatus)
      end
    end)
  end

  it("goes on after failures that may pass", function()
    local answer, _, _, polls = wait(RUNNING, nil, helper.stopped("timeout", true), busy,
      refusal "Throttling.User", task(1))
    assert.same({ 1, 4 }, { answer.TaskStatus, polls })
  end)

  it("ends soon after it is told to, with what it saw", function()
    local start, calls = core.monotonic(), 0
    local answer, message, err, polls, took = wait(RUNNING, { should_stop = function()
      calls = calls + 1
      return since(start) >= 2.5 and "the shift is over" or nil
    end }, task(2))
    assert.same({ nil, "cancelled: pull_to_push_running: not yet, and not looked for any longer, "
      .. "because the shift is over: the last state was 2 = in trouble, tried again" },
      { answer, message })
    assert.same({ "cancelled", "failed", "2", 1, 2 },
      { err.code, err.outcome, err.last_state, polls, err.answer.TaskStatus })
    assert.is_true(calls > 1 and took <= 3) -- asked at least each 0.5 s
  end)

  it("throws Ctrl-C on in one of a list, without waiting for the others", function()
    helper.freeze()
    local polls, start = 0, core.monotonic()
    local live = helper.aliyun(function()
      polls = polls + 1
      if polls == 4 then error("interrupted!", 0) end
      return task(2)
    end)
    local list = { { TaskId = "a" }, { TaskId = "b" }, { TaskId = "c" } }
    for _, item in ipairs(list) do item.Region = "cn-shanghai" end
    local fine, why = pcall(live.wait_for, live, "pull_to_push_running", list, { timeout = 600 })
    assert.same({ false, "interrupted!", 4 }, { fine, why, polls })
    assert.is_true(core.monotonic() - start < 10)
  end)

  it("tells on_event of every poll", function()
    local seen = {}
    local live = helper.aliyun(helper.script(task(2), lost, task(1)), { on_event = function(event)
      if event.event ~= "look" then return assert.equal("why", event.context) end
      seen[#seen + 1], event.time = event, nil
    end })
    assert(live:wait_for(RUNNING, TASK, { context = "why" }))
    local common = { event = "look", waiter = RUNNING, vendor = "aliyun", context = "why",
      operation = "DescribeLivePullToPush" }
    assert.same({
      helper.merged(common, { attempt = 1, state = "2", delay = 3, code = "ok" }),
      helper.merged(common, { attempt = 2, delay = 4.5, code = "dns" }),
      helper.merged(common, { attempt = 3, state = "1", code = "ok" }),
    }, seen)
  end)

  it("goes by the vendor's clock, not by ours", function()
    local vendor_now = helper.NOW - 3600 -- our clock is an hour ahead, and was refused once
    local ban = zego('{"Ws":{"ResultDetail":[{"Url":"rtmp://x/app/s1","EndTime":"'
      .. core.time_text(vendor_now + 1800) .. '"}]}}')
    local date = "Date: " .. os.date("!%a, %d %b %Y %H:%M:%S GMT", vendor_now) .. "\r\n"
    local refused = helper.response(200, '{"Code":100000004,"Message":"no"}', date)
    local rtc = helper.zego(helper.script(refused, ban), { retry = {} })
    local answer, _, err = rtc:wait_for("cdn_resumed", { StreamId = "s1" }, { timeout = 5 })
    assert.same({ nil, "not_yet" }, { answer, err.code })
  end)
end)

describe("wait_for refuses", function()
  for why, case in pairs {
    ["TaskId must be text"] = { { Region = "cn-shanghai", TaskId = 5 } },
    ["Region must be one of"] = { { Region = "mars", TaskId = "t" } },
    ["the waiter pull_to_push_running: TaskId is missing"] = { { Region = "cn-shanghai" } },
    ["the waiter stream_blocked: AppName is missing"] = { { DomainName = "d", StreamName = "s" },
      name = "stream_blocked" },
    ["unknown parameter 'TaskID' (did you mean 'TaskId'?)"] = { { Region = "cn", TaskID = "t" } },
    ["Region"] = { { TaskId = "t" } },
    ["not here"] = { TASK, "cannot_wait", { loop = { send = print, sleep = print, all = print,
      refusal = function() return "not here" end } } },
  } do
    it("what cannot be, before it waits: " .. why, function()
      local live, transport = helper.aliyun(task(1), case[3])
      local start = core.monotonic()
      local answer, message, err = live:wait_for(case.name or RUNNING, case[1])
      assert.same({ nil, case[2] or "invalid_parameter" }, { answer, err.code })
      assert.truthy(message:find(why, 1, true), message)
      assert.same({ 0, start }, { #transport.requests, core.monotonic() })
    end)
  end

  for why, case in pairs {
    ["no waiter 'stream_onlin' (did you mean 'stream_online'?)"] = { "stream_onlin", {} },
    ["no waiter 'a table'"] = { {}, {} },
    ["unknown option 'timout' (did you mean 'timeout'?)"] = { "stream_online", {}, { timout = 1 } },
    ["option 'timeout' must be more than 0 and at most 86400 seconds"] = { "stream_online", {},
      { timeout = 0 } },
    ["wait_for takes a table of parameters, got nothing"] = { "stream_online" },
  } do
    it("misuse at the caller's line: " .. why, function()
      helper.throws(why, function()
        local _ = helper.aliyun():wait_for(case[1], case[2], case[3])
      end)
    end)
  end
end)

describe("waits at ZEGOCLOUD", function()
  local CLOSED = ok '{"Code":41004,"Message":"no stream","RequestId":"Z"}'
  local PREFIX = "zegotest-" .. helper.APP_ID .. "-"

  it("know streams of the test environment with the prefix and without", function()
    local rtc, transport = helper.zego(CLOSED, { is_test = true })
    assert(rtc:wait_for("rtc_stream_closed", { StreamId = "s1" }))
    assert.same({ PREFIX .. "s1" }, helper.sent(transport.requests[1], "StreamId"))
    for listed, wanted in pairs { [PREFIX .. "s1"] = "s1", s1 = PREFIX .. "s1" } do
      rtc = helper.zego(zego('{"StreamList":[{"StreamId":"' .. listed .. '"}]}'),
        { is_test = true })
      assert(rtc:wait_for("room_stream_present", { RoomId = "r", StreamId = wanted }))
    end
  end)

  it("look no sooner than a room may be asked again", function()
    local rtc, transport = helper.zego(zego '{"StreamList":[]}')
    local _, _, err = rtc:wait_for("room_stream_present", { RoomId = "r", StreamId = "s" },
      { timeout = 16 })
    assert.same({ "not_yet", 1 }, { err.code, #transport.requests })
  end)

  it("need one of the parameters that tell which rule is meant", function()
    local rtc, transport = helper.zego(zego '{"RuleList":[]}')
    local _, message, err = rtc:wait_for("forbid_user_rule_gone", { RuleType = 1 })
    assert.same({ "invalid_parameter", 0 }, { err.code, #transport.requests })
    assert.truthy(message:find("one of IP, RoomId, UserId is needed", 1, true), message)
    assert(rtc:wait_for("forbid_user_rule_gone", { RuleType = 1, UserId = "u" }))
  end)

  it("take no text for a pattern", function()
    local rule = { RuleType = 1, RoomId = "r", UserId = "*a" }
    for user, seen in pairs { ["*a"] = true, ba = false } do
      local rtc = helper.zego(zego('{"RuleList":[{"RuleType":1,"RoomId":"r","UserId":"' .. user
        .. '"}]}'))
      assert.equal(seen, rtc:wait_for("forbid_user_rule_set", rule, { timeout = 5 }) ~= nil, user)
    end
  end)
end)

-- A client whose answers take a while, in tasks; and the times of its requests.
local function slow(seconds, body, options)
  local asked = {}
  local function send(_, _, _, _, loop)
    asked[#asked + 1] = core.monotonic()
    loop.sleep(seconds)
    return ok(type(body) == "function" and body(#asked) or body)
  end
  local transport = helper.ours { send = send }
  local live = helper.aliyun(nil, helper.merged({ transport = transport }, options))
  return live, asked, transport
end

-- Runs so many tasks, and says how many came to their end.
local function together(count, work)
  local ended, list = 0, {}
  pcall(streamctl.run, function()
    for i = 1, count do
      list[i] = streamctl.spawn(function()
        work(i)
        ended = ended + 1
      end)
    end
    for i = 1, count do pcall(list[i].join, list[i]) end
  end)
  return ended
end

describe("waits for the same resource at the same time", function()
  for title, case in pairs {
    ["their polls"] = { 0.3, 3, RUNNING, function(n) return body_of(n > 2 and 1 or 2) end, TASK },
    ["those that take longer than the waiter's delay"] = { 1.5, 5, "stream_offline", function(n)
      return '{"RequestId":"R","StreamState":"' .. (n > 4 and "off" or "on") .. 'line"}'
    end, { DomainName = "d", AppName = "a", StreamName = "s" } },
  } do
    it("share " .. title, function()
      local live, asked = slow(case[1], case[4])
      assert.equal(20, together(20, function() assert(live:wait_for(case[3], case[5])) end))
      assert.equal(case[2], #asked)
    end)
  end
end)
