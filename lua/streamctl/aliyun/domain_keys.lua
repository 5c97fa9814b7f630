--- Addresses that a client signs with the key of their domain, which it asks the vendor for.
-- @public streamctl.aliyun.domain_keys

local address = require "streamctl.aliyun.address"
local core = require "streamctl.core"
local encode = require "streamctl.encode"
local errors = require "streamctl.errors"
local fields = require "streamctl.fields"
local flight = require "streamctl.loop.flight"
local options = require "streamctl.options"

local domain_keys = {}

local OPERATION = "DescribeLiveDomainConfigs"
local MAX_AGE = 300  -- seconds for which keys are used
local NONE_AGE = 30  -- seconds for which it is known that there is none
local MOST = 1000    -- domains of a client

local SOME_TIME = 1e9

-- By client, outside of it: `known` by domain, and the `flight` of what is asked for.
local caches = setmetatable({}, { __mode = "k" })

local function refuse(code, text)
  return errors.new(code, "address: " .. text, { vendor = "aliyun", operation = OPERATION })
end

local function items(value)
  return type(value) == "table" and value or {}
end

-- The arguments of the function aliauth that is in force, by name; and the status of one that is
-- not: "configuring", "testing" or "failed".
local function arguments_of(answer)
  local found, status = {}, nil
  for _, config in ipairs(items(items(answer.DomainConfigs).DomainConfig)) do
    if items(config).FunctionName == "aliauth" then
      status = encode.text(config.Status) or "success"
      if status == "success" then
        for _, argument in ipairs(items(items(config.FunctionArgs).FunctionArg)) do
          found[items(argument).ArgName or ""] = items(argument).ArgValue
        end
        return found
      end
    end
  end
  return found, status
end

-- Kept where it is wiped, and where no Lua value shows it.
local function kept(key)
  return type(key) == "string" and key ~= "" and assert(core.secret(key)) or nil
end

-- The keys of a domain and how long its addresses live on; or nil, message, err.
local function ask(client, domain, call_options)
  local answer, message, err = client:describe_live_domain_configs(
    { DomainName = domain, FunctionNames = "aliauth" }, call_options)
  if not answer then return nil, message, err end
  local found, status = arguments_of(answer)
  local kind, main = found.auth_type, kept(found.auth_key1)
  -- Samples of the vendor's show "req_auth" too, which no page explains.
  if kind == "no_auth" or (kind ~= "type_a" and tostring(kind):find("^type_")) or not main then
    return refuse("not_found", domain .. " has no key for addresses of type A ("
      .. (kind and "its auth_type is " .. errors.tidy(kind, 100)
        or status and "the status of its aliauth is " .. errors.tidy(status, 100)
        or "no aliauth is set")
      .. "); take the address as it is, or switch URL signing on")
  end
  local validity = tonumber((encode.text(found.ali_auth_delta) or ""):match("^%d+$"))
  return { main = main, backup = kept(found.auth_key2), at = core.monotonic(),
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
      if cache.count >= MOST then cache.known, cache.count = {}, 0 end
      cache.count = cache.count + 1
    end
    cache.known[domain] = found or { none = err, at = core.monotonic() }
    return found, message, err
  end)
end

-- With SRT the vendor knows it by the streamid alone.
local function domain_of(url)
  local scheme, host = url:match("^([^:]*)://([^/?#]*)")
  if scheme:lower() == "srt" then host = url:match("streamid=#!:.-[:,]h=([^,&]*)") or host end
  host = host:gsub("^.*@", ""):gsub(":%d*$", ""):lower()
  return host:find("^[%w.-]+$") and host or nil
end

local function name_of_domain(value)
  if type(value) ~= "string" or not value:find("^[%w.-]+$") then
    return "must be the name of a domain"
  end
end

local checks = options.checks
local something = function() end -- address.sign checks it

local FIELDS = {
  { "url", checks.text, true }, { "expires", something }, { "rand", something },
  { "uid", something }, { "domain", name_of_domain }, { "backup", checks.boolean },
  { "max_age", checks.whole(0, 86400) },
}

--- Signs an address for ingest or playback with the key of its domain. The key is asked for with
-- DescribeLiveDomainConfigs, kept for 300 s in memory that is wiped, and shown to nobody; callers
-- at the same time ask once. For 30 s it is also known that a domain has none.
-- @function Client:address
-- @tparam table params `url`, `expires`, `rand`, `uid` as for @{streamctl.aliyun.address.sign};
-- without `expires` the address is valid for at least the validity that the domain has. `domain`:
-- the one whose key it is, if that is not the one in the address. `backup`:
-- true for the backup key, while the main one is changed. `max_age`: seconds, for an answer that is
-- younger than that; 0 asks anew
-- @tparam[opt] table options of a call
-- @treturn[1] string the address, with its auth_key
-- @treturn[2] nil
-- @treturn[2] string message
-- @treturn[2] table err, see `streamctl.errors`; `not_found`: the domain has no such key that is in
-- force, or does not sign addresses
function domain_keys.address(client, params, call_options)
  local it, why = fields.read(params, FIELDS)
  if not it then return refuse("invalid_parameter", why) end
  local wanted = { url = it.url, key = "none", expires = it.expires or SOME_TIME, rand = it.rand,
    uid = it.uid }
  local ok, message, err = address.sign(wanted)
  if not ok then return nil, message, err end
  local domain = it.domain and it.domain:lower() or domain_of(it.url)
  if not domain then return refuse("invalid_parameter", "url must have the name of a domain") end
  if call_options.dry_run then
    return client:describe_live_domain_configs(
      { DomainName = domain, FunctionNames = "aliauth" }, call_options)
  end
  local keys
  keys, message, err = keys_of(client, domain, it.max_age or MAX_AGE, call_options)
  if not keys then return nil, message, err end
  wanted.key = keys[it.backup and "backup" or "main"]
  if not wanted.key then return refuse("not_found", domain .. " has no backup key") end
  if not it.expires and not keys.validity then
    return refuse("invalid_parameter", "expires is missing, and " .. domain .. " tells no validity")
  end
  wanted.expires = it.expires or math.floor(core.now()) + keys.validity
  return address.sign(wanted)
end

return domain_keys
