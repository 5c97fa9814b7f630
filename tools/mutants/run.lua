-- Changes the meaning of one line at a time, and says which changes no test notices. Against a
-- mutant run those tests that enter its function by `make map`, cheapest first, until one fails.
--
--   FILE=lua/streamctl/call  where: a file or a folder of lua/streamctl or of csrc (lua/streamctl)
--   COUNT=20   how many      SEED=1  which ones     JOBS=2  how many at once
--   TESTS_SECONDS=120        tests that take longer together are not run for a mutant
--
-- A mutant that may live stands in spec/mutants.txt: path, tab, its new line, tab, the reason.

local COUNT, SEED = tonumber(os.getenv "COUNT" or 20), tonumber(os.getenv "SEED" or 1)
local WHERE = (os.getenv "FILE" or "lua/streamctl"):gsub("/$", "")
local JOBS, PART = tonumber(os.getenv "JOBS" or 2), tonumber(os.getenv "PART")
local SECONDS = tonumber(os.getenv "TESTS_SECONDS" or 120)
local BUILD = os.getenv "BUILD" or "build"
local IS_C = WHERE:find "^csrc" ~= nil

-- Patterns and their replacements: those of both languages, then those of each. Numbers end in a
-- different one, statements and texts stay whole.
local RULES = {
  { " <= ", " < " }, { " < ", " <= " }, { " >= ", " > " }, { " > ", " >= " },
  { "%f[%w]true%f[%W]", "false" }, { "%f[%w]false%f[%W]", "true" }, { " %+ ", " - " },
  { " %- ", " + " },
  { "%f[%w](%d+)%f[%W]", function(digits) return ("%d"):format(digits + 1) end },
}
for _, rule in ipairs(IS_C and {
  { "==", "!=" }, { "!=", "==" }, { "&&", "||" }, { "||", "&&" }, { "!%f[%w(]", "" },
  { "^(%s+)([%w_.>%-]+%b();)$", "%1;" }, { "^(%s+)([%w_.>%-%[%]]+ [+|%-]?= [^;]+;)$", "%1;" },
} or {
  { "==", "~=" }, { "~=", "==" }, { "%f[%w]and%f[%W]", "or" }, { "%f[%w]or%f[%W]", "and" },
  { "%f[%w]not ", "" }, { "math%.min", "math.max" }, { "math%.max", "math.min" },
  { "^(%s+)([%w_.:]+%b())$", "%1-- gone" }, { "^(%s+)([%w_.%[%]]+ = .*[%w%)}\"])$", "%1-- gone" },
}) do RULES[#RULES + 1] = rule end

local function lines_of(path)
  local lines = {}
  for line in io.lines(path) do lines[#lines + 1] = line end
  return lines
end

local function run(command)
  local ok, _, status = os.execute(command)
  return ok and 0 or status
end

local function quote(text) return "'" .. text:gsub("'", "'\\''") .. "'" end

-- ---- the map ----

-- path -> list of { first, last, tests }, and each test has `name` and `ms`.
local function read_map()
  local paths, functions = {}, {}
  local files = io.popen(("ls %s/map/%s-*.map 2>/dev/null"):format(BUILD, IS_C and "c" or "lua"))
  for name in files:lines() do
    local test
    for line in io.lines(name) do
      local ms, title = line:match "^(%d+) (.*)$"
      if ms then
        test = { name = title, ms = tonumber(ms) }
      else
        local path, first, last = line:match "^(.-):(%d+):(%d+)$"
        local fn = functions[line]
        if not fn then
          fn = { first = tonumber(first), last = tonumber(last), tests = {} }
          functions[line], paths[path] = fn, paths[path] or {}
          table.insert(paths[path], fn)
        end
        table.insert(fn.tests, test)
      end
    end
  end
  files:close()
  if not next(paths) then error("there is no map of this code: make map, first", 0) end
  for _, fn in pairs(functions) do
    table.sort(fn.tests, function(a, b) return a.ms < b.ms end)
  end
  return paths
end

-- The tests that enter the innermost function around a line.
local function tests_of(map, path, number)
  local found
  for _, fn in ipairs(map[path] or {}) do
    local is_chunk = fn.first == 0
    if (is_chunk or fn.first <= number and number <= fn.last)
      and (not found or found.first == 0 or not is_chunk and fn.first > found.first) then
      found = fn
    end
  end
  return found and found.tests or {}
end

-- ---- the draw ----

local function files_below(where)
  local files = {}
  local pipe = io.popen("find " .. quote(where) .. " -name '*.lua' -o -name '*.c' | sort")
  for path in pipe:lines() do
    if not path:find "/operations/" then files[#files + 1] = path end
  end
  pipe:close()
  return files
end

-- A line with one change, or nil where the rule that is drawn does not fit.
local function change(line)
  local code = line:gsub(IS_C and "%s*/%*.*$" or "%s+%-%- .*$", "")
  local rule = RULES[math.random(#RULES)]
  local from = code:find(rule[1])
  if not from or code:find(IS_C and "^%s*[*#]" or "^%s*%-%-") or code:find("require", 1, true) then
    return nil
  end
  local before = code:sub(1, from):gsub('\\.', ""):gsub('"[^"]*"', ""):gsub("'[^']*'", "")
  local text = code:gsub(rule[1], rule[2], 1)
  return not before:find "[\"']" and text ~= code and text or nil
end

-- Does a mutant of Lua compile? C's compiler is asked later.
local function compiles(lines, number, text)
  if IS_C then return true end
  local old = lines[number]
  lines[number] = text
  local chunk = load(table.concat(lines, "\n"))
  lines[number] = old
  return chunk ~= nil
end

local function draw()
  math.randomseed(SEED)
  local places, sources, drawn, known, tries = {}, {}, {}, {}, 0
  for _, path in ipairs(files_below(WHERE)) do
    sources[path] = lines_of(path)
    for number = 1, #sources[path] do places[#places + 1] = { path, number } end
  end
  while #drawn < COUNT and tries < 1000 * COUNT do
    tries = tries + 1
    local path, number = table.unpack(places[math.random(#places)])
    local text = change(sources[path][number])
    local key = text and path .. number .. text
    if text and not known[key] and compiles(sources[path], number, text) then
      known[key] = true
      drawn[#drawn + 1] = { path = path, number = number, text = text }
    end
  end
  return drawn
end

-- ---- the verdict ----

local function limit_of(test) return 60 + 4 * test.ms // 1000 end

-- Lua's modules are replaced as they are loaded.
local function run_lua(mutant, test)
  local words = "MUTANT_ROOT=$PWD MUTANT=%s LUA_INIT=@$PWD/tools/mutants/hook.lua LIMIT=%d "
    .. "tools/mutants/test.sh %s >/dev/null 2>&1 </dev/null"
  return run(words:format(quote(("%s:%d:%s"):format(mutant.path, mutant.number, mutant.text)),
    limit_of(test), test.name))
end

-- C is compiled in a copy of the checkout, one for each job.
local copy = ("%s/mutants/%s"):format(BUILD, PART)

local function make(goal)
  return run(("cd %s && make -s %s LUA=lua5.4 >make.log 2>&1"):format(copy, goal))
end

local function copy_checkout()
  assert(run(("mkdir -p %s && for it in *; do case $it in csrc) cp -r csrc %s/ ;; build) ;; "
    .. "*) ln -sfn $PWD/$it %s/$it ;; esac; done"):format(copy, copy, copy)) == 0)
  assert(make "build c-tests" == 0, "the checkout does not build")
end

local function write(path, lines)
  local file = assert(io.open(copy .. "/" .. path, "w"))
  file:write(table.concat(lines, "\n"), "\n")
  file:close()
end

local function run_c(_, test)
  local words = "cd %s && eval \"$(make -s env)\" && BUILD=build LIMIT=%d tools/mutants/test.sh %s "
    .. ">/dev/null 2>&1 </dev/null"
  return run(words:format(copy, limit_of(test), test.name))
end

-- Returns "noticed", "lives" or "invalid", and by which test or why.
local function verdict(mutant, tests)
  if not tests[1] then return "lives", "no test enters it" end
  local lines = IS_C and lines_of(mutant.path)
  if IS_C then
    local old = lines[mutant.number]
    lines[mutant.number] = mutant.text
    write(mutant.path, lines)
    local status = make "build c-tests"
    lines[mutant.number] = old
    if status ~= 0 then
      write(mutant.path, lines)
      return "invalid", "it does not compile"
    end
  end
  local spent, word, why = 0, "lives", nil
  for i, test in ipairs(tests) do
    if spent > 1000 * SECONDS then
      why = ("%d of %d tests"):format(i - 1, #tests)
      break
    end
    spent = spent + test.ms
    if (IS_C and run_c or run_lua)(mutant, test) ~= 0 then
      word, why = "noticed", test.name
      break
    end
  end
  if IS_C then write(mutant.path, lines) end
  return word, why or #tests .. " tests"
end

local function reasons()
  local known, file = {}, io.open "spec/mutants.txt"
  for line in file and file:lines() or function() end do
    local path, text, why = line:match "^([^\t]+)\t([^\t]+)\t(.+)$"
    if path then known[path .. "\t" .. text] = why end
  end
  return known
end

local function work()
  local map, known = read_map(), reasons()
  if IS_C then copy_checkout() end
  for i, mutant in ipairs(draw()) do
    if i % JOBS == PART then
      local trimmed = mutant.text:match "^%s*(.-)%s*$"
      local word, why = verdict(mutant, tests_of(map, mutant.path, mutant.number))
      local reason = known[mutant.path .. "\t" .. trimmed]
      if word == "lives" and reason then word, why = "allowed", reason end
      print(("%-8s %s:%d | %s | %s"):format(word, mutant.path, mutant.number, trimmed, why))
      io.stdout:flush()
    end
  end
end

-- ---- all parts ----

local function main()
  read_map()
  local pipes, counts, lives = {}, {}, {}
  for part = 0, JOBS - 1 do
    pipes[#pipes + 1] = io.popen(("PART=%d %s %s"):format(part, arg[-1], arg[0]))
  end
  for _, pipe in ipairs(pipes) do
    for line in pipe:lines() do
      local word = line:match "^%S+"
      counts[word] = (counts[word] or 0) + 1
      if word == "lives" then lives[#lives + 1] = line end
      print(line)
    end
    if not pipe:close() then os.exit(1) end
  end
  local noticed, living = counts.noticed or 0, #lives
  print(("seed %d: %d noticed, %d allowed, %d live: %.0f %%"):format(SEED, noticed,
    counts.allowed or 0, living, 100 * noticed / math.max(1, noticed + living)))
  print(("%d passed, %d failed"):format(noticed + (counts.allowed or 0), living))
  os.exit(living == 0)
end

if PART then work() else main() end
