-- Adds a job: checks its items, packs them into entries, opens its stamp and writes the entries.

local core = require "streamctl.core"
local errors = require "streamctl.base.errors"
local ids = require "streamctl.many.ids"
local json = require "streamctl.base.json"
local orders = require "streamctl.queue.orders"
local pipeline = require "streamctl.call"
local protected = require "streamctl.loop.protected"

local adding = {}

local IN_SCRIPT = 50 -- entries that are written at once
local SLACK = 43260 -- seconds: a worker may hold the last entry for half the longest lease

local fail = errors.new

local function whole(number) return ("%.0f"):format(number) end

-- Calls a function of the caller's. Returns its result; or nil and the thrown value.
local function ask_caller(fn)
  local ok, value, why = protected.call(fn)
  if ok then return value, why end
  if errors.is_interrupt(value) then error(value, 0) end
  return nil, tostring(value)
end

-- Returns a function that gives the next items, as many as a request may have, and their place for
-- messages; nothing at the end; or nil and why not.
local function chunks_of(source, max)
  local taken, list, is_over = 0, type(source) == "table" and source, false
  return function()
    local items, item, why = {}, nil, nil
    while #items < max and not is_over do
      if list then item = list[taken + 1] else item, why = ask_caller(source) end
      is_over = item == nil
      if is_over then break end
      taken = taken + 1
      items[#items + 1] = item
    end
    if item == nil and why ~= nil then
      return nil, "the iterator failed: " .. errors.tidy(why, 500)
    end
    local first = taken - #items + 1
    return items[1] ~= nil and items or nil,
      "item " .. first .. (#items > 1 and " to " .. taken or "")
  end
end

-- Returns a function that gives the next entry: its text, and how many items; nil at the end; or
-- nil, message, err. A text among the items is for the parameter `name`.
local function reader_of(self, client, row, params, source, name, of_ids)
  local next_chunk = chunks_of(source, of_ids and row.max_ids or 1)
  return function()
    local items, place = next_chunk()
    if not items and place:find "^the iterator" then return fail("caller_error", place) end
    if not items then return nil end
    local item = of_ids and { [name] = items } or items[1]
    if type(item) ~= "table" and not (name and type(item) == "string") then
      return fail("invalid_parameter", place .. ": " .. row.action
        .. " takes a table of parameters, got a " .. type(item))
    end
    local all = ids.params_of(params, name, item)
    local built, message, err = pipeline.build(client, row, all, pipeline.NONE)
    if not built then return fail(err.code, place .. ": " .. errors.text_of(message), err) end
    if not built.safe and not self.durable then
      return fail("invalid_parameter", place .. ": " .. row.action .. " must never be sent twice; "
        .. "make the queue with durable = true where Redis has appendfsync always, or replicas")
    end
    for parameter in pairs(all) do
      if client.vendor.operations.secrets[parameter] == "secret" then
        return fail("invalid_parameter", place .. ": " .. parameter .. " is a secret, and jobs are "
          .. "kept in Redis; call " .. row.action .. " directly")
      end
    end
    local text, why = json.encode(items)
    if not text then return fail("invalid_parameter", place .. " is no JSON: " .. why) end
    return text, #items
  end
end

-- Writes entries and fields of a job, whose number may be another job's. Returns true; or nil,
-- message, err.
local function write(self, job, entries, is_last, fields)
  local texts, added = {}, job.added
  for _, entry in ipairs(entries) do
    texts[#texts + 1], texts[#texts + 2] = whole(added + 1), entry[1]
    added = added + entry[2]
  end
  local count = whole(#texts)
  for name, value in pairs(fields) do
    texts[#texts + 1], texts[#texts + 2] = name, type(value) == "table" and json.encode(value)
      or type(value) == "number" and whole(value) or value
  end
  while true do
    local values = { whole(job.number), job.by, whole(job.added), whole(added),
      whole(self.max_waiting), is_last and "1" or "0", job.lane,
      whole(job.not_before * 1000), whole(job.lifetime * 1000), count }
    for i = 1, #texts do values[i + 10] = texts[i] end
    job.is_tried = true
    local reply, message, err = self:ask("add", job.account, values, true)
    if not reply then return nil, message, err end
    local word = reply[1]
    if word == "full" then
      return fail("full", ("more than %d requests of %s would wait; add fewer, or later"):format(
        self.max_waiting, job.account))
    elseif word == "added" then
      job.added = added
      return true
    elseif word ~= "taken" then
      return fail("cancelled", "the job was " .. word .. " while it was added")
    end
    job.number = job.number + 1
  end
end

-- Opens the stamp of a job in its orders, for as long as the job may last.
local function open_stamp(self, job, client)
  -- just before the first entries: workers forget an account without jobs
  local reply, text, failure = self:ask_accounts("accounts", { job.account, "0" })
  if not reply then return nil, text, failure end
  local seconds = math.max(job.not_before - reply[1] / 1000, 0) + job.lifetime + SLACK
  local stamp, why = orders.open(self.store, job.orders, orders.floor(client), seconds)
  if not stamp then return fail("store", why) end
  job.stamp, job.number = stamp, stamp
  return true
end

-- Writes all entries. Returns true; or nil, message, err.
local function write_all(self, job, client, row, source, fields)
  local params, message, err = fields.params, nil, nil
  fields.params = next(params) and params or nil
  local name = ids.parameter(client, row, params)
  local of_ids = name ~= nil and name == row.list
  if not of_ids and type(source) == "function" then -- the stamp is the same in the orders of all
    source, message = chunks_of(source, math.huge)()
    if not source and message:find "^the iterator" then return fail("caller_error", message) end
    source = source or {}
  end
  job.orders = orders.of(client, row, params, name, of_ids and { "" } or source)
  local read, entries = reader_of(self, client, row, params, source, name, of_ids), {}
  repeat
    local text, count, failure = read()
    if not text and count then return nil, count, failure end
    local is_last = text == nil
    if is_last or #entries == IN_SCRIPT then
      if not entries[1] then return fail("invalid_parameter", "there are no items, so no job") end
      local ok = job.stamp
      if not ok then
        ok, message, err = open_stamp(self, job, client)
        fields.stamp, fields.orders = job.stamp, job.orders[1] and job.orders or nil
      end
      if ok then ok, message, err = write(self, job, entries, is_last, fields) end
      if not ok then return nil, message, err end
      entries, fields = {}, {}
    end
    entries[#entries + 1] = { text, count }
  until is_last
  return true
end

-- Adds a job: `account`, `lane`, `not_before` and `lifetime`, and `fields` of its hash. Returns its
-- number as text; or nil, message, err: the job does not run, unless the message says so.
function adding.add(self, client, row, source, job, fields)
  job.added, job.orders, job.by = 0, {}, core.nonce():sub(1, 8) -- it is kept
  local ok, message, err = write_all(self, job, client, row, source, fields)
  if ok then -- noted again, since the process may have stood still before the entries
    ok, message, err = self:ask_accounts("accounts", { job.account, "0" })
    if ok then return whole(job.number) end
    return fail(err.code, ("%s; the job %s/%s was added, and may wait until another job of the "
      .. "account is added"):format(errors.text_of(message), job.account, whole(job.number)), err)
  end
  local is_undone = not job.is_tried
    or self:ask("cancel", job.account, { whole(job.number), job.by }, true)
  if not is_undone then
    return fail(err.code, ("%s; and whether the job %s/%s was added is unknown"):format(
      errors.text_of(message), job.account, whole(job.number)), err)
  end
  if job.stamp then orders.close(self.store, job.orders, job.stamp) end
  return nil, message, err
end

return adding
