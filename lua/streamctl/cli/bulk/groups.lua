-- Groups items that failed alike, and names the items of a group: for the table of a run, and for
-- `streamctl report`.

local lines = require "streamctl.cli.bulk.lines"
local text = require "streamctl.cli.output.text"

local groups = {}

local WIDTH = 76 -- of a line of items

local function without(message, word)
  if type(word) ~= "string" or word == "" then return message end
  return (message:gsub((word:find "^%w" and "%f[%w]" or "") .. word:gsub("%W", "%%%0")
    .. (word:find "%w$" and "%f[%W]" or ""), "*"))
end

-- What messages of one cause differ in: how often the call was tried, and who says so.
local VARYING = { ", attempt %d+", "; no more attempts", "; not sent again.*", "%s*%(%u%w+%)",
  "%f[%w]%u%l+%u%w*: " }

-- Returns the key of a failure, a result's record: failures with the same key differ only in
-- numbers, request ids and names of items.
function groups.key(record)
  local message = without(tostring(record.message or ""), record.request_id)
  message = without(message, record.item)
  for _, pattern in ipairs(VARYING) do message = message:gsub(pattern, "") end
  return table.concat({ tostring(record.code), tostring(record.vendor_code),
    tostring(record.http_status), (message:gsub("%d+", "#")) }, "\0")
end

-- Returns the name of an item for people.
function groups.name(item) return text.clean(lines.label(item, "table")) end

-- Returns names of items in order, with "s1 to s20" for neighbours.
local function names_of(items, indexes)
  local names, at = {}, 1
  table.sort(indexes)
  while at <= #indexes do
    local last, name = at, groups.name(items:item(indexes[at]))
    while indexes[last + 1] == indexes[last] + 1 do last = last + 1 end
    if last - at >= 2 then
      name, at = name .. " to " .. groups.name(items:item(indexes[last])), last
    end
    names[#names + 1], at = name, at + 1
  end
  return names
end

-- Returns lines with the names of items: all lines, or `max` lines and a line that tells where the
-- other names are, in `path`.
function groups.lines(items, indexes, max, path)
  local list, line = {}, nil
  for _, name in ipairs(names_of(items, indexes)) do
    if line and #line + #name + 2 > WIDTH then list[#list + 1], line = line .. ",", nil end
    line = line and line .. ", " .. name or name
  end
  list[#list + 1] = line
  if not max or #list <= max then return list end
  for i = #list, max + 1, -1 do list[i] = nil end
  list[max + 1] = "... all of them are in " .. text.clean(path)
  return list
end

return groups
