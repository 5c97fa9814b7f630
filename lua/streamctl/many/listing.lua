-- Lists of the vendors, by the `pages` of a row (see `streamctl.call.rows`): how a list is asked
-- for, where its items are, how an item is known again, and which items are wanted.

local at = require("streamctl.call.answer").at
local core = require "streamctl.core"
local encode = require "streamctl.base.encode"
local merged = require("streamctl.base.options").merged
local suggest = require "streamctl.base.suggest"

local listing = {}

local USUAL = 1000 -- items of a page at most, unless the caller says: more might be too_large

function listing.number(value, path)
  local number = path and tonumber(at(value, path))
  return encode.is_finite(number) and number or nil
end

-- The list of an answer, its length, and whether it is left out: then it is empty, if the table
-- around it is there. Or nil and a message.
function listing.of(answer, path)
  local list, wrapper = at(answer, path), path:match("^(.+)%.")
  if list == nil and wrapper and type(at(answer, wrapper)) == "table" then
    return {}, 0, true
  end
  local length = type(list) == "table" and encode.list_length(list)
  if not length then return nil, (list == nil and "has no " or "has no list as ") .. path end
  return list, length, false
end

-- Whether the vendor says that there are more items than were found, and whether it says that no
-- page follows this one. `seen`: items on it and before.
function listing.has_more(facts, answer, marker, total, found, seen, page)
  if facts.marker then return marker ~= nil, marker == nil end
  local more, last = facts.more and at(answer, facts.more), listing.number(answer, facts.last)
  if facts.more then return more == true, more == false end
  local is_last = seen == total or last ~= nil and last >= 1 and page >= last
  if total and seen > total then is_last = false end -- it is wrong, and so is `last`
  return total ~= nil and found < total, is_last
end

-- A text by which equal values are found; the order of names does not matter.
function listing.fingerprint(value)
  if type(value) ~= "table" then
    return type(value) .. ":" .. (encode.text(value) or tostring(value))
  end
  local parts = {}
  for name, part in pairs(value) do
    parts[#parts + 1] = tostring(name) .. "=" .. listing.fingerprint(part)
  end
  table.sort(parts)
  return assert(core.sha1(table.concat(parts, "\0")))
end

-- A function that gives the key of an item, by paths of fields. An item without any of them is
-- known by all its fields.
local function key_by(paths)
  return function(item)
    local parts, any = {}, nil
    for i, path in ipairs(paths or {}) do
      local text = encode.text(at(item, path))
      parts[i], any = text or "", any or text
    end
    return any and table.concat(parts, "\0") or listing.fingerprint(item)
  end
end

function listing.match(item, wanted)
  for path, text in pairs(wanted) do
    if encode.text(at(item, path)) ~= text then return false end
  end
  return true
end

-- Asks for exact matches by parameters of the vendor. Returns texts that items must have, by path.
local function be_exact(facts, params)
  local wanted = {}
  for name, how in pairs(facts.exact or {}) do
    if params[name] ~= nil and type(how) == "table" then
      for other, value in pairs(how) do
        if params[other] == nil then params[other] = value end
      end
    elseif params[name] ~= nil then
      wanted[how] = encode.text(params[name])
    end
  end
  return wanted
end

-- How a list is asked for: `facts`; `params` of the first page; `size` of a page, if it is known;
-- `page`, the number of the first; `key(item)`, a text; `wanted`, see `match`.
function listing.plan(row, params, page_options)
  local facts = row.pages
  params = merged(params)
  local plan = { facts = facts, params = params, page = 1, key = key_by(facts.key) }
  plan.wanted = page_options.exact == false and {} or be_exact(facts, params)
  if facts.size then
    local max = facts.most or row.by_name[facts.size].max
    params[facts.size] =
      page_options.page_size or params[facts.size] or (max and math.min(max, USUAL))
    plan.size = tonumber(params[facts.size])
  end
  if facts.page then
    local first = facts.first or 1
    if params[facts.page] == nil then params[facts.page] = first end
    plan.page = (tonumber(params[facts.page]) or first) - first + 1
  end
  return plan
end

function listing.none(operations, action)
  local names = {}
  for row in operations:each() do names[#names + 1] = row.pages and row.action end
  table.sort(names)
  return action .. " has no pages" .. suggest.hint(action, names) .. "; these have: "
    .. table.concat(names, ", ")
end

return listing
