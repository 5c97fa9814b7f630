-- What the specs of cosockets have in common: calls made in an nginx with an emulator behind it.

local busted = require "busted"
local cjson = require "cjson"
local edge = require "spec.support.edge"
local late = require "spec.support.late"
local place = require "spec.openresty.edge.place"
local session = require "spec.support.session"

local bench = {}

bench.missing = "needs lua-resty-http: set RESTY_HTTP_DIR to a checkout of it"

--- Safe calls with which the specs try things out.
bench.safe = {
  aliyun = { "resume_live_stream", session.stream() },
  zego = { "resume_rtc_stream", { StreamId = "s1" } },
}

local function options_of(self, vendor, options)
  local e = self.e
  local all = { endpoint = e[vendor], retry = false, rate_limit = false, transport = "resty" }
  if vendor == "aliyun" then
    all.access_key_id, all.access_key_secret = e.access_key_id, e.access_key_secret
  else
    all.app_id, all.server_secret = e.app_id, e.server_secret
  end
  for name, value in pairs(options or {}) do all[name] = value end
  return all
end

-- Has nginx make calls, each a method, its parameters and the call's options; returns the outcomes
-- of inside.lua. `path` is another location that serves calls.
local function calls(self, vendor, options, list, path)
  local status, body = self.n:get(path or "/calls", {
    method = "POST", timeout = 60,
    body = cjson.encode { vendor = vendor, options = options_of(self, vendor, options),
      calls = list },
  })
  if status ~= 200 then error(status .. ": " .. body .. self.n:log(), 2) end
  return cjson.decode(body)
end

--- Starts a place (edge/place.lua) that makes calls, with these options.
function bench.start(options)
  local p = place.start("resty", options)
  p.calls = calls
  -- one safe call
  function p:call(vendor, more, path)
    return self:calls(vendor, more, { bench.safe[vendor] }, path)[1]
  end
  return p
end

--- Describes something with one.
function bench.describe(name, options, body)
  if not edge.resty_dir() then return busted.pending(name .. " " .. bench.missing) end
  late.describe(name, { function() return bench.start(options) end }, body)
end

return bench
