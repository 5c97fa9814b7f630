--- Sources of credentials: what they hand out is kept, refreshed before its end, and asked for by
-- one caller at a time.
--
--     local source = streamctl.aliyun.credentials.ecs_role { role_name = "streams" }
--     local live = streamctl.aliyun.new { credentials = source }
--
-- Nothing is asked before the first call. 15 minutes before the end, or when half of a shorter life
-- is over, one caller asks anew, and the others go on with what is valid. When that fails, what is
-- valid stays, and the source is asked again after pauses that grow from 1 s to 60 s; without
-- anything valid, callers get the same failure at once meanwhile. What has expired is never handed
-- out.
-- @public streamctl.credentials.source

local core = require "streamctl.core"
local errors = require "streamctl.errors"
local flight = require "streamctl.loop.flight"
local loops = require "streamctl.loop.pick"
local options = require "streamctl.options"

local source = {}

local MARGIN = 900             -- seconds, as all of these: before the end it is time to ask again
local FIRST_PAUSE, LAST_PAUSE = 1, 60
local LOOK = 1                 -- between two looks at whether a file has changed
local ENOUGH = 2               -- for a question: without an answer by then, the source has failed
local LATEST = 253402300799    -- the end of the year 9999

local KEY = "key" -- a flight's, since a source asks for one thing only

local Source = { __name = "streamctl.source" }
Source.__index = Source

function Source:__tostring()
  return "streamctl.source: " .. self.name
end

-- The error of a source, with further fields such as `absent`: nil, message, err.
function Source:fail(text, more)
  local err = more or {}
  err.code, err.vendor = err.code or "credentials", self.vendor
  return errors.complete(err, self.name .. ": " .. text)
end

-- The error of another source that this one relies on: no reason to look for another identity.
function source.configured(err)
  local copy = errors.copy(err)
  copy.absent = nil
  return nil, copy.message, copy
end

-- ---- keys, whose secrets are in memory of C, which is wiped ----

local function is_secret(name)
  return name:find("_secret$") ~= nil or name == "security_token"
end

-- Checks the end of a key, which may be a secret in the wrong place.
function source.check_end(value)
  if type(value) ~= "number" or not (value >= 0 and value <= LATEST) then
    return "must be Unix seconds, got "
      .. (type(value) == "number" and tostring(value) or "a " .. type(value))
  end
end

-- What was fetched as it is held, or nil and what is wrong.
local function held_of(found, provider)
  local held = { provider = provider }
  for name, value in next, found do
    local is_kept = is_secret(name) and tostring(value) == "streamctl.secret"
    local check = name == "expires" and source.check_end or options.checks.text
    local why = not is_kept and name ~= "ahead" and check(value)
    if why then return nil, errors.tidy(tostring(name), 100) .. " " .. why end
    held[name] = is_secret(name) and not is_kept and assert(core.secret(value)) or value
  end
  return held
end

-- Whether two are the same in everything, without a secret in a string with anything known.
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

-- Seconds that a key lives on.
local function left_of(held)
  return held.expires and held.expires - core.now() - (held.ahead or 0) or math.huge
end

-- ---- when to ask ----

local function random()
  return core.random() or 0.5
end

-- `most`: seconds after which whoever refused lets itself be asked again.
local function pause(since, grows, most)
  if grows or not since.pause then
    since.pause = math.min(2 * (since.pause or FIRST_PAUSE / 2), LAST_PAUSE)
  end
  local seconds = since.pause * (1 - 0.25 * random())
  since.ends = core.monotonic() + math.min(seconds, most or seconds)
end

local function is_over(since)
  return core.monotonic() >= (since.ends or 0)
end

-- What is valid, if anything is. What has expired is dropped.
local function valid(self)
  if self.held and left_of(self.held) <= 0 then self.held = nil end
  return self.held
end

-- Whether somebody has changed what it is read from.
local function has_changed(self)
  local now = core.monotonic()
  if not self.changed or now < (self.look_at or 0) then return false end
  self.look_at = now + LOOK
  return self:changed()
end

-- Whether what is valid is to be asked for again, and by this caller.
local function is_mine(self, held)
  if self.refused == held then return true end
  return (core.now() >= self.refresh_at or has_changed(self)) and is_over(self.failed)
    and not self.flight:is_busy(KEY)
end

-- What the last question came to, while the source is not to be asked again; nil when it may be.
local function remembered(self)
  local failed, now = self.failed, core.monotonic()
  if not failed.err or is_over(failed) or has_changed(self) then return nil end
  local err = errors.copy(failed.err)
  err.remembered, err.retry_after = true, failed.ends - now
  err.message = ("%s (asked %.0f s ago; the next question is in %.0f s)")
    :format(err.message, now - failed.at, err.retry_after)
  return err
end

-- ---- asking ----

local function fetch(self, context)
  local found, message, err = self:fetch(context)
  if not found then return nil, message, err end
  local held, why = held_of(found, self.name)
  if not held then return self:fail("what it gives is no key: " .. why) end
  if left_of(held) > 0 then return held end
  local function shown(time) return core.time_text(time) or "another time" end
  return self:fail(("the key that it gives expired at %s, and here it is %s; if that is wrong, set "
    .. "the clock"):format(shown(held.expires), shown(core.now() + (held.ahead or 0))))
end

-- The same as what is held stays that, so that whoever has it knows.
local function keep(self, new)
  if not self.held or not is_same(self.held, new) then self.held = new end
  local left = left_of(self.held)
  -- a little earlier in one process than in another
  self.refresh_at = core.now() + left - math.min(MARGIN, left / 2) * (1 + 0.1 * random())
  self.failed = {}
  return self.held
end

-- The caller takes its place in the order of intents before anything takes time, once. That may
-- wait itself, so who asks does it when the others see that somebody does. Whether it did.
local function stand_in_line(context)
  local waiting = context.waiting
  context.waiting = nil
  if waiting then waiting() end
  return waiting ~= nil
end

local function ask(self, context)
  local held = valid(self)
  local err = not held and remembered(self)
  if err then return nil, err.message, err end
  stand_in_line(context)
  context.asked = true
  local now = core.monotonic()
  -- with something valid in hand, half of the caller's time is left for the call itself
  local seconds = math.max(context.deadline - now, 0) / (held and 2 or 1)
  local new, message
  new, message, err = fetch(self, options.merged(context, { deadline = now + seconds }))
  local was_refused = held and self.refused == held
  self.refused = nil
  local in_hurry, failed = seconds < ENOUGH and core.monotonic() >= now + seconds, self.failed
  -- whether it says something of the source, not of this caller only
  local tells = new or not in_hurry and err.code ~= "phase" and not err.remembered
  if was_refused then pause(self.vain, tells, err and err.retry_after) end
  if new then return keep(self, new) end
  if was_refused then return nil, message, err end
  if held or tells then pause(failed, tells, err.retry_after) end
  failed.err, failed.at = err, core.monotonic()
  -- at its end it is worth another question
  if held then failed.ends = math.min(failed.ends, core.monotonic() + left_of(held)) end
  return nil, message, err
end

--- What is valid now. The same table as long as nothing changes.
-- @function source:current
-- @tparam[opt] table context where to wait and until when; the library's defaults
-- @treturn[1] table held: secrets as `core.secret`, and the other fields; nobody changes it
-- @treturn[1] string|nil why it could not be refreshed just now
-- @treturn[2] nil
-- @treturn[2] string message
-- @treturn[2] table err; `absent`: nothing is configured there; `remembered`: nobody was asked, and
-- the next question is in `retry_after` seconds
function Source:current(context)
  local held = valid(self)
  if held and not is_mine(self, held) then return held end
  context = context or source.context()
  if self.flight:is_busy(KEY) and stand_in_line(context) then return self:current(context) end
  local function refuse(code, text)
    return self:fail(text, { code = code == "phase" and code or nil })
  end
  local found, message, err = self.flight:share(KEY, context.loop, context.deadline, refuse,
    function() return ask(self, context) end)
  held = valid(self) -- which may be newer than what was waited for
  if held then return held, message end
  if found then return self:fail "the key ended while it was waited for" end
  return nil, message, err
end

--- What is valid now, for other programs than this library: the secrets are ordinary Lua texts,
-- which stay in memory until Lua needs their room.
-- @function source:get
-- @tparam[opt] table context where to wait and until when; the library's defaults
-- @treturn[1] table `access_key_id`, `access_key_secret`, `security_token`, `expires` (Unix
-- seconds), `provider`
-- @treturn[2] nil
-- @treturn[2] string message
-- @treturn[2] table err, see streamctl.errors
function Source:get(context)
  local held, message, err = self:current(context)
  if not held then return nil, message, err end
  local texts = {}
  for name, value in pairs(held) do
    texts[name] = type(value) == "userdata" and value:reveal() or value
  end
  texts.ahead = nil
  return texts
end

--- The vendor has refused this: where it is still what is held, the next `current` asks anew. Where
-- refusals follow each other, that is done after growing pauses only, or when a file has changed; a
-- minute without one ends these.
-- @function source:refuse
-- @tparam table held
function Source:refuse(held)
  if not is_over(self.vain) and not (self.changed and self:changed()) then return end
  if core.monotonic() > (self.vain.ends or 0) + LAST_PAUSE then self.vain = {} end
  self.refused = held
end

-- ---- making ----

-- What a source needs to ask: where to wait (`loop`), until when (`deadline`, of
-- `core.monotonic()`), and how to send (`options`), as the client does, or by the library's
-- defaults. A caller may add `waiting`, a function that is called once, before anything takes time.
-- `asked` says afterwards that this caller has asked.
function source.context(client)
  local given = client and client.options or options.defaults
  return {
    loop = client and client.loop() or loops.current(), options = given,
    deadline = core.monotonic() + given.timeout,
  }
end

-- Whether this is a source: anything with its two methods.
function source.is_source(value)
  return type(value) == "table" and type(value.current) == "function"
    and type(value.refuse) == "function"
end

-- Makes a source of a table with `name`, for messages; `account`, a word that tells its account
-- from others and never changes; `fetch(self, context)`, which may wait, and returns a table of
-- texts (names that end in `_secret`, and `security_token`, are secret) with `expires` (Unix
-- seconds) where they have an end, and `ahead` where the clock that tells it is ahead of the
-- machine's, or nil, message, err. Optional: `changed(self)`, whether to fetch again.
function source.new(self)
  self.flight, self.failed, self.vain = flight.new(), {}, {}
  return setmetatable(self, Source)
end

return source
