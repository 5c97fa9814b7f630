--- A worker: carries out the jobs of its accounts.
--
-- It takes the next request of an account when the last one has gone out, urgent before bulk, and
-- never sends faster than the documented rate, which all workers share through the store. A request
-- is a worker's for the time of the lease; what a dead worker left, others take then.
-- @public streamctl.queue.work

local checks = require "streamctl.checks"
local core = require "streamctl.core"
local entries = require "streamctl.queue.entry"
local errors = require "streamctl.errors"
local pick = require "streamctl.loop.pick"
local protected = require "streamctl.loop.protected"

local work = {}

--- Options of `work`.
-- @table options
-- @tfield table|function clients of the accounts, with the queue's store: a list; or a function
-- that returns the client of an account such as "zego:1234567890", or nil to leave it to others
-- @tfield[opt=4] integer concurrency requests under way at a time; an urgent one may come on top
-- @tfield[opt=60] number lease seconds, at least twice the clients' `timeout` and 6 more
-- @tfield function stop is asked again and again; when it returns something true the worker takes
-- nothing more, waits for what is out, gives back what was not sent, and returns
-- @tfield function on_event gets `event` ("queue"), `account`, `code`, `message`: what kept the
-- worker from its work
work.checks = {
  clients = function(value)
    if type(value) ~= "function" and type(value) ~= "table" then
      return "must be a list of clients, or a function of an account"
    end
  end,
  concurrency = checks.whole(1, 1000), lease = checks.seconds, stop = checks.callback,
  on_event = checks.callback,
}

local READ = 0.25 -- seconds between questions for accounts with new work
local READ_ALL = 30 -- seconds between questions for all accounts
local PAUSE = 0.02 -- seconds of a task that finds no entry
local AGAIN = 1 -- seconds after a failure of the store
local PAUSED = 5 -- seconds between questions for a paused account
local FORGOTTEN = 60 -- seconds without work

local Worker = {}
Worker.__index = Worker

function Worker:is_over()
  local stop = self.options.stop
  self.over = self.over or stop and stop() or false
  return self.over
end

-- Tells the listener what kept the worker from its work.
function Worker:tell(account, message, err)
  local on_event = self.options.on_event
  if not on_event then return end
  protected.call(on_event,
    { event = "queue", account = account, code = err.code, message = message })
end

-- ---- accounts ----

-- The client of an account; nil where others have the client.
local function client_of(self, key)
  local clients = self.options.clients
  local client = self.clients[key]
  if not client and type(clients) == "function" then client = clients(key) end
  local why = client and work.misfit(self.queue, client, self.lease)
  if not why then return client or nil end
  self:tell(key, select(2, errors.new("invalid_parameter", why)))
end

-- Why a client cannot be a worker's, or nil.
function work.misfit(queue, client, lease)
  local needed = 2 * (client.options.timeout + 3)
  if client.options.store ~= queue.store then
    return "a client must have the queue's store: new { store = store, ... }"
  elseif lease < needed then
    return ("the lease must be at least %g s, twice the client's timeout and 6 s; got %g"):format(
      needed, lease)
  end
end

-- Notes accounts to which jobs were added. One task asks, and the others go on meanwhile.
local function read_accounts(self)
  local now = core.monotonic()
  if self.reading or now < self.read_at then return end
  self.reading = true
  local is_whole = now >= self.all_at
  local reply, message, err = self.queue:ask_accounts("accounts",
    { "", is_whole and "-inf" or self.since })
  self.reading, self.read_at = false, core.monotonic() + (reply and READ or AGAIN)
  if not reply then return self:tell(nil, message, err) end
  if is_whole then self.all_at = now + READ_ALL end
  self.since = ("%.0f"):format(tonumber(reply[1]) - 1000)
  for i = 2, #reply, 2 do
    local key, added = reply[i], reply[i + 1]
    local account = self.accounts[key]
    if not account then
      account = { key = key, refused = 0, search_at = 0 }
      self.accounts[key] = account
      self.list[#self.list + 1] = account
    end
    if account.added ~= added then
      account.added, account.added_at = added, core.monotonic()
      account.due, account.urgent_due = 0, 0
    end
  end
end

-- The next account with work, from a random place on, so that accounts have equal chances.
local function next_account(self, is_urgent)
  local list, now = self.list, core.monotonic()
  local count = #list
  local from = math.floor(core.random() * count)
  for i = 1, count do
    local account = list[(from + i) % count + 1]
    if is_urgent and account.urgent_due <= now or not is_urgent and not account.is_taking
      and account.due <= now then
      return account
    end
  end
end

-- Has an account without work forgotten.
local function forget(self, account)
  self.queue:ask_accounts("forget", { account.key, account.added })
  self.accounts[account.key] = nil
  for i, other in ipairs(self.list) do
    if other == account then
      table.remove(self.list, i)
      break
    end
  end
end

-- Notes when an account is asked again, which has no entry for this worker.
local function put_off(account, seconds, is_urgent)
  local due = core.monotonic() + seconds
  account.urgent_due = math.max(is_urgent and due or 0, account.urgent_due)
  if not is_urgent then account.due = due end
end

-- ---- tasks ----

-- Takes an entry of an account and carries it out. Returns whether there was one.
local function serve(self, account, is_urgent)
  local now = core.monotonic()
  local searches = not is_urgent and now >= account.search_at
  if not is_urgent then account.is_taking = true end
  account.client = account.client or client_of(self, account.key)
  local reply, message, err
  if account.client then
    if searches then account.search_at = now + self.lease / 20 end
    reply, message, err = self.queue:ask("take", account.key, { self.consumer,
      ("%.0f"):format(self.lease * 1000), is_urgent and "1" or "0", searches and "1" or "0" })
  end
  local word = reply and reply[1]
  if word == "entry" then
    entries.carry_out(self, account, entries.read(reply), is_urgent)
    self.requests = self.requests + 1
  elseif not account.client then
    put_off(account, READ_ALL, is_urgent)
  elseif not reply then
    self:tell(account.key, message, err)
    put_off(account, AGAIN, is_urgent)
  elseif word == "paused" then
    put_off(account, PAUSED, is_urgent)
  else
    local due = tonumber(reply[2]) or math.huge
    if not is_urgent and reply[3] == "0" and now > account.added_at + FORGOTTEN then
      forget(self, account)
    end
    local pause = is_urgent and READ_ALL or self.lease / 20
    put_off(account, math.min(pause, due / 1000), is_urgent)
  end
  if not is_urgent then account.is_taking = false end
  return word == "entry"
end

local function task(self, is_urgent)
  return function()
    local sleep = pick.current().sleep
    while not self:is_over() do
      read_accounts(self)
      local account = next_account(self, is_urgent)
      if not account or not serve(self, account, is_urgent) then sleep(PAUSE) end
    end
  end
end

-- Ends the consumer in all accounts that this worker has seen.
local function leave(self)
  for _, account in ipairs(self.list) do self.queue:ask("leave", account.key, { self.consumer }) end
end

-- Works until the option `stop` says so. Returns counts; or nil, message, err.
function work.run(queue, given)
  local self = setmetatable({ queue = queue, options = given, lease = given.lease or 60,
    requests = 0, consumer = core.nonce(), accounts = {}, list = {}, clients = {}, read_at = 0,
    all_at = 0 }, Worker)
  for _, client in ipairs(type(given.clients) == "table" and given.clients or {}) do
    local why = work.misfit(queue, client, self.lease)
    if why then error(why, 3) end
    self.clients[client.scope] = client
  end
  local ready, message, err = queue:server "queue"
  if not ready then return nil, message, err end
  self.has_replicas = ready.replicas > 0
  local tasks = { task(self, true) }
  for i = 1, given.concurrency or 4 do tasks[i + 1] = task(self, false) end
  local ok, why = protected.call(protected.together, pick.current(), tasks)
  leave(self)
  if not ok then error(why, 0) end
  return { requests = self.requests }
end

return work
