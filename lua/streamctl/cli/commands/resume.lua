-- `streamctl resume`: brings forbidden streams back.

local bulk = require "streamctl.cli.bulk"
local flags = require "streamctl.cli.flags"
local status = require "streamctl.cli.status"
local streams = require "streamctl.cli.watch.streams"
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

function resume.define(command)
  targets.define(command)
  command:option("--playback", "Alibaba Cloud, with --watch: the main playback domain.")
    :argname "DOMAIN"
  streams.define(command)
end

function resume.run(invocation)
  local target = targets.target(invocation, ACTIONS)
  local watches = invocation.args.watch
  streams.check_flags(invocation.args, target.kind)
  local ended = bulk.run(invocation, { account = target.account, operation = target.operation,
    items = target:read(), params = target.params })
  if not watches or invocation.args.queue then return ended end
  if ended ~= status.OK then
    invocation.say:warn "not all were resumed, so nothing is watched; streamctl state --watch does"
    return ended
  end
  local is_cdn = target.kind == "cdn"
  return streams.watch(invocation, target, is_cdn, is_cdn and "allowed" or "live")
end

return resume
