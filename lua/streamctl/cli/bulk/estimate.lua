--- How long many calls take at the vendor's documented rate.
-- @module streamctl.cli.bulk.estimate

local text = require "streamctl.cli.output.text"

local IN_REQUEST = 100 -- ids, where the vendor names no limit; as the library does

local Estimate = {}
Estimate.__index = Estimate

local estimate = {}

--- Makes it. `row`: of the operation; `mode`: "live" or "test"; `most`: calls a second that are
-- wanted; `count`: of items; `unknown`, if any: something else than a call for each item is done.
-- Returns `requests`, `seconds`; nil where that is not known.
function estimate.new(row, mode, most, count, unknown)
  local self = setmetatable({ count = count }, Estimate)
  if unknown then return self end
  local rate = mode == "test" and row.test_rate or row.rate
  if most then rate = math.min(most, rate or most) end
  self.each = row.list and row.by_name[row.list].max_items or row.list and IN_REQUEST or 1
  self.requests, self.rate = math.ceil(count / self.each), rate
  self.seconds = rate and math.max(self.requests - 1, 0) / rate
  return self
end

--- Seconds that are left at that rate. `done`: items.
function Estimate:left(done)
  return self.rate and (self.count - done) / self.each / self.rate
end

--- What there is to say. Returns "" or such as "; about 5 s (100 requests at 20/s)".
function Estimate:text()
  if not self.rate then return "" end
  local time = self.seconds < 120 and ("%.0f s"):format(self.seconds)
    or self.seconds < 7200 and ("%.0f min"):format(self.seconds / 60)
    or ("%.1f h"):format(self.seconds / 3600)
  return ("; about %s (%s request%s at %g/s)"):format(time, text.thousands(self.requests),
    self.requests == 1 and "" or "s", self.rate)
end

return estimate
