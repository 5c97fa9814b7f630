-- A circuit breaker for each vendor. While a vendor only fails, callers are answered at once, and
-- the vendor is left in peace. The clients' events feed the breaker; `routes.lua` and
-- `reactions.lua` ask for leave to call.
--
--     closed -> 5 attempts in a row have failed -> open for 1, 2, 4 ... 30 s
--     open -> the pause is over -> half-open: one probe at a time, of all workers
--     half-open -> the probe fails -> open, for twice as long; any answer -> closed
--
-- Envoy counts in a row too, and its default is 5. Shares of a window need a hundred calls before
-- they mean anything, and a vendor that still answers some calls is served better by retries.
-- Pauses double as in APISIX, with half of each pause random, so that hosts do not probe together.
--
-- All workers share the state in a dict of nginx, whose `add` and `incr` are atomic, so that no
-- lock is held. The keys are the vendor's name and "row" (failures), "open" (pauses since it
-- opened), "pause" and "probe": their ends, by a clock that all processes share and that is never
-- set. The dict ends these keys by the wall clock, so it may keep them for longer.

local Breaker = {}
Breaker.__index = Breaker

local IN_A_ROW = 5
local SHORTEST, LONGEST = 1, 30 -- seconds of a pause
local LEASE = 60 -- seconds: longer than a probe takes, since no call takes more than 50
local PATIENCE = 0.9 -- seconds: no attempt has less, unless its call's time limit ends

-- The way to the vendor, or the vendor, is in trouble. A timeout counts once the attempt had time
-- for an answer: the end of a call's time limit says nothing about the vendor.
local TROUBLE = { dns = true, connect = true, tls = true, timeout = true, bad_response = true }

-- Refusals with the status of a server are trouble, too. Others are answers of a vendor that works:
-- too many calls, a wrong parameter, a refused key.
local function is_trouble(event)
  local code = event.code
  if code == "timeout" and (event.elapsed or 0) < PATIENCE then return false end
  return TROUBLE[code] or (code == "http" or code == "vendor") and (event.http_status or 0) >= 500
end

-- Seconds until a pause or a probe ends, or nil.
local function left_of(self, key)
  local at = self.dict:get(key)
  local seconds = at and at - self.now()
  if not seconds or seconds > 0 then return seconds end
  self.dict:delete(key)
end

local function fail(self, vendor, code)
  local dict = self.dict
  local row = dict:incr(vendor .. " row", 1, 0)
  if not row or row < IN_A_ROW then return end
  local pause = math.min(LONGEST, SHORTEST * 2 ^ (dict:get(vendor .. " open") or 0))
  pause = pause * (1 + self.random()) / 2
  -- failures of attempts that went out before change nothing
  local key = vendor .. " pause"
  if left_of(self, key) or not dict:add(key, self.now() + pause, pause) then return end
  if dict:incr(vendor .. " open", 1, 0) == 1 then
    self.log(("the breaker of %s opens: %d attempts in a row have failed, the last with %s; only "
      .. "forbids go out until it answers again"):format(vendor, row, code))
  end
end

local function succeed(self, vendor)
  local dict = self.dict
  if not dict:get(vendor .. " row") then return end
  local was_open = dict:get(vendor .. " open")
  for _, key in ipairs { " row", " open", " pause" } do dict:delete(vendor .. key) end
  if was_open then self.log(("the breaker of %s closes: it answers again"):format(vendor)) end
end

-- Takes an event of a client; `attempt` counts, others do nothing.
function Breaker:on_event(event)
  if event.event ~= "attempt" then return end
  if is_trouble(event) then return fail(self, event.vendor, event.code) end
  if event.http_status then succeed(self, event.vendor) end
end

-- Whether calls of the vendor are refused, or wait for a probe.
function Breaker:is_open(vendor) return self.dict:get(vendor .. " open") ~= nil end

-- Seconds until the next probe may go out, or nil when it may now.
function Breaker:pause(vendor) return left_of(self, vendor .. " pause") end

-- Asks for leave to call the vendor. Returns "closed"; or "probe" and a ticket for `leave`: then
-- one request may go out, once; or nil and the seconds after which it is worth asking again.
function Breaker:enter(vendor)
  if not self:is_open(vendor) then return "closed" end
  local seconds = self:pause(vendor)
  if seconds then return nil, seconds end
  local probe = vendor .. " probe"
  local ticket = self.now() + LEASE -- the claim ends by itself, since a worker may be killed
  if left_of(self, probe) or not self.dict:add(probe, ticket, LEASE) then return nil, SHORTEST end
  return "probe", ticket
end

-- The probe with this ticket is over, whatever came of it.
function Breaker:leave(vendor, ticket)
  if self.dict:get(vendor .. " probe") == ticket then self.dict:delete(vendor .. " probe") end
end

-- `parts`: `dict` (an ngx.shared), `now` (monotonic), `random` (0 to 1), `log` (takes a text).
function Breaker.new(parts) return setmetatable(parts, Breaker) end

return Breaker
