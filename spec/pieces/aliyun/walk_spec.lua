-- Every operation of Alibaba Cloud, walked through by what is documented.

local documented = require "spec.pieces.aliyun.documented"
local helper = require "spec.pieces.helper"
local walk = require "spec.pieces.rows.walk"

local EARLY, LATE = "2027-01-02T03:04:05Z", "2027-01-03T03:04:05Z"

-- Every field that some operation's success has.
local ANSWER = helper.response(200, '{"RequestId":"R-1","RetCode":0,"TaskId":"t-1","Status":"OK",'
  .. '"StreamUrls":{},"OnlineInfo":{},"SubscribeId":"s","MonitorId":"m","MixStreamId":"x",'
  .. '"StreamState":"online"}')

describe("an operation of aliyun:", function()
  before_each(function() helper.freeze() end)
  after_each(helper.thaw)

  walk.describe("aliyun", function() return helper.aliyun(ANSWER) end, {
    times = {
      EndTime = LATE, PreloadedEndTime = LATE, PreloadedStartTime = EARLY, QueryTime = EARLY,
      ReleaseTime = EARLY, ResumeTime = LATE, StartTime = EARLY,
    },
    filled_in = { LiveStreamType = true },
    by_name = {
      ["CreateLivePullToPush.SourceType"] = { sample = "vod" }, -- "live" allows a single source
      ["DescribeLivePullToPushList.TaskId"] = { word = true },
      ["SetLiveStreamsNotifyUrlConfig.NotifyAuthKey"] = { word = true },
    },
    different = documented.different, rules = documented.rules,
  })
end)
