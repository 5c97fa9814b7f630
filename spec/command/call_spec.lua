-- streamctl call: any action, asked about when it is hard to undo or unknown.

local cjson = require "cjson"
local command = require "spec.support.command"
local shell = require "spec.emulator.launcher.shell"

local unpack = table.unpack or unpack -- luacheck: ignore 113 143

command.describe("call", { rates = false }, function(c, e)
  local function call(words, options)
    options = options or {}
    options.vendor = options.vendor or "zego"
    return c:run({ "call", unpack(words) }, options)
  end

  local function sent(action) return e:requests { action = action } end

  it("of a query or a resume asks nobody, in either spelling", function()
    for _, name in ipairs { "ResumeRTCStreams", "resume_rtc_streams" } do
      local ran = call { name, "StreamId=a", "StreamId=b", "-o", "json" }
      assert.same({ 0, "" }, { ran.status, ran.err })
      assert.equal(0, cjson.decode(ran.out).Code)
    end
    assert.same({ "a", "b" }, sent("ResumeRTCStreams")[2].query["StreamId[]"])
    local ran = call { "DescribeRTCStreamState", "StreamId=a" }
    assert.equal("DescribeRTCStreamState", sent("DescribeRTCStreamState")[1].action)
    assert.truthy(ran.out:find("RequestId: ", 1, true) or ran.err:find("RequestId", 1, true))
  end)

  it("says what may be meant before it asks whose that is", function()
    for _, case in ipairs { { "call", "ResumLivStream", "ResumeLiveStream" },
      { "call", "resum_rtc_streams", "resume_rtc_streams" },
      { "list", "DescribeLiveStreamsOnlinList", "DescribeLiveStreamsOnlineList" } } do
      local ran = c:run { case[1], case[2] }
      assert.same({ 2, "" }, { ran.status, ran.out })
      assert.truthy(ran.err:find("neither vendor has an operation '" .. case[2]
        .. "' (did you mean '" .. case[3] .. "'?)", 1, true), ran.err)
    end
    local ran = c:run { "call", "MendTheWorld" }
    assert.equal(2, ran.status)
    assert.truthy(ran.err:find("'MendTheWorld'; the environment has accounts of both", 1, true),
      ran.err)
  end)

  it("of what is hard to undo asks, and --yes answers", function()
    for _, words in ipairs {
      { "ForbidRTCStream", "StreamId=a" }, { "DeleteStream", "RoomId=r", "StreamId=a" },
      { "StartRecord", "--json", "{}" },
    } do
      local ran = call(words)
      assert.same({ 2, "" }, { ran.status, ran.out })
      assert.truthy(ran.err:find(words[1], 1, true), ran.err)
      assert.truthy(ran.err:find("AppId", 1, true), ran.err)
      assert.truthy(ran.err:find("--yes", 1, true), ran.err)
      assert.equal(0, #sent(words[1]))
    end
    local ran = call { "ForbidRTCStream", "StreamId=a", "--yes" }
    assert.equal(0, ran.status, ran.err)
    assert.equal(1, #sent "ForbidRTCStream")
  end)

  it("asks before anything that is no question, resume or restart", function()
    for vendor, actions in pairs {
      aliyun = "StopLiveDomain CancelMuteGroupUser UpdateLiveDelayConfig UnTagLiveResources "
        .. "delete_live_pull_to_push",
      zego = "PauseRecord AddStream SetForbidUserRule",
    } do
      for action in actions:gmatch "%S+" do
        local ran = call({ action, "X=1" }, { vendor = vendor })
        assert.equal(2, ran.status, action .. ran.err)
        assert.truthy(ran.err:find("--yes says yes", 1, true), ran.err)
      end
    end
    for vendor, actions in pairs {
      aliyun = "DescribeLiveDomainMapping MiguLivePullToPushStatus ResumeLiveStream "
        .. "RestartLivePullToPush",
      zego = "QueryForbidCDNLiveStream ResumeRTCStreams RTMPDispatchV2",
    } do
      for action in actions:gmatch "%S+" do
        local ran = call({ action, "X=1" }, { vendor = vendor })
        assert.equal(2, ran.status, ran.err)
        assert.is_nil(ran.err:find("--yes", 1, true), ran.err)
        assert.truthy(ran.err:find("X is no parameter of", 1, true), ran.err)
      end
    end
    assert.equal(0, #e:requests())
  end)

  it("takes a person's yes on a terminal, and nothing else for one", function()
    for keys, status in pairs { ["y\n"] = 0, ["yes\n"] = 0, ["\n"] = 2, ["no\n"] = 2 } do
      e:reset()
      local ran = c:terminal({ "call", "ForbidRTCStream", "StreamId=a" },
        { keys = keys, vendor = "zego" })
      assert.equal(status, ran.status, ran.screen)
      assert.equal(status == 0 and 1 or 0, #sent "ForbidRTCStream")
    end
  end)

  it("takes it from the terminal also while stdin is the parameters", function()
    local ran = c:terminal({ "call", "ForbidRTCStream", "--json", "-" },
      { keys = "y\n", input = '{"StreamId":"a"}', vendor = "zego" })
    assert.equal(0, ran.status, ran.screen)
    assert.equal(1, #sent "ForbidRTCStream")
  end)

  it("of an action that is not listed asks, and does not repeat it unless it may", function()
    local ran = call { "ForbidRTCStreamz", "X=1" }
    assert.equal(2, ran.status)
    assert.truthy(ran.err:find("ForbidRTCStreamz is not listed (did you mean 'ForbidRTCStream'?)",
      1, true), ran.err)
    for words, times in pairs { [{ "AddNewThing", "X=1", "--yes" }] = 1,
      [{ "AddNewThing", "X=1", "--yes", "--idempotent" }] = 2 } do
      e:reset()
      e:fault { kind = "status", status = 503, action = "AddNewThing", times = -1 }
      words[#words + 1] = "--attempts=2"
      ran = call(words)
      assert.equal(times == 1 and 4 or 1, ran.status, ran.err) -- 4: its outcome is unknown
      assert.equal(times, #sent "AddNewThing")
    end
  end)

  local function send(request)
    local words = { "curl", "-s", "--cacert", e.ca_file, "-X", request.method }
    for name, value in pairs(request.headers) do
      words[#words + 1] = "-H"
      words[#words + 1] = name .. ": " .. value
    end
    if request.body ~= "" then
      words[#words + 1] = "--data-binary"
      words[#words + 1] = request.body
    end
    words[#words + 1] = request.url
    for i, word in ipairs(words) do words[i] = shell.quote(word) end
    return cjson.decode((shell.run(table.concat(words, " "))))
  end

  it("signs requests that any program can send, and sends nothing", function()
    local ran = call { "ResumeRTCStreams", "StreamId=a", "StreamId=b", "-n", "--signed", "-ojson" }
    assert.same({ 0, "" }, { ran.status, ran.err })
    assert.equal(0, #e:requests {})
    assert.is_nil(ran.out:find(e.server_secret, 1, true))
    assert.equal(0, send(cjson.decode(ran.out)).Code)
    ran = call({ "ResumeLiveStream", "DomainName=push.example.com", "AppName=app", "StreamName=s",
      "-n", "--signed", "-ojson" }, { vendor = "aliyun" })
    assert.is_nil(ran.out:find(e.access_key_secret, 1, true))
    local request = cjson.decode(ran.out)
    assert.equal("POST", request.method)
    assert.is_string(send(request).RequestId)
    for _, seen in ipairs(e:requests {}) do assert.is_true(seen.verified) end
    ran = call { "ResumeRTCStream", "StreamId=a", "--signed" }
    assert.equal(2, ran.status)
    assert.truthy(ran.err:find("say -n as well", 1, true), ran.err)
  end)

  it("checks what it signs, and signs actions that are not listed", function()
    local ran = call { "ResumeRTCStream", "-n", "--signed" }
    assert.same({ 2, "" }, { ran.status, ran.out })
    assert.truthy(ran.err:find("StreamId", 1, true), ran.err)
    assert.equal(0, call({ "ResumeRTCStream", "-n", "--signed", "--no-validate",
      "--idempotent" }).status)
    ran = call { "AddNewThing", "A=1", "-n", "--signed" }
    assert.equal(0, ran.status, ran.err)
    assert.truthy(ran.out:find("Action=AddNewThing", 1, true))
    assert.truthy(ran.out:find("A=1", 1, true))
    assert.matches("\nurl: https://", "\n" .. ran.out)
  end)

  it("takes no option for an action that is listed where it has none", function()
    local ran = call { "ResumeRTCStream", "StreamId=a", "--idempotent" }
    assert.equal(2, ran.status)
    assert.truthy(ran.err:find("'idempotent' is for actions without a row", 1, true), ran.err)
  end)

  it("shows a request that is not sent, without secrets and without a store", function()
    local ran = call { "ForbidRTCStream", "StreamId=a", "-n", "-o", "json" }
    assert.same({ 0, "" }, { ran.status, ran.err })
    local request = cjson.decode(ran.out)
    assert.truthy(request.url:find("StreamId=a", 1, true))
    assert.truthy(request.url:find("Signature=***", 1, true), request.url)
    assert.equal(0, #e:requests {})
    local other = command.new(e)
    other:run({ "call", "ForbidRTCStream", "StreamId=a", "-n" }, { vendor = "zego" })
    assert.is_nil(io.open(other.home .. "/state/streamctl/store"))
    other:close()
  end)

  it("reads parameters from stdin and files, and names what is wrong with them", function()
    call({ "ResumeRTCStream", "--json", "-" }, { input = '{"StreamId":"in"}' })
    call { "ResumeRTCStream", "--json", "@" .. c:write("p.json", '{"StreamId":"file"}') }
    local log = sent "ResumeRTCStream"
    assert.same({ "in", "file" }, { log[1].query.StreamId, log[2].query.StreamId })
    for words, text in pairs {
      [{ "ResumeRTCStream", "a" }] = "'a' is no parameter",
      [{ "ResumeRTCStream", "StreamI=a" }] = "did you mean 'StreamId'?",
      [{ "ResumeRTCStream", "StreamId=no id" }] = "StreamId must",
      [{ "resum_rtc_stream", "StreamId=a" }] = "did you mean 'resume_rtc_stream'?",
      [{ "ResumeLiveStream", "X=1", "--vendor=zego" }] = "--vendor aliyun",
      [{ "ResumeRTCStream", "--json", "[]" }] = "--json: it is not a JSON object",
    } do
      local ran = call(words)
      assert.equal(2, ran.status, text)
      assert.truthy(ran.err:find(text, 1, true), ran.err)
    end
    assert.equal(2, #sent "ResumeRTCStream")
  end)

  it("tells failures as JSON where JSON is asked for, with a status by their kind", function()
    e:answer("ResumeRTCStream", { { Code = 2, Message = "no", RequestId = "77" } })
    local ran = call { "ResumeRTCStream", "StreamId=a", "-o", "json" }
    assert.same({ 1, "" }, { ran.status, ran.out })
    local told = cjson.decode(ran.err).error
    assert.same({ "vendor", 1, "77" }, { told.code, told.status, told.request_id })
    e:fault { kind = "reset_after", vendor = "aliyun", times = -1,
      action = "RestartLivePullToPush" }
    ran = call({ "RestartLivePullToPush", "Region=cn-shanghai", "TaskId=t", "-o", "json" },
      { vendor = "aliyun" })
    told = cjson.decode(ran.err).error
    assert.same({ 4, "outcome_unknown", "DescribeLivePullToPush" },
      { ran.status, told.code, told.settle and told.settle.operation })
  end)

  it("says what to type about a call whose outcome is unknown", function()
    local words = { "CreateLivePullToPush", "Region=cn-shanghai", "SourceType=live", "--yes",
      "DstUrl=rtmp://push.example.com/app/s?auth_key=livekey", "SourceProtocol=rtmp",
      "SourceUrls=rtmp://pull.example.com/app/s1", "StartTime=2030-01-01T00:00:00Z",
      "EndTime=2030-01-01T02:00:00Z" }
    for _, format in ipairs { "table", "json" } do
      e:fault { kind = "reset_after", vendor = "aliyun", action = "CreateLivePullToPush" }
      words[#words + 1] = "-o" .. format
      local ran = call(words, { vendor = "aliyun" })
      assert.same({ 4, "" }, { ran.status, ran.out })
      assert.truthy(ran.err:find("`streamctl call DescribeLivePullToPushList DstUrl=... "
        .. "Region=cn-shanghai` asks that", 1, true), ran.err)
      local message = format == "json" and cjson.decode(ran.err).error.message or ran.err
      assert.is_nil(message:find("client:settle", 1, true))
      assert.is_nil(message:find("livekey", 1, true))
    end
  end)

  it("lets what is under way finish after a signal", function()
    e:fault { kind = "latency", vendor = "zego", action = "ResumeRTCStream", seconds = 1,
      times = 1 }
    local running = c:start({ "call", "ResumeRTCStream", "StreamId=a", "-o", "json" },
      { vendor = "zego" })
    command.await(function() return #sent "ResumeRTCStream" == 1 end, "a request")
    running:signal "TERM"
    local ran = running:wait()
    assert.equal(0, ran.status, ran.err)
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
