-- What test_alloc_lua.c runs while memory fails: each scenario returns what it has to return when
-- there is memory, or raises an error or returns nil and a message that says there was none. `URL`
-- and `FILE` come from the test.

local core = require "streamctl.core"
local system = require "streamctl.system"
local engine = require "streamctl.engine"
local streamctl = require "streamctl"
local file = require "streamctl.store.file"
local memory = require "streamctl.store.memory"

local URL, FILE = ...

local scenarios = {}

local function ids(count)
  local list = {}
  for i = 1, count do list[i] = "stream-" .. i end
  return list
end

function scenarios.sign()
  local aliyun = streamctl.aliyun.new {
    access_key_id = "testid", access_key_secret = "the/secret+key 123",
    security_token = "token/token",
  }
  local zego = streamctl.zego.new { app_id = 1234567890, server_secret = ("s"):rep(32),
    is_test = true }
  local how = { nonce = "0123456789abcdef", timestamp = 1767323045 }
  local one = assert(aliyun:sign("ForbidLiveStream",
    { DomainName = "push.example.com", LiveStreamType = "publisher", AppName = "app",
      StreamName = "s\195\164" }, how))
  local other = assert(zego:sign("DescribeRTCStreamState", { StreamId = "stream-1" }, how))
  -- which always rises
  return one.url .. one.headers.Authorization .. other.url:gsub("Sequence=%d+", "")
end

-- A form of the older signature, whose fields are signed too, and a JSON body.
function scenarios.sign_bodies()
  local aliyun = streamctl.aliyun.new { access_key_id = "testid", access_key_secret = "secret",
    signature = "v1" }
  local zego = streamctl.zego.new { app_id = 1234567890, server_secret = ("s"):rep(32) }
  local how = { nonce = "0123456789abcdef", timestamp = 1767323045 }
  local one = assert(aliyun:sign("SendMessageToGroupUsers",
    { AppId = "a", GroupId = "g", OperatorUserId = "u", Type = 1.5, Data = "a\n&b",
      ReceiverIdList = { "x", "y" } }, how))
  local other = assert(zego:sign("StartAutoMix", { TaskId = "t", UserId = "u", RoomId = "r",
    MixOutput = { { StreamId = "s", AudioBitrate = 48 } } }, how))
  return one.url .. one.body .. other.url .. other.body
end

-- Of an empty signer, with secrets; then of one that has some, by what has expired.
function scenarios.renew()
  local signer = assert(core.signer("acs3", { host = "h", version = "v" }))
  local secret = assert(core.secret "the/secret+key 123")
  local token = assert(core.secret "token/token")
  assert(signer:renew { access_key_id = "testid", access_key_secret = secret,
    security_token = token })
  local request = assert(core.request(signer, "PUT", "A", true))
  local _, headers = assert(request:sign("nonce", 1767323045))
  assert(signer:renew { access_key_id = "other", access_key_secret = "other", expires = 1 })
  local _, message = request:sign("nonce", 1767323045)
  return headers.Authorization .. message .. secret:reveal()
end

function scenarios.plain()
  local signer = assert(core.signer("plain", { headers = { "a", "the/secret+key 123" } }))
  local request = assert(core.request(signer, "GET", "/", true))
  local target, headers = assert(request:sign())
  return target .. headers.a
end

function scenarios.spawn()
  local process = assert(system.spawn { "echo", "printed" })
  local text, piece, why = ""
  repeat
    piece, why = process:read()
    if why then return nil, why end
    if piece == "" then core.sleep(0.001) end
    text = text .. (piece or "")
  until not piece
  return text
end

function scenarios.tokens()
  local token = streamctl.zego.token
  return #assert(token.new { app_id = 1, server_secret = ("s"):rep(32), user_id = "u",
    lifetime = 60, mode = "gcm" }) > 100
end

function scenarios.addresses()
  return streamctl.aliyun.address.sign { url = "rtmp://push.example.com/app/s1",
    expires = 1767323045, key = "a key" }
end

function scenarios.webhooks()
  local event = assert(streamctl.zego.webhook.verify(
    '{"event":"stream_create","room_id":"\195\164","timestamp":1470820198,"nonce":"123412",'
    .. '"appid":12345678901234567890,"signature":"5bd59fd62953a8059fb7eaba95720f66d19e4517"}',
    { secret = "secret", tolerance = false }))
  local other = assert(streamctl.aliyun.webhook.verify({
    headers = { ["ALI-LIVE-TIMESTAMP"] = "1767323045",
      ["ALI-LIVE-SIGNATURE"] = "0c620cbc6ef854f63b9b616fa47cebb5" },
    query = "action=publish&id=s1&app=push.example.com&appname=a&time=1767323044",
  }, { secret = "ExampleNotifyKey01", domains = "push.example.com", tolerance = false }))
  return event.key .. other.key
end

function scenarios.refuse()
  local aliyun = streamctl.aliyun.new { access_key_id = "testid", access_key_secret = "secret" }
  local _, message = aliyun:sign("CreateLivePullToPush", { Regio = "cn-shanghai" })
  return message
end

-- The last text is longer than what is written on the stack of C.
function scenarios.decode()
  local decode = require("streamctl.base.json").decode
  local value = assert(decode('{"a":[null,1,{"b":null,"\\n":"x\\ty"}],'
    .. '"c":12345678901234567,"d":"' .. ("\\u6d41"):rep(200) .. '"}'))
  return value.c .. tostring(value.a[2]) .. value.a[3]["\n"] .. value.d
end

-- The engine without the policy above it: submit, step, wait, done, cancel, close.
function scenarios.transfer()
  local results = {}
  local one = assert(engine.new(2))
  local endpoint = assert(engine.endpoint { url = URL, max_response = 100000 })
  local signer = assert(core.signer("zego", { app_id = 1, server_secret = "secret" }))
  for i = 1, 4 do
    local request = assert(core.request(signer, i > 2 and "POST" or "GET", "A", true,
      { "a", "1", "b", "2" }, i > 2 and "body" or nil))
    local id = assert(one:submit(request, endpoint, 20, 20))
    if i == 4 then one:cancel(id) end
  end
  while #results < 4 do
    assert(one:step())
    assert(one:wait(5))
    local id, result = one:next_done()
    while id do
      if result.code ~= "ok" and result.code ~= "cancelled" then return nil, result.message end
      results[#results + 1] = result.body
      id, result = one:next_done()
    end
  end
  one:close()
  table.sort(results)
  return table.concat(results, ";")
end

function scenarios.store()
  local store = assert(file.new(FILE))
  local number, dropped = assert(store:stamp("counter", 1, ids(40)))
  local ok, why, last = store:stamp("counter", 0, nil, nil, true)
  if not ok and not last then return nil, why end
  assert(store:reserve("slot", 1e-9))
  store:close()
  return last == number and #dropped == 0
end

-- A store in memory, which starts small and grows.
function scenarios.memory()
  local store = memory.new()
  local number, dropped
  for i = 1, 3 do
    number, dropped = assert(store:stamp("counter", i, ids(100 * i)))
  end
  for i = 1, 80 do assert(store:reserve("slot" .. i, 1000)) end
  local ok, why, last = store:stamp("counter", 0, nil, nil, true)
  if not ok and not last then return nil, why end
  store:close()
  return last == number and #dropped == 0
end

-- A request that a store reads, and parts of which give way.
function scenarios.stamp_request()
  local signer = assert(core.signer("zego", { app_id = 1, server_secret = "s" }))
  local store = memory.new()
  local make = core.operation { action = "X", method = "GET", sequence = true,
    resource = { "StreamId" },
    params = { { name = "StreamId", wire = "StreamId[]", type = "stream_ids" } } }
  local request, _, short = make({ StreamId = ids(40) }, {}, signer, true)
  if not request then return nil, short end
  assert(store:stamp("z", 1, request))
  assert(store:stamp("z", 2, { "stream-1", "stream-40" }))
  local number, gone = assert(store:stamp("z", 1, request, 1))
  store:close()
  request:stamp(number, gone)
  return number .. table.concat(request:resources(), gone[1] .. gone[2]) .. #request.params
end

local FIELDS = {
  { name = "Ids", wire = "I[]", type = "stream_ids", prefixed = true },
  { name = "Word", type = "text", word = true },
  { name = "List", type = "list", items = "object", style = "json", fields = {
    { name = "K", type = "text", lines = true }, { name = "N", type = "number" },
  } },
  { name = "Map", type = "map" },
  { name = "Region", type = "text", option = "region", query = true },
}

local GIVEN = {
  Ids = ids(40), Map = { A = { "x", { B = ("b"):rep(300) } }, ["C"] = 1.5 },
  List = { { K = "a\nb", N = 0.5 }, { K = ("k"):rep(300) } },
}

-- Operations of all kinds, compiled, and the requests that are made by them.
function scenarios.operations()
  local signer = assert(core.signer("zego", { app_id = 1, server_secret = "s" }))
  local context, shown = { stream_prefix = "p-", from_zero = true, region = "mars" }, {}
  local function try(make, given)
    local request, found, path = make(given, context, signer, true)
    if request == false or found == "memory" then return found end
    if not request then
      shown[#shown + 1] = found .. " " .. path
    else
      shown[#shown + 1] = table.concat(request.params, " ") .. (request.body or "")
        .. table.concat(request:resources() or {}, " ")
    end
  end
  for _, body in ipairs { "none", "form", "json" } do
    for _, open in ipairs { false, true } do
      local make = core.operation { action = "Do", method = "POST", params = FIELDS, body = body,
        open = open, resource = { "Ids", "Word", of = "kind", secret = true } }
      local short = try(make, GIVEN) or try(make, { Ids = { "a", "a b" } })
        or try(make, { Map = { A = { B = { print } } } }) or try(make, { Word = "a b" })
        or try(make, { List = {}, Odd = 1 })
      if short then return nil, short end
    end
  end
  return table.concat(shown, "\n")
end

local client

-- One client for all runs, as in a process that lives on after it was short of memory.
function scenarios.batch()
  client = client or streamctl.zego.new {
    app_id = 1234567890, server_secret = ("s"):rep(32), endpoint = URL, rate_limit = false,
    retry = false, timeout = 20,
  }
  local report = client:batch("ResumeRTCStreams", ids(45), { concurrency = 2 })
  if report.err then return nil, report.err.message end
  for _, result in ipairs(report.results) do
    if not result.ok then return nil, result.message end
  end
  return report.succeeded
end

return scenarios
