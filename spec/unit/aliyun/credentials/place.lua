-- A place for sources of credentials to look at: a home directory, an environment and a network of
-- its own.

local core = require "streamctl.core"
local helper = require "spec.unit.helper"
local json = require "streamctl.json"
local loops = require "streamctl.loop.pick"
local shell = require "spec.emulator.launcher.shell"

local place = {}

local getenv = os.getenv

local Place = {}
Place.__index = Place

--- What the vendor answers to who asks for temporary keys, which live for an hour.
place.TEMPORARY = {
  AccessKeyId = "STS.temporary", AccessKeySecret = "temporarySecret/0123456789",
  SecurityToken = "CAIS+temporary/token", Expiration = "2026-01-02T04:04:05Z", Code = "Success",
}

--- Makes one, where it is helper.NOW. It must be left.
-- @tparam[opt] function|table answer of the network, see helper.transport; nobody is there without
function place.enter(answer)
  local self = setmetatable({ variables = {}, home = shell.run("mktemp -d"):gsub("%s+$", "") },
    Place)
  self.variables.HOME = self.home
  self.transport = helper.transport(answer or { code = "connect", message = "nobody is there",
    maybe_sent = false })
  os.getenv = function(name) -- luacheck: ignore 122
    if name == "HOME" or name:find("^ALIBABA_CLOUD_") then return self.variables[name] end
    return getenv(name)
  end
  helper.freeze()
  return self
end

function Place:leave()
  os.getenv = getenv -- luacheck: ignore 122
  helper.thaw()
  shell.run("rm -rf " .. shell.quote(self.home))
end

--- Writes a file below the home directory: text, or a table as JSON.
-- @treturn string its path
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

--- What a source hands out; or nil, message, err.
function Place:get(source)
  return source:get(self:context())
end

--- Asserts that a source is refused, with `why` in the message and without any of the secrets.
-- @treturn table err
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

--- Keys of a request that was seen: "METHOD origin/path".
function Place:asked()
  local list = {}
  for i, request in ipairs(self.transport.requests) do
    list[i] = request.method .. " " .. request.origin .. request.action:match("^[^?]*")
  end
  return list
end

return place
