-- Encodings, digests and clocks, all from nginx-lua's own primitives: the emulator must not share a
-- line of code with the client that it checks.

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

-- A "+" is a space, as both vendors read it; a "%" that starts no escape stays.
function M.percent_decode(text)
  return (text:gsub("+", " "):gsub("%%(%x%x)", function(digits)
    return string.char(tonumber(digits, 16))
  end))
end

-- "a=1&b=2" to a list of { name, value, raw_name } in the order of arrival.
function M.parse_pairs(text)
  local list = {}
  for pair in (text or ""):gmatch("[^&]+") do
    local name, value = pair:match("^([^=]*)=(.*)$")
    name = name or pair
    list[#list + 1] = { M.percent_decode(name), M.percent_decode(value or ""), name }
  end
  return list
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

local MONTHS = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct",
  "Nov", "Dec" }

-- "2026-01-02T03:04:05Z" to Unix seconds, or nil when it is not exactly of that form and a real
-- date.
function M.parse_utc(text)
  local year, month, day, time =
    (text or ""):match("^(%d%d%d%d)%-(%d%d)%-(%d%d)T(%d%d:%d%d:%d%d)Z$")
  local name = MONTHS[tonumber(month)]
  return name and ngx.parse_http_time(("Mon, %s %s %s %s GMT"):format(day, name, year, time))
end

function M.format_utc(unix) return os.date("!%Y-%m-%dT%H:%M:%SZ", math.floor(unix)) end

-- math.random is seeded from the system's random source when the worker starts.
function M.uuid()
  return (("xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx"):gsub("x", function()
    return string.format("%x", math.random(0, 15))
  end))
end

function M.random_digits(count)
  local out = { tostring(math.random(1, 9)) }
  for i = 2, count do out[i] = tostring(math.random(0, 9)) end
  return table.concat(out)
end

return M
