-- What goes again, how often, and what the call ends with.

local core = require "streamctl.core"
local helper = require "spec.unit.helper"

local response, stopped = helper.response, helper.stopped

local function code(name) return '{"Code":"' .. name .. '","RequestId":"R"}' end

local restore

local function client(answer, options)
  return helper.aliyun(answer, helper.merged({ retry = {} }, options))
end

before_each(function()
  helper.freeze()
  restore = helper.stub_random(0.5)
end)

after_each(function()
  restore()
  helper.thaw()
end)

describe("a call that fails again and again", function()
  it("goes as often as its options said when they were given", function()
    local mine, calls = { attempts = 2 }, { attempts = 3 }
    local live, transport = client(function()
      mine.attempts, calls.attempts = 50, 50
      return stopped("dns", false)
    end, { retry = mine })
    live:resume_live_stream(helper.ALIYUN_PARAMS.ResumeLiveStream)
    assert.equal(2, #transport.requests)
    calls.attempts = 3
    live:resume_live_stream(helper.ALIYUN_PARAMS.ResumeLiveStream, { retry = calls })
    assert.equal(2 + 3, #transport.requests)
  end)

  it("remembers that an earlier attempt may have been executed", function()
    local live = client(helper.script(stopped("timeout", true), stopped("connect", false)))
    local _, _, err = live:resume_live_stream(helper.ALIYUN_PARAMS.ResumeLiveStream)
    assert.equal("connect", err.code)
    assert.is_true(err.maybe_sent)
    assert.equal(3, err.attempts)
  end)

  it("stops at the first failure that is final", function()
    local live, transport = client(helper.script(stopped("timeout", true),
      response(403, code "Forbidden")))
    local _, _, err = live:resume_live_stream(helper.ALIYUN_PARAMS.ResumeLiveStream)
    assert.same({ "forbidden", 2, 2 }, { err.code, err.attempts, #transport.requests })
  end)

  it("succeeds when one attempt does", function()
    local live, transport = client(helper.script(stopped("dns", false),
      response(200, helper.SUCCESS.aliyun)))
    local body = assert(live:create_live_pull_to_push(helper.ALIYUN_PARAMS.CreateLivePullToPush))
    assert.equal("t-1", body.TaskId)
    assert.is_nil(body.already)
    assert.equal(2, #transport.requests)
  end)
end)

describe("the vendor's own wait", function()
  local function elapsed(headers, options)
    local live, transport = client(helper.script(response(400, code "Throttling", headers),
      response(200, helper.SUCCESS.aliyun)), options)
    local start = core.monotonic()
    local body, message, err = live:resume_live_stream(helper.ALIYUN_PARAMS.ResumeLiveStream)
    return body, core.monotonic() - start, #transport.requests, message, err
  end

  local WAITS = {
    ["x-acs-retry-after: 1250"] = 1.25, ["X-Acs-Retry-After: 3000, Retry-After: 9"] = 3,
    ["Retry-After: 9, x-acs-retry-after: 250"] = 0.25,
    ["Retry-After: 9, x-acs-retry-after: soon"] = 9, ["Retry-After: 4"] = 4,
    ["retry-after: Fri| 02 Jan 2026 03:04:11 GMT"] = 6,
    ["Retry-After: Fri| 02 Jan 2026 03:04:05 GMT"] = false,
    ["Retry-After: Fri| 02 Jan 2026 03:00:00 GMT"] = false, ["Retry-After: nonsense"] = false,
    ["Retry-After: 0"] = false, ["Retry-After: -5"] = false, ["Retry-After: nan"] = false,
    ["Retry-After: 1e999"] = false, ["x-acs-retry-after: 1e999"] = false,
    ["x-acs-retry-after: -5"] = false, [""] = false,
  }
  for headers, seconds in pairs(WAITS) do
    it((seconds and "wins: " or "is none: ") .. headers, function()
      local body, waited, sends = elapsed((headers:gsub(", ", "\r\n"):gsub("|", ",")))
      assert.is_table(body)
      assert.equal(2, sends)
      assert.is_true(math.abs(waited - (seconds or 0.1)) < 1e-6, waited)
    end)
  end

  it("that is longer than the time left ends the call at once", function()
    local body, waited, sends, message, err = elapsed("Retry-After: 4\r\n", { timeout = 4 })
    assert.is_nil(body)
    assert.same({ 0, 1, "throttled" }, { waited, sends, err.code })
    assert.truthy(message:find("; the next attempt would be in 4.00 s, too late", 1, true), message)
  end)

  it("is never waited for beyond the deadline, however many attempts there are", function()
    local live, transport = client(stopped("dns", false),
      { timeout = 3, retry = { attempts = 100, base = 1, cap = 1 } })
    local _, _, err = live:resume_live_stream(helper.ALIYUN_PARAMS.ResumeLiveStream)
    assert.equal("dns", err.code)
    assert.is_true(err.elapsed < 3)
    assert.equal(6, #transport.requests)
  end)
end)

describe("a wrong clock", function()
  local SKEW = response(400, code "InvalidTimeStamp.Expired",
    "Date: Fri, 02 Jan 2026 04:04:05 GMT\r\n")

  local function signed_at(request)
    local _, headers = request:sign()
    return headers["x-acs-date"]
  end

  it("is corrected once from the vendor's, for this call and all later ones", function()
    local dates = {}
    local script = helper.script(SKEW, response(200, helper.SUCCESS.aliyun))
    local live, transport = client(function(request, deadline)
      dates[#dates + 1] = signed_at(request)
      return script(request, deadline)
    end)
    local start = core.monotonic()
    for _ = 1, 2 do
      assert(live:create_live_pull_to_push(helper.ALIYUN_PARAMS.CreateLivePullToPush))
    end
    assert.same({ "2026-01-02T03:04:05Z", "2026-01-02T04:04:05Z", "2026-01-02T04:04:05Z" }, dates)
    assert.equal(0, core.monotonic() - start)
    assert.equal(3, #transport.requests)
  end)

  it("that is refused again ends the call", function()
    local live, transport = client(SKEW)
    local _, _, err = live:resume_live_stream(helper.ALIYUN_PARAMS.ResumeLiveStream)
    assert.same({ "clock_skew", 2, 2, false },
      { err.code, err.attempts, #transport.requests, err.maybe_sent })
  end)
end)

describe("what was there already", function()
  local ALREADY = {
    { "ForbidLiveStream", "ConfigAlreadyExists", "conflict" },
    { "StopLivePullToPush", "CodeTaskHasStopped", "vendor" },
    { "DeleteLivePullToPush", "CodeTaskNotExist", "not_found" },
  }

  for _, case in ipairs(ALREADY) do
    it("is a success for a repeat of " .. case[1] .. ", and " .. case[3] .. " at first", function()
      local refusal = response(400, code(case[2]))
      local live = client(helper.script(stopped("timeout", true), refusal))
      local body = assert(live:call(case[1], helper.ALIYUN_PARAMS[case[1]]))
      assert.is_true(body.already)
      local _, _, err = client(refusal):call(case[1], helper.ALIYUN_PARAMS[case[1]])
      assert.same({ case[3], 1 }, { err.code, err.attempts })
    end)
  end

  it("is a success for what another process may have sent, if that may go twice", function()
    for _, case in ipairs(ALREADY) do
      local live, transport = client(response(400, code(case[2])))
      local params = helper.ALIYUN_PARAMS[case[1]]
      assert.is_true(assert(live:call(case[1], params, { again = true })).already)
      local result = live:batch(case[1], { params }, { again = true }).results[1]
      assert.is_true(result.ok and result.response.already)
      assert.equal(2, #transport.requests)
    end
    local live, transport = client(response(400, code "ConfigAlreadyExists"))
    local once = helper.merged(helper.ALIYUN_PARAMS.ForbidLiveStream, { Oneshot = "yes" })
    local _, message, err = live:forbid_live_stream(once, { again = true })
    assert.same({ "invalid_parameter", 0 }, { err.code, #transport.requests })
    assert.truthy(message:find("again is for calls that may be sent twice", 1, true), message)
  end)

  it("is a success also when it is said in XML", function()
    for xml, id in pairs {
      ["<Error><RequestId>R-2</RequestId><Code>ConfigAlreadyExists</Code></Error>"] = "R-2",
      ["<Error><Code>ConfigAlreadyExists</Code></Error>"] = false,
    } do
      local live = client(helper.script(stopped("timeout", true), response(400, xml)))
      local body = assert(live:forbid_live_stream(helper.ALIYUN_PARAMS.ForbidLiveStream))
      assert.is_true(body.already)
      assert.equal(id or nil, body.RequestId)
    end
  end)

  it("is none for a repeat of what was certainly not executed", function()
    for _, case in ipairs(ALREADY) do
      local live, transport = client(helper.script(stopped("dns", false),
        response(400, code(case[2]))))
      local body, _, err = live:call(case[1], helper.ALIYUN_PARAMS[case[1]])
      assert.is_nil(body)
      assert.same({ case[3], 2, false, 2 },
        { err.code, err.attempts, err.maybe_sent, #transport.requests })
    end
  end)

  it("is none at first, even when the answer is that of a broken server", function()
    local live = client(response(500, code "ConfigAlreadyExists"), { retry = false })
    local body, _, err = live:forbid_live_stream(helper.ALIYUN_PARAMS.ForbidLiveStream)
    assert.is_nil(body)
    assert.equal("conflict", err.code)
  end)

  it("belongs to its own operation", function()
    local live = client(helper.script(stopped("timeout", true),
      response(400, code "CodeTaskHasStopped")))
    local _, _, err = live:resume_live_stream(helper.ALIYUN_PARAMS.ResumeLiveStream)
    assert.equal("vendor", err.code)
  end)

  it("is a conflict for an operation that must not be repeated", function()
    local live = client(helper.script(stopped("dns", false),
      response(400, code "CodeConfigAlreadyExists")))
    local _, _, err = live:create_live_pull_to_push(helper.ALIYUN_PARAMS.CreateLivePullToPush)
    assert.same({ "conflict", 2 }, { err.code, err.attempts })
  end)
end)

describe("the option retry", function()
  local STREAM = helper.ALIYUN_PARAMS.ResumeLiveStream

  local function attempts(of_client, of_call)
    local live, transport = helper.aliyun(stopped("dns", false), { retry = of_client })
    assert.is_nil((live:resume_live_stream(STREAM, { retry = of_call })))
    return #transport.requests
  end

  it("is of the client, or of one call", function()
    assert.equal(1, attempts(false))
    assert.equal(3, attempts {})
    assert.equal(5, attempts { attempts = 5 })
    assert.equal(2, attempts({ attempts = 5 }, { attempts = 2 }))
    assert.equal(1, attempts({ attempts = 5 }, false))
    assert.equal(3, attempts(false, {}))
  end)

  it("sets base and cap of the waits", function()
    local live = client(stopped("dns", false), { retry = { attempts = 4, base = 1, cap = 1.5 } })
    local _, _, err = live:resume_live_stream(STREAM)
    assert.is_true(math.abs(err.elapsed - (0.5 + 0.75 + 0.75)) < 1e-6)
  end)

  it("throws when it is bad, at the caller's line", function()
    for _, bad in ipairs { true, 3, { attempts = 0 }, { bas = 1 }, { cap = -1 } } do
      local ok, why = pcall(function()
        helper.aliyun():resume_live_stream(STREAM, { retry = bad })
      end)
      assert.is_false(ok)
      assert.truthy(why:find("call_retry_spec.lua:%d+: option 'retry' "), why)
    end
  end)
end)

describe("the budget of retries", function()
  local STREAM = helper.ALIYUN_PARAMS.ResumeLiveStream

  it("dries up in an outage, and fills with successes", function()
    local up = false
    local live, transport = client(function()
      return up and response(200, helper.SUCCESS.aliyun) or stopped("dns", false)
    end)
    for _ = 1, 50 do live:resume_live_stream(STREAM) end -- 500 tokens: 100 retries
    assert.equal(150, #transport.requests)
    assert.is_nil((live:resume_live_stream(STREAM)))
    assert.equal(151, #transport.requests)
    up = true
    for _ = 1, 5 do assert(live:resume_live_stream(STREAM)) end
    up = false
    local _, message = live:resume_live_stream(STREAM)
    assert.equal(151 + 5 + 2, #transport.requests)
    assert.truthy(message:find("; too many calls fail at present, so it was not repeated", 1, true),
      message)
  end)

  it("is each client's own", function()
    local one = client(stopped("dns", false))
    for _ = 1, 60 do one:resume_live_stream(STREAM) end
    local other, transport = client(stopped("dns", false))
    assert.is_nil((other:resume_live_stream(STREAM)))
    assert.equal(3, #transport.requests)
  end)
end)

describe("an attempt of an operation that must not be repeated", function()
  local CREATE = helper.ALIYUN_PARAMS.CreateLivePullToPush
  local STREAM = helper.ALIYUN_PARAMS.ResumeLiveStream

  -- How many attempts there are when the first one takes so long to find no connection.
  local function attempts(action, params, seconds, options)
    local live, transport = client(function()
      core.sleep(seconds)
      return stopped("connect", false)
    end, helper.merged({ retry = { attempts = 2 } }, options))
    local _, message, err = live:call(action, params)
    assert.equal("connect", err.code)
    return #transport.requests, message
  end

  it("does not start with less than three seconds left", function()
    assert.equal(2, (attempts("CreateLivePullToPush", CREATE, 11.8)))
    local count, message = attempts("CreateLivePullToPush", CREATE, 11.95)
    assert.equal(1, count)
    assert.truthy(message:find("; the next attempt would be in 0.10 s, too late", 1, true), message)
    assert.equal(2, (attempts("ResumeLiveStream", STREAM, 14.8)))
  end)

  it("needs no more than its own time limit, or half of that of the call", function()
    assert.equal(2, (attempts("CreateLivePullToPush", CREATE, 13.8, { attempt_timeout = 1 })))
    assert.equal(1, (attempts("CreateLivePullToPush", CREATE, 13.95, { attempt_timeout = 1 })))
    assert.equal(2, (attempts("CreateLivePullToPush", CREATE, 0.85, { timeout = 2 })))
    assert.equal(1, (attempts("CreateLivePullToPush", CREATE, 0.95, { timeout = 2 })))
  end)

  it("is throttled when its slot comes later than that", function()
    local live, transport = client(nil, { rate_limit = 0.1, timeout = 12 })
    assert(live:create_live_pull_to_push(CREATE))
    local _, message, err = live:create_live_pull_to_push(CREATE)
    assert.same({ "throttled", 1 }, { err.code, #transport.requests })
    assert.truthy(message:find("the next slot is in 10.0", 1, true), message)
    assert(live:create_live_pull_to_push(CREATE, { timeout = 14 }))
  end)
end)

describe("an error after a repeat", function()
  local STREAM = helper.ALIYUN_PARAMS.ResumeLiveStream

  it("that was never sent has nothing of the answer before", function()
    local asked = 0
    local live = client(response(503, '{"Code":"ServiceUnavailable","RequestId":"R-9"}'),
      { store = {
      stamp = function(_, _, floor) return floor, {} end,
      reserve = function()
        asked = asked + 1
        if asked > 1 then return nil, "gone" end
        return 0
      end,
    }, rate_limit = 5 })
    local _, message, err = live:resume_live_stream(STREAM)
    assert.equal("store: the store gives no slot: gone (ResumeLiveStream)", message)
    assert.is_nil(err.http_status)
    assert.is_nil(err.request_id)
    assert.same({ 1, true }, { err.attempts, err.maybe_sent })
  end)
end)

describe("a transport of the caller's own", function()
  local STREAM = helper.ALIYUN_PARAMS.ResumeLiveStream

  it("need not say why it failed", function()
    for _, name in ipairs { "connect", "tls", "timeout", "strange" } do
      local live = helper.aliyun({ code = name, maybe_sent = false })
      local body, message, err = live:resume_live_stream(STREAM)
      assert.is_nil(body)
      assert.equal(name == "strange" and "connect" or name, err.code)
      assert.is_string(message)
      assert.is_nil(err.cause)
    end
    local _, message = helper.aliyun({ code = "connect" }):resume_live_stream(STREAM)
    assert.equal("connect: the transport does not say why (ResumeLiveStream)", message)
  end)

  -- What is no result, and how the message tells.
  local NONE = {
    ["nothing"] = { nil, "it is a nil" }, ["a text"] = { "ok", "it is a string" },
    ["no code"] = { { http_status = 200 }, "its code is no text" },
    ["no http_status"] = { { code = "ok", body = "{}" }, "its http_status is no whole number" },
    ["a text as http_status"] = { { code = "ok", http_status = "200" },
      "its http_status is no whole number" },
    ["a table of headers"] = { { code = "ok", http_status = 503, headers = {} },
      "its headers are no text" },
    ["a table as body"] = { { code = "ok", http_status = 200, body = {} }, "its body is no text" },
  }
  for name, case in pairs(NONE) do
    it("that hands back " .. name .. " has its calls fail, and says why", function()
      local events = {}
      local live, transport = helper.aliyun(function() return case[1] end,
        { on_event = function(event) events[#events + 1] = event.code end })
      local _, message, err = live:resume_live_stream(STREAM)
      assert.same({ "bad_response", true, true, 1 },
        { err.code, err.maybe_sent, err.retryable, err.attempts })
      assert.truthy(message:find("the transport's result is none: " .. case[2], 1, true), message)
      assert.same({ "bad_response" }, events)
      _, message, err = live:create_live_pull_to_push(helper.ALIYUN_PARAMS.CreateLivePullToPush)
      assert.same({ "outcome_unknown", true, 2 },
        { err.code, err.maybe_sent, #transport.requests })
      assert.truthy(message:find(case[2], 1, true), message)
      assert.is_table(err.settle)
    end)
  end

  it("need not have a body", function()
    local live = helper.aliyun({ code = "ok", http_status = 204 })
    local _, _, err = live:resume_live_stream(STREAM)
    assert.equal("bad_response", err.code)
  end)
end)
