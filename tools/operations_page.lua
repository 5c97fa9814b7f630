-- Writes the methods of each vendor's clients as LDoc comments, one page a vendor, so that the
-- reference shows what the rows say: lua5.4 tools/operations_page.lua FOLDER
local folder = assert(arg[1], "usage: operations_page.lua FOLDER")

local ABOUT = {
  aliyun = "Alibaba Cloud ApsaraVideo Live", zego = "ZEGOCLOUD Server API v2",
}

local function facts_of(row)
  local safe = row.safe == true and "harmless to repeat" or "not repeated blindly"
  if type(row.safe) == "table" then
    local name, value = next(row.safe.unless)
    safe = ("harmless to repeat unless %s is %s"):format(name, value)
  end
  local rate = row.rate and ("%.4g calls a second"):format(row.rate) or "no documented rate"
  return rate .. ", " .. safe .. "."
end

local function describe(param)
  local words = { param.required and not param.value and "required" or "optional", param.type }
  if param.enum then words[#words + 1] = "one of " .. table.concat(param.enum, ", ") end
  if param.value then words[#words + 1] = "filled in with " .. param.value end
  if param.min then words[#words + 1] = ("at least %d"):format(param.min) end
  if param.above then words[#words + 1] = ("above %d"):format(param.above) end
  if param.max then words[#words + 1] = ("at most %d"):format(param.max) end
  if param.max_length then
    words[#words + 1] = ("at most %d characters"):format(param.max_length)
  end
  if param.max_items then words[#words + 1] = ("at most %d items"):format(param.max_items) end
  return ("-- * `%s`: %s"):format(param.name, (table.concat(words, ", "):gsub("_", " ")))
end

for vendor, title in pairs(ABOUT) do
  local lines = {
    "--- Methods of clients: " .. title .. ".",
    "-- Each takes a table of the vendor's parameters and returns the decoded answer, or nil, a",
    "-- message and an error (see streamctl.errors). Options come last, see streamctl.options.",
    "-- @public streamctl." .. vendor .. ".methods", "",
  }
  local function add(line) lines[#lines + 1] = line end
  local operations = require("streamctl." .. vendor .. ".operations")
  for row in operations:each() do
    add("--- " .. row.action .. ".")
    add("-- " .. facts_of(row) .. " [The vendor's page](" .. operations.page_of(row) .. ")")
    add("--")
    for _, param in ipairs(row.params) do add(describe(param)) end
    add("-- @function Client:" .. row.name)
    add("-- @tparam table params")
    add("-- @tparam[opt] table options")
    add("-- @treturn[1] table the decoded answer")
    for _, result in ipairs { "nil", "string message", "table err" } do
      add("-- @treturn[2] " .. result)
    end
    add("")
  end
  local file = assert(io.open(("%s/%s_methods.lua"):format(folder, vendor), "w"))
  assert(file:write(table.concat(lines, "\n"), "\n"))
  assert(file:close())
end
