-- Changes the key that signs a domain's addresses, so that every address goes on working.
--
--   lua5.4 examples/rotate_keys.lua rtmp://push.example.com/app/s1
--   lua5.4 examples/rotate_keys.lua rtmp://push.example.com/app/s1 --end-backup
--
-- The vendor takes addresses of a domain's main key and of its backup key. The new key becomes the
-- backup key, then both change places: a key in use is in force all the time. The old key stays as
-- the backup key. A backup key that is there already ends, so this wants --end-backup: say it once
-- no address of that key is in use. After a run that failed or was cut off, that key may be the old
-- key. Nobody may sign with the backup key meanwhile, nor change the keys: each change is refused
-- where somebody did, but the vendor has no lock, so two runs may still end each other's new key.
--
-- Environment: ALIBABA_CLOUD_ACCESS_KEY_ID, ALIBABA_CLOUD_ACCESS_KEY_SECRET. Status: 0 all was
-- done, 1 a step failed, 2 nothing was changed.

local cjson = require "cjson"
local streamctl = require "streamctl"
local live, address = streamctl.aliyun, streamctl.aliyun.address

local url = arg[1] -- for checks; nothing opens it
local domain = url and url:match "^%a+://([%w.-]+)/."

-- Returns the arguments of the domain's aliauth while it is in force, or nil and why.
local function read()
  local answer, why = live.describe_live_domain_configs {
    DomainName = domain, FunctionNames = "aliauth" }
  local config, found = answer and answer.DomainConfigs.DomainConfig[1], {}
  if not config then return nil, why or domain .. " signs no addresses" end
  for _, pair in ipairs(config.FunctionArgs.FunctionArg) do found[pair.ArgName] = pair.ArgValue end
  local kind = tostring(found.auth_type)
  local is_a = found.auth_key1 and kind ~= "no_auth" and not kind:find "^type_[^a]"
  if is_a and config.Status == "success" then return found end
  return nil, domain .. " has no key of type A in force"
end

local all, problem = nil, "usage: rotate_keys.lua URL [--end-backup]"
if domain and (not arg[2] or arg[2] == "--end-backup") and not arg[3] then all, problem = read() end
if all and (all.auth_key2 or "") ~= "" and not arg[2] then
  all, problem = nil, domain .. " has a backup key, which this would end; once no address of it is "
    .. "in use, add --end-backup"
end
if not all then
  io.stderr:write("rotate_keys: ", problem, "\n")
  os.exit(2)
end

-- Whether arguments have these keys.
local function has(found, main, backup)
  return found and found.auth_key1 == main and (found.auth_key2 or "") == (backup or "")
end

-- Sets both keys, with all else as it is, and waits until they are in force.
local function set(main, backup)
  local found, refusal = read()
  if not has(found, all.auth_key1, all.auth_key2) then
    return nil, refusal or "somebody else has changed the keys", { maybe_sent = false }
  end
  local list = {}
  found.auth_type, found.auth_key1, found.auth_key2 = "type_a", main, backup
  for name, value in pairs(found) do list[#list + 1] = { argName = name, argValue = value } end
  local done, message, err = live.batch_set_live_domain_configs { DomainNames = domain,
    Functions = cjson.encode { { functionName = "aliauth", functionArgs = list } } }
  for _ = 1, done and 60 or 0 do -- 5 minutes
    local now, why = read()
    if has(now, main, backup) then
      all = now
      return now
    end
    message = why or "the vendor shows other keys"
    streamctl.sleep(5)
  end
  return nil, message, err
end

-- Has the vendor check an address of each key.
local function check(...)
  for _, key in ipairs { ... } do
    local answer, message = live.describe_live_stream_auth_checking { DomainName = domain,
      Url = assert(address.sign { url = url, key = key, lifetime = 600 }) }
    if not answer then return nil, message end
    if answer.Status ~= "pass" then return nil, "refused: " .. tostring(answer.Description) end
  end
  return true
end

local main, backup, is_out = all.auth_key1, all.auth_key2 or "", false
local new = assert(io.open("/dev/urandom", "rb")):read(300):gsub("%W", ""):sub(1, 32)

local report = streamctl.steps({
  { name = "new backup key", run = function() return set(main, new) end, undo = function()
    if is_out then return nil, "it stays: addresses of it may be out" end
    return set(main, backup)
  end },
  { name = "check both keys", run = function() return check(main, new) end },
  { name = "change their places", run = function()
    is_out = true -- also when Ctrl-C ends this step
    local done, message, err = set(new, main)
    is_out = done or not err or err.maybe_sent
    return done, message
  end, undo = function() return set(main, new) end },
  { name = "check again", run = function() return check(new, main) end },
}, { undo = true })
print(report)
os.exit(report.ok and 0 or 1)
