-- Lists in pages: every item once, to the end, whatever the list does meanwhile.

local cjson = require "cjson"
local helper = require "spec.unit.helper"

local BLOCKED = "DescribeLiveStreamsBlockList"
local TASKS = "DescribeLivePullToPushList"
local PLACE = { DomainName = "play.example.com" }
local REGION = { Region = "cn-shanghai" }

local function json_list(list)
  return #list == 0 and "[]" or cjson.encode(list)
end

-- The answer of a block list; `total` and `last` may be left out.
local function blocked(list, total, last)
  return helper.response(200, '{"RequestId":"R-1"' .. (total and ',"TotalNum":' .. total or "")
    .. (last and ',"TotalPage":' .. last or "") .. ',"StreamUrls":{"StreamUrl":' .. json_list(list)
    .. "}}")
end

local function number(request, name) return tonumber(helper.sent(request, name)[1]) end

local function slice(list, first, count)
  local part = {}
  for i = first, math.min(first + count - 1, #list) do part[#part + 1] = list[i] end
  return part
end

-- Names of so many items.
local function named(count)
  local list = {}
  for i = 1, count do list[i] = "d/app/s" .. i end
  return list
end

-- A vendor that has this list, and may tell another total. `at` holds what it was asked for.
local function vendor(list, options)
  local at = { pages = {}, sizes = {} }
  options = options or {}
  return function(request)
    local page, size = number(request, "PageNum"), number(request, "PageSize")
    at.pages[#at.pages + 1], at.sizes[#at.sizes + 1] = page, size
    local other = options.before and options.before(#at.pages, page)
    if other then return other end
    local total = options.total == nil and #list or options.total
    return blocked(slice(list, (page - 1) * size + 1, size), total,
      options.last ~= false and total and math.ceil(total / size))
  end, at
end

local function walk(client, ...)
  local items = {}
  for item in client:each(...) do items[#items + 1] = item end
  return items
end

-- What each page hands out.
local function lists_of(pager)
  local lists = {}
  while true do
    local list, answer, err = pager:next_page()
    if not list then return lists, answer, err end
    lists[#lists + 1] = list
  end
end

local function assert_once(wanted, items)
  local counts = helper.count(items)
  for _, item in ipairs(wanted) do assert.equal(1, counts[item], item) end
end

before_each(function() helper.freeze() end)
after_each(helper.thaw)

describe("client:each", function()
  it("goes through all pages", function()
    local answer, at = vendor(named(25))
    local live = helper.aliyun(answer)
    assert.same(named(25), walk(live, BLOCKED, PLACE, { page_size = 10 }))
    assert.same({ 1, 2, 3 }, at.pages)
  end)

  it("takes the operation in either spelling, and leaves the caller's parameters alone", function()
    local live = helper.aliyun((vendor(named(25))))
    local params = { DomainName = "play.example.com" }
    assert.equal(25, #walk(live, "describe_live_streams_block_list", params))
    assert.same(PLACE, params)
  end)

  it("is fine with an empty list, however it is written", function()
    for _, body in ipairs { '"TotalNum":0,"StreamUrls":{"StreamUrl":[]}',
      '"TotalNum":0,"StreamUrls":{}', '"StreamUrls":{}', '"StreamUrls":{"StreamUrl":null}' } do
      body = '{"RequestId":"R",' .. body .. "}"
      local live, transport = helper.aliyun(helper.response(200, body))
      assert.same({}, walk(live, BLOCKED, PLACE))
      assert.equal(1, #transport.requests)
    end
    for _, body in ipairs { '"TaskList":[]', '"Total":0,"TaskList":null', '"Total":0' } do
      local live = helper.aliyun(helper.response(200, '{"RequestId":"R",' .. body .. "}"))
      assert.same({}, walk(live, TASKS, REGION))
    end
  end)

  it("throws what fails at the line of the loop, and keeps the rest of it", function()
    local live = helper.aliyun(helper.script(blocked(named(10), 20),
      helper.stopped("timeout", true)))
    local items, line, seen = live:each(BLOCKED, PLACE, { page_size = 10 }), nil, {}
    local ok, why = pcall(function()
      line = debug.getinfo(1, "l").currentline + 1
      for item in items do seen[#seen + 1] = item end
    end)
    assert.is_false(ok)
    local where = debug.getinfo(1, "S").short_src .. ":" .. line .. ": "
    assert.equal(where .. items.err.message, why)
    assert.same({ "timeout", 2 }, { items.err.code, items.err.page })
    assert.same(named(10), seen)
  end)

  it("goes on after a failure where it stood", function()
    local list = named(30)
    local answer, at = vendor(list, { before = function(n)
      return n == 2 and helper.stopped("timeout", true)
    end })
    local items, seen = helper.aliyun(answer):each(BLOCKED, PLACE, { page_size = 10 }), {}
    for _ = 1, 2 do
      pcall(function() for item in items do seen[#seen + 1] = item end end)
    end
    assert.same(list, seen)
    assert.same({ 1, 2, 2, 3 }, at.pages)
    assert.is_nil(items.err)
  end)

  it("passes the errors of the caller's own functions on as they are", function()
    local live = helper.aliyun((vendor(named(3))))
    for _, own in ipairs { {}, "own" } do
      local ok, why = pcall(walk, live, BLOCKED, PLACE, { key = function() error(own, 0) end })
      assert.is_false(ok)
      assert.equal(own, why)
    end
  end)
end)

describe("a list that changes meanwhile", function()
  it("gives each of 10,000 items on 100 pages once, though they move", function()
    local list = named(10000)
    local all, moves = named(10000), 0
    local answer, at = vendor(list, { before = function(n)
      if n == 1 then return nil end
      for i = 1, 7 do -- new ones come in front
        table.insert(list, 1, "d/app/new" .. n .. "-" .. i)
      end
      -- some that were read go to the end
      local moved = table.remove(list, 20 * n)
      list[#list + 1], moves = moved, moves + 1
    end })
    local live = helper.aliyun(answer)
    local items = walk(live, BLOCKED, PLACE, { page_size = 100 })
    assert_once(all, items)
    for _, times in pairs(helper.count(items)) do assert.equal(1, times) end
    assert.is_true(moves > 99)
    assert.is_true(#at.pages <= 110, #at.pages)
  end)

  it("may be emptied by the one who walks through it", function()
    local list = named(1050)
    local all = named(1050)
    local live = helper.aliyun((vendor(list)))
    local seen = {}
    for item in live:each(BLOCKED, PLACE, { page_size = 100 }) do
      seen[#seen + 1] = item
      for i, other in ipairs(list) do
        if other == item then
          table.remove(list, i)
          break
        end
      end
    end
    assert_once(all, seen)
    assert.same({}, list)
  end)

  it("may lose a part of what was read", function()
    local list = named(100)
    local answer, at = vendor(list, { before = function(n)
      if n == 4 then for _ = 1, 25 do table.remove(list, 1) end end
    end })
    local items = walk(helper.aliyun(answer), BLOCKED, PLACE, { page_size = 10 })
    assert_once(named(100), items)
    assert.same({ 1, 2, 3, 4, 1, 2, 3, 4, 5, 6, 7, 8 }, at.pages)
  end)

  it("may lose a part of what is still to come", function()
    local list = named(100)
    local answer, at = vendor(list, { before = function(n)
      if n == 6 then for _ = 1, 35 do table.remove(list) end end
    end })
    local items = walk(helper.aliyun(answer), BLOCKED, PLACE, { page_size = 10 })
    assert.same(named(65), items)
    assert.same({ 1, 2, 3, 4, 5, 6, 2, 3, 4, 5, 6, 7 }, at.pages)
  end)

  it("ends though its total goes up and down", function()
    local totals = { [0] = 100, 97 }
    for _, shown in ipairs { 100, 60 } do
      local list, options = named(shown), { last = false }
      options.before = function(n) options.total = totals[n % 2] end
      local answer, at = vendor(list, options)
      assert.same(list, walk(helper.aliyun(answer), BLOCKED, PLACE, { page_size = 10 }))
      assert.is_true(#at.pages < 40, #at.pages)
    end
  end)
end)

describe("the end of a list", function()
  -- What a vendor with 30 items is asked for, 10 a page, and how many are handed out.
  local function asked(options, list)
    local answer, at = vendor(list or named(30), options)
    local items = walk(helper.aliyun(answer), BLOCKED, PLACE, { page_size = 10 })
    return #at.pages, #items
  end

  it("is where the total or the last page says", function()
    assert.same({ 3, 30 }, { asked() })
    assert.same({ 3, 30 }, { asked { last = false } })
    assert.same({ 1, 10 }, { asked(nil, named(10)) })
    assert.same({ 1, 3 }, { asked(nil, named(3)) })
  end)

  it("is where the last page says when there is no total", function()
    local function asked_with(last)
      local live, transport = helper.aliyun(function(request)
        return blocked(slice(named(30), number(request, "PageNum") * 10 - 9, 10), nil, last)
      end)
      assert.same(named(30), walk(live, BLOCKED, PLACE, { page_size = 10 }))
      return #transport.requests
    end
    assert.equal(3, asked_with(3))
    assert.equal(4, asked_with(0)) -- there is no page 0
    assert.equal(4, asked_with(9))
  end)

  it("is an empty page where nothing says", function()
    assert.same({ 4, 30 }, { asked { total = false } })
  end)

  it("is the third empty page in a row where the total says more", function()
    assert.same({ 6, 30 }, { asked { total = 99, last = false } })
    assert.same({ 6, 30 }, { asked { total = 99 } })
    for empty = 1, 2 do -- so many come after the first page
      local live, transport = helper.aliyun(function(request)
        local page = number(request, "PageNum")
        if page > 1 and page <= 1 + empty then return blocked({}, 30) end
        if page > 1 then page = page - empty end
        return blocked(slice(named(30), page * 10 - 9, 10), 30)
      end)
      assert.same(named(30), walk(live, BLOCKED, PLACE, { page_size = 10 }))
      assert.equal(3 + empty, #transport.requests)
    end
  end)

  it("is an empty page where the total is too low", function()
    for _, total in ipairs { 0, 1, 9, 15, 25, 29 } do
      assert.same({ 4, 30 }, { asked { total = total } }, total)
      assert.same({ 4, 30 }, { asked { total = total, last = false } }, total)
    end
  end)

  it("is no short page", function()
    local pages = { { "a" }, { "b", "c" }, { "d" } }
    local live = helper.aliyun(function(request)
      return blocked(pages[number(request, "PageNum")] or {}, 4)
    end)
    assert.same({ "a", "b", "c", "d" }, walk(live, BLOCKED, PLACE))
  end)

  it("is the last page that the vendor shows again and again", function()
    for _, total in ipairs { false, 20 } do
      local live, transport = helper.aliyun(function(request)
        local first = math.min(number(request, "PageNum"), 2) * 10 - 9
        return blocked(slice(named(20), first, 10), total)
      end)
      assert.same(named(20), walk(live, BLOCKED, PLACE, { page_size = 10 }))
      assert.is_true(#transport.requests <= 5)
    end
  end)

  it("is none when a vendor that has more shows one page again and again", function()
    local live, transport = helper.aliyun(blocked(named(10), 1000, 100))
    local pager = live:pages(BLOCKED, PLACE, { page_size = 10 })
    local lists, message, err = lists_of(pager)
    assert.same({ named(10), {}, {} }, lists)
    assert.same({ "bad_response", 4, true }, { err.code, err.page, err.retryable })
    assert.truthy(message:find("DescribeLiveStreamsBlockList: page 4 and those before it hold "
      .. "nothing new, though there is more", 1, true), message)
    assert.equal(4, #transport.requests)
    assert.same({ nil, message }, { (pager:next_page()), (select(2, pager:next_page())) })
  end)

  it("is not reached by pages that hold nothing new", function()
    local pages = { slice(named(40), 1, 10), slice(named(40), 1, 10), slice(named(40), 11, 10),
      slice(named(40), 11, 10), slice(named(40), 21, 10), slice(named(40), 31, 10) }
    local live = helper.aliyun(function(request)
      return blocked(pages[number(request, "PageNum")] or {}, 40)
    end)
    assert.same(named(40), walk(live, BLOCKED, PLACE, { page_size = 10 }))
  end)
end)

describe("an answer without its list", function()
  local function fails(body, operation, params)
    local live = helper.aliyun(helper.script(helper.response(200, body)))
    local list, message, err = live:pages(operation or BLOCKED, params or PLACE):next_page()
    assert.is_nil(list)
    assert.equal("bad_response", err.code, message)
    assert.equal(1, err.page)
    return message, err
  end

  it("is bad_response with the page's number", function()
    local message, err = fails('{"RequestId":"R-1","TotalNum":5,"StreamUrls":{}}')
    assert.equal("bad_response: DescribeLiveStreamsBlockList: page 1 has no StreamUrls.StreamUrl",
      message)
    assert.same({ message, "aliyun", BLOCKED, "R-1", true, 1 }, { err.message, err.vendor,
      err.operation, err.request_id, err.maybe_sent, err.attempts })
    for _, body in ipairs { '"StreamUrls":{"StreamUrl":"x"}', '"StreamUrls":{"StreamUrl":{"a":1}}',
      '"StreamUrls":{"StreamUrl":true}' } do
      assert.truthy(fails('{"RequestId":"R",' .. body .. "}"):find("page 1 has no list as "
        .. "StreamUrls.StreamUrl", 1, true))
    end
    fails('{"RequestId":"R"}')
    for _, body in ipairs { '"Total":2', '"Total":1,"TaskList":null', '"TaskList":5' } do
      fails('{"RequestId":"R",' .. body .. "}", TASKS, REGION)
    end
    fails('{"RequestId":"R"}', TASKS, REGION)
  end)

  it("in the middle leaves what was seen, and is asked for again", function()
    local broken = true
    local answer, at = vendor(named(30), { before = function(_, page)
      return page == 2 and broken and helper.response(200, '{"RequestId":"R","StreamUrls":{'
        .. '"StreamUrl":7}}')
    end })
    local pager = helper.aliyun(answer):pages(BLOCKED, PLACE, { page_size = 10 })
    local lists, _, err = lists_of(pager)
    assert.same({ slice(named(30), 1, 10) }, lists)
    assert.same({ "bad_response", 2 }, { err.code, err.page })
    broken = false
    assert.same({ slice(named(30), 11, 10), slice(named(30), 21, 10) }, (lists_of(pager)))
    assert.same({ 1, 2, 2, 3 }, at.pages)
  end)

  it("ends a list of which something was seen", function()
    local live = helper.aliyun(helper.script(blocked(named(10), 40), helper.response(200,
      '{"RequestId":"R","TotalNum":40,"StreamUrls":{}}')))
    assert.same(named(10), walk(live, BLOCKED, PLACE, { page_size = 10 }))
  end)
end)
