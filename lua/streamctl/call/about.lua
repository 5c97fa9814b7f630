--- What a call is about: the stream, the task or the address that it changes.
--
-- A row names it by parameters, `about = { "Region", "TaskId", of = "task" }`. Calls whose keys are
-- the same change the same thing: a newer one wins over a late repeat of an older one, and a batch
-- sends them one after the other. `of` keeps apart what is changed apart: ZEGO forbids one StreamId
-- in its rooms and on the CDN by itself. Rows with the same `of` undo or overtake each other.
-- With `secret = true` a text may hold a secret, as the address of a stream does: keys hold its
-- hash, since stores show them, and messages the parameter's name. Domains are lower case.
-- @module streamctl.call.about

local core = require "streamctl.core"
local encode = require "streamctl.call.encode"

local about = {}

-- No text that a vendor takes holds it. (It is that of core.key_of, too.)
local SEPARATOR = "\0"

local function lower(text)
  return (text:gsub("[A-Z]", string.lower))
end

-- One part of a key. A stream of the test environment is the same with the prefix and without.
local function part(value, prefix, secret, is_domain)
  local text = encode.text(value) or ""
  if is_domain then return lower(text) end
  if prefix and text:sub(1, #prefix) == prefix then return text:sub(#prefix + 1) end
  return secret and assert(core.sha1(text)) or text
end

--- The things a call is about, each as a text that is the same for the same thing of one account.
-- @tparam table operation a row, or a makeshift one of an action without a row; `about` in it may
-- be missing
-- @tparam table params by name, checked or not, filled in (see @{streamctl.call.parameters}); read
-- without metamethods
-- @tparam table context of the client, see @{streamctl.call.parameters}
-- @treturn table|nil list of keys, in the order of the items where a parameter is a list, and one
-- for each item; nil when the operation names nothing
function about.keys(operation, params, context)
  local names = operation.about
  if not names then return nil end
  local prefix, secret, between = context.stream_prefix, names.secret, ":"
  local kind = names.of or table.concat(names, ",")
  local key = not prefix and not secret and core.key_of(kind, names, params, names.domains)
  if key then return { key } end
  local keys = { kind }
  for _, name in ipairs(names) do
    local value = rawget(params, name)
    local spec = prefix and operation.by_name and operation.by_name[name]
    local fold = spec and spec.prefixed and prefix
    local is_domain = names.domains and names.domains[name]
    local count = type(value) == "table" and encode.list_length(value) or 0
    if count > 0 then
      local longer = {}
      for _, start in ipairs(keys) do
        for i = 1, count do
          longer[#longer + 1] = start .. between .. part(rawget(value, i), fold, secret, is_domain)
        end
      end
      keys = longer
    else
      value = part(value, fold, secret, is_domain)
      for i = 1, #keys do keys[i] = keys[i] .. between .. value end
    end
    between = SEPARATOR
  end
  return keys
end

local PLACES = 16

--- Whose order a call of Alibaba Cloud is in, for `streamctl.call.order`: that of the domain that
-- it is about, since a domain belongs to one account, whichever key is used and whatever its name.
-- What is about no domain shares one of 16 orders with others of its kind: stores keep an order's
-- number for good, and there is no end of tasks.
-- @tparam string vendor
-- @tparam table names `about` of a row
-- @tparam table params filled in
-- @treturn string the name of an account
function about.owner(vendor, names, params)
  local owner = names.domain and core.key_of(vendor, names.domain, params, names.domains)
  if owner and #owner > #vendor + 1 then return owner end
  local name = names[1] == "Region" and names[2] or names[1] -- the first one that is no place
  local hash = assert(core.sha1(encode.text(rawget(params, name)) or ""))
  return vendor .. ":" .. names.of .. "-" .. tonumber(hash:sub(1, 4), 16) % PLACES
end

return about
