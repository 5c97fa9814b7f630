--- `streamctl resume`: bring streams back.
-- @module streamctl.cli.commands.resume

local bulk = require "streamctl.cli.bulk"
local failure = require "streamctl.cli.failure"
local streams = require "streamctl.cli.streams"

local resume = {
  name = "resume",
  summary = "Bring forbidden streams back",
  description = "Allow streams again that were forbidden. It never asks. Streams go out in order, "
    .. "within the vendor's rate: 20 a request for RTC streams of ZEGOCLOUD, else one.",
}

local ACTIONS = {
  rtc = "ResumeRTCStreams", cdn = "ResumeCDNLiveStream", aliyun = "ResumeLiveStream",
}

function resume.define(command)
  streams.define(command)
  streams.define_check(command, "Look afterwards whether they are back: RTC streams are live. For "
    .. "Alibaba Cloud DOMAIN, the main playback domain, whose block list has them no more.")
end

-- The option `check` of the library; nil without --check.
local function check_of(args, kind)
  if not args.check then return nil end
  local domain = args.check[1]
  if kind == "aliyun" then
    if not domain or not domain:find("%w%.%w") then
      failure.usage("--check needs the main playback domain, whose block list is looked at: "
        .. "--check play.example.com%s", domain and "; got '" .. domain .. "'" or "")
    end
    return { DomainName = domain }
  end
  if domain then
    failure.usage("--check takes no domain at ZEGOCLOUD, got '%s'; say streams before it", domain)
  end
  return true
end

function resume.run(invocation)
  local target = streams.target(invocation, ACTIONS)
  local options = { check = check_of(invocation.args, target.kind) }
  return bulk.run(invocation, {
    command = "resume", verb = "resuming", account = target.account,
    operation = target.operation, items = target:read(), params = target.params, options = options,
  })
end

return resume
