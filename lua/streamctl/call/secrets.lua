--- Secrets of the caller's own among parameters: keys of storage, of callbacks and certificates,
-- and addresses, since the path of a stream's address may be its key.
--
-- They are sent, and shown to nobody: not by a `dry_run`, and in no message, whatever a server
-- echoes. A parameter holds one by its name, wherever it stands, in actions without a row as well:
-- the vendor's facts list those names as `secrets`, and of what is called `Url` only scheme and
-- host are shown.
-- @module streamctl.call.secrets

local json = require "streamctl.json"
local serialize = require "streamctl.call.serialize"

local secrets = {}

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
    if value or kind then return shown and serialize.json_value("shown", shown) or HIDDEN end
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

--- Parameters as they may be shown.
-- @tparam table names of the vendor, see above: "secret" or "address" by name
-- @tparam table params by name; never changed, and read without metamethods
-- @treturn table `params`, or a copy without secrets
function secrets.hide(names, params)
  return hide_table(params, nil, names, {}, 1)
end

--- The secrets among parameters.
-- @tparam table names of the vendor
-- @tparam table params
-- @tparam[opt] table more list of texts that come first
-- @treturn table list of texts, which is new
function secrets.of(names, params, more)
  local found = {}
  for i, text in ipairs(more or found) do found[i] = text end
  hide_table(params, nil, names, found, 1)
  return found
end

return secrets
