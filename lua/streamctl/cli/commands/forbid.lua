-- `streamctl forbid`: cuts streams and keeps them away.

local fail = require "streamctl.cli.fail"
local flags = require "streamctl.cli.flags"
local reports = require "streamctl.cli.bulk.report"
local targets = require "streamctl.cli.targets"
local times = require "streamctl.cli.times"

local forbid = {
  summary = "Cut streams and keep them away, or cut them once",
  examples = { "forbid room1-cam1", "forbid --domain push.example.com --app live s1 --until +2h" },
  takes = flags.queue,
}

function forbid.define(command)
  targets.define(command)
  command:option("--until", "When they may come back: UTC such as 2030-01-02T03:04:05Z, or from "
    .. "now (+2h). Without it the ban of a CDN stream ends after 1 day, one at Alibaba Cloud "
    .. "after 6 months. RTC streams need --queue for it, which adds a job that resumes them.")
    :argname("TIME"):convert(times.converter("--until", times.checked))
  command:flag("--kick", "Alibaba Cloud: cut them once; they may come back at once.")
end

-- Adds the parameters of flags. Returns the job that resumes RTC streams, if any.
local function add_params(params, args, kind)
  if args.kick then
    if kind ~= "aliyun" then
      fail.usage("--kick is for Alibaba Cloud: ZEGOCLOUD has no call that cuts a stream once; "
        .. "forbid it, and resume it later")
    elseif args["until"] then
      fail.usage "--kick lets streams come back at once; --until does not"
    end
    params.Oneshot = "yes"
  end
  if args["until"] then
    if kind == "rtc" and not args.queue then
      fail.usage("--until is not for RTC streams: ZEGOCLOUD forbids them until they are "
        .. "resumed; say --queue for a job that resumes them, or leave it out, and run `streamctl "
        .. "resume` when they may come back")
    end
    local now = times.text(args.not_before and times.read(args.not_before) or os.time())
    local resume_at = times.moment(args["until"], reports.params(args.report).ResumeTime)
    if resume_at <= now then
      fail.usage("--until must be later than %s, which is %s; got %s",
        args.not_before and "--not-before" or "now", now, resume_at)
    end
    if kind == "rtc" then
      return { operation = "ResumeRTCStreams", not_before = times.read(resume_at) }
    end
    params.ResumeTime = resume_at
  end
end

-- Tells when the streams may come back by themselves.
local function tell_end(say, target)
  local params, spec = target.params, target.operation.by_name.ResumeTime
  if not spec or params.Oneshot then return end
  say:note("forbid: %s", params.ResumeTime and "the ban ends at " .. params.ResumeTime
    or "the ban ends by itself after " .. spec.default .. ", as the vendor does without --until")
end

forbid.run = targets.runner({ rtc = "ForbidRTCStreams", cdn = "ForbidCDNLiveStream",
  aliyun = "ForbidLiveStream" }, function(invocation, target, work)
  work.later = add_params(target.params, invocation.args, target.kind)
  work.verb = invocation.args.kick and "cuts" or "forbids"
  tell_end(invocation.say, target)
end)

return forbid
