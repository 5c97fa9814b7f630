-- Expands rows, the written form of operations. A file of `aliyun/operations/` or
-- `zego/operations/` returns a list of them:
--
--     return {
--       {
--         "ForbidLiveStream", rate = 20, safe = { unless = { Oneshot = "yes" } },
--         params = {
--           "AppName! DomainName! StreamName! RegionId ResumeTime:time",
--           { "LiveStreamType!", enum = { "publisher" }, value = "publisher" },
--         },
--       },
--     }
--
-- An item of `params` is a text of words, or a table of a word and its limits (see `check.lua`). A
-- word is `Name[:type][!|*]`: the type is `text` unless said, `!` is required, `*` is called
-- required by the vendor's documents but left to the server. `fields` of an object are written the
-- same way. Fields of a row, all by name but the action:
--
-- * `method`, `host`, `body` ("form" or "json": parameters travel there, but for those with `query
--   = true`), `page` (where the vendor's address does not follow from the action), `group` (unless
--   said, the file's name)
-- * `rate`, `test_rate`: documented calls per second and account
-- * `safe`: it may be sent again when it is unknown whether the first copy was executed; `{ unless
--   = { Name = "value" } }` with exceptions (`true`: any value). Left out: what begins as a query
--   does is safe
-- * `already`: the vendor's codes that say that all is as the call asks, by which a repeat learns
--   that the first copy was executed;
--   `answers`: codes that are an answer and no failure (`true`: all are); `settle`: the query that
--   tells after an unknown outcome, see `failure.lua`
-- * `once`: the field by which the vendor knows the copies of a call, see `check.lua`
-- * `resource`: the parameters that name the changed stream or task, see `check.lua`; those of
--   domains become its `domains`, and `domain` lists the first. `sequence`: it carries a Sequence
-- * `read`: it asks and changes nothing. Left out: a safe row reads when it begins as queries do.
--   `restores`: it brings back what was stopped. The command asks before any other
-- * `list`: the parameter that the ids of a batch fill
-- * `partial = { items = "Data.FailUsers", id = "Uid", code = "Code" }`, or a list of such places,
--   of a success that names items which failed: `items` is the path of a list; `id`, `code` and
--   `message` are fields of its items. All items failed, but for those whose `code` is in the list
--   `fine` or whose `message` has the word `says`
-- * `pages`, of a list in pages. By number: `page`, the parameter of the page's number, `first`
--   (1), the first page's. By marker: `marker`, the parameter that takes what the answer before
--   holds at `next`. `size`: the parameter of the page's size, `most`: its maximum, if the
--   parameter has no `max`. Paths in the answer: `items`, the list; `total`, how many items there
--   are; `last`, the last page's number; `more`, false on the last page. `key`: fields by which an
--   item is known again; without it all of them. `exact`: parameters that filter loosely, each with
--   the path in an item that must equal it, or with the parameters by which the vendor matches it
--   exactly
-- * `secret`: its answers hold secrets, so messages do not quote them
-- * `rules` between parameters; `returns`: fields that a success carries, and their types
--
-- Named fields of the list itself hold for every row of the list, and `defaults` of the vendor's
-- facts for every row of the vendor.

local rows = {}

-- A row is expanded once: traces would take LuaJIT longer than they save.
local jit = package.loaded.jit
if jit then jit.off(true, true) end

-- The name of the method for an action: "ResumeRTCStreams" -> "resume_rtc_streams".
function rows.snake(action)
  return (action:gsub("(%l)(%u)", "%1_%2"):gsub("(%u)(%u%l)", "%1_%2"):lower())
end

local MAX_IDS = 100 -- in a request, where the vendor names no limit

local QUERIES = { Describe = true, List = true, Query = true, Get = true, Check = true,
  Search = true, Validate = true }

-- Parameters without limits, by their words: rows share them.
local words = {}

local function read(word, spec)
  local name, kind, mark = word:match("^([^:!*]+)(:?[%a_]*)([!*]?)$")
  if not name then error("'" .. word .. "' is no parameter: write Name[:type][!|*]", 0) end
  spec = spec or {}
  spec.name, spec.type, spec.wire = name, kind == "" and "text" or kind:sub(2), spec.wire or name
  if mark == "!" then spec.required = true end
  if mark == "*" then spec.documented = true end
  return spec
end

local function expand_params(written)
  local params = {}
  for _, item in ipairs(written or {}) do
    if type(item) == "table" then
      if not item.name then -- rows of a file share such items
        read(item[1], item)
        item.fields = item.fields and expand_params(item.fields)
      end
      params[#params + 1] = item
    else
      for word in item:gmatch("%S+") do
        words[word] = words[word] or read(word)
        params[#params + 1] = words[word]
      end
    end
  end
  return params
end

-- Domains know no case: two spellings name the same domain.
local function find_domains(resource)
  for _, name in ipairs(resource) do
    if name:find("Domain", 1, true) then
      resource.domain, resource.domains = resource.domain or { name }, resource.domains or {}
      resource.domains[name] = true
    end
  end
end

-- Makes a written row ready for calls, with `defaults` for missing fields. The row gains `action`,
-- `name`, `by_name` (parameters by name), `filled_in` (those with a `value` or an `option`) and
-- `max_ids` (what a request takes for `list`); `params` become a list, whose items rows may share.
function rows.expand(row, defaults)
  if row.action then return row end
  for name, value in pairs(defaults or {}) do
    if row[name] == nil then row[name] = value end
  end
  local params, by_name, filled_in = expand_params(row.params), {}, {}
  for _, spec in ipairs(params) do
    by_name[spec.name] = spec
    if spec.value or spec.option then filled_in[#filled_in + 1] = spec end
  end
  if row.resource then find_domains(row.resource) end
  row.action, row.name = row[1], rows.snake(row[1])
  local is_query = QUERIES[row.action:match("^%u%l+")] or false
  if row.safe == nil then row.safe = is_query end
  if row.read == nil then row.read = is_query and row.safe == true end
  row.params, row.by_name, row.filled_in = params, by_name, filled_in
  if row.list then row.max_ids = by_name[row.list].max_items or MAX_IDS end
  return row
end

return rows
