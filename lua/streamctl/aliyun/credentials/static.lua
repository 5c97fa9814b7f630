--- Keys that the caller has: the base of other sources.
-- @public streamctl.aliyun.credentials.static

local checks = require "streamctl.base.checks"
local core = require "streamctl.core"
local kind = require "streamctl.credentials.kind"

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
-- @tparam table options see @{options}
-- @treturn table source
return kind.define("aliyun", "static", FIELDS, function(self) return self.options end,
  function(self, opts)
    self.account = opts.access_key_id
    opts.access_key_secret = assert(core.secret(opts.access_key_secret))
    opts.security_token = opts.security_token and assert(core.secret(opts.security_token))
    opts.provider = opts.security_token and "static_sts" or "static_ak"
  end)
