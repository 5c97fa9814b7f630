-- Batches whose items come from an iterator and whose results are handed out as they come; and how
-- work and memory grow with the items.

local core = require "streamctl.core"
local helper = require "spec.pieces.helper"
local streamctl = require "streamctl"

local LOST = helper.stopped("dns", false)
local OK = helper.OK

-- Items made by `make(i)`, and how many were taken so far.
local function counted(count, make)
  local at = { taken = 0 }
  return function()
    if at.taken == count then return nil end
    at.taken = at.taken + 1
    return make(at.taken)
  end, at
end

local function id(i) return "s" .. i end

local function stream(name) return helper.streams(name)[1] end

local function item(i) return stream(id(i)) end

local function ids_of(request) return helper.sent(request, "StreamId[]") end

-- Collects results by their place, each once.
local function collector()
  local results = {}
  return results, function(result)
    assert.is_nil(results[result.index])
    results[result.index] = result
  end
end

helper.stand_still()

describe("a batch with an iterator", function()
  it("takes ids from it, and knows the total at the end", function()
    local rtc, transport = helper.zego()
    local totals = {}
    local report = rtc:batch("ResumeRTCStreams", (counted(45, id)), {
      on_progress = function(at) totals[#totals + 1] = tostring(at.total) .. " " .. at.done end,
    })
    assert.same({ 45, 45, 0, 3 },
      { report.total, report.succeeded, report.failed, report.requests })
    for i, count in ipairs { 20, 20, 5 } do
      assert.equal(count, #ids_of(transport.requests[i]))
    end
    for i, result in ipairs(report.results) do
      assert.same({ i, id(i), true }, { result.index, result.item, result.ok })
    end
    assert.same({ "nil 20", "nil 40", "nil 45" }, totals)
    report = rtc:batch("ResumeRTCStreams", function() end)
    assert.same({ 0, 0, 0, 3 }, { report.total, report.succeeded, report.failed,
      #transport.requests })
  end)

  it("has the failure of the call that it made, as a pager's, and the first one", function()
    local rtc = helper.zego(LOST)
    local report = rtc:batch("ResumeRTCStreams", function()
      return rtc:resume_rtc_stream { StreamId = "s1" }
    end)
    assert.same({ "dns", "ResumeRTCStream" }, { report.err.code, report.err.operation })
    assert.is_nil(report.err.thrown)
    local odd = setmetatable({}, { __index = function() error("boom") end })
    report = rtc:batch("ResumeRTCStreams", function() return nil, "no more", odd end)
    assert.same({ "caller_error", "no more" }, { report.err.code, report.err.thrown })
    report = rtc:batch("ResumeRTCStreams", { "s1" }, {
      on_send = function() error("first", 0) end, on_result = function() error("second", 0) end,
    })
    assert.equal("first", report.err.thrown)
  end)

  -- what ends the batch -> its options, and what the report's error says
  for title, case in pairs {
    ["its time limit"] = { { timeout = 2 }, "the time limit of the batch passed" },
    ["should_stop"] = { { should_stop = function(p) return p.succeeded == 2 and "enough" end },
      "enough" },
    ["on_send"] = { { on_send = function(call) return call.items[1].index < 3, "enough" end },
      "enough" },
  } do
    it("is not ok when the batch ended before the iterator did, by " .. title, function()
      local live = helper.aliyun(function()
        core.sleep(1)
        return OK.aliyun
      end)
      case[1].concurrency = 1
      local report = live:batch("ResumeLiveStream", (counted(9, item)), case[1])
      assert.same({ 2, "cancelled", false },
        { report.succeeded, (report.err or {}).code, report.ok })
      assert.truthy(report.err.message:find("before its iterator, because " .. case[2], 1, true))
      report = live:batch("ResumeLiveStream", (counted(2, item)), { timeout = 9 })
      assert.same({ 2, true }, { report.succeeded, report.ok })
    end)
  end
end)

describe("the time limit of a batch's call", function()
  it("begins when it may go, also without a rate and while keys take their time", function()
    local lefts = {}
    local function noting(answer)
      return function(_, deadline)
        lefts[#lefts + 1] = deadline - core.monotonic()
        return answer
      end
    end
    local live = helper.aliyun(noting(OK.aliyun), { timeout = 4, credentials = function()
      streamctl.sleep(1.5)
      return { access_key_id = "id", access_key_secret = "s" }
    end })
    assert.equal(1, live:batch("ResumeLiveStream", { item(1) }).succeeded)
    local rtc = helper.zego(noting(OK.zego), { timeout = 4, share_requests = true })
    streamctl.run(function()
      assert.equal(2, rtc:batch("ResumeRTCStreams", { "a", "b" }).succeeded)
    end)
    assert.same({ 4, 4 }, lefts)
  end)
end)

describe("a batch with on_result", function()
  it("hands out each result once, and keeps none", function()
    local rtc = helper.zego(helper.script(OK.zego, LOST))
    local results, on_result = collector()
    local items = { "a", "no id", "b", "a" }
    for i = 5, 30 do items[i] = id(i) end
    local report = rtc:batch("ResumeRTCStreams", items, { on_result = on_result, concurrency = 1 })
    assert.same({ 30, 30, 21, 1, 8 },
      { report.total, #results, report.succeeded, report.failed, report.unsent })
    assert.same({ nil, {} }, { report.results, report.failures })
    for i, result in ipairs(results) do assert.equal(items[i], result.item) end
    assert.equal("invalid_parameter", results[2].err.code)
    assert.is_true(results[4].ok)
    assert.same({ "dns", results[30].message }, { results[30].err.code, results[30].err.message })
  end)

  it("sends the good ids of a request where a repeated one joins them meanwhile", function()
    local rtc, transport = helper.zego()
    local items = { "a", "no id" }
    for i = 3, 20 do items[i] = id(i) end
    items[21] = "a"
    local report = rtc:batch("ResumeRTCStreams", items, { concurrency = 2,
      on_result = function(result)
        if not result.ok then streamctl.sleep(0.01) end -- another worker takes the last id
      end,
    })
    assert.same({ 20, 1, 1 }, { report.succeeded, report.failed, #transport.requests })
  end)

  for title, items in pairs { ["an iterator"] = (counted(50, item)),
    ["a list"] = { item(1), item(2), item(3), item(4), item(5) } } do
    it("sends nothing more when it throws, and reports what it did not take: " .. title, function()
      local thrown, seen = { "disk full" }, 0
      local live, transport = helper.aliyun()
      local report = live:batch("ResumeLiveStream", items, {
        concurrency = 1, on_result = function()
          seen = seen + 1
          if seen == 3 then error(thrown) end
        end,
      })
      assert.same({ 3, 3, 3 }, { seen, #transport.requests, report.succeeded })
      assert.equal(thrown, report.err.thrown)
      assert.same({ 3, true }, { report.results[1].index, report.results[1].ok })
      assert.same({ report.total - 2, report.total - 3 }, { #report.results, #report.failures })
      for i, failed in ipairs(report.failures) do
        assert.equal(report.results[i + 1], failed)
        assert.truthy(failed.message:find("because on_result failed: ", 1, true))
      end
    end)
  end
end)

-- Counted, not timed: hundreds of Lua's instructions.
local SMALL, LARGE = 400, 4000
local MOST = 15 -- times the work for ten times the items; what is quadratic takes 60 and more

local jit = rawget(_G, "jit")

local KINDS = {
  { "ids", "zego", "ResumeRTCStreams", id },
  { "repeated ids", "zego", "ResumeRTCStreams", function(i) return id(i % 10) end },
  { "ill-formed ids", "zego", "ResumeRTCStreams", function(i) return "no id " .. i end },
  { "tables", "aliyun", "ResumeLiveStream", item },
  { "tables for one stream", "aliyun", "ResumeLiveStream", function() return item(1) end },
}

describe("the work of a batch grows in proportion to its items:", function()
  local function work_of(kind, count)
    local work, items = 0, {}
    local function watch() debug.sethook(function() work = work + 1 end, "", 100) end
    local client = helper[kind[2]](function()
      watch() -- a hook is of one coroutine
      return OK[kind[2]]
    end)
    for i = 1, count do items[i] = kind[4](i) end
    if jit then -- compiled code has no hook
      jit.off()
      jit.flush()
    end
    watch()
    local report = client:batch(kind[3], items)
    debug.sethook()
    if jit then jit.on() end
    assert.equal(count, report.succeeded + report.failed)
    return work
  end

  for _, kind in ipairs(KINDS) do
    it(kind[1], function()
      local small, large = work_of(kind, SMALL), work_of(kind, LARGE)
      assert.is_true(small > 10 and large < MOST * small, small .. " and " .. large)
    end)
  end
end)
