-- The queries of waits and of settling, which ask again and again.
--
-- Waits of a client that ask the same share the answers: the first that needs an answer asks, and
-- the others take that answer while it is fresh. They sleep until the answer is there, or until it
-- is overdue, since the wait that asks may have been ended.

local core = require "streamctl.core"
local listing = require "streamctl.many.listing"
local merged = require("streamctl.base.options").merged
local pages = require "streamctl.many.pages"
local pipeline = require "streamctl.call"
local poll = require "streamctl.loop.poll"

local OVERDUE = 5 -- seconds for an answer, beside those for a slot
local PAUSES = { shortest = 0.02, longest = 0.5, share = 0.5 }

local Query = {}
Query.__index = Query

local query = {}

-- client -> action and parameters -> the record that queries share: `last`, the result that was
-- asked for last; `due`, when the awaited answer is overdue
local shared = setmetatable({}, { __mode = "k" })

-- A query takes answers that were asked for after this. An answer is `fresh` for so many seconds.
-- The calls are patient, as those of a batch: `group.attempts` of them, until `group.finish_by`. A
-- slot may be `interval` seconds ahead, where the vendor counts the calls about one resource.
function query.new(client, operation, params, call_options, fresh, deadline)
  local key = operation.action .. "\0" .. listing.fingerprint(params)
  local rate = operation.rate_each
  local of_client = shared[client] or setmetatable({}, { __mode = "v" })
  local common = of_client[key] or {} -- held here, since the table of the client is weak
  shared[client], of_client[key] = of_client, common
  call_options = merged(call_options)
  call_options.timeout = nil -- each call has the client's
  return setmetatable({
    client = client, operation = operation, params = params, options = call_options, fresh = fresh,
    shared = common, since = core.monotonic(), interval = rate and 1 / rate[2] or 0,
    group = { requests = 0, attempts = 0, finish_by = deadline, is_query = true },
  }, Query)
end

-- All entries of a query with pages.
local function walk(self)
  local pager = pages.new(self.client, self.operation, self.params, self.options, self.group)
  local items, answer = {}, nil
  while true do
    local list, page, err = pager:next_page()
    if err then return { err = err } end
    if not list then return { answer = answer, items = items } end
    for _, item in ipairs(list) do items[#items + 1] = item end
    answer = page
  end
end

local function make(self)
  local common, began = self.shared, core.monotonic()
  local due, result = began + OVERDUE + self.interval, {}
  common.due = due
  if self.operation.pages then
    result = walk(self)
  else
    local _
    result.answer, _, result.err =
      pipeline.run(self.client, self.operation, self.params, self.options, self.group)
  end
  result.began, result.ended, result.ahead = began, core.monotonic(), self.group.ahead
  if result.answer and not (common.last and common.last.began > began) then common.last = result end
  if common.due == due then common.due = nil end
  return result
end

-- Asks once: a table with `answer` or `err`, `items` (all entries of a query with pages), when the
-- asking `began` and `ended`, how far the vendor's clock is `ahead`, where a Date told that.
function Query:ask()
  local common = self.shared
  local function shared_result()
    local last = common.last
    return last and last.began > self.since and core.monotonic() - last.ended < self.fresh and last
  end
  local result = shared_result()
  if not result and common.due then
    poll(self.client.loop().sleep, self.group.finish_by - PAUSES.longest, function()
      result = shared_result()
      return result or not common.due or core.monotonic() >= common.due
    end, PAUSES)
  end
  result = result or make(self)
  self.since = core.monotonic() -- no answer is taken twice
  return result
end

-- The time by the vendor's clock, as far as a query's result or else the client knows that clock.
function query.vendor_now(client, result)
  return core.now() + (result and result.ahead or client.clock_offset)
end

-- A copy of an answer for a caller, who may change the copy: other waits share the answer.
function query.copy(value)
  if type(value) ~= "table" then return value end
  local copy = {}
  for name, part in pairs(value) do copy[name] = query.copy(part) end
  return setmetatable(copy, getmetatable(value)) -- which marks an empty list
end

-- The caller's copy of an answer, or the codes of an error in its place.
function query.answer(result)
  local err = result.err
  return query.copy(result.answer)
    or { RequestId = err.request_id, Code = err.vendor_code or err.code }
end

return query
