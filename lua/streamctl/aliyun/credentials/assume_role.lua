--- A RAM role, assumed with the keys of another source (STS AssumeRole).
-- @public streamctl.aliyun.credentials.assume_role

local checks = require "streamctl.base.checks"
local core = require "streamctl.core"
local errors = require "streamctl.base.errors"
local kind = require "streamctl.credentials.kind"
local sources = require "streamctl.credentials.source"
local static = require "streamctl.aliyun.credentials.static"
local sts = require "streamctl.aliyun.credentials.sts"

--- What `assume_role` takes beside the options of `streamctl.aliyun.credentials.sts`.
-- @table options
-- @tfield table source whose keys assume the role; or `access_key_id`, `access_key_secret` and
-- perhaps `security_token`
-- @tfield string external_id what the owner of the role asks for
local FIELDS = sts.fields({ "source", function(value)
  if type(value) ~= "table" then
    return "must be a source, such as streamctl.aliyun.credentials.environment(), or a table with "
      .. "access_key_id and access_key_secret, got a " .. type(value)
  end
end, true }, { "external_id", checks.text })

-- Asks with the credentials of the base. The fourth result: whether the vendor refused these.
local function ask(self, context, credentials)
  local opts, provider = self.options, credentials.provider
  local body, request = sts.form(opts, { ExternalId = opts.external_id }), nil
  local signer, message = core.signer("rpc", {
    access_key_id = credentials.access_key_id, access_key_secret = credentials.access_key_secret,
    security_token = credentials.security_token, host = sts.origin(opts):match("//(.*)$"),
    version = sts.VERSION, format = "JSON",
  })
  if signer then
    request, message = core.request(signer, "POST", "AssumeRole", false, nil, body, sts.FORM)
  end
  local keys, err, code
  keys, message, err, code = sts.ask(self, context, function(now)
    local nonce, target, why = nil, nil, message
    if request then nonce, why = core.nonce() end
    if nonce then target, why = request:sign(nonce, now) end
    if not target then return self:fail("the request cannot be signed: " .. why) end
    return { target = target, body = body, signer = signer,
      headers = { "x-acs-credentials-provider", provider }, provider = "ram_role_arn/" .. provider }
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
  if is_refused then
    base:refuse(credentials)
    local newer = base:current(context)
    if newer and newer ~= credentials then keys, message, err = ask(self, context, newer) end
  end
  return keys, message, err
end

local function prepare(self, opts)
  sts.prepare(self, opts)
  if not opts.role_arn then
    return "role_arn is missing, and the variable ALIBABA_CLOUD_ROLE_ARN is not set"
  elseif not sources.is_source(opts.source) then
    local why
    opts.source, why = static.make(opts.source)
    return why and "source: " .. why
  end
end

--- A RAM role by the keys of another source, as a source.
-- @function credentials.assume_role
-- @tparam table options see @{options}
-- @treturn table source
return kind.define("aliyun", "assume_role", FIELDS, fetch, prepare)
