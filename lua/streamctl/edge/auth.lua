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

-- Takes a list, one token a line (or between commas): TOKEN, or "TOKEN read" for one that may only
-- ask. Returns what is wrong with it, without repeating any of it.
function auth.load(text)
  local random = assert(io.open("/dev/urandom", "rb"))
  key = random:read(32)
  random:close()
  for line in text:gsub("#[^\r\n]*", ""):gmatch "[^\r\n,]+" do
    if line:find "%S" then
      local token, scope = line:match "^%s*([%w._~+/-]+=*)%s*(%l*)%s*$"
      if not token or (scope ~= "" and scope ~= "read") then
        return "a line is neither TOKEN nor TOKEN read"
      end
      if #token < 20 then
        return "a token has fewer than 20 characters; make them with: openssl rand -hex 32"
      end
      scopes[auth.digest(token)] = scope == "" and "all" or scope
    end
  end
  if not next(scopes) then return "there is none" end
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
