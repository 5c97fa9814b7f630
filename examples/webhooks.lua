-- Forbids RTC streams that begin and are on no list of yours, as soon as ZEGOCLOUD tells of them.
-- This is a module for nginx; its lines there:
--
--   env ZEGO_APP_ID; env ZEGO_SERVER_SECRET; env ZEGO_WEBHOOK_SECRET;
--   http {
--     lua_package_path "/srv/webhooks/?.lua;;";        # the folder of this file
--     init_worker_by_lua_block { require("webhooks").setup("/srv/webhooks") }
--     server {
--       location = /zego/A-LONG-RANDOM-PART {          # the address of the vendor's console, https
--         client_body_buffer_size 64k; client_max_body_size 64k;
--         content_by_lua_block { require("webhooks").serve() }
--
-- The folder has allowed.txt, a StreamId a line, and is where nginx' user writes the cells that all
-- workers share. Replace the list by renaming a new one onto it: half of a list forbids the other
-- half, and an empty one nothing.

local streamctl = require "streamctl"
local webhook = streamctl.zego.webhook

local webhooks = {}

local folder, secret, rtc, store

--- In init_worker_by_lua: an error here is in the log, and the vendor is told to come again.
function webhooks.setup(path)
  secret = assert(os.getenv "ZEGO_WEBHOOK_SECRET", "ZEGO_WEBHOOK_SECRET is not set")
  folder, store = path, assert(streamctl.store.file(path .. "/cells"))
  rtc = streamctl.zego.new {
    timeout = 4, -- the vendor waits for 5 s
    -- workers keep one order and the rate; a late forbid gives way to a script's resume that came
    -- after the event, within the last 60 s
    store = store,
  }
end

-- Whether a stream may be live; nil and why when that is not known.
local function is_allowed(stream)
  local file, why = io.open(folder .. "/allowed.txt")
  if not file then return nil, why end
  local text, problem = file:read "*a"
  file:close()
  if not text then return nil, "allowed.txt: " .. problem end
  if text:find "%z" then return nil, "allowed.txt is no plain text, but perhaps UTF-16" end
  local found, count = false, 0
  for line in text:gsub("^\239\187\191", ""):gmatch "[^\n]+" do -- bytes of an editor's mark
    local id = line:match "^%s*([^#%s]+)"
    if id then found, count = found or id == stream, count + 1 end
  end
  if count == 0 then return nil, "allowed.txt has no id" end
  return found
end

-- Returns a status for the vendor, and for the log what went wrong.
local function take(body)
  local event, message, err = webhook.verify(body, { secret = secret })
  if not event then return err.code == "bad_request" and 400 or 403, message end
  if event.kind ~= "stream_started" then return 200 end
  local allowed, why = is_allowed(event.stream)
  if allowed == nil then return 500, why end
  if allowed then return 200 end
  local token, problem = webhook.claim(store, event)
  if token == nil then return 503, problem end
  if not token then return 200 end -- it came before
  -- the call is as old as the event: a call for this stream that was made since wins
  local done, failure, call_err = rtc:forbid_rtc_stream({ StreamId = event.stream },
    { stamp = math.floor(event.time * 1000) })
  if done or call_err.outcome == "superseded" then return 200 end
  webhook.release(store, event, token) -- the vendor comes again, and this is tried again
  return 502, failure
end

--- In content_by_lua.
function webhooks.serve()
  if not rtc then return ngx.exit(503) end
  ngx.req.read_body()
  local status, why = take(ngx.req.get_body_data() or "")
  if why then ngx.log(ngx.WARN, "webhook: ", why) end
  return ngx.exit(status)
end

return webhooks
