-- Numbers of a process: what they count, what they are called, and that they stay few.

local core = require "streamctl.core"
local helper = require "spec.pieces.helper"
local memory = require "streamctl.store.memory"
local metrics = require "streamctl.metrics"
local exposition = require "spec.support.prometheus"

local STREAM = helper.ALIYUN_PARAMS.ResumeLiveStream
local response, stopped = helper.response, helper.stopped

helper.stand_still(0.5)

-- The lines of a text without comments and histograms' buckets.
local function plain(m)
  local lines = {}
  for line in m:text():gmatch "[^\n]+" do
    if not line:find "^#" and not line:find("_bucket{", 1, true) then
      lines[#lines + 1] = line:gsub("^streamctl_", "")
    end
  end
  return table.concat(lines, "\n")
end

describe("metrics", function()
  it("count what became of calls, of both vendors", function()
    local m = metrics.new()
    local function timed(result, seconds)
      return function()
        core.sleep(seconds)
        result.elapsed = seconds
        return result
      end
    end
    local live = helper.aliyun(helper.script(timed(stopped("timeout", true), 0.25),
      timed(helper.OK.aliyun, 0.5)), { retry = { base = 0.5 },
      on_event = m.on_event, store = memory.new() })
    local rtc = helper.zego(response(200, '{"Code":1234,"Message":"m","RequestId":"r"}',
      "Date: Fri, 02 Jan 2026 03:04:12 GMT\r\n"), { on_event = m.on_event })
    assert(live:resume_live_stream(STREAM))
    assert.is_nil((rtc:resume_rtc_stream { StreamId = "s" }))
    assert.is_nil((helper.aliyun(stopped("timeout", true), { on_event = m.on_event })
      :create_live_pull_to_push(helper.ALIYUN_PARAMS.CreateLivePullToPush)))
    local text = plain(m):gsub('vendor="aliyun",operation="ResumeLiveStream"', "RESUME")
      :gsub('vendor="aliyun",operation="CreateLivePullToPush"', "CREATE")
      :gsub('vendor="zego",operation="ResumeRTCStream"', "RTC")
    assert.equal([[
calls_total{CREATE,code="outcome_unknown"} 1
calls_total{RESUME,code="ok"} 1
calls_total{RTC,code="vendor"} 1
call_duration_seconds_sum{CREATE} 0
call_duration_seconds_count{CREATE} 1
call_duration_seconds_sum{RESUME} 1
call_duration_seconds_count{RESUME} 1
call_duration_seconds_sum{RTC} 0
call_duration_seconds_count{RTC} 1
calls_in_flight{vendor="aliyun"} 0
calls_in_flight{vendor="zego"} 0
attempts_total{CREATE,code="timeout"} 1
attempts_total{RESUME,code="ok"} 1
attempts_total{RESUME,code="timeout"} 1
attempts_total{RTC,code="vendor"} 1
attempt_duration_seconds_sum{RESUME} 0.75
attempt_duration_seconds_count{RESUME} 2
retries_total{RESUME,code="timeout"} 1
wait_seconds_total{RESUME,reason="retry"} 0.25
unknown_outcomes_total{CREATE} 1
unknown_outcomes_total{RESUME} 0
unknown_outcomes_total{RTC} 0
clock_offset_seconds{vendor="zego"} 6
build_info{version="]] .. core._VERSION .. '"} 1', text)
  end)

  it("count streams that gave way, and know how much is in flight", function()
    local m, store, seen = metrics.new(), memory.new(), nil
    local rtc = helper.zego(function()
      seen = exposition.read(m:text())['streamctl_calls_in_flight{vendor="zego"}']
      return helper.OK.zego
    end, { store = store, rate_limit = 1, on_event = function(event)
      m.on_event(event)
      if event.event ~= "wait" then return end
      helper.freeze(helper.NOW, 1001)
      assert(helper.zego(nil, { store = store }):forbid_rtc_streams { StreamId = { "b", "c" } })
    end })
    for _ = 1, 2 do assert(rtc:resume_rtc_streams { StreamId = { "a", "b", "c" } }) end
    local samples = exposition.read(m:text())
    local RTC = '{vendor="zego",operation="ResumeRTCStreams"}'
    assert.equal(2, samples["streamctl_superseded_total" .. RTC])
    assert.equal(1, seen)
    assert.equal(0, samples['streamctl_calls_in_flight{vendor="zego"}'])
    assert.is_true(samples["streamctl_wait_seconds_total" .. RTC:gsub("}", ',reason="limit"}')] > 0)
  end)

  it("count failures of the store and of the queue, and show the queue and keys", function()
    local m = metrics.new()
    assert.is_nil((helper.aliyun(nil, { on_event = m.on_event, store = {
      stamp = function() return nil, "gone" end, reserve = function() return 0 end } })
      :resume_live_stream(STREAM)))
    m.on_event { event = "queue", code = "store" }
    m.on_event { event = "lengths", urgent = { waiting = 1, taken = 2, later = 0, oldest = 0.5 },
      bulk = { waiting = 3, taken = 4, later = 5, oldest = 60 } }
    m.on_event { event = "credentials", vendor = "aliyun", code = "ok", expires = 1767326645.5 }
    m.on_event { event = "credentials", vendor = "aliyun", code = "credentials" }
    m.on_event { event = "clock", vendor = "aliyun", offset = -3.25 }
    local samples = exposition.read(m:text())
    for name, value in pairs {
      ['store_failures_total{vendor="aliyun",method="stamp"}'] = 1,
      ['queue_failures_total{code="store"}'] = 1,
      ['queue_entries{lane="urgent",state="waiting"}'] = 1,
      ['queue_entries{lane="bulk",state="later"}'] = 5,
      ['queue_oldest_seconds{lane="bulk"}'] = 60,
      ['credentials_refreshes_total{vendor="aliyun",code="ok"}'] = 1,
      ['credentials_refreshes_total{vendor="aliyun",code="credentials"}'] = 1,
      ['credentials_expiry_timestamp_seconds{vendor="aliyun"}'] = 1767326645.5,
      ['clock_offset_seconds{vendor="aliyun"}'] = -3.25,
    } do
      assert.equal(value, samples["streamctl_" .. name], name)
    end
  end)

  it("show the key of several accounts that ends first, while it cannot be renewed", function()
    local m, at = metrics.new(), 1000
    local function shown(account, expires, seconds)
      at = at + (seconds or 0)
      helper.freeze(nil, at)
      m.on_event { event = "credentials", vendor = "aliyun", code = "ok", account = account,
        expires = expires }
      return exposition.read(m:text())[
        'streamctl_credentials_expiry_timestamp_seconds{vendor="aliyun"}']
    end
    assert.equal(5000, shown("a", 5000))
    assert.equal(4000, shown("b", 4000))
    assert.equal(4000, shown("a", 6000, 299))
    assert.equal(4000, shown("b", 4000, 60))
    assert.equal(4000, shown("a", 6000, 299))
    assert.equal(4000, shown("b", nil))
    assert.equal(7000, shown("b", 7000)) -- it was renewed
    assert.equal(6000, shown("a", 6000))
    assert.equal(7000, shown("b", 7000, 301)) -- nobody asks for the other one
  end)

  it("stay as many, whatever ids, actions and codes there are", function()
    local m = metrics.new()
    local function count()
      local _, lines = m:text():gsub("\n", "")
      return lines
    end
    local live = helper.aliyun(function()
      return response(400, ('{"Code":"C%d","Message":"m%d","RequestId":"r%d"}'):format(
        core.random() * 2 ^ 31, core.random() * 2 ^ 31, core.random() * 2 ^ 31))
    end, { on_event = m.on_event, store = memory.new() })
    local before
    for i = 1, 10000 do
      live:resume_live_stream(helper.merged(STREAM, { StreamName = "s" .. i }))
      live:call("Action" .. i % 100, { StreamName = "s" .. i })
      local text = "random " .. i
      for _, name in ipairs(i % 10 > 0 and {} or { "begin", "attempt", "wait", "call",
        "credentials", "store", "queue", text }) do
        m.on_event { event = name, vendor = text, operation = text, code = text, reason = text,
          method = text, previous = text, delay = 1, elapsed = 1, superseded = 0, call = i,
          request_id = text, vendor_code = text, message = text }
      end
      if i == 100 then before = count() end
    end
    assert.equal(before, count())
    assert.is_nil(m:text():find "random")
    local samples = exposition.read(m:text())
    assert.equal(10000,
      samples['streamctl_calls_total{vendor="aliyun",operation="other",code="vendor"}'])
  end)
end)

-- An object as nginx-lua-prometheus makes one, which notes what is registered.
local function recorder()
  local made, numbers = {}, {}
  local function register(kind)
    return function(_, name, help, labels, buckets)
      made[#made + 1] = { name = name, kind = kind, help = help, labels = labels,
        buckets = buckets }
      local function note(_, value, values)
        assert.equal(#labels, #values)
        numbers[name] = (numbers[name] or 0) + value
      end
      return kind == "histogram" and { observe = note }
        or kind == "gauge" and { inc = note, set = note } or { inc = note }
    end
  end
  return { counter = register "counter", gauge = register "gauge",
    histogram = register "histogram" }, made, numbers
end

describe("metrics of nginx-lua-prometheus", function()
  it("are registered there, and counted there", function()
    local prometheus, made, numbers = recorder()
    local m = metrics.prometheus(prometheus)
    assert(helper.aliyun(nil, { on_event = m.on_event }):resume_live_stream(STREAM))
    assert.same({ 1, 1, 0 }, { numbers.streamctl_calls_total, numbers.streamctl_attempts_total,
      numbers.streamctl_calls_in_flight })
    for _, metric in ipairs(made) do
      assert.equal(metric.kind == "counter", metric.name:find "_total$" ~= nil)
      assert.equal(metric.kind == "histogram", metric.buckets ~= nil)
    end
    helper.throws("these numbers", function() m:text() end)
    helper.throws("prometheus takes", function() metrics.prometheus() end)
  end)

  it("are those of docs/how-to/metrics.md", function()
    local prometheus, made = recorder()
    metrics.prometheus(prometheus)
    local documented, registered = {}, {}
    for line in io.lines "docs/how-to/metrics.md" do
      local name, labels, kind, help =
        line:match "^| `(streamctl_[%w_]+)` | ([^|]*) | (%a+) | (.*) |$"
      if name and not name:find "_edge_" then
        documented[#documented + 1] = { name, labels:gsub("`", ""), kind, help }
      end
    end
    for i, metric in ipairs(made) do
      registered[i] = { metric.name, table.concat(metric.labels, ", "), metric.kind, metric.help }
    end
    assert.same(registered, documented)
  end)
end)
