-- The types of events (LuaCATS), from the tables of docs/reference/events.md.

local PAGE = "docs/reference/events.md"

-- Types of the fields that events have. The page has the names, and which event has which.
local TYPES = {}
for kind, names in pairs {
  string = "vendor operation reason code previous vendor_code request_id method url request_head "
    .. "response_head provider message waiter state account",
  integer = "call attempt resend_count http_status attempts superseded",
  number = "time delay elapsed clock_offset expires offset",
  boolean = "reused maybe_sent", any = "context",
  ["{ waiting: integer, taken: integer, later: integer, oldest: number }"] = "urgent bulk",
} do
  for name in names:gmatch "%S+" do TYPES[name] = kind end
end

-- Fields of every event of the page's first table, which are those of clients; and of the second.
local COMMON = { { "vendor", "operation", "time", "call", "context" }, { "time" } }

local events = {}

--- The events by the page: a list of { name, table (its number), told (when), fields (a list of
-- { name, text }) }.
function events.read()
  local list, number = {}, 0
  for line in io.lines(PAGE) do
    if line:find "^| event |" then number = number + 1 end
    local name, told, has = line:match "^| `([%l_]+)` | ([^|]*) | ([^|]*)|$"
    local fields = {}
    for part in ((has or "") .. ";"):gmatch "%s*([^;]*);" do
      local names, text = part:match "^([^:]*):?%s*(.-)%s*$"
      for field in names:gmatch "`([%l_]+)`" do
        if TYPES[field] then fields[#fields + 1] = { name = field, text = text } end
      end
    end
    list[#list + 1] = name and { name = name, table = number, told = told,
      fields = fields }
  end
  return list
end

--- Adds a class for each event, and the alias of all.
function events.write(writer)
  local all = {}
  for _, event in ipairs(events.read()) do
    local class, has = "streamctl.event." .. event.name, {}
    all[#all + 1] = class
    writer:add("---When: %s.\n---@class %s\n---@field event \"%s\"", event.told, class, event.name)
    for _, field in ipairs(event.fields) do
      has[field.name] = true
      writer:add("---@field " .. field.name .. "? " .. TYPES[field.name] .. " " .. field.text)
    end
    for _, name in ipairs(COMMON[event.table]) do
      if not has[name] then writer:add("---@field " .. name .. " " .. TYPES[name]) end
    end
    writer:add("")
  end
  writer:add("---@alias streamctl.event " .. table.concat(all, "|") .. "\n")
end

return events
