--- The report of a run: output, journal and retry list in one file, a JSON object a line.
--
-- * `plan`: `version`, `vendor`, `account`, `mode`, `command`, `operation`, `params`, `options`,
--   `total`, `time`, `ask` (why it asked), and more, see @{streamctl.cli.bulk.plan}
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
-- settled. A process may be killed at any byte: half a record at the end is as
-- if it was never written, since what must be known is on the disk before it is done.
-- @module streamctl.cli.bulk.report

local system = require "streamctl.system"
local encode = require "streamctl.cli.output.encode"
local failure = require "streamctl.cli.failure"
local json = require "streamctl.json"
local reading = require "streamctl.cli.bulk.reading"
local records = require "streamctl.cli.bulk.records"

local report = {}

local FIRST = { "record", "version", "index", "first", "item", "ok", "code", "message" }
local MOST_ITEMS, MOST_BYTES = 1000, 65536 -- of a record with items
local ENOENT = 2

local REMOVED = "the file was removed" -- as the core says it

local Report = {}
Report.__index = Report

-- ---- items ----

--- Keeps an item of the plan: as text, which costs least.
function Report:keep(i, item)
  if type(item) == "table" then
    self.items[i], self.objects[i] = encode.value(item), true
  else
    self.items[i] = item
  end
end

--- An item of the plan.
function Report:item(i)
  return self.objects[i] and json.decode(self.items[i]) or self.items[i]
end

--- What is known of an item. Returns "ok", "failed", "unknown" or "unsent".
function Report:state(i)
  return self.tally:state(i)
end

--- Whether an earlier request for an item may have been executed, whatever came of later ones.
function Report:is_doubtful(i)
  return self.tally:is_doubtful(i)
end

--- Whether `sent` is the last record about an item, and another one can still be written.
function Report:is_begun(i)
  return not self.broken and self:state(i) == "unknown" and not self:is_doubtful(i)
end

--- How many items are in each state. Returns numbers by state.
function Report:counts()
  return self.tally:counts()
end

--- The last record about an item.
function Report:result(i)
  if not self.places[i] then return nil end
  self.file = self.file or io.open(self.path, "rb")
  if not self.file then return nil end
  self.file:seek("set", self.places[i])
  local line = self.file:read "*l"
  return line and json.decode(line)
end

--- Whether all items of the plan are there; until then nothing was sent.
function Report:is_planned()
  return self.plan ~= nil and self.known == self.plan.total
end

-- ---- reading ----

--- Makes an empty one, without a file. `path`: for messages.
function report.new(path)
  return setmetatable({ path = path, items = {}, objects = {}, places = {}, known = 0 },
    Report)
end

-- What a file holds; nil when there is no such file.
local function load_path(path)
  local mode, is_regular = system.file_mode(path)
  if mode and not is_regular then -- to open a pipe would wait for ever
    failure.usage("%s is no regular file, as a report is; name another one", path)
  end
  local file, why, code = io.open(path, "rb")
  if not file then
    if code == ENOENT then return nil end
    failure.usage("cannot read the report %s", why)
  end
  local self = report.new(path)
  reading.load(self, file)
  file:close()
  return self
end

--- Reads a report, without changing it. Returns `plan`, the record; nil when there is no such file,
-- or nothing was planned in it.
function report.read(path)
  local self = load_path(path)
  return self and self:is_planned() and self or nil
end

-- ---- writing ----

--- Opens a report, for this process alone, and makes it if there is none: then its `plan` is nil.
-- Half a record at its end is cut off, and `say` is told so.
function report.open(path, say)
  local journal, why = system.journal(path)
  if not journal then failure.usage("cannot use the report %s: %s", path, why) end
  local fine, self = pcall(load_path, path)
  if not fine then
    journal:close()
    error(self, 0)
  end
  local cut = self.torn
  if not self:is_planned() then self, cut = report.new(path), 0 end
  self.journal = journal
  if cut and journal:size() > cut then
    local done
    done, why = journal:cut(cut)
    if not done then failure.usage("cannot mend the report %s: %s", path, why) end
    if say then
      say:warn("%s ended with half a record, as after a crash; that is cut off", path)
    end
  end
  self.offset = journal:size()
  return self
end

--- A report in which something was planned; ends by `failure.usage` where there is none. `say`, if
-- any: see @{open}; `only_read`, if any: it is not opened for writing.
function report.begun(path, say, only_read)
  local book = report.read(path)
  if not book then
    failure.usage("there is no report %s, or one in which nothing was begun", path)
  end
  return only_read and book or report.open(path, say)
end

local function fail(self, why)
  self.lost = self.lost or why == REMOVED
  self.broken = self.broken or ("the report %s cannot be written: %s"):format(self.path, why)
  return nil, self.broken
end

-- Writes a line; nil and why not. Where another program has written, nobody knows what is there.
local function put(self, line)
  local size, why = self.journal:size()
  if size and size ~= self.offset then
    why, self.lost = "another program has changed the file", size < self.offset
  end
  if why then return nil, why end
  return self.journal:append(line)
end

--- Appends a record. Once that has failed nothing more is written, but results are known here.
-- `broken` says why then; `lost` is true when the file has not even what was written down. Returns
-- true; or nil and why not.
function Report:append(record)
  local line, written, why = encode.value(record, FIRST) .. "\n", nil, nil
  if not self.broken then written, why = put(self, line) end
  if not written and record.record ~= "result" then return fail(self, why) end
  local wrong = records.take(self, record, written and self.offset or nil)
  if wrong then error("the report's own record is wrong: " .. wrong) end
  if not written then return fail(self, why) end
  self.offset = self.offset + #line
  return true
end

--- Makes sure that all records outlive a loss of power. Returns true; or nil and why not.
function Report:sync()
  if self.broken then return nil, self.broken end
  local done, why = self.journal:sync()
  if done then return true end
  return fail(self, why)
end

--- Writes down what will be done. Ends by `failure` when that cannot be written: nothing was sent.
-- `plan`: without `record` and `version`; `list`: `total`, `item(i)`.
function Report:begin(plan, list)
  plan.record, plan.version = "plan", records.VERSION
  local function write(record)
    local done, why = self:append(record)
    if not done then failure.raise(1, why .. "; nothing was sent") end
  end
  write(plan)
  local items, bytes = {}, 0
  for i = 1, list.total do
    local item = list:item(i)
    items[#items + 1] = item
    bytes = bytes + #(type(item) == "table" and encode.value(item) or item)
    if #items == MOST_ITEMS or bytes > MOST_BYTES or i == list.total then
      write { record = "items", first = i - #items + 1, items = encode.list(items) }
      items, bytes = {}, 0
    end
  end
  local done, why = self:sync()
  if not done then failure.raise(1, why .. "; nothing was sent") end
end

--- Writes down that items are sent again. Returns true; or nil and why not.
function Report:reopen(indexes)
  local again = {}
  for _, i in ipairs(indexes) do
    local state = self:state(i)
    if state == "failed" or state == "unknown" then again[#again + 1] = i end
  end
  if #again > 0 then
    local done, why = self:append { record = "reopen", items = again, time = os.time() }
    if not done then return nil, why end
  end
  return self:sync()
end

--- Writes down which key its account has by now. Returns true; or nil and why not.
function Report:adopt(key)
  if self.plan.account == key then return true end
  return self:append { record = "account", account = key, time = os.time() }
end

--- Closes it, and lets others open it.
function Report:close()
  self.journal:close()
  if self.file then self.file:close() end
  self.file = nil
end

return report
