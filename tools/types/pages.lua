-- What people read about the operations: docs/reference/operations.md, and the pages of the API
-- reference.

local describe = require "streamctl.cli.describe"

local pages = {}

local TITLES = {
  aliyun = "Alibaba Cloud ApsaraVideo Live", zego = "ZEGOCLOUD Server API v2",
}

-- Whether a row has more limits than types and required parameters.
function pages.is_detailed(row)
  for _, param in ipairs(row.params) do
    if param.fields or param.enum or describe.limits(param)[1] and not param.documented then
      return true
    end
  end
  return row.rules ~= nil
end

-- The text of docs/reference/operations.md. A group's link is its page on the site.
function pages.overview(vendors)
  local lines = {
    "# Operations", "",
    "<!-- Made by `make types` from the rows. -->", "",
    "Each operation is a method of clients, a function of the vendor's table, and a command",
    "(`streamctl call NAME`). The vendor's spelling, such as `ResumeRTCStream`, works, too.", "",
    "Before the library sends a request, it checks the parameters: names, types, and required",
    "ones. For operations in **bold** the vendor documents more limits, such as lengths and",
    "values. The library checks these limits, too. If two texts of the vendor differ about a",
    "parameter, the library leaves the decision to the vendor.", "",
    "The link of a group leads to parameters, limits, rates, and whether a call may be repeated.",
    "`streamctl ops NAME` prints the same. [Editors](../how-to/editor.md) can show it, too.",
  }
  for _, vendor in ipairs(vendors) do
    local operations, group = require("streamctl." .. vendor .. ".operations"), nil
    lines[#lines + 1] = "\n## " .. TITLES[vendor] .. "\n"
    for row, file in operations:each() do
      if file ~= group then
        group = file
        lines[#lines + 1] = ("- **[%s](../../lua/streamctl/%s/operations/%s.lua)**:")
          :format(group:gsub("_", " "), vendor, group)
      end
      local form = pages.is_detailed(row) and "%s **`%s`**," or "%s `%s`,"
      lines[#lines] = form:format(lines[#lines], row.name)
    end
  end
  return (table.concat(lines, "\n"):gsub(",\n", "\n"):gsub(",$", "")) .. "\n"
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
    add(("-- %s, %s. [The vendor's page](%s)"):format(describe.rate(row.rate), describe.safety(row),
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
