-- What fuzz_incoming.c runs: a function that hands some bytes to a reader of webhooks, and
-- throws when something does not hold that must.
--
-- The first byte chooses the reader. Nobody finds a signature by trying, so "@@" stands for the
-- right one.

local core = require "streamctl.core"
local errors = require "streamctl.base.errors"
local json = require "streamctl.base.json"
local of_aliyun = require "streamctl.aliyun.webhook"
local of_zego = require "streamctl.zego.webhook"

local SECRET = "fuzzSecret/0123456789+abcdefghij"
local NOW, NONCE = 1767323045, "5"
core.set_clock(NOW, 1000)
local PUSH, HOOKS = "push.example.com", "hooks.example.com"

-- What must hold of whatever is refused.
local function check_refusal(message, err)
  assert(type(message) == "string" and #message < 4096 and message == err.message, "its message")
  assert(not message:find("[%c\127]") and not message:find(SECRET, 1, true), "what it shows")
  assert(errors.codes[err.code] and err.code ~= "store", "its code")
end

local function check_event(event, vendor)
  assert(event.vendor == vendor and type(event.kind) == "string", "whose, and which")
  assert(type(event.key) == "string" and event.key:find("^%x+$") and #event.key == 40, "its key")
  assert(type(event.fields) == "table" and type(event.verified) == "boolean", "what it says")
  for _, name in ipairs { "stream", "app", "domain", "room", "user" } do
    local text = event[name]
    assert(text == nil or (type(text) == "string" and text ~= "" and json.is_utf8(text)), name)
  end
  assert(event.time == nil or (type(event.time) == "number" and event.time >= 0), "its time")
  local shown = tostring(event)
  assert(#shown < 4096 and not shown:find("[%c\127]") and json.is_utf8(shown), "what it shows")
end

-- ---- webhooks of ZEGOCLOUD ----

local function sign_zego(timestamp, nonce)
  local parts = { SECRET, timestamp, nonce }
  table.sort(parts)
  return core.sha1(table.concat(parts))
end

local function whole(value)
  return type(value) == "number" and ("%.0f"):format(value) or value
end

local function check_zego(event, message, err)
  if not event then return check_refusal(message, err) end
  check_event(event, "zego")
  local found = {}
  for name, value in pairs(event.fields) do found[name:lower()] = value end
  local timestamp = whole(found.timestamp)
  assert(event.verified and math.abs(timestamp - NOW) <= 300, "it is not too old")
  assert(found.signature:lower() == sign_zego(timestamp, whole(found.nonce)), "it is genuine")
end

local function read_zego(text)
  text = text:gsub("@@", sign_zego(tostring(NOW), NONCE))
  check_zego(of_zego.verify(text, { secret = { "another", SECRET } }))
end

-- ---- webhooks of ApsaraVideo Live: a timestamp, a signature, a query, and the body ----

local function sign_aliyun(domain, timestamp)
  return core.md5(domain .. "|" .. timestamp .. "|" .. SECRET, "")
end

local function check_aliyun(headers, unsigned, event, message, err)
  if not event then return check_refusal(message, err) end
  check_event(event, "aliyun")
  local timestamp, signature = headers["ALI-LIVE-TIMESTAMP"], headers["ali-live-signature"]
  if not event.verified then
    assert(unsigned, "nobody has asked for what is not signed")
    assert(event.kind == "pull_to_push" or (event.kind == "record_asked" and not signature
      and not timestamp), "it need not be signed")
    return
  end
  assert(math.abs(tonumber(timestamp) - NOW) <= 300, "it is not too old")
  local of_push = signature:lower() == sign_aliyun(PUSH, timestamp)
  assert(of_push or signature:lower() == sign_aliyun(HOOKS, timestamp), "it is genuine")
  if event.kind == "stream_started" or event.kind == "stream_ended" then
    assert(of_push and event.fields.app:lower() == PUSH, "it is about the domain it was signed for")
  end
end

local function read_aliyun(text)
  local timestamp, signature, query, body = text:match("^([^\n]*)\n?([^\n]*)\n?([^\n]*)\n?(.*)$")
  signature = signature:gsub("@@", sign_aliyun(PUSH, timestamp))
    :gsub("@hooks@", sign_aliyun(HOOKS, timestamp))
  local headers = {
    ["ALI-LIVE-TIMESTAMP"] = timestamp ~= "" and timestamp or nil,
    ["ali-live-signature"] = signature ~= "" and signature or nil,
  }
  for _, unsigned in ipairs { false, true } do
    check_aliyun(headers, unsigned, of_aliyun.verify(
      { headers = headers, query = query, body = body },
      { secret = { "another", SECRET }, domains = { PUSH, HOOKS }, unsigned = unsigned }))
  end
end

local READERS = {
  z = read_zego, a = read_aliyun,
}

return function(text)
  local reader = READERS[text:sub(1, 1)]
  if reader then reader(text:sub(2)) end
end
