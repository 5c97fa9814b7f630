--- Temporary keys for the access token that `aliyun configure --mode OAuth` gets by a login in the
-- browser. Only the tool renews that token, in its file; nothing is written here.
-- @module streamctl.aliyun.credentials.oauth

local answers = require "streamctl.aliyun.credentials.answers"
local core = require "streamctl.core"
local define = require "streamctl.aliyun.credentials.define"
local http = require "streamctl.aliyun.credentials.http"
local options = require "streamctl.options"
local session = require "streamctl.session"

local NAME = "oauth"
local LEAST = 10 -- seconds for which the token must live on

local refuse = define.refuser(NAME)
local checks = options.checks

-- `endpoint`: of the site. `access_token_expires`: Unix seconds; without it the site decides.
local FIELDS = define.timed {
  { "endpoint", http.check_url, true }, { "access_token", checks.text, true },
  { "access_token_expires", checks.whole(0, 253402300799) },
}

-- The site's own spelling, and the one of its older answers.
local NAMES = {
  AccessKeyId = "accessKeyId", AccessKeySecret = "accessKeySecret",
  SecurityToken = "securityToken", Expiration = "expiration",
}

local function fetch(it, context)
  if it.access_token_expires and core.now() + LEAST >= it.access_token_expires then
    return refuse("the access token has ended; run any command of aliyun with this profile, which "
      .. "renews it, or log in again: aliyun configure --mode OAuth")
  end
  return answers.ask(context, {
    name = NAME, who = "the OAuth site", provider = NAME, spelled = NAMES,
    method = "POST", url = it.endpoint .. "/v1/exchange",
    headers = { "authorization", "Bearer " .. it.token:reveal() },
    body = "", content_type = "application/json",
    timeout = it.timeout, connect_timeout = it.connect_timeout,
  })
end

return define.source(NAME, FIELDS, function(it)
  it.token, it.access_token = assert(core.secret(it.access_token)), nil
  return session.new {
    name = NAME, account = NAME, fetch = function(context) return fetch(it, context) end,
  }
end)
