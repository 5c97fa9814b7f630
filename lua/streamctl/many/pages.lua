--- Lists that come in pages, item by item or page by page.
--
--     for task in live:pages("DescribeLivePullToPushList", { Region = "cn-shanghai" }) do
--       print(task.TaskId)
--     end
--
-- Such a loop ends with the list. A failure is thrown, as a text at the line of the loop: the first
-- nil of an iterator would look like the end of the list. The methods of the pager throw nothing:
--
--     local tasks = live:pages("DescribeLivePullToPushList", { Region = "cn-shanghai" })
--     local task, message = tasks:next()
--     while task do
--       print(task.TaskId)
--       task, message = tasks:next()
--     end
--     if message then print("this is not all: " .. message) end
--
-- After a failure a pager stands where it stood, and nothing is handed out twice. How a walk ends,
-- and which items it finds in a list that changes meanwhile, is in docs/how-to/lists.md.
-- @public streamctl.pages

local at = require("streamctl.call.answer").at
local checks = require "streamctl.base.checks"
local core = require "streamctl.core"
local encode = require "streamctl.base.encode"
local errors = require "streamctl.base.errors"
local json = require "streamctl.base.json"
local listing = require "streamctl.many.listing"
local options = require "streamctl.base.options"
local pipeline = require "streamctl.call"
local redact = require "streamctl.call.redact"

local pages = {}

local FRUITLESS = 3 -- pages in a row with nothing new: then the walk ends
local MOST_REREADS = 50 -- times in a row that pages are read again, and show nothing new

--- Options beside the limits.
-- @table options
-- @tfield number timeout seconds for all pages together; what the caller does between two pages
-- does not count. Without it a walk has no limit, and each page has the client's
-- @tfield integer max_items the walk ends after so many
-- @tfield integer page_size items of a page, instead of the vendor's maximum (at most 1000)
-- @tfield[opt=true] boolean exact false: all that the vendor's loose filters let through
local PAGES_OPTIONS = {
  max_items = checks.whole(1, 2 ^ 53),
  page_size = checks.whole(1, 2 ^ 31),
  exact = checks.boolean,
}

pages.checks = options.merged(options.limits, PAGES_OPTIONS)

local Pager = {}
Pager.__index = Pager

-- ---- one page ----

function Pager:fail(code, text, answer)
  local name = self.row.action
  return errors.new(code, name .. ": page " .. self.page .. " " .. text, {
    vendor = self.client.vendor.name, operation = name, page = self.page,
    request_id = redact.quote(self.client, answer and answer.RequestId, 256),
    retryable = true, maybe_sent = answer ~= nil,
    attempts = answer and self.attempts or 0,
  })
end

-- The items that were on no page before, and their keys.
function Pager:new_of(list, length)
  local fresh, keys, here = {}, {}, {}
  for i = 1, length do
    local key = list[i] ~= json.null and self.key(list[i])
    if key and not self.known[key] and not here[key] then
      fresh[#fresh + 1], keys[#keys + 1], here[key] = list[i], key, true
    end
  end
  return fresh, keys
end

-- Enters new items of a page: the wanted items wait to be handed out.
function Pager:enter(answer, fresh, keys)
  local list = {}
  for i, item in ipairs(fresh) do
    self.known[keys[i]] = true
    if #list < self.room and listing.match(item, self.wanted) then list[#list + 1] = item end
  end
  self.found, self.room = self.found + #fresh, self.room - #list
  self.list, self.at, self.answer = list, 0, answer
end

-- The number of the next page. When the total has fallen, later items may have moved to earlier
-- pages: these are read again. After that has shown nothing new, only a total that is lower than
-- ever counts. nil after too many.
function Pager:following(total, found)
  local fallen = self.facts.page and total and (self.total or 0) - total or 0
  local before, page, is_lowest = self.items_before, self.page, total and total < self.lowest
  self.total, self.lowest = total or self.total, is_lowest and total or self.lowest
  if fallen <= 0 then return page + 1 end
  self.rereads = found == self.found_at_fall and self.rereads + 1 or 0
  self.found_at_fall = found
  if self.rereads > 0 and not is_lowest then return page + 1 end
  if self.rereads > MOST_REREADS then return nil end
  while page > self.start and before[page] > before[self.page] - fallen do page = page - 1 end
  return page
end

-- Takes an answer in: true; or nil, message, err, and the pager stands where it stood.
function Pager:take(answer)
  local facts, total = self.facts, listing.number(answer, self.facts.total)
  local list, length, left_out = listing.of(answer, facts.items)
  if not list and total == 0 then list, length = {}, 0 end
  if left_out and total and total > 0 and self.items_before[self.page] == 0 then
    list, length = nil, "has no " .. facts.items
  end
  if not list then return self:fail("bad_response", length, answer) end
  local marker = facts.marker and at(answer, facts.next)
  local text = encode.text(marker)
  if marker and not text then
    return self:fail("bad_response", "has no text as " .. facts.next, answer)
  end
  marker = text ~= "" and text or nil
  local fresh, keys = self:new_of(list, length)
  local seen, again = self.items_before[self.page], self.items_before[self.page + 1] ~= nil
  local fruitless = 0
  if #fresh > 0 or again then seen = seen + length else fruitless = self.fruitless + 1 end
  local more, is_last =
    listing.has_more(facts, answer, marker, total, self.found, seen, self.page)
  if fruitless == FRUITLESS and length > 0 and more then
    return self:fail("bad_response", "and those before it hold nothing new, though there is more; "
      .. "the vendor repeats itself", answer)
  end
  self.items_before[self.page + 1], self.fruitless = seen, fruitless
  local page = self:following(total, self.found + #fresh)
  if not page then
    return self:fail("bad_response", "ends the walk: the list became shorter each time that it was "
      .. "read, so items may be missing; walk through it again", answer)
  end
  self:enter(answer, fresh, keys)
  local ended = (length == 0 or facts.marker ~= nil) and not more
    or (fruitless == 0 and is_last)
  self.over = self.room == 0 or fruitless == FRUITLESS or (page > self.page and ended)
  self.page = page
  if facts.marker then
    self.params[facts.marker] = marker
  else
    self.params[facts.page] = page - 1 + (facts.first or 1)
  end
  return true
end

-- Asks for the next page: true when there is one; nil at the end; or nil, message, err.
function Pager:turn()
  if self.over then return nil end
  local before, left, call_options = self.answer, self.left, self.call_options
  local asked = core.monotonic()
  if left and left <= 0 then
    return self:fail("timeout", "was not asked for, since the walk's time is over; begin again "
      .. "with a longer timeout")
  end
  if left then call_options = options.merged(call_options, { timeout = left }) end
  local answer, message, err, attempts =
    pipeline.run(self.client, self.row, self.params, call_options, self.group)
  if self.answer ~= before then return true end -- another coroutine has it
  self.left = left and left - (core.monotonic() - asked)
  self.attempts = attempts
  if answer then return self:take(answer) end
  if err.code == "too_large" then
    err.message = message .. "; start again with a smaller page_size"
  end
  err.page = self.page
  return nil, err.message, err
end

-- Turns pages until the present page has an item left, or was not handed out. Returns as `turn`.
function Pager:reach(for_an_item)
  while not self.list or (self.at == #self.list and (for_an_item or self.at > 0)) do
    self.list = nil
    local ok, message, err = self:turn()
    self.err = err
    if not ok then return nil, message, err end
  end
  return true
end

-- ---- methods for callers ----

--- Walks through a list: `for item in client:pages(operation, params) do` throws what fails; the
-- pager's methods return it.
-- @function Client:pages
-- @tparam string operation in either spelling
-- @tparam[opt] table params
-- @tparam[opt] table options see @{options}, and `streamctl.options`
-- @treturn Pager

--- The next item.
-- @function Pager:next
-- @treturn[1] any item
-- @treturn[2] nil at the end
-- @failure see `streamctl.errors`; its `page` counts from 1
function Pager:next()
  local ok, message, err = self:reach(true)
  if not ok then return nil, message, err end
  self.at = self.at + 1
  return self.list[self.at]
end

--- The items of the next page that were on no page before it; or what @{Pager:next} left of one.
-- @function Pager:next_page
-- @treturn[1] table list, perhaps an empty one
-- @treturn[1] table the answer
-- @treturn[2] nil at the end
-- @failure see @{Pager:next}
function Pager:next_page()
  local ok, message, err = self:reach(false)
  if not ok then return nil, message, err end
  local rest = {}
  for i = self.at + 1, #self.list do rest[#rest + 1] = self.list[i] end
  self.list = nil
  return rest, self.answer
end

-- For loops: the next item, nil at the end. The pager's `err` belongs to the text that is thrown.
function Pager:__call()
  -- below pcall a call sees on Lua 5.1 that it cannot wait
  local ok, item, message, err = pcall(self.next, self)
  if not ok then error(item, 0) end
  if err then error(message, 2) end
  return item
end

-- Makes a pager; or nil and a message. Its calls share `group`, if there is any.
function pages.new(client, row, params, page_options, group)
  if not row.pages then return nil, listing.none(client.vendor.operations, row.action) end
  if page_options.page_size and not row.pages.size then
    return nil, row.action .. " has no parameter for the size of a page"
  end
  local self = setmetatable(options.merged(listing.plan(row, params, page_options), {
    client = client, row = row, call_options = {}, group = group, left = page_options.timeout,
    room = page_options.max_items or math.huge,
    known = {}, fruitless = 0, rereads = 0, lowest = math.huge, over = false,
  }), Pager)
  for name, value in pairs(page_options) do
    if not PAGES_OPTIONS[name] then self.call_options[name] = value end
  end
  -- items before the page with which the caller begins
  self.start, self.found = self.page, (self.page - 1) * (self.size or 0)
  self.found_at_fall, self.items_before = self.found, { [self.page] = self.found }
  return self
end

return pages
