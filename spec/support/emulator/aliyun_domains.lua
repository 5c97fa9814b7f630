-- Functions that are configured for domains, and the addresses that these sign. State:
-- "domain_configs" maps a domain to its functions, each a map of its arguments; false is one that
-- was deleted. New domains sign addresses. Guess without a switch, since nothing depends on it: an
-- address is fine where none are signed, the main key takes precedence.

local json = require "spec.support.model.json"
local memory = require "spec.support.model.memory"

local M = {}

local function new_aliauth(domain)
  return {
    auth_type = "type_a", auth_key1 = ngx.md5(domain .. " main"),
    auth_key2 = ngx.md5(domain .. " backup"), ali_auth_delta = "1800",
  }
end

local function functions_of(domain)
  local functions = memory.get("domain_configs", domain) or {}
  if functions.aliauth == nil then
    functions.aliauth = new_aliauth(domain)
  end
  return functions
end

-- The arguments as a query shows them, or nil when it does not show the function.
local function shown(name, arguments)
  if name == "aliauth" and arguments then
    local guess = memory.config()
    if arguments.auth_type == "type_a" and guess.auth_type ~= "type_a" then
      arguments.auth_type = guess.auth_type == "req_auth" and "req_auth" or nil
    end
  end
  return arguments or nil
end

function M.DescribeLiveDomainConfigs(params)
  local functions, list = functions_of(params.DomainName), json.array {}
  for name in params.FunctionNames:gmatch("[^,]+") do
    local arguments, pairs_of = shown(name, functions[name]), json.array {}
    for argument, value in pairs(arguments or {}) do
      pairs_of[#pairs_of + 1] = { ArgName = argument, ArgValue = value }
    end
    if arguments then
      list[#list + 1] = {
        ConfigId = "6295", FunctionName = name, Status = "success",
        FunctionArgs = { FunctionArg = pairs_of },
      }
    end
  end
  return { DomainConfigs = { DomainConfig = list } }
end

local function each_domain(params, change)
  for domain in params.DomainNames:gmatch("[^,]+") do
    local functions = functions_of(domain)
    change(functions)
    memory.set("domain_configs", domain, functions)
  end
  return {}
end

function M.BatchSetLiveDomainConfigs(params)
  local given = json.decode(params.Functions)
  if type(given) ~= "table" then
    return nil, "InvalidFunctions.Malformed", "Specified Functions is malformed."
  end
  return each_domain(params, function(functions)
    for _, one in ipairs(given) do
      local arguments = functions[one.functionName] or {}
      for _, argument in ipairs(one.functionArgs or {}) do
        arguments[argument.argName] = tostring(argument.argValue)
      end
      functions[one.functionName] = arguments
    end
  end)
end

function M.BatchDeleteLiveDomainConfigs(params)
  return each_domain(params, function(functions)
    for name in params.FunctionNames:gmatch("[^,]+") do
      functions[name] = false
    end
  end)
end

local function refused(description) return { Status = "false", Description = description } end

-- The path that is signed: with SRT it is in the streamid.
local function path_of(url)
  return url:match("^srt:.*[:,]r=(/[^?,&]*)") or url:match("^%a+://[^/?]+(/[^?]*)")
end

function M.DescribeLiveStreamAuthChecking(params)
  local auth = functions_of(params.DomainName).aliauth
  if not auth or auth.auth_type == "no_auth" then
    return { Status = "pass", Description = "" }
  elseif auth.auth_type ~= "type_a" then
    return refused "INVALID ALIAUTH"
  end
  local signature, hash = params.Url:match("[?&]auth_key=(%d+%-[^-&,]+%-[^-&,]+)%-(%x+)%f[,&%z]")
  local path = path_of(params.Url)
  if not signature or not path then return refused "INVALID AUTH_KEY" end
  local ends = tonumber(signature:match("^%d+"))
  if memory.config().address_end == "later" then
    ends = ends + tonumber(auth.ali_auth_delta)
  end
  if memory.now() > ends then return refused "INVALID TIMESTAMP" end
  for _, key in ipairs { auth.auth_key1, auth.auth_key2 or "" } do
    if key ~= "" and ngx.md5(path .. "-" .. signature .. "-" .. key) == hash then
      return { Status = "pass", Description = "" }
    end
  end
  return refused "INVALID MD5HASH"
end

return M
