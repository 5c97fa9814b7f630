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
local errors = require "streamctl.base.errors"
local json = require "streamctl.base.json"
local refresh = require "streamctl.call.refresh"

local token = {}

local MAX_BYTES = 32767 -- of the cipher text: some of the vendor's readers take no more

-- By mode: the bytes of the iv, and the mark at the token's end.
local MODES = { cbc = { 16, "" }, gcm = { 12, "\1" } }

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

--- What `new` takes.
-- @table options
-- @tfield integer|string app_id 1 to 2^32-1, a number or its digits
-- @tfield string server_secret 32 bytes
-- @tfield string user_id with which the app logs in
-- @tfield integer lifetime seconds; ZIM takes at most 24 days
-- @tfield integer expires instead of `lifetime`: Unix seconds
-- @tfield string payload JSON text; without one it is ""
-- @tfield table privileges instead of a payload, where they are switched on for the AppId:
-- `room_id`, `login` (true unless said), `publish` (false unless said), `streams` (a list of the
-- StreamIds that may be published, never an empty one; any, unless said)
-- @tfield string mode "cbc", or "gcm", which newer packages of the vendor make
local NEW = {
  { "app_id", checks.app_id, true }, { "user_id", checks.string, true, text },
  { "server_secret", checks.string, true, secret }, checks.expires, checks.lifetime,
  { "payload", checks.string, false, payload }, { "privileges", checks.table },
  { "mode", checks.one_of("cbc", "gcm") },
}
local OF_CLIENT = { NEW[2], NEW[4], NEW[5], NEW[6], NEW[7], NEW[8] }

function NEW.misuse(opts)
  return opts.payload and opts.privileges and "give payload or privileges, not both"
    or checks.misuse_of_end(opts)
end
OF_CLIENT.misuse = NEW.misuse

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

local function big_endian(number, count)
  local list = {}
  for i = count, 1, -1 do
    list[i] = string.char(number % 256)
    number = math.floor(number / 256)
  end
  return table.concat(list)
end

-- Makes a token of checked options: "04", and in base64 the expiry time (8 bytes), the iv and the
-- cipher text, each behind its length (2 bytes), and for GCM a byte 1.
local function make(opts)
  local now, expires, mode = math.floor(core.now()), checks.end_of(opts), opts.mode or "cbc"
  if expires <= now then return refuse("invalid_parameter", "expires must be later than now") end
  local plain = ('{"app_id":%s,"user_id":%s,"nonce":%s,"ctime":%s,"expire":%s,"payload":%s}')
    :format(encode.number(tonumber(opts.app_id)), json.encode(opts.user_id),
      encode.number(math.floor(assert(core.random()) * 2 ^ 31)), encode.number(now),
      encode.number(expires), json.encode(opts.payload or ""))
  local iv = assert(core.random_bytes(MODES[mode][1]))
  local cipher, message, code = core.encrypt(mode, opts.server_secret, iv, plain)
  if not cipher then
    return refuse(code == "crypto" and "signature" or "invalid_parameter", errors.text_of(message))
  elseif #cipher > MAX_BYTES then
    return refuse("invalid_parameter", "what the token holds is " .. #cipher .. " bytes, more than "
      .. MAX_BYTES .. "; take a shorter payload, or fewer streams")
  end
  return "04" .. assert(core.base64(big_endian(expires, 8) .. big_endian(#iv, 2) .. iv
    .. big_endian(#cipher, 2) .. cipher .. MODES[mode][2]))
end

--- Makes a token.
-- @tparam table opts see @{options}
-- @treturn[1] string
-- @failure see `streamctl.errors`
function token.new(opts)
  local checked, why = take(opts, NEW, "streamctl.zego.token.new", 3)
  if not checked then return refuse("invalid_parameter", why) end
  return make(checked)
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
  return make(checked)
end

return token
