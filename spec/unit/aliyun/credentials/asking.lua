-- What the specs of sources share that ask over HTTP: a context whose transport answers from a
-- table, and an environment.

local core = require "streamctl.core"
local helper = require "spec.unit.helper"
local loops = require "streamctl.loop.pick"

local asking = {}

asking.ID, asking.SECRET = "STS.askedForKeyId", "askedForSecret/0123456789+abc"
asking.TOKEN = "CAIS+asked/for/token/0123456789=="
asking.ARN = "acs:ram::1234567890123456:role/streams"

--- Six hours from where helper.freeze stops the clock.
asking.EXPIRATION, asking.EXPIRES = "2026-01-02T09:04:05Z", helper.NOW + 6 * 3600

local FIELDS = { "AccessKeyId", "AccessKeySecret", "SecurityToken", "Expiration", "Code" }

--- Keys as JSON, with some fields replaced: text, false for none, or { JSON }.
function asking.keys(changes)
  local values = { AccessKeyId = asking.ID, AccessKeySecret = asking.SECRET,
    SecurityToken = asking.TOKEN, Expiration = asking.EXPIRATION, Code = "Success" }
  for name, value in pairs(changes or {}) do values[name] = value end
  local parts = {}
  for _, name in ipairs(FIELDS) do
    local value = values[name]
    if value then
      value = type(value) == "table" and value[1] or '"' .. value .. '"'
      parts[#parts + 1] = '"' .. name .. '":' .. value
    end
  end
  return "{" .. table.concat(parts, ",") .. "}"
end

--- The same where STS and CloudSSO put it.
function asking.inside(place, changes)
  local all = { Code = false }
  for name, value in pairs(changes or {}) do all[name] = value end
  return '{"RequestId":"R-1","' .. place .. '":' .. asking.keys(all) .. "}"
end

--- A context, and its transport, which answers with `answer` (a result, or a function of the
-- method, target and headers that makes one) and keeps what it was to send.
function asking.context(answer, seconds)
  local transport = { sent = {} }
  function transport:send(request, limits, deadline, loop, origin)
    local target, headers = request:sign()
    self.sent[#self.sent + 1] = {
      method = request.method, target = target, headers = headers, body = request.body,
      content_type = request.content_type, safe = request.safe,
      limits = limits, deadline = deadline, loop = loop, origin = origin,
    }
    if type(answer) == "function" then return answer(request.method, target, headers) end
    return answer
  end
  return {
    loop = loops.current(), deadline = core.monotonic() + (seconds or 15),
    options = { transport = transport },
  }, transport
end

--- A whole answer.
asking.answer = helper.response

--- What was sent, in a line each.
function asking.lines(transport)
  local lines = {}
  for i, it in ipairs(transport.sent) do lines[i] = it.method .. " " .. it.origin .. it.target end
  return lines
end

--- A form or query by name.
function asking.form(text)
  local fields = {}
  for name, value in text:gmatch("([^&=?/]+)=([^&]*)") do
    fields[name] = value:gsub("%%(%x%x)", function(hex) return string.char(tonumber(hex, 16)) end)
  end
  return fields
end

--- Has os.getenv know these of the vendor's variables only, until the function that is returned is
-- called.
function asking.environment(variables)
  local real = os.getenv
  rawset(os, "getenv", function(name)
    if name:find("^ALIBABA_CLOUD_") then return variables[name] end
    return real(name)
  end)
  return function() rawset(os, "getenv", real) end
end

--- A source with a permanent key, or with what is given; `refused` has what was refused.
function asking.source(...)
  local list, at = { ... }, 1
  local source = { refused = {} }
  if #list == 0 then
    list[1] = { access_key_id = helper.ACCESS_KEY_ID, provider = "static_ak",
      access_key_secret = assert(core.secret(helper.ACCESS_KEY_SECRET)) }
  end
  function source.current() return list[at] end
  function source.refuse(_, held)
    source.refused[#source.refused + 1] = held
    at = math.min(at + 1, #list)
  end
  return source
end

return asking
