-- `streamctl doctor`: checks what commands need, and advises where a check fails.

local accounts = require "streamctl.cli.account"
local core = require "streamctl.core"
local fail = require "streamctl.cli.fail"
local flags = require "streamctl.cli.flags"
local status = require "streamctl.cli.status"

local doctor = {
  summary = "Check versions, account, store, network, clock, credentials",
  examples = { "doctor" },
  takes = flags.calls,
  formats = { "table", "json", "jsonl" },
}

-- Each check returns "ok", "failed" or "skipped", the finding, and advice.

-- ---- this machine ----

local function check_versions()
  local lua = type(jit) == "table" and jit.version or _VERSION -- luacheck: ignore 113
  local versions = ("streamctl %s, %s"):format(core._VERSION, lua)
  local loaded, engine = pcall(require, "streamctl.engine")
  if not loaded then
    return "failed", versions .. ", no transfer engine: " .. tostring(engine):match "^[^\n]*",
      "install libcurl 4 for this machine, and streamctl for this Lua"
  end
  versions = versions .. ", " .. engine.libraries():match "^%S+ ?%S*"
  local made, why = engine.new(1)
  if not made then return "failed", versions .. ": " .. why, why:match "install .+" end
  made:close()
  return "ok", versions
end

-- ---- the way to a vendor ----

-- Requests that only read, and succeed in any account: an unknown room has 0 users, and an account
-- without domains an empty list.
local READS = {
  zego = { "DescribeUserNum", { RoomId = { "streamctl-doctor" } } },
  aliyun = { "DescribeLiveUserDomains", { PageSize = 1, PageNumber = 1 } },
}

local STEPS = { "store", "name", "connection", "TLS", "answer", "clock", "credentials" }

-- The step of a failure by its code; other codes fail at the step "credentials".
local FAILED_AT = {
  store = "store",
  dns = "name", connect = "connection", tls = "TLS", bad_response = "answer", too_large = "answer",
  http = "answer", clock_skew = "clock",
}

local function failed_at(err)
  if err.code == "timeout" then return err.maybe_sent and "answer" or "connection" end
  return FAILED_AT[err.code] or "credentials"
end

local FAR = 60 -- seconds between two clocks that no slow answer explains

-- Advice by the step that failed, or by a topic. `$name` is a place of a setting, but for the host,
-- the action and the file of authorities.
local ADVICE = {
  name = "check the endpoint's spelling and this machine's name servers: getent hosts $host",
  connection = "let this machine reach $host, or set https_proxy",
  store = "make it usable for this user, or name another store by --store or STREAMCTL_STORE",
  proxy = "check that the proxy runs and lets requests to $host through",
  TLS = "install the authorities (Debian: ca-certificates), or name those of your network by "
    .. "STREAMCTL_CA_FILE; now: $ca_file",
  answer = "see whether $host is what you mean, and the vendor's status page; try again",
  clock = "set this machine's clock, such as by: timedatectl set-ntp true",
  aliyun = "grant its user live:$action, such as by the policy AliyunLiveReadOnlyAccess",
  zego = "have $action enabled for the AppId",
  throttled = "too many requests at once; try again in a minute",
  credentials = "ask the vendor what it means",
  secret = "AppId and ServerSecret must belong together: AppId ($app_id), ServerSecret "
    .. "($server_secret)",
  key = "check the key's id and secret ($access_key_id)",
  source = "see to the source of the keys ($credentials), or set ALIBABA_CLOUD_ACCESS_KEY_ID and "
    .. "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
}

local function advice_on(step, code, account, host, action)
  local settings, topic = account.settings, step == "credentials" and code or step
  if topic == "connection" and settings.proxy.value ~= "none" then topic = "proxy" end
  if topic == "access_denied" then topic = account.vendor end
  if topic == "credentials" or topic == "signature" then
    topic = settings.server_secret and "secret" or settings.access_key_id and "key" or "source"
  end
  local values = { host = host, action = action, ca_file = settings.ca_file.shown }
  return ((ADVICE[topic] or ADVICE[step]):gsub("%$([%l_]+)", function(name)
    return values[name] or settings[name].from
  end))
end

local function difference(offset)
  if not offset then return "not told" end
  if math.abs(offset) <= 1 then return "right to the second" end -- the precision of a Date
  return ("%.0f s %s the vendor's"):format(math.abs(offset), offset > 0 and "behind" or "ahead of")
end

-- Sends one request that reads, and adds a row for each step. `seen` has, from events: `offset` of
-- the clock, `provider` of the credentials. Returns the err of a failure.
local function check_way(account, seen, add)
  local action, params = READS[account.vendor][1], READS[account.vendor][2]
  local answer, message, err = account.client:call(action, params, { retry = false })
  local at, offset = not answer and failed_at(err), seen.offset
  local scheme, host = tostring(account.client):match "(https?)://([^%s/]+)"
  local found = {
    store = account.store, name = host:gsub(":%d+$", ""), connection = host, answer = action,
    TLS = scheme == "https" and account.settings.ca_file.shown
      or "none: the endpoint is plain http",
    clock = difference(offset),
    credentials = account.title .. (seen.provider and ", from " .. seen.provider or ""),
  }
  -- without credentials nothing was sent
  local skips = at == "credentials" and not err.http_status
  for _, step in ipairs(STEPS) do
    if step == at then
      add(step, "failed", (step == "clock" and offset and found.clock .. "; " or "") .. message,
        advice_on(step, err.code, account, host, action))
      skips = true
    elseif skips then
      add(step, "skipped", "")
    elseif step == "clock" and offset and math.abs(offset) >= FAR then
      add(step, "failed", found.clock, ADVICE.clock)
    else
      add(step, "ok", found[step])
    end
  end
  return err
end

-- ---- the command ----

-- Checks the account of a vendor. `add(check, result, found, advice)` gets each row. Returns the
-- err of a failed request, if any.
function doctor.check(invocation, vendor, add)
  local seen = {}
  local made, account = pcall(accounts.new, invocation, {
    vendor = vendor or nil, on_event = function(event)
      seen.offset = event.clock_offset or seen.offset
      seen.provider = event.event == "credentials" and event.provider or seen.provider
    end,
  })
  if not made and not fail.is(account) then error(account, 0) end
  local prefix = vendor and vendor .. " " or made and account.vendor .. " " or ""
  local function add_of_vendor(name, ...) add(prefix .. name, ...) end
  if not made then
    return add_of_vendor("account", "failed", tostring(account),
      "streamctl whoami shows where each value comes from")
  end
  add_of_vendor("account", "ok", account.title)
  return check_way(account, seen, add_of_vendor)
end

function doctor.run(invocation)
  local rows = invocation.out:rows { { "check", "CHECK" }, { "state", "RESULT" },
    { "found", "FOUND, AND WHAT TO DO" } }
  local in_table = invocation.out.format == "table" -- two long columns are hard to read there
  local ended = status.OK
  local function add(name, state, found, advice)
    if state == "failed" and ended == status.OK then ended = status.FAILED end
    if in_table and advice then found, advice = found .. "; " .. advice, nil end
    rows:add { check = name, state = state, found = found, advice = advice }
  end
  add("versions", check_versions())
  for _, vendor in ipairs(accounts.all(invocation)) do
    local err = doctor.check(invocation, vendor, add)
    if err and status.of(err) == status.REFUSED then ended = status.REFUSED end
  end
  rows:close()
  return ended
end

return doctor
