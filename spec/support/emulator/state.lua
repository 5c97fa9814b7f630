-- The vendors' memory (model/memory.lua) in shared dicts, with one lock for all workers.

local codec = require "spec.support.emulator.codec"
local json = require "spec.support.model.json"
local memory = require "spec.support.model.memory"
local settings = require "spec.support.emulator.settings"

local M = { config = settings.get, clock = codec.now, random = math.random }

-- Streams outnumber the rest by far and may be dropped from a full dict; tasks and settings must
-- not be.
local dicts = { sequences = "emulator_sequences", forbidden = "emulator_sequences",
  rates = "emulator_rates" }

local function dict_of(map) return ngx.shared[dicts[map] or "emulator_state"] end

function M.get(map, key)
  local text = dict_of(map):get(map .. "\0" .. key)
  return text and json.decode(text)
end

function M.set(map, key, value) assert(dict_of(map):set(map .. "\0" .. key, json.encode(value))) end

function M.delete(map, key) dict_of(map):delete(map .. "\0" .. key) end

function M.all(map)
  local out = {}
  local prefix = map .. "\0"
  local dict = dict_of(map)
  for _, name in ipairs(dict:get_keys(0)) do
    if name:sub(1, #prefix) == prefix then
      out[name:sub(#prefix + 1)] = json.decode(dict:get(name) or "null")
    end
  end
  return out
end

function M.increment(counter)
  return ngx.shared.emulator_state:incr("counter\0" .. counter, 1, 0)
end

function M.counter(counter) return ngx.shared.emulator_state:get("counter\0" .. counter) or 0 end

-- Runs a function that must not yield while no other worker is inside one.
function M.locked(fn, ...)
  local dict = ngx.shared.emulator_locks
  while not dict:add("lock", true, 5) do ngx.sleep(0.001) end
  local results = { pcall(fn, ...) }
  dict:delete("lock")
  if not results[1] then error(results[2], 0) end
  return unpack(results, 2, table.maxn(results))
end

function M.is_first(nonce, window) return ngx.shared.emulator_nonces:add(nonce, true, window) end

function M.reset()
  for _, name in ipairs { "emulator_state", "emulator_sequences", "emulator_nonces",
    "emulator_rates" } do
    ngx.shared[name]:flush_all()
    ngx.shared[name]:flush_expired()
  end
  settings.reset()
end

-- Before there are workers: the start values.
function M.init(path)
  settings.load(path)
  M.reset()
end

-- In each worker: its random numbers.
function M.start()
  local file = assert(io.open("/dev/urandom", "rb"))
  local bytes = { file:read(4):byte(1, 4) }
  file:close()
  math.randomseed(bytes[1] + bytes[2] * 2 ^ 8 + bytes[3] * 2 ^ 16 + bytes[4] % 128 * 2 ^ 24)
end

memory.use(M)

return M
