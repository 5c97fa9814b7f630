-- Fails when a module needs one of a higher layer, or another folder of its own layer. A require
-- inside a function counts as well.
-- usage: lua tools/check_layers.lua [FOLDER]       FOLDER holds the modules: lua

local ROOT = arg[1] or "lua"

-- From the top. A name stands for a module and for all in its folder.
local LAYERS = {
  { "streamctl.cli", "streamctl.edge" },
  { "streamctl" }, -- init.lua alone
  { "streamctl.queue", "streamctl.metrics" },
  { "streamctl.aliyun", "streamctl.zego" },
  { "streamctl.vendor" },
  { "streamctl.many" },
  { "streamctl.call" },
  { "streamctl.credentials" },
  { "streamctl.store", "streamctl.transport" },
  { "streamctl.loop" },
  { "streamctl.checks", "streamctl.encode", "streamctl.errors", "streamctl.json",
    "streamctl.options", "streamctl.proxy", "streamctl.sections", "streamctl.suggest",
    folder = "the files beside init.lua" },
  { "streamctl.core", "streamctl.engine", "streamctl.system" },
}

-- The layer of a module and its folder there, or nil.
local function place_of(module)
  for level, layer in ipairs(LAYERS) do
    for _, name in ipairs(layer) do
      local is_below = name ~= "streamctl" and module:sub(1, #name + 1) == name .. "."
      if module == name or is_below then return level, layer.folder or name end
    end
  end
end

local problems = {}

local function check(path, number, module, needed)
  local level, folder = place_of(module)
  local other, other_folder = place_of(needed)
  local where = ("%s:%d: "):format(path, number)
  if not level then
    problems[#problems + 1] = where .. module .. " is in no layer of tools/check_layers.lua"
  elseif not other then
    problems[#problems + 1] = where .. needed .. " is in no layer of tools/check_layers.lua"
  elseif other < level or other == level and other_folder ~= folder then
    problems[#problems + 1] = where .. module .. " needs " .. needed .. ", which is no lower layer"
  end
end

local files = assert(io.popen("find " .. ROOT .. " -name '*.lua'"))
for path in files:lines() do
  local module = path:sub(#ROOT + 2):gsub("%.lua$", ""):gsub("/init$", ""):gsub("/", ".")
  local number = 0
  for line in io.lines(path) do
    number = number + 1
    local code = line:gsub("^%s*%-%-.*", "")
    for needed in code:gmatch "require%s*%(?%s*[\"'](streamctl[%w_.]*)[\"']" do
      check(path, number, module, (needed:gsub("%.$", "")))
    end
  end
end
files:close()

table.sort(problems)
if #problems > 0 then
  io.stderr:write(table.concat(problems, "\n"), "\n")
  os.exit(1)
end
