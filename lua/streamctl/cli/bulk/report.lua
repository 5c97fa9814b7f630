-- The report of a run: a file with a JSON object a line, by which a run goes on, or is sent again.
-- docs/reference/report.md lists the records; records.lua reads them. A process may be killed at
-- any byte: half a record at the end counts as not written, since records are written before their
-- requests (csrc/core/system/journal.h). A run without --report has no file.

local errors = require "streamctl.base.errors"
local json_line = require "streamctl.cli.output.json_line"
local fail = require "streamctl.cli.fail"
local json = require "streamctl.base.json"
local lines = require "streamctl.cli.bulk.lines"
local records = require "streamctl.cli.bulk.records"
local status = require "streamctl.cli.status"
local system = require "streamctl.system"

local report = { MAX = 2 ^ 24 } -- bytes of a record

report.AGAIN = {} -- the states of what may go again without a question
for _, name in ipairs(errors.outcomes) do
  report.AGAIN[name] = errors.outcomes[name].again == "retry" or nil
end

local FIRST = { "record", "version", "index", "first", "item", "ok", "code", "message" }
local BEGINNING = '{"record":"'
local MAX_ITEMS, MAX_BYTES = 1000, 65536 -- of a record with items
local ENOENT = 2

local REMOVED = "the file was removed" -- the words of `system.journal`

local Report = {}
Report.__index = Report

-- ---- items ----

-- Keeps the next item of the plan as text, which needs little memory.
function Report:keep(item)
  local i = self.known + 1
  self.known = i
  if type(item) == "table" then item, self.objects[i] = json_line.value(item), true end
  self.items[i] = item
end

function Report:item(i) return self.objects[i] and json.decode(self.items[i]) or self.items[i] end

function Report:state(i) return self.states[i] or "unsent" end

-- Tells whether `sent` is the last record of an item, and another record can be written.
function Report:is_begun(i)
  local is_unknown = self:state(i) == "unknown" and not self.doubts[i]
  return not self.broken and (is_unknown or self.begun[i] == "sent")
end

-- Returns the numbers of the items in these states, a set such as `{ failed = true }`; `begun`:
-- what may be repeated, and went out without a result.
function Report:numbers(states)
  local numbers = {}
  for i = 1, self.total do
    local state = self:state(i)
    if states[state] or states.begun and state == "failed" and self.begun[i] then
      numbers[#numbers + 1] = i
    end
  end
  return numbers
end

-- Returns the ids of the tasks of the items that are ok.
function Report:tasks_done()
  local ids = {}
  for i = 1, self.total do ids[#ids + 1] = self:state(i) == "ok" and self.tasks[i] or nil end
  return ids
end

-- Tells whether all items of the plan are there; nothing is sent before.
function Report:is_planned() return self.plan ~= nil and self.known == self.total end

-- ---- reading ----

-- Makes an empty report. `path` is for messages; a report with a `plan` has no file. `counts` has
-- the number of items in each state. By number of an item: `queries`, for `settle`; `doubts`,
-- whether an earlier request may be executed; `begun`: it may have left, and has no result;
-- `tasks`, the ids of tasks that were made or changed.
function report.new(path, plan)
  local self = setmetatable({ path = path, total = 0, known = 0, items = {}, objects = {},
    states = {}, queries = {}, doubts = {}, begun = {}, tasks = {} }, Report)
  if plan then
    records.begin(self, plan)
    self.known = plan.total
  end
  return self
end

-- Takes a line, which begins at an offset of the file. A crash may leave half a line at the end, or
-- a page of bytes 0. Returns a fault of the line, or nothing.
function Report:take(line, offset, is_half)
  if #line > report.MAX then return "a line is longer than 16 MiB" end
  if is_half then
    self.torn = offset
    line = line:match "^[^%z]*"
    return line:sub(1, #BEGINNING) ~= BEGINNING:sub(1, #line) and "it does not begin as a record"
      or nil
  end
  local record, why = json.decode(line)
  if not record then return why end
  local fault = records.take(self, record)
  if self.on_record and not fault then self.on_record(record, self) end
  return fault
end

local function load(path, on_record)
  local mode, is_regular = system.file_mode(path)
  if mode and not is_regular then -- opening a pipe would wait for ever
    fail.usage("%s is no regular file, as a report is; name another one", path)
  end
  local file, why, code = io.open(path, "rb")
  if not file then
    if code == ENOENT then return nil end
    fail.usage("cannot read the report %s", why)
  end
  local self, number = report.new(path), 0
  self.on_record = on_record
  why = lines.each(file, report.MAX, function(...)
    number = number + 1
    local fault = self:take(...)
    if fault then
      fail.usage("the report %s cannot be used: line %d: %s; name another file%s", path, number,
        fault, self.plan and ", or take the line out if another program wrote it" or "")
    end
  end)
  file:close()
  if why then fail.usage("cannot read the report %s: %s", path, why) end
  records.rest(self)
  return self
end

-- Reads a report; nil without such a file, or without a complete plan. Calls `on_record(record,
-- report)`, if any, after each record.
function report.read(path, on_record)
  local self = load(path, on_record)
  return self and self:is_planned() and self or nil
end

-- Returns the parameters of the report that a command goes on with, if any.
function report.params(path)
  local before = path and report.read(path)
  return before and before.plan.params or {}
end

-- ---- writing ----

-- The device and the number of a file, which may have several names.
local function identity(path) return (system.file_stamp(path) or ""):match "%d+ %d+$" end

-- Refuses a file of --report that something else writes to.
function report.check_path(path)
  for _, name in ipairs { "stdout", "stderr" } do
    local stream = identity("/dev/" .. name)
    if path == "-" or stream and stream == identity(path) then
      fail.usage("--report %s is what %s writes to, and nobody else writes a report; name another "
        .. "file; or leave --report out, and -o jsonl writes all results", path, name)
    end
  end
end

-- Opens a report for this process alone; a new report has no `plan` yet. Cuts half a record off.
function report.open(path, say)
  local journal, why = system.journal(path)
  if not journal then fail.usage("cannot use the report %s: %s", path, why) end
  local self = load(path)
  local size = self.torn
  self.goes_on = self:is_planned()
  if not self.goes_on then self, size = report.new(path), 0 end
  self.journal = journal
  if size and journal:size() > size then
    local done
    done, why = journal:cut(size)
    if not done then fail.usage("cannot mend the report %s: %s", path, why) end
    say:warn("%s ended with half a record, as after a crash; that is cut off", path)
  end
  self.offset = journal:size()
  return self
end

local function give_up(self, why)
  self.lost = self.lost or why == REMOVED
  self.broken = self.broken or ("the report %s cannot be written: %s"):format(self.path, why)
  return nil, self.broken
end

-- Writes a record, unless another program has changed the file. Returns true; or nil and why not.
local function write(self, record)
  if self.broken then return nil, self.broken end
  local size, why = self.journal:size()
  if size and size ~= self.offset then
    why, self.lost = "another program has changed the file", size < self.offset
  end
  if why then return nil, why end
  local line = json_line.value(record, FIRST) .. "\n"
  local done
  done, why = self.journal:append(line)
  if done then self.offset = size + #line end
  return done, why
end

-- Appends a record. After a failure nothing more is written, but results count here: `broken` tells
-- the failure, `lost` that earlier records are gone too. Returns true; or nil and why not.
function Report:append(record)
  local written, why = true, nil
  if self.path then written, why = write(self, record) end
  if written or record.record == "result" then
    local fault = records.take(self, record)
    if fault then error("the report's own record is wrong: " .. fault) end
  end
  if not written then return give_up(self, why) end
  return true
end

-- Brings all records to the disk. Returns true; or nil and why not.
function Report:sync()
  if self.broken then return nil, self.broken end
  if not self.path then return true end
  local done, why = self.journal:sync()
  if done then return true end
  return give_up(self, why)
end

-- Ends the command where a record before the first request cannot be written.
local function must(done, why)
  if not done then fail.raise(status.FAILED, why .. "; nothing was sent") end
end

-- Writes the plan and its items, `list`: `total`, `item(i)`.
function Report:begin(plan, list)
  plan.record, plan.version = "plan", records.VERSION
  must(self:append(plan))
  local items, bytes = {}, 0
  for i = 1, list.total do
    local item = list:item(i)
    items[#items + 1] = item
    bytes = bytes + #(type(item) == "table" and json_line.value(item) or item)
    if #items == MAX_ITEMS or bytes > MAX_BYTES or i == list.total then
      must(self:append { record = "items", first = i - #items + 1, items = json_line.list(items) })
      items, bytes = {}, 0
    end
  end
  must(self:sync())
end

-- Writes that a run goes on, the account's key of now, and the items to send again, if any.
function Report:go_on(key, numbers)
  if self.goes_on then must(self:append { record = "account", account = key, time = os.time() }) end
  self.goes_on = true
  local again = {}
  for _, i in ipairs(numbers or {}) do
    if self:state(i) ~= "unsent" then again[#again + 1] = i end
  end
  if not again[1] then return end
  must(self:append { record = "reopen", items = again, time = os.time() })
  must(self:sync())
end

-- Writes the counts and the exit status. Returns this record.
function Report:finish(code, elapsed, requests)
  records.rest(self)
  local record = { record = "end", total = self.total, succeeded = self.counts.ok, status = code,
    elapsed = elapsed, requests = requests }
  for _, name in ipairs(errors.outcomes) do record[name] = self.counts[name] end
  if self:append(record) then self:sync() end
  return record
end

-- Closes the report for other processes.
function Report:close()
  if self.journal then self.journal:close() end
end

return report
