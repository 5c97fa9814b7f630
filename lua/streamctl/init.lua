--- Control of live streams at Alibaba Cloud ApsaraVideo Live and at ZEGOCLOUD.
--
--     local streamctl = require "streamctl"
--     local live = streamctl.aliyun.new { access_key_id = "...", access_key_secret = "..." }
--     local rtc = streamctl.zego.new { app_id = 1234567890, server_secret = "..." }
--
-- Every call returns the decoded answer, or `nil, "<code>: <text>", err` (see streamctl.errors).
-- Requiring this module does nothing else: no I/O, no reading of the environment.
-- @module streamctl

local core = require "streamctl.core"

local streamctl = { _VERSION = "0.1.0" }

if core._VERSION ~= streamctl._VERSION then
  error("streamctl " .. streamctl._VERSION .. " found a compiled module of version " .. tostring(core._VERSION)
    .. "; install both from one rock")
end

streamctl.aliyun = require "streamctl.aliyun"
streamctl.zego = require "streamctl.zego"

return streamctl
