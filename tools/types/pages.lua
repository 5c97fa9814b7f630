-- What people read about the operations: docs/reference/operations.md, and the pages of the API
-- reference.

local describe = require "streamctl.cli.describe"

local pages = {}

local TITLES = {
  aliyun = "Alibaba Cloud ApsaraVideo Live", zego = "ZEGOCLOUD Server API v2",
}

-- Names of waiters by the action that they look with.
local function waiters_of(vendor)
  local by_action = {}
  for name, waiter in pairs(require("streamctl." .. vendor .. ".waiters")) do
    local action = waiter[1]
    by_action[action] = by_action[action] or {}
    table.insert(by_action[action], name)
  end
  for _, names in pairs(by_action) do table.sort(names) end
  return by_action
end

local function code(text)
  return text and "`" .. text .. "`" or ""
end

-- The text of docs/reference/operations.md.
function pages.overview(vendors)
  local lines = {
    "# Operations", "",
    "Made by `make types` from the rows. Each operation is a method of clients and a function of",
    "the vendor's table; [call/rows.lua](../../lua/streamctl/call/rows.lua) says what a row holds.",
    "Rate: documented calls per second. Repeat: whether a call is sent again when it is unknown",
    "whether it was executed. Pages: the parameter by which `client:pages` asks for more. Waiters:",
    "what `client:wait_for` asks by it.", "",
    "Editors know all of it, parameters and their limits included, from the folder `types`: name",
    "it in `workspace.library` of the Lua language server. It is in this repository, and in the",
    "folder that `luarocks show --rock-dir streamctl` prints.",
  }
  for _, vendor in ipairs(vendors) do
    local operations = require("streamctl." .. vendor .. ".operations")
    local waiters, group = waiters_of(vendor), nil
    lines[#lines + 1] = "\n## " .. TITLES[vendor]
    for row, file in operations:each() do
      if file ~= group then
        group = file
        lines[#lines + 1] = "\n### " .. group:gsub("_", " ") .. "\n\n"
          .. "| method | action | sent by | rate | repeat | pages | waiters |\n"
          .. "|---|---|---|---|---|---|---|"
      end
      local safe = describe.safety(row):gsub("harmless to repeat", "yes"):gsub("not .*", "no")
      local names = {}
      for i, name in ipairs(waiters[row.action] or {}) do names[i] = code(name) end
      lines[#lines + 1] = ("| `%s` | [%s](%s) | %s | %s | %s | %s | %s |"):format(row.name,
        row.action, operations.page_of(row), row.method,
        row.rate and ("%.4g"):format(row.rate) or "", safe, code(describe.paging(row)),
        table.concat(names, ", "))
    end
  end
  return table.concat(lines, "\n") .. "\n"
end

local function param_text(param)
  local list = { describe.is_required(param) and "required" or "optional" }
  list[2] = param.type:gsub("_", " ")
  if param.enum then list[#list + 1] = "one of " .. table.concat(param.enum, ", ") end
  for _, limit in ipairs(describe.limits(param)) do list[#list + 1] = limit end
  return ("-- * `%s`: %s"):format(param.name, table.concat(list, ", "))
end

-- The methods of a vendor's clients as LDoc comments.
function pages.reference(vendor)
  local operations = require("streamctl." .. vendor .. ".operations")
  local lines = {
    "--- Methods of clients: " .. TITLES[vendor] .. ".",
    "-- Each takes a table of the vendor's parameters and returns the decoded answer, or nil, a",
    "-- message and an error (see streamctl.errors). Options come last, see streamctl.options.",
    "-- @public streamctl." .. vendor .. ".methods", "",
  }
  local function add(line) lines[#lines + 1] = line end
  for row in operations:each() do
    add("--- " .. row.action .. ".")
    add(("-- %s, %s. [The vendor's page](%s)"):format(describe.rate(row), describe.safety(row),
      operations.page_of(row)))
    add "--"
    for _, param in ipairs(row.params) do add(param_text(param)) end
    add("-- @function Client:" .. row.name)
    add "-- @tparam table params"
    add "-- @tparam[opt] table options"
    add "-- @treturn[1] table the decoded answer"
    add "-- @failure see `streamctl.errors`"
    add ""
  end
  return table.concat(lines, "\n") .. "\n"
end

return pages
