-- streamctl ops and streamctl sign: what there is, and requests for other programs.

local cjson = require "cjson"
local command = require "spec.support.command"
local shell = require "spec.emulator.launcher.shell"

local unpack = table.unpack or unpack -- luacheck: ignore 113 143

command.describe("ops", false, function(c)
  local function ops(...) return c:run { "ops", ... } end

  it("lists all operations of both vendors, or of one, without an account", function()
    local ran = ops("-o", "ids")
    assert.same({ 0, "" }, { ran.status, ran.err })
    local _, count = ran.out:gsub("\n", "")
    assert.is_true(count > 450)
    assert.truthy(ran.out:find("\nResumeRTCStreams\n", 1, true))
    assert.truthy(ran.out:find("\nResumeLiveStream\n", 1, true))
    ran = ops("--vendor", "zego", "-o", "ids")
    assert.is_nil(ran.out:find("ResumeLiveStream", 1, true))
  end)

  it("lists those that have all words in their names", function()
    local ran = ops("rtc", "RESUME", "-o", "json")
    local names = {}
    for i, row in ipairs(cjson.decode(ran.out).items) do names[i] = row.action end
    assert.same({ "ResumeRTCStream", "ResumeRTCStreams" }, names)
    ran = ops("rtc", "resume")
    assert.equal("ACTION            VENDOR  RATE  REPEAT  PAGES  GROUP\n"
      .. "ResumeRTCStream   zego    20    yes     -      media\n"
      .. "ResumeRTCStreams  zego    20    yes     -      media\n", ran.out)
  end)

  it("shows what is known of one, in either spelling", function()
    local ran = ops "create_live_pull_to_push"
    assert.same({ 0, "" }, { ran.status, ran.err })
    for _, line in ipairs {
      "action: CreateLivePullToPush\n", "vendor: aliyun\n", "rate: 10 calls a second\n",
      "repeat: not repeated blindly\n", "settled_by: DescribeLivePullToPushList by Region, DstUrl",
      "page: https://www.alibabacloud.com/", "\nPARAMETER ",
    } do
      assert.truthy(ran.out:find(line, 1, true), line .. ran.out)
    end
    assert.truthy(ran.out:find "\nDstUrl +text +yes +at most 2000 characters\n", ran.out)
    assert.truthy(ran.out:find "\nSourceType +text +yes +one of live, vod, url\n", ran.out)
    local shown = cjson.decode(ops("DescribeLiveStreamState", "-o", "json").out)
    assert.same({ "aliyun", "harmless to repeat" }, { shown.vendor, shown["repeat"] })
    assert.truthy(shown.waiters:find("stream_online", 1, true))
    local required = {}
    for _, param in ipairs(shown.parameters) do required[param.name] = param.required end
    assert.is_true(required.StreamName)
  end)

  it("tells of each what it does, so that nobody is asked before a question alone", function()
    local QUESTIONS = { "^Describe", "^List", "^Query", "^Get", "^Check", "^Search", "^Validate" }
    local OTHERS = { "BatchGetOnlineUsers", "LiveUpstreamQosData", "MiguLivePullToPushStatus",
      "RTMPDispatchV2" }
    local does, named = { reads = {}, restores = {}, changes = {} }, 0
    for _, row in ipairs(command.rows(ops("-o", "jsonl"))) do
      local asks = false
      for _, pattern in ipairs(QUESTIONS) do asks = asks or row.action:find(pattern) ~= nil end
      if asks then
        assert.equal("reads", row.does, row.action)
        named = named + 1
      else
        table.insert(does[row.does], row.action)
      end
    end
    for _, list in pairs(does) do table.sort(list) end
    assert.is_true(named > 150 and #does.changes > 200)
    assert.same(OTHERS, does.reads)
    assert.same({ "RestartCaster", "RestartLivePullToPush", "RestartTranscodeTask",
      "ResumeCDNLiveStream", "ResumeLiveStream", "ResumeRTCStream", "ResumeRTCStreams",
      "ResumeRecord" }, does.restores)
    local ran = ops "StopLiveDomain"
    assert.truthy(ran.out:find("\ndoes: changes\n", 1, true), ran.out)
  end)

  it("says what may be meant", function()
    local ran = ops "resum_rtc_stream"
    assert.same({ 2, "" }, { ran.status, ran.out })
    assert.matches("^streamctl: no operation is named or has 'resum_rtc_stream' "
      .. "%(did you mean '[%w_]+'%?%); streamctl ops lists all\n$", ran.err)
    assert.equal("", ops("nosuchword", "-o", "json").out)
    for _, words in ipairs { { "ops" }, { "wait" } } do
      words[2] = ("x"):rep(10000)
      local ended = c:run(words)
      assert.equal(2, ended.status)
      assert.is_true(#ended.err < 300, ended.err)
    end
  end)
end)

command.describe("sign", { rates = false }, function(c, e)
  local function sign(vendor, ...)
    return c:run({ "sign", unpack { ... } }, { vendor = vendor })
  end

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

  it("makes requests that any program can send, and sends nothing", function()
    local ran = sign("zego", "ResumeRTCStreams", "StreamId=a", "StreamId=b", "-o", "json")
    assert.same({ 0, "" }, { ran.status, ran.err })
    assert.equal(0, #e:requests {})
    assert.is_nil(ran.out:find(e.server_secret, 1, true))
    assert.equal(0, send(cjson.decode(ran.out)).Code)
    ran = sign("aliyun", "ResumeLiveStream", "DomainName=push.example.com", "AppName=app",
      "StreamName=s", "-o", "json")
    assert.is_nil(ran.out:find(e.access_key_secret, 1, true))
    local request = cjson.decode(ran.out)
    assert.equal("POST", request.method)
    assert.is_string(send(request).RequestId)
    for _, seen in ipairs(e:requests {}) do assert.is_true(seen.verified) end
  end)

  it("checks parameters, and takes actions that are not listed", function()
    local ran = sign("zego", "ResumeRTCStream")
    assert.same({ 2, "" }, { ran.status, ran.out })
    assert.truthy(ran.err:find("StreamId", 1, true), ran.err)
    assert.equal(0, sign("zego", "ResumeRTCStream", "--no-validate").status)
    ran = sign("zego", "AddNewThing", "A=1")
    assert.equal(0, ran.status, ran.err)
    assert.truthy(ran.out:find("Action=AddNewThing", 1, true))
    assert.truthy(ran.out:find("A=1", 1, true))
    assert.matches("\nurl: https://", "\n" .. ran.out)
  end)
end)
