-- `streamctl token new|read`: makes and reads tokens for apps of ZEGOCLOUD.

local fail = require "streamctl.cli.fail"
local reader = require "streamctl.cli.reader"
local flags = require "streamctl.cli.flags"
local json = require "streamctl.base.json"
local status = require "streamctl.cli.status"
local streamctl = require "streamctl"
local times = require "streamctl.cli.times"

local MAX = 65540 -- bytes of a token: a little more than the library takes

local new = {
  name = "new",
  summary = "Make a token for a user of an app",
  takes = flags.account,
  formats = { "table", "json" },
  description = "Make a token of version 04, which an app hands to loginRoom, renewToken or ZIM's "
    .. "login. AppId and ServerSecret are those of the account. Nothing is sent.",
}

function new.define(command)
  command:argument("USER_ID", "The id that the app logs in with."):target "user"
  command:option("--lifetime", "How long it is valid: 1h unless said."):argname("DURATION")
    :convert(times.converter("--lifetime", times.duration))
  command:option("--mode", "gcm finds every change of a token; cbc is what all packages of the "
    .. "vendor read. cbc unless said."):argname "MODE":choices { "cbc", "gcm" }
  command:option("--room", "A room: the token admits to it, and to no other."):argname "ROOM"
  command:flag("--publish", "The token may publish in the room as well.")
  command:option("--stream", "The token may publish this stream alone."):argname("STREAM_ID")
    :count "*"
  command:option("--payload", "JSON text of your own, instead of a room."):argname "JSON"
end

local function privileges_of(args)
  if (args.publish or args.stream[1]) and not args.room then
    fail.usage "--publish and --stream are about a room; name it by --room"
  elseif args.stream[1] and not args.publish then
    fail.usage "--stream is about publishing; say --publish as well"
  elseif args.room and args.payload then
    fail.usage "--payload is instead of --room; give one of them"
  end
  return args.room and { room_id = args.room, publish = args.publish or false,
    streams = args.stream[1] and args.stream or nil }
end

local function account_of(invocation)
  return invocation:account { vendor = "zego", only = "tokens are for ZEGOCLOUD's apps",
    store = false }
end

function new.run(invocation)
  local args = invocation.args
  local options = { user_id = args.user, lifetime = args.lifetime or 3600, mode = args.mode,
    payload = args.payload, privileges = privileges_of(args) }
  local token, message, err = account_of(invocation).client:token(options)
  if not token then fail.call(message, err) end
  invocation.out:value("token", token)
end

local read = {
  name = "read",
  summary = "Show what a token says, also when it has ended",
  takes = flags.account,
  formats = { "table", "json" },
  description = "Show what a token says, also one that has ended. It comes from stdin or a file, "
    .. "since it lets in whoever has it and others see command lines. Nothing is sent.",
}

function read.define(command)
  command:argument("token", "- for stdin, or @FILE; stdin unless said."):args "?"
end

function read.run(invocation)
  local text = reader.named(invocation.args.token or "-", MAX)
    or fail.usage("a token lets in whoever has it, and others see command lines; give it on "
      .. "stdin, or as @FILE")
  local account = account_of(invocation)
  local token, message, err =
    streamctl.zego.token.read(text:match "^%s*(.-)%s*$", account:server_secret())
  if not token then fail.raise(status.FAILED, message, err) end
  token.ended = os.time() > token.expires
  token.expires, token.created = times.text(token.expires), times.text(token.created)
  token.privileges = token.payload and json.decode(token.payload) or nil
  invocation.out:object(token)
end

return { summary = "Make and read tokens for ZEGOCLOUD's apps", commands = { new, read } }
