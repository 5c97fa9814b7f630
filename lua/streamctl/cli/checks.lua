--- What `streamctl doctor` looks at: each check gives `state` ("ok", "failed" or "skipped"),
-- `found`, and `advice` where something is to be done.
-- @module streamctl.cli.checks

local config = require "streamctl.cli.config"
local core = require "streamctl.core"
local system = require "streamctl.system"
local failure = require "streamctl.cli.failure"
local stores = require "streamctl.cli.config.stores"

local checks = {}

local function ok(found) return { state = "ok", found = found } end

local function failed(found, advice)
  return { state = "failed", found = found, advice = advice }
end

local function skipped(found) return { state = "skipped", found = found } end

checks.ok, checks.failed = ok, failed

--- Which versions these are.
function checks.versions()
  local lua = type(jit) == "table" and jit.version or _VERSION -- luacheck: ignore 113
  local own = ("streamctl %s, %s"):format(core._VERSION, lua)
  local loaded, engine = pcall(require, "streamctl.engine")
  if not loaded then
    return failed(own .. ", no transfer engine: " .. tostring(engine):match "^[^\n]*",
      "install libcurl 4 for this machine, and streamctl for this Lua")
  end
  own = own .. ", " .. engine.libraries():match "^%S+ ?%S*"
  local made, why = engine.new(1)
  if not made then return failed(own .. ": " .. why, "install libcurl 7.88 or newer") end
  made:close()
  return ok(own)
end

--- The configuration file and the profile.
function checks.configuration(invocation)
  local read, profile = pcall(config.profile, invocation)
  if not read then
    if not failure.is(profile) then error(profile, 0) end
    return failed(tostring(profile), "mend the file; streamctl help environment tells what else "
      .. "is read")
  end
  local path = config.path(invocation)
  if profile then return ok(profile.where) end
  return ok(path and system.file_mode(path) and path .. ", no profile is used"
    or "no file (" .. (path or "HOME is not set") .. ")")
end

local OWNER_ONLY = 384 -- 0600
local SECONDS = 1

-- Whether order, slots and locks work, by names that no account has.
local function try_store(store)
  local done, why = store:stamp("doctor:0", 0, {})
  if not done then return nil, why end
  done, why = store:reserve("doctor:0", 0.001)
  if not done then return nil, why end
  local token
  token, why = store:lock("doctor:0", SECONDS)
  if token == nil then return nil, why end
  if token then store:unlock("doctor:0", token) end
  return true
end

--- Whether the store can be used.
function checks.store(account)
  if not account.store then return failed(stores.NONE) end
  local text = account.settings.store.value
  local store, why = stores.open(text)
  local works
  if store then works, why = try_store(store) end
  if not works then
    return failed(why, ("make %s usable for this user, or name another store by --store or "
      .. "STREAMCTL_STORE"):format(account.store))
  end
  local path = text:match "^file:(.*)$"
  local mode = path and system.file_mode(path)
  if mode and mode ~= OWNER_ONLY then
    return failed(("%s has mode %03o"):format(path, mode), "others can change your order and "
      .. "rates; unless they share them, run: chmod 600 " .. path)
  end
  return ok(account.store)
end

--- Which proxy is used.
function checks.proxy(account)
  local setting = account.settings.proxy
  return ok(setting.shown .. (setting.value ~= "none" and " (" .. setting.from .. ")" or ""))
end

-- ---- the way to a vendor ----

-- A request that only reads and needs nothing that exists. An unknown room has 0 users, and so has
-- a room with a name that nobody takes; an account without domains has an empty list of them.
local READS = {
  zego = { "DescribeUserNum", { RoomId = { "streamctl-doctor" } } },
  aliyun = { "DescribeLiveUserDomains", { PageSize = 1, PageNumber = 1 } },
}

local STEPS = { "name", "connection", "TLS", "answer", "clock", "credentials" }

-- The step at which a failure happened; others come from whoever answered.
local FAILED_AT = {
  dns = "name", connect = "connection", tls = "TLS", bad_response = "answer", too_large = "answer",
  http = "answer", clock_skew = "clock",
}

local function failed_at(err)
  if err.code == "timeout" then return err.maybe_sent and "answer" or "connection" end
  return FAILED_AT[err.code] or "credentials"
end

local FAR = 60 -- seconds by which a clock is wrong beyond what a slow answer explains

local function from(setting)
  return setting and " (" .. setting.from .. ")" or ""
end

-- Whose secret it is that does not fit.
local function secret_of(settings)
  if settings.server_secret then
    return "AppId and ServerSecret must belong together: AppId" .. from(settings.app_id)
      .. ", ServerSecret" .. from(settings.server_secret)
  elseif settings.access_key_id then
    return "check the key's id and secret" .. from(settings.access_key_id)
  end
  return "see to the source of the keys" .. from(settings.credentials) .. ", or set "
    .. "ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET"
end

local ADVICE = {
  name = function(_, host)
    return "check the endpoint's spelling and this machine's name servers: getent hosts " .. host
  end,
  connection = function(account, host)
    if account.settings.proxy.value ~= "none" then
      return "check that the proxy runs and lets requests to " .. host .. " through"
    end
    return "let this machine reach " .. host .. ", or set https_proxy"
  end,
  TLS = function(account)
    return "install the authorities (Debian: ca-certificates), or name those of your network by "
      .. "STREAMCTL_CA_FILE; now: " .. account.settings.ca_file.shown
  end,
  answer = function(_, host)
    return "see whether " .. host .. " is what you mean, and the vendor's status page; try again"
  end,
  clock = function()
    return "set this machine's clock, such as by: timedatectl set-ntp true"
  end,
}

-- What to do about credentials, by the failure's code.
local REFUSED = {
  signature = function(account) return secret_of(account.settings) end,
  credentials = function(account) return secret_of(account.settings) end,
  forbidden = function(account, operation)
    return account.vendor == "aliyun" and "grant its user live:" .. operation
      .. ", such as by the policy AliyunLiveReadOnlyAccess"
      or "have " .. operation .. " enabled for the AppId"
  end,
  throttled = function() return "too many requests at once; try again in a minute" end,
}

local function difference(offset)
  if math.abs(offset) <= 1 then return "right to the second" end -- all that a Date tells
  return ("%.0f s %s the vendor's"):format(math.abs(offset), offset > 0 and "behind" or "ahead of")
end

-- Where its first host is, and whether that is over TLS: what a client says of itself.
local function host_of(account)
  local scheme, host = tostring(account.client):match "(https?)://([^%s/]+)"
  return host, scheme == "https"
end

local function advice_of(account, step, action, err)
  local host = host_of(account)
  if step ~= "credentials" then return ADVICE[step](account, host) end
  local advice = REFUSED[err.code]
  return advice and advice(account, action) or "ask the vendor what it means"
end

-- What there is to say of a step that went well.
local function found_of(account, step, action, seen)
  local host, encrypted = host_of(account)
  local texts = {
    name = host:gsub(":%d+$", ""), connection = host,
    TLS = encrypted and account.settings.ca_file.shown or "none: the endpoint is plain http",
    answer = action,
    clock = seen.offset and difference(seen.offset) or "not told",
    credentials = account.title .. (seen.provider and ", from " .. seen.provider or ""),
  }
  return texts[step]
end

--- Sends one request that reads, once, and tells how far it came. `seen`, set by the caller's
-- `on_event`: `offset`, the last `clock_offset`, and `provider` of the credentials; `add` takes the
-- name of a step and its check. Returns the failure's err, if any.
function checks.way(account, seen, add)
  local action, params = READS[account.vendor][1], READS[account.vendor][2]
  local answer, message, err = account.client:call(action, params, { retry = false })
  local at = not answer and failed_at(err)
  -- nothing went out, since there was nothing to sign with
  local unsent = at == "credentials" and not err.http_status
  local reached = false
  for _, step in ipairs(STEPS) do
    local far = step == "clock" and seen.offset and math.abs(seen.offset) >= FAR
    if step == at then
      local told = step == "clock" and seen.offset and difference(seen.offset) .. "; " or ""
      add(step, failed(told .. message, advice_of(account, step, action, err)))
      reached = true
    elseif reached or unsent then
      add(step, skipped "")
    elseif far then
      add(step, failed(difference(seen.offset), ADVICE.clock()))
    else
      add(step, ok(found_of(account, step, action, seen)))
    end
  end
  return err
end

return checks
