--- Keys in the variables of the environment: `ALIBABA_CLOUD_ACCESS_KEY_ID`,
-- `ALIBABA_CLOUD_ACCESS_KEY_SECRET` and, for temporary keys, `ALIBABA_CLOUD_SECURITY_TOKEN`.
-- An empty variable is none. An id without a secret, or the reverse, is an error and no reason to
-- look elsewhere.
-- @public streamctl.aliyun.credentials.environment

local define = require "streamctl.aliyun.credentials.define"
local options = require "streamctl.options"
local session = require "streamctl.session"
local surroundings = require "streamctl.aliyun.credentials.surroundings"

local ID, SECRET = "ALIBABA_CLOUD_ACCESS_KEY_ID", "ALIBABA_CLOUD_ACCESS_KEY_SECRET"
local TOKEN = "ALIBABA_CLOUD_SECURITY_TOKEN"

local refuse = define.refuser "environment"

local function read()
  local id, secret = surroundings.variable(ID), surroundings.variable(SECRET)
  local token = surroundings.variable(TOKEN)
  if not id and not secret and not token then
    return refuse(ID .. " and " .. SECRET .. " are not set", true)
  end
  if not id or not secret then
    return refuse(("the environment variable %s is not set, but %s is; set both or none")
      :format(id and SECRET or ID, id and ID or secret and SECRET or TOKEN))
  end
  for _, name in ipairs { ID, SECRET, TOKEN } do
    local value = surroundings.variable(name)
    local why = value and options.checks.text(value)
    if why then return refuse("the environment variable " .. name .. " " .. why) end
  end
  return { access_key_id = id, access_key_secret = secret, security_token = token,
    provider = "env" }
end

--- The keys of the environment, as a source.
-- @function credentials.environment
-- @treturn table source
return define.source("environment", {}, function()
  return session.new { name = "environment", account = "environment", fetch = read }
end)
