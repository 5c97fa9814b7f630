-- Uses an installed streamctl: signs for both vendors without the transfer engine, then loads the
-- engine.
-- usage: lua tools/rock_smoke.lua TREE

local tree = assert(arg[1], "usage: rock_smoke.lua TREE")

local streamctl = require "streamctl"
assert(package.loaded["streamctl.engine"] == nil, "require 'streamctl' loaded the engine")

local aliyun = streamctl.aliyun.new { access_key_id = "id", access_key_secret = "secret" }
local request = assert(aliyun:sign("ResumeLiveStream", {
    DomainName = "push.example.com", LiveStreamType = "publisher", AppName = "app",
    StreamName = "s1",
}, { nonce = "3156853299f313e23d1673dc12e1703d", timestamp = 1700000000 }))
local authorization = request.headers.Authorization or request.headers.authorization
assert(type(authorization) == "string" and authorization:find("^ACS3%-HMAC%-SHA256 "),
  "no Authorization header")

local zego = streamctl.zego.new { app_id = 1234567890,
  server_secret = "0123456789abcdef0123456789abcdef" }
request = assert(zego:sign("ResumeRTCStreams", { StreamId = { "a", "b" }, Sequence = 1 },
    { nonce = "15215528852396", timestamp = 1700000000 }))
assert(request.url:find("[?&]Signature=%x+"), "no signature in the ZEGO URL")

assert(package.loaded["streamctl.engine"] == nil, "signing loaded the engine")
require "streamctl.engine"

-- Both C modules must have come from the tree, not from a checkout or the system.
for _, name in ipairs { "core", "engine" } do
  local found
  for template in package.cpath:gmatch("[^;]+") do
    local path = template:gsub("%?", "streamctl/" .. name)
    local file = not found and io.open(path, "rb")
    if file then
      file:close()
      found = path
    end
  end
  assert(found and found:sub(1, #tree) == tree, name .. " came from " .. tostring(found))
end
