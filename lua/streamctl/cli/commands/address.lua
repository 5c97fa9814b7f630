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
  takes = flags.vendor,
  formats = { "table", "json" },
  description = "Sign an address of ApsaraVideo Live (type A) and print it. The key is in a file "
    .. "or in " .. VARIABLE .. ". Nothing is sent.",
}

function sign.define(command)
  command:argument("url", "Such as rtmp://push.example.com/app/s1; also artc, http(s), srt.")
  command:option("--key-file", "A file with the key of the domain."):argname "FILE"
  command:option("--expires", "Until when: UTC, Unix seconds, or from now (+1h).")
    :argname("TIME"):convert(times.converter("--expires", times.read))
end

function sign.run(invocation)
  local args = invocation.args
  local keys = reader.secrets(invocation, VARIABLE, { args.key_file })
  if not keys then
    fail.usage("the key of the domain is missing; name a file with it by --key-file, or set %s",
      VARIABLE)
  elseif #keys > 1 then
    fail.usage("there are %d keys; one signs, so name a file with that one by --key-file", #keys)
  elseif not args.expires then
    fail.usage "--expires is missing; say until when, such as --expires +1h"
  end
  local url, message, err = streamctl.aliyun.address.sign {
    url = args.url, key = keys[1], expires = args.expires }
  if not url then fail.call(message, err) end
  invocation.out:value("url", url)
end

return { summary = "Sign addresses for publishing and playing", commands = { sign } }
