--- Webhooks ("callbacks") that ZEGOCLOUD sends.
--
--     local webhook = streamctl.zego.webhook
--     local event, message, err = webhook.verify(body, { secret = "..." })
--     if event and event.kind == "stream_started" then print(event.room, event.stream) end
--
-- Webhooks of ZIM, whose time is in milliseconds, are not read here. The secret is the callback
-- secret of the console, not the ServerSecret. A signature covers its time, a nonce and the secret,
-- but not the message's content: docs/how-to/webhooks.md tells the consequences. Nothing is sent,
-- and only stores may wait.
-- @public streamctl.zego.webhook

local checks = require "streamctl.checks"
local core = require "streamctl.core"
local errors = require "streamctl.errors"
local shared = require "streamctl.vendor.webhook"

local webhook = {}

local function refuse(code, text)
  return errors.refuse("zego", "webhook", code, text)
end

-- By the vendor's name of an event: its kind; the fields with its time in milliseconds; the fields
-- that tell it from others; the field with the reason, and the meanings of its numbers.
local LEFT = { [0] = "normal", "heartbeat_timeout", "connection_lost", "kicked_out",
  "token_expired" }
local ENDED = { [0] = "normal", "heartbeat_timeout", "second_login", "kicked_out",
  "connection_lost", "room_cleared", [100] = "deleted" }
local STREAM = { "appid", "room_session_id", "stream_id", "stream_seq" }
local ROOM = { "appid", "room_id", "room_session_id" }
local USER = { "appid", "room_id", "room_seq", "session_id", "user_account", "login_time" }
local MIX = { "appid", "task_id", "seq" }

local EVENTS = {
  stream_create = { "stream_started", time = { "create_time_ms", "create_timemillis" },
    key = STREAM },
  stream_close = { "stream_ended", time = { "destroy_timemillis" }, key = STREAM,
    reason = "type", reasons = ENDED },
  room_create = { "room_created", time = { "room_create_time" }, key = ROOM },
  room_close = { "room_closed", time = { "room_close_time" }, key = ROOM,
    reason = "close_reason", reasons = LEFT },
  room_login = { "user_joined", time = { "login_time" }, key = USER },
  room_logout = { "user_left", time = { "logout_time" }, key = USER,
    reason = "reason", reasons = LEFT },
  mix_start = { "mix_started", key = MIX },
  mix_stop = { "mix_stopped", key = MIX },
}
local OTHER = { "other" }

-- ---- the signature ----

-- Compares by bytes, whatever the locale. Since a text may be the secret, the time taken depends on
-- the lengths alone.
local function before(a, b)
  local order = 0
  for i = 1, math.max(#a, #b) do
    local difference = (a:byte(i) or -1) - (b:byte(i) or -1)
    if order == 0 then order = difference end
  end
  return order < 0
end

local MAX_BYTES = 256     -- of a timestamp or nonce
local MILLISECONDS = 1e11 -- a larger timestamp counts milliseconds: it is the year 5138 in seconds

-- Returns the timestamp, nonce and signature as texts; or nil and why not.
local function signature_of(by_name)
  local found = {}
  for _, name in ipairs { "timestamp", "nonce", "signature" } do
    local value = shared.text(by_name[name])
    if not value or #value > MAX_BYTES then
      return nil, name .. " is missing, or neither text nor a whole number"
    end
    found[name] = value
  end
  if not shared.number(found.timestamp) then
    return nil, "timestamp is not a whole number of seconds"
  end
  return found
end

-- ---- the event ----

local function time_of(by_name, known, timestamp)
  for _, name in ipairs(known.time or {}) do
    local milliseconds = shared.number(by_name[name])
    if milliseconds and milliseconds > 0 then return milliseconds / 1000 end
  end
  return shared.number(timestamp)
end

local function first(by_name, ...)
  for _, name in ipairs { ... } do
    local text = shared.text(by_name[name])
    if text then return text end
  end
end

local function event_of(body, by_name, timestamp)
  local known = EVENTS[by_name.event] or OTHER
  local stream, app_id = first(by_name, "stream_id", "stream_alias", "mix_stream_alias"),
    shared.text(by_name.appid)
  local prefix = "zegotest-" .. (app_id or "") .. "-"
  if stream and app_id and stream:sub(1, #prefix) == prefix then
    stream = stream:sub(#prefix + 1) -- the name that clients with is_test use
  end
  local reason = known.reason and first(by_name, known.reason)
  return shared.event({
    vendor = "zego", kind = known[1], verified = true, fields = body,
    app_id = shared.number(app_id) or app_id, stream = stream,
    room = first(by_name, "room_id", "channel_id"),
    user = first(by_name, "user_id", "user_account", "publish_id"),
    time = time_of(by_name, known, timestamp),
    reason = reason and (known.reasons[shared.number(reason)] or reason),
  }, known.key, timestamp)
end

local VERIFY = {
  { "secret", checks.texts, true }, { "max_age", shared.check_age },
  { "now", checks.time },
}

--- Verifies a webhook and returns its event. Wrong options are thrown.
-- @tparam string|table body as it came: JSON, perhaps percent-encoded; or decoded. Decoders of
-- others may round numbers beyond 2^53, among them nonces, which are signed
-- @tparam table options `secret`: text, or a list of texts while it is being changed; `max_age`:
-- seconds that the signature may be older or newer than now, 300 unless said, false for any;
-- `now`: Unix seconds, for tests
-- @treturn[1] table event: `vendor`, `kind`, `verified`, `key`, `fields` (as the vendor spells
-- them), `app_id`, `stream`, `room`, `user`, `time` (Unix seconds), `reason`; see
-- docs/reference/webhooks.md
-- @failure see `streamctl.errors`: `bad_request` (it is no webhook of ZEGOCLOUD),
-- `signature`, `expired`
function webhook.verify(body, options)
  local opts, wrong = checks.take_from_user(options, VERIFY, "streamctl.zego.webhook.verify")
  if not opts then error("streamctl.zego.webhook.verify: " .. wrong, 2) end
  local decoded, why = shared.read(body)
  if not decoded then return refuse("bad_request", why) end
  local by_name = {} -- in lower case, since the player's webhooks capitalise names
  for name, value in next, decoded do by_name[name:lower()] = value end
  local found
  found, why = signature_of(by_name)
  if not found then return refuse("bad_request", why) end
  local code, text = shared.fault(found.signature, found.timestamp, opts, { found.nonce },
    function(secret, nonce)
      local parts = { secret, found.timestamp, nonce }
      table.sort(parts, before)
      return core.sha1(parts[1], parts[2], parts[3])
    end, "it was signed with another secret; the callback secret of the console is needed, not the "
      .. "ServerSecret")
  if code ~= "signature" and tonumber(found.timestamp) >= MILLISECONDS then
    return refuse("bad_request", "its timestamp is in milliseconds, as ZIM's are, and ZIM's "
      .. "webhooks are not read here; give them an address of their own")
  end
  if code then return refuse(code, text) end
  return event_of(decoded, by_name, found.timestamp)
end

--- See `streamctl.vendor.webhook.claim`.
webhook.claim = shared.claim
--- See `streamctl.vendor.webhook.release`.
webhook.release = shared.release

return webhook
