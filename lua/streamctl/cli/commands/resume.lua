-- `streamctl resume`: brings forbidden streams back.

local bulk = require "streamctl.cli.bulk"
local fail = require "streamctl.cli.fail"
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
  command:flag("--check", "Look afterwards whether they are back: RTC streams are live; those of "
    .. "Alibaba Cloud are not in the block list of --playback any more.")
  command:option("--playback", "Alibaba Cloud, for --check and --watch: the main playback domain.")
    :argname "DOMAIN"
  streams.define(command)
end

-- Returns the option `check` of the library; nil without --check.
local function check_of(args, kind)
  local domain = args.playback
  if domain and not args.check and not args.watch then
    fail.usage "--playback is for --check and --watch; say both, or none"
  elseif args.check and kind == "aliyun" and not domain then
    fail.usage("--check needs --playback and the main playback domain, whose block list is "
      .. "looked at: --check --playback play.example.com")
  end
  return args.check and (domain and { DomainName = domain } or true)
end

function resume.run(invocation)
  local target = targets.target(invocation, ACTIONS)
  local watches, options = invocation.args.watch, { check = check_of(invocation.args, target.kind) }
  streams.check_flags(invocation.args, target.kind)
  local ended = bulk.run(invocation, { account = target.account, operation = target.operation,
    items = target:read(), params = target.params, options = options })
  if not watches or invocation.args.queue then return ended end
  if ended ~= status.OK then
    invocation.say:warn "not all were resumed, so nothing is watched; streamctl state --watch does"
    return ended
  end
  local is_cdn = target.kind == "cdn"
  return streams.watch(invocation, target, is_cdn, is_cdn and "allowed" or "live")
end

return resume
