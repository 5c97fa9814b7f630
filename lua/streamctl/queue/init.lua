--- Jobs: work on many items that outlives the process, on Redis Streams.
--
-- docs/explanation/jobs.md has the promises, and docs/how-to/queue.md what Redis has to be. Methods
-- take a client or its account ("zego:1234567890", in the test environment "zego:1234567890:test").
-- A job is an account and a number: "zego:1234567890/1795406195721". Failures of Redis have the
-- code `store`, those of a job that is not there `not_found`.
-- @public streamctl.queue

local adding = require "streamctl.queue.adding"
local checks = require "streamctl.base.checks"
local core = require "streamctl.core"
local encode = require "streamctl.base.encode"
local errors = require "streamctl.base.errors"
local job_scripts = require "streamctl.queue.job_scripts"
local jobs = require "streamctl.queue.jobs"
local named_store = require "streamctl.store.named"
local options = require "streamctl.base.options"
local suggest = require "streamctl.base.suggest"
local work_scripts = require "streamctl.queue.work_scripts"

local scripts = options.merged(job_scripts, work_scripts)

local Queue = { __name = "streamctl.queue" }
Queue.__index = Queue

local queue = {}

local MAX_WAITING = 1000000 -- requests of an account
local MAX_AHEAD = 7 * 86400 -- seconds, of `not_before`
local ASKED = 30 -- seconds for which the answer of a server holds

-- Asks the store about an account, or about all ("queue"). Numbers among the values are sent whole.
-- Returns the answer without its token; or nil, message, err.
function Queue:ask(name, account, values, harmless, replicas)
  if type(account) == "table" then account = rawget(account, "account") end
  if type(account) ~= "string" then
    error("an account is a client or a text such as zego:1234567890, got "
      .. errors.describe(account), 3)
  end
  local store = self.store
  local keys = { store:key("queue", account) .. ":", store:key("accounts", "queue") }
  for i, value in ipairs(values) do
    if type(value) == "number" then values[i] = ("%.0f"):format(value) end
  end
  local reply, why = store:run(scripts[name], keys, values, harmless, replicas)
  if not reply then return errors.new("store", why, { retryable = true, maybe_sent = true }) end
  table.remove(reply, 1)
  for i = 1, #reply do reply[i] = type(reply[i]) == "string" and reply[i] or "" end -- ngx.null
  return reply
end

-- Why a server cannot keep jobs, or nil.
local function misfit(info)
  local version = info:match "redis_version:(%S+)" or "?"
  if (tonumber(version:match "^%d+") or 0) < 7 then
    return "it is of version " .. errors.tidy(version, 20) .. "; take Redis 7 or Valkey"
  elseif not info:find "maxmemory_policy:noeviction" then
    return "it drops keys when memory is short; set maxmemory-policy to noeviction"
  elseif not info:find "aof_enabled:1" then
    return "it forgets all when it ends; set appendonly to yes"
  end
end

-- Finds out what the server is: `replicas`, how many; `ahead`, seconds by which its clock is ahead
-- of the monotonic one; or nil, message, err.
function Queue:server()
  local known, now = self.known_server, core.monotonic()
  if known and now < known.due then return known end
  local reply, message, err = self:ask("server", "queue", {}, true)
  if not reply then return nil, message, err end
  local why = misfit(reply[1])
  if why then return errors.new("store", "this Redis cannot keep jobs: " .. why) end
  known = { replicas = tonumber(reply[1]:match "connected_slaves:(%d+)") or 0,
    ahead = (tonumber(reply[2]) or 0) - now, due = now + ASKED }
  self.known_server = known
  return known
end

local function lifetime(value)
  if type(value) ~= "number" or checks.seconds(value / 7) then
    return "must be more than 0 and at most 604800 seconds, got " .. errors.tidy(value, 100)
  end
end

--- Options of `add`.
-- @table add_options
-- @tfield[opt=false] boolean urgent goes before all that is not
-- @tfield table params parameters that all requests have; an item's parameters win
-- @tfield number not_before Unix seconds before which nothing is sent, at most 7 days off
-- @tfield[opt=86400] number lifetime seconds after that: what was not sent by then is `expired`
-- @tfield[opt=86400] number keep seconds for which the job is known after its end when nothing
-- failed; other jobs are known for 7 days
-- @tfield string note a text for people, such as the id of a request
local ADD_OPTIONS = {
  urgent = checks.boolean, params = checks.parameters, not_before = checks.time,
  lifetime = lifetime, keep = lifetime, note = checks.text,
}

local function misuse(text, ...) error(text:format(...), 4) end -- the caller of `add`

local function check_client(self, client)
  local opts = type(client) == "table" and rawget(client, "options")
  if type(opts) ~= "table" then
    misuse("a client is missing, such as streamctl.zego.new{...}; got %s", errors.describe(client))
  elseif opts.store ~= self.store then
    misuse("the client must have the queue's store: new { store = store, ... }, so that jobs and "
      .. "calls are in one order")
  end
end

-- The row of an operation; or of a method that a batch takes in its place, and this method.
local function row_of(client, name)
  local facts = client.vendor
  local action = facts.batched and facts.batched[name] or name
  local row = type(action) == "string" and facts.operations:find(action)
  if not row then
    misuse("no operation '%s'%s", errors.tidy(name, 100),
      suggest.hint(name, facts.operations:names(name)))
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
-- @treturn[1] string the job
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
  if opts.not_before and opts.not_before > core.now() + MAX_AHEAD then
    return errors.new("invalid_parameter", "not_before must be within 7 days, got "
      .. errors.tidy(opts.not_before, 100))
  end
  local job, message, err = self:server()
  if job then job, message, err = adding.add(self, client, row, method, items, opts) end
  return job, message, err
end

for name, method in pairs(jobs) do Queue[name] = method end

--- Lists the accounts that have work.
-- @function Queue:accounts
-- @treturn[1] table list of texts
-- @failure `store`
function Queue:accounts()
  local reply, message, err = self:ask("accounts", "queue", { "-inf", "" }, true)
  if not reply then return nil, message, err end
  local list = {}
  for i = 3, #reply, 2 do list[#list + 1] = reply[i] end
  return list
end

--- Has workers take no request of an account, until `resume`. What they have taken goes out.
-- @function Queue:pause
-- @tparam table|string account a client, or the account's text
-- @tparam[opt] string why
-- @treturn[1] boolean true
-- @failure `not_found`: a text is given, and there are no open jobs of this account; `store`
function Queue:pause(account, why)
  local reply, message, err = self:ask("pause", account,
    { why ~= "" and why or "paused", type(account) == "string" and "known" or "" }, true)
  if reply and reply[1] == "unknown" then
    return errors.new("not_found", errors.tidy(account, 100)
      .. " has no open jobs, so nothing was paused; q:accounts() has those with jobs")
  end
  return reply and true, message, err
end

--- Has workers go on with an account.
-- @function Queue:resume
-- @tparam table|string account a client, or the account's text
-- @treturn[1] boolean true
-- @failure `store`
function Queue:resume(account)
  local reply, message, err = self:ask("pause", account, { "" }, true)
  return reply and true, message, err
end

--- Carries out jobs until `should_stop` says so. Any number of processes may do so, also in light
-- threads of nginx.
-- @function Queue:work
-- @tparam table given see `streamctl.queue.work`
-- @treturn[1] table `requests`: how many this worker carried out
-- @failure `store`: the server cannot keep jobs
function Queue:work(given)
  local work = require "streamctl.queue.work" -- only workers load it
  local opts, why = options.check(given or {}, work.checks, "the options of ", "work")
  why = why or not opts.clients and "work needs clients: a list, or a function of an account"
  if why then error(why, 2) end
  local done, message, err = work.run(self, opts)
  return done, message, err
end

local is_redis = checks.object { "run" }

local NEW_OPTIONS = { store = options.common.store, durable = checks.boolean,
  max_waiting = checks.whole(1, 1e9) }

--- Makes a queue. Nothing is asked before its first method.
-- @function new
-- @tparam table given `store`: the URL of a Redis, or a `streamctl.store.redis`, which its clients
-- have too; `durable` (false): Redis keeps all that it has acknowledged (appendfsync always, or
-- replicas), so requests that must never be sent twice are taken; `max_waiting` (1000000): requests
-- of an account
-- @treturn table queue
function queue.new(given)
  local opts, why = options.check(given or {}, NEW_OPTIONS, "the argument of ", "new")
  local store
  if opts and not opts.store then
    why = "option 'store' is missing: the URL of a Redis"
  elseif opts and (type(opts.store) ~= "string" or opts.store:find("://", 1, true)) then
    store, why = named_store(opts.store)
  end
  why = why or is_redis(store) and "option 'store' must be a Redis, which keeps jobs"
  if why then error("streamctl.queue.new: " .. why, 2) end
  return setmetatable({ store = store, durable = opts.durable or false,
    max_waiting = opts.max_waiting or MAX_WAITING }, Queue)
end

return queue
