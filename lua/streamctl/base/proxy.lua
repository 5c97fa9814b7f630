-- The URL of a proxy, and its user part, which no other host gets.

local core = require "streamctl.core"
local decode = require("streamctl.base.encode").percent_decoded

local proxy = {}

local SCHEMES = {
  http = true, https = true, socks4 = true, socks4a = true, socks5 = true, socks5h = true,
}

-- Checks a URL: nil, or what it must be. It may hold a password, so no message repeats the URL.
function proxy.check(url)
  local scheme, rest = url:match("^(%a[%w]*)://(.*)$")
  local port = rest and rest:match("^[^%s]*:(%d+)/?$")
  local user = rest and rest:match("^(.*)@")
  if user and user:find("[/?#]") then
    return "must have '/', '?' and '#' of its user and password percent-encoded"
  end
  local host = rest and (rest:match("@([^@]*)$") or rest):gsub(":%d*/?$", ""):gsub("/$", "")
  local is_host = host and (host:find("^[%w._-]+$") or host:find("^%[[%x:.]+%]$"))
  if not scheme or not SCHEMES[scheme:lower()] or not is_host
    or (port and (tonumber(port) < 1 or tonumber(port) > 65535)) then
    return 'must be a URL such as "http://host:port" (http, https, socks4, socks4a, socks5, '
      .. 'socks5h), or "env"'
  end
end

-- Takes a URL apart. Returns the URL without the user part, its scheme in small letters, the user
-- part in base64, as `Proxy-Authorization: Basic` has it, the user part as written.
function proxy.split(url)
  local scheme, rest = url:match("^(%w+://)(.*)$")
  if not scheme then return url end -- a variable can be anything
  local user, host = rest:match("^([^/]*)@(.*)$")
  if not user then return scheme:lower() .. rest end
  return scheme:lower() .. host, core.base64(decode(user)), user
end

local VARIABLES = { "http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY" }

-- The secrets in a client's option `proxy`: a URL, "env" or nil.
function proxy.secrets(option)
  local urls, secrets = { option }, {}
  if option == "env" then
    urls = {}
    for _, name in ipairs(VARIABLES) do urls[#urls + 1] = os.getenv(name) end
  end
  for _, url in ipairs(urls) do
    local _, authorization, user = proxy.split(url:find("://", 1, true) and url or "http://" .. url)
    if user then
      local password = user:match(":(.*)$") or ""
      for _, text in ipairs { authorization, user, decode(user), password, decode(password) } do
        secrets[#secrets + 1] = text
      end
    end
  end
  return secrets
end

return proxy
