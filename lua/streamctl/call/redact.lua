-- Hides secrets in messages, events and requests that are shown: the client's (sign/signer.c),
-- signatures and users of URLs (errors.mask), the caller's parameters, whatever a server echoes.
--
-- Secret parameters are keys of storage, callbacks and certificates, and addresses, since the path
-- of a stream's address may be its key. They are known by their names, at any depth and in actions
-- without a row as well: the vendor's facts list the names as `secrets`, and of a parameter called
-- `Url` only scheme and host are shown.

local encode = require "streamctl.base.encode"
local errors = require "streamctl.base.errors"
local json = require "streamctl.base.json"
local merged = require("streamctl.base.options").merged

local redact = {}

local HIDDEN = "hidden" -- passes every check of texts
local MAX_DEPTH = 17 -- deeper tables cannot be sent: of the parameters, and 16 in them
local MIN_KEY = 8 -- bytes of a part of an address that may be a key

-- The kind of a parameter's value: "secret", "address", or nil for nothing to hide.
local function kind_of(names, name)
  if type(name) ~= "string" then return nil end
  if names[name] then return names[name] end
  local lower = name:lower()
  return (lower:find("urls?$") or lower:find("urllist$")) and "address" or nil
end

-- "rtmp://push.example.com/app/key" -> "rtmp://push.example.com/hidden"
local function hide_address(text, found)
  local scheme, host, rest = text:match("^%s*(%a[%w+.-]*://)([^/?#]*)(.*)$")
  if not scheme then
    found[#found + 1] = text
    return HIDDEN
  end
  local bare = host:gsub("^.*@", "")
  if bare == host and (rest == "" or rest == "/") then return text end
  found[#found + 1] = text
  for part in (host:sub(1, #host - #bare) .. rest):gmatch("[^/?&=#:@]+") do
    if #part >= MIN_KEY then found[#found + 1] = part end
  end
  return scheme .. bare .. "/" .. HIDDEN
end

local hide_table

-- Hides in a text, which may be JSON with other texts, or addresses between commas.
local function hide_text(text, kind, names, found, depth)
  if text == "" then return text end
  if kind == "secret" then
    for line in text:gmatch("[^\r\n]+") do found[#found + 1] = line end
    return HIDDEN
  end
  local opening = text:match("^%s*([%[{])")
  if opening then
    local value = (opening == "[" and json.decode_list or json.decode)(text)
    local at = #found + 1
    found[at] = text -- JSON may write secrets with escapes, so the text comes before its parts
    local shown = value and hide_table(value, kind, names, found, depth)
    if shown ~= value or kind and not value then return shown and json.encode(shown) or HIDDEN end
    table.remove(found, at)
    return text
  end
  if kind ~= "address" then return text end
  return (text:gsub("[^,]+", function(part) return hide_address(part, found) end))
end

local function hide_value(value, kind, names, found, depth)
  if type(value) == "table" then return hide_table(value, kind, names, found, depth) end
  if type(value) == "string" then return hide_text(value, kind, names, found, depth) end
  if kind == "secret" and type(value) == "number" then
    found[#found + 1] = encode.number(value)
    return HIDDEN
  end
  return value
end

-- Hides in a table, without metamethods. Returns a copy, or the table itself without secrets.
function hide_table(value, kind, names, found, depth)
  if depth > MAX_DEPTH then return value end
  local copy
  for key, item in next, value do
    local shown = hide_value(item, kind_of(names, key) or kind, names, found, depth + 1)
    if shown ~= item then
      copy = copy or merged(value)
      copy[key] = shown
    end
  end
  return copy or value
end

-- Parameters with their secrets hidden; `names` are the vendor's `secrets`.
function redact.params(names, params)
  return hide_table(params, nil, names, {}, 1)
end

-- Secrets that the signer does not know: the proxy's, and those among the call's parameters.
local function secrets_of(self, call)
  if not call then return self.secrets end
  if call.secrets then return call.secrets end
  local found = {}
  for i, text in ipairs(self.secrets) do found[i] = text end
  hide_table(call.params, nil, self.vendor.operations.secrets, found, 1)
  call.secrets = found
  return found
end

-- A text with the secrets of the client and of `call.params` hidden, and signatures. The signer
-- knows its last two keys: the call's own key may be an older one.
function redact.hide(self, text, call)
  local key = call and call.credentials
  return errors.mask(self.signer:redact(text, secrets_of(self, call), key) or "***")
end

-- The first `limit` bytes of a foreign text, on one line; any other value as it is. Secrets are
-- hidden before the cut, since half a secret is not recognised.
function redact.quote(self, text, limit, call)
  if type(text) ~= "string" then return text end
  return errors.tidy(redact.hide(self, text:sub(1, 65536), call), limit)
end

return redact
