-- Packs and unpacks tokens of version 04, for `streamctl.zego.token`: "04", and in base64 the
-- expiry time (8 bytes), the iv and the cipher text, each behind its length (2 bytes), and for GCM
-- a byte 1.

local core = require "streamctl.core"
local text_of = require("streamctl.base.errors").text_of

local envelope = {}

local VERSION = "04"
local MAX_BYTES = 32767 -- of the cipher text: some of the vendor's readers take no more

-- The message for another secret.
envelope.MISMATCH = "it was not made with this secret, or was changed"

local CUT = "it is cut short, or not of this version: its lengths do not fit"

-- By mode: the bytes of the iv, and the mark at the token's end.
local MODES = { cbc = { iv = 16, mark = "" }, gcm = { iv = 12, mark = "\1" } }
local MODE_OF = { [""] = "cbc", ["\0"] = "cbc", ["\1"] = "gcm" }

local function big_endian(number, count)
  local list = {}
  for i = count, 1, -1 do
    list[i] = string.char(number % 256)
    number = math.floor(number / 256)
  end
  return table.concat(list)
end

-- Converts an error of the core: nil, code, why.
local function failed(message, code)
  return nil, code == "crypto" and "signature" or "invalid_parameter", text_of(message)
end

-- Encrypts and packs a text with its expiry time (Unix seconds), a secret of 32 bytes, and "cbc"
-- or "gcm". Returns the token; or nil, code, why.
function envelope.seal(plain, expires, secret, mode)
  local iv = assert(core.random_bytes(MODES[mode].iv))
  local cipher, message, code = core.encrypt(mode, secret, iv, plain)
  if not cipher then return failed(message, code) end
  if #cipher > MAX_BYTES then
    return nil, "invalid_parameter", "what the token holds is " .. #cipher .. " bytes, more than "
      .. MAX_BYTES .. "; take a shorter payload, or fewer streams"
  end
  return VERSION .. assert(core.base64(big_endian(expires, 8) .. big_endian(#iv, 2) .. iv
    .. big_endian(#cipher, 2) .. cipher .. MODES[mode].mark))
end

local function unpack_parts(packed)
  local high, low = packed:byte(9, 10)
  local iv = low and packed:sub(11, 10 + high * 256 + low)
  if not iv then return nil, CUT end
  local rest = packed:sub(11 + #iv)
  high, low = rest:byte(1, 2)
  local cipher = low and rest:sub(3, 2 + high * 256 + low)
  if not cipher or #cipher ~= high * 256 + low then return nil, CUT end
  local mode = MODE_OF[rest:sub(3 + #cipher)]
  if not mode then return nil, "it ends with bytes that no version 04 has" end
  if #iv ~= MODES[mode].iv or #cipher > MAX_BYTES then return nil, CUT end
  return { mode = mode, iv = iv, cipher = cipher }
end

-- Unpacks and decrypts a token. Returns the plain text, the mode, and a function that compares a
-- time with the unencrypted expiry time; or nil, code, why. "cbc" does not detect every change.
function envelope.open(text, secret)
  local version, packed = text:match("^(%d%d)(.*)$")
  if version ~= VERSION then
    return nil, "invalid_parameter", "it is none of version 04"
      .. (version and "; it begins with " .. version or "")
  end
  local message, code
  packed, message, code = core.base64_decode(packed)
  if message then return failed(message, code) end
  if not packed then return nil, "invalid_parameter", "it is no base64, or cut short" end
  local parts, why = unpack_parts(packed)
  if not parts then return nil, "invalid_parameter", why end
  local plain
  plain, message, code = core.decrypt(parts.mode, secret, parts.iv, parts.cipher)
  if code == "invalid_parameter" then return nil, "signature", envelope.MISMATCH end
  if not plain then return failed(message, code) end
  return plain, parts.mode, function(expire) return big_endian(expire, 8) == packed:sub(1, 8) end
end

return envelope
