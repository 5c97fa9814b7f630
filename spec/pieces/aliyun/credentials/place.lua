-- A place for sources of credentials to look at: a home directory, an environment and a network of
-- its own, and what the vendor's servers answer there.

local busted = require "busted"
local core = require "streamctl.core"
local helper = require "spec.pieces.helper"
local json = require "streamctl.base.json"
local loops = require "streamctl.loop.pick"
local shell = require "spec.support.emulator.launcher.shell"

local place = {
  ID = "STS.askedForKeyId", SECRET = "askedForSecret/0123456789+abc",
  TOKEN = "CAIS+asked/for/token/0123456789==", ARN = "acs:ram::1234567890123456:role/streams",
  -- six hours from where helper.freeze stops the clock
  EXPIRATION = "2026-01-02T09:04:05Z", EXPIRES = helper.NOW + 6 * 3600,
}

local getenv = os.getenv

local Place = {}
Place.__index = Place

--- Temporary keys as JSON, in the field `inside`, if that is given. `changes` replace fields, false
-- takes one away.
function place.keys(changes, inside)
  local keys = { AccessKeyId = place.ID, AccessKeySecret = place.SECRET,
    SecurityToken = place.TOKEN, Expiration = place.EXPIRATION,
    Code = not inside and "Success" or nil }
  for name, value in pairs(changes or {}) do keys[name] = value or nil end
  return json.encode(inside and { RequestId = "R-1", [inside] = keys } or keys)
end

--- A whole answer with such keys.
function place.answer(changes, inside)
  return helper.response(200, place.keys(changes, inside))
end

--- Makes a place for each test of a block, where it is helper.NOW. `answer`: a result, or a
-- function of a request that makes one; nobody is there without. `sent` has the requests.
function place.each(answer)
  local self = setmetatable({}, Place)
  busted.before_each(function() self:enter(answer) end)
  busted.after_each(function() self:leave() end)
  return self
end

function Place:enter(answer)
  self.home = shell.run("mktemp -d"):gsub("%s+$", "")
  self.variables, self.sent, self.transport = { HOME = self.home }, {}, helper.ours {}
  self.answer = answer or { code = "connect", message = "nobody is there", maybe_sent = false }
  function self.transport.send(_, request, limits, deadline, loop, origin)
    local target, headers = request:sign()
    local it = { method = request.method, target = target, headers = headers, origin = origin,
      body = request.body, content_type = request.content_type, limits = limits,
      deadline = deadline, loop = loop }
    self.sent[#self.sent + 1] = it
    return type(self.answer) == "function" and self.answer(it) or self.answer
  end
  os.getenv = function(name) -- luacheck: ignore 122
    if name == "HOME" or name:find("^ALIBABA_CLOUD_") then return self.variables[name] end
    return getenv(name)
  end
  helper.freeze()
end

function Place:leave()
  os.getenv = getenv -- luacheck: ignore 122
  helper.thaw()
  shell.run("rm -rf " .. shell.quote(self.home))
end

--- Writes a file below the home directory: text, or a table as JSON. Returns its path.
function Place:write(name, content)
  local path = self.home .. "/" .. name
  shell.run("mkdir -p " .. shell.quote(path:match("^(.*)/")))
  shell.write_file(path, type(content) == "table" and assert(json.encode(content)) or content)
  return path
end

function Place:context(seconds)
  return { loop = loops.current(), deadline = core.monotonic() + (seconds or 10),
    options = { transport = self.transport } }
end

--- What a source hands out; or nil, message, err. Forgets what was sent before.
function Place:get(source, seconds)
  local context = self:context(seconds)
  self.sent = {}
  return source:get(context)
end

--- Asserts that a source is refused, with `why` in the message and without any of the secrets.
-- Returns err.
function Place:refused(why, source, secrets)
  local found, message, err = self:get(source)
  assert(found == nil, "it has keys")
  if not message:find(why, 1, true) then error(message .. "\n lacks: " .. why, 2) end
  assert(err.code == "credentials" and err.vendor == "aliyun", message)
  local all = helper.everything(message, err)
  for _, secret in ipairs(secrets or {}) do
    if all:find(secret, 1, true) then error("a secret is in: " .. all, 2) end
  end
  return err
end

--- Requests that were sent: "METHOD origin/path".
function Place:asked()
  local list = {}
  for i, it in ipairs(self.sent) do
    list[i] = it.method .. " " .. it.origin .. it.target:match("^[^?]*")
  end
  return list
end

--- The fields of a form or query.
function place.form(text)
  local fields = {}
  for name, value in text:gmatch("([^&=?/]+)=([^&]*)") do
    fields[name] = value:gsub("%%(%x%x)", function(hex) return string.char(tonumber(hex, 16)) end)
  end
  return fields
end

--- A source with permanent keys, or one after another of those that are given; `refused` has what
-- was refused.
function place.source(...)
  local list, at = { ... }, 1
  list[1] = list[1] or { access_key_id = helper.ACCESS_KEY_ID, provider = "static_ak",
    access_key_secret = assert(core.secret(helper.ACCESS_KEY_SECRET)) }
  local source = { refused = {} }
  function source.current() return list[at] end
  function source.refuse(_, credentials)
    source.refused[#source.refused + 1] = credentials
    at = math.min(at + 1, #list)
  end
  return source
end

return place
