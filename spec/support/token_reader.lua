-- Reads a token of ZEGOCLOUD, version 04, as an app's server would: what is in it, and its mode.

local cjson = require "cjson"
local core = require "streamctl.core"

local function whole(bytes)
  local number = 0
  for i = 1, #bytes do number = number * 256 + bytes:byte(i) end
  return number
end

return function(text, secret)
  assert(text:sub(1, 2) == "04", "version")
  local packed = core.base64_decode(text:sub(3))
  local after_iv = 11 + whole(packed:sub(9, 10))
  local length = whole(packed:sub(after_iv, after_iv + 1))
  local cipher = packed:sub(after_iv + 2, after_iv + 1 + length)
  local mode = packed:sub(after_iv + 2 + length) == "\1" and "gcm" or "cbc"
  local content = cjson.decode(assert(core.decrypt(mode, secret, packed:sub(11, after_iv - 1),
    cipher)))
  assert(content.expire == whole(packed:sub(1, 8)), "its end stands in it twice")
  content.mode = mode
  return content
end
