-- What calls are about: one text for one thing, whatever the call.

local about = require "streamctl.call.about"
local helper = require "spec.unit.helper"
local parameters = require "streamctl.call.parameters"

local PREFIX = "zegotest-1234567890-"
local TEST = { stream_prefix = PREFIX }

local rows = {}
for _, vendor in ipairs { "aliyun", "zego" } do
  for row in require("streamctl." .. vendor .. ".operations"):each() do rows[row.action] = row end
end

local function keys(action, params, context)
  local row = rows[action]
  context = context or {}
  return about.keys(row, parameters.fill_in(row, params, context), context)
end

describe("what a call is about", function()
  local TASK = { Region = "cn-shanghai", TaskId = "t-1" }
  local STREAM = helper.ALIYUN_PARAMS.ResumeLiveStream

  it("is the same for the calls that undo or overtake each other", function()
    for _, group in ipairs {
      { "ForbidLiveStream", "ResumeLiveStream", params = STREAM },
      { "StopLivePullToPush", "RestartLivePullToPush", "DeleteLivePullToPush",
        "UpdateLivePullToPush", params = TASK },
      { "ForbidCDNLiveStream", "ResumeCDNLiveStream", params = { StreamId = "a" } },
      { "ForbidRTCStream", "ResumeRTCStream", "ForbidRTCStreams", "ResumeRTCStreams",
        "DescribeRTCStreamState", params = { StreamId = "a" } },
    } do
      local first = keys(group[1], group.params)
      assert.equal(1, #first)
      for i = 2, #group do assert.same(first, keys(group[i], group.params), group[i]) end
    end
  end)

  it("is not the same for what is changed apart", function()
    local seen = {}
    for _, pair in ipairs {
      { "ForbidLiveStream", STREAM },
      { "ForbidLiveStream", helper.merged(STREAM, { AppName = "other" }) },
      { "ForbidLiveStream", helper.merged(STREAM, { AppName = "s1", StreamName = "app" }) },
      { "StopLivePullToPush", TASK },
      { "StopLivePullToPush", helper.merged(TASK, { Region = "cn-beijing" }) },
      { "CreateLivePullToPush", { DstUrl = "a" } }, { "CreateLivePullToPush", { DstUrl = "b" } },
      { "ForbidCDNLiveStream", { StreamId = "a" } }, { "ForbidRTCStream", { StreamId = "a" } },
      { "CreatCDNTransferRule", { StreamId = "a" } },
    } do
      local key = keys(pair[1], pair[2])[1]
      assert.is_nil(seen[key], key)
      seen[key] = true
    end
  end)

  it("is the same where the calls name it differently", function()
    local group = { AppId = "a", GroupId = "g" }
    for _, pair in ipairs {
      { "AddLiveMessageGroupBand", "BannedUsers", "RemoveLiveMessageGroupBand", "UnbannedUsers" },
      { "MuteGroupUser", "MuteUserList", "CancelMuteGroupUser", "CancelMuteUserList" },
    } do
      local one = keys(pair[1], helper.merged(group, { [pair[2]] = { "u1", "u2" } }))
      assert.equal(2, #one)
      assert.same(one, keys(pair[3], helper.merged(group, { [pair[4]] = { "u1", "u2" } })))
      assert.not_same(one, keys(pair[3], helper.merged(group, { [pair[4]] = { "u1", "u3" } })))
    end
  end)

  it("is the same for a domain in any case, wherever a row names one", function()
    local count = 0
    for action, row in pairs(rows) do
      local params, shouted, has_domain = {}, {}, false
      for _, name in ipairs(row.about or {}) do
        local is_domain = name:find "Domain" ~= nil
        params[name] = is_domain and "a.Example.com" or "Aa"
        shouted[name] = is_domain and "A.eXAMPLE.COM" or "Aa"
        has_domain = has_domain or is_domain
      end
      if has_domain then
        count = count + 1
        local one = about.keys(row, params, {})
        assert.same(one, about.keys(row, shouted, {}), action)
        assert.truthy(one[1]:find("a.example.com", 1, true), action)
        shouted.X, params.X = 1, 1 -- a number: the key is made in Lua
        local names = helper.merged(row.about, { [#row.about + 1] = "X" })
        local mixed = { about = names, by_name = row.by_name }
        assert.same(about.keys(mixed, params, {}), about.keys(mixed, shouted, {}), action)
      end
    end
    assert.is_true(count > 40, count)
  end)

  it("is each stream of a list, in its order", function()
    local one, two = keys("ForbidRTCStream", { StreamId = "a" })[1],
      keys("ForbidRTCStream", { StreamId = "b" })[1]
    assert.same({ two, one }, keys("ResumeRTCStreams", { StreamId = { "b", "a" } }))
  end)

  it("is the same stream of the test environment with the prefix and without", function()
    assert.same(keys("ForbidRTCStream", { StreamId = "a" }, TEST),
      keys("ForbidRTCStreams", { StreamId = { PREFIX .. "a" } }, TEST))
    -- nobody puts a prefix on those
    assert.not_same(keys("ForbidCDNLiveStream", { StreamId = "a" }, TEST),
      keys("ForbidCDNLiveStream", { StreamId = PREFIX .. "a" }, TEST))
  end)

  it("is the same task where the region is the client's", function()
    local named = keys("StopLivePullToPush", TASK)
    assert.same(named, keys("StopLivePullToPush", { TaskId = "t-1" }, { region = "cn-shanghai" }))
    assert.same(named, keys("StopLivePullToPush", TASK, { region = "cn-beijing" }))
  end)

  it("is nothing for a query of Alibaba Cloud, and for an action that names nothing", function()
    for _, action in ipairs { "DescribeLivePullToPush", "DescribeLiveStreamsBlockList",
      "QueryForbidCDNLiveStream" } do
      assert.is_nil(keys(action, { TaskId = "t" }))
    end
    assert.is_nil(about.keys({ action = "KickoutAll", safe = false }, { RoomId = "r" }, {}))
  end)

  it("is what the caller of an action without a row names", function()
    local function of(params) return about.keys({ about = { "RoomId", "UserId" } }, params, {}) end
    assert.same(of { RoomId = 60, UserId = { "a" } }, of { RoomId = "60", UserId = "a" })
    assert.equal(2, #of { RoomId = "r", UserId = { "a", "b" } })
    assert.same(of { RoomId = "r" }, of { RoomId = "r", UserId = {} })
    assert.equal(1, #of { RoomId = "r" })
    for _, other in ipairs {
      { RoomId = "r" }, { UserId = "r" }, { RoomId = true }, { RoomId = print }, {},
    } do
      assert.not_same(of { RoomId = "r", UserId = "r" }, of(other))
    end
  end)

  it("is named by parameters of the row, and a question is about nothing or says so", function()
    for action, row in pairs(rows) do
      for _, name in ipairs(row.about or {}) do assert.is_table(row.by_name[name], action) end
      local asks = action:find("^Describe") or action:find("^Query")
      assert.is_true(not asks or row.about == nil or row.read == true, action)
    end
  end)
end)

describe("the option about", function()
  it("is a list of names", function()
    local live = helper.aliyun()
    assert(live:call("AddLiveThing", { Id = 1 }, { about = { "Id" } }))
    for _, wrong in ipairs { 5, {}, { 1 }, { "a", "" }, { "a", x = "b" }, { of = "task" },
      { "a", [3] = "b" }, { "a", [1.5] = "b" } } do
      assert.error_matches(function() live:call("AddLiveThing", {}, { about = wrong }) end,
        "option 'about' must be")
    end
  end)

  it("is for actions without a row", function()
    local live = helper.aliyun()
    assert.error_matches(function()
      live:call("StopLivePullToPush", helper.ALIYUN_PARAMS.StopLivePullToPush,
        { about = { "TaskId" } })
    end, "the option 'about' is for actions without a row; StopLivePullToPush has one", 1, true)
  end)
end)
