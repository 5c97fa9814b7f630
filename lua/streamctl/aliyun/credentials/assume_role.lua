--- A RAM role, assumed with the keys of another source (STS AssumeRole).
-- @public streamctl.aliyun.credentials.assume_role

local core = require "streamctl.core"
local errors = require "streamctl.errors"
local kind = require "streamctl.credentials.kind"
local options = require "streamctl.options"
local sources = require "streamctl.credentials.source"
local sts = require "streamctl.aliyun.credentials.sts"

local function check_source(value)
  if type(value) ~= "table" then
    return "must be a source, such as streamctl.aliyun.credentials.environment(), or a table with "
      .. "access_key_id and access_key_secret, got a " .. type(value)
  end
end

--- What `assume_role` takes, or the variables of the environment have.
-- @table options
-- @tfield table source whose keys assume the role; or `access_key_id`, `access_key_secret` and
-- perhaps `security_token`
-- @tfield string role_arn such as `acs:ram::1234567890123456:role/name`; else
-- `ALIBABA_CLOUD_ROLE_ARN`
-- @tfield string session_name for the vendor's logs; else `ALIBABA_CLOUD_ROLE_SESSION_NAME`, or
-- "streamctl-" and the time
-- @tfield integer duration seconds, from 900 on and not more than the role allows; 3600
-- @tfield string|table policy takes rights away from the session: JSON, or a table for it
-- @tfield string external_id what the owner of the role asks for
-- @tfield string region whose STS to ask; else `ALIBABA_CLOUD_STS_REGION`, or the central one
-- @tfield boolean vpc asks the region's STS inside of a VPC; else
-- `ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED` decides; nothing without a region
-- @tfield string endpoint of STS: host or `https://host[:port]`; `http://` for this machine alone
-- @tfield number timeout seconds for a request, 10
-- @tfield number connect_timeout seconds for its connection, 5
local FIELDS = sts.fields({ "source", check_source, true }, { "external_id", options.checks.text })

-- Returns the signed request's target, its signer, and a function that returns the signed text; or
-- nil and the fault.
local function sign(opts, credentials, body, now)
  local signer, message = core.signer("rpc", {
    access_key_id = credentials.access_key_id, access_key_secret = credentials.access_key_secret,
    security_token = credentials.security_token, host = sts.origin(opts):match("//(.*)$"),
    version = sts.VERSION, format = "JSON",
  })
  if not signer then return nil, message end
  local request, nonce
  nonce, message = core.nonce()
  if not nonce then return nil, message end
  request, message = core.request(signer, "POST", "AssumeRole", false, nil, body, sts.FORM)
  if not request then return nil, message end
  local target, headers = request:sign(nonce, now)
  if not target then return nil, headers end
  return target, signer, function() return (select(2, request:explain(nonce, now))) end
end

-- Asks with the credentials of the base. The fourth result: whether the vendor refused these.
local function ask(self, context, credentials)
  local opts = self.options
  local body = sts.form(opts, { ExternalId = opts.external_id })
  local keys, message, err, code = sts.ask(self, context, function(now)
    local target, signer, signed = sign(opts, credentials, body, now)
    if not target then return self:fail("the request cannot be signed: " .. signer) end
    local function explain(vendor_code, text)
      local signed_text = vendor_code == "SignatureDoesNotMatch" and signed()
      if signed_text and text:find(signed_text, 1, true) then
        return "; STS signed the same text, so the secret of the source " .. credentials.provider
          .. " is wrong"
      end
    end
    return { target = target, body = body, signer = signer, explain = explain,
      headers = { "x-acs-credentials-provider", credentials.provider },
      provider = "ram_role_arn/" .. credentials.provider }
  end)
  return keys, message, err, code == "credentials" or code == "signature"
end

local function fetch(self, context)
  if self.broken then return self:fail(self.broken) end
  local base = self.options.source
  local credentials, message, err = base:current(context)
  if not credentials then
    if err.code ~= "credentials" then return nil, message, err end
    return self:fail("its source has no keys: " .. errors.text_of(message), {
      retryable = err.retryable, remembered = err.remembered, retry_after = err.retry_after })
  end
  local keys, is_refused
  keys, message, err, is_refused = ask(self, context, credentials)
  if not is_refused then return keys, message, err end
  base:refuse(credentials)
  local newer = base:current(context)
  if not newer or newer == credentials then return nil, message, err end
  keys, message, err = ask(self, context, newer)
  return keys, message, err
end

local function prepare(self, opts)
  sts.prepare(self, opts)
  if not opts.role_arn then
    return "role_arn is missing, and the variable ALIBABA_CLOUD_ROLE_ARN is not set"
  elseif not sources.is_source(opts.source) then
    local why
    opts.source, why = require("streamctl.aliyun.credentials.static").make(opts.source)
    return why and "source: " .. why
  end
end

--- A RAM role by the keys of another source, as a source.
-- @function credentials.assume_role
-- @tparam table options see @{options}
-- @treturn table source
return kind.define("aliyun", "assume_role", FIELDS, fetch, prepare)
