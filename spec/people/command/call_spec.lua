-- streamctl call: any action, asked about when it is hard to undo or unknown.

local cjson = require "cjson"
local command = require "spec.support.command"

command.describe("call", { rates = false }, function(c, e)
  -- Runs it with a line of words, for ZEGOCLOUD unless `options` say.
  local function call(line, options)
    return c:run("call " .. line, options or { vendor = "zego" })
  end

  local ALIYUN = { vendor = "aliyun" }

  local function sent(action) return e:requests { action = action } end

  it("of a query or a resume asks nobody, in either spelling", function()
    for _, name in ipairs { "ResumeRTCStreams", "resume_rtc_streams" } do
      local ran = call(name .. " StreamId=a StreamId=b -o json"):ok()
      assert.same({ "", 0 }, { ran.err, cjson.decode(ran.out).Code })
    end
    assert.same({ "a", "b" }, sent("ResumeRTCStreams")[2].query["StreamId[]"])
    local ran = call "DescribeRTCStreamState StreamId=a"
    assert.equal(1, #sent "DescribeRTCStreamState")
    assert.truthy((ran.out .. ran.err):find "RequestId")
  end)

  it("of what is hard to undo asks, and --yes answers", function()
    for _, line in ipairs { "ForbidRTCStream StreamId=a", "DeleteStream RoomId=r StreamId=a",
      "StartRecord --json {}" } do
      local action = line:match "%S+"
      call(line):refused(action, "AppId", "--yes")
      assert.equal(0, #sent(action))
    end
    call("ForbidRTCStream StreamId=a --yes"):ok()
    assert.equal(1, #sent "ForbidRTCStream")
  end)

  -- ops_spec.lua knows of all actions what they do
  it("asks before anything that is no question, resume or restart", function()
    for action, text in pairs {
      StopLiveDomain = "--yes says yes", delete_live_pull_to_push = "--yes says yes",
      DescribeLiveDomainMapping = "X is no parameter", RestartLivePullToPush = "X is no parameter",
    } do
      call(action .. " X=1", ALIYUN):refused(text)
    end
    assert.equal(0, #e:requests())
  end)

  it("takes a person's yes on a terminal, and nothing else for one", function()
    for keys, status in pairs { ["y\n"] = 0, ["yes\n"] = 0, ["\n"] = 2, ["no\n"] = 2 } do
      e:reset()
      local ran = c:terminal("call ForbidRTCStream StreamId=a", { keys = keys, vendor = "zego" })
      assert.equal(status, ran.status, ran.screen)
      assert.equal(status == 0 and 1 or 0, #sent "ForbidRTCStream")
    end
  end)

  it("of an action that is not listed asks, and does not repeat it", function()
    call("ForbidRTCStreamz X=1")
      :refused("ForbidRTCStreamz is not listed (did you mean 'ForbidRTCStream'?)")
    e:fault { kind = "status", status = 503, action = "AddNewThing", times = -1 }
    call("AddNewThing X=1 --yes --attempts=2"):ends(4) -- it is unknown
    assert.equal(1, #sent "AddNewThing")
  end)

  it("checks what would be sent, unless it must not, and shows what is not listed", function()
    call("ResumeRTCStream -n"):refused("StreamId")
    call("ResumeRTCStream -n --no-validate"):ok()
    local ran = call("AddNewThing A=1 -n"):ok()
    assert.matches("\nurl: https://.*Action=AddNewThing", "\n" .. ran.out)
    assert.truthy(ran.out:find("A=1", 1, true))
    assert.equal(0, #e:requests {})
  end)

  it("shows a request that is not sent, without secrets and without a store", function()
    local ran = call("ForbidRTCStream StreamId=a -n -o json"):ok()
    local url = cjson.decode(ran.out).url
    assert.equal("", ran.err)
    assert.truthy(url:find("StreamId=a", 1, true))
    assert.truthy(url:find("Signature=***", 1, true), url)
    assert.equal(0, #e:requests {})
    local other = command.new(e)
    other:run("call ForbidRTCStream StreamId=a -n", { vendor = "zego" }):ok()
    assert.is_nil(io.open(other.home .. "/state/streamctl/store"))
    other:close()
  end)

  it("reads parameters from stdin and files, and names what is wrong with them", function()
    call("ResumeRTCStream --json -", { vendor = "zego", input = '{"StreamId":"in"}' }):ok()
    call("ResumeRTCStream --json @" .. c:write("p.json", '{"StreamId":"file"}')):ok()
    local log = sent "ResumeRTCStream"
    assert.same({ "in", "file" }, { log[1].query.StreamId, log[2].query.StreamId })
    for line, text in pairs {
      ["ResumeRTCStream a"] = "'a' is no parameter",
      ["ResumeRTCStream StreamI=a"] = "did you mean 'StreamId'?",
      ["ResumeRTCStream StreamId=no/id"] = "StreamId must",
      ["resum_rtc_stream StreamId=a"] = "did you mean 'resume_rtc_stream'?",
      ["ResumeLiveStream X=1 --vendor=zego"] = "--vendor aliyun",
      ["ResumeRTCStream --json []"] = "--json: it is not a JSON object",
    } do
      call(line):refused(text)
    end
    assert.equal(2, #sent "ResumeRTCStream")
  end)

  it("keeps what is empty in an answer a list or an object, as the vendor has it", function()
    local data = '"Data":{"None":{},"UserList":[],"Users":[[]]}'
    e:fault { kind = "body", body = '{"RequestId":"1","Code":0,' .. data .. "}", times = -1 }
    for _, format in ipairs { "json", "jsonl" } do
      local ran = call("DescribeUserNum RoomId=r -o " .. format):ok()
      assert.equal('{"RequestId":"1","Code":0,' .. data .. "}\n", ran.out)
    end
    assert.matches("\nData.UserList: \n", call("DescribeUserNum RoomId=r"):ok().out)
  end)

  it("tells failures as JSON where JSON is asked for, with a status by their kind", function()
    e:answer("ResumeRTCStream", { { Code = 2, Message = "no", RequestId = "77" } })
    local ran = call("ResumeRTCStream StreamId=a -o json"):ends(1)
    local told = cjson.decode(ran.err).error
    assert.same({ "", "vendor", 1, "77" }, { ran.out, told.code, told.status, told.request_id })
    e:fault { kind = "reset_after", vendor = "aliyun", times = -1,
      action = "RestartLivePullToPush" }
    ran = call("RestartLivePullToPush Region=cn-shanghai TaskId=t -o json", ALIYUN):ends(4)
    told = cjson.decode(ran.err).error
    assert.same({ "outcome_unknown", "DescribeLivePullToPush" },
      { told.code, told.settle and told.settle.operation })
  end)

  it("says what to type about a call whose outcome is unknown", function()
    for _, format in ipairs { "table", "json" } do
      e:fault { kind = "reset_after", vendor = "aliyun", action = "CreateLivePullToPush" }
      local ran = call("CreateLivePullToPush Region=cn-shanghai SourceType=live --yes "
        .. "DstUrl=rtmp://push.example.com/app/s?auth_key=livekey SourceProtocol=rtmp "
        .. "SourceUrls=rtmp://pull.example.com/app/s1 StartTime=2030-01-01T00:00:00Z "
        .. "EndTime=2030-01-01T02:00:00Z -o " .. format, ALIYUN):ends(4,
        "`streamctl call DescribeLivePullToPushList DstUrl=... Region=cn-shanghai` asks that")
      assert.equal("", ran.out)
      local message = format == "json" and cjson.decode(ran.err).error.message or ran.err
      assert.is_nil(message:find("client:settle", 1, true))
      assert.is_nil(message:find("livekey", 1, true))
    end
  end)

  it("lets what is under way finish after a signal", function()
    e:fault { kind = "latency", vendor = "zego", action = "ResumeRTCStream", seconds = 1,
      times = 1 }
    local running = c:start("call ResumeRTCStream StreamId=a -o json", { vendor = "zego" })
    command.await(function() return #sent "ResumeRTCStream" == 1 end, "a request")
    running:signal "TERM"
    local ran = running:wait():ok()
    assert.equal(0, cjson.decode(ran.out).Code)
  end)

  it("sends nothing after a signal that comes while it waits for its turn", function()
    e:config { latency = 0 }
    local words = { "call", "ResumeRTCStream", "StreamId=a", "--rate=0.2", "-v" }
    assert.equal(0, c:run(words, { vendor = "zego" }).status)
    e:reset()
    local waiting = c:start(words, { vendor = "zego" })
    command.await(function() return select(2, waiting:output()):find "wait" end, "a wait")
    waiting:signal "TERM"
    assert.equal(143, waiting:wait().status)
    assert.equal(0, #sent "ResumeRTCStream")
  end)
end)
