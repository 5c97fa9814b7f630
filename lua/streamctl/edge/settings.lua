-- What the service is told, by environment variables or by files. Read in init_by_lua: nginx is
-- still root there, so the workers' user need not be able to read the files. A reload reads
-- everything again.

local auth = require "streamctl.edge.auth"

local settings = { problems = {} } -- problems: why nothing can be served

local VENDORS = {
  zego = {
    app_id = "ZEGO_APP_ID", server_secret = "ZEGO_SERVER_SECRET", endpoint = "ZEGO_ENDPOINT",
    is_test = "ZEGO_IS_TEST",
  },
  aliyun = {
    access_key_id = "ALIBABA_CLOUD_ACCESS_KEY_ID",
    access_key_secret = "ALIBABA_CLOUD_ACCESS_KEY_SECRET", credentials = "EDGE_CREDENTIALS",
    endpoint = "ALIBABA_CLOUD_ENDPOINT",
  },
}

-- Several secrets at a time, so that they can be replaced.
local CALLBACKS = {
  zego = "ZEGO_CALLBACK_SECRET", aliyun = "ALIBABA_CLOUD_CALLBACK_SECRET",
}

function settings.complain(text)
  table.insert(settings.problems, text)
end

-- The variable NAME, or what is in the file that NAME_FILE names. Empty counts as not there.
local function setting(name)
  local value, path = os.getenv(name), os.getenv(name .. "_FILE")
  if path and path ~= "" then
    local file, why = io.open(path)
    if not file then return settings.complain(name .. "_FILE: " .. why) end
    value = file:read "*a"
    file:close()
  end
  value = value and value:match "^%s*(.-)%s*$"
  return value ~= "" and value or nil
end

-- The words of such a variable, which are between blanks, lines or commas; nil when there are none.
local function list(name)
  local words = {}
  for word in (setting(name) or ""):gmatch "[^%s,]+" do words[#words + 1] = word end
  return words[1] and words
end

-- The random parts of the webhooks' addresses, as a set of digests; nil when there are none.
local function webhook_paths()
  local paths = list "EDGE_WEBHOOK_PATH"
  if not paths then return nil end
  local set = {}
  for _, path in ipairs(paths) do
    if #path < 20 or path:find "[^%w_-]" then
      settings.complain("EDGE_WEBHOOK_PATH must be at least 20 of A-Z a-z 0-9 _ -; make it with: "
        .. "openssl rand -hex 16")
    end
    set[auth.digest(path)] = true
  end
  return set
end

-- In init_by_lua.
function settings.load()
  local why = auth.load(setting "EDGE_TOKENS" or "")
  if why then settings.complain("EDGE_TOKENS: " .. why) end
  for vendor, variables in pairs(VENDORS) do
    local options = {}
    for option, name in pairs(variables) do options[option] = setting(name) end
    settings[vendor] = next(options) and options -- a vendor that is not set up is not served
  end
  if not settings.zego and not settings.aliyun then settings.complain "no vendor is set up" end
  settings.callbacks = {}
  for vendor, name in pairs(CALLBACKS) do settings.callbacks[vendor] = list(name) end
  settings.webhook_paths = webhook_paths()
  if next(settings.callbacks) and not settings.webhook_paths then
    settings.complain("EDGE_WEBHOOK_PATH must be the random part of the webhooks' addresses; make "
      .. "it with: openssl rand -hex 16")
  end
  settings.callback_domains = list "ALIBABA_CLOUD_CALLBACK_DOMAINS"
  if settings.callbacks.aliyun and not settings.callback_domains then
    settings.complain "ALIBABA_CLOUD_CALLBACK_DOMAINS must name the ingest domains"
  end
  settings.time_limit = tonumber(setting "EDGE_TIME_LIMIT" or 20) or 0
  if not (settings.time_limit >= 1 and settings.time_limit <= 50) then
    settings.complain "EDGE_TIME_LIMIT must be a number of seconds from 1 to 50"
  end
  settings.store = setting "EDGE_STORE" or "/var/lib/streamctl-edge/store"
  settings.ca_file = setting "STREAMCTL_CA_FILE"
end

return settings
