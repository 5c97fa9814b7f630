-- Resumes many RTC streams from Lua: lua5.4 examples/resume_many.lua ids.txt
--
-- The file holds one StreamId a line. Ids go out in requests of 20, in order and within the
-- vendor's rate. What failed is written to stdout, one id a line, so that it can be fed in again.
-- At a terminal `streamctl resume @ids.txt` does this, with a report: docs/how-to/resume-many.md.
--
-- Environment: ZEGO_APP_ID, ZEGO_SERVER_SECRET; ZEGO_ENDPOINT and STREAMCTL_CA_FILE for an
-- emulator.

local streamctl = require "streamctl"

local ca_file = os.getenv "STREAMCTL_CA_FILE"
local rtc = streamctl.zego.new {
  app_id = tonumber(os.getenv "ZEGO_APP_ID"),
  server_secret = os.getenv "ZEGO_SERVER_SECRET",
  endpoint = os.getenv "ZEGO_ENDPOINT",
  tls = ca_file and { ca_file = ca_file } or nil,
}

-- The file may be of any size: the batch takes ids as it sends them, and keeps no result.
local ids = io.lines((assert(arg[1], "usage: resume_many.lua FILE")))
local report = rtc:batch("ResumeRTCStreams", function() return ids() end, {
  on_result = function(result)
    if result.ok then return end
    print(result.item)
    io.stderr:write(result.item, ": ", result.message, "\n")
  end,
})
io.stderr:write(("%d resumed, %d failed\n"):format(report.succeeded, report.failed))
if report.failure then -- the file could not be read to its end: what was sent is counted above
  io.stderr:write(report.failure.message, "\n")
end
os.exit(report.failed == 0 and not report.failure and 0 or 1)
