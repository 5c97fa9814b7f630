--- Looks at something by a query: for waits, which look again and again, and for settling.
--
-- Waits of one client that look at the same thing share their looks: whoever needs one first makes
-- it, and the others take its answer as long as it is fresh. They nap until the answer is there, or
-- until the look is overdue, since a wait may have been ended in the middle of it.
-- @module streamctl.many.look

local core = require "streamctl.core"
local listing = require "streamctl.many.listing"
local pages = require "streamctl.many.pages"
local pipeline = require "streamctl.call"
local poll = require "streamctl.loop.poll"

local LOST = 5 -- seconds after which a look is overdue, beside those for a slot
local PAUSES = { shortest = 0.02, longest = 0.5, share = 0.5 }

local Look = {}
Look.__index = Look

local look = {}

-- client -> query -> what its waits share as long as one holds it: `last`, the result that began
-- last; `due`, when the look that is under way is overdue
local shared = setmetatable({}, { __mode = "k" })

local function share(client, action, params)
  local key = action .. "\0" .. listing.fingerprint(params)
  local of_client = shared[client] or setmetatable({}, { __mode = "v" })
  shared[client] = of_client
  of_client[key] = of_client[key] or {}
  return of_client[key]
end

--- What somebody looks with. Looks of others that he takes over began after this. An answer will
-- do for others for `fresh` seconds. Its calls are patient, as those of a batch: they were
-- `batch.attempts`, and end at `batch.finish_by`.
function look.new(client, operation, params, call_options, deadline, fresh)
  local each = operation.rate_each -- a slot may be as far ahead as the calls about one thing
  return setmetatable({
    client = client, operation = operation, params = params, options = call_options, fresh = fresh,
    shared = share(client, operation.action, params), since = core.monotonic(),
    longest = LOST + (each and 1 / each[2] or 0),
    batch = { requests = 0, attempts = 0, finish_by = deadline },
  }, Look)
end

-- All entries of a query with pages.
local function walk(self)
  local pager = pages.new(self.client, self.operation, self.params, self.options, self.batch)
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
  local due, result = began + self.longest
  common.due = due
  if self.operation.pages then
    result = walk(self)
  else
    local answer, _, err =
      pipeline.run(self.client, self.operation, self.params, self.options, self.batch)
    result = { answer = answer, err = err }
  end
  result.began, result.ended = began, core.monotonic()
  if result.answer and not (common.last and common.last.began > began) then common.last = result end
  if common.due == due then common.due = nil end
  return result
end

-- An answer of somebody else that will do. Looks of one's own are further apart than answers are
-- fresh.
local function found(self)
  local last = self.shared.last
  local is_new = last and last.began >= self.since
  return is_new and core.monotonic() - last.ended < self.fresh and last or nil
end

--- Looks once: a table with `answer` or `err`, `items` (all entries of a query with pages), and
-- when the look `began` and `ended`.
function Look:take()
  local common, result = self.shared, found(self)
  if not result and common.due then
    poll(self.client.loop().sleep, self.batch.finish_by - PAUSES.longest, function()
      result = found(self)
      return result or not common.due or core.monotonic() >= common.due
    end, PAUSES)
  end
  return result or make(self)
end

--- A copy for a caller, who may change it: others have the same answer.
function look.copy(value)
  if type(value) ~= "table" then return value end
  local copy = {}
  for name, part in pairs(value) do copy[name] = look.copy(part) end
  return copy
end

--- What a look saw: the answer, or what an error said.
function look.seen(result)
  local err = result.err
  return look.copy(result.answer)
    or { RequestId = err.request_id, Code = err.vendor_code or err.code }
end

return look
