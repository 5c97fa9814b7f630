-- `streamctl resume`: brings forbidden streams back.

local flags = require "streamctl.cli.flags"
local targets = require "streamctl.cli.targets"

return {
  summary = "Bring forbidden streams back",
  examples = { "resume @ids.txt --report resume.jsonl",
    "state @ids.txt --expect live -o ids | streamctl resume -" },
  takes = flags.resume,
  define = targets.define,
  run = targets.runner { rtc = "ResumeRTCStreams", cdn = "ResumeCDNLiveStream",
    aliyun = "ResumeLiveStream" },
}
