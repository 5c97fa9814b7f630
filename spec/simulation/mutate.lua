-- Breaks the library in a line, to see whether the judge notices. A mutant is a file, the number of
-- a line and its new text; a process of its own runs seeds with it (tools/mutants/hook.lua).

local mutate = {}

local ROOT = "lua/streamctl/"
local INTERPRETER = arg[-1] or "lua"

local function lines_of(file)
  local lines = {}
  for line in io.lines(ROOT .. file) do lines[#lines + 1] = line end
  return lines
end

-- Runs seeds with a mutant in a process of its own, which ends after 90 s of its processor's time.
-- Returns the first check that noticed, or nil.
function mutate.run(file, number, text, seeds, wanted)
  local quoted = ("%s:%d:%s"):format(ROOT .. file, number, text):gsub("'", "'\\''")
  local command = "ulimit -t 90; export MUTANTS= SEED= MUTANT_ROOT=$PWD WANTED='%s' MUTANT='%s'; "
    .. "LUA_INIT=@tools/mutants/hook.lua SEEDS=%s %s %s 2>&1"
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

return mutate
