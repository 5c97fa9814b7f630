-- What a pager is asked and told: options, keys, markers, coroutines, batches, mistakes.

local cjson = require "cjson"
local core = require "streamctl.core"
local helper = require "spec.unit.helper"
local streamctl = require "streamctl"

local BLOCKED = "DescribeLiveStreamsBlockList"
local ONLINE = "DescribeLiveStreamsOnlineList"
local TASKS = "DescribeLivePullToPushList"
local METRICS = "DescribeLiveStreamMetricDetailData"
local PLACE = { DomainName = "play.example.com" }
local REGION = { Region = "cn-shanghai" }
local TIMES = { StartTime = "2026-01-01T00:00:00Z", EndTime = "2026-01-02T00:00:00Z" }

local function answer(fields)
  fields.RequestId = "R-1"
  local text = cjson.encode(fields):gsub("%[{}%]", "[]"):gsub('"empty"', "[]")
  return helper.response(200, text)
end

local function number(request, name) return tonumber(helper.sent(request, name)[1]) end

-- A block list of so many; each page as large as asked.
local function block_list(total)
  return function(request)
    local page, size = number(request, "PageNum"), number(request, "PageSize")
    local list = {}
    for i = (page - 1) * size + 1, math.min(page * size, total) do list[#list + 1] = "s" .. i end
    return answer { TotalNum = total, StreamUrls = { StreamUrl = #list > 0 and list or "empty" } }
  end
end

local function all(pager)
  local items = {}
  while true do
    local item, message, err = pager:next()
    if item == nil then return items, message, err end
    items[#items + 1] = item
  end
end

local function throws(why, call)
  local ok, message = pcall(call)
  assert.is_false(ok, "nothing was thrown")
  assert.truthy(message:find(debug.getinfo(call, "S").short_src, 1, true), message)
  assert.truthy(message:find(why, 1, true), message)
  assert.is_true(#message < 4096)
end

before_each(function() helper.freeze() end)
after_each(helper.thaw)

describe("a pager", function()
  it("gives items or pages, and pages what is left of them", function()
    local pager = helper.aliyun(block_list(8)):pages(BLOCKED, PLACE, { page_size = 3 })
    assert.equal("s1", pager:next())
    local list, whole = pager:next_page()
    assert.same({ { "s2", "s3" }, 8 }, { list, whole.TotalNum })
    assert.equal("s4", pager:next())
    assert.equal("s5", pager:next())
    assert.equal("s6", pager:next())
    assert.same({ "s7", "s8" }, (pager:next_page()))
    for _ = 1, 2 do
      assert.same({ {}, {} }, { { pager:next() }, { pager:next_page() } })
    end
  end)

  it("tells what failed and goes on from there", function()
    local failing = true
    local serve = block_list(6)
    local pager = helper.aliyun(function(request)
      if number(request, "PageNum") == 2 and failing then return helper.stopped("dns", false) end
      return serve(request)
    end):pages(BLOCKED, PLACE, { page_size = 3 })
    local items, message, err = all(pager)
    assert.same({ "s1", "s2", "s3" }, items)
    assert.same({ "dns", message, 2 }, { err.code, err.message, err.page })
    assert.equal(err, pager.err)
    failing = false
    assert.same({ "s4", "s5", "s6" }, (all(pager)))
    assert.is_nil(pager.err)
  end)

  it("asks for pages of the size that is wanted, or else the vendor's greatest up to "
    .. "1000", function()
    local function size(operation, params, options)
      local live, transport = helper.aliyun(answer { Total = 0, TotalNum = 0, StreamUrls = {} })
      assert.same({}, live:pages(operation, params, options):next_page())
      return number(transport.requests[1], "PageSize")
    end
    assert.equal(1000, size(BLOCKED, PLACE))
    assert.equal(100, size(TASKS, REGION))
    assert.equal(7, size(BLOCKED, { DomainName = "d", PageSize = 7 }))
    assert.equal(9, size(BLOCKED, { DomainName = "d", PageSize = 7 }, { page_size = 9 }))
    assert.equal(2500, size(BLOCKED, PLACE, { page_size = 2500 }))
    assert.is_nil((size("DescribeLiveStreamMonitorList", {})))
  end)

  it("begins where the caller says", function()
    local live, transport = helper.aliyun(block_list(9))
    local pager = live:pages(BLOCKED, { DomainName = "d", PageNum = 2 }, { page_size = 3 })
    assert.same({ "s4", "s5", "s6", "s7", "s8", "s9" }, (all(pager)))
    assert.equal(2, #transport.requests)
    local _, message, err = live:pages(BLOCKED, { DomainName = "d", PageNum = "x" }):next()
    assert.equal("invalid_parameter", err.code)
    assert.truthy(message:find("PageNum must be a whole number", 1, true), message)
    assert.equal(2, #transport.requests)
  end)

  it("stops after max_items, in the middle of a page too", function()
    for most, requests in pairs { [2] = 1, [3] = 1, [4] = 2 } do
      local live, transport = helper.aliyun(block_list(9))
      local pager = live:pages(BLOCKED, PLACE, { page_size = 3, max_items = most })
      assert.equal(most, #all(pager))
      assert.equal(requests, #transport.requests)
    end
    local live = helper.aliyun(block_list(9))
    local pager = live:pages(BLOCKED, PLACE, { page_size = 5, max_items = 6 })
    assert.same({ 5, 1 }, { #pager:next_page(), #pager:next_page() })
    assert.is_nil((pager:next_page()))
  end)

  it("passes the options of a call on to each page", function()
    local lefts, serve = {}, block_list(9)
    local live = helper.aliyun(function(request, deadline)
      lefts[#lefts + 1] = deadline - core.monotonic()
      core.sleep(3)
      return serve(request)
    end)
    local pager = live:pages(BLOCKED, PLACE, { page_size = 3, timeout = 4 })
    assert.equal(9, #all(pager))
    assert.same({ 4, 4, 4 }, lefts)
    local other, transport = helper.aliyun(helper.stopped("dns", false), { retry = {} })
    other:pages(BLOCKED, PLACE, { retry = false }):next()
    assert.equal(1, #transport.requests)
  end)

  it("hints at smaller pages when one is too large", function()
    local live = helper.aliyun(helper.stopped("too_large", true))
    local _, message, err = live:pages(BLOCKED, PLACE):next()
    assert.truthy(message:find("; start again with a smaller page_size$"), message)
    assert.equal(message, err.message)
  end)

  it("says what is wrong with parameters, and sends nothing", function()
    local live, transport = helper.aliyun(block_list(3))
    local pager = live:pages(BLOCKED, { Domain = "d" })
    for _ = 1, 2 do
      local item, message, err = pager:next()
      assert.is_nil(item)
      assert.equal("invalid_parameter", err.code)
      assert.truthy(message:find("Domain is no parameter of " .. BLOCKED, 1, true), message)
    end
    assert.equal(0, #transport.requests)
  end)
end)

describe("an item", function()
  local function tasks(...)
    return answer { Total = select("#", ...), TaskList = { ... } }
  end

  it("is known by its key, whatever else changes", function()
    local live = helper.aliyun(helper.script(
      answer { Total = 4, TaskList = { { TaskId = "a", TaskStatus = 1 }, { TaskId = "b" } } },
      answer { Total = 4, TaskList = { { TaskId = "a", TaskStatus = 3 }, { TaskId = "c" } } }))
    local ids = {}
    for task in live:each(TASKS, REGION) do
      ids[#ids + 1] = task.TaskId .. (task.TaskStatus or "")
    end
    assert.same({ "a1", "b", "c" }, ids)
  end)

  it("without its key is known by all that it holds", function()
    local live = helper.aliyun(tasks({ A = { 1, 2 } }, { A = { 1, 2 } }, { A = { 2, 1 } }, "a", "a",
      1, true, cjson.null))
    local items = all(live:pages(TASKS, REGION))
    assert.same({ { A = { 1, 2 } }, { A = { 2, 1 } }, "a", 1, true }, items)
    -- whatever the order of its fields
    local there, back = {}, {}
    for i = 1, 50 do
      there[i] = ('"F%d":%d'):format(i, i)
      back[51 - i] = there[i]
    end
    live = helper.aliyun(helper.response(200, '{"RequestId":"R","Total":2,"TaskList":[{'
      .. table.concat(there, ",") .. "},{" .. table.concat(back, ",") .. "}]}"))
    assert.equal(1, #all(live:pages(TASKS, REGION)))
  end)

  it("is another when a large number differs, on every Lua", function()
    local list = {}
    for i = 1, 3 do list[i] = { Id = 1700000000000000 + i } end
    local text = '{"RequestId":"R","TotalNum":3,"StreamUrls":{"StreamUrl":[{"Id":1700000000000001},'
      .. '{"Id":1700000000000002},{"Id":1700000000000003},{"Id":1700000000000002}]}}'
    local live = helper.aliyun(helper.script(helper.response(200, text),
      answer { TotalNum = 3, StreamUrls = { StreamUrl = "empty" } }))
    assert.same(list, (all(live:pages(BLOCKED, PLACE))))
  end)

  it("is known by a part of its key, when it has no more", function()
    local live = helper.aliyun(answer { TotalNum = 4, OnlineInfo = { LiveStreamOnlineInfo = {
      { DomainName = "d", AppName = "a", StreamName = "s", FrameRate = 1 },
      { DomainName = "d", AppName = "a", StreamName = "s", FrameRate = 2 },
      { DomainName = "d", AppName = "a", StreamName = "s", Transcoded = "yes" },
      { AppName = "d", StreamName = "as" },
    } } })
    assert.equal(3, #all(live:pages(ONLINE, PLACE)))
  end)

  it("may be known by what the caller says", function()
    local list = { { TaskId = "a", TaskInfo = { TaskName = "x" } }, { TaskId = "b", TaskStatus = 2,
      TaskInfo = { TaskName = "x" } } }
    local function count(key)
      local live = helper.aliyun(answer { Total = 2, TaskList = list })
      return #all(live:pages(TASKS, REGION, { key = key }))
    end
    assert.equal(2, count())
    assert.equal(1, count { "TaskInfo.TaskName" })
    assert.equal(2, count { "TaskInfo.TaskName", "TaskStatus" })
    assert.equal(1, count(function(task) return task.TaskInfo.TaskName end))
    assert.equal(2, count(function() end))
  end)

  it("is what the filter says, exactly, though the vendor's is loose", function()
    local list = {
      { TaskId = "a", TaskInfo = { TaskName = "x", DstUrl = "rtmp://d/a/1" } },
      { TaskId = "b", TaskInfo = { TaskName = "x2", DstUrl = "rtmp://d/a/1" } },
      { TaskId = "ab", TaskInfo = { TaskName = "x", DstUrl = "rtmp://d/a/12" } }, "text",
    }
    local function ids(params, options)
      local live = helper.aliyun(answer { Total = 4, TaskList = list })
      local found = {}
      for task in live:each(TASKS, helper.merged(REGION, params), options) do
        found[#found + 1] = task.TaskId or task
      end
      return table.concat(found, " ")
    end
    assert.equal("a b ab text", ids {})
    assert.equal("a ab", ids { TaskName = "x" })
    assert.equal("a b", ids { DstUrl = "rtmp://d/a/1" })
    assert.equal("a", ids { DstUrl = "rtmp://d/a/1", TaskName = "x" })
    assert.equal("b", ids { TaskId = "b" })
    assert.equal("a b ab text", ids({ TaskId = "b" }, { exact = false }))
  end)

  it("is matched exactly by the vendor where it can", function()
    local function sent(params, options)
      local live, transport = helper.aliyun(answer { TotalNum = 0, OnlineInfo = {} })
      assert.same({}, live:pages(ONLINE, helper.merged(PLACE, params), options):next_page())
      return helper.sent(transport.requests[1], "QueryType")[1]
    end
    assert.equal("strict", sent { StreamName = "s" })
    assert.equal("fuzzy", sent { StreamName = "s", QueryType = "fuzzy" })
    assert.is_nil(sent({ StreamName = "s" }, { exact = false }))
    assert.is_nil(sent {})
  end)
end)

describe("pages with markers", function()
  -- Pages by marker: items and the next marker.
  local function serve(pages)
    return function(request)
      local page = pages[helper.sent(request, "NextPageToken")[1] or ""]
      return answer { NextPageToken = page[2],
        StreamDetailData = { StreamData = #page[1] > 0 and page[1] or "empty" } }
    end
  end

  it("end with an empty marker or one that is left out", function()
    for _, last in ipairs { { { 3 }, "" }, { { 3 } }, { { 3 }, cjson.null }, { {} } } do
      local live, transport = helper.aliyun(serve { [""] = { { 1, 2 }, "m1" }, m1 = { { 2 }, "m2" },
        m2 = last })
      assert.equal(2 + #last[1], #all(live:pages(METRICS, TIMES)))
      assert.equal(3, #transport.requests)
    end
  end)

  it("end there, though the last page holds nothing new", function()
    local live, transport = helper.aliyun(serve { [""] = { { 1 }, "m1" }, m1 = { { 2 }, "m2" },
      m2 = { { 3 }, "m3" }, m3 = { { 3 } } })
    local items, message = all(live:pages(METRICS, TIMES))
    assert.same({ { 1, 2, 3 } }, { items, message })
    assert.equal(4, #transport.requests)
  end)

  it("end with the third empty page, though there are markers", function()
    local live, transport = helper.aliyun(serve { [""] = { { 1 }, "m1" }, m1 = { {}, "m2" },
      m2 = { { 2 }, "m3" }, m3 = { {}, "m3" } })
    assert.same({ 1, 2 }, (all(live:pages(METRICS, TIMES))))
    assert.equal(6, #transport.requests)
  end)

  it("begin with the caller's marker", function()
    local live = helper.aliyun(serve { m1 = { { 2 }, "m2" }, m2 = { { 3 } } })
    local pager = live:pages(METRICS, helper.merged(TIMES, { NextPageToken = "m1" }))
    assert.same({ 2, 3 }, (all(pager)))
  end)

  it("may have markers that are numbers", function()
    local live = helper.aliyun(serve { [""] = { { 1 }, 5 }, ["5"] = { { 2 } } })
    assert.same({ 1, 2 }, (all(live:pages(METRICS, TIMES))))
  end)

  it("go on after a failure with the marker where it stopped", function()
    local failing, served = true, serve { [""] = { { 1 }, "m1" }, m1 = { { 2 } } }
    local live, transport = helper.aliyun(function(request)
      if failing and helper.sent(request, "NextPageToken")[1] == "m1" then
        return helper.stopped("timeout", true)
      end
      return served(request)
    end)
    local pager = live:pages(METRICS, TIMES)
    assert.same({ 1 }, (all(pager)))
    failing = false
    assert.same({ 2 }, (all(pager)))
    assert.equal(3, #transport.requests)
  end)

  it("fail with bad_response when markers lead in a circle", function()
    for _, back in ipairs { "m1", "m2" } do
      local live, transport = helper.aliyun(serve { [""] = { { 1 }, "m1" }, m1 = { { 2 }, "m2" },
        m2 = { { 3 }, back } })
      local items, message, err = all(live:pages(METRICS, TIMES))
      assert.same({ 1, 2, 3 }, items)
      assert.same({ "bad_response", 6 }, { err.code, err.page })
      assert.truthy(message:find("the vendor repeats itself", 1, true))
      assert.equal(6, #transport.requests)
    end
  end)

  it("fail with bad_response when a marker is no text", function()
    local live = helper.aliyun(serve { [""] = { { 1 }, { a = 1 } } })
    local items, message, err = all(live:pages(METRICS, TIMES))
    assert.same({ {}, "bad_response" }, { items, err.code })
    assert.truthy(message:find("page 1 has no text as NextPageToken", 1, true), message)
  end)

  it("have no size to choose where the vendor has none", function()
    local live = helper.aliyun()
    throws(METRICS .. " has no parameter for the size of a page", function()
      live:pages(METRICS, TIMES, { page_size = 3 })
    end)
  end)
end)

describe("pages that say whether there are more", function()
  it("end when there are none, full or not", function()
    local live, transport = helper.aliyun(helper.script(
      answer { HasMore = true, Logs = { { MessageId = "a" } } },
      answer { HasMore = false, Logs = { { MessageId = "b" }, { MessageId = "c" } } }))
    assert.equal(3, #all(live:pages("ListEventSubEvent",
      { AppId = "a", StartTime = 1, EndTime = 2 })))
    assert.equal(2, #transport.requests)
  end)

  it("go on when there are, and fail with bad_response when none of them is new", function()
    local live, transport = helper.aliyun(helper.script(
      answer { HasMore = true, Logs = "empty" },
      answer { HasMore = true, Logs = { { MessageId = "a" } } }))
    local items, _, err = all(live:pages("ListEventSubEvent",
      { AppId = "a", StartTime = 1, EndTime = 2 }))
    assert.same({ 1, "bad_response" }, { #items, err.code })
    assert.equal(5, #transport.requests)
  end)
end)

describe("pages that differ by a parameter", function()
  -- So many files at Tencent, whose pages count from 0.
  local function files(total, shown)
    return function(request)
      local page, size = number(request, "PageNumber"), number(request, "PageSize")
      local list = {}
      for i = page * size + 1, math.min((page + 1) * size, total) do
        list[#list + 1] = { FileId = "f" .. i }
      end
      return answer { Code = 0, Data = { Tencent = { TotalCount = shown or total,
        MediaInfoSet = #list > 0 and list or "empty" } } }
    end
  end

  it("are those of its value", function()
    local rtc, transport = helper.zego(files(250))
    assert.equal(250, #all(rtc:pages("SearchMedia", { Vendor = "Tencent" })))
    assert.equal(3, #transport.requests)
    rtc = helper.zego(answer { Code = 0, Data = { Ws = { NextMarker = "", Keys = { { Key = "a" },
      { Key = "b" } } } } })
    assert.same({ { Key = "a" }, { Key = "b" } }, (all(rtc:pages("SearchMedia",
      { Vendor = "Ws" }))))
  end)

  it("need a value that is known", function()
    local rtc, transport = helper.zego(files(2))
    for _, vendor in ipairs { "Aliyun", false } do
      local pager = rtc:pages("SearchMedia", { Vendor = vendor or nil }, { validate = false })
      for _ = 1, 2 do
        local item, message, err = pager:next()
        assert.same({ nil, "invalid_parameter" }, { item, err.code })
        assert.truthy(message:find("Vendor must be one of Huawei, Tencent, Ws", 1, true), message)
      end
    end
    assert.equal(0, #transport.requests)
  end)

  it("say so when the vendor shows no more, though there may be", function()
    for size, asked in pairs { [100] = 100, [30] = 25, [300] = 250, [5001] = 5000 } do
      local rtc, transport = helper.zego(files(6000, 5000))
      local pager = rtc:pages("SearchMedia", { Vendor = "Tencent" }, { page_size = size })
      local items, message, err = all(pager)
      assert.same({ 5000, "too_large" }, { #items, err.code })
      assert.truthy(message:find("is beyond the 5000 items that the vendor shows", 1, true))
      assert.equal(message, (select(2, pager:next())))
      assert.equal(5000 / asked, #transport.requests)
    end
  end)

  it("show all that the vendor shows, whatever their size", function()
    for _, given in ipairs { { page_size = 300 }, { page_size = 4999 }, {} } do
      local params = { Vendor = "Tencent", PageSize = not given.page_size and 70 or nil }
      local rtc = helper.zego(files(4990))
      local items, message = all(rtc:pages("SearchMedia", params, given))
      assert.same({ 4990 }, { #items, message })
    end
  end)

  it("keep their size where the caller begins with another one", function()
    local rtc, transport = helper.zego(files(1000))
    local params = { Vendor = "Tencent", PageNumber = 2 }
    assert.equal(400, #all(rtc:pages("SearchMedia", params, { page_size = 300 })))
    assert.equal("300", helper.sent(transport.requests[1], "PageSize")[1])
  end)
end)

describe("pages of a room", function()
  it("are asked for as seldom as the vendor wants", function()
    local pages = { [""] = "m1", m1 = "m2", m2 = "" }
    local rtc = helper.zego(function(request)
      local marker = helper.sent(request, "Marker")[1] or ""
      return answer { Code = 0, Data = { Marker = pages[marker], UserList = {
        { UserId = "u" .. marker } } } }
    end, { rate_limit = 1000 })
    local start = core.monotonic()
    assert.equal(3, #all(rtc:pages("DescribeUserList", { RoomId = "r" })))
    assert.near(2, core.monotonic() - start, 0.02)
  end)
end)

describe("coroutines", function()
  local function slow(total)
    local serve = block_list(total)
    return function(request, _, loop)
      loop.sleep(0.1 * number(request, "PageNum") % 0.3)
      return serve(request)
    end
  end

  it("may share a pager: each item is handed out once", function()
    local pager = helper.aliyun(slow(40)):pages(BLOCKED, PLACE, { page_size = 3 })
    local counts, total = {}, 0
    local function work()
      local item = pager:next()
      while item do
        counts[item], total = (counts[item] or 0) + 1, total + 1
        streamctl.sleep(0.05)
        item = pager:next()
      end
    end
    streamctl.run(function() for _ = 1, 5 do streamctl.spawn(work) end end)
    assert.equal(40, total)
    for i = 1, 40 do assert.equal(1, counts["s" .. i]) end
  end)

  it("may loop, but on Lua 5.1, which says what to do", function()
    local items, found = helper.aliyun(slow(8)):each(BLOCKED, PLACE, { page_size = 3 }), {}
    local ok, why = pcall(streamctl.run, function()
      for item in items do found[#found + 1] = item end
    end)
    if _VERSION ~= "Lua 5.1" or rawget(_G, "jit") then
      assert.same({ true, 8 }, { ok, #found })
    else
      assert.same({ false, 0, "phase" }, { ok, #found, items.err and items.err.code })
      assert.truthy(tostring(why):find("take the pager's next() in its place", 1, true), why)
    end
  end)

  it("that were ended in the middle of a page leave the rest", function()
    local serve, ended = block_list(6), false
    local pager = helper.aliyun(function(request)
      if not ended then coroutine.yield() end
      return serve(request)
    end):pages(BLOCKED, PLACE, { page_size = 3 })
    local thread = coroutine.create(function() return pager:next() end)
    assert(coroutine.resume(thread))
    assert.equal("suspended", coroutine.status(thread)) -- and is never resumed
    ended = true
    assert.equal(6, #all(pager))
  end)
end)

describe("a batch over a pager", function()
  local function stream(url)
    return { DomainName = "d", AppName = "a", StreamName = url }
  end

  it("makes a call for each item of all pages", function()
    local serve, resumed = block_list(23), 0
    local live = helper.aliyun(function(request, _, loop)
      loop.sleep(0.01)
      if request.action == BLOCKED then return serve(request) end
      resumed = resumed + 1
      return helper.response(200, helper.SUCCESS.aliyun)
    end)
    local pager = live:pages(BLOCKED, PLACE, { page_size = 5 })
    local report = live:batch("ResumeLiveStream", function()
      local url, message = pager:next()
      return url and stream(url), message
    end)
    assert.same({ 23, 23, 0, 23 }, { report.total, report.succeeded, report.failed, resumed })
  end)

  it("ends with what fails of it, once what was sent has ended", function()
    local serve, results = block_list(23), {}
    local live = helper.aliyun(function(request, _, loop)
      loop.sleep(0.01)
      if request.action ~= BLOCKED then return helper.response(200, helper.SUCCESS.aliyun) end
      if number(request, "PageNum") == 3 then return helper.stopped("dns", false) end
      return serve(request)
    end)
    local pager = live:pages(BLOCKED, PLACE, { page_size = 5 })
    local report = live:batch("ResumeLiveStream", function()
      local url, message, err = pager:next()
      return url and stream(url), message, err
    end, { on_result = function(result) results[#results + 1] = result.ok end })
    assert.equal(pager.err, report.failure)
    assert.equal(10, #results)
    assert.same({ "dns", 3 }, { pager.err.code, pager.err.page })
  end)
end)

describe("mistakes with pages", function()
  it("throw at the caller's line", function()
    local live, rtc = helper.aliyun(), helper.zego()
    throws("ResumeLiveStream has no pages; these have: DescribeCasters, ", function()
      live:pages("ResumeLiveStream", {})
    end)
    throws("ResumeRTCStreams has no pages", function() rtc:each("resume_rtc_streams", {}) end)
    throws("no operation 'describe_live_pull_to_push_lists' (did you mean "
      .. "'describe_live_pull_to_push_list'?)", function()
      live:each("describe_live_pull_to_push_lists", {})
    end)
    throws("DescribeLivePullToPushLists has no pages (did you mean 'DescribeLivePullToPushList'?)",
      function() live:each("DescribeLivePullToPushLists", {}) end)
    throws("the operation must be a name", function() live:each() end)
    throws("pages takes a table of parameters, got a string", function()
      live:pages(TASKS, "cn-shanghai")
    end)
    throws("each takes a table of parameters, got a number", function() live:each(TASKS, 1) end)
    throws("unknown option 'pagesize' (did you mean 'page_size'?)", function()
      live:pages(TASKS, REGION, { pagesize = 1 })
    end)
    throws("unknown option 'dry_run'", function() live:each(TASKS, REGION, { dry_run = true }) end)
    for name, value in pairs { page_size = 0, max_items = 1.5, exact = 1, key = {} } do
      throws("option '" .. name .. "' must be", function()
        live:pages(TASKS, REGION, { [name] = value })
      end)
    end
    throws("call it with a colon: client:each", function() live.each(TASKS, REGION) end)
    local pager = live:pages(TASKS, REGION)
    throws("call it with a colon: pager:next()", function() pager.next() end)
    throws("call it with a colon: pager:next_page()", function() pager.next_page({}) end)
  end)
end)
