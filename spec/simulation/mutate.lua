-- Breaks the library in a line, to see whether the judge notices. A mutant is a file, the number of
-- a line and its new text; a process of its own runs seeds with it.

local worlds = require "simulation.world"

local mutate = {}

local ROOT = "lua/streamctl/"
local INTERPRETER = arg[-1] or "lua"

-- Changes of meaning, as pairs of a pattern and its replacement.
local RULES = { { "==", "~=" }, { "~=", "==" }, { " <= ", " < " }, { " < ", " <= " },
  { " >= ", " > " }, { " > ", " >= " }, { "%f[%w]and%f[%W]", "or" }, { "%f[%w]or%f[%W]", "and" },
  { "%f[%w]true%f[%W]", "false" }, { "%f[%w]false%f[%W]", "true" }, { "%f[%w]not ", "" },
  { " %+ ", " - " }, { " %- ", " + " }, { "math%.min", "math.max" }, { "math%.max", "math.min" },
  { "^(%s+)([%w_.:]+%b())$", "%1-- gone" },
  { "%f[%w](%d+)%f[%W]", function(digits) return ("%d"):format(digits + 1) end } }

local function lines_of(file)
  local lines = {}
  for line in io.lines(ROOT .. file) do lines[#lines + 1] = line end
  return lines
end

-- Has `require` load a file with a line replaced.
function mutate.apply(file, number, text)
  local lines = lines_of(file)
  lines[number] = text
  local compile = loadstring or load -- luacheck: ignore 113 (Lua 5.1)
  local chunk, why = compile(table.concat(lines, "\n"), "@" .. ROOT .. file)
  if not chunk then return nil, why end
  local module = "streamctl." .. file:gsub("%.lua$", ""):gsub("/init$", ""):gsub("/", ".")
  package.preload[module] = chunk
  return true
end

-- Runs seeds with a mutant in a process of its own, which ends after 90 s of its processor's time.
-- Returns the first check that noticed, or nil.
function mutate.run(file, number, text, seeds, wanted)
  local quoted = ("%s\n%d\n%s"):format(file, number, text):gsub("'", "'\\''")
  local command = "ulimit -t 90; MUTANTS= SEED= WANTED='%s' MUTANT='%s' SEEDS=%s %s %s 2>&1"
  command = command:format((wanted or "any"):gsub("'", "'\\''"), quoted, seeds, INTERPRETER, arg[0])
  local pipe, found, last = io.popen(command), nil, nil
  for line in pipe:lines() do
    local check = line:match "^seed %d+, call [^,]+, at [%d.]+: ([^:]+):"
    if check and (not found or check == wanted) then found = check end
    last = line
  end
  pipe:close()
  local is_whole = (last or ""):find "^%d+ passed, 0 failed$"
  return found or not is_whole and "it ended by itself" or nil
end

-- Tries mutants of a list: each is the check that must notice it, the file, and what of a line
-- becomes what. Returns how many were noticed by that check, and how many not.
function mutate.all(list, seeds)
  local passed, failed = 0, 0
  for _, mutant in ipairs(list) do
    local wanted, file, from, to = mutant[1], mutant[2], mutant[3], mutant[4]
    local lines, number, count = lines_of(file), nil, 0
    for i, line in ipairs(lines) do
      if line:find(from, 1, true) then number, count = i, count + 1 end
    end
    local at, ends = (lines[number] or ""):find(from, 1, true)
    local text = at and lines[number]:sub(1, at - 1) .. to .. lines[number]:sub(ends + 1)
    local check = count == 1 and mutate.run(file, number, text, seeds, wanted)
      or count .. " lines have its text"
    local is_noticed = check == wanted
    print((is_noticed and "noticed " or "SURVIVED") .. " " .. file .. ": " .. to, check)
    if is_noticed then passed = passed + 1 else failed = failed + 1 end
  end
  return passed, failed
end

-- ---- mutants at random, of functions that the simulation enters ----

-- file -> line -> true, by a hook in every coroutine while some seeds run.
local function entered_lines(simulate, config_of)
  local lines, create = {}, coroutine.create
  local function hook()
    local info = debug.getinfo(2, "S")
    local file = info.source:match "/lua/streamctl/(.+)$"
    if not file or info.linedefined == 0 then return end
    lines[file] = lines[file] or {}
    for i = info.linedefined + 1, info.lastlinedefined do lines[file][i] = true end
  end
  function coroutine.create(fn) -- luacheck: ignore 122
    local thread = create(fn)
    debug.sethook(thread, hook, "c")
    return thread
  end
  for seed = 1, 40 do simulate(config_of(seed)) end
  coroutine.create = create -- luacheck: ignore 122
  return lines
end

-- A mutant of a line, or nil where no rule fits.
local function mutant_of(line, chance)
  local code = line:gsub("%s+%-%- .*$", "")
  local rule = chance(RULES)
  local from = code:find(rule[1])
  if not from or code:find "^%s*%-%-" or code:find("require", 1, true) then return nil end
  local _, quotes = code:sub(1, from):gsub('"', "")
  local text = code:gsub(rule[1], rule[2], 1)
  return quotes % 2 == 0 and text ~= code and text or nil
end

-- Tries so many mutants of files in these folders; prints each, and returns how many were noticed
-- and how many not.
function mutate.at_random(count, folders, seeds, simulate, config_of)
  local entered, candidates = entered_lines(simulate, config_of), {}
  for file, numbers in pairs(entered) do
    for number in pairs(folders[file:match "^[^/]+"] and numbers or {}) do
      candidates[#candidates + 1] = ("%s\n%05d"):format(file, number)
    end
  end
  table.sort(candidates)
  local chance, passed, failed = worlds.chance(tonumber(os.getenv "SEED" or 1)), 0, 0
  while passed + failed < count do
    local file, number = chance(candidates):match "^(.*)\n(%d+)$"
    local line = lines_of(file)[tonumber(number)]
    local text = line and mutant_of(line, chance)
    if text and mutate.apply(file, tonumber(number), text) then
      local check = mutate.run(file, tonumber(number), text, seeds)
      print(("%s %s:%d | %s | %s"):format(check and "noticed " or "SURVIVED", file, number,
        text:gsub("^%s+", ""), check or ""))
      if check then passed = passed + 1 else failed = failed + 1 end
    end
  end
  return passed, failed
end

return mutate
