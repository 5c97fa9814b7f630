-- Runs a configuration file: it may name tables, texts, numbers, true and false, and call nothing.

local sandbox = {}

local STEPS = 10          -- instructions between two looks
local MOST_STEPS = 1000000
local MOST_MEMORY = 65536 -- KiB more than before

-- What it is refused for, thrown so that no message of Lua's own, which may quote a secret, gets
-- through.
local Refusal = {}

local function refuse(text, level)
  local at = level and debug.getinfo(level + 1, "l")
  error(setmetatable({ text = text, line = at and at.currentline }, Refusal), 0)
end

-- Texts that nobody wrote down are a slip: "ture" would be nothing, and nothing means live.
local EMPTY = {
  __index = function(_, name)
    refuse("'" .. tostring(name) .. "' is not known here: a configuration holds tables, texts in "
      .. "quotes, numbers, true and false", 2)
  end,
}

local function compile(text, environment)
  text = text:gsub("^\239\187\191", "") -- what editors mark UTF-8 with
  if text:byte(1) == 27 then return nil, "it is compiled Lua; only text is read" end
  local chunk, why
  if setfenv then -- luacheck: ignore 113 143
    chunk, why = loadstring(text, "=config") -- luacheck: ignore 113 143
    if chunk then setfenv(chunk, environment) end -- luacheck: ignore 113 143
  else
    chunk, why = load(text, "=config", "t", environment) -- luacheck: ignore 113 143
  end
  if chunk then return chunk end
  local line, what = why:match "^config:(%d+): (.*)$"
  -- what stands near may be a secret
  what = (what or "it is no Lua"):gsub("%s+near .*$", "")
  return nil, (line and "line " .. line .. ": " or "") .. what
end

-- Runs it, and looks from time to time how long it takes, and how much room. Once is enough: it
-- cannot catch what is thrown.
local function run_watched(chunk)
  local steps, before = 0, collectgarbage "count"
  debug.sethook(function()
    steps = steps + STEPS
    local is_long, is_big = steps > MOST_STEPS, collectgarbage "count" - before > MOST_MEMORY
    if not is_long and not is_big then return end
    debug.sethook()
    refuse(is_long and "it does not come to an end" or "it takes too much memory")
  end, "", STEPS)
  chunk()
end

-- Calls it where texts have no methods: ("x"):rep(1e9) could not be ended.
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

-- Runs a text. Returns what it names; or nil and what is wrong, without anything that it holds.
function sandbox.run(text)
  local environment = setmetatable({}, EMPTY)
  local chunk, why = compile(text, environment)
  local ok
  if chunk then ok, why = call(chunk) end
  if not ok then return nil, why end
  return setmetatable(environment, nil)
end

return sandbox
