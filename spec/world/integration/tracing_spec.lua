-- examples/tracing.lua: which spans of OpenTelemetry calls become. The collector is the emulator,
-- which keeps what it is sent.

local cjson = require "cjson"
local session = require "spec.support.session"
local tracing = assert(loadfile "examples/tracing.lua")()

local TRACE, PARENT = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
local SAMPLED = "00-" .. TRACE .. "-" .. PARENT .. "-01"

session.describe("examples/tracing.lua", function(s)
  local told, stderr

  before_each(function()
    told, stderr = "", io.stderr
    io.stderr = { -- luacheck: ignore 122
      write = function(_, ...) told = told .. table.concat { ... } end,
    }
  end)
  after_each(function() io.stderr = stderr end) -- luacheck: ignore 122

  local function client(options, traces_options)
    local wanted = { endpoint = s.e.zego_http, service = "spec" }
    for name, value in pairs(traces_options or {}) do wanted[name] = value end
    local traces = tracing.new(wanted)
    options = options or {}
    options.on_event = traces.on_event
    return s:zego(options), traces
  end

  local function resume(rtc, context, id)
    return rtc:resume_rtc_stream({ StreamId = id or "s1" }, { context = context })
  end

  -- The span of a call, those of its attempts in the order of their beginnings, what the collector
  -- was sent, and the requests of the vendor.
  local function tree()
    local root, attempts, text, requests = nil, {}, nil, {}
    for _, request in ipairs(s.e:requests()) do
      if request.uri ~= "/v1/traces" then
        requests[#requests + 1] = request
      else
        assert.same({ "POST", "application/json" },
          { request.method, request.headers["content-type"] })
        text = request.body
        local sent = cjson.decode(text).resourceSpans[1]
        for _, span in ipairs(sent.scopeSpans[1].spans) do
          span.service = sent.resource.attributes[1].value.stringValue
          for _, attribute in ipairs(span.attributes) do
            local kind, value = next(attribute.value)
            span[attribute.key] = kind == "intValue" and tonumber(value) or value
          end
          if span.kind == 3 then table.insert(attempts, span) else root = span end
        end
      end
    end
    s.e:reset()
    table.sort(attempts, function(a, b) return a.startTimeUnixNano < b.startTimeUnixNano end)
    return root, attempts, text, requests
  end

  it("makes a span of a call below the caller's, and of each attempt below the call's", function()
    s.e:fault { vendor = "zego", kind = "status", status = 503 }
    local rtc, traces = client { retry = { attempts = 3, base = 0.01 } }
    assert.is_table(resume(rtc, { traceparent = SAMPLED }))
    assert.is_truthy(traces.flush())
    local root, attempts, text, requests = tree()
    assert.same({ TRACE, PARENT, "ResumeRTCStream", "spec" },
      { root.traceId, root.parentSpanId, root.name, root.service })
    assert.same({ "zego", "ResumeRTCStream", "ok", 2 }, { root["streamctl.vendor"],
      root["streamctl.operation"], root["streamctl.code"], root["streamctl.attempts"] })
    assert.same({ 1, 1 }, { root.kind, root.flags, root.status })
    assert.equal("wait", root.events[1].name)
    assert.equal(2, #attempts)
    for i, span in ipairs(attempts) do
      assert.same({ TRACE, root.spanId, "GET", "GET", "127.0.0.1" }, { span.traceId,
        span.parentSpanId, span.name, span["http.request.method"], span["server.address"] })
      for name, pattern in pairs { spanId = "^" .. ("%x"):rep(16) .. "$",
        startTimeUnixNano = "^%d+$", endTimeUnixNano = "^%d+$" } do
        assert.matches(pattern, span[name])
      end
      assert.equal(s.e.zego, span["url.full"]:sub(1, #s.e.zego))
      assert.equal(tonumber(s.e.zego:match "%d+$"), span["server.port"])
      assert.equal(i > 1 and i - 1 or nil, span["http.request.resend_count"])
    end
    assert.not_equal(attempts[1].spanId, attempts[2].spanId)
    assert.same({ 503, "http", 2 }, { attempts[1]["http.response.status_code"],
      attempts[1]["error.type"], attempts[1].status.code })
    assert.same({ 200 }, { attempts[2]["http.response.status_code"], attempts[2]["error.type"],
      attempts[2].status })
    assert.equal(root["streamctl.request_id"], assert(attempts[2]["streamctl.request_id"]))
    assert.equal(2, #requests)
    for _, request in ipairs(requests) do
      assert.is_nil(request.headers.traceparent)
      assert.is_nil(text:find(request.query.Signature, 1, true))
    end
    assert.is_nil(text:find(s.e.server_secret, 1, true))
  end)

  it("sends nothing that is no UTF-8, whatever a vendor answers", function()
    local sent
    local traces = tracing.new { endpoint = "http://unused", send = function(_, json)
      sent = json
      return true
    end }
    local event = { event = "begin", vendor = "zego", operation = "X", call = 1, time = 1 }
    traces.on_event(event)
    event.event, event.code, event.elapsed, event.request_id = "call", "ok", 0, "id\255\176\0"
    traces.on_event(event)
    traces.flush()
    assert.is_nil(sent:find "[\128-\255]")
    assert.truthy(sent:find("id??", 1, true))
  end)

  it("begins a trace of its own without a valid traceparent", function()
    local rtc, traces = client()
    local seen = {}
    for _, header in ipairs { false, "", "00-" .. TRACE .. "-" .. PARENT, SAMPLED .. "-more",
      SAMPLED .. " ", "ff" .. SAMPLED:sub(3), SAMPLED:upper(), (SAMPLED:gsub("4bf9", "4bfg")),
      ("00-%s-%s-01"):format(("0"):rep(32), PARENT), ("00-%s-%s-01"):format(TRACE, ("0"):rep(16)),
      ("00-%s0-%s-01"):format(TRACE, PARENT), "01" .. SAMPLED:sub(3) .. "x", 7 } do
      assert.is_table(resume(rtc, { traceparent = header or nil }))
      traces.flush()
      local root = tree()
      assert.is_nil(root.parentSpanId, header)
      assert.is_nil(seen[root.traceId])
      assert.not_equal(TRACE, root.traceId)
      seen[root.traceId] = true
    end
  end)

  it("sends nothing of what the caller does not sample", function()
    local rtc, traces = client()
    resume(rtc, { traceparent = (SAMPLED:gsub("01$", "00")) })
    resume(rtc, { traceparent = (SAMPLED:gsub("01$", "02")) })
    traces.flush()
    assert.is_nil((tree()))
    resume(rtc, { traceparent = (SAMPLED:gsub("01$", "03")) })
    traces.flush()
    assert.is_table((tree()))
  end)

  it("fails no call without a collector, counts what is lost, and tells it once", function()
    local rtc, traces = client(nil, { endpoint = (s.e.refused:gsub("^https", "http")) })
    for i = 1, 3 do
      assert.is_table(resume(rtc))
      assert.is_falsy(traces.flush())
      assert.equal(2 * i, traces.dropped)
    end
    assert.equal("tracing: 2 spans dropped: connection refused\n", told)
    rtc, traces = client(nil, { endpoint = "https://127.0.0.1" })
    assert.is_table(resume(rtc))
    assert.matches("is not http://host:port", (select(2, traces.flush())))
  end)
end)
