-- Answers that are no success, met by operations that may be repeated and by such that may not:
-- what their errors hold. More of them are in spec/survive/fault_matrix_spec.lua.

local session = require "spec.support.session"

-- What a fault means: `code` for an operation that may be repeated, `maybe` whether the vendor may
-- have executed it, `again` whether the same call may go again. One that must not be repeated turns
-- `maybe` into outcome_unknown. `done`: whether the emulator did execute it. `row`: the vendor
-- documents the code for some actions only. Values that differ are tables by vendor.
local BOTH = {
  { "a reset over plain HTTP", { kind = "reset_before", rst = true }, code = "connect",
    maybe = true, again = true, plain = true },
  { "500 with an empty body", { kind = "empty", status = 500, execute = false }, status = 500,
    code = "http", maybe = true, again = true },
  { "403 with HTML", { kind = "status", status = 403 }, status = 403, code = "http" },
  { "400 with JSON of another kind", { kind = "status", status = 400, body = '{"error":"x"}' },
    status = 400, code = "http" },
  { "a compressed body", { kind = "gzip" }, status = 200, code = "bad_response", maybe = true,
    again = true, done = true },
  { "a JSON list", { kind = "body", body = '[{"Code":0,"RequestId":"a"}]' }, status = 200,
    code = "bad_response", maybe = true, again = true },
  { "JSON null", { kind = "body", body = "null" }, status = 200, code = "bad_response",
    maybe = true, again = true },
  { "an empty object", { kind = "body", body = "{}" }, status = 200, code = "bad_response",
    maybe = true, again = true },
  { "XML in a 200", { kind = "body", body = "<a>0</a>", content_type = "text/xml" }, status = 200,
    code = "bad_response", maybe = true, again = true },
  { "throttling", { kind = "throttle" }, status = { aliyun = 400, zego = 200 }, code = "throttled",
    again = true, row = true, vendor_code = { aliyun = "Throttling.User", zego = 30002 } },
}

local ALIYUN = {
  { "throttling in XML", { kind = "xml_error", status = 503, code = "Throttling.Api" },
    status = 503, code = "throttled", vendor_code = "Throttling.Api", again = true },
  { "429 without a code", { kind = "status", status = 429 }, status = 429, code = "throttled",
    again = true },
}

local ZEGO = {
  { "Code true", { kind = "code_type", value = true }, status = 200, code = "bad_response",
    maybe = true, again = true, done = true },
  { "a passing condition", { kind = "status", status = 200, code = 100000015 }, status = 200,
    code = "vendor", vendor_code = 100000015, maybe = true, again = true },
  { "Code 0 with 500", { kind = "status", status = 500, code = 0 }, status = 500, code = "http",
    maybe = true, again = true },
}

-- Operations, and how many things they have changed at the emulator.
local OPERATIONS = {
  { vendor = "aliyun", action = "ForbidLiveStream", safe = true,
    run = function(client) return client:forbid_live_stream(session.stream()) end,
    changes = function(state) return session.count(state.aliyun.blocked) end },
  { vendor = "aliyun", action = "CreateLivePullToPush",
    run = function(client) return client:create_live_pull_to_push(session.task()) end,
    changes = function(state) return session.count(state.aliyun.tasks) end },
  { vendor = "zego", action = "ForbidRTCStream", safe = true,
    run = function(client) return client:forbid_rtc_stream { StreamId = "s1" } end,
    changes = function(state) return session.count(state.zego.forbidden) end },
  { vendor = "zego", action = "EchoTest", no_row = true,
    run = function(client) return client:call("EchoTest") end },
}

local KINDS = {
  connect = "transport", http = "http", bad_response = "http", throttled = "limit",
  vendor = "vendor", outcome_unknown = "transport",
}

session.describe("a fault", function(s)
  local function of(vendor, value)
    if type(value) == "table" then return value[vendor] end
    return value
  end

  local function check_error(case, operation, message, err)
    local unknown = case.maybe and not operation.safe
    local code = unknown and "outcome_unknown" or case.code
    assert.equal(code, err.code)
    assert.equal(KINDS[code], err.kind)
    assert.equal(of(operation.vendor, case.status), err.http_status)
    assert.equal(of(operation.vendor, case.vendor_code), err.vendor_code)
    assert.equal(case.maybe or false, err.maybe_sent)
    assert.equal(case.again and not unknown or false, err.retryable)
    assert.same({ operation.vendor, operation.action, 1 },
      { err.vendor, err.operation, err.attempts })
    assert.is_true(err.elapsed >= 0 and err.elapsed < 10)
    assert.equal(message, err.message)
    assert.equal(message, tostring(err))
    assert.equal(code .. ": ", message:sub(1, #code + 2))
    assert.is_truthy(message:find(operation.action, 1, true))
    assert.is_nil(message:find("%c"))
    if unknown then assert.is_truthy(message:find(case.code .. ": ", 1, true)) end
  end

  local function check_request_id(case, operation, err)
    -- a header of every answer
    if operation.vendor == "aliyun" and case.status then
      assert.is_truthy(err.request_id:find("^%x+%-%x+%-%x+%-%x+%-%x+$"))
    elseif case.vendor_code then
      assert.is_truthy(err.request_id:find("^%d+$"))
    end
  end

  local function test(case, operation)
    local what = (operation.safe and "" or "not ") .. "to be repeated"
    it(("%s meets %s, %s"):format(case[1], operation.action, what), function()
      local fault = { vendor = operation.vendor, times = -1 }
      for name, value in pairs(case[2]) do fault[name] = value end
      s.e:fault(fault)
      local endpoint = case.plain and s.e[operation.vendor .. "_http"] or nil
      -- on a connection of its own: libcurl sends again on a new one when a kept one turns out to
      -- be dead
      local client = s[operation.vendor](s,
        { endpoint = endpoint, tls = { ca_file = s:own_ca_file() } })

      local body, message, err = operation.run(client)
      assert.is_nil(body)
      check_error(case, operation, message, err)
      check_request_id(case, operation, err)

      local log = s.e:requests()
      assert.equal(1, #log)
      assert.is_true(log[1].verified)
      assert.equal(case.done or false, log[1].executed)
      if operation.changes then
        assert.equal(case.done and 1 or 0, operation.changes(s.e:state()))
      end
    end)
  end

  for _, operation in ipairs(OPERATIONS) do
    for _, cases in ipairs { BOTH, operation.vendor == "aliyun" and ALIYUN or ZEGO } do
      for _, case in ipairs(cases) do
        if not (case.row and operation.no_row) then test(case, operation) end
      end
    end
  end

  it("is over when it has been met as often as asked", function()
    s.e:fault { vendor = "aliyun", kind = "status", status = 503 }
    local live = s:aliyun()
    local _, _, err = live:resume_live_stream(session.stream())
    assert.equal("http", err.code)
    assert(live:resume_live_stream(session.stream()))
  end)

  it("names the query that settles an unknown outcome", function()
    s.e:fault { vendor = "aliyun", kind = "empty", times = -1 }
    local live = s:aliyun()
    local _, message = live:create_live_pull_to_push(session.task())
    assert.is_truthy(message:find("DescribeLivePullToPushList", 1, true))
    _, message = live:restart_live_pull_to_push { Region = "cn-shanghai", TaskId = "t" }
    assert.is_truthy(message:find("DescribeLivePullToPush ", 1, true))
    local _, _, err = live:forbid_live_stream(session.stream { Oneshot = "yes" })
    assert.equal("outcome_unknown", err.code)
    assert.is_truthy(err.message:find("DescribeLiveStreamState", 1, true))
  end)

  it("leaves an action without a row open, unless the caller says that it may be "
    .. "repeated", function()
    s.e:fault { vendor = "zego", kind = "empty", times = -1 }
    local _, _, err = s:zego():call("EchoTest", {}, { idempotent = true })
    assert.same({ "bad_response", true, true }, { err.code, err.retryable, err.maybe_sent })
    _, _, err = s:zego():call("EchoTest", {}, { idempotent = false })
    assert.same({ "outcome_unknown", false, true }, { err.code, err.retryable, err.maybe_sent })
  end)

  for _, status in ipairs { 301, 302, 307, 308 } do
    it("that redirects with " .. status .. " is never followed", function()
      for _, vendor in ipairs { "aliyun", "zego" } do
        s.e:reset()
        s.e:fault { vendor = vendor, kind = "redirect", status = status,
          location = s.e[vendor .. "_http"] .. "/?a=b" }
        local _, _, err = s[vendor](s):call("EchoTest", {}, { idempotent = true })
        assert.same({ "http", status, false, false },
          { err.code, err.http_status, err.retryable, err.maybe_sent })
        assert.equal(1, #s.e:requests())
      end
    end)
  end

  it("of a long answer is told in less than 4 KiB", function()
    s.e:fault { vendor = "aliyun", kind = "status", status = 400, code = ("X"):rep(5000),
      message = ("é"):rep(5000) }
    local _, message, err = s:aliyun():create_live_pull_to_push(session.task())
    assert.is_true(#message < 4096)
    assert.is_true(#err.vendor_code < 4096)
  end)
end)
