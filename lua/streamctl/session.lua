--- Sources of credentials: what they hand out is kept, refreshed before its end, and asked for by
-- one caller at a time. No vendor is known here, nor where credentials come from.
--
--     local source = streamctl.aliyun.credentials.ecs_role { role_name = "streams" }
--     local live = streamctl.aliyun.new { credentials = source }
--
-- Nothing is asked before the first call. 15 minutes before the end, or when half of a shorter life
-- is over, one caller asks anew, and the others go on with what is valid. When that fails, what is
-- valid stays, and it is tried again after pauses that grow from 1 s to 60 s. What has expired is
-- never handed out.
-- @public streamctl.session

local core = require "streamctl.core"
local deadlines = require "streamctl.call.deadline"
local errors = require "streamctl.errors"
local flight = require "streamctl.loop.flight"
local keys = require "streamctl.keys"
local loops = require "streamctl.loop.pick"
local options = require "streamctl.options"

local session = {}

-- seconds
local MARGIN = 900             -- before the end it is time to ask again
local FIRST_PAUSE, LAST_PAUSE = 1, 60
local LOOK = 1                 -- between two looks at whether a file has changed

local KEY = "key" -- a flight's, since a source asks for one thing only

local function random()
  return core.random() or 0.5
end

--- What a source needs to ask: where to wait, until when, and how to send.
-- @tparam[opt] table client whose loop, time limit and options these are; without it the library's
-- defaults
-- @treturn table `loop`, `deadline`, `options` (`tls`, `proxy`, `user_agent`, `transport`, `loop`);
-- a caller may add `waiting`, a function that is called once, before anything takes time. `asked`
-- says afterwards that this caller has asked
function session.context(client)
  local given = client and client.options or options.defaults
  return {
    loop = client and client.loop() or loops.current(), options = given,
    deadline = deadlines.after(given.timeout),
  }
end

--- An error of a source.
-- @tparam string name of the source
-- @tparam string text
-- @tparam[opt] table more fields of the error, such as `absent`
-- @treturn nil
-- @treturn string message
-- @treturn table err whose code is `credentials`
function session.fail(name, text, more)
  return errors.new("credentials", name .. ": " .. text, more)
end

--- Whether this is a source: anything with its two methods.
-- @param value
-- @treturn boolean
function session.is_source(value)
  return type(value) == "table" and type(value.current) == "function"
    and type(value.refuse) == "function"
end

-- ---- pauses that grow ----

local function pause(since, grows)
  if grows or not since.pause then
    since.pause = math.min(2 * (since.pause or FIRST_PAUSE / 2), LAST_PAUSE)
  end
  since.ends = core.monotonic() + since.pause * (1 - 0.25 * random())
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
  if self.held and keys.has_ended(self.held) then self.held = nil end
  return self.held
end

-- When what is held is to be asked for again: a little earlier in one process than in another.
local function refresh_of(held)
  if not held.expires then return math.huge end
  local margin = math.min(MARGIN, (held.expires - core.now()) / 2)
  return held.expires - margin * (1 + 0.1 * random())
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
  if not found then return nil, message, err end
  local held, why = keys.kept(found, self.name)
  if not held then return session.fail(self.name, "what it gives is no key: " .. why) end
  if keys.has_ended(held) then
    return session.fail(self.name, "the key that it gives has expired at "
      .. (core.time_text(held.expires) or "no time") .. ", by the clock of this machine")
  end
  return held
end

-- The same as what is held stays that, so that whoever has it knows.
local function keep(self, new)
  local held = self.held
  if not held or not keys.is_same(held, new) then
    self.held, self.failed, self.vain = new, {}, {}
  elseif self.refused == held then
    pause(self.vain, true)
  end
  self.refused, self.refresh_at = nil, refresh_of(self.held)
  return self.held
end

-- With something valid in hand, half of the caller's time is left for the call itself.
local function hurried(context)
  local copy = options.merged(context)
  copy.deadline = deadlines.after(context.deadline:left() / 2)
  return copy
end

local function refuser(self)
  return function(code, text)
    return errors.new(code == "phase" and code or "credentials", self.name .. ": " .. text)
  end
end

-- The caller takes its place in the order of intents before anything takes time, once. That may
-- wait itself, so who asks does it when the others see that somebody does. Whether it did.
local function stand_in_line(context)
  local waiting = context.waiting
  context.waiting = nil
  if waiting then waiting() end
  return waiting ~= nil
end

local function share(self, context, ask_it)
  return self.flight:share(KEY, context.loop, context.deadline, refuser(self), function()
    stand_in_line(context)
    return ask_it(self, context)
  end)
end

-- Asks. A failure leaves what is valid.
local function ask(self, context)
  local held = valid(self)
  context.asked = true
  local within = held and hurried(context) or context
  local new, message, err = fetch(self, within)
  if new then return keep(self, new) end
  pause(held and self.refused == held and self.vain or self.failed,
    within.deadline:left() > 0 and err.code ~= "phase")
  self.refused = nil
  return nil, message, err
end

--- What is valid now. The same table as long as nothing changes.
-- @tparam[opt] table context see @{session.context}
-- @treturn[1] table held: secrets as `core.secret`, and the other fields; nobody changes it
-- @treturn[1] string|nil why it could not be refreshed just now
-- @treturn[2] nil
-- @treturn[2] string message
-- @treturn[2] table err; `absent`: nothing is configured there
function Source:current(context)
  local held = valid(self)
  if held and not is_mine(self, held) then return held end
  context = context or session.context()
  if self.flight:is_busy(KEY) and stand_in_line(context) then return self:current(context) end
  local found, message, err = share(self, context, ask)
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
local function get(self, context)
  local held, message, err = self:current(context)
  if not held then return nil, message, err end
  return keys.texts(held)
end

Source.get = get

--- The vendor has refused this: if it is still what is held, the next `current` asks anew, unless
-- that has given the same just before.
-- @tparam table held
function Source:refuse(held)
  if self.held == held and is_over(self.vain) then self.refused = held end
end

--- Makes a source.
-- @tparam table about `name`, for messages; `account`, a word that tells its account from others
-- and never changes; `fetch(context)`, which may wait, and returns a table of texts (names that end
-- in `_secret`, and `security_token`, are secret) with `expires` (Unix seconds) where they have an
-- end, or nil, message, err; `changed()`, asked at most once a second, whether it is to be fetched
-- again (optional)
-- @treturn table source
function session.new(about)
  return setmetatable({
    name = about.name, account = about.account, fetch = about.fetch, changed = about.changed,
    flight = flight.new(), failed = {}, vain = {},
  }, Source)
end

-- ---- a source that chooses another one ----

local Selection = { __name = "streamctl.source", get = get, __tostring = Source.__tostring }
Selection.__index = Selection

-- The chosen one has nothing. It is configured, so this is no reason to look elsewhere.
local function give_up(self, chosen, message, err)
  if self.forget and self.chosen == chosen then self.chosen = nil end
  if not err.absent then return nil, message, err end
  local copy = setmetatable(options.merged(err), getmetatable(err))
  copy.absent = nil
  return nil, message, copy
end

-- Chooses one that has something. A failure leaves the one before, which may still be good.
local function choose(self, context)
  context.asked = true
  local within = self.chosen and hurried(context) or context
  local chosen, message, err = self.choose(within)
  local theirs
  if chosen then
    theirs, message, err = chosen:current(within)
    if not theirs then chosen, message, err = give_up(self, chosen, message, err) end
  end
  if theirs and (self.refused or not self.chosen) then self.chosen = chosen end
  self.refused = nil
  return chosen, message, err
end

-- What the chosen one has, under our name.
local function adopt(self, theirs)
  if theirs == self.theirs then return end
  -- another source may hand out the same again
  if not self.ours or not keys.is_same(self.theirs, theirs) then
    self.ours, self.vain = theirs, {}
    if self.provider then
      self.ours = options.merged(theirs, { provider = self.provider(theirs.provider) })
    end
  end
  self.theirs = theirs
end

function Selection:current(context)
  context = context or session.context()
  local message, err
  if self.refused or not self.chosen then
    if self.flight:is_busy(KEY) and stand_in_line(context) then return self:current(context) end
    local found
    found, message, err = share(self, context, choose)
    if not found and not self.chosen then return nil, message, err end
  end
  local chosen = self.chosen
  if not chosen then return self:current(context) end -- given up meanwhile
  local theirs, why
  theirs, why, err = chosen:current(context)
  if not theirs then return give_up(self, chosen, why, err) end
  if chosen ~= self.chosen then return self:current(context) end -- chosen again meanwhile
  adopt(self, theirs)
  return self.ours, message or why
end

function Selection:refuse(held)
  if held ~= self.ours or not self.chosen then return end
  if not self.forget then return self.chosen:refuse(self.theirs) end
  if not is_over(self.vain) then return end
  pause(self.vain, true)
  self.refused = true
end

--- Makes a source that chooses another one when it is first asked, and hands out what that has.
-- @tparam table about `name`, `account` as for @{session.new}; `choose(context)`, which may wait,
-- returns a source, or nil, message, err, and then is asked again the next time; `forget`: it is
-- also asked again when the vendor has refused what the source gave, and when the source has
-- nothing any more; `provider(theirs)`: what the provider of what is handed out is called here
-- @treturn table source
function session.select(about)
  return setmetatable({
    name = about.name, account = about.account, choose = about.choose, forget = about.forget,
    provider = about.provider, flight = flight.new(), vain = {},
  }, Selection)
end

return session
