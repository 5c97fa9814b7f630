--- A worker: carries out the jobs of its accounts.
--
-- It takes an entry when the slot of its request is near, urgent before bulk, and often with the
-- question that ends another one. Few ask at a time: workers whose lists name the same accounts
-- look for new work in turn, and the more workers ask about an account, the less each of them does.
-- A batch has half a lease (entry.lua). Others claim what was idle for a lease (work_scripts.lua).
-- @public streamctl.queue.work

local checks = require "streamctl.base.checks"
local clients = require "streamctl.queue.clients"
local core = require "streamctl.core"
local encode = require "streamctl.base.encode"
local entries = require "streamctl.queue.entry"
local json = require "streamctl.base.json"
local options = require "streamctl.base.options"
local pick = require "streamctl.loop.pick"
local protected = require "streamctl.loop.protected"

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
-- @tfield[opt="auto"] string|table loop which event loop waits, as of a client
-- @tfield function on_event gets `event` ("queue"), `time` (Unix seconds), `account`, `vendor`,
-- `code`, `message`: what kept the worker from its work
-- @tfield function on_lengths gets each 15 s `event` ("lengths"), `time`, `urgent`, `bulk`: tables
-- of `waiting`, `taken` (by a worker) and `later` (not due, or behind others), in requests of all
-- accounts that have work, and `oldest`: seconds since one was due
work.checks = {
  clients = clients_check, only = checks.texts, concurrency = checks.whole(1, 1000),
  lease = checks.seconds, loop = options.common.loop, should_stop = checks.callback,
  on_event = checks.callback, on_lengths = checks.callback,
}

-- Seconds.
local READ = 0.3 -- between questions of all workers for accounts with new work
local READ_IDLE = 0.8 -- the same, of workers that have sent nothing for so long
local READ_ALL = 30 -- between questions for all accounts
local NEAR = 0.25 -- before the slot of an entry it is taken, so that few wait
local STEP = 0.05 -- between questions of all workers that wait for a slot
local PAUSE = 0.02 -- of a task for which no account is due, and for each account without work
local AGAIN = 1 -- after a failure of the store
local LENGTHS = 15 -- between questions how much is queued

local Worker = {}
Worker.__index = Worker

function Worker:is_over()
  local should_stop = self.options.should_stop
  self.over = self.over or should_stop and should_stop { requests = self.requests,
    elapsed = core.monotonic() - self.began } or false
  return self.over
end

-- Tells the listener what kept the worker from its work.
function Worker:tell(account, message, code)
  if not self.options.on_event then return end
  protected.inform(self.options.on_event, { event = "queue", time = core.now(), account = account,
    vendor = account and account:match("^%a+"), code = code, message = message })
end

-- Asks the queue, and tells the listener of a failure.
function Worker:ask(account, name, values, replicas)
  local harmless = values[2] ~= self.name -- which takes another entry each time
  local reply, message, err = self.queue:ask(name, account.key, values, harmless, replicas)
  if not reply then self:tell(account.key, message, err.code) end
  return reply
end

-- Notes accounts to which jobs were added. One task asks, and the others go on meanwhile.
local function read_accounts(self)
  local now = core.monotonic()
  if now < self.read_at then return end
  local is_whole = now >= self.all_at
  self.read_at = math.huge
  local step = now - self.sent_at < READ_IDLE and READ or READ_IDLE
  local reply, message, err = self.queue:ask("accounts", "queue",
    { is_whole and "-inf" or self.since, step * 1000, self.group }, true)
  now = core.monotonic()
  self.read_at = now + AGAIN
  if not reply then return self:tell(nil, message, err.code) end
  local known = self.accounts
  if is_whole then self.all_at, self.accounts, self.list = now + READ_ALL, {}, {} end
  self.since = reply[1] - 1000
  for i = 3, #reply, 2 do
    local key, added = reply[i], reply[i + 1]
    local account = known[key] or { key = key, refused = 0, unsent = 0 }
    if not self.accounts[key] then
      self.accounts[key], self.list[#self.list + 1] = account, account
    end
    if account.added ~= added then
      account.added, account.added_at, account.due, account.urgent_due = added, now, 0, 0
    end
  end
  self.read_at = now + reply[2] / 1000
end

-- Tells how much is queued. One task asks, and the others go on meanwhile.
local function tell_lengths(self)
  local tell, now = self.options.on_lengths, core.monotonic()
  if not tell or not self.since or now < self.lengths_at then return end
  self.lengths_at = now + LENGTHS
  local event, lanes = { event = "lengths", time = core.now() }, { "urgent", "bulk" }
  for _, lane in ipairs(lanes) do
    event[lane] = { waiting = 0, taken = 0, later = 0, oldest = 0 }
  end
  for _, account in ipairs(options.merged(self.list)) do
    local reply = self:ask(account, "lengths", {})
    if not reply then return end
    for i, lane in ipairs(lanes) do
      local sum, at = event[lane], 4 * i - 3
      sum.waiting, sum.taken = sum.waiting + reply[at], sum.taken + reply[at + 1]
      sum.later = sum.later + reply[at + 2]
      sum.oldest = math.max(sum.oldest, reply[at + 3] / 1000)
    end
  end
  protected.inform(tell, event)
end

-- The next account with work, from a random place on, so that accounts have equal chances. For each
-- an unsent entry waits at most, and a second one for that of a task whose entry ends.
local function next_account(self, is_urgent, own)
  local list, now = self.list, core.monotonic()
  local from = math.floor(core.random() * #list)
  for i = 1, #list do
    local account = list[(from + i) % #list + 1]
    local is_full = account.unsent > (account == own and 1 or 0)
    local due = is_urgent and account.urgent_due or is_full and math.huge or account.due
    if due <= now then return account end
  end
end

-- Seconds until an account without an entry is asked again, by the end of an answer.
local function pause_after(self, is_urgent, workers, wait)
  if not workers then return AGAIN end
  -- accounts without work leave time for those with work, and workers for each other
  local least, idle = #self.list * PAUSE, self.lease / 20 * workers * (0.5 + core.random())
  local longest = is_urgent and READ_ALL or math.max(math.min(idle, self.lease / 4), least)
  local crowd = 2 * STEP * (workers - 1) * core.random()
  return math.max(math.min((wait or math.huge) / 1000 + crowd, longest), PAUSE)
end

-- Takes an entry of an account, or notes when it is asked again. `result` is what became of another
-- entry, which ends with that. Entries of the task of urgent requests do not count.
local function take(self, account, is_urgent, result)
  local is_unsent, asked, wall = not is_urgent, core.clocks()
  local function let_go()
    if is_unsent then account.unsent, is_unsent = account.unsent - 1, false end
  end
  if is_unsent then account.unsent = account.unsent + 1 end
  local is_free = account.client.options.rate_limit == false
  local values = { account.key, self.name, self.lease * 1000, is_urgent and "1" or "0",
    is_free and 1e15 or NEAR * 1000 }
  local place = result and 4 or 1
  local reply = result and entries.finish(self, account, result, values)
    or not result and self:ask(account, "take", values) or {}
  if reply[place] == "entry" then
    self.requests, self.sent_at = self.requests + 1, asked
    local entry = json.decode(reply[place + 2])
    entry.asked, entry.wall, entry.let_go = asked, wall, let_go
    return entry
  end
  let_go()
  local due = core.monotonic() + pause_after(self, is_urgent, tonumber(reply[place + 1]),
    tonumber(reply[place + 2]))
  if account.added_at > asked then due = 0 end -- a job was added meanwhile
  if is_urgent then account.urgent_due = due else account.due = due end
end

-- Carries out entries of an account, until there is none or it is another account's turn.
local function serve(self, account, is_urgent)
  account.client = account.client or clients.of(self, account.key)
  local later = core.monotonic() + READ_ALL
  if not account.client then account.due, account.urgent_due = later, later end
  local entry = account.client and take(self, account, is_urgent)
  while entry do
    local result = entries.carry_out(self, account, entry)
    entry.let_go()
    local goes_on = result and not is_urgent and not self:is_over()
      and next_account(self, false, account) == account
    entry = goes_on and take(self, account, false, result)
    if result and not goes_on then entries.finish(self, account, result) end
  end
end

local function task(self, is_urgent)
  local function run()
    local sleep = self.loop().sleep -- that of the task
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

-- Works until the option `should_stop` says so. Returns counts; or nil, message, err.
function work.run(queue, given)
  local self = setmetatable({ queue = queue, options = given, lease = given.lease or 60,
    requests = 0, began = core.monotonic(), name = core.nonce(), clients = {}, accounts = {},
    list = {}, read_at = 0, all_at = 0, lengths_at = 0, sent_at = 0,
    loop = pick.choose(given.loop) }, Worker)
  self.group = self.name
  local unfit = clients.begin(self)
  if unfit then error(unfit, 3) end
  local ready, message, err = queue:server()
  while not ready and err.retryable and not self:is_over() do
    self:tell(nil, message, err.code)
    self.loop().sleep(AGAIN)
    ready, message, err = queue:server()
  end
  if self.over and not ready then return { requests = 0 } end
  if not ready then return nil, message, err end
  local tasks = { task(self, true) }
  for i = 1, given.concurrency or 4 do tasks[i + 1] = task(self, false) end
  protected.together(self.loop(), tasks)
  return { requests = self.requests }
end

return work
