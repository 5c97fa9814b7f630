-- Adds a job: checks its items, packs them into entries, opens its stamp and writes the entries.

local age = require "streamctl.many.age"
local core = require "streamctl.core"
local errors = require "streamctl.base.errors"
local ids = require "streamctl.many.ids"
local json = require "streamctl.base.json"
local orders = require "streamctl.queue.orders"
local pipeline = require "streamctl.call"
local protected = require "streamctl.loop.protected"

local adding = {}

local IN_SCRIPT = 50 -- entries that are written at once
local DAY = 86400
local SLACK = 43260 -- seconds: a worker may hold the last entry for half the longest lease

local fail = errors.new

-- Returns the caller's next items, so many at most, and none at the end; or nil, message, err.
local function take(self, max)
  local items = {}
  while #items < max and not self.is_over do
    local fine, item, why = protected.call(self.next_item)
    if not fine and errors.is_interrupt(item) then error(item, 0) end
    if not fine then item, why = nil, tostring(item) end
    if item == nil and why ~= nil then
      return fail("caller_error", "the iterator failed: " .. errors.tidy(why, 500))
    end
    self.is_over = item == nil
    items[#items + 1] = item
  end
  return items
end

local function items_of(list)
  local i = 0
  return function()
    i = i + 1
    return list[i]
  end
end

-- Makes an entry of the items from `first` on, which are checked. Returns nil, message, err where
-- they cannot be sent.
local function entry_of(self, items, first)
  local client, row, name = self.client, self.row, self.name
  local place = "item " .. first .. (#items > 1 and " to " .. first + #items - 1 or "")
  local item = self.of_ids and { [name] = items } or items[1]
  if type(item) ~= "table" and not (name and type(item) == "string") then
    return fail("invalid_parameter", place .. ": " .. row.action
      .. " takes a table of parameters, got a " .. type(item))
  end
  local params = ids.params_of(self.params, name, item)
  local built, message, err = pipeline.build(client, row, params, pipeline.NONE)
  if not built then return fail(err.code, place .. ": " .. errors.text_of(message), err) end
  if not built.safe and not self.queue.durable then
    return fail("invalid_parameter", place .. ": " .. row.action .. " must never be sent twice; "
      .. "make the queue with durable = true where Redis has appendfsync always, or replicas")
  end
  for parameter in pairs(params) do
    if client.vendor.operations.secrets[parameter] == "secret" then
      return fail("invalid_parameter", place .. ": " .. parameter .. " is a secret, and jobs are "
        .. "kept in Redis; call " .. row.action .. " directly")
    end
  end
  local text, why = json.encode(items)
  if not text then return fail("invalid_parameter", place .. " is no JSON: " .. why) end
  return { first = first, text = text }
end

-- Opens the stamp of the job in its orders, unless it is open, for as long as the job may last.
-- Returns true; or nil, message, err.
local function open_stamp(self)
  if self.stamp then return true end
  local server, message, err = self.queue:server()
  if not server then return nil, message, err end
  local now = core.monotonic() + server.ahead
  local stamp, why = orders.open(self.queue.store, self.orders, age.floor(self.client),
    math.max(self.not_before - now, 0) + self.lifetime + SLACK)
  if not stamp then return fail("store", why) end
  self.stamp, self.number = stamp, stamp
  self.fields.stamp, self.fields.orders = stamp, self.orders[1] and self.orders or nil
  return true
end

-- Writes entries, and with the first of them the fields of the job, whose number may be another
-- job's. `written`: how many items the job has then. Returns true; or nil, message, err.
local function write(self, entries, written, is_last)
  local texts = {}
  for _, entry in ipairs(entries) do
    texts[#texts + 1], texts[#texts + 2] = entry.first, entry.text
  end
  local count = #texts
  for name, value in pairs(self.fields) do
    texts[#texts + 1], texts[#texts + 2] =
      name, type(value) == "table" and json.encode(value) or value
  end
  while true do
    local values = { self.account, self.number, self.by, self.written, written,
      self.queue.max_waiting, is_last and "1" or "0", self.lane, self.not_before * 1000,
      self.lifetime * 1000, count }
    for i = 1, #texts do values[i + 11] = texts[i] end
    local reply, message, err = self.queue:ask("add", self.account, values, true)
    local word = reply and reply[1]
    if not reply then
      return nil, message, err
    elseif word == "full" then
      return fail("full", ("more than %d requests of %s would wait; add fewer, or later"):format(
        self.queue.max_waiting, self.account))
    elseif word == "added" then
      self.written, self.fields = written, {}
      return true
    elseif word ~= "taken" then
      return fail("cancelled", "the job was " .. word .. " while it was added")
    end
    self.number = self.number + 1
  end
end

-- Finds the orders of the job's items. Returns true; or nil, message, err.
local function find_orders(self)
  local items, message, err = { "" } -- ids have one order
  if not self.of_ids then -- the stamp is the same in the orders of all
    items, message, err = take(self, math.huge)
    if not items then return nil, message, err end
    self.next_item, self.is_over = items_of(items), false
  end
  self.orders = age.orders(self.client, self.row, self.params, self.name, items)
  return true
end

-- Writes all entries. Returns true; or nil, message, err.
local function write_all(self)
  local entries = {}
  local ok, message, err = find_orders(self)
  while ok do
    local items, entry
    items, message, err = take(self, self.of_ids and self.row.max_ids or 1)
    if items and items[1] then
      entry, message, err = entry_of(self, items, self.taken + 1)
      self.taken = self.taken + #items
    end
    if err then break end
    if not entry or #entries == IN_SCRIPT then
      if not entries[1] then return fail("invalid_parameter", "there are no items, so no job") end
      ok, message, err = open_stamp(self)
      if not ok then break end
      ok, message, err = write(self, entries, entry and entry.first - 1 or self.taken, not entry)
      if ok and not entry then return true end
      entries = {}
    end
    entries[#entries + 1] = entry
  end
  return nil, message, err
end

-- Adds a job by the options of `Queue:add`. Returns its name; or nil, message, err: the job does
-- not run, unless the message says so.
function adding.add(queue, client, row, method, source, opts)
  local params = opts.params or {}
  local name = ids.parameter(client, row, params)
  local self = {
    queue = queue, client = client, row = row, account = client.account, params = params,
    name = name, of_ids = name ~= nil and name == row.list,
    lane = opts.urgent and "urgent" or "bulk", not_before = opts.not_before or 0,
    lifetime = opts.lifetime or DAY, by = core.nonce():sub(1, 8), -- which is kept
    next_item = type(source) == "function" and source or items_of(source), taken = 0, written = 0,
    fields = {
      operation = row.action, method = method, params = next(params) and params, note = opts.note,
      lane = opts.urgent and "urgent" or nil, at = opts.not_before and opts.not_before * 1000,
      keep = opts.keep and opts.keep * 1000, endpoint = client.endpoint,
      region = client.options.region, mode = client.context.stream_prefix and "test" or nil,
    },
  }
  local ok, message, err = write_all(self)
  local job = self.number and ("%s/%.0f"):format(self.account, self.number)
  if ok then return job end
  if not job then return nil, message, err end
  if not queue:ask("cancel", self.account, { self.number, self.by }, true) then
    return fail(err.code, ("%s; and whether the job %s was added is unknown"):format(
      errors.text_of(message), job), err)
  end
  orders.close(queue.store, self.orders, self.stamp)
  return nil, message, err
end

return adding
