-- What the specs of cosockets have in common: an emulator, an nginx in front of it, and calls made
-- in that.

local cjson = require "cjson"
local edge = require "spec.support.edge"
local emulator = require "spec.support.emulator"
local session = require "spec.support.session"

local bench = {}

local Bench = {}
Bench.__index = Bench

bench.missing = "needs lua-resty-http: set RESTY_HTTP_DIR to a checkout of it"

local SERVER = 'location = /calls { content_by_lua_block { '
  .. 'require("spec.openresty.resty.inside").serve() } }\n'

--- Starts them; `ca_file = false` of edge.start's options names no authority, and `server` lines
-- are added to ours.
function bench.start(options)
  local all = { resty = true }
  for name, value in pairs(options or {}) do all[name] = value end
  local e = assert(emulator.start())
  all.server = SERVER .. (all.server or "")
  if all.ca_file == nil then all.ca_file = e.ca_file end
  all.ca_file = all.ca_file or nil
  local n, problem = edge.start(all)
  if not n then
    e:stop()
    error(problem, 2)
  end
  return setmetatable({ e = e, n = n }, Bench)
end

function bench.stop(self)
  if not self then return end
  self.n:stop()
  self.e:stop()
end

local function with(defaults, options)
  for name, value in pairs(options or {}) do defaults[name] = value end
  return defaults
end

function Bench:options(vendor, options)
  local e = self.e
  local all = { endpoint = e[vendor], retry = false, rate_limit = false, transport = "resty" }
  if vendor == "aliyun" then
    all.access_key_id, all.access_key_secret = e.access_key_id, e.access_key_secret
  else
    all.app_id, all.server_secret = e.app_id, e.server_secret
  end
  return with(all, options)
end

--- Has nginx make calls, each a method, its parameters and the call's options; returns the outcomes
-- of inside.lua. `path` is another location that serves calls.
function Bench:calls(vendor, options, calls, path)
  local status, body = self.n:get(path or "/calls", {
    method = "POST", timeout = 60,
    body = cjson.encode { vendor = vendor, options = self:options(vendor, options), calls = calls },
  })
  if status ~= 200 then error(status .. ": " .. body .. self.n:log(), 2) end
  return cjson.decode(body)
end

--- Calls with which the specs try things out: what may be sent again, and what must not.
bench.safe = {
  aliyun = { "resume_live_stream", session.stream() },
  zego = { "resume_rtc_stream", { StreamId = "s1" } },
}
function bench.unsafe() return { "create_live_pull_to_push", session.task() } end

--- One safe call.
function Bench:call(vendor, options, path)
  return self:calls(vendor, options, { bench.safe[vendor] }, path)[1]
end

return bench
