-- Texts through LuaJIT's FFI, in loops that it compiles: hexadecimal digits and percent-encoding.

local bit = require "bit"
local ffi = require "ffi"

local size = 16384
local text_out = ffi.new("uint8_t[?]", size)

local DIGITS = ffi.new("uint8_t[16]", { ("0123456789abcdef"):byte(1, -1) })
local UPPER = ffi.new("uint8_t[16]", { ("0123456789ABCDEF"):byte(1, -1) })
local UNRESERVED = ffi.new "uint8_t[256]"
for byte = 0, 255 do
  UNRESERVED[byte] = string.char(byte):find("[%w%-%._~]") and 1 or 0
end

local function hex(bytes, count)
  for i = 0, count - 1 do
    local byte = bytes[i]
    text_out[2 * i], text_out[2 * i + 1] = DIGITS[bit.rshift(byte, 4)], DIGITS[bit.band(byte, 15)]
  end
  return ffi.string(text_out, 2 * count)
end

local function encode(text)
  local bytes, n = ffi.cast("const uint8_t *", text), 0
  if 3 * #text > size then
    size = 6 * #text
    text_out = ffi.new("uint8_t[?]", size)
  end
  for i = 0, #text - 1 do
    local byte = bytes[i]
    if UNRESERVED[byte] == 1 then
      text_out[n] = byte
      n = n + 1
    else
      text_out[n], text_out[n + 1] = 37, UPPER[bit.rshift(byte, 4)]
      text_out[n + 2] = UPPER[bit.band(byte, 15)]
      n = n + 3
    end
  end
  return n == #text and text or ffi.string(text_out, n)
end

return {
  encode = encode,
  hex = hex, -- of so many bytes at a pointer
  hex_of = function(bytes) return hex(ffi.cast("const uint8_t *", bytes), #bytes) end,
}
