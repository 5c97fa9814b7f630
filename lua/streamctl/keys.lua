--- Keys as sources of credentials hold them: their secrets in memory of C, which is wiped.
-- @module streamctl.keys

local core = require "streamctl.core"
local errors = require "streamctl.errors"
local options = require "streamctl.options"

local keys = {}

local LATEST = 253402300799 -- the end of the year 9999

local function is_secret(name)
  return name:find("_secret$") ~= nil or name == "security_token"
end

local function unfit(field, value)
  if field ~= "expires" and field ~= "ahead" then return options.checks.text(value) end
  if type(value) ~= "number" or value ~= value or value > LATEST then
    return "must be Unix seconds"
  end
end

--- What a source has fetched, as it is held; or nil and what is wrong. `found` has texts by name,
-- `expires` (Unix seconds) and `ahead` (seconds by which the clock that this is told by is ahead
-- of the machine's); secrets may be of `core.secret`. It may say its own provider.
function keys.kept(found, provider)
  local held = { provider = provider }
  for field, value in next, found do
    local is_kept = is_secret(field) and type(value) == "userdata"
      and tostring(value) == "streamctl.secret"
    local why = not is_kept and unfit(field, value)
    if why then return nil, errors.tidy(tostring(field), 100) .. " " .. why end
    held[field] = is_secret(field) and not is_kept and assert(core.secret(value)) or value
  end
  return held
end

-- Without the text of either being in a string together with anything known.
local function same_text(a, b)
  if type(a) ~= "userdata" or type(b) ~= "userdata" then return a == b end
  local salt = core.nonce() or ""
  local digest = core.md5(salt, a)
  return digest ~= nil and digest == core.md5(salt, b)
end

--- Whether two are the same in everything.
function keys.is_same(a, b)
  for name in pairs(options.merged(a, b)) do
    if not same_text(a[name], b[name]) then return false end
  end
  return true
end

--- Seconds that one lives on; not positive: it has come to its end.
function keys.left(held)
  return held.expires and held.expires - core.now() - (held.ahead or 0) or math.huge
end

--- One as texts, in a table of its reader's own.
function keys.texts(held)
  local texts = {}
  for name, value in pairs(held) do
    texts[name] = type(value) == "userdata" and value:reveal() or value
  end
  texts.ahead = nil
  return texts
end

return keys
