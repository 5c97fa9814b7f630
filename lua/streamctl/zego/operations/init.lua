--- What holds for all operations of ZEGOCLOUD Server API v2.
--
-- The rows are in the other files of this folder, see `call/rows.lua`; this is the catalogue
-- of them, see `call/catalogue.lua`.
-- @public streamctl.zego.operations

local catalogue = require "streamctl.call.catalogue"

local PAGE = "https://www.zegocloud.com/docs/"

return catalogue.new {
  module = "streamctl.zego.operations",
  index = "streamctl.zego.operations.index",
  groups = {
    "media", "room", "mixing", "files", "moderation", "player", "record", "scene",
  },
  defaults = { method = "GET" },

  -- The vendor's page about a row: `docs` is the folder of its group.
  page_of = function(row)
    return PAGE .. row.docs .. (row.page or row.name:gsub("_", "-"))
  end,

  -- Names that belong to the signature and to nobody else.
  reserved = {
    Action = true, AppId = true, IsTest = true, Signature = true, SignatureNonce = true,
    SignatureVersion = true, Timestamp = true,
  },

  -- Parameters that hold secrets of the caller, see streamctl.call.redact.
  secrets = { AccessKeySecret = "secret", SecretKey = "secret" },
}
