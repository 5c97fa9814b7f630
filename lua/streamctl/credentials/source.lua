--- Sources of credentials. A source fetches credentials, keeps them and refreshes them in time.
--
--     local source = streamctl.aliyun.credentials.ecs_role { role_name = "streams" }
--     local live = streamctl.aliyun.new { credentials = source }
--
-- A source fetches nothing before the first call. It refreshes its credentials 15 minutes before
-- they expire, or when half of a shorter life is over: one caller fetches, and the others go on
-- with the valid credentials. After a failure, valid credentials stay in use, and the source
-- fetches again after pauses that grow from 1 s to 60 s. Without valid credentials, callers get
-- the same failure during a pause. A source never hands out expired credentials.
-- @public streamctl.credentials.source

local checks = require "streamctl.base.checks"
local core = require "streamctl.core"
local errors = require "streamctl.base.errors"
local flight = require "streamctl.loop.flight"
local loops = require "streamctl.loop.pick"
local options = require "streamctl.base.options"

local source = {}

local REFRESH_BEFORE = 900     -- seconds before the end, as all numbers here are seconds
local FIRST_PAUSE, LAST_PAUSE = 1, 60
local ENOUGH = 2               -- a source that has not answered by then has failed

-- A process may have a source for each of a thousand accounts: a source shares what it can.
local fetches = flight.new() -- by source
local QUIET = { ends = 0 }   -- the pause of a source that has not failed; constant

local Source = { __name = "streamctl.source" }
Source.__index = Source

function Source:__tostring()
  return "streamctl.source: " .. self.name
end

-- Makes the error of a source, with further fields such as `absent`: nil, message, err.
function Source:fail(text, fields)
  local err = fields or {}
  err.code, err.vendor = err.code or "credentials", self.vendor
  return errors.complete(err, self.name .. ": " .. text)
end

-- Copies the error of a configured source without `absent`: a chain must not pass over it.
function source.configured(err)
  local copy = errors.copy(err)
  copy.absent = nil
  return nil, copy.message, copy
end

-- ---- credentials, whose secrets are in memory of C, which is wiped ----

local function is_secret(name)
  return name:find("_secret$") ~= nil or name == "security_token"
end

-- Makes credentials of a fetched table: its secrets become `core.secret`. Or nil and the fault.
local function protect(fetched, provider)
  local credentials = { provider = provider }
  for name, value in next, fetched do
    local is_protected = is_secret(name) and type(value) == "userdata"
      and tostring(value) == "streamctl.secret"
    local check = name == "expires" and checks.time or checks.text
    local why = not is_protected and name ~= "ahead" and check(value)
    if why then return nil, errors.tidy(tostring(name), 100) .. " " .. why end
    credentials[name] = is_secret(name) and not is_protected and assert(core.secret(value)) or value
  end
  return credentials
end

-- Compares credentials by salted digests, so that no secret becomes a Lua text.
local function is_same(a, b)
  local salt = core.nonce() or ""
  local function digest_of(value)
    return type(value) == "userdata" and core.md5(salt, value) or value
  end
  for name in pairs(options.merged(a, b)) do
    if digest_of(a[name]) ~= digest_of(b[name]) then return false end
  end
  return true
end

local function seconds_left(credentials)
  local now = core.now() + (credentials.ahead and credentials.ahead() or 0)
  return credentials.expires and credentials.expires - now or math.huge
end

-- ---- when to fetch ----

-- Begins a pause after the failure `err`, or after the vendor has refused a key. If it `grows`, it
-- is twice as long as the last one; it has at most `max` seconds.
local function pause(self, grows, max, err)
  local now, full = core.monotonic(), self.pause.full
  if grows or not full then full = math.min(2 * (full or FIRST_PAUSE / 2), LAST_PAUSE) end
  local seconds = full * (1 - 0.25 * (core.random() or 0.5))
  self.pause = { full = full, began = now, ends = now + math.min(seconds, max), err = err }
end

local function is_paused(self)
  return core.monotonic() < self.pause.ends
end

-- Returns valid credentials or nil. Expired credentials are dropped.
local function valid(self)
  if self.credentials and seconds_left(self.credentials) <= 0 then self.credentials = nil end
  return self.credentials
end

-- Whether this caller refreshes valid credentials.
local function is_due(self, credentials)
  return self.refused == credentials or seconds_left(credentials) <= self.refresh_left
    and not is_paused(self) and not fetches:is_busy(self)
end

-- Returns the last failure during the pause after it; nil when the source may fetch again.
local function remembered(self)
  local last, now = self.pause, core.monotonic()
  if not last.err or not is_paused(self) then return nil end
  local err = errors.copy(last.err)
  err.remembered, err.retry_after = true, last.ends - now
  err.message = ("%s (asked %.0f s ago; the next question is in %.0f s)")
    :format(err.message, now - last.began, err.retry_after)
  return err
end

-- ---- fetching ----

local function fetch(self, context)
  local fetched, message, err = self:fetch(context)
  if not fetched then return nil, message, err end
  local credentials, why = protect(fetched, self.name)
  if not credentials then return self:fail("what it gives is no key: " .. why) end
  local left, expires = seconds_left(credentials), credentials.expires
  if left > 0 then return credentials end
  return self:fail(("the key that it gives expired at %s, and here it is %s; if that is wrong, set "
    .. "the clock"):format(core.time_text(expires), tostring(core.time_text(expires - left))))
end

-- Keeps new credentials. Equal credentials keep the old table: callers compare by identity.
local function keep(self, new)
  if not self.credentials or not is_same(self.credentials, new) then self.credentials = new end
  -- the random share keeps processes from refreshing at the same moment
  self.refresh_left = math.min(REFRESH_BEFORE, seconds_left(self.credentials) / 2)
    * (1 + 0.1 * (core.random() or 0.5))
  return self.credentials
end

-- Calls the context's `waiting` once, and returns whether it did. A call takes its sequence number
-- there: taken after a slow fetch, the number would let an older call overtake a newer call.
local function announce_wait(context)
  local waiting = context.waiting
  context.waiting = nil
  if waiting then waiting() end
  return waiting ~= nil
end

local function refresh(self, context)
  local current = valid(self)
  local err = not current and remembered(self)
  if err then return nil, err.message, err end
  announce_wait(context)
  context.asked = true
  local now = core.monotonic()
  -- a caller with valid credentials keeps half of its time for its own request
  local seconds = math.max(context.deadline - now, 0) / (current and 2 or 1)
  local new, message
  new, message, err = fetch(self, options.merged(context, { deadline = now + seconds }))
  local was_refused = current and self.refused == current
  self.refused = nil
  local was_short = seconds < ENOUGH and core.monotonic() >= now + seconds
  -- only a result that does not depend on this caller makes the pauses grow
  local grows = new or not was_short and err.code ~= "cannot_wait" and not err.remembered
  if new and not was_refused then
    self.pause = QUIET
  elseif current or grows then -- the pause ends when the valid credentials expire
    pause(self, grows, math.min(err and err.retry_after or LAST_PAUSE,
      current and seconds_left(current) or LAST_PAUSE), err)
  end
  if new then return keep(self, new) end
  return nil, message, err
end

-- A context has the `loop` that waits, until `deadline` (of `core.monotonic()`), and the `options`
-- of the client for requests. A caller may add `waiting`, a function that is called once before a
-- wait. `asked` says afterwards that this caller has fetched.

--- Returns the valid credentials. The table stays the same as long as nothing changes.
-- @function source:current
-- @tparam[opt] table context where to wait and until when; the library's defaults
-- @treturn[1] table credentials: secrets as `core.secret`, and the other fields; not to be changed
-- @treturn[1] string|nil why a refresh has just failed
-- @failure `absent`: nothing is configured there; `remembered`: the failure is an
-- earlier one, and the source fetches again in `retry_after` seconds
function Source:current(context)
  local credentials = valid(self)
  if credentials and not is_due(self, credentials) then return credentials end
  context = context or { loop = loops.current(), options = options.defaults,
    deadline = core.monotonic() + options.defaults.timeout }
  if fetches:is_busy(self) and announce_wait(context) then return self:current(context) end
  local found, message, err = fetches:share(self, context.loop, context.deadline,
    function(code, text)
      return self:fail(text, { code = code == "cannot_wait" and code or nil })
    end,
    function() return refresh(self, context) end)
  credentials = valid(self) -- another caller may have fetched newer credentials meanwhile
  if credentials then return credentials, message end
  if found then return self:fail("the key ended while it was waited for", { retryable = true }) end
  if not err.retryable and core.monotonic() >= context.deadline then -- a later call has time
    err = errors.copy(err) -- which others have, too
    err.retryable = true
  end
  return nil, message, err
end

--- Returns the valid credentials for other programs: their secrets are ordinary Lua texts, which
-- stay in memory until Lua reuses it.
-- @function source:get
-- @tparam[opt] table context where to wait and until when; the library's defaults
-- @treturn[1] table `access_key_id`, `access_key_secret`, `security_token`, `expires` (Unix
-- seconds), `provider`
-- @failure see `streamctl.errors`
function Source:get(context)
  local credentials, message, err = self:current(context)
  if not credentials then return nil, message, err end
  local texts = {}
  for name, value in pairs(credentials) do
    texts[name] = type(value) == "userdata" and value:reveal() or value
  end
  texts.ahead = nil
  return texts
end

--- Says that the vendor has refused credentials. If they are still the valid ones, the next
-- `current` fetches. After repeated refusals it fetches after growing pauses only; a minute without
-- a refusal ends these pauses.
-- @function source:refuse
-- @tparam table credentials
function Source:refuse(credentials)
  if self.credentials ~= credentials or is_paused(self) then return end -- newer ones are there
  if core.monotonic() > self.pause.ends + LAST_PAUSE then self.pause = QUIET end
  self.refused = credentials
end

-- ---- making ----

-- Whether a value is a source: anything with its two methods.
function source.is_source(value)
  return type(value) == "table" and type(value.current) == "function"
    and type(value.refuse) == "function"
end

-- Makes a source of a table with `name`, for messages; `account`, a fixed word that tells its
-- account from others; and `fetch(self, context)`, which may wait. `fetch` returns a table of texts
-- (names that end in `_secret`, and `security_token`, are secret), perhaps with `expires` (Unix
-- seconds) and `ahead()`, seconds by which the vendor's clock is ahead; or nil, message, err.
function source.new(self)
  self.pause = QUIET
  return setmetatable(self, Source)
end

return source
