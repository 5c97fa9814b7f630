-- Lists in pages: every item once, to the end, whatever the list does meanwhile; and what a pager
-- is asked and told.

local cjson = require "cjson"
local helper = require "spec.pieces.helper"

local BLOCKED = "DescribeLiveStreamsBlockList"
local EVENTS = "ListEventSubEvent"
local METRICS = "DescribeLiveStreamMetricDetailData"
local ONLINE = "DescribeLiveStreamsOnlineList"
local TASKS = "DescribeLivePullToPushList"
local PLACE = { DomainName = "play.example.com" }
local REGION = { Region = "cn-shanghai" }
local TIMES = { StartTime = "2026-01-01T00:00:00Z", EndTime = "2026-01-02T00:00:00Z" }
local TENS = { page_size = 10 }

local merged = helper.merged

local function text(body) return helper.response(200, '{"RequestId":"R-1",' .. body .. "}") end

local function answer(fields)
  fields.RequestId = "R-1"
  return helper.response(200, (cjson.encode(fields):gsub('"empty"', "[]")))
end

local function list_of(items) return #items > 0 and items or "empty" end

-- The answer of a block list; `total` and `last` may be left out.
local function blocked(list, total, last)
  return answer { StreamUrls = { StreamUrl = list_of(list) }, TotalNum = total or nil,
    TotalPage = last or nil }
end

local function number(request, name) return tonumber(helper.sent(request, name)[1]) end

local function slice(list, first, count)
  local part = {}
  for i = first, math.min(first + count - 1, #list) do part[#part + 1] = list[i] end
  return part
end

local named = helper.ids

-- A vendor that has this list, and may tell another total; and the pages that it was asked for.
local function vendor(list, options)
  local pages = {}
  options = options or {}
  return function(request)
    local page, size = number(request, "PageNum"), number(request, "PageSize")
    pages[#pages + 1] = page
    local other = options.before and options.before(#pages, page)
    if other then return other end
    local total = options.total == nil and #list or options.total
    return blocked(slice(list, (page - 1) * size + 1, size), total,
      options.last ~= false and total and math.ceil(total / size))
  end, pages
end

-- A client of such a vendor, and the pages.
local function blocking(list, options, more)
  local serve, pages = vendor(list, options)
  return helper.aliyun(serve, more), pages
end

local function all(pager)
  local items = {}
  while true do
    local item, message, err = pager:next()
    if item == nil then return items, message, err end
    items[#items + 1] = item
  end
end

local function walk(client, ...)
  local items = {}
  for item in client:pages(...) do items[#items + 1] = item end
  return items
end

helper.stand_still()

describe("client:pages", function()
  it("throws what fails at the line of the loop, and goes on where it stood", function()
    local live, pages = blocking(named(30), { before = function(n)
      return n == 2 and helper.stopped("timeout", true)
    end })
    local items, line, seen = live:pages(BLOCKED, PLACE, TENS), nil, {}
    local function loop()
      line = debug.getinfo(1, "l").currentline + 1
      for item in items do seen[#seen + 1] = item end
    end
    local ok, why = pcall(loop)
    assert.is_false(ok)
    local where = debug.getinfo(1, "S").short_src .. ":" .. line .. ": "
    assert.equal(where .. items.err.message, why)
    assert.same({ "timeout", 2 }, { items.err.code, items.err.page })
    assert.same(named(10), seen)
    loop()
    assert.same({ named(30), { 1, 2, 2, 3 } }, { seen, pages })
    assert.is_nil(items.err)
  end)
end)

describe("a pager", function()
  it("gives items or pages, and pages what is left of them", function()
    local pager = blocking(named(8)):pages(BLOCKED, PLACE, { page_size = 3 })
    assert.equal("s1", pager:next())
    local list, whole = pager:next_page()
    assert.same({ { "s2", "s3" }, 8 }, { list, whole.TotalNum })
    for i = 4, 6 do assert.equal("s" .. i, pager:next()) end
    assert.same({ "s7", "s8" }, (pager:next_page()))
    for _ = 1, 2 do
      assert.same({ {}, {} }, { { pager:next() }, { pager:next_page() } })
    end
    pager = blocking(named(2)):pages(BLOCKED, PLACE, { page_size = 1 })
    assert.same({ "s1", { "s2" } }, { pager:next(), (pager:next_page()) })
  end)

  for title, case in pairs {
    ["the vendor's greatest"] = { 100, TASKS, REGION }, ["1000 at most"] = { 1000, BLOCKED, PLACE },
    ["what the caller's parameter says"] = { 7, BLOCKED, { DomainName = "d", PageSize = 7 } },
    ["what the option says"] = { 9, BLOCKED, { DomainName = "d", PageSize = 7 },
      { page_size = 9 } },
    ["more than 1000 when asked to"] = { 2500, BLOCKED, PLACE, { page_size = 2500 } },
    ["nothing where none is documented"] = { nil, "DescribeLiveStreamMonitorList", {} },
  } do
    it("asks for pages of the size that is wanted: " .. title, function()
      local live, transport = helper.aliyun(text '"Total":0,"TotalNum":0,"StreamUrls":{}')
      assert.same({}, live:pages(case[2], case[3], case[4]):next_page())
      assert.equal(case[1], number(transport.requests[1], "PageSize"))
    end)
  end

  it("stops after max_items, in the middle of a page too", function()
    for most, requests in pairs { [2] = 1, [3] = 1, [4] = 2 } do
      local live, pages = blocking(named(9))
      assert.equal(most, #all(live:pages(BLOCKED, PLACE, { page_size = 3, max_items = most })))
      assert.equal(requests, #pages)
    end
    local pager = blocking(named(9)):pages(BLOCKED, PLACE, { page_size = 5, max_items = 6 })
    assert.same({ 5, 1 }, { #pager:next_page(), #pager:next_page() })
    assert.is_nil((pager:next_page()))
  end)

  it("hints at smaller pages when one is too large", function()
    local live = helper.aliyun(helper.stopped("too_large", true))
    local _, message, err = live:pages(BLOCKED, PLACE):next()
    assert.truthy(message:find("; start again with a smaller page_size$"), message)
    assert.equal(message, err.message)
  end)

  for why, params in pairs {
    ["Domain is no parameter of " .. BLOCKED] = { Domain = "d" },
    ["PageNum must be a whole number"] = { DomainName = "d", PageNum = "x" },
  } do
    it("says what is wrong with parameters, and sends nothing: " .. why, function()
      local live, transport = helper.aliyun()
      local pager = live:pages(BLOCKED, params)
      for _ = 1, 2 do
        local item, message, err = pager:next()
        assert.same({ nil, "invalid_parameter", 0 }, { item, err.code, #transport.requests })
        assert.truthy(message:find(why, 1, true), message)
      end
    end)
  end
end)

describe("a list that changes meanwhile", function()
  it("is walked through once more for each item, or fails", function()
    for seed = 1, 200 do
      local chance = seed
      local function random(most)
        chance = (chance * 16807) % 2147483647
        return chance % most + 1
      end
      local list = named(60)
      local live = blocking(list, { before = function()
        for _ = 1, random(4) - 1 do table.remove(list, random(#list + 1)) end
      end })
      local seen = helper.count((all(live:pages(BLOCKED, PLACE, { page_size = random(9) }))))
      for _, item in ipairs(list) do assert.equal(1, seen[item], seed .. ": " .. item) end
    end
  end)

  it("that is shorter each time it is read is a failure at its end, and stays one", function()
    local list = named(200)
    local live = blocking(list, { before = function() table.remove(list) end })
    local pager = live:pages(BLOCKED, PLACE, TENS)
    for _ = 1, 2 do
      local _, message, err = all(pager)
      assert.equal("bad_response", err.code)
      assert.truthy(message:find("items may be missing", 1, true), message)
    end
  end)
end)

describe("the end of a list of 30, 10 a page,", function()
  -- Pages as the vendor gives them, whatever the client asks for.
  local function scripted(pages, total, last)
    return function(request)
      return blocked(pages[number(request, "PageNum")] or {}, total, last)
    end
  end
  local function of(list, options) return (vendor(list, options)) end
  local first, second, third = named(10), named(20, 11), named(30, 21)
  local whole = { first, second, third }

  for title, case in pairs {
    ["is where the total and the last page say"] = { 3, of(named(30)) },
    ["is where the total says"] = { 3, of(named(30), { last = false }) },
    ["is its only page, full or not"] = { 1, of(named(10)), 10 },
    ["is its only, short page"] = { 1, of(named(3)), 3 },
    ["is where the last page says when there is no total"] = { 3, scripted(whole, nil, 3) },
    ["is no page 0"] = { 4, scripted(whole, nil, 0) },
    ["is an empty page before the last one"] = { 4, scripted(whole, nil, 9) },
    ["is an empty page where nothing says"] = { 4, of(named(30), { total = false }) },
    ["is the third empty page where the total says more"] = { 6, of(named(30),
      { total = 99, last = false }) },
    ["is that also where the last page says more"] = { 6, of(named(30), { total = 99 }) },
    ["is not an empty page"] = { 4, scripted({ first, {}, second, third }, 30) },
    ["is not a second empty page"] = { 5, scripted({ first, {}, {}, second, third }, 30) },
    ["is no short page"] = { 3, scripted({ named(1), named(29, 2), { "s30" } }, 30) },
    ["is a page that is shown again and again without a total"] = { 5,
      scripted { first, second, second, second, second }, 20 },
    ["is a page that is shown again and again after all"] = { 2,
      scripted({ first, second, second, second, second }, 20), 20 },
    ["is not reached by pages that hold nothing new"] = { 5,
      scripted({ first, first, second, second, third }, 30) },
  } do
    it(title, function()
      local live, transport = helper.aliyun(case[2])
      assert.same(named(case[3] or 30), walk(live, BLOCKED, PLACE, TENS))
      assert.equal(case[1], #transport.requests)
    end)
  end

  for _, total in ipairs { 0, 1, 9, 15, 25, 29 } do
    it("is an empty page where the total is too low: " .. total, function()
      for _, last in ipairs { true, false } do
        local live, pages = blocking(named(30), { total = total, last = last })
        assert.equal(30, #walk(live, BLOCKED, PLACE, TENS))
        assert.equal(4, #pages)
      end
    end)
  end
end)

describe("an answer without its list", function()
  for _, case in ipairs {
    { '"TotalNum":0,"StreamUrls":{"StreamUrl":[]}' }, { '"TotalNum":0,"StreamUrls":{}' },
    { '"StreamUrls":{}' }, { '"StreamUrls":{"StreamUrl":null}' },
    { '"TaskList":[]', TASKS }, { '"Total":0,"TaskList":null', TASKS }, { '"Total":0', TASKS },
  } do
    it("is an empty list: " .. case[1], function()
      local live, transport = helper.aliyun(text(case[1]))
      assert.same({}, walk(live, case[2] or BLOCKED, case[2] and REGION or PLACE))
      assert.equal(1, #transport.requests)
    end)
  end

  local NO, NOT = "has no StreamUrls.StreamUrl", "has no list as StreamUrls.StreamUrl"
  for _, case in ipairs {
    { NO, '"TotalNum":5,"StreamUrls":{}' }, { NOT, '"StreamUrls":{"StreamUrl":"x"}' },
    { NOT, '"StreamUrls":{"StreamUrl":{"a":1}}' }, { NOT, '"StreamUrls":{"StreamUrl":true}' },
    { "has no TaskList", '"Total":2', TASKS }, { "has no TaskList", '"A":1', TASKS },
    { "has no TaskList", '"Total":1,"TaskList":null', TASKS },
    { "has no list as TaskList", '"TaskList":5', TASKS },
  } do
    it("is bad_response with the page's number: " .. case[2], function()
      local operation = case[3] or BLOCKED
      local live = helper.aliyun(text(case[2]))
      local list, message, err = live:pages(operation, case[3] and REGION or PLACE):next_page()
      assert.is_nil(list)
      assert.equal("bad_response: " .. operation .. ": page 1 " .. case[1], message)
      assert.same({ message, "aliyun", operation, "R-1", true, 1, 1 }, { err.message, err.vendor,
        err.operation, err.request_id, err.maybe_sent, err.attempts, err.page })
    end)
  end
end)

describe("an item", function()
  it("without its key is known by all that it holds", function()
    local live = helper.aliyun(answer { Total = 8, TaskList = { { A = { 1, 2 } }, { A = { 1, 2 } },
      { A = { 2, 1 } }, "a", "a", 1, true, cjson.null } })
    assert.same({ { A = { 1, 2 } }, { A = { 2, 1 } }, "a", 1, true }, walk(live, TASKS, REGION))
    local there, back = {}, {} -- whatever the order of its fields
    for i = 1, 50 do
      there[i] = ('"F%d":%d'):format(i, i)
      back[51 - i] = there[i]
    end
    live = helper.aliyun(text('"Total":2,"TaskList":[{' .. table.concat(there, ",") .. "},{"
      .. table.concat(back, ",") .. "}]"))
    assert.equal(1, #walk(live, TASKS, REGION))
  end)

  for _, case in ipairs {
    { "a b ab text", {} }, { "a ab", { TaskName = "x" } }, { "a b", { DstUrl = "rtmp://d/a/1" } },
    { "a", { DstUrl = "rtmp://d/a/1", TaskName = "x" } }, { "b", { TaskId = "b" } },
    { "a b ab text", { TaskId = "b" }, { exact = false } },
  } do
    it("is what the filter says, exactly, though the vendor's is loose: " .. case[1], function()
      local live, found = helper.aliyun(answer { Total = 4, TaskList = {
        { TaskId = "a", TaskInfo = { TaskName = "x", DstUrl = "rtmp://d/a/1" } },
        { TaskId = "b", TaskInfo = { TaskName = "x2", DstUrl = "rtmp://d/a/1" } },
        { TaskId = "ab", TaskInfo = { TaskName = "x", DstUrl = "rtmp://d/a/12" } }, "text",
      } }), {}
      for task in live:pages(TASKS, merged(REGION, case[2]), case[3]) do
        found[#found + 1] = task.TaskId or task
      end
      assert.equal(case[1], table.concat(found, " "))
    end)
  end

  it("is matched exactly by the vendor where it can", function()
    local function sent(params, options)
      local live, transport = helper.aliyun(text '"TotalNum":0,"OnlineInfo":{}')
      assert.same({}, live:pages(ONLINE, merged(PLACE, params), options):next_page())
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
      if not page[1] then return page end
      return answer { NextPageToken = page[2],
        StreamDetailData = { StreamData = list_of(page[1]) } }
    end
  end

  -- title -> items, requests, pages, where a walk begins
  for title, case in pairs {
    ["end with an empty marker"] = { { 1, 2, 3 }, 3, { [""] = { { 1, 2 }, "m1" },
      m1 = { { 2 }, "m2" }, m2 = { { 3 }, "" } } },
    ["end with one that is left out"] = { { 1, 2 }, 2, { [""] = { { 1 }, "m1" }, m1 = { { 2 } } } },
    ["end with one that is null"] = { { 1, 2 }, 2, { [""] = { { 1 }, "m1" },
      m1 = { { 2 }, cjson.null } } },
    ["end there, though the last page is empty"] = { { 1 }, 2, { [""] = { { 1 }, "m1" },
      m1 = { {} } } },
    ["end there, though the last page holds nothing new"] = { { 1, 2, 3 }, 4,
      { [""] = { { 1 }, "m1" }, m1 = { { 2 }, "m2" }, m2 = { { 3 }, "m3" }, m3 = { { 3 } } } },
    ["end with the third empty page, though there are markers"] = { { 1, 2 }, 6,
      { [""] = { { 1 }, "m1" }, m1 = { {}, "m2" }, m2 = { { 2 }, "m3" }, m3 = { {}, "m3" } } },
    ["begin with the caller's marker"] = { { 2, 3 }, 2, { m1 = { { 2 }, "m2" }, m2 = { { 3 } } },
      "m1" },
    ["may have markers that are numbers"] = { { 1, 2 }, 2, { [""] = { { 1 }, 5 },
      ["5"] = { { 2 } } } },
  } do
    it(title, function()
      local live, transport = helper.aliyun(serve(case[3]))
      local params = merged(TIMES, { NextPageToken = case[4] })
      assert.same({ case[1] }, { all(live:pages(METRICS, params)) })
      assert.equal(case[2], #transport.requests)
    end)
  end

  for title, case in pairs {
    ["that stay the same"] = { { 1, 2, 3 }, 6, "the vendor repeats itself",
      { [""] = { { 1 }, "m1" }, m1 = { { 2 }, "m2" }, m2 = { { 3 }, "m2" } } },
    ["that are no text"] = { {}, 1, "page 1 has no text as NextPageToken",
      { [""] = { { 1 }, { a = 1 } } } },
  } do
    it("fail with bad_response when these are some " .. title, function()
      local live, transport = helper.aliyun(serve(case[4]))
      local items, message, err = all(live:pages(METRICS, TIMES))
      assert.same({ case[1], "bad_response", case[2], case[2] },
        { items, err.code, err.page, #transport.requests })
      assert.truthy(message:find(case[3], 1, true), message)
    end)
  end
end)

describe("pages that say whether there are more", function()
  local function logs(more, ...)
    return answer { HasMore = more, Logs = list_of { ... } }
  end
  local A, B, C = { MessageId = "a" }, { MessageId = "b" }, { MessageId = "c" }

  for title, case in pairs {
    ["end when there are none, full or not"] = { 3, 2, nil, logs(true, A), logs(false, B, C) },
    ["go on when there are, and fail when none of them is new"] = { 1, 5, "bad_response",
      logs(true), logs(true, A) },
  } do
    it(title, function()
      local live, transport = helper.aliyun(helper.script(case[4], case[5]))
      local items, _, err =
        all(live:pages(EVENTS, { AppId = "a", StartTime = 1, EndTime = 2 }))
      assert.same({ case[1], case[2], case[3] }, { #items, #transport.requests, err and err.code })
    end)
  end
end)

describe("mistakes with pages throw at the caller's line:", function()
  for _, case in ipairs {
    { "ResumeLiveStream has no pages; these have: DescribeCasters, ", "ResumeLiveStream", {} },
    { "no operation 'describe_live_pull_to_push_lists' (did you mean "
      .. "'describe_live_pull_to_push_list'?)", "describe_live_pull_to_push_lists", {} },
    { "no operation 'DescribeLivePullToPushLists' (did you mean",
      "DescribeLivePullToPushLists", {} },
    { "pages takes a table of parameters, got a string", TASKS, "cn-shanghai" },
    { "unknown option 'pagesize' (did you mean 'page_size'?)", TASKS, REGION, { pagesize = 1 } },
    { "option 'page_size' must be", TASKS, REGION, { page_size = 0 } },
    { "option 'max_items' must be", TASKS, REGION, { max_items = 1.5 } },
    { "option 'exact' must be", TASKS, REGION, { exact = 1 } },
    { METRICS .. " has no parameter for the size of a page", METRICS, TIMES, { page_size = 3 } },
  } do
    it(case[1], function()
      helper.throws(case[1], function()
        local _ = helper.aliyun():pages(case[2], case[3], case[4])
      end)
    end)
  end
end)
