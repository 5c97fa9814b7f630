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

local encode = require "streamctl.encode"
local errors = require "streamctl.errors"
local kind = require "streamctl.credentials.kind"
local options = require "streamctl.options"
local source = require "streamctl.credentials.source"

local chain = {}

local ORDER = { "environment", "oidc", "profile", "ini", "ecs_role", "uri" }
local PLACE = "streamctl.aliyun.credentials."
local NO_PROFILE = "ALIBABA_CLOUD_CLI_PROFILE_DISABLED"

-- The sources of the usual order. They are made when they are needed, so that the environment is
-- read then.
local function usual()
  local list = {}
  for i, name in ipairs(ORDER) do
    list[i] = name == "profile" and kind.flag(NO_PROFILE)
      and source.new { name = name, vendor = "aliyun", fetch = function(self)
        return self:fail("it is switched off by the variable " .. NO_PROFILE, { absent = true })
      end }
      or require(PLACE .. name).new()
  end
  return list
end

local function renamed(theirs)
  return options.merged(theirs, { provider = "default/" .. theirs.provider:match("^[^/]*") })
end

-- What the first source has that has keys, which is used from now on; or nil, message, err.
local function fetch(self, context)
  local passed = {}
  for _, one in ipairs(self.sources or usual()) do
    local held, message, err = one:current(context)
    if held then
      self.chosen = self.chosen or one
      return renamed(held)
    end
    local text = errors.tidy(errors.text_of(message), 300)
    if not err.absent then
      text = text .. " (so no other identity was looked for)"
      if passed[1] then text = text .. "; before it: " .. table.concat(passed, "; ") end
      return errors.new(err.code, "chain: " .. text, err)
    end
    passed[#passed + 1] = text
  end
  return self:fail("there are no keys: " .. table.concat(passed, "; ") .. ". Set "
    .. "ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, or make a client with "
    .. "streamctl.aliyun.new", { absent = true })
end

-- Once a source is chosen, that one knows when to ask again.
local function current(self, context)
  if not self.chosen then
    local _, message, err = self:find(context)
    if not self.chosen then return nil, message, err end
  end
  local theirs, message, err = self.chosen:current(context)
  if not theirs then return source.configured(err) end
  if theirs ~= self.theirs then self.theirs, self.ours = theirs, renamed(theirs) end
  return self.ours, message
end

local function refuse(self, held)
  if self.ours == held then self.chosen:refuse(self.theirs) end
end

--- Several sources, as one.
-- @function credentials.chain
-- @tparam[opt] table sources list; without any, the usual order
-- @treturn table source
function chain.new(sources)
  local count = 0
  if sources ~= nil then count = type(sources) == "table" and encode.list_length(sources) end
  for i = 1, count or 0 do
    if count and not source.is_source(rawget(sources, i)) then count = nil end
  end
  if not count then
    error(PLACE .. "chain takes a list of sources, such as "
      .. "{ streamctl.aliyun.credentials.environment(), ... }", 2)
  end
  local self = source.new { name = "chain", vendor = "aliyun", account = "chain", fetch = fetch,
    sources = count > 0 and options.merged(sources) or nil }
  self.find, self.current, self.refuse = self.current, current, refuse
  return self
end

return chain
