--- What the records of a report mean, see @{streamctl.cli.bulk.report}.
-- @module streamctl.cli.bulk.records

local tally = require "streamctl.cli.bulk.tally"
local text = require "streamctl.cli.output.text"

local records = { VERSION = 1 }

local function is_index(self, value)
  return type(value) == "number" and value % 1 == 0 and value >= 1 and value <= self.plan.total
end

local FAR = 2 ^ 40 -- seconds

local function is_time(value)
  return type(value) == "number" and value % 1 == 0 and value >= 0 and value < FAR
end

-- Has each item of a list noted by `note(i)`; nothing, or what is wrong.
local function each(self, list, note)
  if type(list) ~= "table" or #list == 0 then return "it names no items" end
  for _, i in ipairs(list) do
    if not is_index(self, i) then return "the plan has no item " .. tostring(i) end
  end
  for _, i in ipairs(list) do note(i) end
end

-- What a record does, by its kind: nothing, or what is wrong with it.
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
  if type(record.total) ~= "number" or record.total % 1 ~= 0 or record.total < 1 then
    return "the plan does not tell its total"
  end
  for _, name in ipairs { "params", "options" } do
    record[name] = record[name] or {}
    if type(record[name]) ~= "table" then return "the plan's " .. name .. " are no object" end
  end
  if not is_time(record.time) then return "the plan does not tell its time" end
  self.plan, self.tally = record, tally.new(record.total)
end

function readers.items(self, record)
  if record.first ~= self.known + 1 or type(record.items) ~= "table" then
    return ("it should tell the items from %d on"):format(self.known + 1)
  end
  for _, item in ipairs(record.items) do
    if type(item) ~= "string" and type(item) ~= "table" then
      return "an item is an id or an object, not " .. text.clean(item)
    end
    self.known = self.known + 1
    self:keep(self.known, item)
  end
  if self.known > self.plan.total then return "there are more items than the plan says" end
end

function readers.account(self, record)
  if type(record.account) ~= "string" then return "it names no account" end
  self.plan.account = record.account
end

function readers.sent(self, record, offset)
  return each(self, record.items, function(i)
    self.tally:set(i, "unknown")
    self.places[i] = offset
  end)
end

-- What asks about an unknown outcome stays in its place.
function readers.result(self, record, offset)
  return each(self, { record.index }, function(i)
    self.tally:take(i, record)
    if not self.tally:is_doubtful(i) or record.settle then self.places[i] = offset end
  end)
end

function readers.reopen(self, record, offset)
  return each(self, record.items, function(i)
    self.tally:reopen(i)
    if not self.tally:is_doubtful(i) then self.places[i] = offset end
  end)
end

readers["end"] = function() end

--- Takes in a record, which begins at an offset of the file, if it is there; the report gets `plan`
-- and `tally`. Returns what is wrong with it, or nil.
function records.take(self, record, offset)
  local read = readers[record.record]
  if not read then return "'" .. text.clean(record.record) .. "' is no record of a report" end
  if not self.plan and record.record ~= "plan" then return "a report begins with a plan" end
  if record.record ~= "plan" and record.record ~= "items" and not self:is_planned() then
    return "the plan is not complete"
  end
  return read(self, record, offset)
end

return records
