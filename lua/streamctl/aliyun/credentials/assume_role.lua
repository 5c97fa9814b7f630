--- A RAM role, assumed with the keys of another source (STS AssumeRole).
-- @public streamctl.aliyun.credentials.assume_role

local core = require "streamctl.core"
local define = require "streamctl.aliyun.credentials.define"
local errors = require "streamctl.errors"
local options = require "streamctl.options"
local session = require "streamctl.session"
local sts = require "streamctl.aliyun.credentials.sts"

local NAME = "assume_role"

local refuse = define.refuser(NAME)

local function source(value)
  if type(value) ~= "table" then
    return "must be a source, such as streamctl.aliyun.credentials.environment(), or a table with "
      .. "access_key_id and access_key_secret, got a " .. type(value)
  end
end

--- What `assume_role` takes.
-- @table options
-- @tfield table source whose keys assume the role; or `access_key_id`, `access_key_secret` and
-- perhaps `security_token`
-- @tfield string role_arn such as `acs:ram::1234567890123456:role/name`; without it that of the
-- variable `ALIBABA_CLOUD_ROLE_ARN`
-- @tfield string session_name shows up in the vendor's logs; without it that of the variable
-- `ALIBABA_CLOUD_ROLE_SESSION_NAME`, or "streamctl-" and the time
-- @tfield integer duration seconds, from 900 on and not more than the role allows; 3600
-- @tfield string|table policy takes rights away from the session: JSON, or a table that becomes
-- it
-- @tfield string external_id what the owner of the role asks for
-- @tfield string region whose STS to ask; without it that of the variable
-- `ALIBABA_CLOUD_STS_REGION`, or the central one
-- @tfield boolean vpc asks the region's STS from inside of a VPC; without it the variable
-- `ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED` decides; nothing without a region
-- @tfield string endpoint of STS instead, a host or `https://host[:port]`; `http://` for this
-- machine alone
-- @tfield number timeout seconds for a request, 10
-- @tfield number connect_timeout seconds for its connection, 5
local FIELDS = sts.fields {
  { "source", source, true }, { "external_id", options.checks.text },
}

-- The target of the signed request, who signed it, and a function that gives what was signed; or
-- nil and what is wrong.
local function sign(it, held, body, now)
  local signer, message = core.signer("rpc", {
    access_key_id = held.access_key_id, access_key_secret = held.access_key_secret,
    security_token = held.security_token, host = sts.origin(it):match("//(.*)$"),
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

-- Asks with the keys that the source has. The fourth result: the vendor refused these.
local function ask(it, context, held)
  local body = sts.form(it, it.external_id and { "ExternalId", it.external_id } or {})
  local function request_at(now)
    local target, signer, signed = sign(it, held, body, now)
    if not target then return refuse("the request cannot be signed: " .. signer) end
    local function explain(vendor_code, text)
      local ours = vendor_code == "SignatureDoesNotMatch" and signed()
      if ours and text:find(ours, 1, true) then
        return "; STS signed the same text, so the secret of the source " .. held.provider
          .. " is wrong"
      end
    end
    return {
      name = NAME, target = target, body = body, signer = signer, explain = explain,
      headers = { "x-acs-credentials-provider", held.provider },
      provider = "ram_role_arn/" .. held.provider,
    }
  end
  local keys, message, err, code = sts.ask(context, it, request_at)
  return keys, message, err, code == "credentials" or code == "signature"
end

local function fetch(it, context)
  if it.broken then return refuse(it.broken) end
  local held, message, err = it.source:current(context)
  if not held then
    if err.code ~= "credentials" then return nil, message, err end
    return define.refuse(NAME, "its source has no keys: " .. errors.text_of(message), {
      retryable = err.retryable, remembered = err.remembered, retry_after = err.retry_after })
  end
  local keys, is_refused
  keys, message, err, is_refused = ask(it, context, held)
  if is_refused then
    it.source:refuse(held)
    local other = it.source:current(context)
    if not other or other == held then return nil, message, err end
    held = other
    keys, message, err = ask(it, context, held)
  end
  if keys and it.source.accept then it.source:accept(held) end
  return keys, message, err
end

--- A RAM role by the keys of another source, as a source.
-- @function credentials.assume_role
-- @tparam table given see @{options}
-- @treturn table source
return define.source(NAME, FIELDS, function(it)
  local account = sts.prepare(it)
  if not it.role_arn then
    return nil, "role_arn is missing, and the variable ALIBABA_CLOUD_ROLE_ARN is not set"
  end
  if not session.is_source(it.source) then
    local why
    it.source, why = require("streamctl.aliyun.credentials.static").make(it.source)
    if not it.source then return nil, "source: " .. why end
  end
  return session.new {
    name = NAME, account = account, fetch = function(context) return fetch(it, context) end,
  }
end)
