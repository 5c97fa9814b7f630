-- Fails when the tree and the rockspec disagree about what is built and shipped, and when a file of
-- spec/ is in no suite.
-- usage: lua tools/check_tree.lua ROCKSPEC

local load_rockspec = require "tools.rockspec"

local rockspec_file = arg[1]
local problems = {}

local function problem(...)
  problems[#problems + 1] = string.format(...)
end

local function read(path)
  local file = io.open(path)
  if not file then return nil end
  local text = file:read("*a")
  file:close()
  return text
end

local function words(text)
  local list = {}
  for word in text:gmatch("%S+") do list[#list + 1] = word end
  return list
end

local function sorted_keys(set)
  local keys = {}
  for key in pairs(set) do keys[#keys + 1] = key end
  table.sort(keys)
  return keys
end

local function find(folder, pattern)
  local pipe = io.popen("find " .. folder .. " -type f -path '" .. pattern .. "'")
  local list = words(pipe:read("*a"))
  pipe:close()
  table.sort(list)
  return list
end

local rockspec = load_rockspec(rockspec_file)
local build = rockspec.build
local modules = build.modules

-- Programs: those of bin/.
for _, file in ipairs(find("bin", "*")) do
  if build.install.bin[file:match("[^/]+$")] ~= file then
    problem("%s is not in build.install.bin of %s", file, rockspec_file)
  end
end

-- C: every source of csrc/ is built, from the rockspec's lists.
local built = {}
for _, name in ipairs { "streamctl.core", "streamctl.engine", "streamctl.system" } do
  for _, file in ipairs(modules[name].sources) do
    built[file] = true
    if not read(file) then problem("%s: %s does not exist", name, file) end
  end
end
for _, file in ipairs(find("csrc", "*.c")) do
  if not built[file] then problem("%s is in no list of sources of %s", file, rockspec_file) end
end

-- C: a static function's name stands in one file, so that a backtrace names the module.
local file_of = {}
for _, file in ipairs(find("csrc", "*.[ch]")) do
  for name in ("\n" .. read(file)):gmatch "\nstatic [^\n=;(]-([%w_]+)%(" do
    local other = file_of[name]
    if other and other ~= file then
      problem("%s and %s both have a static %s: put its subject into the name", other, file, name)
    end
    file_of[name] = file
  end
end

-- Lua: every file of lua/ is a module of the rockspec, under its own name, or stands beside them.
local expected, beside = {}, {}
for _, file in pairs(build.install.lua) do beside[file] = true end
for _, file in ipairs(find("lua/streamctl", "*")) do
  local name = file:match("^lua/(.+)%.lua$")
  if name then
    name = name:gsub("/init$", ""):gsub("/", ".")
    expected[name] = file
    if modules[name] ~= file then
      problem('add to %s:  ["%s"] = "%s",', rockspec_file, name, file)
    end
  elseif not beside[file] then
    problem("%s is no Lua module, and not in build.install.lua of %s", file, rockspec_file)
  end
end
for _, name in ipairs(sorted_keys(modules)) do
  if type(modules[name]) == "string" and not expected[name] then
    problem('remove from %s:  ["%s"] = "%s",', rockspec_file, name, modules[name])
  end
end

-- Tests: tools/test.sh runs spec/**/*_spec.lua, spec/bytes/c/test_*.c and spec/bytes/fuzz/fuzz_*.c
-- with the seeds of that name. What else is in spec/ is a part of these, so another file names it.
local texts = {}
for _, file in ipairs(find("Makefile spec tools", "*")) do
  if not file:find("/corpus/", 1, true) then texts[file] = read(file) end
end

local function is_named(name, by)
  for file, text in pairs(texts) do
    if file ~= by and text:find(name, 1, true) then return true end
  end
  return false
end

for _, file in ipairs(find("spec", "*.lua")) do
  local module = file:gsub("%.lua$", ""):gsub("/", ".")
  local short = file:match("([^/]+/[^/]+)%.lua$"):gsub("/", ".")
  if not file:find("_spec%.lua$") and not is_named(module, file) and not is_named(short, file)
    and not is_named(file:match("[^/]+$"), file) then
    problem("%s is in no suite: name it %s, or use it", file, file:gsub("%.lua$", "_spec.lua"))
  end
end
for _, file in ipairs(find("spec/bytes/c spec/bytes/fuzz", "*.c")) do
  local target = file:match("^spec/bytes/fuzz/fuzz_(.+)%.c$")
  if target and not find("spec/bytes/fuzz/corpus", "*/" .. target .. "/*")[1] then
    problem("%s has no seeds", file)
  end
  if not target and not file:find("^spec/bytes/c/test_")
    and not is_named(file:match("[^/]+$"), file) then
    problem("%s is in no suite: its name is no test_*.c", file)
  end
end
for _, file in ipairs(find("lua examples tools", "*_spec.lua")) do
  problem("%s is in no suite: specs are in spec/", file)
end

-- The version stands in one header; the other places that must name a version name the same.
local version = (read("csrc/core/base/sctl.h") or ""):match('SCTL_VERSION%s+"([^"]+)"')
local places = {
  ["CHANGELOG.md"] = { "\n## (.-) %- ", "## VERSION - unreleased (or its day)" },
  ["tools/debian/changelog"] = { "\nstreamctl %((.-)%-[%w.+~]+%) ", "streamctl (VERSION-1) ..." },
}
places[rockspec_file] = { '\nlocal package_version = "(.-)"', 'local package_version = "scm"' }

for _, path in ipairs(sorted_keys(places)) do
  local pattern, form = places[path][1], places[path][2]
  local text = read(path)
  local said = text and ("\n" .. text):match(pattern)
  if text and not said then problem("%s names no version: %s", path, form) end
  if said and said ~= version and not (path == rockspec_file and said == "scm") then
    problem("csrc/core/base/sctl.h says version %s, %s says %s", version, path, said)
  end
end

if #problems > 0 then
  io.stderr:write(table.concat(problems, "\n"), "\n")
  os.exit(1)
end
