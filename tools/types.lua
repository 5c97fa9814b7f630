-- Writes what follows from rows and comments: the index of each catalogue, lua/types/ for
-- editors, and docs/reference/{operations,options,errors,environment}.md and the table of fields in
-- configuration.md; or the pages of the API
-- reference.
-- usage: lua tools/types.lua write|check         check: fails when a file is not what it would be
--        lua tools/types.lua reference FOLDER   comments for LDoc
--        lua tools/types.lua site FOLDER        the Markdown of the site

local meta = require "tools.types.meta"
local pages = require "tools.types.pages"
local rows = require "streamctl.call.rows"
local tables = require "tools.types.tables"

local VENDORS = { "aliyun", "zego" }
local mode, folder = arg[1], arg[2]

local function read(path)
  local file = io.open(path, "rb")
  local text = file and file:read("*a")
  if file then file:close() end
  return text
end

local function write(path, text)
  local file = assert(io.open(path, "wb"))
  assert(file:write(text))
  assert(file:close())
end

local function sources()
  local list = {}
  local pipe = assert(io.popen("find lua/streamctl -name '*.lua' -not -path '*/operations/*'"))
  for path in pipe:lines() do list[#list + 1] = path end
  pipe:close()
  table.sort(list)
  return list
end

-- The names of each group, in lines as long as lines may be.
local function index(vendor)
  local operations = require("streamctl." .. vendor .. ".operations")
  local lines = { "-- Made by `make types` from the rows: the names of each group.", "return {" }
  for _, group in ipairs(operations.groups) do
    lines[#lines + 1] = "  " .. group .. " = [["
    local line = ""
    for _, row in ipairs(require(operations.module .. "." .. group)) do
      local name = rows.snake(row[1])
      if #line + #name > 96 then
        lines[#lines + 1], line = line, ""
      end
      line = line == "" and name or line .. " " .. name
    end
    lines[#lines + 1] = line .. "]],"
  end
  lines[#lines + 1] = "}"
  return table.concat(lines, "\n") .. "\n"
end

if mode == "reference" then
  for _, vendor in ipairs(VENDORS) do
    write(assert(folder) .. "/" .. vendor .. "_methods.lua", pages.reference(vendor))
  end
  return
end

if mode == "site" then
  for path, text in pairs(require "tools.types.site"()) do
    local place = assert(folder) .. "/" .. path
    assert(os.execute("mkdir -p '" .. place:match "^.*/" .. "'"))
    write(place, text)
  end
  return
end

local made = meta(sources())
made["docs/reference/operations.md"] = pages.overview(VENDORS)
made["docs/reference/options.md"] = tables.options()
made["docs/reference/errors.md"] = tables.errors()
made["docs/reference/environment.md"] = tables.environment()
local CONFIGURATION = "docs/reference/configuration.md"
made[CONFIGURATION] = tables.configuration(read(CONFIGURATION))
for _, vendor in ipairs(VENDORS) do
  made["lua/streamctl/" .. vendor .. "/operations/index.lua"] = index(vendor)
end

local differing = {}
for path, text in pairs(made) do
  if mode == "write" then
    write(path, text)
  elseif read(path) ~= text then
    differing[#differing + 1] = path
  end
end
if differing[1] then
  table.sort(differing)
  io.stderr:write("not what the rows give (make types): ", table.concat(differing, " "), "\n")
  os.exit(1)
end
