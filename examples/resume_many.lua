-- Resumes many RTC streams: lua5.4 examples/resume_many.lua ids.txt
--
-- The file holds one StreamId a line. Ids go out in requests of 20, in order and within the vendor's
-- rate; what failed is listed at the end, one id a line on standard output, so that it can be fed in
-- again. Exit status: 0 all resumed, 1 some failed, 2 wrong use.
--
-- Environment: ZEGO_APP_ID, ZEGO_SERVER_SECRET; ZEGO_ENDPOINT and STREAMCTL_CA_FILE for an emulator.

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

local ids = {}
for line in file:lines() do
  local id = line:match("^%s*(.-)%s*$")
  if id ~= "" then ids[#ids + 1] = id end
end

local ca_file = os.getenv "STREAMCTL_CA_FILE"
local rtc = streamctl.zego.new {
  app_id = tonumber(os.getenv "ZEGO_APP_ID"),
  server_secret = os.getenv "ZEGO_SERVER_SECRET",
  endpoint = os.getenv "ZEGO_ENDPOINT",
  tls = ca_file and { ca_file = ca_file } or nil,
}

local WIDTH = 40
local function progress(at)
  local full = math.floor(WIDTH * at.done / at.total)
  io.stderr:write(("\r[%s%s] %d of %d, %d failed"):format(("#"):rep(full), (" "):rep(WIDTH - full), at.done, at.total,
    at.failed))
end

local report = rtc:batch("ResumeRTCStreams", ids, { on_progress = progress })
io.stderr:write(("\n%d resumed, %d failed, %d requests, %.1f s\n"):format(report.succeeded, report.failed,
  report.requests, report.elapsed))

for _, result in ipairs(report.results) do
  if not result.ok then
    print(result.item)
    io.stderr:write(tostring(result.item), ": ", result.message, "\n")
  end
end
os.exit(report.failed == 0 and 0 or 1)
