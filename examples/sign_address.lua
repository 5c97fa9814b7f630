-- Signs an address for ingest or playback at Alibaba Cloud, with a key that a file holds.
--
--     lua5.4 examples/sign_address.lua rtmp://push.example.com/app/s1 key.txt 3600

local streamctl = require "streamctl"

local url, path, lifetime = arg[1], arg[2], tonumber(arg[3] or 3600)
if not path then
  io.stderr:write "usage: sign_address.lua URL KEY_FILE [SECONDS]\n"
  os.exit(2)
end
local file = assert(io.open(path))
local key = file:read "*l"
file:close()
print(assert(streamctl.aliyun.address.sign { url = url, key = key, lifetime = lifetime }))
