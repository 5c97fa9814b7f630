--- Keys in the variables of the environment: `ALIBABA_CLOUD_ACCESS_KEY_ID`,
-- `ALIBABA_CLOUD_ACCESS_KEY_SECRET` and, for temporary keys, `ALIBABA_CLOUD_SECURITY_TOKEN`.
-- An empty variable counts as unset. An id without a secret, or the reverse, is an error, and a
-- chain does not look elsewhere.
-- @public streamctl.aliyun.credentials.environment

local checks = require "streamctl.base.checks"
local kind = require "streamctl.credentials.kind"

local ID, SECRET = "ALIBABA_CLOUD_ACCESS_KEY_ID", "ALIBABA_CLOUD_ACCESS_KEY_SECRET"
local TOKEN = "ALIBABA_CLOUD_SECURITY_TOKEN"

local function fetch(self)
  local id, secret, token = kind.variable(ID), kind.variable(SECRET), kind.variable(TOKEN)
  if not id and not secret and not token then
    return self:fail(ID .. " and " .. SECRET .. " are not set", { absent = true })
  elseif not id or not secret then
    return self:fail(("the environment variable %s is not set, but %s is; set both or none")
      :format(id and SECRET or ID, id and ID or secret and SECRET or TOKEN))
  end
  for _, name in ipairs { ID, SECRET, TOKEN } do
    local value = kind.variable(name)
    local why = value and checks.text(value)
    if why then return self:fail("the environment variable " .. name .. " " .. why) end
  end
  return { access_key_id = id, access_key_secret = secret, security_token = token,
    provider = "env" }
end

--- The keys of the environment, as a source.
-- @function credentials.environment
-- @treturn table source
return kind.define("aliyun", "environment", {}, fetch)
