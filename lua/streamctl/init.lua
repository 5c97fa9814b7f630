--- Control of live streams at Alibaba Cloud ApsaraVideo Live and at ZEGOCLOUD.
--
--     local streamctl = require "streamctl"
--     local live = streamctl.aliyun.new { access_key_id = "...", access_key_secret = "..." }
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
local suggest = require "streamctl.suggest"

local streamctl = { _VERSION = core._VERSION }

local function maker_of(store)
  return function(...) return require("streamctl.store." .. store).new(...) end
end

streamctl.store = {
  memory = maker_of "memory", file = maker_of "file", redis = maker_of "redis",
}

-- Loaded when they are first named: a module, or a field of it.
local PARTS = {
  aliyun = { "streamctl.aliyun" }, zego = { "streamctl.zego" }, steps = { "streamctl.many.steps" },
  run = { "streamctl.loop.tasks", "run" }, spawn = { "streamctl.loop.tasks", "spawn" },
  sleep = { "streamctl.loop.pick", "sleep" }, queue = { "streamctl.queue" },
  metrics = { "streamctl.metrics" },
}

return setmetatable(streamctl, {
  __index = function(_, name)
    local place = PARTS[name]
    if not place then
      error("streamctl has no '" .. tostring(name) .. "'" .. suggest.hint(name, PARTS), 2)
    end
    local part = require(place[1])
    if place[2] then part = part[place[2]] end
    rawset(streamctl, name, part)
    return part
  end,
})
