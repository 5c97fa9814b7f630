-- Moves a broadcast from a relay back to its own ingest: stops the relay at Alibaba Cloud, resumes
-- the ingest there and the streams at ZEGOCLOUD. When a step fails, those before it are undone: the
-- relay runs again, and the ingest is forbidden, as it has to be when this begins. The failed step
-- is not undone. "FAILED, PERHAPS DONE" means: look. RTC streams that were resumed stay so.
--
--   lua5.4 examples/failover.lua REGION TASK_ID DOMAIN APP STREAM RTC_STREAM...
--
-- Environment: ALIBABA_CLOUD_ACCESS_KEY_ID, ALIBABA_CLOUD_ACCESS_KEY_SECRET, ZEGO_APP_ID,
-- ZEGO_SERVER_SECRET. Status: 0 all was done, 1 a step failed, 2 nothing was sent.

local streamctl = require "streamctl"
local live, rtc = streamctl.aliyun, streamctl.zego -- with the accounts of the environment

if #arg < 6 then
  io.stderr:write("usage: failover.lua REGION TASK_ID DOMAIN APP STREAM RTC_STREAM...\n")
  os.exit(2)
end
local relay = { Region = arg[1], TaskId = arg[2] }
local ingest = {
  DomainName = arg[3], AppName = arg[4], StreamName = arg[5], LiveStreamType = "publisher",
}
local rtc_streams = {}
for i = 6, #arg do rtc_streams[#rtc_streams + 1] = arg[i] end

local report = streamctl.steps({
  {
    name = "stop the relay",
    run = function() return live.stop_live_pull_to_push(relay) end,
    undo = function() return live.restart_live_pull_to_push(relay) end,
  },
  {
    name = "resume the ingest",
    run = function() return live.resume_live_stream(ingest) end,
    undo = function() return live.forbid_live_stream(ingest) end,
  },
  {
    name = "resume the RTC streams",
    run = function()
      local resumed, message = rtc.batch("ResumeRTCStreams", rtc_streams)
      if not resumed then return nil, message end
      if resumed.ok then return resumed end
      return nil, tostring(resumed)
    end,
  },
}, { undo = true })

print(report)
local stopped = report.results[1]
if stopped.undone then -- a restart may give the relay a new TaskId: the next run needs it
  print("the relay runs again as task " .. (stopped.undo_answer.TaskId or relay.TaskId))
end
os.exit(report.ok and 0 or 1)
