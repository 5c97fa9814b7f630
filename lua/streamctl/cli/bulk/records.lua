-- Reads the records of a report: a plan, its items, and the state of each item.

local errors = require "streamctl.base.errors"
local text = require "streamctl.cli.output.text"

local records = { VERSION = 1 }

local function is_whole(value, min, max)
  return type(value) == "number" and value % 1 == 0 and value >= min and value <= max
end

-- Calls `note(i)` with each number of a list. Returns a fault of the list, or nothing.
local function each(self, list, note)
  if type(list) ~= "table" or #list == 0 then return "it names no items" end
  for _, i in ipairs(list) do
    if not is_whole(i, 1, self.total) then return "the plan has no item " .. tostring(i) end
  end
  for _, i in ipairs(list) do note(i) end
end

function records.begin(self, plan)
  self.plan, self.total = plan, plan.total
  self.counts = { ok = 0 }
  for _, name in ipairs(errors.outcomes) do self.counts[name] = 0 end
  self.counts.unsent = plan.total
end

-- By kind of record: takes the record into a report, and returns a fault or nothing.
local readers = {}

function readers.plan(self, record)
  if self.plan then return "there is a plan already" end
  if record.version ~= records.VERSION then
    return ("it is of version %s, and this streamctl writes version %d; go on with the streamctl "
      .. "that made it, or with another file"):format(text.clean(record.version), records.VERSION)
  end
  for _, name in ipairs { "vendor", "account", "mode", "command", "operation" } do
    if type(record[name]) ~= "string" then return "the plan does not tell its " .. name end
  end
  record.params = record.params or {}
  if type(record.params) ~= "table" then return "the plan's params are no object" end
  if not is_whole(record.total, 1, 2 ^ 53) then return "the plan does not tell its total" end
  if not is_whole(record.time, 0, 2 ^ 40) then return "the plan does not tell its time" end
  if record.stamp and not is_whole(record.stamp, 0, 2 ^ 53) then return "its stamp is no number" end
  records.begin(self, record)
end

function readers.items(self, record)
  if record.first ~= self.known + 1 or type(record.items) ~= "table" then
    return ("it should tell the items from %d on"):format(self.known + 1)
  end
  for _, item in ipairs(record.items) do
    if type(item) ~= "string" and type(item) ~= "table" then
      return "an item is an id or an object, not " .. text.clean(item)
    end
    self:keep(item)
  end
  if self.known > self.total then return "there are more items than the plan says" end
end

function readers.account(self, record)
  if type(record.account) ~= "string" then return "it names no account" end
  self.plan.account = record.account
end

-- Sets the state of an item, and the query of an unknown item, which may be from an earlier record.
local function set(self, i, state, query)
  if type(query) ~= "table" then query = self.queries[i] end
  local counts, before = self.counts, self:state(i)
  counts[before] = counts[before] - 1
  counts[state] = counts[state] + 1
  self.states[i], self.queries[i] = state, state == "unknown" and query or nil
end

function readers.sent(self, record)
  return each(self, record.items, function(i)
    if not record.safe then return set(self, i, "unknown", record.settle) end
    self.begun[i] = self.begun[i] or "sent"
  end)
end

-- An earlier request stays in doubt until a success, or until the vendor tells its outcome.
function readers.result(self, record)
  local state = record.ok and "ok" or record.outcome
  if not self.counts[state] then return "it does not tell its outcome" end
  return each(self, { record.index }, function(i)
    if record.ok or record.settled then self.doubts[i] = nil end
    self.tasks[i] = record.ok and (record.new_task or record.task) or nil
    if state ~= "unsent" or self.begun[i] == "sent" then self.begun[i] = nil end
    set(self, i, self.doubts[i] and "unknown" or state, record.settle)
  end)
end

function readers.reopen(self, record)
  return each(self, record.items, function(i)
    if self:state(i) == "unknown" then self.doubts[i] = true return end
    self.begun[i] = "again"
    set(self, i, "unsent")
  end)
end

-- Of a run that has ended: what was begun and has no result has failed, since it may have left.
function records.rest(self)
  for i in pairs(self.begun) do
    if self:state(i) == "unsent" then set(self, i, "failed") end
  end
end

readers["end"] = function() end

-- Takes a record into a report. Returns a fault of the record, or nothing.
function records.take(self, record)
  local read = readers[record.record]
  if not read then return "'" .. text.clean(record.record) .. "' is no record of a report" end
  if not self.plan and record.record ~= "plan" then return "a report begins with a plan" end
  if record.record ~= "plan" and record.record ~= "items" and not self:is_planned() then
    return "the plan is not complete"
  end
  return read(self, record)
end

return records
