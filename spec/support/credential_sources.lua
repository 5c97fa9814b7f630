-- The source that a scenario of spec/bytes/vectors/aliyun_credentials.json configures, made of our
-- options.

local credentials = require "streamctl.aliyun.credentials"

local sources = {}

local makers = {}

local function seconds(milliseconds) return milliseconds and milliseconds / 1000 end

function makers.ecs_ram_role(config)
  local v1
  if config.disableIMDSv1 then v1 = false end
  return credentials.ecs_role { role_name = config.roleName, v1 = v1 }
end

local function role(config, more)
  more.role_arn, more.session_name = config.roleArn, config.roleSessionName
  more.duration, more.policy = config.roleSessionExpiration, config.policy
  more.region, more.vpc = config.stsRegionId, config.enableVpc
  more.timeout = seconds(config.timeout)
  return more
end

local function key(config)
  return { access_key_id = config.accessKeyId, access_key_secret = config.accessKeySecret,
    security_token = config.securityToken }
end

function makers.ram_role_arn(config)
  return credentials.assume_role(role(config, { source = key(config) }))
end

function makers.oidc_role_arn(config)
  return credentials.oidc(role(config, { provider_arn = config.oidcProviderArn,
    token_file = config.oidcTokenFilePath }))
end

function makers.credentials_uri(config)
  return credentials.uri { url = config.credentialsURI, timeout = seconds(config.timeout) }
end

function makers.access_key(config) return credentials.static(key(config)) end

makers.sts = makers.access_key

function makers.cli_profile(config) return credentials.profile { name = config.name } end

function makers.ini_profile(config) return credentials.ini { name = config.name } end

function makers.default() return credentials.chain() end

--- @return a source; or it throws, or nil, message, err
function sources.make(config)
  local make = makers[config.type] or credentials[config.type] -- which says that it knows none
  return make(config)
end

return sources
