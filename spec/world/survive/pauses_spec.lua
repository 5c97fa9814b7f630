-- What the vendor's own wait does to the calls of a batch, whatever it asks for.

local child = require "spec.support.child"
local core = require "streamctl.core"
local helper = require "spec.pieces.helper"

local found_luv = pcall(require, "luv")

local function items(count)
  local list = {}
  for i = 1, count do
    list[i] = { DomainName = "play.example.com", AppName = "app", StreamName = "s" .. i }
  end
  return list
end

local function busy(headers)
  return helper.response(429, '{"Code":"Throttling.User","Message":"slow","RequestId":"r"}',
    headers)
end

describe("a batch that the vendor asks to wait", function()
  local sent

  before_each(function()
    helper.freeze()
    sent = {}
  end)
  after_each(helper.thaw)

  -- A client whose vendor refuses the first request so; `sent`: when each one came.
  local function client(headers, options)
    local start, answer = core.monotonic(), helper.script(busy(headers),
      helper.response(200, '{"RequestId":"r","StreamState":"online"}'))
    return helper.aliyun(function(...)
      sent[#sent + 1] = core.monotonic() - start
      return answer(...)
    end, helper.merged({ retry = {} }, options))
  end

  local function run(live, list, options)
    return live:batch("DescribeLiveStreamState", list, helper.merged({ concurrency = 2 }, options))
  end

  it("waits where each call has the time for it", function()
    local report = run(client "Retry-After: 14\r\n", items(5))
    assert.same({ 5, 6 }, { report.succeeded, report.requests })
    assert.equal(0, sent[1])
    for i = 2, 6 do assert.is_true(sent[i] >= 14) end
  end)

  for headers, seconds in pairs {
    ["Retry-After: 16\r\n"] = "16.00", ["Retry-After: 86400\r\n"] = "86400.00",
    ["Retry-After: 1e300\r\n"] = "31622400.00", ["x-acs-retry-after: 86400000\r\n"] = "86400.00",
    ["x-acs-retry-after: 1e300\r\n"] = "31622400.00",
    ["Retry-After: Fri, 01 Jan 2100 00:00:00 GMT\r\n"] = "31622400.00",
  } do
    it("fails the calls whose own limit is shorter: " .. headers:gsub("[\r\n]+", ""), function()
      local start = core.monotonic()
      local report = run(client(headers), items(5))
      assert.same({ 0, 1, 4, 1 },
        { report.succeeded, report.failed, report.unsent, report.requests })
      for i, result in ipairs(report.results) do
        assert.same({ "throttled", true, false, i == 1 and 1 or 0 },
          { result.err.code, result.err.retryable, result.err.maybe_sent, result.err.attempts })
        assert.truthy(result.message:find(seconds .. " s", 1, true), result.message)
      end
      assert.equal(start, core.monotonic())
    end)
  end

  it("holds up nobody for more than a minute", function()
    local report = run(client("Retry-After: 90\r\n", { timeout = 120 }), items(5))
    assert.equal(5, report.succeeded)
    assert.is_true(sent[2] >= 60 and sent[2] < 61)
    assert.is_true(sent[6] >= 90) -- the refused call itself keeps to what was asked
  end)

  it("sends again after a minute, whatever was asked", function()
    local list, at = items(3), 0
    local report = run(client "Retry-After: 86400\r\n", function()
      at = at + 1
      if at == 3 then core.sleep(61) end
      return list[at]
    end, { concurrency = 1 })
    assert.same({ "throttled", "throttled", "ok" }, helper.codes(report))
    assert.equal(2, report.requests)
  end)

  it("keeps to the longest pause that was asked for", function()
    local answer = helper.script(busy "Retry-After: 86400\r\n", busy "Retry-After: 1\r\n",
      helper.response(200, '{"RequestId":"r","StreamState":"online"}'))
    local live = helper.aliyun(function(_, _, loop)
      local result = answer()
      loop.sleep(0.1) -- both are under way
      return result
    end, { retry = {} })
    local report = run(live, items(4))
    assert.same({ "throttled", "throttled", "throttled", "throttled" }, helper.codes(report))
    assert.equal(2, report.requests)
    assert.truthy(report.results[2].message:find("a pause of 86399.00 s", 1, true),
      report.results[2].message) -- a second later
  end)

  it("ends by its own limit, when that is the shorter one", function()
    local report = run(client "Retry-After: 14\r\n", items(5), { timeout = 10 })
    assert.same({ 0, 1 }, { report.succeeded, report.requests })
    for _, result in ipairs(report.results) do assert.equal("throttled", result.err.code) end
  end)

  it("lets a wait poll again", function()
    local live = client "Retry-After: 86400\r\n"
    local answer = assert(live:wait_for("stream_online", items(1)[1], { timeout = 200 }))
    assert.equal("online", answer.StreamState)
    assert.is_true(sent[2] >= 60 and sent[2] < 80, sent[2])
  end)
end)

describe("a call that the vendor asks to wait for ever", function()
  it("fails in luv's loop as throttled, alone and in a batch", function()
    if not found_luv then return pending("needs luv") end
    local output = child.run [[
      local helper, uv = require "spec.pieces.helper", require "luv"
      local busy = helper.response(429, '{"Code":"Throttling.User","RequestId":"r"}',
        "Retry-After: 1e300\r\n")
      local stream = helper.ALIYUN_PARAMS.ResumeLiveStream
      coroutine.wrap(function()
        local live = helper.aliyun(helper.script(busy), { loop = "luv", retry = {},
          timeout = 86400 })
        print(select(3, live:resume_live_stream(stream)).code)
        local report = live:batch("ResumeLiveStream", { stream, stream, stream })
        for _, code in ipairs(helper.codes(report)) do print(code) end
      end)()
      uv.run()
    ]]
    assert.equal(("throttled\n"):rep(4), output)
  end)
end)
