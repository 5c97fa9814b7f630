--- Several sources in an order: the first source with keys is used from then on. A chain passes
-- over a source where nothing is configured. A configured source that fails ends the search, since
-- the next source would be another identity. When no source has keys, the next call searches again.
--
-- Without a list of sources, the order is that of the vendor's packages: `environment`, `oidc`,
-- `profile`, `ini`, `ecs_role`, `uri`. Variables switch some of them off, see
-- docs/reference/environment.md.
-- @public streamctl.aliyun.credentials.chain

local encode = require "streamctl.base.encode"
local errors = require "streamctl.base.errors"
local options = require "streamctl.base.options"
local source = require "streamctl.credentials.source"

local chain = {}

local ORDER = { "environment", "oidc", "profile", "ini", "ecs_role", "uri" }
local PLACE = "streamctl.aliyun.credentials."

-- Makes the sources of the usual order at each search, since they read the environment then.
local function usual()
  local list = {}
  for i, name in ipairs(ORDER) do
    list[i] = require(PLACE .. name).new()
  end
  return list
end

local function renamed(credentials)
  return options.merged(credentials,
    { provider = "default/" .. credentials.provider:match("^[^/]*") })
end

-- Chooses the first source with credentials, and returns these; or nil, message, err.
local function fetch(self, context)
  local passed = {}
  for _, candidate in ipairs(self.sources or usual()) do
    local credentials, message, err = candidate:current(context)
    if credentials then
      self.chosen = self.chosen or candidate
      return renamed(credentials)
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

-- Searches until a source is chosen; from then on, that source decides when to fetch.
local function current(self, context)
  if not self.chosen then
    local _, message, err = self:search(context)
    if not self.chosen then return nil, message, err end
    self.credentials = nil -- else the first secret lived as long as the chain
  end
  local credentials, message, err = self.chosen:current(context)
  if not credentials then return source.configured(err) end
  if credentials ~= self.inner then self.inner, self.outer = credentials, renamed(credentials) end
  return self.outer, message
end

local function refuse(self, credentials)
  if self.outer == credentials then self.chosen:refuse(self.inner) end
end

--- Several sources, as one source.
-- @function credentials.chain
-- @tparam[opt] table sources list; without any, the usual order
-- @treturn table source
function chain.new(sources)
  if sources == nil then sources = {} end
  local count = type(sources) == "table" and encode.list_length(sources)
  for i = 1, count or 0 do
    count = count and source.is_source(rawget(sources, i)) and count
  end
  if not count then
    error(PLACE .. "chain takes a list of sources, such as "
      .. "{ streamctl.aliyun.credentials.environment(), ... }", 2)
  end
  local self = source.new { name = "chain", vendor = "aliyun", account = "chain", fetch = fetch,
    sources = count > 0 and options.merged(sources) or nil }
  self.search, self.current, self.refuse = self.current, current, refuse
  return self
end

return chain
