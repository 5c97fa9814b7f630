-- What the reader of a page is assumed to have. blocks_spec.lua runs this file before each block of
-- `lua`, with the name of the page. README's blocks show all that they need of the library; in the
-- other pages `live` and `rtc` are clients of the emulator, and `new` has the account and the
-- address of the emulator where a block says nothing of them.

local page = ...
local library = require "streamctl"

ids, secret, key, backup_key = { "room1-cam1", "room1-cam2" }, os.getenv "ZEGO_SERVER_SECRET",
  "0123456789abcdef", "fedcba9876543210"
webhook_secret, notify_key = "callback", "notify"
body = '{"event":"stream_create","nonce":"1","timestamp":"1","signature":"0"}'
store = library.store.memory()
function is_allowed() return false end
function log() end
vault = { read = function() return nil, "there is no vault" end }
local messages = { { ids = ids, stamp = 0, deliveries = 2, ack = function() end } }
consumer = { messages = function() return function() return table.remove(messages) end end }
params = { Region = "cn-shanghai", SourceType = "live", SourceProtocol = "rtmp",
  SourceUrls = { "rtmp://a.example.com/b/c" }, DstUrl = "rtmp://push.example.com/d/e",
  StartTime = os.time() + 3600, EndTime = os.time() + 7200 }

stream = { DomainName = "push.example.com", AppName = "app", StreamName = "s1" }
q = { work = function() end } -- would work for ever

-- Stores of a site: the Redis of the spec, a file in this folder.
local named = require "streamctl.store.named"
package.loaded["streamctl.store.named"] = function(value)
  if value == "redis://10.0.0.5" then value = os.getenv "TEST_REDIS" end
  local is_path = type(value) == "string" and not value:find("://", 1, true)
  return named(is_path and value:gsub("^.*/", "") or value)
end

-- A worker of the queue is asked to end when it has asked some times itself.
local asked = 0
setmetatable(_G, { __index = function(_, name)
  if name == "asked_to_end" then
    asked = asked + 1
    return asked > 10
  end
end })

-- Has `new` of a vendor fill in what a block leaves out. Returns a client.
local function fill(vendor, account)
  local new = vendor.new
  function vendor.new(options)
    options = options or {}
    for name, value in pairs(account) do
      local is_key = name:find "^access_key"
      if options[name] == nil and not (is_key and options.credentials) then
        options[name] = value
      end
    end
    return new(options)
  end
  return vendor.new {}
end

if page == "README.md" then -- nothing may leave this machine
  for _, vendor in ipairs { library.zego, library.aliyun } do
    local new = vendor.new
    function vendor.new(options)
      local client = new(options)
      assert(options.credentials or client.endpoint:find "^https://127%.0%.0%.1:")
      return client
    end
  end
else
  streamctl = library
  credentials = streamctl.aliyun.credentials
  local tls = { ca_file = os.getenv "STREAMCTL_CA_FILE" }
  rtc = fill(streamctl.zego, { app_id = os.getenv "ZEGO_APP_ID", server_secret = secret,
    endpoint = os.getenv "ZEGO_ENDPOINT", tls = tls })
  live = fill(streamctl.aliyun, { access_key_id = os.getenv "ALIBABA_CLOUD_ACCESS_KEY_ID",
    access_key_secret = os.getenv "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
    endpoint = os.getenv "ALIBABA_CLOUD_ENDPOINT", tls = tls })
end

-- A request in nginx, for what pages show there.
require "streamctl.loop.pick" -- has looked for nginx
ngx = {
  var = { args = "", request_id = "4bf92f3577b34da6" },
  req = { read_body = log, get_headers = function() return {} end, get_body_data = function() end },
}
