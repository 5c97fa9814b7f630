--- Where the keys of a client come from, when they are not written down: sources of credentials.
--
--     local live = streamctl.aliyun.new { credentials = streamctl.aliyun.credentials.ecs_role {} }
--
-- Each function makes a source of the options on its page, and throws when they cannot be right. It
-- asks nobody anything before a client, or `source:get()`, first needs a key.
-- @public streamctl.aliyun.credentials

local errors = require "streamctl.errors"
local options = require "streamctl.options"
local suggest = require "streamctl.suggest"

local NAMES = {
  "assume_role", "chain", "cloud_sso", "ecs_role", "environment", "ini", "oidc", "process",
  "profile", "static", "uri",
}

local known = options.set_of(NAMES)

-- Only who names a source loads it.
return setmetatable({}, {
  __index = function(credentials, name)
    if not known[name] then
      error("streamctl.aliyun.credentials has no '" .. errors.tidy(name, 100)
        .. "'" .. suggest.hint(name, known), 2)
    end
    credentials[name] = require("streamctl.aliyun.credentials." .. name).new
    return credentials[name]
  end,
})
