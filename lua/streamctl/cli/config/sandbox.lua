-- Runs a configuration file, which holds only tables, texts, numbers, true and false.

local sandbox = {}

local STEPS = 10         -- instructions between two checks
local MAX_STEPS = 1000000
local MAX_MEMORY = 65536 -- KiB more than before

-- Marks thrown reasons. Messages of Lua itself may quote a secret, and are never shown.
local Refusal = {}

local function refuse(text, level)
  local at = level and debug.getinfo(level + 1, "l")
  error(setmetatable({ text = text, line = at and at.currentline }, Refusal), 0)
end

-- Refuses unknown names: `is_test = ture` would be nil, and mean the live environment.
local EMPTY = {
  __index = function(_, name)
    refuse("'" .. tostring(name) .. "' is not known here: a configuration holds tables, texts in "
      .. "quotes, numbers, true and false", 2)
  end,
}

local function compile(text, environment)
  text = text:gsub("^\239\187\191", "") -- the byte order mark of UTF-8
  if text:byte(1) == 27 then return nil, "it is compiled Lua; only text is read" end
  local chunk, why
  if setfenv then -- luacheck: ignore 113 143
    chunk, why = loadstring(text, "=config") -- luacheck: ignore 113 143
    if chunk then setfenv(chunk, environment) end -- luacheck: ignore 113 143
  else
    chunk, why = load(text, "=config", "t", environment) -- luacheck: ignore 113 143
  end
  if chunk then return chunk end
  local line, fault = why:match "^config:(%d+): (.*)$"
  fault = (fault or "it is no Lua"):gsub("%s+near .*$", "") -- "near" quotes text, maybe a secret
  return nil, (line and "line " .. line .. ": " or "") .. fault
end

-- Runs a chunk within limits of steps and memory. The chunk cannot catch the refusal.
local function run_watched(chunk)
  local steps, before = 0, collectgarbage "count"
  debug.sethook(function()
    steps = steps + STEPS
    local is_long, is_big = steps > MAX_STEPS, collectgarbage "count" - before > MAX_MEMORY
    if not is_long and not is_big then return end
    debug.sethook()
    refuse(is_long and "it does not come to an end" or "it takes too much memory")
  end, "", STEPS)
  chunk()
end

-- Calls a chunk while texts have no methods, since no hook ends ("x"):rep(1e9).
local function call(chunk)
  local hook, mask, count = debug.gethook()
  local texts = debug.getmetatable ""
  local methods = texts.__index
  if jit then jit.off(chunk, true) end -- luacheck: ignore 113 (compiled code calls no hook)
  texts.__index = nil
  local ok, why = pcall(run_watched, chunk)
  debug.sethook()
  texts.__index = methods
  debug.sethook(hook, mask, count)
  if ok then return true end
  local line, text
  if getmetatable(why) == Refusal then
    line, text = why.line, why.text
  else
    line = type(why) == "string" and why:match "^config:(%d+):"
    text = "a configuration holds tables, texts, numbers, true and false, and calls nothing"
  end
  return nil, (line and "line " .. line .. ": " or "") .. text
end

-- Runs a text. Returns its global names with values; or nil and a fault that quotes nothing.
function sandbox.run(text)
  local environment = setmetatable({}, EMPTY)
  local ok, why = compile(text, environment)
  if ok then ok, why = call(ok) end
  if not ok then return nil, why end
  return setmetatable(environment, nil)
end

return sandbox
