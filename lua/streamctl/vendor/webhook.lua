--- The common part of both vendors' webhooks ("callbacks"): reading bodies, comparing signatures,
-- making events, and taking each event once. `streamctl.aliyun.webhook` and
-- `streamctl.zego.webhook` build on it.
-- @public streamctl.vendor.webhook

local core = require "streamctl.core"
local encode = require "streamctl.encode"
local errors = require "streamctl.errors"
local json = require "streamctl.json"
local protected = require "streamctl.loop.protected"

local webhook = {}

-- Anybody may send to a webhook's address, so bodies are checked against limits before decoding.
local MAX_BYTES = 1048576
local MAX_DEPTH = 32
local MAX_ITEMS = 10000

local MAX_AGE = 300 -- seconds by which a signature may be older or newer than now
local SECONDS = 660 -- for which an event is remembered: a little more than twice MAX_AGE

-- Checks the option `max_age`: nil, or what the option must be.
function webhook.check_age(value)
  if value ~= false and not (type(value) == "number" and value > 0 and value < 2 ^ 40) then
    return "must be a number of seconds above 0, or false, got " .. errors.tidy(value, 100)
  end
end

-- ---- reading ----

-- Returns why a JSON text is refused, or nil. Syntax errors are left to the decoder.
local function fault_of_text(text)
  if not json.is_utf8(text) then return "it is not UTF-8" end
  local at, depth, items, seen = text:find('["{}%[%],]'), 0, 0, {}
  while at do
    local char = text:sub(at, at)
    if char == '"' then
      local stop = json.string_end(text, at)
      if not stop then return nil end
      if depth == 1 and text:find("^%s*:", stop + 1) then
        local name = text:sub(at + 1, stop - 1):lower()
        if seen[name] then return "a field is in it twice; which one counts cannot be told" end
        if name:find("\\", 1, true) then return "the name of a field is escaped" end
        seen[name] = true
      end
      at = stop
    elseif char == "}" or char == "]" then
      depth = depth - 1
    else
      items = items + 1
      if char ~= "," then depth = depth + 1 end
      if depth > MAX_DEPTH then return "it is more than " .. MAX_DEPTH .. " levels deep" end
      if items > MAX_ITEMS then return "it holds more than " .. MAX_ITEMS .. " items" end
    end
    at = text:find('["{}%[%],]', at + 1)
  end
end

-- Decodes percent-encoding and the "+" of forms.
function webhook.unescape(text)
  return encode.percent_decoded((text:gsub("+", " ")))
end

-- Reads the fields of a body: JSON, percent-encoded JSON, or a decoded object. Or nil and why not.
function webhook.read(body)
  local decoded, why
  if type(body) == "table" then
    decoded = body
    for name in next, decoded do
      if type(name) ~= "string" then return nil, "it is not a JSON object" end
    end
    body, why = json.encode(decoded) -- objects have the limits of texts
    if not body then return nil, why end
  end
  if type(body) ~= "string" or body == "" then return nil, "there is no body" end
  if #body > MAX_BYTES then return nil, "it is longer than " .. MAX_BYTES .. " bytes" end
  if body:find("^%s*%%7[Bb]") then body = webhook.unescape(body) end
  why = fault_of_text(body)
  if why then return nil, why end
  if decoded then return decoded end
  return json.decode(body)
end

-- Returns a text, or a whole number in exact digits; nil for "" and other values.
function webhook.text(value)
  if type(value) == "number" and value % 1 == 0 and math.abs(value) <= 2 ^ 53 then
    return encode.integer(value)
  end
  return type(value) == "string" and value ~= "" and value or nil
end

-- Returns a whole number, or the number of a text of digits; or nil.
function webhook.number(value)
  local text = webhook.text(value)
  return text and #text <= 16 and text:find("^%d+$") and tonumber(text) or nil
end

-- ---- judging ----

-- Returns why a signature is too old or too new, or nil.
local function fault_of_age(timestamp, max_age, now)
  if max_age == nil then max_age = MAX_AGE end
  local age = (now or core.now()) - timestamp
  if not max_age or math.abs(age) <= max_age then return nil end
  return "it was signed at " .. (core.time_text(timestamp) or "a time that no clock shows") .. ", "
    .. ("%.0f s %s"):format(math.abs(age), age > 0 and "ago" or "ahead of now") .. ", and "
    .. ("%.0f s"):format(max_age) .. " are allowed; is it a repeat, or this clock wrong?"
end

-- Returns the code and text of a signature's fault; nil when it fits one of the secrets in `opts`
-- and one of the subjects, and is recent. `sign(secret, subject)` makes a signature in lower case,
-- or returns nil and why not; every pair is compared. `mismatch` is the text for another signature.
function webhook.fault(signature, timestamp, opts, subjects, sign, mismatch)
  local genuine = false
  signature = signature:lower()
  for _, secret in ipairs(type(opts.secret) == "table" and opts.secret or { opts.secret }) do
    for _, subject in ipairs(subjects) do
      local expected, message = sign(secret, subject)
      if not expected then return "signature", message end
      genuine = core.equal(expected, signature) or genuine
    end
  end
  if not genuine then return "signature", mismatch end
  local why = fault_of_age(tonumber(timestamp), opts.max_age, opts.now)
  return why and "expired", why
end

-- ---- events ----

local Event = { __name = "streamctl.event" }

-- Shows the common names alone, since the fields may hold a signed address.
function Event:__tostring()
  local parts = {}
  for _, name in ipairs { "stream", "app", "domain", "room" } do
    if self[name] then parts[#parts + 1] = name .. " " .. errors.tidy(self[name], 256) end
  end
  return self.vendor .. " " .. self.kind .. (self.verified and "" or " (not verified)")
    .. (parts[1] and ": " .. table.concat(parts, ", ") or "")
end

-- Adds all parts of a value to a list, in a fixed order.
local function add_all(list, value)
  if type(value) ~= "table" then
    list[#list + 1] = type(value) .. ":" .. (encode.is_finite(value) and encode.number(value)
      or type(value) == "string" and #value .. ":" .. value or tostring(value))
    return
  end
  local names = {}
  for name in next, value do names[#names + 1] = name end
  table.sort(names, function(a, b) return type(a) .. tostring(a) < type(b) .. tostring(b) end)
  list[#list + 1] = "table:" .. #names
  for _, name in ipairs(names) do
    add_all(list, name)
    add_all(list, value[name])
  end
end

-- Returns a hash that repeats of an event share, and other events do not. Of the fields `names`,
-- which the vendor documents for that. If one is absent all fields and the timestamp count: then a
-- repeat with a new signature is a new event, so that no event is lost.
local function key_of(event, names, timestamp)
  local list = { event.vendor, event.kind }
  for _, name in ipairs(names or {}) do
    local text = webhook.text(rawget(event.fields, name))
    names = text and names
    add_all(list, text or false)
  end
  if not names then
    local others = {}
    for name, value in next, event.fields do
      local lower = name:lower()
      if lower ~= "nonce" and lower ~= "signature" then others[name] = value end
    end
    list = { event.vendor, event.kind, timestamp or "" }
    add_all(list, others)
  end
  return core.sha1(table.concat(list, "\n"))
end

-- Makes an event of a table with `vendor`, `kind`, `verified`, `fields` and the common names.
-- `names` lists the fields that tell it from others; `timestamp` is the time of its signature.
function webhook.event(event, names, timestamp)
  local key, why = key_of(event, names, timestamp)
  if not key then return errors.refuse(event.vendor, "webhook", "signature", why) end
  event.key = key
  return setmetatable(event, Event)
end

-- ---- claiming ----

-- Calls a method of the store for an event; or returns nil, message, err.
local function call_store(store, event, name, argument)
  local ok, method = pcall(function() return store[name] end)
  if not ok or not method then error("the store has no method '" .. name .. "'", 3) end
  if type(event) ~= "table" or type(event.key) ~= "string" or type(event.vendor) ~= "string" then
    error("an event that verify returned is needed, got " .. errors.tidy(event, 100), 3)
  end
  local key = event.vendor .. ":" .. event.key .. ":webhook"
  local value, why
  ok, value, why = protected.call(method, store, key, argument)
  if not ok then
    if errors.is_interrupt(value) then error(value, 0) end
    value, why = nil, value
  end
  if value ~= nil then return value end
  return errors.refuse(event.vendor, "webhook", "store",
    "the store failed: " .. errors.tidy(why, 500))
end

--- Takes an event the first time it comes: one of all programs that share the store gets it.
-- @tparam table store see docs/how-to/stores.md
-- @tparam table event of `verify`
-- @tparam[opt=660] number seconds for which it is remembered: more than twice the `max_age` of
-- `verify`
-- @treturn[1] string a token: act on the event; `release` it when that fails
-- @treturn[2] boolean false: it came before; answer it like the first one, and do nothing
-- @failure see `streamctl.errors`: `store`
function webhook.claim(store, event, seconds)
  seconds = seconds or SECONDS
  if type(seconds) ~= "number" or not (seconds > 0 and seconds <= 1e9) then
    error("seconds must be more than 0 and at most 1e9, got " .. errors.tidy(seconds, 100), 2)
  end
  local token, message, err = call_store(store, event, "lock", seconds)
  return token, message, err
end

--- Forgets that an event came, so that the vendor's next repeat of it is taken.
-- @tparam table store
-- @tparam table event
-- @tparam string token of `claim`
-- @treturn[1] boolean true; false when it was forgotten already
-- @failure see `streamctl.errors`: `store`
function webhook.release(store, event, token)
  if type(token) ~= "string" then error("the token of claim is needed", 2) end
  local done, message, err = call_store(store, event, "unlock", token)
  return done, message, err
end

return webhook
