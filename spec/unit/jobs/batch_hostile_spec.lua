-- Batches whose calls throw, whose streams have two names, and that run in odd places.

local helper = require "spec.unit.helper"
local tasks = require "streamctl.loop.tasks"

local response = helper.response
local SUCCESS = response(200, helper.SUCCESS.zego)

-- The value of a request's parameter.
local function value_of(request, name)
  for i = 1, #request.params, 2 do
    if request.params[i] == name then return request.params[i + 1] end
  end
end

describe("a batch", function()
  before_each(function() helper.freeze() end)
  after_each(helper.thaw)

  it("keeps its report when the transport throws", function()
    local rtc, transport = helper.zego(function(request)
      if value_of(request, "StreamId") == "b" then error("boom") end
      return SUCCESS
    end)
    local items = {}
    for i, id in ipairs { "a", "b", "c", "b", "d" } do items[i] = { StreamId = id } end
    local report = rtc:batch("ForbidRTCStream", items, { concurrency = 2 })
    assert.equal(5, #transport.requests)
    assert.same({ 5, 3, 2 }, { report.total, report.succeeded, report.failed })
    for _, i in ipairs { 1, 3, 5 } do assert.is_true(report.results[i].ok) end
    for _, i in ipairs { 2, 4 } do
      assert.is_truthy(report.results[i].message:find("boom", 1, true))
      assert.is_true(report.results[i].err.maybe_sent)
    end
  end)

  it("keeps its report when an item's metamethods throw", function()
    local boom = { __pairs = function() error("boom") end, __index = function() error("boom") end }
    local items = {}
    for i = 1, 3 do items[i] = { DomainName = "push.example.com", StreamName = "s" .. i } end
    setmetatable(items[2], boom)
    local report = helper.aliyun():batch("ResumeLiveStream", items,
      { params = { AppName = "app" } })
    assert.same({ 3, 3 }, { report.total, report.succeeded })
  end)

  it("stops for a reason that has no text", function()
    local odd = setmetatable({}, { __tostring = function() return nil end })
    for name, answer in pairs { should_stop = { odd }, on_send = { false, odd } } do
      local rtc, transport = helper.zego(SUCCESS)
      local report = rtc:batch("ForbidRTCStreams", { "a" },
        { [name] = function() return answer[1], answer[2] end })
      assert.same({ "cancelled", 0 }, { report.results[1].err.code, #transport.requests })
      assert.truthy(report.results[1].message:find("because a table", 1, true), name)
    end
  end)

  it("says that the outcome is unknown when a call that must not be repeated throws", function()
    local live = helper.aliyun(function() error("boom with " .. helper.ACCESS_KEY_SECRET) end)
    for operation, code in pairs { CreateLivePullToPush = "outcome_unknown",
      ResumeLiveStream = "connect" } do
      local result = live:batch(operation, { helper.ALIYUN_PARAMS[operation] }).results[1]
      assert.equal(code, result.err.code)
      assert.is_true(result.err.maybe_sent)
      assert.truthy(result.message:find("boom", 1, true), result.message)
      assert.is_nil(result.message:find(helper.ACCESS_KEY_SECRET, 1, true))
    end
    for oneshot, code in pairs { yes = "outcome_unknown", no = "connect" } do
      local item = helper.merged(helper.ALIYUN_PARAMS.ForbidLiveStream, { Oneshot = oneshot })
      assert.equal(code, live:batch("ForbidLiveStream", { item }).results[1].err.code)
    end
    assert.truthy(live:batch("CreateLivePullToPush", { helper.ALIYUN_PARAMS.CreateLivePullToPush })
      .results[1].message:find("DescribeLivePullToPushList", 1, true))
  end)

  it("says which streams gave way also when the others failed", function()
    local store = require("streamctl.store.memory").new()
    local other = helper.zego(nil, { store = store })
    local rtc = helper.zego(helper.script(function()
      assert(other:resume_rtc_stream { StreamId = "b" })
      return helper.stopped("timeout", true)
    end, helper.stopped("dns", false)), { store = store, retry = { attempts = 2, base = 0.001 } })
    local codes = {}
    for i, result in ipairs(rtc:batch("ForbidRTCStreams", { "a", "b" }).results) do
      codes[i] = result.err.code
    end
    assert.same({ "dns", "superseded" }, codes)
  end)

  it("takes a stream with and without the test prefix for one", function()
    local running, most = 0, 0
    local rtc = helper.zego(function()
      running = running + 1
      most = math.max(most, running)
      tasks.sleep(0.01)
      running = running - 1
      return SUCCESS
    end, { is_test = true })
    local prefixed = "zegotest-" .. helper.APP_ID .. "-a"
    local report = rtc:batch("ForbidRTCStream", { { StreamId = "a" }, { StreamId = prefixed } })
    assert.equal(2, report.succeeded)
    assert.equal(1, most)
  end)

  it("works off its items one by one in a coroutine of the caller's own inside a task", function()
    local rtc = helper.zego(SUCCESS)
    local report
    tasks.run(function()
      coroutine.wrap(function() report = rtc:batch("ForbidRTCStream",
        { { StreamId = "a" }, { StreamId = "b" } }) end)()
    end)
    assert.equal(2, report.succeeded)
  end)

  it("repeats a call although its next slot is further away than the client's time "
    .. "limit", function()
    local sent = {}
    local rtc = helper.zego(function(request)
      local id = value_of(request, "StreamId")
      sent[id] = (sent[id] or 0) + 1
      if id == "s1" and sent[id] == 1 then return helper.stopped("connect", false) end
      return SUCCESS
    end, { rate_limit = 1, timeout = 5, retry = { base = 0.001 } })
    local items = {}
    for i = 1, 20 do items[i] = { StreamId = "s" .. i } end
    local report = rtc:batch("ForbidRTCStream", items, { concurrency = 20 })
    assert.equal(20, report.succeeded)
    assert.equal(2, sent.s1)
  end)
end)
