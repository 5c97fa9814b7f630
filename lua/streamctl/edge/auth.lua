-- Bearer tokens, several at a time so that they can be replaced one after the other.

local auth = {}

-- Tokens are kept and looked up as digests under a key that nobody outside can know, not even by
-- trying: whatever the time of a look-up tells about a digest, it tells nothing about a token.
local key
local scopes = {} -- digest -> "all" or "read"

-- Of a token, or of another secret that is looked up.
function auth.digest(token)
  return ngx.hmac_sha1(key, token)
end

-- In init_by_lua: replaces the tokens and the parts of addresses in the settings by digests.
function auth.load(settings)
  local random = assert(io.open("/dev/urandom", "rb"))
  key = random:read(32)
  random:close()
  for token, scope in pairs(settings.edge.tokens) do scopes[auth.digest(token)] = scope end
  settings.webhook_paths = {}
  for _, part in ipairs(settings.edge.webhook_path or {}) do
    settings.webhook_paths[auth.digest(part)] = true
  end
  settings.edge.tokens, settings.edge.webhook_path = nil, nil
end

-- What the request may do: "all", "read", or nil and what to say in WWW-Authenticate.
function auth.scope()
  local header = ngx.var.http_authorization
  local token = header and header:match "^[Bb][Ee][Aa][Rr][Ee][Rr] +([%w._~+/-]+=*)$"
  local scope = token and scopes[auth.digest(token)]
  if scope then return scope end
  return nil, 'Bearer realm="streamctl"' .. (header and ', error="invalid_token"' or "")
end

return auth
