-- What the unit specs share: clients whose transport answers from a table and sends nothing, and a
-- clock that stands still. The clients make one attempt and are not paced, unless a spec wants it.

local assert = require "luassert"
local busted = require "busted"
local core = require "streamctl.core"
local memory = require "streamctl.store.memory"
local requests = require "spec.support.requests"
local transports = require "streamctl.transport"

local helper = {}

helper.ACCESS_KEY_ID = "LTAI5tUnitTestKeyId"
helper.ACCESS_KEY_SECRET = "unitTestSecret/0123456789+abc=="
helper.SECURITY_TOKEN = "CAIS+unit/token/0123456789=="
helper.APP_ID = 1234567890
helper.SERVER_SECRET = "9193cc662a4c0ec135ec71fb57194b38"

-- 2026-01-02T03:04:05Z
helper.NOW = 1767323045

--- Answers every operation of the vendor takes for a success.
helper.SUCCESS = {
  aliyun = '{"RequestId":"R-1","RetCode":0,"TaskId":"t-1","TaskList":[],"StreamUrls":{},'
    .. '"OnlineInfo":{}}',
  zego = '{"Code":0,"Message":"success","RequestId":"8313355725069553069","Data":null}',
}

--- A whole response, as a transport hands it back.
function helper.response(status, body, headers)
  return { code = "ok", http_status = status, headers = headers or "", body = body,
    maybe_sent = true }
end

-- Transports of the specs answer as the library's own do, which tells more than callers' can.
local ours = setmetatable({}, { __mode = "k" })
local open = transports.open
function transports.open(endpoint, options)
  local chosen = options.transport
  return ours[chosen] and { endpoint = endpoint, transport = chosen }
    or open(endpoint, options)
end

--- Has a transport of a spec answer as the library's own.
function helper.ours(transport)
  ours[transport] = true
  return transport
end

--- A transport that answers with `answer` (a result, or a function that makes one) and keeps what
-- was to be sent, with `limits` and `origin`.
function helper.transport(answer)
  local transport = helper.ours { requests = {} }
  function transport.send(self, request, limits, deadline, loop, origin)
    local seen = requests.seen(request)
    seen.limits, seen.origin = limits, origin
    self.requests[#self.requests + 1] = seen
    if type(answer) == "function" then return answer(request, deadline, loop) end
    return answer
  end
  return transport
end

--- A copy of `params` with some replaced.
function helper.merged(params, changes)
  local copy = {}
  for _, set in ipairs { params, changes or {} } do
    for name, value in pairs(set) do copy[name] = value end
  end
  return copy
end

--- A client of Alibaba Cloud and its transport.
function helper.aliyun(answer, options)
  local transport = helper.transport(answer or helper.response(200, helper.SUCCESS.aliyun))
  local has_key = not (options and options.credentials)
  return require("streamctl.aliyun").new(helper.merged({
    access_key_id = has_key and helper.ACCESS_KEY_ID or nil,
    access_key_secret = has_key and helper.ACCESS_KEY_SECRET or nil,
    transport = transport, retry = false, rate_limit = false,
  }, options)), transport
end

--- A client of ZEGOCLOUD, with a store of its own, and its transport.
function helper.zego(answer, options)
  local transport = helper.transport(answer or helper.response(200, helper.SUCCESS.zego))
  return require("streamctl.zego").new(helper.merged({
    app_id = helper.APP_ID, server_secret = helper.SERVER_SECRET, transport = transport,
    store = memory.new(), retry = false, rate_limit = false,
  }, options)), transport
end

--- A transport's answer that runs through a list: one entry for each request, the last one for all
-- that follow.
function helper.script(...)
  local list, at = { ... }, 0
  return function(...)
    at = math.min(at + 1, #list)
    if type(list[at]) == "function" then return list[at](...) end
    return list[at]
  end
end

--- A success of each vendor.
helper.OK = {
  aliyun = helper.response(200, helper.SUCCESS.aliyun),
  zego = helper.response(200, helper.SUCCESS.zego),
}

--- What a transport hands back when no whole response came.
function helper.stopped(code, maybe_sent, more)
  return helper.merged({ code = code, message = "what happened", maybe_sent = maybe_sent }, more)
end

--- Has core.random answer `value` until `finally` or after_each calls the function that is
-- returned.
function helper.stub_random(value)
  local real = core.random
  core.random = function() return value end
  return function() core.random = real end
end

--- The values a request carries under a name, in order.
function helper.sent(request, name)
  local values = {}
  for i = 1, #request.params, 2 do
    if request.params[i] == name then values[#values + 1] = request.params[i + 1] end
  end
  return values
end

--- What a request carries, by name.
function helper.wire(request)
  local values = {}
  for i = 1, #request.params, 2 do values[request.params[i]] = request.params[i + 1] end
  return values
end

--- The ids "s1" or `first` to `last`, as a list.
function helper.ids(last, first)
  local list = {}
  for i = first or 1, last do list[#list + 1] = "s" .. i end
  return list
end

--- Parameters for streams of these names, as a list.
function helper.streams(...)
  local list = {}
  for i, name in ipairs { ... } do
    list[i] = helper.merged(helper.ALIYUN_PARAMS.ResumeLiveStream, { StreamName = name })
  end
  return list
end

--- What came of each item of a batch: "ok" or the code of its error.
function helper.codes(report)
  local list = {}
  for i, result in ipairs(report.results) do list[i] = result.ok and "ok" or result.err.code end
  return list
end

--- How often each item is in a list.
function helper.count(items)
  local counts = {}
  for _, item in ipairs(items) do counts[item] = (counts[item] or 0) + 1 end
  return counts
end

--- A copy of `params` without one.
function helper.without(params, name)
  local copy = helper.merged(params)
  copy[name] = nil
  return copy
end

function helper.freeze(wall, monotonic) core.set_clock(wall or helper.NOW, monotonic or 1000) end

function helper.thaw() core.set_clock() end

--- Has time stand still in each test of this block, and chance, where its value is given.
function helper.stand_still(chance)
  local restore
  busted.before_each(function()
    helper.freeze()
    restore = chance and helper.stub_random(chance)
  end)
  busted.after_each(function()
    if restore then restore() end
    helper.thaw()
  end)
end

--- Parameters with which every operation of Alibaba Cloud passes.
local TASK = { Region = "cn-shanghai", TaskId = "task-1" }
local STREAM = { DomainName = "push.example.com", LiveStreamType = "publisher", AppName = "app",
  StreamName = "s1" }

helper.ALIYUN_PARAMS = {
  CreateLivePullToPush = {
    DstUrl = "rtmp://dst.example.com/app/s1", StartTime = "2026-01-03T00:00:00Z",
    EndTime = "2026-01-04T00:00:00Z", Region = "cn-shanghai", SourceType = "vod",
    SourceUrls = { "media-1" },
  },
  DeleteLivePullToPush = TASK, DescribeLivePullToPush = TASK, RestartLivePullToPush = TASK,
  StopLivePullToPush = TASK, UpdateLivePullToPush = TASK,
  DescribeLivePullToPushList = { Region = "cn-shanghai" },
  DescribeLiveStreamsBlockList = { DomainName = "play.example.com" },
  DescribeLiveStreamsOnlineList = { DomainName = "play.example.com" },
  ForbidLiveStream = STREAM, ResumeLiveStream = STREAM,
}

--- The same for ZEGOCLOUD.
helper.ZEGO_PARAMS = {
  DescribeRTCStreamState = { StreamId = "s1" }, ForbidRTCStream = { StreamId = "s1" },
  ResumeRTCStream = { StreamId = "s1" }, ForbidRTCStreams = { StreamId = { "s1", "s2" } },
  ResumeRTCStreams = { StreamId = { "s1", "s2" } }, ForbidCDNLiveStream = { StreamId = "s1" },
  ResumeCDNLiveStream = { StreamId = "s1" }, QueryForbidCDNLiveStream = { Vendor = "ws" },
}

--- Calls once, in vain: "code vendor_code request_id" of the error, "-" where it has none, with
-- "again" if the call may go again and "maybe" if it may have been executed; and the message.
function helper.verdict(client, action, params, options)
  local body, message, err = client:call(action, params or {}, options)
  assert(not body and err.attempts == 1 and err.operation == action
    and err.outcome == require("streamctl.base.errors").outcome_of(err), message)
  local words = { err.code, tostring(err.vendor_code or "-"), err.request_id or "-" }
  if err.retryable then words[#words + 1] = "again" end
  if err.maybe_sent then words[#words + 1] = "maybe" end
  return table.concat(words, " "), message
end

--- The text of all that a failing call hands back: message and every field of err.
function helper.everything(message, err)
  local texts = { message }
  for name, value in pairs(err) do texts[#texts + 1] = name .. "=" .. tostring(value) end
  return table.concat(texts, "\n")
end

-- Makes a function that asserts what a refused call returned, and returns its error. `place` begins
-- the message's text; neither message nor error shows the secrets behind it.
function helper.refuser(vendor, place, ...)
  local secrets = { ... }
  return function(code, why, answer, message, err)
    assert.is_nil(answer)
    assert.same({ code, vendor }, { err.code, err.vendor }, message)
    assert.equal(1, message:find(code .. ": " .. place, 1, true), message)
    assert.truthy(message:find(why, 1, true), message)
    assert.is_true(#message < 4096)
    local all = helper.everything(message, err)
    for _, secret in ipairs(secrets) do assert.is_nil(all:find(secret, 1, true), all) end
    return err
  end
end

-- Asserts that a function throws at one of its own lines, and returns the text behind the place.
function helper.thrown(call)
  local ok, thrown = pcall(call)
  assert.is_false(ok, "nothing was thrown")
  local where, source, line, text = debug.getinfo(call, "S"), tostring(thrown):match(
    "^(.-):(%d+): (.*)$")
  assert.equal(where.short_src, source, thrown)
  line = tonumber(line)
  assert.is_true(line >= where.linedefined and line <= where.lastlinedefined, thrown)
  assert.is_true(#thrown < 4096)
  return text
end

-- The same, where `why` is in the text, and the secret is not.
function helper.throws(why, call, secret)
  local text = helper.thrown(call)
  assert.truthy(text:find(why, 1, true), text)
  assert.is_nil(secret and text:find(secret, 1, true))
end

return helper
