--- Looks at something by a query: for waits, which look again and again, and for settling.
--
-- Waits of one client that look at the same thing share their looks: whoever needs one first makes
-- it, and the others take its answer as long as it is fresh. Nobody can wake the others, since a
-- loop can only sleep: they nap until the answer is there, or until the look is overdue, and then
-- make one themselves. So a wait that was ended in the middle of a look holds up nobody for long.
-- @module streamctl.jobs.look

local core = require "streamctl.core"
local encode = require "streamctl.encode"
local pages = require "streamctl.jobs.pages"
local pipeline = require "streamctl.call"
local poll = require "streamctl.loop.poll"

local LOST = 5 -- seconds after which a look is overdue, beside those for a slot
local PAUSES = { shortest = 0.02, longest = 0.5, share = 0.5 }

local Look = {}
Look.__index = Look

local look = {}

-- client -> key -> what waits share as long as one holds it: `last` (a result), `maker` and `due`
-- (while a look is made: by whom, and when it is overdue)
local shared = setmetatable({}, { __mode = "k" })

-- A text that is the same for the same value, whatever the order of its names.
local function key_of(value)
  if type(value) ~= "table" then return type(value) .. tostring(encode.text(value) or value) end
  local parts = {}
  for name, item in pairs(value) do
    parts[#parts + 1] = tostring(name) .. "\1" .. key_of(item)
  end
  table.sort(parts)
  return "{" .. table.concat(parts, "\0") .. "}"
end

local function share(client, action, params)
  local key = action .. "\0" .. key_of(params)
  local of_client = shared[client] or setmetatable({}, { __mode = "v" })
  shared[client] = of_client
  of_client[key] = of_client[key] or {}
  return of_client[key]
end

--- What somebody looks with. Looks of others that he takes over began after this. An answer will
-- do for others for `fresh` seconds. Its calls are patient, as those of a batch; `batch.attempts`
-- were begun.
function look.new(client, operation, params, call_options, deadline, fresh)
  return setmetatable({
    client = client, operation = operation, params = params, options = call_options,
    deadline = deadline, fresh = fresh, shared = share(client, operation.action, params),
    since = core.monotonic(), batch = { requests = 0, attempts = 0, finish_by = deadline },
  }, Look)
end

-- All entries of a query with pages.
function Look:walk()
  local pager =
    pages.new(self.client, self.operation, self.params, self.options, self.batch)
  local items, answer = {}, nil
  while true do
    local list, page, err = pager:next_page()
    if err then return { err = err } end
    if not list then return { answer = answer, items = items } end
    for _, item in ipairs(list) do items[#items + 1] = item end
    answer = page
  end
end

function Look:ask()
  if self.operation.pages then return self:walk() end
  local answer, _, err =
    pipeline.run(self.client, self.operation, self.params, self.options, self.batch)
  return { answer = answer, err = err }
end

-- A slot may be as far ahead as the calls about one thing are apart.
local function overdue_after(operation)
  local each = operation.rate_each
  return LOST + (each and 1 / each[2] or 0)
end

function Look:make()
  local common, began = self.shared, core.monotonic()
  common.maker, common.due = self, began + overdue_after(self.operation)
  local result = self:ask()
  result.began, result.ended = began, core.monotonic()
  if result.answer and not (common.last and common.last.began > began) then common.last = result end
  if common.maker == self then common.maker = nil end
  return result
end

-- An answer of somebody else that will do. Looks of one's own are further apart than answers are
-- fresh.
function Look:found()
  local last = self.shared.last
  local is_new = last and last.began >= self.since
  return is_new and core.monotonic() - last.ended < self.fresh and last or nil
end

--- Sets another deadline.
function Look:limit(deadline)
  self.deadline, self.batch.finish_by = deadline, deadline
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

--- Looks once: a table with `answer` or `err`, and `items`, all entries of a query with pages.
function Look:take()
  local common, result = self.shared, self:found()
  if not result and common.maker then
    poll(self.client.loop().sleep, self.deadline - PAUSES.longest, function()
      result = self:found()
      return result or not common.maker or core.monotonic() >= common.due
    end, PAUSES)
  end
  return result or self:make()
end

return look
