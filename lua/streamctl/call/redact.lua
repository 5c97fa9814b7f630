--- No text that comes from elsewhere is shown with a secret in it: the client's own, what looks
-- like a signature, the user part of URLs, and secrets of the caller's own among parameters.
--
-- Those are keys of storage, of callbacks and certificates, and addresses, since the path of a
-- stream's address may be its key. They are sent, and shown to nobody: not by a `dry_run`, and in
-- no message, whatever a server echoes. A parameter holds one by its name, wherever it stands, in
-- actions without a row as well: the vendor's facts list those names as `secrets`, and of what is
-- called `Url` only scheme and host are shown.
-- @module streamctl.call.redact

local errors = require "streamctl.errors"
local json = require "streamctl.json"

local redact = {}

-- Passes every check that a text has to pass.
local HIDDEN = "hidden"
local MAX_DEPTH = 16 -- what can be sent is no deeper
local LEAST = 8 -- bytes of a part of an address that may be a key

-- What a parameter holds: "secret", "address", or nothing to hide.
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
    if #part >= LEAST then found[#found + 1] = part end
  end
  return scheme .. bare .. "/" .. HIDDEN
end

local hide_table

-- A text, which may be JSON that holds others, or addresses with commas between.
local function hide_text(text, kind, names, found, depth)
  if text == "" then return text end
  if kind == "secret" then
    found[#found + 1] = text
    for line in text:gmatch("[^\r\n]+") do found[#found + 1] = line end
    return HIDDEN
  end
  local opening = text:match("^%s*([%[{])")
  if opening then
    local value = (opening == "[" and json.decode_list or json.decode)(text)
    local shown = value and hide_table(value, kind, names, found, depth)
    if value and shown == value then return text end
    if value or kind then return shown and json.encode(shown) or HIDDEN end
    return text
  end
  if kind ~= "address" then return text end
  return (text:gsub("[^,]+", function(part) return hide_address(part, found) end))
end

local function hide_value(value, kind, names, found, depth)
  if type(value) == "table" then return hide_table(value, kind, names, found, depth) end
  if type(value) == "string" then return hide_text(value, kind, names, found, depth) end
  if kind == "secret" and type(value) == "number" then return HIDDEN end
  return value
end

-- Without metamethods; a table without secrets as it is, else a copy.
function hide_table(value, kind, names, found, depth)
  if depth > MAX_DEPTH then return value end
  local copy
  for key, item in next, value do
    local shown = hide_value(item, kind_of(names, key) or kind, names, found, depth + 1)
    if shown ~= item then
      if not copy then
        copy = {}
        for name, other in next, value do copy[name] = other end
      end
      copy[key] = shown
    end
  end
  return copy or value
end

--- Parameters as they may be shown, by the vendor's names; a copy, if they hold secrets.
function redact.params(names, params)
  return hide_table(params, nil, names, {}, 1)
end

-- What no text of a call may hold beside the signer's secrets: found once for each call.
local function secrets_of(self, call)
  if not call then return self.secrets end
  if call.secrets then return call.secrets end
  local found = {}
  for i, text in ipairs(self.secrets) do found[i] = text end
  hide_table(call.params, nil, self.vendor.operations.secrets, found, 1)
  call.secrets = found
  return found
end

--- A text without the client's secrets, signatures, and what `call.params` hold of the caller's.
function redact.hide(self, text, call)
  return errors.mask(self.signer:redact(text, secrets_of(self, call)) or "***")
end

--- The beginning of somebody else's text, on one line: `limit` bytes. It is hidden before it is
-- cut, since half a secret is not recognised.
function redact.quote(self, text, limit, call)
  return errors.tidy(redact.hide(self, text:sub(1, 65536), call), limit)
end

return redact
