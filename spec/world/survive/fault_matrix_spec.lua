-- Every fault of the emulator, met once and for ever by calls of every retry class.

local session = require "spec.support.session"
local streamctl = require "streamctl"

local XML = '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>ServiceUnavailable</Code>'
  .. "<Message>The request has failed.</Message><RequestId>r</RequestId></Error>"
local STATUS_FAIL = '{"Status":"fail","RequestId":"r"}'
local ELSEWHERE = { Location = "https://127.0.0.1:1/" }

-- What each fault comes to when it is met once | for ever: the code, or ok; the requests that
-- went out; how often the operation was executed, "?" where that may come after the end; "maybe":
-- the error says that it may have been executed. An outcome is for "all" classes of calls or for
-- those that are "safe" to repeat: `expected` tells the others. `only`: the vendor that has this
-- fault; `slow`: it lasts longer than an attempt; `wait`: what the vendor asks for before a repeat,
-- in seconds.
local FAULTS = {
  { "an execution that comes late", { kind = "latency", held = true }, slow = true,
    safe = "ok 2 ? | timeout 3 ? maybe" },
  { "an answer that comes late", { kind = "latency", held = true, after = true }, slow = true,
    safe = "ok 2 2 | timeout 3 3 maybe" },
  { "a slow body", { kind = "slow_body", pause = 1.5, chunks = 3 }, slow = true,
    safe = "ok 2 2 | timeout 3 3 maybe" },
  { "a reset before the execution", { kind = "reset_before" },
    safe = "ok 2 1 | connect 3 0 maybe" },
  { "a reset after the execution", { kind = "reset_after" }, safe = "ok 2 2 | connect 3 3 maybe" },
  { "500", { kind = "status" }, safe = "ok 2 1 | http 3 0 maybe" },
  { "503", { kind = "status", status = 503 }, safe = "ok 2 1 | http 3 0 maybe" },
  { "503 after the execution", { kind = "status", status = 503, execute = true },
    safe = "ok 2 2 | http 3 3 maybe" },
  { "500 with a code", { kind = "status", code = "InternalError" }, only = "aliyun",
    safe = "ok 2 1 | vendor 3 0 maybe" },
  { "503 with a code", { kind = "status", status = 503, code = 1 }, only = "zego",
    safe = "ok 2 1 | vendor 3 0 maybe" },
  { "503 and the vendor's own wait",
    { kind = "status", status = 503, retry_after_ms = 30 }, wait = 0.03,
    safe = "ok 2 1 | http 3 0 maybe" },
  { "503 with a code and a wait",
    { kind = "status", status = 503, code = "ServiceUnavailable", retry_after_ms = 30 },
    only = "aliyun", wait = 0.03, safe = "ok 2 1 | vendor 3 0 maybe" },
  { "HTML in a 200", { kind = "status", status = 200 }, safe = "ok 2 1 | bad_response 3 0 maybe" },
  { "HTML in a 502", { kind = "status", status = 502 }, safe = "ok 2 1 | http 3 0 maybe" },
  { "an empty body", { kind = "body", execute = true }, safe = "ok 2 2 | bad_response 3 3 maybe" },
  { "204", { kind = "body", status = 204, execute = true },
    safe = "ok 2 2 | bad_response 3 3 maybe" },
  { "a truncated body", { kind = "truncated", missing = 1 },
    safe = "ok 2 2 | bad_response 3 3 maybe" },
  { "a huge body", { kind = "huge" }, safe = "too_large 1 1 maybe | too_large 1 1 maybe" },
  { "a huge body of unknown length", { kind = "huge", chunked = true },
    safe = "too_large 1 1 maybe | too_large 1 1 maybe" },
  { "half a document", { kind = "garbage_json" }, safe = "ok 2 2 | bad_response 3 3 maybe" },
  { "an error in XML", { kind = "body", status = 400, body = XML }, only = "aliyun",
    all = "vendor 1 0 | vendor 1 0" },
  { "a RetCode", { kind = "ret_code" }, only = "aliyun", all = "vendor 1 0 | vendor 1 0" },
  { "Status fail", { kind = "body", body = STATUS_FAIL }, only = "aliyun",
    all = "vendor 1 0 | vendor 1 0" },
  { "an error body in a 200",
    { kind = "body", body = '{"Code":"InvalidParameter","Message":"m","RequestId":"r"}' },
    only = "aliyun", safe = "vendor 1 0 maybe | vendor 1 0 maybe" },
  { "an error body in a 200 after the execution",
    { kind = "body", execute = true,
      body = '{"Code":"InternalError","Message":"m","RequestId":"r"}' }, only = "aliyun",
    safe = "ok 2 2 | vendor 3 3 maybe" },
  { "Success false in a 200",
    { kind = "body", body = '{"Success":false,"Message":"m","RequestId":"r"}' }, only = "aliyun",
    safe = "vendor 1 0 maybe | vendor 1 0 maybe" },
  { "a Code of text", { kind = "code_type" }, only = "zego",
    safe = "ok 2 2 | bad_response 3 3 maybe" },
  { "no Code", { kind = "code_type", value = "missing" }, only = "zego",
    safe = "ok 2 2 | bad_response 3 3 maybe" },
  { "a redirect", { kind = "body", status = 302, headers = ELSEWHERE },
    all = "http 1 0 | http 1 0" },
  { "throttling", { kind = "throttle" },
    all = "ok 2 1 | throttled 3 0", free = "vendor 1 0 | vendor 1 0" },
  { "a nonce used before", { kind = "status", status = 400, code = "SignatureNonceUsed" },
    only = "aliyun",
    safe = "ok 2 1 | replayed 3 0 maybe" },
  { "a wrong clock", { kind = "expired" }, all = "ok 2 1 | clock_skew 2 0" },
}

local function call_often(client)
  return client:call("EchoOften", { A = "1" }, { idempotent = true })
end

-- `match`: what the requests of the class carry; `ban`: it is refused once it has been executed;
-- `free`: an operation of ZEGO without a row, whose code for throttling is not documented.
local CLASSES = {
  { name = "a safe operation of Alibaba Cloud", vendor = "aliyun", action = "ForbidLiveStream",
    safe = true, ban = true, match = { StreamName = "plain" },
    run = function(client)
      return client:forbid_live_stream(session.stream { StreamName = "plain" })
    end },
  { name = "CreateLivePullToPush", vendor = "aliyun", action = "CreateLivePullToPush",
    run = function(client) return client:create_live_pull_to_push(session.task()) end },
  { name = "RestartLivePullToPush", vendor = "aliyun", action = "RestartLivePullToPush",
    run = function(client, task)
      return client:restart_live_pull_to_push { Region = "cn-shanghai", TaskId = task }
    end },
  { name = "ForbidLiveStream with Oneshot", vendor = "aliyun", action = "ForbidLiveStream",
    match = { StreamName = "oneshot" },
    run = function(client)
      return client:forbid_live_stream(session.stream { StreamName = "oneshot", Oneshot = "yes" })
    end },
  { name = "a safe operation of ZEGO", vendor = "zego", action = "ForbidRTCStreams",
    safe = true,
    run = function(client) return client:forbid_rtc_streams { StreamId = { "s1", "s2" } } end },
  { name = "an action of Alibaba Cloud without a row", vendor = "aliyun", action = "EchoOnce",
    run = function(client) return client:call("EchoOnce", { A = "1" }) end },
  { name = "the same, idempotent", vendor = "aliyun", action = "EchoOften", safe = true,
    run = call_often },
  { name = "an operation of ZEGO without a row", vendor = "zego", action = "EchoOnce",
    free = true, run = function(client) return client:call("EchoOnce", { A = "1" }) end },
  { name = "the same of ZEGO, idempotent", vendor = "zego", action = "EchoOften",
    safe = true, free = true, run = call_often },
}

-- The outcome of a class, as in FAULTS. A ban that was executed is refused when it comes again,
-- since its end is not known. What must not be repeated goes out once.
local function expected(fault, class, forever)
  local outcome = class.free and fault.free or fault.all or fault.safe
  local once, ever = outcome:match("^(.-) | (.*)$")
  local code, executed = ever:match("^(%S+) %d (%S+) maybe$")
  if code and not fault.all and not class.safe then
    executed = executed:gsub("%d", function(count) return count == "0" and "0" or "1" end)
    return "outcome_unknown 1 " .. executed .. " maybe"
  elseif class.ban and executed == "3" then
    once, ever = "conflict 2 1 maybe", code .. " 3 1 maybe"
  end
  return forever and ever or once
end

session.describe("a fault and a call that survives it or does not:", function(s)
  local function client(vendor, fault, waits)
    return s[vendor](s, {
      rate_limit = false, retry = { base = 0.01, cap = 0.02 }, store = streamctl.store.memory(),
      attempt_timeout = fault.slow and 1.5 or 20,
      on_event = function(event)
        if event.event == "wait" then waits[#waits + 1] = event.delay end
      end,
    })
  end

  local function meets(fault, class) return not fault.only or fault.only == class.vendor end

  local function add_faults(fault, forever)
    local function add(fields)
      for name, value in pairs(fault[2]) do fields[name] = value end
      s.e:fault(fields)
    end
    if forever then return add { vendor = fault.only, times = -1 } end
    for _, class in ipairs(CLASSES) do
      if meets(fault, class) then
        add { vendor = class.vendor, action = class.action, match = class.match }
      end
    end
  end

  -- All classes at once: they share nothing but the time.
  local function run_all(fault, forever)
    local task = assert(s:aliyun():create_live_pull_to_push(session.task())).TaskId
    local waits = {}
    add_faults(fault, forever)
    local outcomes, clients = {}, {}
    for _, vendor in ipairs { "aliyun", "zego" } do
      clients[vendor] = client(vendor, fault, waits)
    end
    streamctl.run(function()
      for i, class in ipairs(CLASSES) do
        if meets(fault, class) then
          streamctl.spawn(function()
            local body, message, err = class.run(clients[class.vendor], task)
            outcomes[i] = { body = body, message = message, err = err }
          end)
        end
      end
    end)
    if fault.slow then s.e:quiet() end
    return outcomes, task, waits
  end

  local function is_of(entry, class)
    if entry.vendor ~= class.vendor or entry.action ~= class.action then return false end
    local text = (entry.canonical or "") .. (entry.uri or "")
    return not class.match or text:find("StreamName=" .. class.match.StreamName, 1, true) ~= nil
  end

  local function count(log, class)
    local requests, executed = 0, 0
    for n = 2, #log do -- the first one made the task that is restarted
      local entry = log[n]
      if is_of(entry, class) then
        requests = requests + 1
        if entry.executed then executed = executed + 1 end
        assert.is_true(entry.verified, class.name)
      end
    end
    return requests, executed
  end

  -- What came of a call, as in FAULTS; and how often it was executed.
  local function seen(outcome, class, log, late)
    local requests, executed = count(log, class)
    local err, done = outcome.err, outcome.body and outcome.body.info or {}
    local text = ("%s %d %s%s%s"):format(err and err.code or "ok", requests,
      late and "?" or executed, err and err.maybe_sent and " maybe" or "", done.already
        and " already" or "")
    return text, executed, requests
  end

  local function check(fault, class, forever, outcome, log)
    local wanted, err = expected(fault, class, forever), outcome.err
    local what = class.name .. ": " .. tostring(outcome.message)
    local text, executed, requests = seen(outcome, class, log, wanted:find("?", 1, true))
    assert.equal(wanted, text, what)
    if not err then return executed end
    assert.equal(requests, err.attempts, what)
    assert.equal(err.code .. ": ", outcome.message:sub(1, #err.code + 2))
    -- what may have happened is never offered for a blind repeat
    if err.code == "outcome_unknown" then assert.is_false(err.retryable, what) end
    return executed
  end

  local function check_state(fault, task, executed)
    local state = s.e:state()
    -- an execution that comes late has an older Sequence than its repeat, and is refused by that
    if fault[1] ~= "an execution that comes late" then assert.equal(0, state.zego.violations) end
    local tasks = session.count(state.aliyun.tasks)
    if meets(fault, CLASSES[2]) then assert.equal(1 + executed[2], tasks) end
    assert.is_true(tasks <= 2, "CreateLivePullToPush made two tasks")
    if not meets(fault, CLASSES[1]) then return end
    assert.equal(executed[3], state.aliyun.tasks[task].restarts or 0)
    -- with Oneshot the publisher is cut off and not blocked
    assert.equal(executed[1] > 0 and 1 or 0, session.count(state.aliyun.blocked))
    if meets(fault, CLASSES[5]) then
      assert.equal(executed[5] > 0 and 2 or 0, session.count(state.zego.forbidden))
    end
  end

  for _, fault in ipairs(FAULTS) do
    for _, times in ipairs { "once", "for ever" } do
      it(fault[1] .. ", " .. times, function()
        local outcomes, task, waits = run_all(fault, times == "for ever")
        local log, executed = s.e:requests(), {}
        for i, class in ipairs(CLASSES) do
          if meets(fault, class) then
            executed[i] = check(fault, class, times == "for ever", outcomes[i], log)
          end
        end
        check_state(fault, task, executed)
        if fault.wait then
          assert.is_true(#waits > 0)
          for _, wait in ipairs(waits) do assert.equal(fault.wait, wait) end
        end
      end)
    end
  end
end)
