--- Several sources in an order: the first that has keys is used from then on. A source where
-- nothing is configured is passed over; one that is configured and fails ends the search, since the
-- next one would be another identity. When none has keys, the next call looks again.
--
-- Without sources of the caller's own, the order is that of the vendor's packages:
--
-- 1. `environment`
-- 2. `oidc`, when the variables of it are set
-- 3. `profile`, unless `ALIBABA_CLOUD_CLI_PROFILE_DISABLED` is "true"
-- 4. `ini`
-- 5. `ecs_role`, unless `ALIBABA_CLOUD_ECS_METADATA_DISABLED` is "true"
-- 6. `uri`, when `ALIBABA_CLOUD_CREDENTIALS_URI` is set
-- @public streamctl.aliyun.credentials.chain

local define = require "streamctl.aliyun.credentials.define"
local encode = require "streamctl.encode"
local errors = require "streamctl.errors"
local options = require "streamctl.options"
local session = require "streamctl.session"
local surroundings = require "streamctl.aliyun.credentials.surroundings"

local chain = {}

local ORDER = { "environment", "oidc", "profile", "ini", "ecs_role", "uri" }
local PLACE = "streamctl.aliyun.credentials."
local NO_PROFILE = "ALIBABA_CLOUD_CLI_PROFILE_DISABLED"

local refuse = define.refuser "chain"

local switched_off = { current = function()
  return define.refuser "profile"("it is switched off by the variable " .. NO_PROFILE, true)
end }

-- The sources of the usual order. They are made when they are needed, so
-- that the environment is read then.
local function usual()
  local list = {}
  for i, name in ipairs(ORDER) do
    list[i] = name == "profile" and surroundings.flag(NO_PROFILE) and switched_off
      or require(PLACE .. name).new()
  end
  return list
end

local function without_code(message)
  return errors.tidy(errors.text_of(message), 300)
end

-- The first of them that has keys; or nil, message, err.
local function first_of(sources, context)
  local passed = {}
  for _, source in ipairs(sources) do
    local held, message, err = source:current(context)
    if held then return source end
    if not err.absent then
      local text = without_code(message) .. " (so no other identity was looked for)"
      if passed[1] then text = text .. "; before it: " .. table.concat(passed, "; ") end
      return errors.new(err.code, "chain: " .. text, err)
    end
    passed[#passed + 1] = without_code(message)
  end
  return refuse("there are no keys: " .. table.concat(passed, "; ") .. ". Set "
    .. "ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, or make a client with "
    .. "streamctl.aliyun.new", true)
end

--- Several sources, as one.
-- @function credentials.chain
-- @tparam[opt] table sources list; without any, the usual order
-- @treturn table source
function chain.new(sources)
  local count = 0
  if sources ~= nil then count = type(sources) == "table" and encode.list_length(sources) end
  for i = 1, count or 0 do
    if count and not session.is_source(rawget(sources, i)) then count = nil end
  end
  if not count then
    error(PLACE .. "chain takes a list of sources, such as "
      .. "{ streamctl.aliyun.credentials.environment(), ... }", 2)
  end
  local own = count > 0 and options.merged(sources)
  return session.new {
    name = "chain", account = "chain",
    provider = function(theirs) return "default/" .. theirs:match("^[^/]*") end,
    fetch = function(context) return first_of(own or usual(), context) end,
  }
end

return chain
