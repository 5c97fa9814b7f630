--- Keys that the caller has: a source for what is made of other sources.
-- @public streamctl.aliyun.credentials.static

local core = require "streamctl.core"
local kind = require "streamctl.credentials.kind"
local options = require "streamctl.options"

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

local function prepare(self, it)
  self.account = it.access_key_id
  it.access_key_secret = assert(core.secret(it.access_key_secret))
  it.security_token = it.security_token and assert(core.secret(it.security_token))
  it.provider = it.security_token and "static_sts" or "static_ak"
end

--- Keys that the caller has, as a source.
-- @function credentials.static
-- @tparam table given see @{options}
-- @treturn table source
return kind.define("aliyun", "static", FIELDS, function(self) return self.given end, prepare)
