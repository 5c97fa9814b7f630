--- Temporary keys of CloudSSO, for the access token that the vendor's command line gets by a login
-- in the browser (`aliyun configure`, mode CloudSSO).
-- @public streamctl.aliyun.credentials.cloud_sso

local answers = require "streamctl.aliyun.credentials.answers"
local core = require "streamctl.core"
local define = require "streamctl.aliyun.credentials.define"
local http = require "streamctl.aliyun.credentials.http"
local json = require "streamctl.json"
local options = require "streamctl.options"
local session = require "streamctl.session"

local NAME = "cloud_sso"

local refuse = define.refuser(NAME)
local checks = options.checks

--- What `cloud_sso` takes, all but the limits being required.
-- @table options
-- @tfield string sign_in_url of the directory; only its host is used
-- @tfield string account_id
-- @tfield string access_config id of the access configuration
-- @tfield string access_token
-- @tfield integer access_token_expires Unix seconds
-- @tfield number timeout seconds for a request, 10
-- @tfield number connect_timeout seconds for its connection, 5
local FIELDS = define.timed {
  { "sign_in_url", http.check_url, true }, { "account_id", checks.text, true },
  { "access_config", checks.text, true }, { "access_token", checks.text, true },
  { "access_token_expires", checks.whole(0, 253402300799), true },
}

local function fetch(it, context)
  if core.now() >= it.access_token_expires then
    return refuse("the access token has expired; log in again: aliyun configure --mode CloudSSO")
  end
  return answers.ask(context, {
    name = NAME, who = "CloudSSO", provider = NAME, place = "CloudCredential", method = "POST",
    url = it.sign_in_url:match("^%a+://[^/?]+") .. "/cloud-credentials",
    headers = { "accept", "application/json", "authorization", "Bearer " .. it.token:reveal() },
    body = assert(json.encode { AccountId = it.account_id,
      AccessConfigurationId = it.access_config }),
    content_type = "application/json",
    timeout = it.timeout, connect_timeout = it.connect_timeout,
  })
end

--- What CloudSSO hands out, as a source.
-- @function credentials.cloud_sso
-- @tparam table given see @{options}
-- @treturn table source
return define.source(NAME, FIELDS, function(it)
  it.token, it.access_token = assert(core.secret(it.access_token)), nil
  return session.new {
    name = NAME, account = it.account_id:find("^%w+$") and it.account_id or NAME,
    fetch = function(context) return fetch(it, context) end,
  }
end)
