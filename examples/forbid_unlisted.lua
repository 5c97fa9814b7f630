-- Forbids the streams that are live at Alibaba Cloud and on no list of yours.
--
--   lua5.4 examples/forbid_unlisted.lua PLAY_DOMAIN PUSH_DOMAIN allowed.txt         only shows them
--   lua5.4 examples/forbid_unlisted.lua PLAY_DOMAIN PUSH_DOMAIN allowed.txt --yes   forbids them
--
-- allowed.txt has a line app/stream for each stream that may be live; app/* allows an application.
-- Capitals count, "#" begins a comment, and any other line is refused, since it may mean a stream.
-- The streams go to stdout, as app/stream: all that are not allowed, with --yes those that could
-- not be forbidden. Nothing is forbidden unless the vendor's list was read to its end.
--
-- Environment: ALIBABA_CLOUD_ACCESS_KEY_ID, ALIBABA_CLOUD_ACCESS_KEY_SECRET. Status: 0 there is
-- nothing left to forbid, 1 there is, 2 nothing was forbidden since something is wrong.

local live = require("streamctl").aliyun

local function give_up(text)
  io.stderr:write("forbid_unlisted: ", text, "\n")
  os.exit(2)
end

local play_domain, push_domain, path, flag = arg[1], arg[2], arg[3], arg[4]
if not path or (flag and flag ~= "--yes") or arg[5] then
  give_up "usage: forbid_unlisted.lua PLAY_DOMAIN PUSH_DOMAIN FILE [--yes]"
end
local file, why = io.open(path)
if not file then give_up(why) end
local text, problem = file:read "*a"
if not text then give_up(path .. ": " .. problem) end
if text:find "%z" then give_up(path .. " is no plain text, but perhaps UTF-16") end
local allowed, count = {}, 0
for line in text:gsub("^\239\187\191", ""):gmatch "[^\n]+" do -- those bytes are an editor's mark
  local name = (" " .. line):gsub("%s#.*", ""):match "^%s*(.-)%s*$"
  if name ~= "" then
    if not name:gsub("/%*$", "/all"):find "^[^/%s*,#]+/[^/%s*,#]+$" then
      give_up("no app/stream: " .. line)
    end
    allowed[name], count = true, count + 1
  end
end
file:close()
if count == 0 then give_up(path .. " allows nothing: every stream would be forbidden") end

local online = live.pages("DescribeLiveStreamsOnlineList",
  { DomainName = play_domain, StreamType = "raw" })
local strangers, seen = {}, 0
local stream, message = online:next()
while stream do
  seen = seen + 1
  if not allowed[stream.AppName .. "/" .. stream.StreamName] and not allowed[stream.AppName .. "/*"]
  then
    strangers[#strangers + 1] = {
      DomainName = stream.PublishDomain or push_domain, AppName = stream.AppName,
      StreamName = stream.StreamName,
    }
  end
  stream, message = online:next()
end
if message then give_up("the list of live streams is incomplete: " .. message) end
io.stderr:write(("%d streams are live, %d are not allowed\n"):format(seen, #strangers))

local left = {} -- what is not forbidden, and why
if flag == "--yes" then
  local forbidden = {}
  for _, result in ipairs(live.batch("ForbidLiveStream", strangers).results) do
    if result.ok or result.err.code == "conflict" then -- which is forbidden already
      forbidden[#forbidden + 1] = result.item
    else
      left[#left + 1] = result
    end
  end
  -- a stream counts as forbidden once the vendor shows it offline
  for _, failure in ipairs(live.wait_for("stream_offline", forbidden).failures) do
    left[#left + 1] = failure
  end
else
  for i, item in ipairs(strangers) do left[i] = { item = item, message = "--yes forbids it" } end
end
for _, failure in ipairs(left) do
  local name = failure.item.AppName .. "/" .. failure.item.StreamName
  print(name)
  io.stderr:write(name, ": ", failure.message, "\n")
end
os.exit(#left == 0 and 0 or 1)
