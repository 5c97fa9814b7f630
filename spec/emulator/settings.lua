-- luacheck: std luajit+ngx_lua

-- Who may call, and the switches that a test can turn while the emulator runs. The launcher writes the start
-- values into a file; the current ones live in shared memory so that every worker sees a change at once.

local json = require "emulator.json"

local M = {}

local start = {}

-- Name of each switch and the type of its value.
local SWITCHES = {
  rates = "boolean",          -- enforce the documented rates
  rate_overrides = "table",   -- { ["aliyun:Action"] = per second } instead of the documented ones
  rate_slack = "number",      -- seconds by which a window is shortened, for jitter on the way
  latency = "number",         -- seconds that every answer waits
  clock_offset = "number",    -- seconds by which the vendors' clock is wrong
  log = "boolean",            -- keep the request log (counters are always kept)
  request_id = "string",      -- ZEGO RequestId: "string" or "number"
}

-- Called once, before workers are made.
function M.load(path)
  local file = assert(io.open(path, "rb"))
  start = assert(json.decode(file:read("*a")))
  file:close()
end

function M.credentials()
  return start.credentials
end

function M.has_master()
  return start.workers > 1
end

function M.dir()
  return start.dir
end

function M.reset()
  ngx.shared.emulator_state:set("config", json.encode(start.config))
end

local cached_text, cached

function M.get()
  local text = ngx.shared.emulator_state:get("config")
  if text ~= cached_text then
    cached_text, cached = text, json.decode(text)
  end
  return cached
end

-- Returns nil and a sentence for a misspelt switch, so that a test cannot believe in one that does nothing.
function M.change(changes)
  local config = json.decode(ngx.shared.emulator_state:get("config"))
  for name, value in pairs(changes) do
    if not SWITCHES[name] then
      return nil, "unknown config '" .. tostring(name) .. "'"
    elseif type(value) ~= SWITCHES[name] then
      return nil, "config '" .. name .. "' must be a " .. SWITCHES[name]
    end
    config[name] = value
  end
  ngx.shared.emulator_state:set("config", json.encode(config))
  return config
end

return M
