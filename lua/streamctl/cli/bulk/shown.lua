-- Shows the items of a run: a row for each, and in tables one row for items that failed alike.

local lines = require "streamctl.cli.bulk.lines"
local text = require "streamctl.cli.output.text"

local shown = {}

local COLUMNS = {
  { "item", "ITEM" }, { "state", "STATE" }, { "code", "CODE" }, { "message", "MESSAGE" },
  id = "item",
}

local NOT_OK = { failed = true, unknown = true, unsent = true }

local WIDTH = 76    -- of a line of items
local MAX_LINES = 3 -- of items where a report has all of them

local Shown = {}
Shown.__index = Shown

-- Makes the output of a run. Nothing is written before the first row.
function shown.new(run)
  local out, columns = run.invocation.out, run.work.columns
  local is_json = out.format:find "^json" ~= nil
  return setmetatable({
    run = run, format = out.format, is_json = is_json, rows = out:rows(columns or COLUMNS),
    only = run.invocation.args.only or not is_json and not columns and NOT_OK, groups = {},
  }, Shown)
end

-- ---- groups ----

local function without(message, word)
  if type(word) ~= "string" or word == "" then return message end
  return (message:gsub("%f[%w]" .. word:gsub("%W", "%%%0") .. "%f[%W]", "*"))
end

-- Adds a row to the group of failures that differ only in numbers, request ids and names of items.
-- All unsent items are one group.
local function group(self, row, index)
  local key = row.state
  if row.code ~= "cancelled" then
    local message = without(without(row.message or "", row.request_id), row.item)
    key = table.concat({ key, row.code or "", tostring(row.vendor_code),
      tostring(row.http_status), (message:gsub("%d+", "#")) }, "\0")
  end
  local found = self.groups[key]
  if not found then
    found = { row = row }
    self.groups[key], self.groups[#self.groups + 1] = found, found
  end
  found[#found + 1] = index
end

-- Returns the name of an item in a list: a task is named by its destination.
local function name_of(item)
  local to = type(item) == "table" and item.DstUrl
  return text.clean(lines.label(type(to) == "string" and to or item, "table"))
end

-- Returns names of items in order, with "s1 to s20" for neighbours.
local function names_of(items, indexes)
  local names, at = {}, 1
  table.sort(indexes)
  while at <= #indexes do
    local last, name = at, name_of(items:item(indexes[at]))
    while indexes[last + 1] == indexes[last] + 1 do last = last + 1 end
    if last - at >= 2 then
      name, at = name .. " to " .. name_of(items:item(indexes[last])), last
    end
    names[#names + 1], at = name, at + 1
  end
  return names
end

-- Returns lines with all names, or with the first names where the report has the others.
local function lines_of(run, indexes)
  local list, line, report = {}, nil, run.report
  for _, name in ipairs(names_of(run.items, indexes)) do
    if line and #line + #name + 2 > WIDTH then
      list[#list + 1], line = line .. ",", nil
    end
    line = line and line .. ", " .. name or name
  end
  list[#list + 1] = line
  if not report.path or report.broken or #list <= MAX_LINES then return list end
  for i = #list, MAX_LINES + 1, -1 do list[i] = nil end
  list[MAX_LINES + 1] = "... all of them are in " .. text.clean(report.path)
  return list
end

-- ---- rows ----

-- Shows an item. `hidden`: only JSON has the item.
function Shown:add(record, state, hidden)
  -- a broken report leaves this output as the only record
  if self.only and not self.only[state] and not self.run.report.broken then return end
  -- other programs act on ids: an unanswered question gives no id
  local unanswered = self.format == "ids" and self.run.work.operation.read and not record.ok
  if hidden and not self.is_json or unanswered then return end
  local row = {}
  for name, value in pairs(record) do row[name] = value end
  row.record, row.state, row.item = nil, record.state or state,
    lines.label(record.item, self.format)
  if self.format == "table" and NOT_OK[state] then
    group(self, row, record.index)
  else
    self.rows:add(row)
  end
end

-- Writes and flushes all rows. `further`: fields that -o json writes beside `items`.
function Shown:close(further)
  for _, found in ipairs(self.groups) do
    if #found > 1 then
      found.row[self.rows.columns.id] = text.count(#found, "item")
      found.row.to, found.row.below = nil, lines_of(self.run, found)
    end
    self.rows:add(found.row)
  end
  self.rows:close(further)
  self.run.invocation.out:flush()
end

return shown
