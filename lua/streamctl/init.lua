--- Control of live streams at Alibaba Cloud ApsaraVideo Live and at ZEGOCLOUD.
--
--     local streamctl = require "streamctl"
--     local live = streamctl.aliyun.new() -- the account of the environment
--     local rtc = streamctl.zego.new { app_id = 1234567890, server_secret = "..." }
--
-- Every call returns the decoded answer, or `nil, "<code>: <text>", err` (see streamctl.errors).
-- Requiring this module does nothing else: no I/O, no reading of the environment. Its parts are
-- loaded when they are first named:
--
-- * `aliyun`, `zego`: the vendors, see `streamctl.aliyun` and `streamctl.zego`
-- * `run`, `spawn`, `sleep`: many calls at once, see `streamctl.loop.tasks`
-- * `steps`: named steps in order, see `streamctl.steps`
-- * `queue`: jobs that outlive the process, see `streamctl.queue`
-- * `metrics`: numbers for monitoring, see `streamctl.metrics`
-- * `store`: where order and rates are kept, `store.memory()`, `store.file(path)`,
-- `store.redis(url)`
-- @public streamctl

local core = require "streamctl.core"
local suggest = require "streamctl.base.suggest"

local streamctl = { _VERSION = core._VERSION }

-- What is loaded when it is first named: modules, or fields of these.
local STORES = {
  memory = { "streamctl.store.memory", "new" }, file = { "streamctl.store.file", "new" },
  redis = { "streamctl.store.redis", "new" },
}
local PARTS = {
  aliyun = { "streamctl.aliyun" }, zego = { "streamctl.zego" }, steps = { "streamctl.many.steps" },
  run = { "streamctl.loop.tasks", "run" }, spawn = { "streamctl.loop.tasks", "spawn" },
  sleep = { "streamctl.loop.pick", "sleep" }, queue = { "streamctl.queue" },
  metrics = { "streamctl.metrics" },
}

local function loading(name, values, parts)
  return setmetatable(values, { __index = function(_, key)
    local place = parts[key]
    if not place then
      error(name .. " has no '" .. tostring(key) .. "'" .. suggest.hint(key, parts), 2)
    end
    local part = require(place[1])
    if place[2] then part = part[place[2]] end
    rawset(values, key, part)
    return part
  end })
end

streamctl.store = loading("streamctl.store", {}, STORES)

return loading("streamctl", streamctl, PARTS)
