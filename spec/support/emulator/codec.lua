-- Encodings, digests and the clock, all from nginx-lua's own primitives: the emulator must not
-- share a line of code with the client that it checks.

local bit = require "bit"
local ffi = require "ffi"
local sha256 = require "nginx.sha256"

ffi.cdef [[
typedef struct { long tv_sec; long tv_nsec; } emulator_timespec;
int clock_gettime(int clock, emulator_timespec *out);
]]

local M = {}

-- RFC 3986: everything but the unreserved characters, hexadecimal digits in upper case.
function M.percent_encode(text)
  return (text:gsub("[^A-Za-z0-9%-_.~]", function(char)
    return string.format("%%%02X", char:byte())
  end))
end

function M.hex(bytes)
  return (bytes:gsub(".", function(char) return string.format("%02x", char:byte()) end))
end

local function sha256_raw(...)
  local state = sha256:new()
  for i = 1, select("#", ...) do state:update((select(i, ...))) end
  return state:final()
end

function M.sha256_hex(text) return M.hex(sha256_raw(text)) end

local function xor_pad(key, byte)
  local padded = key .. ("\0"):rep(64 - #key)
  return (padded:gsub(".", function(char) return string.char(bit.bxor(char:byte(), byte)) end))
end

-- RFC 2104 over SHA-256.
function M.hmac_sha256_hex(key, text)
  if #key > 64 then key = sha256_raw(key) end
  local inner = sha256_raw(xor_pad(key, 0x36), text)
  return M.hex(sha256_raw(xor_pad(key, 0x5c), inner))
end

-- Wall clock in seconds, with microseconds: ngx.now() is cached and has milliseconds only.
local timespec = ffi.new("emulator_timespec")
function M.now()
  ffi.C.clock_gettime(0, timespec)
  return tonumber(timespec.tv_sec) + math.floor(tonumber(timespec.tv_nsec) / 1000) / 1e6
end

return M
