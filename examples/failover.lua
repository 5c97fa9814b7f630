-- Moves a broadcast from a relay back to its own ingest: stops the relay at Alibaba Cloud, resumes
-- the ingest there and the streams at ZEGOCLOUD. When a step fails, those before it are undone.
--
--   lua5.4 examples/failover.lua TASK_ID DOMAIN APP STREAM RTC_STREAM...
--
-- Environment: ALIBABA_CLOUD_ACCESS_KEY_ID, ALIBABA_CLOUD_ACCESS_KEY_SECRET, ZEGO_APP_ID,
-- ZEGO_SERVER_SECRET; ALIBABA_CLOUD_ENDPOINT, ZEGO_ENDPOINT and STREAMCTL_CA_FILE for an emulator.

local streamctl = require "streamctl"

local task_id, domain, app, stream = arg[1], arg[2], arg[3], arg[4]
if not stream then
  io.stderr:write("usage: failover.lua TASK_ID DOMAIN APP STREAM RTC_STREAM...\n")
  os.exit(2)
end
local rtc_streams = {}
for i = 5, #arg do rtc_streams[#rtc_streams + 1] = arg[i] end

local ca_file = os.getenv "STREAMCTL_CA_FILE"
local tls = ca_file and { ca_file = ca_file } or nil
local live = streamctl.aliyun.new {
  access_key_id = os.getenv "ALIBABA_CLOUD_ACCESS_KEY_ID",
  access_key_secret = os.getenv "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
  endpoint = os.getenv "ALIBABA_CLOUD_ENDPOINT", tls = tls,
}
local rtc = streamctl.zego.new {
  app_id = tonumber(os.getenv "ZEGO_APP_ID"), server_secret = os.getenv "ZEGO_SERVER_SECRET",
  endpoint = os.getenv "ZEGO_ENDPOINT", tls = tls,
}

local relay = { Region = "cn-shanghai", TaskId = task_id }
local ingest = {
  DomainName = domain, AppName = app, StreamName = stream, LiveStreamType = "publisher",
}

local report = streamctl.steps({
  {
    name = "stop the relay",
    run = function() return live:stop_live_pull_to_push(relay) end,
    undo = function() return live:restart_live_pull_to_push(relay) end,
  },
  {
    name = "resume the ingest",
    run = function() return live:resume_live_stream(ingest) end,
    undo = function() return live:forbid_live_stream(ingest) end,
  },
  {
    name = "resume the RTC streams",
    run = function()
      local resumed = rtc:batch("ResumeRTCStreams", rtc_streams)
      if resumed.failed > 0 then
        return nil, resumed.failed .. " of " .. resumed.total .. " streams failed"
      end
      return resumed
    end,
  },
}, { undo = true })

for _, step in ipairs(report.steps) do
  local state = step.ok == nil and "not run" or step.ok and "done" or "FAILED"
  if step.undone ~= nil then state = state .. (step.undone and ", undone" or ", NOT UNDONE") end
  print(("%-24s %s"):format(step.name, state))
  if step.message or step.undo_message then print("    " .. (step.message or step.undo_message)) end
  -- a restart may give the relay a new TaskId: the next run needs it
  if step.name == "stop the relay" and step.undone then
    print("    the relay runs again as task " .. (step.undo_result.TaskId or task_id))
  end
end
os.exit(report.ok and 0 or 1)
