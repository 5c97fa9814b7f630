--- Sources of credentials: what they hand out is kept, refreshed before its end, and asked for by
-- one caller at a time. No vendor is known here, nor where credentials come from.
--
--     local source = streamctl.aliyun.credentials.ecs_role { role_name = "streams" }
--     local live = streamctl.aliyun.new { credentials = source }
--
-- Nothing is asked before the first call. 15 minutes before the end, or when half of a shorter life
-- is over, one caller asks anew, and the others go on with what is valid. When that fails, what is
-- valid stays, and the source is asked again after pauses that grow from 1 s to 60 s; without
-- anything valid, callers get the same failure at once meanwhile. What has expired is never handed
-- out.
-- @public streamctl.session

local core = require "streamctl.core"
local errors = require "streamctl.errors"
local flight = require "streamctl.loop.flight"
local keys = require "streamctl.keys"
local loops = require "streamctl.loop.pick"
local options = require "streamctl.options"

local session = {}

local MARGIN = 900             -- seconds, as all of these: before the end it is time to ask again
local FIRST_PAUSE, LAST_PAUSE = 1, 60
local LOOK = 1                 -- between two looks at whether a file has changed
local ENOUGH = 2               -- for a question: without an answer by then, the source has failed

local KEY = "key" -- a flight's, since a source asks for one thing only

local function random()
  return core.random() or 0.5
end

--- What a source needs to ask: where to wait, until when, and how to send.
-- @tparam[opt] table client whose loop, time limit and options these are; without it the library's
-- defaults
-- @treturn table `loop`; `deadline`, seconds of `streamctl.core.monotonic()`; `options`
-- (`tls`, `proxy`, `user_agent`, `transport`, `loop`); a caller may add `waiting`, a function that
-- is called once, before anything takes time. `asked` says afterwards that this caller has asked
function session.context(client)
  local given = client and client.options or options.defaults
  return {
    loop = client and client.loop() or loops.current(), options = given,
    deadline = core.monotonic() + given.timeout,
  }
end

--- The error of a source by its name, with further fields such as `absent`.
function session.fail(name, text, more)
  return errors.new("credentials", name .. ": " .. text, more)
end

--- The error of something that is configured, which is no reason to look for another identity:
-- without `absent`.
function session.configured(err)
  local copy = setmetatable(options.merged(err), getmetatable(err))
  copy.absent = nil
  return nil, err.message, copy
end

--- Whether this is a source: anything with its two methods.
function session.is_source(value)
  return type(value) == "table" and type(value.current) == "function"
    and type(value.refuse) == "function"
end

-- ---- pauses that grow ----

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

-- ---- sources ----

local Source = { __name = "streamctl.source" }
Source.__index = Source

function Source:__tostring()
  return "streamctl.source: " .. self.name
end

-- What is valid, if anything is. What has expired is dropped.
local function valid(self)
  if self.held and keys.left(self.held) <= 0 then self.held = nil end
  return self.held
end

-- When what is held is to be asked for again: a little earlier in one process than in another.
local function refresh_of(held)
  local left = keys.left(held)
  return core.now() + left - math.min(MARGIN, left / 2) * (1 + 0.1 * random())
end

-- Whether somebody has changed what it is read from.
local function has_changed(self)
  local now = core.monotonic()
  if not self.changed or now < (self.look_at or 0) then return false end
  self.look_at = now + LOOK
  return self.changed()
end

-- Whether what is valid is to be asked for again, and by this caller.
local function is_mine(self, held)
  if self.refused == held then return true end
  return (core.now() >= self.refresh_at or has_changed(self)) and is_over(self.failed)
    and not self.flight:is_busy(KEY)
end

local function fetch(self, context)
  local found, message, err = self.fetch(context)
  if not found or session.is_source(found) then return found, message, err end
  local held, why = keys.kept(found, self.name)
  if not held then return session.fail(self.name, "what it gives is no key: " .. why) end
  if keys.left(held) <= 0 then
    return session.fail(self.name, "the key that it gives has expired at "
      .. (core.time_text(held.expires) or "no time") .. ", by the clock of this machine")
  end
  return held
end

-- The same as what is held stays that, so that whoever has it knows.
local function keep(self, new)
  if session.is_source(new) then
    self.chosen = self.chosen or new
    return self.chosen
  end
  if not self.held or not keys.is_same(self.held, new) then self.held = new end
  self.failed, self.refresh_at = {}, refresh_of(self.held)
  return self.held
end

-- With something valid in hand, half of the caller's time is left for the call itself.
local function hurried(context)
  local copy = options.merged(context)
  local now = core.monotonic()
  copy.deadline = now + math.max(context.deadline - now, 0) / 2
  return copy
end

-- What the last question came to, while the source is not to be asked again; nil when it may be.
local function remembered(self)
  local failed, now = self.failed, core.monotonic()
  if not failed.err or is_over(failed) or has_changed(self) then return nil end
  local err = setmetatable(options.merged(failed.err), getmetatable(failed.err))
  err.remembered, err.retry_after = true, failed.ends - now
  err.message = ("%s (asked %.0f s ago; the next question is in %.0f s)")
    :format(err.message, now - failed.at, err.retry_after)
  return err.message, err
end

-- A failure leaves what is valid. `tells`: it says something of the source, not of its caller only.
local function forgive(self, held, tells, was_refused, err)
  local since = was_refused and self.vain or self.failed
  if held or tells then pause(since, tells, err.retry_after) end
  if was_refused then return end
  since.err, since.at = err, core.monotonic()
  -- at its end it is worth another question
  if held then since.ends = math.min(since.ends, core.monotonic() + keys.left(held)) end
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
  local held, message, err = valid(self), remembered(self)
  if not held and err then return nil, message, err end
  stand_in_line(context)
  context.asked = true
  local within = held and hurried(context) or context
  local given = within.deadline - core.monotonic()
  local was_refused, new
  new, message, err = fetch(self, within)
  was_refused = held and self.refused == held
  self.refused = nil
  if new then
    if was_refused then pause(self.vain, true) end
    return keep(self, new)
  end
  local in_hurry = within.deadline <= core.monotonic() and given < ENOUGH
  local tells = not in_hurry and err.code ~= "phase" and not err.remembered
  forgive(self, held, tells, was_refused, err)
  return nil, message, err
end

-- What the chosen one has, under our name.
local function of_chosen(self, context)
  local theirs, message, err = self.chosen:current(context)
  if not theirs then return session.configured(err) end
  if theirs ~= self.theirs then
    self.theirs = theirs
    self.held = options.merged(theirs, { provider = self.provider(theirs.provider) })
  end
  return self.held, message
end

--- What is valid now. The same table as long as nothing changes.
-- @tparam[opt] table context see @{session.context}
-- @treturn[1] table held: secrets as `core.secret`, and the other fields; nobody changes it
-- @treturn[1] string|nil why it could not be refreshed just now
-- @treturn[2] nil
-- @treturn[2] string message
-- @treturn[2] table err; `absent`: nothing is configured there; `remembered`: nobody was asked, and
-- the next question is in `retry_after` seconds
function Source:current(context)
  if self.chosen then return of_chosen(self, context) end
  local held = valid(self)
  if held and not is_mine(self, held) then return held end
  context = context or session.context()
  if self.flight:is_busy(KEY) and stand_in_line(context) then return self:current(context) end
  local function refuse(code, text)
    return errors.new(code == "phase" and code or "credentials", self.name .. ": " .. text)
  end
  local found, message, err = self.flight:share(KEY, context.loop, context.deadline, refuse,
    function() return ask(self, context) end)
  if self.chosen then return of_chosen(self, context) end
  held = valid(self) -- which may be newer than what was waited for
  if held then return held, message end
  if found then return session.fail(self.name, "the key ended while it was waited for") end
  return nil, message, err
end

--- What is valid now, for other programs than this library: the secrets are ordinary Lua texts,
-- which stay in memory until Lua needs their room.
-- @function source:get
-- @tparam[opt] table context see @{session.context}
-- @treturn[1] table `access_key_id`, `access_key_secret`, `security_token`, `expires` (Unix
-- seconds), `provider`
-- @treturn[2] nil
-- @treturn[2] string message
-- @treturn[2] table err, see streamctl.errors
function Source:get(context)
  local held, message, err = self:current(context)
  if not held then return nil, message, err end
  return keys.texts(held)
end

--- The vendor has refused this: if it is still what is held, the next `current` asks anew. When
-- that comes to nothing that the vendor accepts, there is a pause before it does so again.
-- @tparam table held
function Source:refuse(held)
  if self.held ~= held then return end
  if self.chosen then return self.chosen:refuse(self.theirs) end
  if is_over(self.vain) then self.refused = held end
end

--- The vendor has accepted this, so that the next refusal is the first one again.
-- @tparam table held
function Source:accept(held)
  if self.held ~= held then return end
  if not self.chosen then
    self.vain = {}
  elseif self.chosen.accept then
    self.chosen:accept(self.theirs)
  end
end

--- Makes a source.
-- @tparam table about `name`, for messages; `account`, a word that tells its account from others
-- and never changes; `fetch(context)`, which may wait, and returns a table of texts (names that end
-- in `_secret`, and `security_token`, are secret) with `expires` (Unix seconds) where they have an
-- end, and `ahead` where the clock that tells it is ahead of the machine's, or nil, message, err.
-- It may return a source instead, which is used from then on. Optional: `changed()`, asked at most
-- once a second, whether it is to be fetched again; `provider(theirs)`, what the provider of that
-- other source is called here
-- @treturn table source
function session.new(about)
  return setmetatable({
    name = about.name, account = about.account, fetch = about.fetch, changed = about.changed,
    provider = about.provider, flight = flight.new(), failed = {}, vain = {},
  }, Source)
end

return session
