-- Every fault of the emulator, met once and for ever by calls of every retry class.

local session = require "spec.support.session"
local streamctl = require "streamctl"

-- `code` of a call that may be repeated; `maybe`: the vendor may have executed it; `again`: the same call may go again;
-- `done`: the emulator did execute it; `slow`: the answer comes after the attempt's time; `late`: and so does the
-- execution; `once_more`: it goes again only once; `row`: the code is documented for operations with a row only.
local FAULTS = {
  { "an execution that comes late", { kind = "latency", seconds = 0.6 }, code = "timeout", maybe = true, again = true,
    slow = true, late = true },
  { "an answer that comes late", { kind = "latency", seconds = 0.6, after = true }, code = "timeout", maybe = true,
    again = true, slow = true, done = true },
  { "a slow body", { kind = "slow_body", pause = 0.3, chunks = 3 }, code = "timeout", maybe = true, again = true,
    slow = true, done = true },
  { "a reset before the execution", { kind = "reset_before" }, code = "connect", maybe = true, again = true },
  { "a reset after the execution", { kind = "reset_after" }, code = "connect", maybe = true, again = true,
    done = true },
  { "500", { kind = "status" }, code = "http", maybe = true, again = true },
  { "503", { kind = "status", status = 503 }, code = "http", maybe = true, again = true },
  { "503 after the execution", { kind = "status", status = 503, execute = true }, code = "http", maybe = true,
    again = true, done = true },
  { "500 with a code", { kind = "status", code = "InternalError" }, only = "aliyun", code = "vendor", maybe = true,
    again = true },
  { "503 with a code", { kind = "status", status = 503, code = 1 }, only = "zego", code = "vendor", maybe = true,
    again = true },
  { "503 and the vendor's own wait", { kind = "status", status = 503, retry_after_ms = 30 }, code = "http",
    maybe = true, again = true, wait = 0.03 },
  { "503 with a code and a wait", { kind = "status", status = 503, code = "ServiceUnavailable", retry_after_ms = 30 },
    only = "aliyun", code = "vendor", maybe = true, again = true, wait = 0.03 },
  { "HTML in a 200", { kind = "html" }, code = "bad_response", maybe = true, again = true },
  { "HTML in a 502", { kind = "html", status = 502 }, code = "http", maybe = true, again = true },
  { "an empty body", { kind = "empty" }, code = "bad_response", maybe = true, again = true, done = true },
  { "204", { kind = "no_content" }, code = "bad_response", maybe = true, again = true, done = true },
  { "a truncated body", { kind = "truncated", missing = 1 }, code = "bad_response", maybe = true, again = true,
    done = true },
  { "a huge body", { kind = "huge" }, code = "too_large", maybe = true, done = true },
  { "a huge body of unknown length", { kind = "huge", chunked = true }, code = "too_large", maybe = true, done = true },
  { "half a document", { kind = "garbage_json" }, code = "bad_response", maybe = true, again = true, done = true },
  { "an error in XML", { kind = "xml_error" }, only = "aliyun", code = "vendor" },
  { "a RetCode", { kind = "ret_code" }, only = "aliyun", code = "vendor" },
  { "Status fail", { kind = "status_fail" }, only = "aliyun", code = "vendor" },
  { "a Code of text", { kind = "code_type" }, only = "zego", code = "bad_response", maybe = true, again = true,
    done = true },
  { "no Code", { kind = "code_type", value = "missing" }, only = "zego", code = "bad_response", maybe = true,
    again = true, done = true },
  { "a redirect", { kind = "redirect", location = "https://127.0.0.1:1/" }, code = "http" },
  { "throttling", { kind = "throttle" }, code = "throttled", again = true, row = true },
  { "a nonce used before", { kind = "nonce_used" }, only = "aliyun", code = "replayed", maybe = true, again = true },
  { "a wrong clock", { kind = "expired" }, code = "clock_skew", again = true, once_more = true },
}

-- `safe`: may be repeated blindly; `match`: what its requests carry; `conflict`: a repeat learns that it is done.
local CLASSES = {
  { name = "a safe operation of Alibaba Cloud", vendor = "aliyun", action = "ForbidLiveStream", safe = true,
    conflict = true, match = { StreamName = "plain" },
    run = function(client) return client:forbid_live_stream(session.stream { StreamName = "plain" }) end },
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
  { name = "a safe operation of ZEGO", vendor = "zego", action = "ForbidRTCStreams", safe = true,
    run = function(client) return client:forbid_rtc_streams { StreamId = { "s1", "s2" } } end },
  { name = "an action of Alibaba Cloud without a row", vendor = "aliyun", action = "EchoOnce", free = true,
    run = function(client) return client:call("EchoOnce", { A = "1" }) end },
  { name = "the same, idempotent", vendor = "aliyun", action = "EchoOften", free = true, safe = true,
    run = function(client) return client:call("EchoOften", { A = "1" }, { idempotent = true }) end },
  { name = "an action of ZEGO without a row", vendor = "zego", action = "EchoOnce", free = true,
    run = function(client) return client:call("EchoOnce", { A = "1" }) end },
  { name = "the same of ZEGO, idempotent", vendor = "zego", action = "EchoOften", free = true, safe = true,
    run = function(client) return client:call("EchoOften", { A = "1" }, { idempotent = true }) end },
}

-- What a call of a class must come to.
local function promise(fault, class, forever)
  local code, again = fault.code, fault.again
  if fault.row and class.free and class.vendor == "zego" then code, again = "vendor", false end
  local repeats = again and (class.safe or not fault.maybe)
  local p = { requests = not repeats and 1 or (forever and not fault.once_more) and 3 or 2 }
  p.ok = repeats and not forever or false
  p.code = not p.ok and (fault.maybe and not class.safe and "outcome_unknown" or code) or nil
  p.maybe = fault.maybe or false
  p.already = p.ok and fault.done and class.conflict or nil
  p.executed = (fault.done and (forever and p.requests or 1) or 0) + (p.ok and 1 or 0)
  if class.conflict and p.executed > 1 then p.executed = 1 end
  return p
end

describe("a fault and a call that survives it or does not:", function()
  local s

  setup(function() s = session.start() end)
  teardown(function() session.stop(s) end)
  before_each(function() s.e:reset() end)

  -- Until the emulator has finished what it executes late.
  local function quiet()
    for _ = 1, 200 do
      local running = s.e:counters().in_flight
      if (running.aliyun or 0) == 0 and (running.zego or 0) == 0 then return end
      streamctl.sleep(0.02)
    end
    error("the emulator is still busy")
  end

  local function clients(fault, waits)
    local options = {
      rate_limit = false, retry = { base = 0.01, cap = 0.02 }, attempt_timeout = fault.slow and 0.25 or 5,
      on_event = function(event)
        if event.event == "wait" then waits[#waits + 1] = event.delay end
      end,
    }
    local function with_store()
      local copy = { store = streamctl.store.memory() }
      for name, value in pairs(options) do copy[name] = value end
      return copy
    end
    return { aliyun = s:aliyun(with_store()), zego = s:zego(with_store()) }
  end

  local function meets(fault, class)
    return not fault.only or fault.only == class.vendor
  end

  local function add_faults(fault, forever)
    local function add(fields)
      for name, value in pairs(fault[2]) do fields[name] = value end
      s.e:fault(fields)
    end
    if forever then return add { vendor = fault.only, times = -1 } end
    for _, class in ipairs(CLASSES) do
      if meets(fault, class) then add { vendor = class.vendor, action = class.action, match = class.match } end
    end
  end

  -- All classes at once: they share nothing but the time.
  local function run_all(fault, forever)
    local task = assert(s:aliyun():create_live_pull_to_push(session.task())).TaskId
    local waits = {}
    add_faults(fault, forever)
    local two, outcomes = clients(fault, waits), {}
    streamctl.run(function()
      for i, class in ipairs(CLASSES) do
        if meets(fault, class) then
          streamctl.spawn(function()
            local body, message, err = class.run(two[class.vendor], task)
            outcomes[i] = { body = body, message = message, err = err }
          end)
        end
      end
    end)
    if fault.slow then quiet() end
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

  local function check(fault, class, forever, outcome, log)
    local p, err = promise(fault, class, forever), outcome.err
    local what = class.name .. ": " .. tostring(outcome.message)
    local requests, executed = count(log, class)
    assert.equal(p.requests, requests, what)
    assert.equal(p.code, err and err.code, what)
    assert.equal(p.ok, outcome.body ~= nil, what)
    if p.ok then
      assert.equal(p.already, outcome.body.already, what)
    else
      assert.equal(p.requests, err.attempts, what)
      assert.equal(p.maybe, err.maybe_sent, what)
      assert.equal(p.code .. ": ", outcome.message:sub(1, #p.code + 2))
      -- what may have happened is never offered for a blind repeat
      if p.code == "outcome_unknown" then assert.is_false(err.retryable, what) end
    end
    if not fault.late then assert.equal(p.executed, executed, what) end
    return executed
  end

  local function check_state(fault, task, executed)
    local state = s.e:state()
    -- an execution that comes late has an older Sequence than its repeat, and is refused by that
    if not fault.late then assert.equal(0, state.zego.violations) end
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
