-- streamctl list and streamctl wait: all pages of a list, and what is waited for.

local cjson = require "cjson"
local command = require "spec.support.command"
local emulator = require "spec.support.emulator"

local unpack = table.unpack or unpack -- luacheck: ignore 113 143

local c, e

setup(function()
  e = assert(emulator.start { rates = false })
  c = command.new(e)
end)
teardown(function()
  if c then c:close() end
  if e then e:stop() end
end)
before_each(function() e:reset() end)

describe("list", function()
  local ACTION = "DescribeLiveStreamsBlockList"

  local function list(...)
    return c:run({ "list", ACTION, "DomainName=push.example.com", unpack { ... } },
      { vendor = "aliyun" })
  end

  local function lines_of(text)
    local lines = {}
    for line in text:gmatch "[^\n]+" do lines[#lines + 1] = line end
    return lines
  end

  it("writes all items of all pages, each once", function()
    e:serve(ACTION, { count = 2500 })
    local ran = list("-o", "jsonl")
    assert.same({ 0, "" }, { ran.status, ran.err })
    local lines = lines_of(ran.out)
    assert.equal(2500, #lines)
    assert.same({ item = "item-1" }, cjson.decode(lines[1]))
    assert.same({ item = "item-2500" }, cjson.decode(lines[2500]))
    assert.is_true(#e:requests { action = ACTION } > 1)
    ran = list("-o", "json", "--max", "3")
    assert.same({ { item = "item-1" }, { item = "item-2" }, { item = "item-3" } },
      cjson.decode(ran.out).items)
    assert.equal("item-1\nitem-2\n", list("-o", "ids", "--max=2").out)
    assert.equal("ITEM\nitem-1\n", list("--max=1").out)
  end)

  it("writes the fields that are asked for, in their order", function()
    local items = {}
    for i = 1, 2 do
      items[i] = { StreamName = "s" .. i, DomainName = "d", Info = { Id = i } }
    end
    e:answer("DescribeLiveStreamsOnlineList", { { OnlineInfo = { LiveStreamOnlineInfo = items },
      TotalNum = 2, TotalPage = 1, PageNum = 1, PageSize = 2 } })
    local function online(...)
      return c:run({ "list", "describe_live_streams_online_list", "DomainName=d", unpack { ... } },
        { vendor = "aliyun" })
    end
    local ran = online("--fields", "Info.Id,StreamName")
    assert.equal("INFO.ID  STREAM_NAME\n1        s1\n2        s2\n", ran.out, ran.err)
    assert.equal('{"Info.Id":1,"StreamName":"s1"}',
      lines_of(online("--fields", "Info.Id,StreamName", "-o", "jsonl").out)[1])
    assert.equal("s1\ns2\n", online("--fields", "StreamName", "-o", "ids").out)
    assert.same(items[1], cjson.decode(lines_of(online("-o", "jsonl").out)[1]))
  end)

  it("says that there is nothing", function()
    e:serve(ACTION, { count = 0 })
    local ran = list()
    assert.same({ 0, "", "no items\n" }, { ran.status, ran.out, ran.err })
    assert.same({}, cjson.decode(list("-o", "json", "-q").out).items)
  end)

  it("says that this is not all when a page fails in the middle", function()
    e:serve(ACTION, { count = 2500 })
    e:fault { kind = "status", status = 400, action = ACTION, skip = 1, times = -1 }
    local ran = list("-o", "jsonl", "--attempts=1")
    local count = #lines_of(ran.out)
    assert.is_true(count > 0 and count < 2500)
    assert.equal(1, ran.status)
    local told = cjson.decode(ran.err).error
    assert.truthy(told.message:find(("these %d items are not all: "):format(count), 1, true))
    ran = list("-o", "json", "--attempts=1")
    assert.is_true(ran.status ~= 0)
    e:reset()
    e:serve(ACTION, { count = 2500 })
    e:fault { kind = "status", status = 403, code = "Forbidden.RAM", action = ACTION, skip = 1 }
    assert.equal(3, list("--attempts=1").status) -- refused in the middle is refused
  end)

  it("refuses what has no pages, and numbers that are none", function()
    for words, text in pairs {
      [{ "list", "ResumeLiveStream" }] = "ResumeLiveStream",
      [{ "list", "DescribeLiveStreamsBlockLis" }] =
        "did you mean 'DescribeLiveStreamsBlockList'?",
      [{ "list", ACTION, "--max", "0" }] = "--max must be a whole number from 1, not '0'",
      [{ "list", ACTION, "--fields", "," }] = "--fields must be a list of names",
    } do
      local ran = c:run(words, { vendor = "aliyun" })
      assert.same({ 2, "" }, { ran.status, ran.out })
      assert.truthy(ran.err:find(text, 1, true), ran.err)
    end
    assert.equal(0, #e:requests {})
  end)
end)

describe("wait", function()
  local STREAM = { "DomainName=push.example.com", "AppName=app", "StreamName=s1" }

  local function wait(name, ...)
    local words = { "wait", name, unpack(STREAM) }
    for _, word in ipairs { ... } do words[#words + 1] = word end
    return c:run(words, { vendor = "aliyun" })
  end

  it("ends when what is waited for is seen, and tells of each look on request", function()
    e:answer("DescribeLiveStreamState", { { StreamState = "offline" },
      { StreamState = "online" } })
    local ran = wait("stream_online", "-v", "-o", "json", "--timeout", "30")
    assert.equal(0, ran.status, ran.err)
    assert.equal("online", cjson.decode(ran.out).StreamState)
    local _, looks = ran.err:gsub("look  DescribeLiveStreamState[^\n]*state ", "")
    assert.equal(2, looks, ran.err)
    assert.equal("", wait("stream_online").err)
  end)

  it("has the status 1 when it will not happen, or not in time", function()
    e:answer("DescribeLivePullToPush", { { TaskStatus = -1 } })
    local ran = c:run({ "wait", "pull_to_push_running", "Region=cn-shanghai", "TaskId=t", "-o",
      "json", "--timeout=60" }, { vendor = "aliyun" })
    assert.same({ 1, "" }, { ran.status, ran.out })
    assert.equal("wait_failed", cjson.decode(ran.err).error.code)
    e:answer("DescribeLiveStreamState", { { StreamState = "offline" } })
    ran = wait("stream_online", "-o", "json", "--timeout=0.5")
    assert.same({ 1, "timeout" }, { ran.status, cjson.decode(ran.err).error.code })
  end)

  it("names what one can wait for, and what may be meant", function()
    local ran = c:run { "wait", "--vendor", "zego", "-o", "ids" }
    assert.equal(0, ran.status)
    assert.truthy(ran.out:find("rtc_stream_live\n", 1, true))
    assert.is_nil(ran.out:find("stream_online", 1, true))
    ran = wait "stream_onlin"
    assert.same({ 2, "" }, { ran.status, ran.out })
    assert.truthy(ran.err:find("did you mean 'stream_online'?", 1, true), ran.err)
    ran = c:run({ "wait", "stream_online", "DomainName=d" }, { vendor = "aliyun" })
    assert.equal(2, ran.status)
    assert.truthy(ran.err:find("AppName is missing", 1, true), ran.err)
  end)

  it("ends at once by a signal", function()
    e:answer("DescribeLiveStreamState", { { StreamState = "offline" } })
    local waiting = c:start({ "wait", "stream_online", "-v", "--timeout=600", unpack(STREAM) },
      { vendor = "aliyun" })
    command.await(function() return select(2, waiting:output()):find "look" end, "a look")
    waiting:signal "INT"
    assert.equal(130, waiting:wait().status)
  end)
end)
