--- Sources of credentials, for clients whose keys are not written down in the program.
--
--     local live = streamctl.aliyun.new { credentials = streamctl.aliyun.credentials.ecs_role {} }
--
-- Each function makes a source of the options on its page, and throws when they cannot be right.
-- A source asks nobody before a client, or `source:get()`, first needs credentials.
-- @public streamctl.aliyun.credentials

local options = require "streamctl.base.options"
local suggest = require "streamctl.base.suggest"

local NAMES = options.set_of { "assume_role", "chain", "ecs_role", "environment", "ini",
  "oidc", "process", "profile", "static", "uri" }

-- A source's module is loaded when it is first named.
return setmetatable({}, {
  __index = function(credentials, name)
    if not NAMES[name] then
      error("streamctl.aliyun.credentials has no " .. suggest.quoted(name, NAMES), 2)
    end
    credentials[name] = require("streamctl.aliyun.credentials." .. name).new
    return credentials[name]
  end,
})
