--- Makes tokens (version 04) on a server for apps, which hand them to loginRoom, renewToken or
-- ZIM's login.
--
--     local token = streamctl.zego.token
--     local text, message, err = token.new { app_id = 1234567890, server_secret = "...",
--       user_id = "user1", lifetime = 3600 }
--
-- The ServerSecret of the Server API encrypts the token with AES-256. Nothing is sent, and nothing
-- waits.
-- @public streamctl.zego.token

local checks = require "streamctl.base.checks"
local core = require "streamctl.core"
local encode = require "streamctl.base.encode"
local envelope = require "streamctl.zego.envelope"
local errors = require "streamctl.base.errors"
local json = require "streamctl.base.json"
local refresh = require "streamctl.call.refresh"

local token = {}

local MAX_BYTES = 32767 -- of any text in a token: a longer text cannot be packed
local MAX_LENGTH = 65536 -- of a token, with the tail of a kit token

local function refuse(code, text)
  return errors.refuse("zego", "token", code, text)
end

-- ---- checks: functions that return nil, or what the value must be ----

local function secret(value)
  return #value ~= 32 and "must be the ServerSecret, 32 bytes, got " .. #value .. " bytes" or nil
end

local function utf8(value)
  if #value > MAX_BYTES then return "must be at most " .. MAX_BYTES .. " bytes" end
  if not json.is_utf8(value) then return "must be UTF-8" end
end

local function text(value)
  return checks.text(value) or utf8(value)
end

-- The kit's reader takes each byte as a character.
local function ascii(value)
  return text(value) or value:find("[\128-\255]") and "must be ASCII in a kit token" or nil
end

local function payload(value)
  local is_json = value == "" or json.decode(value) or json.decode_list(value)
  return utf8(value) or not is_json and "must be JSON text, or apps fail with 1002075" or nil
end

local function list_of_ids(value)
  local count = encode.list_length(value)
  if not count then return "must be a list of StreamIds" end
  if count == 0 then
    return "must not be empty, which ZEGOCLOUD takes for every stream; leave it out for any, or "
      .. "set publish = false"
  end
  for i = 1, count do
    local why = text(rawget(value, i))
    if why then return "must be a list of StreamIds: an item " .. why end
  end
end

local PRIVILEGES = {
  { "room_id", checks.string, true, text }, { "login", checks.boolean },
  { "publish", checks.boolean }, { "streams", checks.table, false, list_of_ids },
}

--- What `new` and `kit` take.
-- @table options
-- @tfield integer|string app_id 1 to 2^32-1, a number or its digits
-- @tfield string server_secret 32 bytes
-- @tfield string user_id with which the app logs in
-- @tfield integer lifetime seconds; ZIM takes at most 24 days
-- @tfield integer expires instead of `lifetime`: Unix seconds
-- @tfield string payload JSON text; without one `new` puts "" there and `kit` nothing
-- @tfield table privileges instead of a payload, where they are switched on for the AppId:
-- `room_id`, `login` (true unless said), `publish` (false unless said), `streams` (a list of the
-- StreamIds that may be published, never an empty one; any, unless said)
-- @tfield string mode "cbc", or "gcm", which newer packages of the vendor make
-- @tfield string room_id of `kit`
-- @tfield string user_name of `kit`, "" unless said
local NEW = {
  { "app_id", checks.app_id, true }, { "user_id", checks.string, true, text },
  { "server_secret", checks.string, true, secret }, checks.expires, checks.lifetime,
  { "payload", checks.string, false, payload }, { "privileges", checks.table },
  { "mode", checks.one_of("cbc", "gcm") },
}

function NEW.misuse(opts)
  return opts.payload and opts.privileges and "give payload or privileges, not both"
    or checks.misuse_of_end(opts)
end

local OF_CLIENT = { misuse = NEW.misuse }
local KIT = { { "room_id", checks.string, true, ascii },
  { "user_name", checks.string, false, function(value) return value ~= "" and text(value) end },
  misuse = NEW.misuse }
for _, field in ipairs(NEW) do
  local is_own = field[1] ~= "app_id" and field[1] ~= "server_secret"
  OF_CLIENT[#OF_CLIENT + 1] = is_own and field or nil
  KIT[#KIT + 1] = field[1] == "user_id" and { "user_id", checks.string, true, ascii } or field
end

-- ---- making ----

-- Encodes privileges as JSON with a fixed order of names.
local function privileges_text(privileges)
  local streams = privileges.streams
  return ('{"room_id":%s,"privilege":{"1":%s,"2":%s},"stream_id_list":%s}'):format(
    json.encode(privileges.room_id), privileges.login == false and "0" or "1",
    privileges.publish and "1" or "0", streams and json.encode(streams) or "null")
end

-- Takes what the function `name` was called with, `level` functions above; or returns nil and why.
local function take(opts, list, name, level)
  local checked, why = checks.take_from_user(opts, list, name, level + 1)
  if not checked or not checked.privileges then return checked, why end
  local privileges
  privileges, why =
    checks.take_from_user(checked.privileges, PRIVILEGES, name .. ": privileges", level + 1)
  if not privileges then return nil, "privileges: " .. why end
  checked.payload = privileges_text(privileges)
  return checked
end

-- Makes a token of checked options, and what is `behind` it.
local function make(opts, default_payload, behind)
  local now, expires = math.floor(core.now()), checks.end_of(opts)
  if expires <= now then return refuse("invalid_parameter", "expires must be later than now") end
  local content = opts.payload or default_payload
  local plain = ('{"app_id":%s,"user_id":%s,"nonce":%s,"ctime":%s,"expire":%s%s}'):format(
    encode.integer(tonumber(opts.app_id)), json.encode(opts.user_id),
    encode.integer(math.floor(assert(core.random()) * 2 ^ 31)), encode.integer(now),
    encode.integer(expires), content and ',"payload":' .. json.encode(content) or "")
  local made, code, why = envelope.seal(plain, expires, opts.server_secret, opts.mode or "cbc")
  if not made then return refuse(code, why) end
  made = made .. (behind or "")
  if #made <= MAX_LENGTH then return made end
  return refuse("invalid_parameter", "it would be " .. #made .. " characters, more than "
    .. MAX_LENGTH .. "; take a shorter user_name, room_id or payload")
end

--- Makes a token.
-- @tparam table opts see @{options}
-- @treturn[1] string
-- @failure see `streamctl.errors`
function token.new(opts)
  local checked, why = take(opts, NEW, "streamctl.zego.token.new", 3)
  if not checked then return refuse("invalid_parameter", why) end
  return make(checked, "")
end

--- Makes a token with the AppId and the ServerSecret of the client, which may come from a source.
-- @function Client:token
-- @tparam table params see `options`, without `app_id` and `server_secret`
-- @tparam[opt] table options the limits, see `streamctl.options.limits`
-- @treturn[1] string
-- @failure see `streamctl.errors`
function token.token(client, params, call_options)
  local checked, why = take(params, OF_CLIENT, "token", 5)
  if not checked then return refuse("invalid_parameter", why) end
  local call = { operation = { action = "token" }, context = call_options.context,
    deadline = core.monotonic() + (call_options.timeout or client.options.timeout) }
  local failure = client.source and refresh.ready(client, call)
  if failure then return errors.refuse("zego", "token", failure.code, failure.text) end
  checked.app_id, checked.server_secret = client.options.app_id, client.signer
  return make(checked, "")
end

local ESCAPED = "[^A-Za-z0-9_.!~*'()-]" -- as JavaScript's encodeURIComponent does

--- Makes a token for the prebuilt UI kits: a token of `new`, then the user and the room.
-- @tparam table opts see @{options}
-- @treturn[1] string
-- @failure see `streamctl.errors`
function token.kit(opts)
  local checked, why = take(opts, KIT, "streamctl.zego.token.kit", 3)
  if not checked then return refuse("invalid_parameter", why) end
  local tail = ('{"userID":%s,"roomID":%s,"userName":%s,"appID":%s}'):format(
    json.encode(checked.user_id), json.encode(checked.room_id),
    json.encode(encode.percent_encoded(checked.user_name or "", ESCAPED)),
    encode.integer(tonumber(checked.app_id)))
  return make(checked, nil, "#" .. assert(core.base64(tail)))
end

-- ---- reading ----

local KINDS = { app_id = "number", user_id = "string", nonce = "number", ctime = "number",
  expire = "number" }

-- Returns the checked content of a token; or nil and its fault.
local function content_of(plain, expires_at)
  if not json.is_utf8(plain) then return nil, envelope.MISMATCH end
  local content, why = json.decode(plain)
  if not content then return nil, envelope.MISMATCH .. " (as to what it holds, " .. why .. ")" end
  for name, kind in pairs(KINDS) do
    local value = content[name]
    if type(value) ~= kind or (kind == "number" and value % 1 ~= 0) then
      return nil, "its " .. name .. " is missing or of another type"
    end
  end
  if content.payload ~= nil and type(content.payload) ~= "string" then
    return nil, "its payload is of another type"
  end
  if not expires_at(content.expire) then
    return nil, "it was changed: the time of its end stands in it twice, and differs"
  end
  return content
end

--- Reads a token, also an expired token, for support and tests.
-- @tparam string made a token, or a kit token
-- @tparam string server_secret
-- @treturn[1] table `app_id`, `user_id`, `nonce`, `created` and `expires` (Unix seconds),
-- `payload`, `mode`, and for a kit token `kit`: its tail's fields, as the vendor spells them
-- @failure see `streamctl.errors`. `signature`: another secret, or a changed token.
-- With "cbc" not every change can be found out.
function token.read(made, server_secret)
  local why = checks.string(server_secret)
  if why then error("streamctl.zego.token.read: server_secret " .. why, 2) end
  why = secret(server_secret)
  if why then return refuse("invalid_parameter", "server_secret " .. why) end
  if type(made) ~= "string" or #made > MAX_LENGTH then
    return refuse("invalid_parameter", "a token is text of at most 65536 characters, got "
      .. (type(made) == "string" and #made or "a " .. type(made)))
  end
  local front, tail = made:match("^([^#]*)#?(.*)$")
  local plain, mode, expires_at = envelope.open(front, server_secret)
  if not plain then return refuse(mode, expires_at) end -- code and text
  local content
  content, why = content_of(plain, expires_at)
  if not content then return refuse("signature", why) end
  content.mode, content.kit = mode, nil
  content.created, content.ctime = content.ctime, nil
  content.expires, content.expire = content.expire, nil
  if tail ~= "" then
    tail, why = core.base64_decode(tail)
    if why then return refuse("invalid_parameter", why) end
    content.kit = tail and json.is_utf8(tail) and json.decode(tail)
    if not content.kit then
      return refuse("invalid_parameter", "what follows '#' is no JSON in base64")
    end
  end
  return content
end

return token
