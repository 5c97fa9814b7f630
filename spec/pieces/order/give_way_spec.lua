-- A newer call wins: whatever an older one waits for, it gives way to what was made meanwhile for
-- the same resource.

local core = require "streamctl.core"
local helper = require "spec.pieces.helper"
local memory = require "streamctl.store.memory"
local order = require "spec.support.order"
local streamctl = require "streamctl"

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
-- its client.
local MOMENTS = {
  { "is out", 1, function() return nil end },
  { "waits for its slot", 0, function(meanwhile)
    return { rate_limit = 1, on_event = function(event)
      if event.reason == "limit" then meanwhile() end
    end }
  end },
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
  local options = moment[3](meanwhile)
  local answers = { order.DONE[vendor] }
  if moment[2] == 1 then
    table.insert(answers, 1, function()
      if not options then meanwhile() end
      return kind.refused and helper.stopped("connect", false) or order.LOST
    end)
  end
  local client, transport = helper[vendor](helper.script(unpack(answers)),
    order.retrying(store, helper.merged({ rate_limit = 1e6, account = account }, options or {})))
  if options then -- another call has the slot
    assert(client:call(kind[3], another(kind[4]), kind.options))
    transport.requests = {}
  end
  local outcome = { client:call(kind[3], helper.merged(kind[4], { Sequence = kind.own }),
    kind.options) }
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
  assert.equal(before > 0 and not kind.refused, err.maybe_sent)
  assert.is_false(err.retryable or false)
  assert.equal("superseded: a newer call for " .. table.concat(kind[7], ", ")
    .. " was made meanwhile; this one gives way", message:match("^[^(]*way"))
end

for _, kind in ipairs(KINDS) do
  for _, moment in ipairs(MOMENTS) do
    if moment[2] == 1 or not kind.own then
      it("a call for " .. kind[1] .. " gives way when a newer one is made while it " .. moment[1],
        function()
          for _, store in ipairs(order.STORES) do
            check(kind, moment, run(kind, moment, store[2]()))
          end
        end)
    end
  end
end

-- A store whose first answer to a question of this name takes so many seconds.
local function slow(name, seconds)
  local real, asked, store = memory.new(), 0, {}
  for _, method in ipairs { "stamp", "reserve" } do
    store[method] = function(_, ...)
      asked = asked + (method == name and 1 or 0)
      if method == name and asked == 1 then streamctl.sleep(seconds) end
      return real[method](real, ...)
    end
  end
  return store
end

for name, seconds in pairs { stamp = 0.3, reserve = 0.3, ["stamp "] = 1000 } do
  it(("a newer call waits for the older one's answer to %s, which takes %g s, and for 5 s at most")
    :format(name, seconds), function()
      local rtc, transport = helper.zego(nil, { store = slow(name:match "%l+", seconds),
        rate_limit = 100 })
      streamctl.run(function()
        streamctl.spawn(function() rtc:forbid_rtc_stream { StreamId = "a" } end)
        streamctl.sleep(0.05)
        local began = core.monotonic()
        assert(rtc:resume_rtc_streams { StreamId = { "c" } })
        assert.is_true(core.monotonic() - began < 0.1) -- for something else
        assert(rtc:resume_rtc_streams { StreamId = { "b", "a" } })
        assert.is_true(core.monotonic() - began < 5.2)
        if seconds < 5 then
          streamctl.sleep(1)
          local last = transport.requests[#transport.requests]
          assert.same({ "b", "a" }, helper.sent(last, "StreamId[]"))
        end
      end)
    end)
end
