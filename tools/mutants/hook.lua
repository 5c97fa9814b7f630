-- Loaded by LUA_INIT into each interpreter of a test, also into those that a test starts.
-- MUTANT=FILE:LINE:TEXT has `require` load the module with this line; ENTERED=FILE appends the
-- functions of lua/streamctl that run: "PATH:FIRST:LAST" lines.

local ROOT = os.getenv "MUTANT_ROOT"
local path, number, text = (os.getenv "MUTANT" or ""):match "^(.-):(%d+):(.*)$"

local function preload()
  local lines, at = {}, 0
  for line in io.lines(ROOT .. "/" .. path) do
    at = at + 1
    lines[at] = at == tonumber(number) and text or line
  end
  local compile = loadstring or load -- luacheck: ignore 113 (Lua 5.1)
  local name = path:gsub("^lua/", ""):gsub("%.lua$", ""):gsub("/init$", ""):gsub("/", ".")
  package.preload[name] = assert(compile(table.concat(lines, "\n"), "@" .. ROOT .. "/" .. path))
end

-- A function is written once, at the end of the process.
local function note(out)
  local known, entered = setmetatable({}, { __mode = "k" }), {}
  local function hook()
    local fn = debug.getinfo(2, "f").func
    if known[fn] then return end
    known[fn] = true
    local info = debug.getinfo(2, "S")
    local file = info.source:match "(lua/streamctl/.*)$" or info.source:match "(bin/streamctl)$"
    if file then
      entered[("%s:%d:%d"):format(file, info.linedefined, info.lastlinedefined)] = true
    end
  end
  local function write()
    local file = assert(io.open(out, "a"))
    for at in pairs(entered) do file:write(at, "\n") end
    file:close()
    entered = {}
  end

  local create, exit = coroutine.create, os.exit
  -- luacheck: push ignore 122
  function coroutine.create(fn)
    local thread = create(fn)
    debug.sethook(thread, hook, "c")
    return thread
  end
  function coroutine.wrap(fn)
    local thread = coroutine.create(fn)
    return function(...)
      local results = table.pack(coroutine.resume(thread, ...))
      if not results[1] then error(results[2], 0) end
      return table.unpack(results, 2, results.n)
    end
  end
  function os.exit(...)
    write()
    exit(...)
  end
  -- luacheck: pop
  debug.sethook(hook, "c")
  setmetatable(package.loaded, { __gc = write }) -- at lua_close, as the last of all
end

if path then preload() end
if os.getenv "ENTERED" and _VERSION == "Lua 5.4" then note(os.getenv "ENTERED") end
