-- Several processes on one store, of this Lua and of others that are built.

local child = require "spec.support.child"
local shell = require "spec.support.emulator.launcher.shell"

local processes = {}

-- A checkout has one folder of shared objects for each Lua that it was built for.
local function build_folder()
  for template in package.cpath:gmatch("[^;]+") do
    local folder = template:match("^(.*)/[^/]+/%?%.so$")
    local file = io.open((template:gsub("%?", "streamctl/core")))
    if file then
      file:close()
      return folder
    end
  end
end

-- The shell commands that start interpreters which find our modules: this one's first.
function processes.interpreters()
  local this, env = child.interpreter(), "env " .. child.PRELOAD .. " "
  local list, folder = { env .. shell.quote(this) }, build_folder()
  for _, name in ipairs { "lua5.4", "luajit" } do
    local cpath = shell.quote((folder or "") .. "/" .. name .. "/?.so;;")
    local command = env .. "LUA_CPATH=" .. cpath .. " " .. name
    local probe = command
      .. [[ -e 'os.exit(require("streamctl.core").cells and 0 or 1)' >/dev/null 2>&1]]
    local status = os.execute(probe)
    if folder and (status == true or status == 0) and not this:find(name .. "$") then
      list[#list + 1] = command
    end
  end
  return list
end

-- Lets processes take `counts` numbers of the counter "shared" at the same time, from a store of
-- the kind "file" or "redis". Returns a list of numbers for each process, and what they wrote
-- besides.
function processes.run(folder, kind, place, counts)
  local interpreters, script = processes.interpreters(), {}
  for i, count in ipairs(counts) do
    shell.write_file(folder .. "/out" .. i, "") -- a busy shell makes it later than it is read
    script[#script + 1] = string.format(
      "%s spec/world/store/writer.lua %s %s %d >%s/out%d 2>%s/err%d &",
      interpreters[(i - 1) % #interpreters + 1], kind, shell.quote(place), count,
      folder, i, folder, i)
  end
  script[#script + 1] = "wait"
  shell.write_file(folder .. "/run.sh", table.concat(script, "\n") .. "\n")
  os.execute("timeout 120 sh " .. shell.quote(folder .. "/run.sh") .. " 2>/dev/null")
  local all, errors = {}, {}
  for i = 1, #counts do
    local numbers = {}
    for line in io.lines(folder .. "/out" .. i) do
      local number = line:match("^(%d+);$") -- whole lines only, the last one may be cut off
      if number then numbers[#numbers + 1] = tonumber(number) end
    end
    all[i] = numbers
    local file = assert(io.open(folder .. "/err" .. i))
    errors[i] = file:read("*a")
    file:close()
  end
  return all, table.concat(errors)
end

-- How many numbers there are, all distinct and rising in each process; or nil and what is wrong.
function processes.judge(all)
  local seen, total = {}, 0
  for i, numbers in ipairs(all) do
    local last = -1
    for _, number in ipairs(numbers) do
      if seen[number] or number <= last then
        return nil, "process " .. i .. " got " .. number .. " again, or after " .. last
      end
      seen[number], last, total = true, number, total + 1
    end
  end
  return total
end

return processes
