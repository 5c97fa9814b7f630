--- What a run shows of its items: rows as they come, and in tables one row for all items that did
-- not succeed in the same way.
-- @module streamctl.cli.bulk.shown

local label = require "streamctl.cli.bulk.label"
local text = require "streamctl.cli.output.text"

local shown = {}

local COLUMNS = {
  { "item", "ITEM" }, { "state", "STATE" }, { "code", "CODE" }, { "message", "MESSAGE" },
  id = "item",
}

local NOT_OK = { failed = true, unknown = true, unsent = true }

local WIDTH = 76 -- of a line of items
local MOST = 3   -- such lines where a report has all of them

local Shown = {}
Shown.__index = Shown

--- Makes it. Nothing is written before the first row. `run`: `invocation`, `job`, `items`, and
-- perhaps `book`.
function shown.new(run)
  local invocation, job = run.invocation, run.job
  local format, columns = invocation.out.format, job.columns or COLUMNS
  columns.id = columns.id or "item"
  return setmetatable({
    run = run, columns = columns, rows = invocation.out:rows(columns),
    name = format == "table" and label.shown or format == "ids" and label.of,
    only = invocation.args.only or (job.columns == nil and format ~= "json" and format ~= "jsonl"
      and NOT_OK or nil),
    groups = format == "table" and {}, keys = {},
  }, Shown)
end

-- ---- groups ----

local function without(message, word)
  if type(word) ~= "string" or word == "" then return message end
  return (message:gsub("%f[%w]" .. word:gsub("%W", "%%%0") .. "%f[%W]", "*"))
end

-- The same for failures that differ only in numbers, ids of requests and the item's own name, and
-- for all that was never sent.
local function key_of(row)
  if row.code == "cancelled" then return row.state end
  local message = without(without(row.message or "", row.request_id), row.item)
  return table.concat({ row.state, row.code or "", tostring(row.vendor_code),
    tostring(row.http_status), (message:gsub("%d+", "#")) }, "\0")
end

local function group(self, row, index)
  local key = key_of(row)
  local found = self.keys[key]
  if not found then
    found = { row = row }
    self.keys[key], self.groups[#self.groups + 1] = found, found
  end
  found[#found + 1] = index
end

-- Names of items in their order; "s1 to s20" where they follow each other.
local function names_of(self, indexes)
  local names, at = {}, 1
  local function name(i) return label.short(self.run.items:item(i)) end
  table.sort(indexes)
  while at <= #indexes do
    local last = at
    while indexes[last + 1] == indexes[last] + 1 do last = last + 1 end
    if last - at >= 2 then
      names[#names + 1] = name(indexes[at]) .. " to " .. name(indexes[last])
      at = last + 1
    else
      names[#names + 1] = name(indexes[at])
      at = at + 1
    end
  end
  return names
end

-- Lines with all names, or with the first of them where the report has the others.
local function lines_of(self, indexes)
  local lines, line = {}, nil
  for _, one in ipairs(names_of(self, indexes)) do
    one = text.clean(one)
    if line and #line + #one + 2 > WIDTH then
      lines[#lines + 1] = line .. ","
      line = one
    else
      line = line and line .. ", " .. one or one
    end
  end
  lines[#lines + 1] = line
  local book = self.run.book
  if not book or book.broken or #lines <= MOST then return lines end
  for i = #lines, MOST + 1, -1 do lines[i] = nil end
  lines[MOST + 1] = "... all of them are in " .. text.clean(book.path)
  return lines
end

local function add_group(self, found)
  local row = found.row
  if #found > 1 then
    row[self.columns.id] = text.thousands(#found) .. " items"
    row.to, row.below = nil, lines_of(self, found)
  end
  self.rows:add(row)
end

-- ---- rows ----

--- Shows an item.
function Shown:add(record, state)
  local run = self.run
  local broken = run.book and run.book.broken -- then it is told here alone
  if self.only and not self.only[state] and not broken then return end
  if self.name and run.job.hides and run.job.hides(record) then return end
  local row = {}
  for name, value in pairs(record) do row[name] = value end
  row.record, row.state = nil, record.state or state
  if self.name then row.item = self.name(record.item) end
  if self.groups and NOT_OK[state] then return group(self, row, record.index) end
  self.rows:add(row)
end

--- Ends it: all of it is on its way to the reader. `further`: fields that -o json writes beside
-- `items`.
function Shown:close(further)
  for _, found in ipairs(self.groups or {}) do add_group(self, found) end
  self.rows:close(further)
  self.run.invocation.out:flush()
end

return shown
