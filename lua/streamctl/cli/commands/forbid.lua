-- `streamctl forbid`: cuts streams and keeps them away.

local fail = require "streamctl.cli.fail"
local flags = require "streamctl.cli.flags"
local reports = require "streamctl.cli.bulk.report"
local targets = require "streamctl.cli.targets"
local times = require "streamctl.cli.times"

local forbid = {
  summary = "Cut streams and keep them away, or cut them once",
  examples = { "forbid room1-cam1", "forbid --domain push.example.com --app live s1 --for 2h" },
  takes = flags.queue,
}

function forbid.define(command)
  targets.define(command)
  command:option("--until", "When they may come back: UTC such as 2030-01-02T03:04:05Z, or from "
    .. "now (+2h). Without it the ban of a CDN stream ends after 1 day, one at Alibaba Cloud "
    .. "after 6 months. RTC streams stay away until they are resumed.")
    :argname("TIME"):convert(times.converter("--until", times.checked))
  command:option("--for", "How long they are kept away, such as 2h; instead of --until.")
    :argname("TIME"):convert(times.converter("--for", times.duration))
  command:flag("--kick", "Alibaba Cloud: cut them once; they may come back at once.")
end

-- Returns the time at which the ban ends, for `flag`. A report that was begun keeps it.
local function end_of(args, flag)
  local begins = args.not_before and times.read(args.not_before) or os.time()
  local before = reports.params(args.report).ResumeTime
  local ends = flag == "--for" and (before or times.text(begins + args["for"]))
    or times.moment(args["until"], before)
  if ends > times.text(begins) then return ends end
  fail.usage("%s must be later than %s, which is %s; got %s%s", flag,
    args.not_before and "--not-before" or "now", times.text(begins), ends,
    before and ", the end that the report keeps; name another file" or "")
end

-- Adds the parameters of flags.
local function add_params(params, args, kind)
  local flag = args["until"] and "--until" or args["for"] and "--for"
  if args.kick and kind ~= "aliyun" then
    fail.usage("--kick is for Alibaba Cloud: ZEGOCLOUD has no call that cuts a stream once; "
      .. "forbid it, and resume it later")
  elseif args.kick and flag then
    fail.usage("--kick lets streams come back at once; %s does not", flag)
  elseif args["until"] and args["for"] then
    fail.usage "--until and --for both say when the ban ends; leave out one of them"
  elseif flag and kind == "rtc" then
    fail.usage("%s is not for RTC streams: ZEGOCLOUD forbids them until they are resumed; leave it "
      .. "out, and run `streamctl resume` then, or leave that to workers by --queue --not-before "
      .. "TIME", flag)
  end
  params.Oneshot = args.kick and "yes" or nil
  params.ResumeTime = flag and end_of(args, flag) or nil
end

-- Tells when the streams may come back by themselves.
local function tell_end(say, target)
  local params, spec = target.params, target.operation.by_name.ResumeTime
  if not spec or params.Oneshot then return end
  say:note("forbid: %s", params.ResumeTime and "asks for a ban until " .. params.ResumeTime
    or "the ban ends by itself after " .. spec.default .. ", as the vendor does without --until")
end

forbid.run = targets.runner({ rtc = "ForbidRTCStreams", cdn = "ForbidCDNLiveStream",
  aliyun = "ForbidLiveStream" }, function(invocation, target, work)
  add_params(target.params, invocation.args, target.kind)
  work.verb = invocation.args.kick and "cuts" or "forbids"
  tell_end(invocation.say, target)
end)

return forbid
