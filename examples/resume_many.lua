-- Resumes the RTC streams of a file, which has one StreamId a line: 500 take 1.3 s.
--
--   lua5.4 examples/resume_many.lua ids.txt >failed.txt
--
-- Ids go out in requests of 20, in order and within the vendor's rate. Progress and the reasons of
-- failures go to stderr, the ids that failed to stdout: failed.txt is the file of the next run.
-- The command `streamctl resume @ids.txt` does this with a report: docs/how-to/resume-many.md.
--
-- Environment: ZEGO_APP_ID, ZEGO_SERVER_SECRET. Status: 0 all are resumed, 1 some failed, 2 nothing
-- was sent.

local streamctl = require "streamctl"

local function give_up(text)
  io.stderr:write("resume_many: ", text, "\n")
  os.exit(2)
end

if #arg ~= 1 then give_up "usage: resume_many.lua FILE >FAILED" end
local file, why = io.open(arg[1])
if not file then give_up(why) end
local text, problem = file:read "*a"
if not text then give_up(arg[1] .. ": " .. problem) end
if text:find "%z" then give_up(arg[1] .. " is no plain text, but perhaps UTF-16") end
local ids = {}
for line in text:gsub("^\239\187\191", ""):gmatch "[^\n]+" do -- those bytes are an editor's mark
  local id = line:match "^%s*(.-)%s*$"
  if id ~= "" and id:sub(1, 1) ~= "#" then ids[#ids + 1] = id end
end
file:close()
if #ids == 0 then give_up(arg[1] .. " has no ids") end

local made, rtc = pcall(streamctl.zego.new)
if not made then give_up(rtc) end -- such as a key that the environment lacks
local shown = 0
local report = rtc:batch("ResumeRTCStreams", ids, {
  on_progress = function(now)
    if now.done < now.total and now.elapsed - shown < 1 then return end
    shown = now.elapsed
    io.stderr:write(("%d of %d, %d failed, %.1f s\n"):format(now.done, now.total, now.failed,
      now.elapsed))
  end,
})

for _, failed in ipairs(report.failures) do
  print(failed.item)
  io.stderr:write(failed.item, ": ", failed.message, "\n")
end
os.exit(report.ok and 0 or 1)
