-- `streamctl address sign URL`: signs an address for ingest or playback at Alibaba Cloud.

local fail = require "streamctl.cli.fail"
local flags = require "streamctl.cli.flags"
local reader = require "streamctl.cli.reader"
local streamctl = require "streamctl"
local times = require "streamctl.cli.times"

local VARIABLE = "ALIBABA_CLOUD_LIVE_AUTH_KEY"

local sign = {
  name = "sign",
  summary = "Sign an address for publishing or playing",
  takes = flags.calls,
  formats = { "table", "json" },
  description = "Sign an address of ApsaraVideo Live (type A) and print it. The key is in a file "
    .. "or in " .. VARIABLE .. "; without one the vendor is asked for the key of the domain.",
}

function sign.define(command)
  command:argument("url", "Such as rtmp://push.example.com/app/s1; also artc, http(s), srt.")
  command:option("--key-file", "A file with the key of the domain."):argname "FILE"
  command:option("--expires", "Until when: UTC, Unix seconds, or from now (+1h). When "
    .. "the vendor is asked for the key: as long as the domain allows, unless said.")
    :argname("TIME"):convert(times.converter("--expires", times.read))
  command:option("--domain", "Ask for the key of this domain."):argname "DOMAIN"
end

-- Signs with a key of the user; nothing is sent.
local function sign_with(invocation, keys)
  local args = invocation.args
  if #keys > 1 then
    fail.usage("there are %d keys; one signs, so name a file with that one by --key-file", #keys)
  elseif args.domain then
    fail.usage("--domain is about the key that the vendor is asked for; leave it out, or the "
      .. "key (--key-file, %s, %s_FILE)", VARIABLE, VARIABLE)
  elseif not args.expires then
    fail.usage "--expires is missing; say until when, such as --expires +1h"
  end
  return streamctl.aliyun.address.sign { url = args.url, key = keys[1], expires = args.expires }
end

-- Signs with the key of the domain, which the vendor tells.
local function sign_by(invocation)
  local args, account = invocation.args, invocation:account { vendor = "aliyun",
    only = "addresses are signed at Alibaba Cloud only" }
  return account.client:address { url = args.url, expires = args.expires, domain = args.domain }
end

function sign.run(invocation)
  local keys = reader.secrets(invocation, VARIABLE, { invocation.args.key_file })
  local url, message, err = (keys and sign_with or sign_by)(invocation, keys)
  if not url then fail.call(message, err) end
  invocation.out:value("url", url)
end

return { summary = "Sign addresses for publishing and playing", commands = { sign } }
