--- The store for many hosts: a Redis by its URL, or through clients that the program makes.
--
--     local store = require("streamctl.store.redis").new "rediss://redis.example:6380"
--
-- The methods are those of `streamctl.store.memory`; each is one script and one round trip. Needs
-- Redis 5 or newer. More about URLs, clients and servers is in docs/how-to/stores.md.
-- @public streamctl.store.redis

local addresses = require "streamctl.store.redis_address"
local checks = require "streamctl.base.checks"
local connections = require "streamctl.store.redis_connections"
local core = require "streamctl.core"
local errors = require "streamctl.base.errors"
local escape = require("streamctl.base.encode").percent_encoded
local options = require "streamctl.base.options"
local scripts = require "streamctl.store.redis_scripts"

local Redis = { __name = "streamctl.store.redis" }
Redis.__index = Redis

local redis = {}

local MICRO = 1e6 -- microseconds in a second
local LARGEST = "9007199254740992" -- 2^53, up to which doubles are exact

-- Throws a wrong argument at the line that called the method.
local function demand(name, value, flaw_of)
  local why = flaw_of(value)
  if why then error(name .. " " .. why, 3) end
end

local check = { text = checks.string, whole = checks.whole(0, 2 ^ 53) }

function check.seconds(value)
  if type(value) ~= "number" or not (value > 0 and value <= 1e9) then
    return "must be more than 0 and at most 1e9 seconds, got " .. errors.tidy(value, 100)
  end
end

function check.limit(value)
  if type(value) ~= "number" or value ~= value then return "must be a number of seconds" end
end

function check.texts(value)
  if type(value) ~= "table" then return "must be a list, got a " .. type(value) end
  for i = 1, #value do
    if i > 1000 or type(value[i]) ~= "string" then return "must be a list of at most 1000 texts" end
  end
end

local function fail(why) return nil, "Redis: " .. why:gsub("[%c\127]", " "):sub(1, 500) end

-- Without exponent and decimal point, in every locale.
local function format(number) return string.format("%.0f", number) end

local function ask(self, script, keys, values, harmless, replicas)
  local reply, why = self.connections:ask(script, keys, values, harmless, replicas)
  if not reply then return fail(why) end
  return reply
end

-- Compared as text: as a number 2^53 + 1 may be rounded to 2^53.
local function to_number(text)
  if type(text) ~= "string" or not text:find("^%d+$") then return nil end
  if #text > #LARGEST or (#text == #LARGEST and text > LARGEST) then return nil end
  return tonumber(text)
end

-- The key of a text that begins with the account, "vendor:id" or "vendor:id:more". All keys of an
-- account have the same hash tag, as a cluster behind a proxy wants it. "}" would end the tag,
-- an empty one is none, and only one "=" may stand before a resource.
local function key_of(self, kind, text, resource)
  local account = text:match "^[^:]*:[^:]*" or text
  local tag = account == "" and "%" or escape(account, "[%%}]")
  local key = self.prefix .. "{" .. tag .. "}:" .. kind .. escape(text:sub(#account + 1), "[%%=]")
  return resource and key .. "=" .. resource or key
end

-- The same as `stamp`. A number that is taken is also noted as open for `open_ms`; it is taken only
-- with a slot of the rate `key`, where that is given, whose delay is the fourth result.
local function stamp(self, open_ms, rate, order, floor, resources, since, exact, back)
  resources = resources == nil and {} or resources
  demand("order", order, check.text)
  demand("floor", floor, check.whole)
  demand("resources", resources, check.texts)
  demand("since", since or 0, check.whole)
  demand("back", back or 0, check.whole)
  floor = math.floor(floor) -- an integer also where 60.0 is none
  local keys = { key_of(self, "number", order) }
  if open_ms or resources[1] then keys[2] = key_of(self, "open", order) end
  for i = 1, #resources do keys[i + 2] = key_of(self, "intent", order, resources[i]) end
  if rate then keys[#keys + 1] = rate.key end
  local reply, why = ask(self, scripts.stamp, keys, {
    format(floor), since and format(since) or "", exact and "1" or "0", self.ttl_ms,
    self.intent_ttl_ms, back and format(back) or "", open_ms or "", rate and rate.interval,
    rate and rate.limit,
  }, not exact) -- an exact stamp that is repeated finds its own number
  if not reply then return nil, why end
  local outcome, number, dropped = reply[2], to_number(reply[3]), {}
  local delay = rate and to_number(reply[5])
  for index in tostring(reply[4]):gmatch("%d+") do dropped[#dropped + 1] = tonumber(index) end
  if outcome == "superseded" then return false, dropped end
  if outcome == "full" then return nil, "the counter has reached 2^53" end
  if outcome == "below" and number then
    return nil, string.format("%.0f is not above %.0f, the last number", floor, number), number
  end
  if outcome == "late" and delay then return nil, nil, nil, delay / MICRO end
  if outcome == "taken" and number and number >= floor and (delay or not rate) then
    return number, dropped, nil, delay and delay / MICRO
  end
  return fail("the answer is no number")
end

--- See `streamctl.store.memory`.
function Redis:stamp(...)
  local number, dropped, last = stamp(self, nil, nil, ...)
  return number, dropped, last
end

-- For `streamctl.queue`: takes a number as the stamp of work that is done later. For `seconds`, or
-- until `close`, newer intents of the order are kept, and not for 60 seconds only. Returns the
-- number; with `exact` false and the last number, where `floor` is not above it; or nil, message.
function Redis:open(order, floor, seconds, exact)
  demand("seconds", seconds, check.seconds)
  local number, why, last = stamp(self, format(seconds * 1000), nil, order, floor, nil, nil, exact)
  if last then return false, last end
  return number, why
end

-- Ends what `open` began with a number. Returns true; or nil, message.
function Redis:close(order, number)
  local reply, why = ask(self, scripts.close, { key_of(self, "open", order) }, { format(number) },
    true)
  return reply and true, why
end

-- Runs a script of `streamctl.queue` with keys of one account, see `Connections:ask`. Returns the
-- answer after the token, as a list; or nil and why not.
Redis.run = ask

function Redis:key(kind, account) return key_of(self, kind, account) end

-- A rate, as scripts take it. Infinity has several spellings.
local function rate_of(self, key, interval, limit)
  return { key = key_of(self, "slot", key), interval = format(math.ceil(interval * MICRO)),
    limit = format(math.floor(math.max(-1, math.min(limit * MICRO, 2 ^ 53)))) }
end

--- See `streamctl.store.memory`.
function Redis:reserve(key, interval, limit)
  limit = limit or math.huge
  demand("key", key, check.text)
  demand("interval", interval, check.seconds)
  demand("limit", limit, check.limit)
  local rate = rate_of(self, key, interval, limit)
  local reply, why = ask(self, scripts.reserve, { rate.key }, { rate.interval, rate.limit }, true)
  if not reply then return nil, why end
  local delay = to_number(reply[2])
  if delay then return delay / MICRO end
  return fail("the answer is no number")
end

Redis.enters = true -- the method `enter` is there

-- Does as `reserve` and `stamp`, in one step: a slot without a number is not taken, nor a number
-- without a slot, see docs/how-to/stores.md. A cluster that does not keep both keys in one place
-- only reserves.
function Redis:enter(key, interval, limit, order, ...)
  local number, dropped, last, delay =
    stamp(self, nil, rate_of(self, key, interval, limit), order, ...)
  if delay or number == false then return delay or 0, number, dropped end
  if not dropped:find("same slot", 1, true) then return nil, dropped, last end
  self.enters = false
  return self:reserve(key, interval, limit)
end

--- See `streamctl.store.memory`.
function Redis:lock(key, seconds)
  demand("key", key, check.text)
  demand("seconds", seconds, check.seconds)
  local reply, why = ask(self, scripts.lock, { key_of(self, "lock", key) },
    { format(math.ceil(seconds * 1000)) }, true)
  if not reply then return nil, why end
  if reply[2] == "" then return reply[1] end
  local left = tonumber(reply[2])
  if left then return false, left / 1000 end
  return fail("the answer is no number")
end

--- See `streamctl.store.memory`.
function Redis:unlock(key, token, after)
  demand("key", key, check.text)
  demand("token", token, check.text)
  if after ~= nil then demand("after", after, check.seconds) end
  local reply, why = ask(self, scripts.unlock, { key_of(self, "lock", key) },
    { token, after and format(math.ceil(after * 1000)) or "" })
  if not reply then return nil, why end
  return reply[2] == "1"
end

--- See `streamctl.store.memory`.
function Redis:note(key, number, seconds)
  demand("key", key, check.text)
  number = number or 0
  demand("number", number, check.whole)
  if number > 0 then demand("seconds", seconds, check.seconds) end
  local reply, why = ask(self, scripts.note, { key_of(self, "note", key) },
    { format(number), format(math.ceil((number > 0 and seconds or 1) * 1000)) }, true)
  if not reply then return nil, why end
  local highest = to_number(reply[2])
  if highest then return highest end
  return fail("the answer is no number")
end

local OPTIONS = {
  prefix = function(value)
    if type(value) ~= "string" or value:find("{}", 1, true) then
      return "must be text without {}, for which a cluster would spread the keys of an account"
    end
  end,
}

--- Makes a store.
-- @tparam string|function connect a URL, see docs/how-to/stores.md; or a function that returns a
-- client with `eval`, and `evalsha` if it can, or nil and why not
-- @tparam[opt] table given `prefix` ("streamctl:") of all keys
-- @treturn table store
function redis.new(connect, given)
  local opts, why = options.check(given, OPTIONS, "the options of ", "store.redis")
  if opts and type(connect) == "string" then
    local ok, made = pcall(addresses.connector, connect)
    if ok then connect = made else why = made end
  elseif opts and type(connect) ~= "function" then
    why = "store.redis takes a URL, or a function that connects"
  end
  if why then error(why, 2) end
  return setmetatable({
    connections = connections.new(connect), prefix = opts.prefix or "streamctl:",
    ttl_ms = "86400000", -- of an account's number that nobody asks for
    intent_ttl_ms = format(core.STORE_MEMORY * 1000),
  }, Redis)
end

return redis
