-- Makes a token for a user of an app of ZEGOCLOUD. AppId and ServerSecret are in ZEGO_APP_ID and
-- ZEGO_SERVER_SECRET.
--
--     lua5.4 examples/token.lua user1 3600

local streamctl = require "streamctl"

local user, lifetime = arg[1], tonumber(arg[2] or 3600)
if not user then
  io.stderr:write "usage: token.lua USER_ID [SECONDS]\n"
  os.exit(2)
end
print((assert(streamctl.zego.token { user_id = user, lifetime = lifetime })))
