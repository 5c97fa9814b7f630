-- The URL of a proxy, and the secrets in its user part.

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

local VARIABLES = { "http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY" }

-- The secrets in a client's option `proxy`: a URL, "env" or nil.
function proxy.secrets(option)
  local urls, secrets = { option }, {}
  if option == "env" then
    urls = {}
    for _, name in ipairs(VARIABLES) do urls[#urls + 1] = os.getenv(name) end
  end
  for _, url in ipairs(urls) do
    local user = url:gsub("^%w+://", ""):match("^([^/]*)@")
    if user then
      local password = user:match(":(.*)$") or ""
      local basic = core.base64(decode(user)) -- as Proxy-Authorization has it
      for _, text in ipairs { basic, user, decode(user), password, decode(password) } do
        secrets[#secrets + 1] = text
      end
    end
  end
  return secrets
end

return proxy
