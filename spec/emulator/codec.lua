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

local function days_from_civil(year, month, day)
  if month <= 2 then year = year - 1 end
  local era = math.floor(year / 400)
  local year_of_era = year - era * 400
  local day_of_year = math.floor((153 * (month + (month > 2 and -3 or 9)) + 2) / 5) + day - 1
  return era * 146097 + year_of_era * 365 + math.floor(year_of_era / 4) - math.floor(
    year_of_era / 100)
    + day_of_year - 719468
end

-- "2026-01-02T03:04:05Z" to Unix seconds, or nil when it is not exactly of that form and a real
-- date.
function M.parse_utc(text)
  local parts = { (text or ""):match("^(%d%d%d%d)%-(%d%d)%-(%d%d)T(%d%d):(%d%d):(%d%d)Z$") }
  if not parts[1] then return nil end
  for i = 1, 6 do parts[i] = tonumber(parts[i]) end
  local year, month, day, hour, minute, second = parts[1], parts[2], parts[3], parts[4], parts[5],
    parts[6]
  if month < 1 or month > 12 or day < 1 or hour > 23 or minute > 59 or second > 59 then
    return nil
  end
  local days = days_from_civil(year, month, day)
  local next_month = month == 12 and days_from_civil(year + 1, 1, 1)
    or days_from_civil(year, month + 1, 1)
  if days >= next_month then -- the 31st of February
    return nil
  end
  return days * 86400 + hour * 3600 + minute * 60 + second
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

local CRC_HEADER = "\31\139\8\0\0\0\0\0\0\3"

local function little_endian(value, bytes)
  local out = {}
  for i = 1, bytes do
    out[i] = string.char(value % 256)
    value = math.floor(value / 256)
  end
  return table.concat(out)
end

-- A valid gzip file of stored blocks: it says the same without a compressor.
function M.gzip(text)
  local out = { CRC_HEADER }
  local position = 1
  repeat
    local block = text:sub(position, position + 65534)
    position = position + #block
    local last = position > #text
    out[#out + 1] = (last and "\1" or "\0") .. little_endian(#block, 2)
      .. little_endian(65535 - #block, 2) .. block
  until last
  out[#out + 1] = little_endian(ngx.crc32_long(text) % 2 ^ 32, 4) .. little_endian(#text, 4)
  return table.concat(out)
end

return M
