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

local checks = require "streamctl.base.checks"
local core = require "streamctl.core"
local shared = require "streamctl.vendor.webhook"

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

-- Returns the timestamp, nonce and signature as texts; or nil, code and text.
local function signature_of(by_name)
  local found = {}
  for _, name in ipairs { "timestamp", "nonce", "signature" } do
    local value = by_name[name]
    if value == nil then return nil, "signature", "it carries no signature: no " .. name end
    found[name] = shared.text(value)
    if not found[name] or #found[name] > MAX_BYTES then
      return nil, "bad_request", name .. " is neither text of up to " .. MAX_BYTES
        .. " bytes nor a whole number"
    end
  end
  return found
end

-- Returns the code and text of the signature's fault, or nil.
local function fault_of(found, opts)
  local code, text = shared.fault(found.signature, found.timestamp, opts, { found.nonce },
    function(secret, nonce)
      local parts = { secret, found.timestamp, nonce }
      table.sort(parts, before)
      return core.sha1(parts[1], parts[2], parts[3])
    end, "it was signed with another secret; the callback secret of the console is needed, not the "
      .. "ServerSecret")
  if (not code or code == "expired") and tonumber(found.timestamp) >= MILLISECONDS then
    return "bad_request", "its timestamp is in milliseconds, as ZIM's are, and ZIM's webhooks are "
      .. "not read here; give them an address of their own"
  end
  return code, text
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

-- See `of` in `vendor/webhook.lua`.
local function judge(request, opts)
  local fields, why = shared.read(request.body)
  if not fields then return nil, "bad_request", why end
  local by_name = {} -- in lower case, since the player's webhooks capitalise names
  for name, value in next, fields do by_name[name:lower()] = value end
  local found, code, text = signature_of(by_name)
  if found then code, text = fault_of(found, opts) end
  if code then return nil, code, text end
  local known = EVENTS[by_name.event] or OTHER
  local stream, app_id = first(by_name, "stream_id", "stream_alias", "mix_stream_alias"),
    shared.text(by_name.appid)
  local prefix = "zegotest-" .. (app_id or "") .. "-"
  if stream and app_id and stream:sub(1, #prefix) == prefix then
    stream = stream:sub(#prefix + 1) -- the name that clients with is_test use
  end
  local reason = known.reason and first(by_name, known.reason)
  return {
    kind = known[1], verified = true, fields = fields,
    app_id = shared.number(app_id) or app_id, stream = stream,
    room = first(by_name, "room_id", "channel_id"),
    user = first(by_name, "user_id", "user_account", "publish_id"),
    time = time_of(by_name, known, found.timestamp),
    reason = reason and (known.reasons[shared.number(reason)] or reason),
  }, known.key, found.timestamp
end

--- What `verify` takes.
-- @table options
-- @tfield string|table secret text, or a list of texts while it is being changed
-- @tfield[opt=300] number|boolean tolerance seconds that the signature may be older or newer than
-- now; false for any
local OPTIONS = { { "secret", checks.texts, true }, shared.tolerance }

--- Verifies a webhook and returns its event. Wrong options are thrown.
-- @function webhook.verify
-- @tparam table|string request `headers`, `query` and `body` as they came. The body alone will do:
-- JSON, perhaps percent-encoded
-- @tparam table options see @{options}
-- @treturn[1] table event: `vendor`, `kind`, `verified`, `key`, `fields` (as the vendor spells
-- them), `app_id`, `stream`, `room`, `user`, `time` and `expires` (Unix seconds), `reason`; see
-- docs/reference/webhooks.md
-- @failure see `streamctl.errors`: `bad_request` (it is no webhook of ZEGOCLOUD), `signature`,
-- `expired`
return shared.of("zego", OPTIONS, judge)
