-- Runs specs inside nginx, as `busted` does in an interpreter, and ends with busted's summary.
-- There the client waits in streamctl.loop.ngx, between yields of a request of nginx.
--
--   eval "$(make -s env LUA=luajit)"
--   luajit tools/busted_nginx.lua [--timeout SECONDS] [--list] [FILE or FOLDER...]
--
-- Without files it runs all of spec/ but for what spec/world/openresty/run/left_out.lua lists. With
-- --list it prints the files and runs none. Run it from the root of the checkout.
-- `make test SUITES=nginx SPEC=spec/pieces/client_spec.lua` does the same for one file.

local nginx = require "spec.support.nginx"
local shell = require "spec.support.emulator.launcher.shell"
local left_out = require "spec.world.openresty.run.left_out"

-- What specs and the programs they start need of the environment, as nginx hands on none of it by
-- itself.
local PASSED_ON = { "PATH", "HOME", "TMPDIR", "BUILD", "LUA_PATH", "LUA_CPATH" }

local ERRORS_SHOWN = 20

local function parse(list)
  local seconds, listed, wanted, i = 600, false, {}, 1
  while list[i] do
    if list[i] == "--timeout" then
      seconds, i = assert(tonumber(list[i + 1]), "--timeout takes seconds"), i + 1
    elseif list[i] == "--list" then
      listed = true
    else
      wanted[#wanted + 1] = list[i]
    end
    i = i + 1
  end
  return wanted, seconds, listed
end

-- Every spec file below the roots, sorted; a file that is named is taken in any case.
local function find(wanted)
  local files = {}
  for _, root in ipairs(#wanted > 0 and wanted or { "spec" }) do
    if root:find("%.lua$") then
      files[#files + 1] = root
    else
      for file in shell.run("find " .. shell.quote(root)
        .. " -name '*_spec.lua' | LC_ALL=C sort"):gmatch("[^\n]+") do
        if not left_out.is(file) then files[#files + 1] = file end
      end
    end
  end
  return files
end

local function environment()
  local values = {}
  for _, name in ipairs(PASSED_ON) do values[name] = os.getenv(name) end
  return values
end

local function start()
  return nginx.start {
    environment = environment(), http = "  lua_socket_log_errors off;",
    server = [[
    location / {
      lua_check_client_abort on;
      content_by_lua_block { require("spec.world.openresty.run.inside").run() }
    }]],
  }
end

-- Lines of the error log that are about us, not about connections: a spec may pass and yet have
-- upset the worker.
local UPSET = { "%[alert%]", "%[emerg%]", "thread aborted", "runtime error" }
local OTHERS = "unknown process %d+ exited" -- a server that a spec has started and ended

local function complaints(log)
  local list = {}
  for line in log:gmatch("[^\n]+") do
    for _, pattern in ipairs(UPSET) do
      if line:find(pattern) and not line:find(OTHERS) then
        list[#list + 1] = line
        break
      end
    end
  end
  return list
end

local wanted, seconds, listed = parse(arg)
local files = find(wanted)
if listed then
  print(table.concat(files, "\n"))
  os.exit(0)
end
local n, problem = start()
if not n then
  io.stderr:write(problem, "\n")
  os.exit(2)
end

local list = n.dir .. "/files"
shell.write_file(list, table.concat(files, "\n"))
local pipe = io.popen(("curl -q -sSN --noproxy '*' --max-time %d --data-binary @%s %s 2>&1"):format(
  seconds, shell.quote(list), shell.quote(n.url .. "/")))
local failed
for line in pipe:lines() do
  failed = tonumber(line:match("^specs inside nginx: (%d+) failed$")) or failed
  print(line)
  io.stdout:flush()
end
pipe:close()
local log = complaints(n:log())
n:stop()
for i = 1, math.min(#log, ERRORS_SHOWN) do print("nginx' error log: " .. log[i]) end
if not failed then print("the specs inside nginx did not come to their end") end
os.exit(failed == 0 and #log == 0 and 0 or 1)
