--- Alibaba Cloud ApsaraVideo Live, API version 2016-11-01.
--
--     local live = streamctl.aliyun.new { access_key_id = "...", access_key_secret = "..." }
--     local body, message, err = live:resume_live_stream {
--       DomainName = "push.example.com", AppName = "app", StreamName = "s1" }
--
-- Every region that the vendor's SDK lists is served by live.aliyuncs.com, the default endpoint.
-- Every operation is a row of `aliyun/operations/`; https://www.alibabacloud.com/help/en/live
--
-- `streamctl.aliyun.operations` has the rows, for reading: `:find(name)` in either spelling,
-- `:names()` and `:each()`; what a row holds is told by `call/rows.lua`. `streamctl.aliyun.waiters`
-- are the waiters of `wait_for` by name, see `streamctl.wait`.
-- @public streamctl.aliyun

local checks = require "streamctl.base.checks"
local clients = require "streamctl.vendor.client"
local core = require "streamctl.core"
local hosts = require "streamctl.transport.hosts"
local judge = require "streamctl.aliyun.judge"
local operations = require "streamctl.aliyun.operations"

local aliyun = {
  name = "aliyun", operations = operations, judge = judge.answer, is_about_one = judge.is_about_one,
}

aliyun.parts = {
  address = "streamctl.aliyun.address", webhook = "streamctl.aliyun.webhook",
  credentials = "streamctl.aliyun.credentials", operations = "streamctl.aliyun.operations",
  waiters = "streamctl.aliyun.waiters",
}

aliyun.batched = { ensure_live_pull_to_push = "CreateLivePullToPush" }
aliyun.methods = { ensure_live_pull_to_push = "streamctl.aliyun.ensure" }

-- Loaded for the option `credentials` alone.
local function option() return require "streamctl.aliyun.credentials.option" end

--- Options of `new` beside the common ones. Where none is part of a key, `new` takes key, endpoint
-- and trust of the environment, see docs/reference/environment.md.
-- @table options
-- @tfield string access_key_id of the key that signs
-- @tfield string access_key_secret of the same key
-- @tfield string security_token for STS
-- @tfield table|function credentials instead of these three: a source, a table of the three,
-- perhaps with `expires` (Unix seconds), or a function that returns such a table, or nil and a
-- message. The function may wait. See docs/how-to/credentials.md
-- @tfield string account a name for the account, so that its keys share the rate. Without it, each
-- key has a rate of its own, all functions share a rate, and so do all sources of a kind that do
-- not know their account. The order of calls about a domain, task and the like is always shared
-- @tfield[opt="v3"] string signature "v3", or "v1" for the older RPC signature
-- @tfield string region fills in the parameter Region where an operation has one
aliyun.checks = {
  credentials = function(value) return option().check(value) end,
  access_key_id = checks.text, access_key_secret = checks.text, security_token = checks.text,
  account = checks.word, region = checks.text, signature = checks.one_of("v3", "v1"),
}

aliyun.hosts = { "live" }
aliyun.keys = { "access_key_id", "access_key_secret", "security_token", "credentials" }
aliyun.required = { "access_key_id", "access_key_secret" }
aliyun.by_resource = true -- clients cannot tell that two keys are of one account
aliyun.refusals = { credentials = true, signature = true }
aliyun.body = "form"

function aliyun.default_endpoint() return "https://live.aliyuncs.com" end

function aliyun.method_of() return "POST" end

function aliyun.prepare(self, opts)
  local source, credentials, account = nil, opts, nil
  if opts.credentials then
    if opts.access_key_id or opts.access_key_secret or opts.security_token then
      return nil, "option 'credentials' takes the place of access_key_id, access_key_secret and "
        .. "security_token; give either"
    end
    source, credentials, account = option().source(opts.credentials)
  end
  if source then self.source = source else opts.access_key_id = credentials.access_key_id end
  self.order = "aliyun:" .. (opts.account or account or credentials.access_key_id)
  if opts.region then self.context = { region = opts.region } end
  local signer, message = core.signer(opts.signature == "v1" and "rpc" or "acs3", {
    host = hosts.endpoint(self):match("//(.*)$"),
    version = operations.version, format = "json", -- as the vendor's package asks for it
  })
  local ok = signer
  if signer and credentials then ok, message = signer:renew(credentials) end
  -- the signer or the source has these
  opts.access_key_secret, opts.security_token, opts.credentials = nil, nil, nil
  return ok and signer, message
end

aliyun.variables = { access_key_id = "ALIBABA_CLOUD_ACCESS_KEY_ID",
  access_key_secret = "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
  security_token = "ALIBABA_CLOUD_SECURITY_TOKEN", endpoint = "ALIBABA_CLOUD_ENDPOINT" }

-- Without any part of the variables' key, the usual chain of sources.
function aliyun.from_environment(found)
  if not (found.access_key_id or found.access_key_secret or found.security_token) then
    found.credentials = require("streamctl.aliyun.credentials.chain").new()
  end
end

return clients.publish(aliyun)
