--- Signs addresses with the key of their domain, which the client asks the vendor for.
-- @public streamctl.aliyun.domain_keys

local address = require "streamctl.aliyun.address"
local checks = require "streamctl.checks"
local core = require "streamctl.core"
local encode = require "streamctl.encode"
local errors = require "streamctl.errors"
local flight = require "streamctl.loop.flight"
local options = require "streamctl.options"

local domain_keys = {}

local OPERATION = "DescribeLiveDomainConfigs"
local MAX_KEY_AGE = 300  -- seconds for which keys are used
local NONE_AGE = 30  -- seconds for which a domain counts as having no key
local MAX_DOMAINS = 1000 -- of a client
local SOME_TIME = 1e9

-- By client: `known`, the keys by domain, and `flight`, so that callers ask once for a domain.
local caches = setmetatable({}, { __mode = "k" })

local function refuse(code, text)
  return errors.new(code, "address: " .. text, { vendor = "aliyun", operation = OPERATION })
end

local function items(value)
  return type(value) == "table" and value or {}
end

-- Returns the arguments by name of the function aliauth that is in force; or an empty table and the
-- status of an aliauth that is not in force: "configuring", "testing" or "failed".
local function arguments_of(answer)
  local found, status = {}, nil
  for _, config in ipairs(items(items(answer.DomainConfigs).DomainConfig)) do
    if items(config).FunctionName == "aliauth" and status ~= "success" then
      status = encode.text(config.Status) or "success"
      for _, argument in ipairs(items(items(config.FunctionArgs).FunctionArg)) do
        local name = status == "success" and items(argument).ArgName
        if name then found[name] = argument.ArgValue end
      end
    end
  end
  return found, status
end

-- Moves a key into memory that is wiped.
local function protect(key)
  return type(key) == "string" and key ~= "" and assert(core.secret(key)) or nil
end

-- Asks for the keys of a domain and its addresses' validity; or returns nil, message, err.
local function ask(client, domain, call_options)
  local answer, message, err = client:describe_live_domain_configs(
    { DomainName = domain, FunctionNames = "aliauth" }, call_options)
  if not answer then return nil, message, err end
  local found, status = arguments_of(answer)
  local kind, main = found.auth_type, protect(found.auth_key1)
  -- the vendor's samples show "req_auth" too, which no page explains
  if kind == "no_auth" or (kind ~= "type_a" and tostring(kind):find("^type_")) or not main then
    return refuse("not_found", domain .. " has no key for addresses of type A ("
      .. (kind and "its auth_type is " .. errors.tidy(kind, 100)
        or status ~= "success" and status and "the status of its aliauth is "
        .. errors.tidy(status, 100)
        or "no aliauth is set")
      .. "); take the address as it is, or switch URL signing on")
  end
  local validity = tonumber((encode.text(found.ali_auth_delta) or ""):match("^%d+$"))
  return { main = main, backup = protect(found.auth_key2), at = core.monotonic(),
    validity = validity and validity < SOME_TIME and validity or nil }
end

local function keys_of(client, domain, max_age, call_options)
  local cache = caches[client] or { known = {}, count = 0, flight = flight.new() }
  caches[client] = cache
  local keys = cache.known[domain]
  local none = keys and keys.none
  if none then max_age = math.min(max_age, NONE_AGE) end
  if keys and core.monotonic() - keys.at < max_age then
    if not none then return keys end
    return nil, none.message, errors.copy(none)
  end
  local deadline = core.monotonic() + (call_options.timeout or client.options.timeout)
  return cache.flight:share(domain, client.loop(), deadline, refuse, function()
    local found, message, err = ask(client, domain,
      options.merged(call_options, { timeout = math.max(deadline - core.monotonic(), 0.001) }))
    if not found and err.code ~= "not_found" then return nil, message, err end
    if not cache.known[domain] then
      if cache.count >= MAX_DOMAINS then cache.known, cache.count = {}, 0 end
      cache.count = cache.count + 1
    end
    cache.known[domain] = found or { none = err, at = core.monotonic() }
    return found, message, err
  end)
end

-- Returns the domain of an address. An SRT address has it in the streamid.
local function domain_of(url)
  local scheme, host = url:match("^([^:]*)://([^/?#]*)")
  if scheme:lower() == "srt" then host = url:match("streamid=#!:.-[:,]h=([^,&]*)") or host end
  host = host:gsub("^.*@", ""):gsub(":%d*$", ""):lower()
  return host:find("^[%w.-]+$") and host or nil
end

local function name_of_domain(value)
  return not value:find("^[%w.-]+$") and "must be the name of a domain" or nil
end

local FIELDS = {
  address.url, checks.expires, checks.lifetime, { "domain", checks.string, false, name_of_domain },
  { "backup", checks.boolean }, { "max_key_age", checks.whole(0, 86400) },
}

function FIELDS.misuse(checked)
  return (checked.expires or checked.lifetime) and checks.misuse_of_end(checked)
end

--- Signs an address for ingest or playback with the key of its domain. The key is asked for with
-- DescribeLiveDomainConfigs, kept for 300 s in memory that is wiped, and shown to nobody; callers
-- at the same time ask once. For 30 s it is also known that a domain has none.
-- @function Client:address
-- @tparam table params `url`, `expires`, `lifetime` as for @{streamctl.aliyun.address.sign}. An
-- address without an end is valid for at least the validity that the domain has. `domain`: has the
-- key, where the address has another domain. `backup`: true for the backup key, while the main one
-- is changed. `max_key_age`: seconds, for an answer that is younger than that; 0 asks anew
-- @tparam[opt] table options the limits, see `streamctl.options.limits`
-- @treturn[1] string the address, with its auth_key
-- @failure see `streamctl.errors`; `not_found`: the domain has no such key that is in
-- force, or does not sign addresses
function domain_keys.address(client, params, call_options)
  local checked, why = checks.take_from_user(params, FIELDS, "address", 5)
  if not checked then return refuse("invalid_parameter", why) end
  local domain = checked.domain and checked.domain:lower() or domain_of(checked.url)
  if not domain then return refuse("invalid_parameter", "url must have the name of a domain") end
  local max_age = checked.max_key_age or MAX_KEY_AGE
  local keys, message, err = keys_of(client, domain, max_age, call_options)
  if not keys then return nil, message, err end
  local key = keys[checked.backup and "backup" or "main"]
  if not key then return refuse("not_found", domain .. " has no backup key") end
  local expires = checks.end_of(checked)
  if not expires and not keys.validity then
    return refuse("invalid_parameter", domain .. " tells no validity; give expires or lifetime")
  end
  expires = expires or math.floor(core.now()) + keys.validity
  return address.sign { url = checked.url, key = key, expires = expires }
end

return domain_keys
