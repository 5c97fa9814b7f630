-- `streamctl webhook verify`: verifies a webhook and shows its fields.

local fail = require "streamctl.cli.fail"
local reader = require "streamctl.cli.reader"
local flags = require "streamctl.cli.flags"
local status = require "streamctl.cli.status"
local streamctl = require "streamctl"
local times = require "streamctl.cli.times"

local SECRETS = { zego = "ZEGO_WEBHOOK_SECRET", aliyun = "ALIBABA_CLOUD_WEBHOOK_SECRET" }
local DOMAINS = "ALIBABA_CLOUD_WEBHOOK_DOMAINS"
local MAX = 1048577 -- bytes of a body: one more than the library takes

local verify = {
  name = "verify",
  summary = "Tell whether a webhook is the vendor's, and what it says",
  takes = flags.vendor,
  formats = { "table", "json" },
  description = "Verify a webhook that was received: its body on stdin or in a file, for Alibaba "
    .. "Cloud with its query and headers. The secret is in a file, or in " .. SECRETS.zego .. " or "
    .. SECRETS.aliyun .. ". Without --vendor and flags of Alibaba Cloud it is ZEGOCLOUD's. The "
    .. "status is 0 for a genuine one, else 1. Nothing is sent.",
}

local function age(text)
  if text == "any" then return false end
  local seconds, why = times.duration(text)
  return seconds, why and why .. ", or any"
end

local function header(text)
  local name, value = text:match("^([%w-]+)%s*[:=]%s*(.-)%s*$")
  if not name then return nil, "expected such as 'ALI-LIVE-TIMESTAMP: 1767323045'" end
  return { name = name, value = value }
end

function verify.define(command)
  command:argument("body", "- for stdin, or @FILE; stdin unless there is --query."):args "?"
  command:option("--secret-file", "A file with the secret, or two while it is changed.")
    :argname("FILE"):count "*"
  command:option("--tolerance", "Seconds, or such as 10m, that its time may be before or "
    .. "after now; any for kept ones. 300 unless said.")
    :argname("DURATION"):convert(times.converter("--tolerance", age))
  command:option("--header", "Alibaba Cloud: a header such as 'ALI-LIVE-SIGNATURE: ...'.")
    :argname("'NAME: VALUE'"):count("*"):convert(times.converter("--header", header))
  command:option("--query", "Alibaba Cloud: the query as it came, or NAME=VALUE of it.")
    :argname("QUERY"):count "*"
  command:option("--domain", "Alibaba Cloud: what it may be signed for: an ingest domain, or the "
    .. "host of the webhook's address. " .. DOMAINS .. " unless said."):argname("DOMAIN"):count "*"
  command:option("--kind", "Alibaba Cloud: snapshot, stream_exception or stream_switched.")
    :argname "KIND":choices { "snapshot", "stream_exception", "stream_switched" }
  command:flag("--unsigned", "Alibaba Cloud: without a secret, for what is never signed.")
end

local OF_ALIYUN = { "header", "query", "domain", "kind", "unsigned" }

-- Returns the vendor, which flags of Alibaba Cloud imply.
local function vendor_of(args)
  local vendor = args.vendor or "zego"
  for _, name in ipairs(OF_ALIYUN) do
    local value = args[name]
    local is_set = value and (type(value) ~= "table" or value[1])
    if is_set and args.vendor == "zego" then
      fail.usage("--%s is for webhooks of Alibaba Cloud; ZEGOCLOUD's are signed in the body", name)
    end
    vendor = is_set and "aliyun" or vendor
  end
  return vendor
end

local function secret_of(invocation, vendor)
  local args, variable = invocation.args, SECRETS[vendor]
  if args.unsigned then return nil end
  return reader.secrets(invocation, variable, args.secret_file)
    or fail.usage("there is no secret; name a file by --secret-file, or set %s or %s_FILE%s",
      variable, variable, vendor == "aliyun" and ", or say --unsigned where only what is never "
      .. "signed comes" or "")
end

local function headers_of(args)
  local headers = {}
  for _, pair in ipairs(args.header) do
    local name = pair.name:lower()
    if headers[name] then fail.usage("the header %s is given twice", pair.name) end
    headers[name] = pair.value
  end
  return headers
end

local function domains_of(invocation, secret)
  local domains = invocation.args.domain
  if not domains[1] then domains = reader.words(invocation:environment(DOMAINS) or "") end
  if secret and not domains[1] then
    fail.usage("--domain is missing; name what it may be signed for, or set %s", DOMAINS)
  end
  return domains[1] and domains
end

function verify.run(invocation)
  local args = invocation.args
  local vendor = vendor_of(args)
  local options = { secret = secret_of(invocation, vendor), tolerance = args.tolerance }
  local request = { headers = headers_of(args), query = table.concat(args.query, "&") }
  if args.body or not args.query[1] then
    request.body = reader.named(args.body or "-", MAX)
      or fail.usage("the body is - for stdin or @FILE, got '%s'", args.body)
  end
  if vendor == "aliyun" then
    options.kind, options.unsigned = args.kind, true -- the exit status tells unsigned webhooks
    options.domains = domains_of(invocation, options.secret)
  end
  local event, message, err = streamctl[vendor].webhook.verify(request, options)
  if not event then fail.raise(status.FAILED, message, err) end
  local shown = {}
  for name, value in pairs(event) do shown[name] = value end
  -- fields hold addresses with keys: only JSON shows them, for scripts
  if invocation.out.format == "table" then shown.fields = nil end
  invocation.out:object(shown, { "vendor", "kind", "verified", "time", "domain", "app", "room",
    "stream", "user" })
  if event.verified then return status.OK end
  invocation.say:warn("nothing proves whose it is: the vendor signs no %s", event.kind)
  return status.FAILED
end

return { summary = "Verify webhooks", commands = { verify } }
