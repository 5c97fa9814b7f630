-- Resumes many RTC streams: lua5.4 examples/resume_many.lua ids.txt
--
-- The file holds one StreamId a line. Ids go out in requests of 20, in order and within the
-- vendor's rate; what failed is listed as it comes, one id a line on standard output, so that it
-- can be fed in again. Exit status: 0 all resumed, 1 some failed, 2 wrong use, 3 ended half-way.
--
-- Environment: ZEGO_APP_ID, ZEGO_SERVER_SECRET; ZEGO_ENDPOINT and STREAMCTL_CA_FILE for an
-- emulator.

local streamctl = require "streamctl"

local path = arg[1]
if not path then
  io.stderr:write("usage: resume_many.lua FILE\n")
  os.exit(2)
end

local file, why = io.open(path)
if not file then
  io.stderr:write("resume_many.lua: ", why, "\n")
  os.exit(2)
end

-- The next id of the file: it may be of any size, since the batch takes ids as it sends them.
local function next_id()
  for line in file:lines() do
    local id = line:match("^%s*(.-)%s*$")
    if id ~= "" then return id end
  end
end

local ca_file = os.getenv "STREAMCTL_CA_FILE"
local rtc = streamctl.zego.new {
  app_id = tonumber(os.getenv "ZEGO_APP_ID"),
  server_secret = os.getenv "ZEGO_SERVER_SECRET",
  endpoint = os.getenv "ZEGO_ENDPOINT",
  tls = ca_file and { ca_file = ca_file } or nil,
}

local resumed, failed = 0, 0
local function on_result(result)
  if result.ok then
    resumed = resumed + 1
    return
  end
  failed = failed + 1
  print(result.item)
  io.stderr:write("\r", tostring(result.item), ": ", result.message, "\n")
end

local function on_progress(at)
  io.stderr:write(("\r%d done, %d failed, %d requests, %.1f s"):format(at.done, at.failed,
    at.requests, at.elapsed))
end

-- An error, as of Ctrl-C, ends the batch; what was sent until then has been reported.
local ended, report = pcall(rtc.batch, rtc, "ResumeRTCStreams", next_id,
  { on_result = on_result, on_progress = on_progress })
io.stderr:write(("\n%d resumed, %d failed\n"):format(resumed, failed))
if not ended then
  io.stderr:write("resume_many.lua: ", tostring(report), "\n")
  os.exit(3)
end
os.exit(failed == 0 and 0 or 1)
