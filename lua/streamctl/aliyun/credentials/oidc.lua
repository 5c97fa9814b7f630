--- A RAM role, assumed with the token of an OIDC provider (STS AssumeRoleWithOIDC), such as the one
-- that Kubernetes mounts into a pod (RRSA).
--
-- A chain passes over this source when neither a provider nor a token file is configured. One of
-- them alone, or both without a role, ends the chain.
-- @public streamctl.aliyun.credentials.oidc

local checks = require "streamctl.base.checks"
local core = require "streamctl.core"
local key_file = require "streamctl.credentials.key_file"
local kind = require "streamctl.credentials.kind"
local sts = require "streamctl.aliyun.credentials.sts"

local MAX_TOKEN = 20000 -- characters that STS takes

--- What `oidc` takes beside the options of `streamctl.aliyun.credentials.sts`, or the variables of
-- the environment have.
-- @table options
-- @tfield string provider_arn such as `acs:ram::1234567890123456:oidc-provider/name`; else
-- `ALIBABA_CLOUD_OIDC_PROVIDER_ARN`
-- @tfield string token_file read each time; else `ALIBABA_CLOUD_OIDC_TOKEN_FILE`
local FIELDS = sts.fields(
  { "provider_arn", checks.text, variable = "ALIBABA_CLOUD_OIDC_PROVIDER_ARN" },
  { "token_file", checks.text, variable = "ALIBABA_CLOUD_OIDC_TOKEN_FILE" })

-- Reads the token at each fetch, since the kubelet replaces it before it expires. Or nil, and why.
local function read_token(path)
  local text, why = key_file.read(path)
  local token = text and text:match("^%s*(.-)%s*$")
  if token == "" then
    why = path .. " is empty"
  elseif token and (#token > MAX_TOKEN or token:find("[^\33-\126]")) then
    why = path .. " holds no token"
  end
  return not why and token or nil, why and "the token file " .. why
end

local function fetch(self, context)
  local opts = self.options
  for i = 1, 3 do -- provider_arn, token_file and role_arn
    local name = FIELDS[i][1]
    if not opts[name] then
      return self:fail(name .. " is missing, and the variable " .. FIELDS[i].variable
        .. " is not set", { absent = not opts.provider_arn and not opts.token_file or nil })
    end
  end
  if self.broken then return self:fail(self.broken) end
  local token, why = read_token(opts.token_file)
  if not token then return self:fail(why) end
  local body = sts.form(opts, { OIDCProviderArn = opts.provider_arn, OIDCToken = token })
  return sts.ask(self, context, function(now)
    local query = sts.encode { Version = sts.VERSION, Action = "AssumeRoleWithOIDC",
      Format = "JSON", Timestamp = core.time_text(now) }
    return { target = "/?" .. query, secrets = { token }, body = body, provider = "oidc_role_arn" }
  end)
end

--- A RAM role by the token of an OIDC provider, as a source.
-- @function credentials.oidc
-- @tparam[opt] table options see @{options}
-- @treturn table source
return kind.define("aliyun", "oidc", FIELDS, fetch, sts.prepare)
