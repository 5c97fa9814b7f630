--- The report of a run: output, journal and retry list in one file, a JSON object a line.
--
-- * `plan`: `version`, `vendor`, `account`, `mode`, `command`, `operation`, `params`, `options`,
--   `total`, `time`, `ask` (why it asked), and more, see `streamctl.cli.bulk.plan`
-- * `items`: `first`, `items`: what the plan is about, up to 1000 of them. Nothing is sent before
--   all are there
-- * `sent`: `items` (their numbers), `settle`, `time`: written before the request goes out, where
--   that must not be repeated
-- * `result`: `index`, `item`, `ok`; of a failure `code`, `message` and more
-- * `reopen`: `items` (their numbers) that failed or are unknown, and that `streamctl retry` sends
--   again
-- * `account`: the key that the plan's account has from now on
-- * `end`: `total`, `succeeded`, `failed`, `unknown`, `unsent`, `status`, `elapsed`
--
-- An item is what its last record says: "ok", "failed", "unknown" (sent without a result, or the
-- result says so) or "unsent". What is unknown and sent again stays unknown until it succeeds or is
-- settled. A process may be killed at any byte: half a record at the end is as if it was never
-- written, since what must be known is on the disk before it is done. A run without --report has a
-- report without a file.
-- @module streamctl.cli.bulk.report

local encode = require "streamctl.cli.output.encode"
local failure = require "streamctl.cli.failure"
local json = require "streamctl.json"
local lines = require "streamctl.cli.bulk.lines"
local records = require "streamctl.cli.bulk.records"
local status = require "streamctl.cli.status"
local system = require "streamctl.system"

local report = { LONGEST = 2 ^ 24 } -- bytes of a record

local FIRST = { "record", "version", "index", "first", "item", "ok", "code", "message" }
local BEGINNING = '{"record":"'
local MOST_ITEMS, MOST_BYTES = 1000, 65536 -- of a record with items
local ENOENT = 2

local REMOVED = "the file was removed" -- as the core says it

local Report = {}
Report.__index = Report

-- ---- items ----

--- Keeps the next item of the plan: as text, which costs least.
function Report:keep(item)
  local i = self.known + 1
  self.known = i
  if type(item) == "table" then item, self.objects[i] = encode.value(item), true end
  self.items[i] = item
end

--- An item of the plan.
function Report:item(i)
  return self.objects[i] and json.decode(self.items[i]) or self.items[i]
end

--- What is known of an item: "ok", "failed", "unknown" or "unsent".
function Report:state(i)
  return self.states[i] or "unsent"
end

--- Whether `sent` is the last record about an item, and another one can still be written.
function Report:is_begun(i)
  return not self.broken and self:state(i) == "unknown" and not self.doubts[i]
end

--- How many items are in each state. Returns numbers by state.
function Report:counts()
  local counts = { ok = 0, failed = 0, unknown = 0, unsent = 0 }
  for i = 1, self.total do
    local state = self:state(i)
    counts[state] = counts[state] + 1
  end
  return counts
end

--- The numbers of the items whose state is in a set, such as `{ failed = true }`.
function Report:numbers(states)
  local numbers = {}
  for i = 1, self.total do
    if states[self:state(i)] then numbers[#numbers + 1] = i end
  end
  return numbers
end

--- Whether all items of the plan are there; until then nothing was sent.
function Report:is_planned()
  return self.plan ~= nil and self.known == self.total
end

-- ---- reading ----

--- An empty one, without a file. `path`: for messages. With a `plan` it is one that has no file.
-- Of items that are unknown it has `queries`, which ask about them, and `doubts`: whether an
-- earlier request may have been executed, whatever came of later ones.
function report.new(path, plan)
  local total = plan and plan.total or 0
  return setmetatable({ path = path, plan = plan, total = total, known = total, items = {},
    objects = {}, states = {}, queries = {}, doubts = {} }, Report)
end

--- Takes in a line, which begins at an offset of the file; `is_half`: its end is missing, and half
-- a record is what a crash leaves. Returns nothing, or what is wrong with the line.
function Report:take(line, offset, is_half)
  if #line > report.LONGEST then return "a line is longer than 16 MiB" end
  if is_half then
    self.torn = offset
    return line:sub(1, #BEGINNING) ~= BEGINNING:sub(1, #line) and "it does not begin as a record"
      or nil
  end
  local record, why = json.decode(line)
  if not record then return why end
  return records.take(self, record)
end

-- What a file holds; nil when there is no such file.
local function load(path)
  local mode, is_regular = system.file_mode(path)
  if mode and not is_regular then -- to open a pipe would wait for ever
    failure.usage("%s is no regular file, as a report is; name another one", path)
  end
  local file, why, code = io.open(path, "rb")
  if not file then
    if code == ENOENT then return nil end
    failure.usage("cannot read the report %s", why)
  end
  local self, number = report.new(path), 0
  why = lines.each(file, report.LONGEST, function(...)
    number = number + 1
    local wrong = self:take(...)
    if wrong then
      failure.usage("the report %s cannot be used: line %d: %s; %s", path, number, wrong, self.plan
        and ("--repair leaves such lines out, and keeps the file as it is as %s.old"):format(path)
        or "name another file")
    end
  end)
  file:close()
  if why then failure.usage("cannot read the report %s: %s", path, why) end
  return self
end

--- Reads a report, without changing it. Returns nil when there is no such file, or nothing was
-- planned in it.
function report.read(path)
  local self = load(path)
  return self and self:is_planned() and self or nil
end

-- ---- writing ----

--- Opens a report, for this process alone, and makes it if there is none: then its `plan` is nil.
-- Half a record at its end is cut off, and `say` is told so.
function report.open(path, say)
  local journal, why = system.journal(path)
  if not journal then failure.usage("cannot use the report %s: %s", path, why) end
  local self = load(path)
  local size = self.torn
  if not self:is_planned() then self, size = report.new(path), 0 end
  self.journal = journal
  if size and journal:size() > size then
    local done
    done, why = journal:cut(size)
    if not done then failure.usage("cannot mend the report %s: %s", path, why) end
    say:warn("%s ended with half a record, as after a crash; that is cut off", path)
  end
  self.offset = journal:size()
  return self
end

--- A report in which something was planned; ends by `failure.usage` where there is none. `say`, if
-- any: see @{open}; else it is not opened for writing.
function report.begun(path, say)
  local self = report.read(path)
  if not self then
    failure.usage("there is no report %s, or one in which nothing was begun", path)
  end
  return say and report.open(path, say) or self
end

local function fail(self, why)
  self.lost = self.lost or why == REMOVED
  self.broken = self.broken or ("the report %s cannot be written: %s"):format(self.path, why)
  return nil, self.broken
end

-- Writes a record. Where another program has written, nobody knows what is there. Returns nil and
-- why it cannot be written, if so.
local function write(self, record)
  if self.broken then return nil, self.broken end
  local size, why = self.journal:size()
  if size and size ~= self.offset then
    why, self.lost = "another program has changed the file", size < self.offset
  end
  if why then return nil, why end
  local line = encode.value(record, FIRST) .. "\n"
  local done
  done, why = self.journal:append(line)
  if done then self.offset = size + #line end
  return done, why
end

--- Appends a record. Once that has failed nothing more is written, but results are known here.
-- `broken` says why then; `lost` is true when the file has not even what was written down. Returns
-- true; or nil and why not.
function Report:append(record)
  local written, why = true, nil
  if self.path then written, why = write(self, record) end
  if written or record.record == "result" then
    local wrong = records.take(self, record)
    if wrong then error("the report's own record is wrong: " .. wrong) end
  end
  if not written then return fail(self, why) end
  return true
end

--- Makes sure that all records outlive a loss of power. Returns true; or nil and why not.
function Report:sync()
  if self.broken then return nil, self.broken end
  if not self.path then return true end
  local done, why = self.journal:sync()
  if done then return true end
  return fail(self, why)
end

-- Writes what must be there before anything is sent; ends by `failure` when it cannot.
local function must(done, why)
  if not done then failure.raise(status.FAILED, why .. "; nothing was sent") end
end

--- Writes down what will be done; `list`: `total`, `item(i)`.
function Report:begin(plan, list)
  plan.record, plan.version = "plan", records.VERSION
  must(self:append(plan))
  local items, bytes = {}, 0
  for i = 1, list.total do
    local item = list:item(i)
    items[#items + 1] = item
    bytes = bytes + #(type(item) == "table" and encode.value(item) or item)
    if #items == MOST_ITEMS or bytes > MOST_BYTES or i == list.total then
      must(self:append { record = "items", first = i - #items + 1, items = encode.list(items) })
      items, bytes = {}, 0
    end
  end
  must(self:sync())
end

--- Writes down with which key of its account it goes on, and which items are sent again, if any.
function Report:go_on(key, numbers)
  if self.plan.account ~= key then
    must(self:append { record = "account", account = key, time = os.time() })
  end
  local again = {}
  for _, i in ipairs(numbers or {}) do
    local state = self:state(i)
    if state == "failed" or state == "unknown" then again[#again + 1] = i end
  end
  if not again[1] then return end
  must(self:append { record = "reopen", items = again, time = os.time() })
  must(self:sync())
end

--- Writes down how all of it stands, with the exit status of the command, and closes it. Returns
-- what it wrote; `broken` tells whether that was written.
function Report:finish(code, elapsed)
  local counts = self:counts()
  local record = { record = "end", total = self.total, succeeded = counts.ok,
    failed = counts.failed, unknown = counts.unknown, unsent = counts.unsent, status = code,
    elapsed = elapsed }
  if self:append(record) then self:sync() end
  self:close()
  return record
end

--- Closes it, and lets others open it.
function Report:close()
  if self.journal then self.journal:close() end
end

return report
