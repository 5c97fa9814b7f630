-- Sends webhooks to the edge service as the vendors do. The signatures are made
-- by the openssl command from the documented formulas, not by what verifies them.

local cjson = require "cjson"
local service = require "spec.world.edge.service"
local shell = require "spec.support.emulator.launcher.shell"

local sender = {
  ZEGO_SECRET = "callback-secret-of-zego", NEXT_ZEGO_SECRET = "next-callback-secret-of-zego",
  ALIYUN_SECRET = "CallbackKeyOfAliyun1",
  PART = "part-0123456789abcdef0123456789",
  AUTH_KEY = "1893456000-0-0-5d41402abc4b2a76b9719d911017c592",
}

--- What the service is told, beside what it always is.
sender.SETTINGS = {
  ["zego.webhook_secret_file"] = "zego_webhook",
  ["zego_webhook"] = sender.ZEGO_SECRET .. "\n" .. sender.NEXT_ZEGO_SECRET,
  ["aliyun.webhook_secret_file"] = "aliyun_webhook",
  ["aliyun_webhook"] = sender.ALIYUN_SECRET,
  ["edge.webhook_path_file"] = "webhook_part",
  ["webhook_part"] = "another-part-0123456789, " .. sender.PART,
  ["aliyun.webhook_domains"] = "push.example.com, push2.example.com",
}

local count = 0

local function digest(name, text)
  local out = shell.run(("printf %%s %s | openssl dgst -%s -r"):format(shell.quote(text), name))
  return assert(out:match "^%x+", out)
end

local function merged(given, changes)
  for key, value in pairs(changes or {}) do given[key] = value or nil end
  return given
end

--- A webhook of ZEGOCLOUD, as path and options of `Service:begin`. `changes` are those of the
-- fields, and `secret` and `age` (seconds). Each webhook is another one.
function sender.zego(e, stream, changes)
  count = count + 1
  changes = changes or {}
  local time = os.time() - (changes.age or 0)
  local fields = merged({
    event = "stream_create", appid = ("%.0f"):format(e.app_id), timestamp = tostring(time),
    nonce = tostring(1000 + count), room_id = "room", room_session_id = "858012925204410400",
    user_id = "u", user_name = "u", channel_id = "room", stream_id = stream, stream_alias = stream,
    stream_sid = "s-" .. count, stream_seq = tostring(count), title = "",
    create_time = tostring(time), create_time_ms = tostring(time) .. "000",
  }, changes)
  fields.secret, fields.age = nil, nil
  local parts = { changes.secret or sender.ZEGO_SECRET, fields.timestamp, fields.nonce }
  table.sort(parts)
  fields.signature = changes.signature or digest("sha1", table.concat(parts))
  return "/webhooks/" .. sender.PART .. "/zego", {
    method = "POST", headers = { "Content-Type: application/json" }, body = cjson.encode(fields),
  }
end

--- The same of Alibaba Cloud. `changes` are those of the query, also `secret`, `domain` (that is
-- signed) and `age`.
function sender.aliyun(stream, changes)
  count = count + 1
  changes = changes or {}
  local time = os.time() - (changes.age or 0)
  local query = merged({
    action = "publish", ip = "192.0.2.10", id = stream, app = "push.example.com", appname = "app",
    time = tostring(time + count), node = "node", height = "720", width = "1280",
    usrargs = "auth_key%3D" .. sender.AUTH_KEY .. "%26callback_myid%3D42",
  }, changes)
  local domain = changes.domain or query.app
  query.secret, query.age, query.domain, query.signature = nil, nil, nil, nil
  local words = {}
  for name, value in pairs(query) do words[#words + 1] = name .. "=" .. value end
  local signature = changes.signature
    or digest("md5", ("%s|%d|%s"):format(domain, time, changes.secret or sender.ALIYUN_SECRET))
  return "/webhooks/" .. sender.PART .. "/aliyun?" .. table.concat(words, "&"), {
    headers = { "ALI-LIVE-TIMESTAMP: " .. time, "ALI-LIVE-SIGNATURE: " .. signature },
  }
end

--- How many webhooks ended how, of both vendors; and of those that were refused, why.
function sender.outcomes(n)
  local counts = {}
  for name, value in pairs((service.scrape(n))) do
    local outcome, code = name:match
      '^streamctl_edge_webhooks_total{.*outcome="(%l+)",code="([%l_]+)"'
    if outcome then counts[outcome] = (counts[outcome] or 0) + value end
    if outcome == "refused" then counts[code] = (counts[code] or 0) + value end
  end
  return counts
end

return sender
