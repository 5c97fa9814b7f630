--- Jobs: work on many items that outlives the process, on Redis Streams.
--
--     local store = streamctl.store.redis(connect)
--     local rtc = streamctl.zego.new { app_id = ..., server_secret = ..., store = store }
--     local q = streamctl.queue.new { store = store }
--     local job = assert(q:add(rtc, "ResumeRTCStreams", ids))  -- anywhere, and does not wait
--     q:work { clients = { rtc }, stop = asked_to_end }        -- in many processes
--
-- A job is an operation for many items. Its age is the moment when it was added: an item gives way
-- (`superseded`) where a newer call, direct or of a newer job, was made for the same stream or
-- task, also hours later. Requests that may be repeated are sent at least once; all others at most
-- once, and their outcome may be unknown. docs/queue.md has the promises and what Redis has to be.
-- @public streamctl.queue

local adding = require "streamctl.queue.adding"
local checks = require "streamctl.checks"
local core = require "streamctl.core"
local encode = require "streamctl.encode"
local errors = require "streamctl.errors"
local json = require "streamctl.json"
local options = require "streamctl.options"
local orders = require "streamctl.queue.orders"
local records = require "streamctl.queue.records"
local scripts = require "streamctl.queue.scripts"
local suggest = require "streamctl.suggest"

local Queue = { __name = "streamctl.queue" }
Queue.__index = Queue

local queue = {}

local MAX_WAITING = 1000000 -- requests of an account
local DAY = 86400
local MAX_AHEAD = 7 * DAY -- of `at`

local function fail(code, text, fields) return errors.new(code, text, fields) end

-- Asks the store. Returns the answer without its token; or nil, message, err.
function Queue:ask(name, account, values, harmless, replicas)
  local keys = { self.store:key("queue", account) .. ":" }
  local reply, why = self.store:run(scripts[name], keys, values, harmless, replicas)
  if not reply then return fail("store", why) end
  table.remove(reply, 1)
  return reply
end

-- The same for the scripts about all accounts.
function Queue:ask_accounts(name, values)
  local reply, why = self.store:run(scripts[name], { self.store:key("accounts", "queue") }, values,
    true)
  if not reply then return fail("store", why) end
  table.remove(reply, 1)
  return reply
end

-- Notes once what the server of an account is: `replicas`; or returns nil, message, err.
function Queue:server(account)
  local known = self.servers[account]
  if known then return known end
  local reply, message, err = self:ask("server", account, {}, true)
  if not reply then return nil, message, err end
  local version, aof, policy, replicas = (table.unpack or unpack)(reply) -- luacheck: ignore
  local why
  if (tonumber(version:match "^%d+") or 0) < 7 then
    why = "it is of version " .. errors.tidy(version, 20) .. ", and jobs need Redis 7 or Valkey"
  elseif policy ~= "noeviction" then
    why = "its maxmemory-policy is " .. errors.tidy(policy, 40) .. ", by which it drops keys when "
      .. "memory is short; set noeviction"
  elseif aof ~= "1" then
    why = "it forgets all when it ends; set appendonly yes"
  end
  if why then return fail("store", "this Redis cannot keep jobs: " .. why) end
  known = { replicas = tonumber(replicas) or 0 }
  self.servers[account] = known
  return known
end

-- ---- adding ----

local ADD_OPTIONS = {
  urgent = checks.boolean, params = checks.parameters, at = checks.time, note = checks.text,
  within = function(value)
    return checks.seconds(value / 7) and "must be more than 0 and at most 7 days, in seconds"
  end,
  plan = checks.parameters, opened = checks.callback,
}

--- Options of `add`.
-- @table add_options
-- @tfield[opt=false] boolean urgent goes before all that is not
-- @tfield table params parameters that all requests have; an item's parameters win
-- @tfield number at Unix seconds before which nothing is sent, at most 7 days off
-- @tfield[opt=86400] number within seconds after `at`: what was not sent by then is `expired`
-- @tfield string note a text for people, such as the id of a request
-- @tfield table plan further fields of the plan of `records`
-- @tfield function opened is called when the job has its age and no entries, so that jobs which it
-- adds are newer. When it returns nil, message, err, so does `add`

local CALLER = 4 -- of a method: misuse, the check, the method, its caller

local function misuse(text, ...) error(text:format(...), CALLER) end

local function check_client(self, client)
  local opts = type(client) == "table" and rawget(client, "options")
  if type(opts) ~= "table" or not client.vendor then
    misuse("a client is missing, such as streamctl.zego.new{...}; got %s", errors.describe(client))
  elseif opts.store ~= self.store then
    misuse("the client must have the queue's store: new { store = store, ... }, so that jobs and "
      .. "calls are in one order")
  end
end

-- The row of an operation, or of a method that a batch takes in its place.
local function row_of(client, name)
  local facts = client.vendor
  local action = facts.batched and facts.batched[name] or name
  local row = type(action) == "string" and facts.operations:find(action)
  if not row then
    misuse("no operation '%s'%s", errors.tidy(name, 100),
      suggest.hint(tostring(name), options.set_of(facts.operations:names())))
  elseif row.read then
    misuse("%s changes nothing, so there is no job for it; call it", row.action)
  end
  return row, action ~= name and name or nil
end

--- Adds a job. It goes on when this process ends.
-- @function Queue:add
-- @tparam table client of the account, with the queue's store
-- @tparam string operation in either spelling, one that changes something
-- @tparam table|function items as of `client:batch`
-- @tparam[opt] table given see `add_options`
-- @treturn[1] string the job, such as "zego:1234567890/1795406195721"
-- @failure `invalid_parameter`: an item is wrong, and nothing was added; `full`; `store`: Redis
-- failed, or cannot keep jobs
function Queue:add(client, operation, items, given)
  check_client(self, client)
  local row, method = row_of(client, operation)
  if type(items) ~= "function" and (type(items) ~= "table" or not encode.list_length(items)) then
    error("add takes a list of items without gaps or names, or an iterator", 2)
  end
  local opts, why = options.check(given, ADD_OPTIONS, "the options of ", "add")
  if not opts then error(why, 2) end
  local account, now = client.scope, core.now()
  if opts.at and opts.at > now + MAX_AHEAD then
    return fail("invalid_parameter", "at must be within 7 days, got " .. tostring(opts.at))
  end
  local ready, message, err = self:server(account)
  if not ready then return nil, message, err end
  ready, message, err = self:ask_accounts("accounts", { account, "0" })
  if not ready then return nil, message, err end
  local number
  number, message, err = adding.add(self, client, row, items, {
    account = account, lane = opts.urgent and "urgent" or "bulk", at = opts.at or 0,
    within = opts.within or DAY, opened = opts.opened,
  }, {
    operation = row.action, method = method, params = opts.params or {}, note = opts.note,
    plan = opts.plan, vendor = client.vendor.name, endpoint = client.endpoint,
    mode = client.context.stream_prefix and "test" or "live", region = client.options.region,
  })
  return number and account .. "/" .. number, message, err
end

-- ---- jobs ----

-- Takes a job apart: account and number; or throws.
local function parts_of(job)
  local account, number = tostring(job):match "^(.+)/(%d+)$"
  if not account then
    misuse("a job is a text such as zego:1234567890/1795406195721, got %s", errors.tidy(job, 100))
  end
  return account, number
end

--- What a job is.
-- @table status
-- @tfield string job
-- @tfield string account
-- @tfield string operation
-- @tfield string state "adding", "waiting" (not begun), "working", "paused" (its account is),
-- "done", "cancelled", or "expired" (its adding never ended)
-- @tfield integer total items; nil while the job is added
-- @tfield integer ok
-- @tfield integer failed
-- @tfield integer unknown
-- @tfield integer superseded
-- @tfield boolean urgent
-- @tfield number added Unix seconds by the server's clock, as `at` and `ends`
-- @tfield string note
-- @tfield string paused why its account is paused

local WHOLE = { "total", "ok", "failed", "unknown", "superseded" }

local function status_of(account, number, text, paused)
  local job = json.decode(text)
  local status = { job = account .. "/" .. number, account = account, operation = job.operation,
    state = job.state, note = job.note, urgent = job.lane == "urgent", fields = job }
  status.added, status.at, status.ends = job.began / 1000, job.at / 1000, job.ends / 1000
  for _, name in ipairs(WHOLE) do status[name] = tonumber(job[name]) end
  if paused ~= "" and (job.state == "waiting" or job.state == "working") then
    status.state, status.paused = "paused", paused
  end
  return status
end

local function unknown_job(job)
  return fail("not_found", "there is no job " .. job .. "; it was never added with this store and "
    .. "prefix, or ended more than 7 days ago")
end

--- Tells what a job is.
-- @function Queue:status
-- @tparam string job
-- @treturn[1] table see `status`
-- @failure `not_found`, `store`
function Queue:status(job)
  local account, number = parts_of(job)
  local reply, message, err = self:ask("status", account, { number }, true)
  if not reply then return nil, message, err end
  if reply[7] == "" then return unknown_job(job) end
  local status = status_of(account, number, reply[7], reply[1])
  status.fields = nil
  return status
end

--- Lists the open jobs of an account, 1000 at most.
-- @function Queue:jobs
-- @tparam string account such as "zego:1234567890", a client's `scope`
-- @treturn[1] table list of `status`; `paused` (why), `waiting` (requests), `workers`, `refused`
-- (entries that were no requests)
-- @failure `store`
function Queue:jobs(account)
  local reply, message, err = self:ask("status", account, {}, true)
  if not reply then return nil, message, err end
  local list = { paused = reply[1] ~= "" and reply[1] or nil, waiting = tonumber(reply[3]),
    workers = tonumber(reply[4]), refused = tonumber(reply[5]) }
  for i = 6, #reply, 2 do
    local is_there = reply[i + 1] ~= ""
    if is_there then
      list[#list + 1] = status_of(account, reply[i], reply[i + 1], reply[1])
      list[#list].fields = nil
    end
  end
  return list
end

--- Lists the accounts that have work.
-- @function Queue:accounts
-- @treturn[1] table list of texts
-- @failure `store`
function Queue:accounts()
  local reply, message, err = self:ask_accounts("accounts", { "", "-inf" })
  if not reply then return nil, message, err end
  local list = {}
  for i = 2, #reply, 2 do list[#list + 1] = reply[i] end
  return list
end

--- Goes over the records of a job, which are those of a report (docs/command.md).
-- @function Queue:records
-- @tparam string job
-- @treturn[1] function that returns the next record, nil at the end
-- @failure `not_found`, `store`
function Queue:records(job)
  local account, number = parts_of(job)
  local reply, message, err = self:ask("status", account, { number }, true)
  if not reply then return nil, message, err end
  if reply[7] == "" then return unknown_job(job) end
  return records.of(self, account, number, status_of(account, number, reply[7], ""))
end

--- Cancels a job: what was not sent by then is never sent.
-- @function Queue:cancel
-- @tparam string job
-- @treturn[1] boolean true; false when it had ended before
-- @failure `not_found`, `store`
function Queue:cancel(job)
  local account, number = parts_of(job)
  local reply, message, err = self:ask("cancel", account, { number }, true)
  if not reply then return nil, message, err end
  if reply[1] == "" then return unknown_job(job) end
  local names = json.decode_list(reply[2] ~= "" and reply[2] or "[]")
  if reply[3] ~= "" then orders.close(self.store, names, tonumber(reply[3])) end
  return reply[1] ~= "done" and reply[1] ~= "expired" and reply[1] ~= "cancelled"
end

--- Has workers send nothing for an account, until `resume`.
-- @function Queue:pause
-- @tparam string account
-- @tparam[opt] string why
-- @treturn[1] boolean true
-- @failure `store`
function Queue:pause(account, why)
  local reply, message, err = self:ask("pause", account, { why or "paused" }, true)
  return reply and true, message, err
end

--- Has workers go on with an account.
-- @function Queue:resume
-- @tparam string account
-- @treturn[1] boolean true
-- @failure `store`
function Queue:resume(account)
  local reply, message, err = self:ask("pause", account, { "" }, true)
  return reply and true, message, err
end

--- Carries out jobs until `stop` says so. Any number of processes may do so, also in light threads
-- of nginx; see `streamctl.queue.work`.
-- @function Queue:work
-- @tparam table given see `streamctl.queue.work`
-- @treturn[1] table `requests`: how many this worker carried out
-- @failure `store`
function Queue:work(given)
  local work = require "streamctl.queue.work" -- only workers load it
  local opts, why = options.check(given or {}, work.checks, "the options of ", "work")
  if not opts then error(why, 2) end
  if not opts.clients then error("work needs clients: a list, or a function of an account", 2) end
  return work.run(self, opts)
end

local NEW_OPTIONS = {
  store = checks.object { "stamp", "reserve", "run" }, durable = checks.boolean,
  max_waiting = checks.whole(1, 1e9),
}

--- Makes a queue. Nothing is asked before its first method.
-- @function new
-- @tparam table given `store`: a `streamctl.store.redis`, which its clients have too; `durable`
-- (false): Redis keeps all that it has acknowledged (appendfsync always, or replicas), so requests
-- that must never be sent twice are taken; `max_waiting` (1000000): requests of an account
-- @treturn table queue
function queue.new(given)
  local opts, why = options.check(given or {}, NEW_OPTIONS, "the argument of ", "new")
  if opts and not opts.store then why = "option 'store' is missing: a streamctl.store.redis" end
  if why then error("streamctl.queue.new: " .. why, 2) end
  return setmetatable({ store = opts.store, durable = opts.durable or false, servers = {},
    max_waiting = opts.max_waiting or MAX_WAITING }, Queue)
end

return queue
