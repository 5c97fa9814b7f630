-- Measures streamctl against peers, as ratios in one run.
--
--   lua5.4 tools/bench/run.lua [PART...]   all of them without a name; README.md lists them
--   QUICK=1 lua5.4 tools/bench/run.lua           fewer rounds, for a look
--   ONLY=PATTERN ...                       of `instructions` and `queue`: figures that match
--   RESTY_HTTP_DIR=DIR lua5.4 ...          with lua-resty-http, from DIR/lib
--
-- Prints the tables and writes results/<part>.json beside this file, or
-- build/bench/results/<part>.json for a look. README.md says what the figures mean.

local cjson = require "cjson"

local PARTS = { "sign", "start", "send", "paced", "nginx", "batch", "instructions", "command",
  "accounts", "queue" }
local FILES = { paced = "send" } -- part -> its file, where that has another name

local here = arg[0]:match("^(.*)/[^/]*$") or "."
local quick = os.getenv("QUICK") == "1"
local tools = { quick = quick, decode = cjson.decode, lua = "lua5.4" }

function tools.quote(text)
  return "'" .. text:gsub("'", "'\\''") .. "'"
end
local quote = tools.quote

--- Runs a command; its output, or the end of everything.
function tools.run(command)
  local pipe = assert(io.popen(command .. '; echo "status:$?"'))
  local output = pipe:read("*a")
  pipe:close()
  local text, status = output:match("^(.*)status:(%d+)%s*$")
  if status ~= "0" then error("failed: " .. command .. "\n" .. output, 0) end
  return text
end
local run = tools.run

function tools.succeeds(command)
  local ok = os.execute(command .. " >/dev/null 2>&1")
  return ok == true or ok == 0
end

tools.root = run("cd " .. quote(here .. "/../..") .. " && pwd"):gsub("%s+$", "")
tools.build = os.getenv("BUILD") or "build"
if tools.build:sub(1, 1) ~= "/" then tools.build = tools.root .. "/" .. tools.build end
if tools.succeeds("command -v luajit") and tools.succeeds("pkg-config --exists luajit") then
  tools.luajit = "luajit"
end

-- The package.path of lua-resty-http, when it is there.
local resty = os.getenv("RESTY_HTTP_DIR")
tools.resty = resty and tools.succeeds("test -e " .. quote(resty .. "/lib/resty/http.lua"))
  and resty .. "/lib/?.lua;/usr/share/lua/5.1/?.lua" or nil

--- A file of tools/bench/, called with the given arguments.
function tools.load(name, ...)
  return assert(loadfile(tools.root .. "/tools/bench/" .. name .. ".lua"))(...)
end

local CORES = tonumber((run("getconf _NPROCESSORS_ONLN")))

--- What pins a command to one of two processors: servers are on 0, what is measured is on 1.
function tools.pin(core)
  if not core or CORES < 2 or not tools.succeeds("command -v taskset") then return "" end
  return string.format("taskset -c %d ", core)
end

--- What goes before a command to let Lua find the checkout's modules.
function tools.env(lua)
  return string.format("LUA_PATH=%s LUA_CPATH=%s ",
    quote(tools.root .. "/lua/?.lua;" .. tools.root .. "/lua/?/init.lua;;"),
    quote(tools.build .. "/" .. lua .. "/?.so;" .. tools.build .. "/bench/" .. lua .. "/?.so;;"))
end

--- A command that runs one of our scripts with them, through another command ("" for none).
function tools.script(through, lua, name, ...)
  local parts = { tools.env(lua) .. through .. lua, quote(tools.root .. "/tools/bench/" .. name) }
  for _, argument in ipairs { ... } do parts[#parts + 1] = quote(tostring(argument)) end
  return table.concat(parts, " ")
end

local inputs
--- The file of what the peers sign.
function tools.inputs()
  if not inputs then
    inputs = tools.build .. "/bench/inputs.json"
    run(tools.script("", tools.lua, "sign.lua", "inputs") .. " >" .. quote(inputs))
  end
  return inputs
end

tools.figures = tools.load "figures"
local to_json = tools.load "json"

-- ---- building ----

local function compile(output, source, flags)
  run(string.format("mkdir -p %s && ${CC:-cc} -O2 -std=c11 -Wall -Wextra -o %s %s %s",
    quote(output:match("^(.*)/")), quote(output), quote(tools.root .. "/tools/bench/" .. source),
    flags))
end

local function build_all()
  for _, lua in ipairs { tools.lua, tools.luajit } do
    run(string.format("env -u MAKEFLAGS -u MFLAGS make -s -C %s build BUILD=%s LUA=%s 1>&2",
      quote(tools.root), quote(tools.build), lua))
    local flags = "-shared -fPIC $(pkg-config --cflags " .. lua .. ")"
    local dir = tools.build .. "/bench/" .. lua
    compile(dir .. "/hash_floor.so", "hash_floor.c",
      flags .. " $(pkg-config --libs --cflags libcrypto)")
    for _, name in ipairs { "monotonic", "heap" } do
      compile(dir .. "/" .. name .. ".so", name .. ".c", flags)
    end
  end
  compile(tools.build .. "/bench/measure", "measure.c", "")
  compile(tools.build .. "/bench/curl_loop", "curl_loop.c", "$(pkg-config --libs --cflags libcurl)")
  compile(tools.build .. "/bench/clients", "clients.c",
    "$(pkg-config --libs --cflags libssl libcrypto) -lm")
end

-- ---- main ----

local function first_line(command) return (run(command .. " | head -n 1"):gsub("%s+$", "")) end

local function machine()
  return {
    cpu = first_line "sed -n 's/^model name[^:]*: //p' /proc/cpuinfo", cores = CORES,
    compiler = first_line "${CC:-cc} --version",
    libcurl = first_line "pkg-config --modversion libcurl",
    openssl = first_line "openssl version",
  }
end

-- How many processors others keep busy, while nothing is measured.
local function busy_cores()
  local function busy()
    local file = assert(io.open("/proc/stat"))
    local user, nice, system, _, _, irq, soft, steal =
      file:read("*l"):match("cpu +" .. ("(%d+) "):rep(8))
    file:close()
    return user + nice + system + irq + soft + steal
  end
  local before = busy()
  run("sleep 2")
  return (busy() - before) / 2 / tonumber((run("getconf CLK_TCK")))
end

local function measure(name, results)
  io.stderr:write("measuring: ", name, "\n")
  local before, date = busy_cores(), os.date("!%Y-%m-%dT%H:%M:%SZ")
  local report = tools.load("parts/" .. (FILES[name] or name), tools, name)
  report.run = {
    date = date, quick = quick, cores_busy = { before = before, after = busy_cores() },
  }
  report.machine, report.rows = machine(), tools.figures.new_rows()
  local file = assert(io.open(results .. "/" .. name .. ".json", "w"))
  assert(file:write(to_json(report)))
  assert(file:close())
end

local function main(names)
  local known = {}
  for _, name in ipairs(PARTS) do known[name] = true end
  for _, name in ipairs(names) do
    if not known[name] then
      error("no part '" .. name .. "'; there are: " .. table.concat(PARTS, ", "), 0)
    end
  end
  build_all()
  -- the tree keeps the results of full runs
  local look = quick or os.getenv("ONLY")
  local results = look and tools.build .. "/bench/results" or tools.root .. "/tools/bench/results"
  run("mkdir -p " .. quote(results))
  for _, name in ipairs(#names > 0 and names or PARTS) do measure(name, results) end
  tools.figures.print_tables()
end

local ok, problem = pcall(main, arg)
if not ok then
  io.stderr:write("bench: ", tostring(problem), "\n")
  os.exit(1)
end
