-- The vendors' memory: named maps of text to value, and the vendors' clock, chance and switches. A
-- backend keeps them, which `use` chooses: tables (`plain`), or nginx' shared dicts in the emulator
-- (its state.lua). So the same vendors play in a plain Lua process, too:
--
--   local memory = require "spec.support.model.memory"
--   memory.use(memory.plain { config = guesses.first(), now = clock, random = random })
--   local request = require("spec.support.model.request").new("zego", "GET", target, headers, body)
--   local answer = require("spec.support.model.zego").handle(request) -- see aliyun.lua
--
-- A backend has
--   get(map, key), set(map, key, value), delete(map, key), all(map)
--   increment(counter), counter(counter)   its new value, its value
--   locked(fn, ...)                        calls fn while nobody else is inside
--   is_first(nonce, window)                whether it has not come within so many seconds
--   config()                               the switches and guesses, see guesses.lua
--   clock(), random(n)                     unix seconds, a number from 1 to n
-- A value that `get` or `all` returns may be the kept one: change it only to set it.

local M = {}

function M.use(backend)
  for name, fn in pairs(backend) do M[name] = fn end
end

local function new_map(maps, name)
  maps[name] = {}
  return maps[name]
end

-- A backend of tables, for one process: `config` is a table, `now` and `random` are functions.
function M.plain(options)
  local maps, counters, nonces = setmetatable({}, { __index = new_map }), {}, {}
  local plain = { clock = options.now, random = options.random }
  function plain.get(map, key) return maps[map][key] end
  function plain.set(map, key, value) maps[map][key] = value end
  function plain.delete(map, key) maps[map][key] = nil end
  function plain.all(map) return maps[map] end
  function plain.counter(counter) return counters[counter] or 0 end
  function plain.increment(counter)
    counters[counter] = plain.counter(counter) + 1
    return counters[counter]
  end
  function plain.locked(fn, ...) return fn(...) end
  function plain.is_first(nonce, window)
    local time = options.now()
    if (nonces[nonce] or -math.huge) > time - window then return false end
    nonces[nonce] = time
    return true
  end
  function plain.config() return options.config end
  return plain
end

-- Unix seconds by the vendors' clock, which a test may have shifted.
function M.now() return M.clock() + M.config().clock_offset end

-- The header Date: it follows the shifted clock, so that a client can correct its own.
function M.date() return os.date("!%a, %d %b %Y %H:%M:%S GMT", math.floor(M.now())) end

function M.format_time(unix) return os.date("!%Y-%m-%dT%H:%M:%SZ", math.floor(unix)) end

-- "2026-01-02T03:04:05Z" to Unix seconds, or nil when it is not exactly of that form and a real
-- date.
function M.parse_time(text)
  local year, month, day, hour, minute, second =
    (text or ""):match("^(%d%d%d%d)%-(%d%d)%-(%d%d)T(%d%d):(%d%d):(%d%d)Z$")
  if not year then return nil end
  -- Years begin in March, so that a leap day ends one.
  year, month = year - (month < "03" and 1 or 0), month + (month < "03" and 12 or 0)
  local days = 365 * year + math.floor(year / 4) - math.floor(year / 100) + math.floor(year / 400)
    + math.floor((153 * month - 457) / 5) + day - 719469
  local unix = ((days * 24 + hour) * 60 + minute) * 60 + second
  return M.format_time(unix) == text and unix or nil
end

local function below(n) return M.random(n) - 1 end

function M.uuid()
  return ("%04x%04x-%04x-4%03x-8%03x-%04x%04x%04x"):format(below(65536), below(65536),
    below(65536), below(4096), below(4096), below(65536), below(65536), below(65536))
end

-- As many digits as ZEGO's request ids have.
function M.digits()
  return ("%d%09d%09d"):format(M.random(9), below(1000000000), below(1000000000))
end

return M
