-- streamctl ops: what there is.

local cjson = require "cjson"
local command = require "spec.support.command"

command.describe("ops", false, function(c)
  local function ops(line) return c:run("ops " .. line) end

  it("lists all operations of both vendors, or of one, without an account", function()
    local ran = ops "-o ids"
    assert.same({ 0, "" }, { ran.status, ran.err })
    local _, count = ran.out:gsub("\n", "")
    assert.is_true(count > 450)
    assert.truthy(ran.out:find("\nResumeRTCStreams\n", 1, true))
    assert.truthy(ran.out:find("\nResumeLiveStream\n", 1, true))
    ran = ops "--vendor zego -o ids"
    assert.is_nil(ran.out:find("ResumeLiveStream", 1, true))
  end)

  it("lists those that have all words in their names", function()
    local ran = ops "rtc RESUME -o json"
    local names = {}
    for i, row in ipairs(ran:items()) do names[i] = row.action end
    assert.same({ "ResumeRTCStream", "ResumeRTCStreams" }, names)
    ran = ops "rtc resume"
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
      "page: https://www.alibabacloud.com/",
      "\nparameters.DstUrl: required; text; at most 2000 characters\n",
      "\nparameters.SourceType: required; text; one of live, vod, url\n",
    } do
      assert.truthy(ran.out:find(line, 1, true), line .. ran.out)
    end
    assert.truthy(ops("CloseRoom").out:find "\nrate: 1 call a second\n.*_rate: 1 call a second\n")
    assert.truthy(ops("DeleteSnapshotFiles").out:find "%.CreateTimestampList: [^\n]*list of number")
    local shown = cjson.decode(ops("DescribeLiveStreamState -o json").out)
    assert.same({ "aliyun", "harmless to repeat" }, { shown.vendor, shown["repeat"] })
    assert.matches("^required", shown.parameters.StreamName)
  end)

  it("tells of each what it does, so that nobody is asked before a question alone", function()
    local QUESTIONS = { "^Describe", "^List", "^Query", "^Get", "^Check", "^Search", "^Validate" }
    local OTHERS = { "BatchGetOnlineUsers", "LiveUpstreamQosData", "MiguLivePullToPushStatus",
      "RTMPDispatchV2" }
    local does, named = { reads = {}, restores = {}, changes = {} }, 0
    for _, row in ipairs(ops("-o jsonl"):rows()) do
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
    local ran = ops "resum_rtc_stream":refused()
    assert.matches("^streamctl: no operation is named or has 'resum_rtc_stream' "
      .. "%(did you mean '[%w_]+'%?%); streamctl ops lists all\n$", ran.err)
    assert.equal("", ops("nosuchword -o json").out)
    for _, words in ipairs { { "ops" }, { "wait" } } do
      words[2] = ("x"):rep(10000)
      local ended = c:run(words):ends(2)
      assert.is_true(#ended.err < 300, ended.err)
    end
  end)
end)
