-- Bearer tokens, several at a time so that they can be replaced one after the other.

local core = require "streamctl.core"

local auth = {}

-- Tokens are kept and looked up as digests under a key that nobody outside can know, not even by
-- trying: whatever the time of a look-up tells about a digest, it tells nothing about a token.
local key = assert(core.random_bytes(32))
local scopes = {} -- digest -> "all" or "read"
local parts = {}  -- digest -> true

-- Of a token, or of another secret that is looked up.
local function digest(token) return ngx.hmac_sha1(key, token) end

-- In init_by_lua: replaces the tokens and the parts of addresses in the settings by digests.
function auth.load(settings)
  for token, scope in pairs(settings.edge.tokens) do scopes[digest(token)] = scope end
  for _, part in ipairs(settings.edge.webhook_path or {}) do parts[digest(part)] = true end
  settings.edge.tokens, settings.edge.webhook_path = nil, nil
end

-- What the request may do, "all" or "read", and a digest of who asks; or nil and what to say in
-- WWW-Authenticate.
function auth.scope()
  local header = ngx.var.http_authorization
  local token = header and header:match "^[Bb][Ee][Aa][Rr][Ee][Rr] +([%w._~+/-]+=*)$"
  local caller = token and digest(token)
  if scopes[caller] then return scopes[caller], caller end
  return nil, 'Bearer realm="streamctl"' .. (header and ', error="invalid_token"' or "")
end

-- The vendor of a webhook's path, when the path has the random part; else nil.
function auth.vendor_of_webhook(path)
  local part, vendor = path:match "^/webhooks/([%w_-]+)/(%l+)$"
  return part and parts[digest(part)] and vendor
end

return auth
