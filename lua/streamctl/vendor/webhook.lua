--- The common part of both vendors' webhooks: reading requests, comparing signatures, making
-- events, and claiming them. `streamctl.aliyun.webhook` and `streamctl.zego.webhook` build on it.
-- @public streamctl.vendor.webhook

local checks = require "streamctl.base.checks"
local core = require "streamctl.core"
local encode = require "streamctl.base.encode"
local errors = require "streamctl.base.errors"
local json = require "streamctl.base.json"
local protected = require "streamctl.loop.protected"

local webhook = {}

-- Anybody may send to a webhook's address, so bodies are checked against limits before decoding.
local MAX_BYTES = 1048576
local MAX_DEPTH = 32
local MAX_ITEMS = 10000

local TOLERANCE = 300 -- seconds by which a signature may be older or newer than now
local REPEATS = 90 -- seconds: a little longer than vendors repeat a webhook that was not taken
local ENDLESS = 600 -- seconds after which a repeat of what is not signed counts as another event

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

-- Reads the fields of a body: JSON, perhaps percent-encoded. Or returns nil and why not.
function webhook.read(body)
  if (body or "") == "" then return nil, "there is no body" end
  if #body > MAX_BYTES then return nil, "it is longer than " .. MAX_BYTES .. " bytes" end
  if body:find("^%s*%%7[Bb]") then body = webhook.unescape(body) end
  local why = fault_of_text(body)
  if why then return nil, why end
  return json.decode(body)
end

-- Returns a text, or a whole number in exact digits; nil for "" and other values.
function webhook.text(value)
  if type(value) == "number" and value % 1 == 0 and math.abs(value) <= 2 ^ 53 then
    return encode.number(value)
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
local function fault_of_age(timestamp, tolerance)
  local age = core.now() - timestamp
  if not tolerance or math.abs(age) <= tolerance then return nil end
  return "it was signed at " .. (core.time_text(timestamp) or "a time that no clock shows") .. ", "
    .. ("%.0f s %s"):format(math.abs(age), age > 0 and "ago" or "ahead of now") .. ", and "
    .. ("%.0f s"):format(tolerance) .. " are allowed; is it a repeat, or this clock wrong?"
end

-- Returns the code and text of a signature's fault; nil when it fits one of the secrets in `opts`
-- and one of the subjects, and is recent. `sign(secret, subject)` makes a signature in lower case,
-- or returns nil and why not; every pair is compared. `mismatch` is the text for another signature.
function webhook.fault(signature, timestamp, opts, subjects, sign, mismatch)
  local genuine, seconds = false, webhook.number(timestamp)
  if not seconds then return "bad_request", "its timestamp is not a whole number of seconds" end
  signature = signature:lower()
  for _, secret in ipairs(type(opts.secret) == "table" and opts.secret or { opts.secret }) do
    for _, subject in ipairs(subjects) do
      local expected, message = sign(secret, subject)
      if not expected then return "signature", message end
      genuine = core.equal(expected, signature) or genuine
    end
  end
  if not genuine then return "signature", mismatch end
  local why = fault_of_age(seconds, opts.tolerance)
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

-- Returns a hash that repeats of an event share, and other events do not. Of the fields `names`,
-- which the vendor documents for that. If one is absent the whole message and the timestamp count:
-- then a repeat with a new signature is a new event, so that no event is lost.
local function key_of(event, names, timestamp, message)
  local list = { event.vendor, event.kind }
  for _, name in ipairs(names or {}) do
    local text = webhook.text(rawget(event.fields, name))
    names = text and names
    list[#list + 1] = text and #text .. ":" .. text
  end
  if not names then list = { event.vendor, event.kind, timestamp or "", message } end
  return core.sha1(table.concat(list, "\n"))
end

-- ---- verifying ----

-- An option of each `verify`. A store locks an event for twice as long at most.
webhook.tolerance = { "tolerance", function(value)
  if value ~= false and not (type(value) == "number" and value > 0 and value <= 1e8) then
    return "must be more than 0 and at most 1e8 seconds, or false, got " .. errors.tidy(value, 100)
  end
end }

local REQUEST = {
  { "headers", checks.table }, { "query", checks.string }, { "body", checks.string },
}

-- Makes the module of a vendor. Its `verify(request, options)` returns the request's event; or nil,
-- message, err. Misuse is thrown at the line that called it. `options` are checked by `list`. The
-- function `judge(request, options)` returns an event of the common names, the fields that tell it
-- from others, and the time of its signature; or nil, code, text.
function webhook.of(vendor, list, judge)
  local name = "streamctl." .. vendor .. ".webhook.verify"
  local function verify(request, options)
    local opts = checks.take_from_user(options, list, name)
    if opts.tolerance == nil then opts.tolerance = TOLERANCE end
    if type(request) ~= "table" then request = { body = request } end
    request = checks.take_from_user(request, REQUEST, name)
    local event, names, timestamp = judge(request, opts)
    if not event then return errors.refuse(vendor, "webhook", names, timestamp) end -- code and text
    event.vendor = vendor
    event.expires = event.verified and opts.tolerance and tonumber(timestamp) + opts.tolerance
      or nil
    local message = (request.body or "") ~= "" and request.body or request.query
    local key, why = key_of(event, names, timestamp, message)
    if not key then return errors.refuse(vendor, "webhook", "signature", why) end
    event.key = key
    return setmetatable(event, Event)
  end
  return { verify = verify, claim = webhook.claim, release = webhook.release }
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
  -- claimed until its signature is too old, and its last repeat came
  local left = event.expires and event.expires - core.now() or ENDLESS
  local value, why
  ok, value, why = protected.call(method, store, key, argument or math.max(left, 0) + REPEATS)
  if not ok then
    if errors.is_interrupt(value) then error(value, 0) end
    value, why = nil, value
  end
  if value ~= nil then return value end
  return errors.refuse(event.vendor, "webhook", "store",
    "the store failed: " .. errors.tidy(why, 500))
end

--- Claims an event, until its signature is too old for `verify`: one of all programs that share the
-- store gets it.
-- @tparam table store see docs/how-to/stores.md
-- @tparam table event of `verify`
-- @treturn[1] string a token: act on the event; `release` it when that fails
-- @treturn[2] boolean false: it came before; answer it like the first one, and do nothing
-- @failure see `streamctl.errors`: `store`
function webhook.claim(store, event)
  local token, message, err = call_store(store, event, "lock")
  return token, message, err
end

--- Releases an event, so that the vendor's next repeat of it is taken.
-- @tparam table store
-- @tparam table event
-- @tparam string token of `claim`
-- @treturn[1] boolean true; false when it was released already
-- @failure see `streamctl.errors`: `store`
function webhook.release(store, event, token)
  if type(token) ~= "string" then error("the token of claim is needed", 2) end
  local done, message, err = call_store(store, event, "unlock", token)
  return done, message, err
end

return webhook
