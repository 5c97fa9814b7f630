-- Under which names stores know what a call changes, and whose order it is in, byte for byte:
-- processes of several versions share one Redis. "/" stands for a NUL.

local helper = require "spec.pieces.helper"
local order = require "spec.support.order"
local samples = require "spec.support.samples"

local RTC, CDN = "zego:1234567890", "zego:1234567890:order"

-- Every operation that is about something: the account, without "aliyun:" and ":order"; the
-- resource, where that is V1, V2 and so on; the operations that undo or overtake each other.
-- Questions at ZEGO carry a Sequence.
local ROWS = { aliyun = [[
caster scene-14 | caster scene:V1/V2 | StartCasterScene StopCasterScene
caster-14 | caster:V1 | StartCaster StopCaster RestartCaster DeleteCaster
destination-4 | destination:d744f4638e7aa5ac4730d942a74a828b5b3812e7 | CreateLivePullToPush
edge transcode job-14 | edge transcode job:V1/V2 | UpdateEdgeTranscodeJob StartEdgeTranscodeJob
  StopEdgeTranscodeJob DeleteEdgeTranscodeJob
event subscription-14 | event subscription:V1/V2 | UpdateEventSub DeleteEventSub
message group ban-14 | message group ban:V1/V2 | BanLiveMessageGroup UnbanLiveMessageGroup
  ModifyLiveMessageGroupBand
message group-14 | message group:V1/V2 | DeleteLiveMessageGroup RecoverLiveMessageDeletedGroup
message member-14 | message member:V1/V2/V3 | JoinMessageGroup LeaveMessageGroup
message mute-14 | message mute:V1/V2 | MuteAllGroupUser CancelMuteAllGroupUser
message user ban-14 | message user ban:V1/V2/V3 | AddLiveMessageGroupBand RemoveLiveMessageGroupBand
message user mute-14 | message user mute:V1/V2/V3 | MuteGroupUser CancelMuteGroupUser
monitor-14 | monitor:V1 | UpdateLiveStreamMonitor StartLiveStreamMonitor StopLiveStreamMonitor
  DeleteLiveStreamMonitor
mpu task-14 | mpu task:V1/V2 | StartLiveMPUTask UpdateLiveMPUTask StopLiveMPUTask
playlist-14 | playlist:V1 | StartPlaylist StopPlaylist DeletePlaylist
rtc recording-14 | rtc recording:V1 | UpdateRtcCloudRecording StopRtcCloudRecording
task-15 | task:cn-shanghai/V2 | UpdateLivePullToPush StopLivePullToPush RestartLivePullToPush
  DeleteLivePullToPush
v1 | block:v1/V2/V3 | ForbidLiveStream ResumeLiveStream
v1 | center transfer:v1/V2/V3 | AddLiveCenterTransfer UpdateLiveCenterTransfer
  DeleteLiveCenterTransfer
v1 | delay:v1/V2/V3 | CreateLiveDelayConfig UpdateLiveDelayConfig DeleteLiveDelayConfig
v1 | domain configs:v1 | BatchSetLiveDomainConfigs BatchDeleteLiveDomainConfigs
v1 | domain mapping:v1/v2 | AddLiveDomainMapping DeleteLiveDomainMapping
v1 | domain:v1 | StartLiveDomain StopLiveDomain DeleteLiveDomain
v1 | edge transfer:v1 | SetLiveEdgeTransfer DeleteLiveEdgeTransfer
v1 | latency:v1 | SetLiveStreamDelayConfig
v1 | lazy pull:v1/V2 | SetLiveLazyPullStreamInfoConfig DeleteLiveLazyPullStreamInfoConfig
v1 | location block:v1/V2/V3 | SetLiveStreamBlock DeleteLiveStreamBlock
v1 | log delivery:v1 | EnableLiveRealtimeLogDelivery DisableLiveRealtimeLogDelivery
v1 | merge:v1/V2/V3 | AddLiveStreamMerge DeleteLiveStreamMerge
v1 | mix:v1/V2 | UpdateMixStream DeleteMixStream
v1 | multi stream master:v1/V2/V3 | SetLiveDomainMultiStreamMaster
v1 | multi stream mode:v1/V2/V3 | SetLiveDomainMultiStreamOptimalMode
v1 | multi stream:v1 | SetLiveDomainMultiStreamConfig
v1 | notify url:v1 | SetLiveStreamsNotifyUrlConfig DeleteLiveStreamsNotifyUrlConfig
v1 | play mapping:v1/v2 | AddLiveDomainPlayMapping DeleteLiveDomainPlayMapping
v1 | pull:v1/V2/V3 | AddLivePullStreamInfoConfig UpdateLivePullStreamInfoConfig
  DeleteLivePullStreamInfoConfig
v1 | record config:v1/V2/V3 | AddLiveAppRecordConfig UpdateLiveAppRecordConfig
  DeleteLiveAppRecordConfig
v1 | record notify:v1 | AddLiveRecordNotifyConfig UpdateLiveRecordNotifyConfig
  DeleteLiveRecordNotifyConfig
v1 | recording:v1/V2/V3 | RealTimeRecordCommand
v1 | snapshot callback auth:v1 | SetSnapshotCallbackAuth DeleteSnapshotCallbackAuth
v1 | snapshot config:v1/V2 | AddLiveAppSnapshotConfig UpdateLiveAppSnapshotConfig
  DeleteLiveAppSnapshotConfig
v1 | snapshot notify:v1 | AddLiveSnapshotNotifyConfig UpdateLiveSnapshotNotifyConfig
  DeleteLiveSnapshotNotifyConfig
v1 | time shift:v1/V2/V3 | OpenLiveShift CloseLiveShift
v1 | transcode:v1/V2/V3 | AddLiveStreamTranscode UpdateLiveStreamTranscode DeleteLiveStreamTranscode
]], zego = [[
CDN | auto_mix:V1 | StartAutoMix StopAutoMix
CDN | cdn:V1 | ForbidCDNLiveStream ResumeCDNLiveStream
CDN | cdn_record:Tencent/V2 | StartCDNRecord StopCDNRecord
CDN | mix:V1 | StartMix StopMix
CDN | player:V1 | DeletePlayer
CDN | record:V1 | PauseRecord ResumeRecord StopRecord
CDN | record_layout:V1 | UpdateLayout
CDN | record_whiteboard:V1 | UpdateWhiteboard
CDN | room_stream:V1/V2 | AddStream DeleteStream
CDN | stream_rule:V1/V2 | DelForbidStreamRule SetForbidStreamRule
CDN | transcode:V1 | StartCloudTranscode StopCloudTranscode
CDN | user_rule:2/V2/V3/V4 | DelForbidUserRule SetForbidUserRule
RTC |  | DescribeRTCStreamState RTMPDispatchV2
RTC | V1 | ForbidRTCStream ForbidRTCStreams ResumeRTCStream ResumeRTCStreams
RTC | player:V1 | UpdatePlayer
RTC | transfer:V1 | ClearCDNTransferRule CreatCDNTransferRule DeleteCDNTransferRule
]] }

for vendor, text in pairs(ROWS) do
  ROWS[vendor] = {}
  for account, resource, actions in text:gsub("\n  ", " "):gmatch "(.-) | (.-) | (.-)\n" do
    account = vendor == "aliyun" and "aliyun:" .. account .. ":order"
      or account == "RTC" and RTC or CDN
    table.insert(ROWS[vendor], { account, resource, actions })
  end
end

-- What is no V.
local VALUES = { DstUrl = "rtmp://V1/app/s", Vendor = "Tencent", RuleType = 2,
  Region = "cn-shanghai" }

local function row_of(vendor, action)
  return require("streamctl." .. vendor .. ".operations"):find(action)
end

local function params_of(vendor, action)
  local params, whole = samples.params(vendor, action), samples.params(vendor, action, true)
  for i, name in ipairs(row_of(vendor, action).resource or {}) do
    local value = VALUES[name] or "V" .. i
    params[name] = type(whole[name]) == "table" and { value } or value
  end
  return params
end

-- Account and resources of each number that a call takes, as text.
local function asked_by(vendor, action, params, options, call_options)
  local store = order.recorder()
  local client = helper[vendor](nil, helper.merged({ store = store }, options))
  local _, message, err = client:call(action, params, call_options)
  assert.is_true(not err or err.attempts == 1, message)
  local list = {}
  for i, asked in ipairs(store.asked) do
    list[i] = asked[1] .. " " .. table.concat(asked[3] or {}, "&"):gsub("%z", "/")
  end
  return table.concat(list, "\n")
end

for vendor, groups in pairs(ROWS) do
  describe("what stores are asked by calls of " .. vendor, function()
    local expected = {}
    for _, group in ipairs(groups) do
      for action in group[3]:gmatch("%S+") do expected[action] = group[1] .. " " .. group[2] end
    end

    it("is pinned for each operation, and nothing for those that are about nothing", function()
      for row in require("streamctl." .. vendor .. ".operations"):each() do
        local params = params_of(vendor, row.action)
        assert.equal(expected[row.action] or "", asked_by(vendor, row.action, params), row.action)
        assert.equal(expected[row.action] ~= nil, row.resource ~= nil, row.action)
      end
    end)

    it("is the same without checks", function()
      for action, text in pairs(expected) do
        assert.equal(text, asked_by(vendor, action, params_of(vendor, action), nil,
          { validate = false }), action)
      end
    end)
  end)
end

local STREAM = helper.ALIYUN_PARAMS.ResumeLiveStream
local TASK = helper.ALIYUN_PARAMS.StopLivePullToPush
local PREFIX = "zegotest-1234567890-"
local TEST = { is_test = true }

local function stream(changes) return helper.merged(STREAM, changes) end

-- name; vendor, action, parameters; account and resources; options of the client, of the call
local CASES = {
  { "a stream, whose names keep their case", "aliyun", "ForbidLiveStream",
    stream { DomainName = "Push.EXAMPLE.com", AppName = "App", StreamName = "S" },
    "aliyun:push.example.com:order block:push.example.com/App/S" },
  { "a stream with names turned round", "aliyun", "ForbidLiveStream",
    stream { AppName = "s1", StreamName = "app" },
    "aliyun:push.example.com:order block:push.example.com/s1/app" },
  { "a stream, by another key of the account", "aliyun", "ResumeLiveStream", STREAM,
    "aliyun:push.example.com:order block:push.example.com/app/s1",
    { access_key_id = "another", account = "main" } },
  { "a task", "aliyun", "StopLivePullToPush", TASK,
    "aliyun:task-13:order task:cn-shanghai/task-1" },
  { "a task of the client's region", "aliyun", "StopLivePullToPush", { TaskId = "task-1" },
    "aliyun:task-13:order task:cn-beijing/task-1", { region = "cn-beijing" } },
  { "a task of another region than the client's", "aliyun", "StopLivePullToPush", TASK,
    "aliyun:task-13:order task:cn-shanghai/task-1", { region = "cn-beijing" } },
  { "domains of a list", "aliyun", "BatchDeleteLiveDomainConfigs",
    { DomainNames = "B.example.com,a.example.com", FunctionNames = "f" },
    "aliyun:b.example.com,a.example.com:order domain configs:b.example.com,a.example.com" },
  { "users of a list", "aliyun", "MuteGroupUser",
    { AppId = "a", GroupId = "g", MuteUserList = { "u2", "u1" }, OperatorUserId = "o" },
    "aliyun:message user mute-7:order message user mute:a/g/u2&message user mute:a/g/u1" },
  { "RTC streams, in their order", "zego", "ResumeRTCStreams", { StreamId = { "b", "a" } },
    RTC .. " b&a" },
  { "RTC streams of the test environment", "zego", "ForbidRTCStreams",
    { StreamId = { "a", PREFIX .. "b" } }, RTC .. " " .. PREFIX .. "a&" .. PREFIX .. "b", TEST },
  { "a CDN stream of the test environment", "zego", "ForbidCDNLiveStream", { StreamId = "a" },
    CDN .. " test:cdn:a", TEST },
  { "a CDN stream with the prefix, which nobody puts there", "zego", "ForbidCDNLiveStream",
    { StreamId = PREFIX .. "a" }, CDN .. " test:cdn:" .. PREFIX .. "a", TEST },
  { "a player of the test environment", "zego", "UpdatePlayer", { PlayerId = "p" },
    RTC .. " test:player:p", TEST },
  { "a transfer rule of the test environment", "zego", "ClearCDNTransferRule", { StreamId = "a" },
    RTC .. " transfer:" .. PREFIX .. "a", TEST },
  { "a room's stream of the test environment", "zego", "DeleteStream",
    { RoomId = "r", StreamId = "a", UserId = "u" }, CDN .. " test:room_stream:r/a", TEST },
  { "what the caller of an action names", "zego", "KickAll", { RoomId = 60, UserId = "a" },
    CDN .. " RoomId,UserId:60/a", nil, { resource = { "RoomId", "UserId" } } },
  { "lists in what the caller names", "aliyun", "AddThing", { Id = { "a", "b" }, X = { 1, 2 } },
    "aliyun:" .. helper.ACCESS_KEY_ID .. ":order Id,X:a/1&Id,X:a/2&Id,X:b/1&Id,X:b/2", nil,
    { resource = { "Id", "X" } } },
  { "what the caller names by the account that he names", "aliyun", "AddThing",
    { Domain = "A", Id = "" }, "aliyun:main:order Domain,Id,Flag:A//", { account = "main" },
    { resource = { "Domain", "Id", "Flag" } } },
  { "a stream that nothing checks", "aliyun", "ForbidLiveStream",
    { DomainName = "A.example.com", AppName = 5, StreamName = { "S1", "s2" } },
    "aliyun:a.example.com:order block:a.example.com/5/S1&block:a.example.com/5/s2", nil,
    { validate = false } },
  { "nothing, for an action that names nothing", "zego", "KickAll", { RoomId = "r" }, "" },
}

describe("what stores are asked for", function()
  for _, case in ipairs(CASES) do
    it(case[1], function()
      assert.equal(case[5], asked_by(case[2], case[3], case[4], case[6], case[7]))
    end)
  end

  it("is nothing for what is shown, nor for what is signed, but for Sequences", function()
    for _, case in ipairs(CASES) do
      local store = order.recorder()
      local client = helper[case[2]](nil, helper.merged({ store = store }, case[6]))
      assert(client:sign(case[3], case[4], helper.merged({ masked = true }, case[7])))
      assert.same({}, store.asked)
      assert(client:sign(case[3], case[4], { validate = (case[7] or {}).validate }))
      assert.equal(case[5]:find(RTC .. " ", 1, true) == 1 and 1 or 0, #store.asked, case[1])
    end
  end)
end)

describe("the option resource", function()
  it("is a list of names, for operations without a row", function()
    local live = helper.aliyun()
    for _, wrong in ipairs { 5, {}, { 1 }, { "a", "" }, { "a", x = "b" }, { of = "task" },
      { "a", [3] = "b" }, { "a", [1.5] = "b" } } do
      assert.error_matches(function() live:call("AddLiveThing", {}, { resource = wrong }) end,
        "option 'resource' must be")
    end
    assert.error_matches(function()
      live:call("StopLivePullToPush", TASK, { resource = { "TaskId" } })
    end, "the option 'resource' is for operations without a row; StopLivePullToPush has one", 1,
      true)
  end)

  it("has a call refused that holds nothing of it, or too many resources", function()
    local live, transport = helper.aliyun()
    local _, message = live:call("StopThing", { ThingId = "1" }, { resource = { "ThingID" } })
    assert.truthy(message:find("^invalid_parameter: StopThing: ThingID is missing, "), message)
    local many = {}
    for i = 1, 1001 do many[i] = "s" .. i end
    _, message = live:call("StopThing", { Id = many }, { resource = { "Id" } })
    assert.truthy(message:find("Id names more than 1000 resources", 1, true), message)
    assert.equal(0, #transport.requests)
    many[1001] = nil
    assert(live:call("StopThing", { Id = many }, { resource = { "Id" } }))
    assert(live:call("StopThing", { ThingId = "1" }, { resource = { "Region", "ThingId" } }))
  end)
end)
