-- Fails when a file needs one of a higher layer, or another folder of its own layer, or when a room
-- has more lines than its budget. A require inside a function counts as well.
-- usage: lua tools/check_layers.lua [FOLDER]       FOLDER holds lua/ and csrc/: this one

local ROOT = arg[1] or "."

-- From the top. A name stands for a module and for all in its folder.
local LAYERS = {
  { "streamctl.cli", "streamctl.edge", "streamctl.queue" },
  { "streamctl.metrics" }, -- which the edge uses
  { "streamctl" }, -- the door: init.lua alone
  { "streamctl.aliyun", "streamctl.zego" },
  { "streamctl.vendor" },
  { "streamctl.many" },
  { "streamctl.call" },
  { "streamctl.credentials" },
  { "streamctl.store", "streamctl.transport" },
  { "streamctl.loop" },
  { "streamctl.base" },
  { "streamctl.core", "streamctl.engine", "streamctl.system" },
  { "csrc.lua" },
  { "csrc.check" },
  { "csrc.core" },
}

-- Lines that a room may have; rows of operations are data and do not count. A commit that raises a
-- number says what it removes. Behind a number stands the one to come down to, where it is lower.
local ROOMS = {
  { "csrc", 12293 },
  { "lua/streamctl/cli", 6708 },
  { "lua/streamctl/queue", 1600 }, -- 1,450
  { "lua/streamctl/edge", 1351 },
  { "lua/streamctl/metrics", 297 },
  { "lua/streamctl", 11895 }, -- 11,600: all that is in no room above
}

local problems = {}

local function report(text, ...) problems[#problems + 1] = text:format(...) end

-- The layer of a module and its folder there, or nil.
local function place_of(module)
  for level, layer in ipairs(LAYERS) do
    for _, name in ipairs(layer) do
      local is_below = name ~= "streamctl" and module:sub(1, #name + 1) == name .. "."
      if module == name or is_below then return level, name end
    end
  end
end

local function check(path, number, module, needed)
  local level, folder = place_of(module)
  local other, other_folder = place_of(needed)
  if not level then
    report("%s:%d: %s is in no layer of tools/check_layers.lua", path, number, module)
  elseif not other then
    report("%s:%d: %s is in no layer of tools/check_layers.lua", path, number, needed)
  elseif other < level or other == level and other_folder ~= folder then
    report("%s:%d: %s needs %s, which is no lower layer", path, number, module, needed)
  end
end

-- "csrc/check/walk.c" and "../core/base/sctl.h": "csrc.core.base.sctl".
local function included(path, name)
  local folder = path:match "^(.*)/"
  while name:sub(1, 3) == "../" do
    folder, name = folder:match "^(.*)/" or "", name:sub(4)
  end
  return (folder .. "/" .. name):gsub("%.h$", ""):gsub("/", ".")
end

-- What a line of a file needs, by the name of a module: an iterator.
local function needs_of(path, line)
  if path:find "%.lua$" then
    return line:gsub("^%s*%-%-.*", ""):gmatch "require%s*%(?%s*[\"'](streamctl[%w_.]-)%.?[\"']"
  end
  local name = line:match '^#include "(.*)"'
  return function()
    local found = name and included(path, name)
    name = nil
    return found
  end
end

local lines = {}

local function room_of(path)
  for _, room in ipairs(ROOMS) do
    if path:sub(1, #room[1] + 1) == room[1] .. "/" then return room[1] end
  end
end

local files = assert(io.popen("cd '" .. ROOT
  .. "' && find lua/streamctl csrc -name '*.[chl]*' 2>/dev/null"))
for path in files:lines() do
  local name, number = path:gsub("^lua/", ""):gsub("%.%w+$", ""):gsub("/init$", ""), 0
  local module = name:gsub("/", ".")
  for line in io.lines(ROOT .. "/" .. path) do
    number = number + 1
    for needed in needs_of(path, line) do check(path, number, module, needed) end
  end
  local room = room_of(path)
  if not path:find "/operations/" then lines[room] = (lines[room] or 0) + number end
end
files:close()

for _, room in ipairs(ROOMS) do
  local count = lines[room[1]] or 0
  if count > room[2] then
    report("%s has %d lines, its budget is %d: remove lines, or raise the number in "
      .. "tools/check_layers.lua and say in the commit what you removed", room[1], count, room[2])
  end
end

table.sort(problems)
if #problems > 0 then
  io.stderr:write(table.concat(problems, "\n"), "\n")
  os.exit(1)
end
