-- Shows the items of a run: a row for each, and in tables one row for items that failed alike.

local groups = require "streamctl.cli.bulk.groups"
local lines = require "streamctl.cli.bulk.lines"
local text = require "streamctl.cli.output.text"

local shown = {}

local COLUMNS = {
  { "item", "ITEM" }, { "state", "STATE" }, { "code", "CODE" }, { "message", "MESSAGE" },
  id = "item",
}

local MAX_LINES = 3 -- of items where a report has all of them

local Shown = {}
Shown.__index = Shown

-- Makes the output of a run. Nothing is written before the first row.
function shown.new(run)
  local out, columns = run.invocation.out, run.work.columns
  local is_json = out.format:find "^json" ~= nil
  return setmetatable({
    run = run, format = out.format, is_json = is_json, rows = out:rows(columns or COLUMNS),
    hides_ok = not is_json and not columns, groups = {},
    pending = run.invocation.args.keep_trying and {}, -- what is not ok may go again
  }, Shown)
end

-- Adds a row to its group. All unsent items are one group.
local function group(self, row, index)
  local key = row.state
  if row.code ~= "cancelled" then key = key .. "\0" .. groups.key(row) end
  local found = self.groups[key] or { row = row }
  if not found[1] then self.groups[key], self.groups[#self.groups + 1] = found, found end
  found[#found + 1] = index
end

-- Shows an item. `hidden`: only JSON has the item.
function Shown:add(record, state, hidden)
  if self.pending then
    self.pending[record.index] = state ~= "ok" and { record, state, hidden } or nil
    if state ~= "ok" then return end
  end
  -- a broken report leaves this output as the only record
  if self.hides_ok and state == "ok" and not self.run.report.broken then return end
  -- other programs act on ids: an unanswered question gives no id
  local unanswered = self.format == "ids" and self.run.work.operation.read and not record.ok
  if hidden and not self.is_json or unanswered then return end
  local row = {}
  for name, value in pairs(record) do row[name] = value end
  row.record, row.outcome, row.state = nil, nil, record.state or state
  row.item, row.id = lines.label(record.item, self.format), lines.id(record.item)
  if self.format == "table" and state ~= "ok" then
    group(self, row, record.index)
  else
    self.rows:add(row)
  end
end

-- Writes and flushes all rows, and the fields `further` that -o json writes beside `items`.
function Shown:close()
  local report, pending = self.run.report, self.pending or {}
  self.pending = nil
  for index = 1, report.total do
    local left = report:state(index) ~= "ok" and pending[index] -- another command may have sent it
    if left then self:add(left[1], left[2], left[3]) end
  end
  for _, found in ipairs(self.groups) do
    if #found > 1 then
      found.row[self.rows.columns.id] = text.count(#found, "item")
      local max = report.path and not report.broken and MAX_LINES or nil
      found.row.to = nil
      found.row.below = groups.lines(self.run.items, found, max, report.path)
    end
    self.rows:add(found.row)
  end
  self.rows:close(self.further)
  self.run.invocation.out:flush()
end

return shown
