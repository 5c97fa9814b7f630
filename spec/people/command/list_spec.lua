-- streamctl list and streamctl wait: all pages of a list, and what is waited for.

local cjson = require "cjson"
local command = require "spec.support.command"

local ALIYUN = { vendor = "aliyun" }

command.describe("list", { rates = false }, function(c, e)
  local ACTION = "DescribeLiveStreamsBlockList"

  local function list(line)
    return c:run(("list %s DomainName=push.example.com %s"):format(ACTION, line), ALIYUN)
  end

  it("writes all items of all pages, each once", function()
    e:serve(ACTION, { count = 2500 })
    local ran = list("-o jsonl"):ok()
    local rows = ran:rows()
    assert.same({ "", 2500, { item = "item-1" }, { item = "item-2500" } },
      { ran.err, #rows, rows[1], rows[2500] })
    assert.is_true(#e:requests { action = ACTION } > 1)
    assert.same({ { item = "item-1" }, { item = "item-2" }, { item = "item-3" } },
      cjson.decode(list("-o json --max 3").out).items)
    assert.equal("item-1\nitem-2\n", list("-o ids --max=2").out)
    assert.equal("ITEM\nitem-1\n", list("--max=1").out)
  end)

  it("says that there is nothing", function()
    e:serve(ACTION, { count = 0 })
    local ran = list(""):ok()
    assert.same({ "", "no items\n" }, { ran.out, ran.err })
    assert.same({}, cjson.decode(list("-o json -q").out).items)
  end)

  it("says that this is not all when a page fails in the middle", function()
    e:serve(ACTION, { count = 2500 })
    e:fault { kind = "status", status = 400, action = ACTION, skip = 1, times = -1 }
    local ran = list("-o jsonl --attempts=1")
    assert.equal(1000, #ran:rows())
    ran:ends(1, "the list breaks off after 1,000 items: ")
    list("-o json --attempts=1"):ends(1)
    e:reset()
    e:serve(ACTION, { count = 2500 })
    e:fault { kind = "status", status = 403, code = "Forbidden.RAM", action = ACTION, skip = 1 }
    list("--attempts=1"):ends(3) -- refused in the middle is refused
  end)

  it("refuses what has no pages, and numbers that are none", function()
    for line, text in pairs {
      ["list ResumeLiveStream"] = "ResumeLiveStream",
      ["list DescribeLiveStreamsBlockLis"] = "did you mean 'DescribeLiveStreamsBlockList'?",
      ["list X --max 0"] = "--max must be a whole number from 1, not '0'",
    } do
      c:run(line, ALIYUN):refused(text)
    end
    assert.equal(0, #e:requests {})
  end)
end)

command.describe("wait", function(c, e)
  local STREAM = " DomainName=push.example.com AppName=app StreamName=s1 "

  local function wait(name, line)
    return c:run("wait " .. name .. STREAM .. line, ALIYUN)
  end

  it("ends when what is waited for is seen, and tells of each look on request", function()
    e:answer("DescribeLiveStreamState", { { StreamState = "offline" },
      { StreamState = "online" } })
    local ran = wait("stream_online", "-v -o json --timeout 30"):ok()
    assert.equal("online", cjson.decode(ran.out).StreamState)
    local _, polls = ran.err:gsub("look  DescribeLiveStreamState[^\n]*state ", "")
    assert.equal(2, polls, ran.err)
    assert.equal("", wait("stream_online", "").err)
    ran = c:run("wait room_stream_absent RoomId=r StreamId=x -o json", { vendor = "zego" }):ok()
    assert.matches('"StreamList":[]', ran.out, 1, true)
  end)

  it("has the status 1 when it will not happen, or not in time", function()
    e:answer("DescribeLivePullToPush", { { TaskStatus = -1 } })
    local ran = c:run("wait pull_to_push_running Region=cn-shanghai TaskId=t -o json --timeout=60",
      ALIYUN):ends(1)
    assert.same({ "", "wait_failed" }, { ran.out, cjson.decode(ran.err).error.code })
    e:answer("DescribeLiveStreamState", { { StreamState = "offline" } })
    ran = wait("stream_online", "-o json --timeout=0.5"):ends(1)
    assert.equal("not_yet", cjson.decode(ran.err).error.code)
  end)

  it("ends at once by a signal", function()
    e:answer("DescribeLiveStreamState", { { StreamState = "offline" } })
    local waiting = c:start("wait stream_online -v --timeout=600" .. STREAM, ALIYUN)
    command.await(function() return select(2, waiting:output()):find "look" end, "a look")
    waiting:signal "INT"
    waiting:wait():ends(130)
  end)
end)
