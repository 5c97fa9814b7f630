--- Temporary keys of CloudSSO, for the access token of a login in the browser
-- (`aliyun configure`, mode CloudSSO).
-- @public streamctl.aliyun.credentials.cloud_sso

local checks = require "streamctl.base.checks"
local core = require "streamctl.core"
local http = require "streamctl.aliyun.credentials.http"
local json = require "streamctl.base.json"
local kind = require "streamctl.credentials.kind"

--- What `cloud_sso` takes; only the two timeouts are optional.
-- @table options
-- @tfield string sign_in_url of the directory; only its host is used
-- @tfield string account_id
-- @tfield string access_config id of the access configuration
-- @tfield string access_token
-- @tfield integer access_token_expires Unix seconds
-- @tfield number timeout seconds for a request, 10
-- @tfield number connect_timeout seconds for its connection, 5
local FIELDS = {
  { "sign_in_url", http.check_url, true }, { "account_id", checks.text, true },
  { "access_config", checks.text, true }, { "access_token", checks.text, true },
  { "access_token_expires", checks.whole(0, 253402300799), true },
  { "timeout", checks.seconds }, { "connect_timeout", checks.seconds },
}

local function fetch(self, context)
  local opts = self.options
  if core.now() >= opts.access_token_expires then
    return self:fail "the access token has expired; log in again: aliyun configure --mode CloudSSO"
  end
  return http.ask(self, context, {
    service = "CloudSSO", provider = "cloud_sso", field = "CloudCredential", method = "POST",
    url = opts.sign_in_url:match("^%a+://[^/?]+") .. "/cloud-credentials",
    headers = { "accept", "application/json", "authorization", "Bearer " .. opts.token:reveal() },
    body = assert(json.encode { AccountId = opts.account_id,
      AccessConfigurationId = opts.access_config }),
    content_type = "application/json",
  })
end

--- What CloudSSO hands out, as a source.
-- @function credentials.cloud_sso
-- @tparam table options see @{options}
-- @treturn table source
return kind.define("aliyun", "cloud_sso", FIELDS, fetch, function(self, opts)
  opts.token, opts.access_token = assert(core.secret(opts.access_token)), nil
  if opts.account_id:find("^%w+$") then self.account = opts.account_id end
end)
