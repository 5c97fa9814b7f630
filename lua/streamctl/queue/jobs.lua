--- The methods of a queue about single jobs.
-- @public streamctl.queue.jobs

local core = require "streamctl.core"
local errors = require "streamctl.base.errors"
local json = require "streamctl.base.json"
local orders = require "streamctl.queue.orders"
local records = require "streamctl.queue.records"
local reports = require "streamctl.many.report"

local jobs = {}

local VERSION = "1" -- of jobs that this version can read

--- What a job is, beside its counts.
-- @table status
-- @tfield string job
-- @tfield string account
-- @tfield string operation
-- @tfield string state "adding", "waiting" (not begun), "working", "paused" (its account is),
-- "done", "cancelled", or "expired" (its adding never ended)
-- @tfield string paused why its account is paused
-- @tfield boolean ok the job has ended, and all went well, see `streamctl.report`
-- @tfield boolean urgent
-- @tfield number added Unix seconds by the server's clock
-- @tfield number not_before the same
-- @tfield number expires the same
-- @tfield string note
local COUNTS = { "succeeded", "failed", "unknown", "superseded" }

local Status = { __tostring = function(self)
  return ("%s: %s, %s"):format(self.job, self.state, reports.summary(self))
end }

-- The status of a job by the fields of its hash; nil for a job of another version.
local function status_of(account, number, fields, paused)
  if fields.v ~= VERSION then return nil end
  local status = setmetatable({ job = account .. "/" .. number, account = account,
    operation = fields.operation, state = fields.state, urgent = fields.lane == "urgent",
    note = fields.note }, Status)
  status.added, status.not_before, status.expires =
    fields.began / 1000, (fields.at or 0) / 1000, fields.ends / 1000
  for _, name in ipairs(COUNTS) do status[name] = tonumber(fields[name]) or 0 end
  status.total = tonumber(fields.total)
  status.elapsed = (tonumber(fields.ended) or core.now() * 1000) / 1000 - status.added
  local ended = status.succeeded + status.failed + status.unknown + status.superseded
  status.unsent = (status.total or ended) - ended
  status.ok = status.state == "done" and status.failed + status.unknown == 0
  if paused ~= "" and (status.state == "waiting" or status.state == "working") then
    status.state, status.paused = "paused", paused
  end
  return status
end

local SUCH_AS = "a job is a text such as zego:1234567890/1795406195721"

-- Takes a job apart: account and number; or nil, message, err for a text that names none.
local function parts_of(job, level)
  if type(job) ~= "string" then error(SUCH_AS .. ", got " .. errors.describe(job), level) end
  local account, number = job:match "^(.+)/(%d+)$"
  if account then return account, number end
  return errors.new("not_found", "there is no job '" .. errors.tidy(job, 100) .. "'; " .. SUCH_AS)
end

local function no_job(account, number)
  return errors.new("not_found", ("there is no job %s/%s; it was never added with this store and "
    .. "prefix, or ended too long ago"):format(account, number))
end

-- Returns the status of a job and the fields of its hash; or nil, message, err.
local function ask(self, job)
  local account, number, none = parts_of(job, 4)
  if not account then return nil, number, none end
  local reply, message, err = self:ask("status", account, { number }, true)
  if not reply then return nil, message, err end
  local fields = json.decode(reply[5])
  if not fields then return no_job(account, number) end
  local status = status_of(account, number, fields, reply[1])
  if status then return status, fields end
  return errors.new("store", ("the job %s cannot be read: it is of version %s"):format(job,
    errors.tidy(fields.v, 20)))
end

--- Tells what a job is.
-- @function Queue:status
-- @tparam string job
-- @treturn[1] table see `status`
-- @failure `not_found`, `store`
function jobs:status(job)
  local status, message, err = ask(self, job)
  if status then return status end
  return nil, message, err
end

--- Lists the open jobs of an account, 1000 at most.
-- @function Queue:jobs
-- @tparam table|string account a client, or the account's text
-- @treturn[1] table list of `status`; `paused` (why), `waiting` (requests), `workers` (that
-- asked within a minute)
-- @failure `store`
function jobs:jobs(account)
  local reply, message, err = self:ask("status", account, {}, true)
  if not reply then return nil, message, err end
  local list = { paused = reply[1] ~= "" and reply[1] or nil, waiting = tonumber(reply[2]),
    workers = tonumber(reply[3]) }
  account = type(account) == "table" and account.account or account
  for i = 4, #reply, 2 do
    local fields = json.decode(reply[i + 1])
    list[#list + 1] = fields and status_of(account, reply[i], fields, reply[1])
  end
  return list
end

--- Goes over the records of a job, which are those of a report (docs/reference/report.md).
-- @function Queue:records
-- @tparam string job
-- @treturn[1] function that returns the next record, nil at the end
-- @failure `not_found`, `store`
function jobs:records(job)
  local status, fields, err = ask(self, job)
  if not status then return nil, fields, err end
  return records.of(self, status, fields)
end

--- Cancels a job: what no worker has taken by then is never sent.
-- @function Queue:cancel
-- @tparam string job
-- @treturn[1] boolean true; false when it had ended before
-- @failure `not_found`, `store`
function jobs:cancel(job)
  local account, number, none = parts_of(job, 3)
  if not account then return nil, number, none end
  local reply, message, err = self:ask("cancel", account, { number }, true)
  if not reply then return nil, message, err end
  if reply[1] == "" then return no_job(account, number) end
  orders.close(self.store, json.decode_list(reply[2]) or {}, tonumber(reply[3]))
  return reply[1] == "1"
end

return jobs
