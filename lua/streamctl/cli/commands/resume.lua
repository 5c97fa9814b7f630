-- `streamctl resume`: brings forbidden streams back.

local bulk = require "streamctl.cli.bulk"
local flags = require "streamctl.cli.flags"
local targets = require "streamctl.cli.targets"

local resume = {
  summary = "Bring forbidden streams back",
  takes = flags.queue,
  description = "Allow streams again that were forbidden. It never asks. Streams go out in order, "
    .. "within the vendor's rate: 20 a request for RTC streams of ZEGOCLOUD, else one.",
}

local ACTIONS = {
  rtc = "ResumeRTCStreams", cdn = "ResumeCDNLiveStream", aliyun = "ResumeLiveStream",
}

resume.define = targets.define

function resume.run(invocation)
  local target = targets.target(invocation, ACTIONS)
  return bulk.run(invocation, { account = target.account, operation = target.operation,
    items = target:read(), params = target.params })
end

return resume
