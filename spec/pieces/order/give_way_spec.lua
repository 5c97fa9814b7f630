-- A newer call wins: whatever an older one waits for, it gives way to what was made meanwhile for
-- the same resource.

local core = require "streamctl.core"
local helper = require "spec.pieces.helper"
local memory = require "streamctl.store.memory"
local order = require "spec.support.order"

local unpack = table.unpack or unpack -- luacheck: ignore 113 143

local STREAM = helper.ALIYUN_PARAMS.ResumeLiveStream
local TASK = helper.ALIYUN_PARAMS.StopLivePullToPush
local DESTINATION = helper.merged(helper.ALIYUN_PARAMS.CreateLivePullToPush, {
  DstUrl = "rtmp://dst.example.com/app/s1?auth_key=hush", EndTime = "2099-01-01T00:00:00Z",
})

local function users(name, ...)
  return { AppId = "a", GroupId = "g", OperatorUserId = "o", [name] = { ... } }
end

local ABOUT = { resource = { "Id" }, idempotent = true }

-- What is called, with which parameters; what is called meanwhile; names of what gives way. `rest`:
-- what goes nevertheless; all others go whole or not at all. `refused`: its first attempt is never
-- executed, so that it may be repeated. `own`: a Sequence, which stays until it was sent.
local KINDS = {
  { "RTC streams, some of them,", "zego", "ForbidRTCStreams", { StreamId = { "a", "b", "c", "d" } },
    "ResumeRTCStreams", { StreamId = { "d", "b" } }, { "b", "d" }, rest = { "a", "c" } },
  { "an RTC stream with a Sequence", "zego", "ForbidRTCStreams", { StreamId = { "a", "b" } },
    "ResumeRTCStream", { StreamId = "b" }, { "b" }, rest = { "a" },
    own = helper.NOW * 1000 + 100000 },
  { "a stream", "aliyun", "ResumeLiveStream", STREAM, "ForbidLiveStream",
    helper.merged(STREAM, { DomainName = "PUSH.example.com" }), { "push.example.com/app/s1" } },
  { "a task", "aliyun", "StopLivePullToPush", TASK, "RestartLivePullToPush", TASK,
    { "cn-shanghai/task-1" } },
  { "users of a group", "aliyun", "MuteGroupUser", users("MuteUserList", "u1", "u2"),
    "CancelMuteGroupUser", users("CancelMuteUserList", "u2"), { "a/g/u2" }, refused = true },
  { "an address, which may hold a secret,", "aliyun", "CreateLivePullToPush", DESTINATION,
    "CreateLivePullToPush", DESTINATION, { "this DstUrl" }, refused = true },
  { "what the caller names", "aliyun", "DeleteThing", { Id = { "a", "b" } }, "AddThing",
    { Id = { "b", "c" } }, { "b" }, options = ABOUT },
}

-- When the newer call is made, by `meanwhile`; how often the older one was sent before; options of
-- its client, and its own. `lost`: what came of its first attempt.
local MOMENTS = {
  { "is out", 1, function() return nil end },
  { "waits for its slot", 0, function(_, meanwhile)
    return { rate_limit = 1, on_event = function(event)
      if event.reason == "limit" then meanwhile() end
    end }
  end },
  { "asks for another key, since its own was refused", 1, function(vendor, meanwhile)
    local asked = 0
    local function source()
      asked = asked + 1
      if asked == 2 then meanwhile() end
      return vendor == "zego" and (tostring(asked)):rep(32)
        or { access_key_id = "i" .. asked, access_key_secret = "s" }
    end
    return { [vendor == "zego" and "server_secret" or "credentials"] = source }
  end, lost = {
    zego = helper.response(200, '{"Code":100000005,"Message":"wrong signature"}'),
    aliyun = helper.response(403, '{"Code":"InvalidSecurityToken.Expired","Message":"old"}'),
  } },
  { "asks for a key when its slot has come", 0, function(_, meanwhile)
    local asked = 0
    return { rate_limit = 0.1, credentials = function()
      asked = asked + 1
      if asked == 2 then meanwhile() end
      return { access_key_id = "i", access_key_secret = "s", expires = core.now() + 5 }
    end }
  end, only = "aliyun" },
}

-- The same of something else.
local NAMES = { DstUrl = "rtmp://dst/zz/zz", Id = "zz", MuteUserList = "zz", PlayerId = "zz",
  StreamId = "zz", StreamName = "zz", TaskId = "zz" }

local function another(params)
  local copy = helper.merged(params)
  for name, value in pairs(params) do
    local other = NAMES[name]
    if other then copy[name] = type(value) == "table" and { "zz" } or other end
  end
  return copy
end

helper.stand_still()

-- Makes the older call, and the newer one at the moment. Returns what came of it, and the requests
-- that went out.
local function run(kind, moment, store)
  local vendor, newer = kind[2], nil
  local account = vendor == "aliyun" and "main" or nil
  local other = helper[vendor](nil, { store = store, account = account })
  local function meanwhile()
    newer = newer or assert(other:call(kind[5], kind[6], kind.options))
  end
  local options, call_options = moment[3](vendor, meanwhile)
  local answers = { order.DONE[vendor] }
  if moment[2] == 1 then
    table.insert(answers, 1, function()
      if not options then meanwhile() end
      return moment.lost and moment.lost[vendor]
        or kind.refused and helper.stopped("connect", false) or order.LOST
    end)
  end
  local client, transport = helper[vendor](helper.script(unpack(answers)),
    order.retrying(store, helper.merged({ rate_limit = 1e6, account = account }, options or {})))
  if options and options.rate_limit then -- another call has the slot
    assert(client:call(kind[3], another(kind[4]), kind.options))
    transport.requests = {}
  end
  local outcome = { client:call(kind[3], helper.merged(kind[4], { Sequence = kind.own }),
    helper.merged(kind.options or {}, call_options)) }
  assert.is_truthy(newer)
  return outcome, transport.requests
end

local function check(kind, moment, outcome, requests)
  local before = moment[2]
  local body, message, err = unpack(outcome, 1, 3)
  assert.same(kind[7], (body and body.info or err).superseded, message)
  if kind.rest then
    assert.is_nil(message)
    assert.equal(before + 1, #requests)
    assert.same(kind.rest, helper.sent(requests[#requests], "StreamId[]"))
    return
  end
  assert.same({ "superseded", "superseded", before, before },
    { err.code, err.outcome, err.attempts, #requests })
  assert.equal(before > 0 and not (kind.refused or moment.lost), err.maybe_sent)
  assert.is_false(err.retryable or false)
  assert.equal("superseded: a newer call for " .. table.concat(kind[7], ", ")
    .. " was made meanwhile; this one gives way", message:match("^[^(]*way"))
end

for _, kind in ipairs(KINDS) do
  for _, moment in ipairs(MOMENTS) do
    if (moment[2] == 1 or not kind.own) and (moment.only or kind[2]) == kind[2] then
      it("a call for " .. kind[1] .. " gives way when a newer one is made while it " .. moment[1],
        function()
          for _, store in ipairs(order.STORES) do
            check(kind, moment, run(kind, moment, store[2]()))
          end
        end)
    end
  end
end

describe("a repeat", function()
  it("leaves out streams, and nothing else of the same text", function()
    local store = memory.new()
    local other = helper.zego(nil, { store = store })
    local rtc, transport = order.interrupted("zego", store, function()
      assert(other:resume_rtc_stream { StreamId = "r" })
    end)
    assert(rtc:forbid_rtc_streams({ RoomId = "r", StreamId = { "r", "b", "r" }, X = "r" },
      { validate = false }))
    local params = table.concat(transport.requests[2].params, " ")
    assert.truthy(params:find("RoomId r StreamId[] b X r Sequence", 1, true), params)
  end)
end)
