-- Who may call, and the switches that a test can turn while the emulator runs. The launcher writes
-- the start values into a file; the current ones live in shared memory so that every worker sees a
-- change at once.

local guesses = require "spec.support.model.guesses"
local json = require "spec.support.model.json"

local M = {}

local start = {}

-- Called once, before workers are made.
function M.load(path)
  local file = assert(io.open(path, "rb"))
  start = assert(json.decode(file:read("*a")))
  file:close()
end

function M.credentials() return start.credentials end

function M.reset() ngx.shared.emulator_state:set("config", json.encode(start.config)) end

local cached_text, cached

function M.get()
  local text = ngx.shared.emulator_state:get("config")
  if text ~= cached_text then cached_text, cached = text, json.decode(text) end
  return cached
end

-- A switch keeps the type of its start value, and a guess is one of its values.
local function problem_of(name, value)
  local first = start.config[name]
  if first == nil then return "unknown config '" .. tostring(name) .. "'" end
  if not guesses[name] then
    return type(value) ~= type(first) and "config '" .. name .. "' must be a " .. type(first)
  end
  local known = "|" .. table.concat(guesses[name], "|") .. "|"
  return not known:find("|" .. tostring(value) .. "|", 1, true)
    and "config '" .. name .. "' must be one of " .. table.concat(guesses[name], ", ")
end

-- Returns nil and a sentence for a misspelt switch or value, so that a test cannot believe in one
-- that does nothing.
function M.change(changes)
  local config = json.decode(ngx.shared.emulator_state:get("config"))
  for name, value in pairs(changes) do
    local problem = problem_of(name, value)
    if problem then return nil, problem end
    config[name] = value
  end
  ngx.shared.emulator_state:set("config", json.encode(config))
  return config
end

return M
