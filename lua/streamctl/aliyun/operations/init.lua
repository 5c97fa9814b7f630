--- What holds for all operations of ApsaraVideo Live, API version 2016-11-01.
--
-- The rows are in the other files of this folder, see `call/rows.lua`; this is the catalogue
-- of them, see `call/catalogue.lua`. Where the vendor's own pages differ from each other a
-- row is the looser reading, and the server decides: regions and source protocols come and go
-- between revisions.
-- @public streamctl.aliyun.operations

local catalogue = require "streamctl.call.catalogue"

local PAGE = "https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-"

return catalogue.new {
  module = "streamctl.aliyun.operations",
  index = "streamctl.aliyun.operations.index",
  groups = {
    "streams", "stream_control", "pull_to_push", "relay", "origin_pull", "failover", "delay",
    "time_shift", "preload", "monitors", "callbacks", "recording", "snapshots", "transcode",
    "edge_transcode", "mixing", "watermarks", "packages", "moderation", "ai", "domains",
    "certificates", "tags", "private_lines", "health", "traffic", "usage", "logs", "rtc_rooms",
    "rtc_relay", "rtc_tasks", "casters", "caster_scenes", "caster_content", "playlists",
    "show_lists", "messages", "old_messages",
  },
  defaults = { method = "POST" },
  version = "2016-11-01",

  -- where pull-to-push tasks can be
  regions = { "ap-southeast-1", "ap-southeast-5", "cn-beijing", "cn-shanghai", "cn-shenzhen" },

  -- The vendor's page about a row.
  page_of = function(row) return row.page or PAGE .. row.action:lower() end,

  -- Names that belong to the signature and to nobody else.
  reserved = {
    AccessKeyId = true, Action = true, Format = true, SecurityToken = true, Signature = true,
    SignatureMethod = true, SignatureNonce = true, SignatureType = true, SignatureVersion = true,
    Timestamp = true, Version = true,
  },

  -- Parameters that hold secrets of the caller, see streamctl.call.redact. An argValue, of a
  -- domain's settings, may be the key that signs its addresses.
  secrets = {
    AuthKey = "secret", CallbackAuthKey = "secret", NotifyAuthKey = "secret", SSLPri = "secret",
    UserToken = "secret", argValue = "secret", StreamInput = "address", StreamOutput = "address",
  },
}
