--- A worker: carries out the jobs of its accounts.
--
-- It takes the next request of an account when the last one has gone out, urgent before bulk, and
-- never sends faster than the documented rate, which all workers share through the store. A batch
-- has half a lease (entry.lua). Others claim what was idle for a lease (work_scripts.lua).
-- @public streamctl.queue.work

local checks = require "streamctl.base.checks"
local core = require "streamctl.core"
local encode = require "streamctl.base.encode"
local entries = require "streamctl.queue.entry"
local errors = require "streamctl.base.errors"
local options = require "streamctl.base.options"
local pick = require "streamctl.loop.pick"
local protected = require "streamctl.loop.protected"
local suggest = require "streamctl.base.suggest"

local work = {}

local function clients_check(value)
  if type(value) ~= "function" and not (type(value) == "table" and encode.list_length(value)) then
    return "must be a list of clients, or a function of an account"
  end
end

--- Options of `work`.
-- @table options
-- @tfield table|function clients of the accounts, with the queue's store: a list; or a function
-- that returns the client of an account such as "zego:1234567890", or nil to leave it to others
-- @tfield string|table only operations, in either spelling; a job of another operation fails.
-- Whoever may write the Redis can add jobs, and they are carried out with the keys of the clients
-- @tfield[opt=4] integer concurrency requests under way at a time; an urgent one may come on top
-- @tfield[opt=60] number lease seconds, at least twice the clients' `timeout` and 6 more
-- @tfield function should_stop is asked again and again, with a table of `requests` (that the
-- worker has taken) and `elapsed` (seconds). When it returns true or a reason, the worker takes
-- nothing more, waits for what is out, gives back what was not sent, and returns
-- @tfield function on_event gets `event` ("queue"), `time` (Unix seconds), `account`, `vendor`,
-- `code`, `message`: what kept the worker from its work; and each 15 s `event` ("lengths"), `time`,
-- `urgent` and `bulk`: tables of `waiting`, `taken` (by a worker) and `later` (not due, or behind
-- others), in requests of all accounts that have work, and `oldest`: seconds since one was due
work.checks = {
  clients = clients_check, only = checks.texts, concurrency = checks.whole(1, 1000),
  lease = checks.seconds, should_stop = checks.callback, on_event = checks.callback,
}

-- Seconds.
local READ = 0.25 -- between questions for accounts with new work
local READ_IDLE = 0.8 -- the same, while no account is known to have work
local READ_ALL = 30 -- between questions for all accounts
local PAUSE = 0.02 -- of a task for which no account is due
local AGAIN = 1 -- after a failure of the store
local PAUSED = 5 -- between questions for a paused account
local FRESH = 5 -- after a job was added, while its entries may still come
local LENGTHS = 15 -- between questions how much is queued
local IDLE = 0.02 -- between questions for accounts without work
local FORGOTTEN = 60 -- without a job

local Worker = {}
Worker.__index = Worker

function Worker:is_over()
  local should_stop = self.options.should_stop
  self.over = self.over or should_stop and should_stop { requests = self.requests,
    elapsed = core.monotonic() - self.began } or false
  return self.over
end

-- Hands the listener an event; an error of the listener is dropped.
local function inform(self, event)
  if self.options.on_event then protected.inform(self.options.on_event, event) end
end

-- Tells the listener what kept the worker from its work.
function Worker:tell(account, message, code)
  inform(self, { event = "queue", time = core.now(), account = account,
    vendor = account and account:match("^%a+"), code = code, message = message })
end

-- Asks the queue, and tells the listener of a failure.
function Worker:ask(account, name, values, replicas)
  local harmless = name ~= "take" -- a second one takes another entry
  local reply, message, err = self.queue:ask(name, account.key, values, harmless, replicas)
  if not reply then self:tell(account.key, message, err.code) end
  return reply
end

-- ---- accounts ----

-- Why a client cannot be this worker's, or nil.
local function misfit(self, client)
  local opts = type(client) == "table" and rawget(client, "options")
  if not opts then return "a client is missing, got " .. errors.describe(client) end
  local needed = 2 * (opts.timeout + 3)
  if opts.store ~= self.queue.store then
    return "a client must have the queue's store: new { store = store, ... }"
  elseif self.lease < needed then
    return ("the lease must be at least %g s, twice the client's timeout and 6 s; got %g"):format(
      needed, self.lease)
  end
end

-- The client of an account; nil where others have the client.
local function client_of(self, key)
  local clients = self.options.clients
  if type(clients) == "table" then return self.clients[key] end
  local client = clients(key)
  local why = client and misfit(self, client)
  if client and not why and client.account ~= key then
    why = "the client for " .. key .. " is one of " .. client.account
  end
  if why then self:tell(key, "invalid_parameter: " .. why, "invalid_parameter") end
  return not why and client or nil
end

-- Notes accounts to which jobs were added. One task asks, and the others go on meanwhile.
local function read_accounts(self)
  local now = core.monotonic()
  if now < self.read_at then return end
  local is_whole = now >= self.all_at
  self.read_at = math.huge
  local reply, message, err = self.queue:ask_accounts("accounts",
    { "", is_whole and "-inf" or self.since })
  now = core.monotonic()
  self.read_at = now + AGAIN
  if not reply then return self:tell(nil, message, err.code) end
  if is_whole then self.all_at = now + READ_ALL end
  self.since = ("%.0f"):format(reply[1] - 1000)
  for i = 2, #reply, 2 do
    local key, added = reply[i], reply[i + 1]
    local account = self.accounts[key]
    if not account then
      account = { key = key, refused = 0, search_at = 0 }
      self.accounts[key], self.list[#self.list + 1] = account, account
    end
    if account.added ~= added then
      account.added, account.added_at, account.due, account.urgent_due = added, now, 0, 0
    end
  end
  self.read_at = now + (self.list[1] and READ or READ_IDLE)
end

-- Tells the listener how much is queued. One task asks, and the others go on meanwhile.
local function tell_lengths(self)
  local is_known = self.since and true
  if not self.options.on_event or not is_known or core.monotonic() < self.lengths_at then return end
  self.lengths_at = math.huge
  local event, lanes = { event = "lengths", time = core.now() }, { "urgent", "bulk" }
  for _, lane in ipairs(lanes) do
    event[lane] = { waiting = 0, taken = 0, later = 0, oldest = 0 }
  end
  for _, account in ipairs(options.merged(self.list)) do
    local reply = self:ask(account, "lengths", {})
    for i, lane in ipairs(reply and lanes or {}) do
      local sum, at = event[lane], 4 * i - 3
      sum.waiting, sum.taken = sum.waiting + reply[at], sum.taken + reply[at + 1]
      sum.later = sum.later + reply[at + 2]
      sum.oldest = math.max(sum.oldest, reply[at + 3] / 1000)
    end
    is_known = is_known and reply
  end
  self.lengths_at = core.monotonic() + LENGTHS
  if is_known then inform(self, event) end
end

-- The next account with work, from a random place on, so that accounts have equal chances.
local function next_account(self, is_urgent)
  local list, now = self.list, core.monotonic()
  local from = math.floor(core.random() * #list)
  for i = 1, #list do
    local account = list[(from + i) % #list + 1]
    local due = is_urgent and account.urgent_due or account.taker and math.huge or account.due
    if due <= now then return account end
  end
end

local function forget(self, account)
  self.queue:ask_accounts("forget", { account.key, account.added })
  self.accounts[account.key] = nil
  for i, other in ipairs(self.list) do
    if other == account then return table.remove(self.list, i) end
  end
end

-- Seconds until an account without an entry is asked again, by the answer to the last question.
local function pause_after(self, account, reply, is_urgent)
  if not account.client then return READ_ALL end
  if not reply then return AGAIN end
  if reply[1] == "paused" then return PAUSED end
  local since, has_job = core.monotonic() - account.added_at, reply[3] ~= "0"
  if not has_job and since > FORGOTTEN and not is_urgent then forget(self, account) end
  -- many accounts without work leave time for accounts with work
  local is_fresh = has_job and since < (is_urgent and 2 * READ or FRESH)
  local pause = is_fresh and READ or is_urgent and READ_ALL
    or math.max(self.lease / 20, #self.list * IDLE)
  return math.max(math.min(pause, (tonumber(reply[2]) or math.huge) / 1000), PAUSE)
end

-- ---- tasks ----

-- Takes an entry of an account, if there is one, and carries it out. The `taker` of an account is
-- the task whose request has not gone out yet; the task of urgent requests is none.
local function serve(self, account, is_urgent)
  local taker, reply, now, wall = not is_urgent and {} or nil, nil, core.clocks()
  if taker then account.taker = taker end
  account.client = account.client or client_of(self, account.key)
  if account.client then
    local searches = taker and now >= account.search_at
    reply = self:ask(account, "take", { self.consumer, ("%.0f"):format(self.lease * 1000),
      is_urgent and "1" or "0", searches and "1" or "0" })
    local is_left = reply and reply[14] == "1" -- so there may be more
    if searches and not is_left then account.search_at = now + self.lease / 20 end
  end
  if reply and reply[1] == "entry" then
    self.requests = self.requests + 1
    entries.carry_out(self, account, entries.read(reply, now, wall), taker)
  else
    local due = core.monotonic() + pause_after(self, account, reply, is_urgent)
    if is_urgent then account.urgent_due = due else account.due = due end
  end
  if account.taker == taker then account.taker = nil end
end

local function task(self, is_urgent)
  local function run()
    local sleep = pick.current().sleep -- that of the task
    while not self:is_over() do
      read_accounts(self)
      tell_lengths(self)
      local account = next_account(self, is_urgent)
      if account then serve(self, account, is_urgent) else sleep(PAUSE) end
    end
  end
  return function()
    local fine, thrown = protected.call(run)
    if fine then return end
    self.over = true -- the other tasks end, too
    error(thrown, 0)
  end
end

-- The set of the operations of `only`, as the vendors spell them; or nil and which is unknown.
local function names_of(only)
  local set, aliyun, zego = {}, require "streamctl.aliyun.operations",
    require "streamctl.zego.operations"
  for _, name in ipairs(type(only) == "table" and only or { only }) do
    local row = aliyun:find(name) or zego:find(name)
    if not row then
      local names = options.set_of(aliyun:names(name), zego:names(name))
      return nil, "no operation '" .. errors.tidy(name, 100) .. "'" .. suggest.hint(name, names)
    end
    set[row.action] = true
  end
  return set
end

-- Works until the option `should_stop` says so. Returns counts; or nil, message, err.
function work.run(queue, given)
  local self = setmetatable({ queue = queue, options = given, lease = given.lease or 60,
    requests = 0, began = core.monotonic(), consumer = core.nonce(), accounts = {}, list = {},
    clients = {}, read_at = 0, all_at = 0, lengths_at = 0 }, Worker)
  if given.only then
    local only, unknown = names_of(given.only)
    if not only then error(unknown, 3) end
    self.only = only
  end
  for _, client in ipairs(type(given.clients) == "table" and given.clients or {}) do
    local why = misfit(self, client)
    if why then error(why, 3) end
    self.clients[client.account] = client
  end
  local ready, message, err = queue:server "queue"
  while not ready and err.retryable and not self:is_over() do
    self:tell(nil, message, err.code)
    pick.current().sleep(AGAIN)
    ready, message, err = queue:server "queue"
  end
  if self.over and not ready then return { requests = 0 } end
  if not ready then return nil, message, err end
  local tasks = { task(self, true) }
  for i = 1, given.concurrency or 4 do tasks[i + 1] = task(self, false) end
  local ok, why = protected.call(protected.together, pick.current(), tasks)
  for _, account in ipairs(self.list) do self:ask(account, "leave", { self.consumer }) end
  if not ok then error(why, 0) end
  return { requests = self.requests }
end

return work
