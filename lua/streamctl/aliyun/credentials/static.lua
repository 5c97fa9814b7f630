--- Keys that the caller has: a source for what is made of other sources.
-- @public streamctl.aliyun.credentials.static

local core = require "streamctl.core"
local define = require "streamctl.aliyun.credentials.define"
local options = require "streamctl.options"
local session = require "streamctl.session"

local checks = options.checks

--- What `static` takes.
-- @table options
-- @tfield string access_key_id
-- @tfield string access_key_secret
-- @tfield string security_token for temporary keys
local FIELDS = {
  { "access_key_id", checks.text, true }, { "access_key_secret", checks.text, true },
  { "security_token", checks.text },
}

--- Keys that the caller has, as a source.
-- @function credentials.static
-- @tparam table given see @{options}
-- @treturn table source
return define.source("static", FIELDS, function(it)
  local secret, token = assert(core.secret(it.access_key_secret)), nil
  if it.security_token then token = assert(core.secret(it.security_token)) end
  local id, provider = it.access_key_id, token and "static_sts" or "static_ak"
  return session.new {
    name = "static", account = id,
    fetch = function()
      return { access_key_id = id, access_key_secret = secret, security_token = token,
        provider = provider }
    end,
  }
end)
