-- The order of intents: numbers for attempts, and giving way to newer intents.

local helper = require "spec.unit.helper"
local memory = require "streamctl.store.memory"
local core = require "streamctl.core"
local order = require "streamctl.call.order"

local NOW_MS = helper.NOW * 1000
local CLIENT = { context = {}, account_key = "c", order_key = "c:order", clock_offset = 0 }
local ROW = { action = "ForbidThings", sequence = true, about = { "StreamId", of = "rtc" } }
local QUESTION = helper.merged(ROW, { read = true })

local SIGNER = core.signer("zego", { app_id = 1, server_secret = "s" })

local function request_of(row, wire, body)
  local numbered = row.sequence and row.about or {}
  return core.request(SIGNER, "GET", row.action, true, wire, body, nil, numbered[1], numbered.of)
end

-- A call; or nil, the parameter at fault and why.
local function begin_call(row, params, request)
  local call = { operation = row, params = params, request = request }
  local at_fault, why = order.begin(CLIENT, call, params)
  if at_fault then return nil, at_fault, why end
  return call
end

-- Ours stamps a request where it is; any other gets lists.
local function wrapped(real)
  return {
    stamp = function(_, ...) return real:stamp(...) end,
    latest = function(_, ...) return real:latest(...) end,
  }
end

for kind, wrap in pairs { ours = function(store) return store end, ["a user's own"] = wrapped } do
  describe("a stamp of a store, " .. kind .. ",", function()
    local store

    -- A call's state; `given`: a Sequence of the caller's own.
    local function begin(streams, row, given)
      local wire = { "RoomId", "r" }
      for _, stream in ipairs(streams) do
        wire[#wire + 1], wire[#wire + 2] = "StreamId[]", stream
      end
      if given then wire[#wire + 1], wire[#wire + 2] = "Sequence", given end
      row = row or ROW
      local request = assert(request_of(row, wire))
      return begin_call(row, { StreamId = streams, Sequence = given }, request)
    end

    -- The wire list of an attempt as text; or nil and the failure. `sent`: it is not the first one.
    local function stamp(state, sent)
      local failure = order.stamp(store, state, sent)
      if failure then return nil, failure end
      return table.concat(state.request.params, " ")
    end

    local function at(seconds, wall_step)
      helper.freeze(helper.NOW + seconds + (wall_step or 0), 1000 + seconds)
    end

    before_each(function()
      helper.freeze()
      store = wrap(memory.new())
    end)
    after_each(helper.thaw)

    it("is the time at first, and a new number for each repeat", function()
      local state = begin { "a", "b" }
      for i = 0, 2 do
        assert.equal("RoomId r StreamId[] a StreamId[] b Sequence " .. ("%.0f"):format(NOW_MS + i),
          stamp(state))
      end
      assert.is_nil(state.dropped)
    end)

    it("leaves out the streams that have a newer intent", function()
      local old, new = begin { "a", "b", "c" }, begin { "b" }
      assert(stamp(old))
      assert(stamp(new))
      assert.equal("RoomId r StreamId[] a StreamId[] c Sequence " .. ("%.0f"):format(NOW_MS + 2),
        stamp(old))
      assert.same({ "b" }, old.dropped)
      assert(stamp(begin { "a" }))
      assert.equal("RoomId r StreamId[] c Sequence " .. ("%.0f"):format(NOW_MS + 4), stamp(old))
      assert.same({ "b", "a" }, old.dropped)
    end)

    it("never changes what it gave to the store", function()
      local seen = {}
      local real = store
      store = { stamp = function(_, account, floor, things, ...)
        seen[#seen + 1] = things
        return real:stamp(account, floor, things, ...)
      end }
      local old = begin { "a", "b", "c" }
      assert(stamp(old))
      assert(real:stamp("c", NOW_MS, { "rtc:a", "rtc:c" }))
      assert(stamp(old))
      local all = { "rtc:a", "rtc:b", "rtc:c" }
      assert.same({ all, all }, seen)
      assert.same({ "a", "c" }, old.dropped)
      assert(stamp(old))
      assert.same({ "rtc:b" }, seen[3])
    end)

    it("leaves out streams and nothing else of the same text", function()
      local old = begin { "r", "b" }
      assert(stamp(old))
      assert(stamp(begin { "r" }))
      assert.equal("RoomId r StreamId[] b Sequence " .. ("%.0f"):format(NOW_MS + 2),
        stamp(old, true))
    end)

    it("finds the stream between other parameters, and a Sequence before it", function()
      local wire = { "Sequence", ("%.0f"):format(NOW_MS + 5), "RoomId", "a", "StreamId", "a",
        "UserId", "u", "X", "y" }
      local state = begin_call(ROW, { StreamId = "a", Sequence = wire[2] }, request_of(ROW, wire))
      assert.equal("RoomId a StreamId a UserId u X y Sequence " .. ("%.0f"):format(NOW_MS + 5),
        stamp(state))
      assert.equal(NOW_MS + 5, store:latest("c", "rtc:a"))
    end)

    it("is put into a JSON body, and gives way whole", function()
      local row = helper.merged(ROW, { about = { "Ids", of = "thing" }, body = "json" })
      local function of(ids, wire)
        local request = request_of(row, wire, '{"Ids":["x"]}')
        return begin_call(row, { Ids = ids, Sequence = wire and wire[4] }, request), request
      end
      local old, request = of({ "a", "b" }, { "Q", "q", "Sequence", ("%.0f"):format(NOW_MS + 3) })
      assert.equal("Q q", stamp(old))
      assert.equal('{"Ids":["x"],"Sequence":' .. ("%.0f"):format(NOW_MS + 3) .. "}", request.body)
      assert(stamp((of { "b" })))
      local sent, failure = stamp(old, true)
      assert.is_nil(sent)
      assert.equal("a newer call for b was made meanwhile; this one gives way", failure.text)
    end)

    it("does not give way to what changes something else of the stream", function()
      local transfer = helper.merged(ROW, { about = { "StreamId", of = "transfer" } })
      local old, other = begin { "a" }, begin({ "a" }, transfer)
      assert(stamp(old))
      assert(stamp(other))
      assert(stamp(old, true))
      assert.same({}, { old.dropped, other.dropped })
      assert(stamp(begin({ "a" }, transfer)))
      assert.equal("a", select(2, stamp(other, true)).text:match("newer call for (%w+) was"))
    end)

    it("goes with the streams that are left, again and again", function()
      local ids = {}
      for i = 1, 20 do ids[i] = "s" .. i end
      local old = begin(ids)
      assert(stamp(old))
      for i = 1, 19 do
        assert(stamp(begin { "s" .. 20 - i + 1 }))
        local line = assert(stamp(old, true))
        assert.equal(20 - i, select(2, line:gsub("StreamId%[%] ", "")))
        assert.equal(i, #old.dropped)
      end
      assert.truthy(assert(stamp(old, true)):find("StreamId[] s1 Sequence", 1, true))
    end)

    it("is refused when every stream has a newer intent", function()
      local old = begin { "a", "b" }
      assert(stamp(old))
      assert(stamp(begin { "a", "b" }))
      local params, failure = stamp(old, true)
      assert.is_nil(params)
      assert.equal("superseded", failure.code)
      assert.equal("a newer call for a, b was made meanwhile; this one gives way", failure.text)
      assert.equal(NOW_MS + 1, store:latest("c")) -- no number was taken
    end)

    it("is sure of newer intents for 50 seconds, since stores forget after 60", function()
      for seconds, is_sure in pairs { [1] = true, [49] = true, [51] = false, [61] = false,
        [3600] = false } do
        for _, sent in ipairs { true, false } do
          store = memory.new()
          at(0)
          local state = begin { "a" }
          assert(stamp(state))
          at(seconds)
          state.failure = sent and { code = "http" } or nil
          local params, failure = stamp(state, sent)
          assert.equal(is_sure, params ~= nil, seconds)
          if not is_sure then assert.equal(sent and "http" or "cancelled", failure.code) end
        end
      end
    end)

    it("counts the 50 seconds from the last number, not from the first", function()
      local state = begin { "a" }
      for seconds = 0, 160, 40 do
        at(seconds)
        assert.is_string(stamp(state, true), seconds)
      end
    end)

    it("is sure of them also when the wall clock was set by some seconds", function()
      for _, step in ipairs { -40, -6, 6, 40 } do
        store = memory.new()
        at(0)
        local old, alone = begin { "a" }, begin { "b" }
        assert(stamp(old))
        assert(stamp(alone))
        at(1)
        assert(stamp(begin { "a" }))
        at(2, step)
        local params, failure = stamp(old, true)
        assert.is_nil(params, step)
        assert.same({ "superseded", { "a" } }, { failure.code, old.dropped })
        assert.is_string(stamp(alone, true), step)
      end
    end)

    it("is refused for a repeat when the wall clock was set, by which stores forget", function()
      for _, step in ipairs { -3600, -61, 61, 3600 } do
        store = memory.new()
        at(0)
        local old = begin { "a" }
        assert(stamp(old))
        at(1, step)
        old.failure = { code = "http" }
        local params, failure = stamp(old, true)
        assert.is_nil(params, step)
        assert.equal("http", failure.code)
        assert.equal("; not sent again, because the clock was set, so nobody knows whether a newer "
          .. "call was made", failure.more)
      end
    end)

    it("goes on when the clock is set before anything was sent", function()
      for _, step in ipairs { -3600, -61, 61, 3600 } do
        store = memory.new()
        at(0)
        local waiting = begin { "a" }
        assert(stamp(waiting))
        at(1, step)
        assert.is_string(stamp(waiting, false), step)
        at(2, step)
        local newer = begin { "a" }
        assert(stamp(newer))
        assert.is_nil(stamp(waiting, true), step)
      end
    end)

    it("never gives way to a question", function()
      local old = begin { "a" }
      assert(stamp(old))
      assert(stamp(begin({ "a" }, QUESTION)))
      assert.is_string(stamp(old, true))
      assert.is_nil(old.dropped)
    end)

    it("of the user's own is exact at first, and a new number for a repeat", function()
      local state = begin({ "a" }, ROW, ("%.0f"):format(NOW_MS + 500))
      assert.equal("RoomId r StreamId[] a Sequence " .. ("%.0f"):format(NOW_MS + 500), stamp(state))
      assert.equal("RoomId r StreamId[] a Sequence " .. ("%.0f"):format(NOW_MS + 501),
        stamp(state, true))
      local _, failure = stamp(begin({ "a" }, ROW, "7"))
      assert.equal("invalid_parameter", failure.code)
      assert.truthy(failure.text:find("Sequence 7 is not above " .. ("%.0f"):format(NOW_MS + 501)
        .. ", the last one", 1, true))
    end)

    it("cannot be taken for what is no number, or for too many things", function()
      for _, given in ipairs { "0", "1.5", "x", "9007199254740992", "nan" } do
        local made, message = request_of(ROW, { "StreamId", "a", "Sequence", given })
        assert.is_nil(made)
        assert.equal("invalid_parameter: Sequence must be a whole number from 1 to 2^53 - 1",
          message)
      end
      local many = {}
      for i = 1, 1000 do many[i] = "s" .. i end
      local without = { action = "X", about = { "StreamId" } }
      assert.is_string(stamp(begin(many)))
      assert.is_nil(order.stamp(store, begin(many, without), false))
      many[1001] = "s1001"
      local wire = {}
      for i, id in ipairs(many) do wire[2 * i - 1], wire[2 * i] = "StreamId[]", id end
      local made, message = request_of(ROW, wire)
      assert.is_nil(made)
      assert.equal("invalid_parameter: StreamId names more than 1000 things", message)
      local state, at_fault, why = begin(many, without)
      assert.is_nil(state)
      assert.same({ "StreamId", "names more than 1000 things" }, { at_fault, why })
    end)

    it("that the store does not give is a failure of its own", function()
      local failure = order.stamp({ stamp = function() return nil, "disk full" end }, begin { "a" },
        false)
      assert.same({ "store", "the store gives no Sequence: disk full", true },
        { failure.code, failure.text, failure.retryable })
    end)

    it("has an end at 2^53", function()
      assert.is_string(stamp(begin({ "a" }, ROW, "9007199254740991")))
      local params, failure = stamp(begin { "b" })
      assert.is_nil(params)
      assert.equal("invalid_parameter", failure.code)
    end)

    it("is for calls that change something, and for questions that carry a Sequence", function()
      assert.is_nil(begin_call({ action = "X" }, {}).account)
      assert.is_nil(begin_call({ about = { "A" }, read = true }, { A = "a" }).account)
      assert.equal("c:order", begin_call({ about = { "A" } }, { A = "a" }).account)
      assert.equal("c", begin({ "a" }, QUESTION).account)
    end)
  end)
end

-- Calls that carry no Sequence: what is done and undone, and what it is about.
local STREAM = helper.ALIYUN_PARAMS.ResumeLiveStream
local TASK = helper.ALIYUN_PARAMS.StopLivePullToPush

local PAIRS = {
  { "aliyun", "ForbidLiveStream", "ResumeLiveStream", STREAM, "push.example.com/app/s1" },
  { "aliyun", "ResumeLiveStream", "ForbidLiveStream", STREAM, "push.example.com/app/s1" },
  { "aliyun", "StopLivePullToPush", "RestartLivePullToPush", TASK, "cn-shanghai/task-1" },
  { "aliyun", "StopLivePullToPush", "DeleteLivePullToPush", TASK, "cn-shanghai/task-1" },
  { "aliyun", "DeleteLivePullToPush", "UpdateLivePullToPush", TASK, "cn-shanghai/task-1" },
  { "zego", "ForbidCDNLiveStream", "ResumeCDNLiveStream", { StreamId = "s1" }, "s1" },
  { "zego", "ResumeCDNLiveStream", "ForbidCDNLiveStream", { StreamId = "s1" }, "s1" },
}

describe("a repeat of", function()
  before_each(function() helper.freeze() end)
  after_each(helper.thaw)

  for _, pair in ipairs(PAIRS) do
    local vendor, older, newer, params, name = pair[1], pair[2], pair[3], pair[4], pair[5]

    it(older .. " gives way to a newer " .. newer .. " of the same thing", function()
      local store = memory.new()
      local other, sent = helper[vendor](nil, { store = store }), nil
      local client, transport = helper[vendor](function()
        sent = assert(other:call(newer, params))
        return helper.stopped("timeout", true)
      end, { store = store, retry = {} })
      local body, message, err = client:call(older, params)
      assert.is_nil(body)
      assert.is_table(sent)
      assert.same({ "superseded", 1, true, { name } },
        { err.code, err.attempts, err.maybe_sent, err.superseded })
      assert.truthy(message:find("a newer call for " .. name .. " was made meanwhile", 1, true),
        message)
      assert.equal(1, #transport.requests)
      assert.same({}, helper.sent(transport.requests[1], "Sequence"))
    end)

    if vendor == "zego" then
      it(older .. " goes on when the newer " .. newer .. " was of another environment", function()
        local store = memory.new()
        local other = helper.zego(nil, { is_test = true, store = store })
        local client, transport = helper.zego(helper.script(function()
          assert(other:call(newer, params))
          return helper.stopped("timeout", true)
        end, helper.response(200, helper.SUCCESS.zego)), { store = store, retry = {} })
        assert(client:call(older, params))
        assert.equal(2, #transport.requests)
      end)
    else
      it(older .. " gives way to a newer " .. newer .. " with another key, too", function()
        for _, options in ipairs { { access_key_id = "another" }, { account = "main" } } do
          options.store = memory.new()
          local other = helper.aliyun(nil, options)
          local client, transport = helper.aliyun(function()
            assert(other:call(newer, params))
            return helper.stopped("timeout", true)
          end, { store = options.store, retry = {} })
          local _, _, err = client:call(older, params)
          assert.same({ "superseded", 1 }, { err.code, #transport.requests })
        end
      end)
    end
  end

  it("an action without a row gives way where the caller says what it is about", function()
    for about, code in pairs { [{ "Id" }] = "superseded", [{ "Other" }] = "timeout" } do
      local store = memory.new()
      local other = helper.aliyun(nil, { store = store })
      local live = helper.aliyun(function()
        assert(other:call("AddLiveThing", { Id = { "b", "c" } }, { about = { "Id" } }))
        return helper.stopped("timeout", true)
      end, { store = store, retry = {} })
      local _, _, err = live:call("DeleteLiveThing", { Id = { "a", "b" }, Other = 1 },
        { about = about, idempotent = true })
      assert.equal(code, err.code)
      if code == "superseded" then assert.same({ "b" }, err.superseded) end
    end
  end)
end)

describe("intents of calls without a Sequence", function()
  before_each(function() helper.freeze() end)
  after_each(helper.thaw)

  it("leave the caller's own Sequences alone", function()
    local rtc = helper.zego()
    assert(rtc:forbid_cdn_live_stream { StreamId = "s" })
    assert(rtc:resume_rtc_stream { StreamId = "s", Sequence = 5 })
    assert(rtc:resume_cdn_live_stream { StreamId = "s" })
    assert(rtc:resume_rtc_stream { StreamId = "s", Sequence = 6 })
  end)

  it("are not those of what is only signed or looked at", function()
    local store = memory.new()
    local other = helper.aliyun(nil, { store = store })
    local live = helper.aliyun(helper.script(function()
      assert(other:sign("ResumeLiveStream", STREAM))
      assert(other:resume_live_stream(STREAM, { dry_run = true }))
      return helper.stopped("timeout", true)
    end, helper.response(200, helper.SUCCESS.aliyun)), { store = store, retry = {} })
    assert(live:forbid_live_stream(STREAM))
  end)

  it("of an action without a row are shared by keys that are told to be of one account", function()
    for account, code in pairs { main = "superseded", other = "timeout" } do
      local store, about = memory.new(), { about = { "Id" }, idempotent = true }
      local other = helper.aliyun(nil,
        { store = store, access_key_id = "second", account = account })
      local live = helper.aliyun(function()
        assert(other:call("StartThing", { Id = "1" }, about))
        return helper.stopped("timeout", true)
      end, { store = store, retry = {}, account = "main" })
      local _, _, err = live:call("StopThing", { Id = "1" }, about)
      assert.equal(code, err.code)
    end
  end)

  it("know domains in any case, also in a batch", function()
    local shouted = helper.merged(STREAM, { DomainName = "Push.EXAMPLE.com" })
    for _, pair in ipairs { { STREAM, shouted }, { shouted, STREAM } } do
      local store = memory.new()
      local other = helper.aliyun(nil, { store = store })
      local live, transport = helper.aliyun(function()
        assert(other:resume_live_stream(pair[2]))
        return helper.stopped("timeout", true)
      end, { store = store, retry = {} })
      local _, _, err = live:forbid_live_stream(pair[1])
      assert.same({ "superseded", 1 }, { err.code, #transport.requests })
      assert.same({ pair[1].DomainName }, helper.sent(transport.requests[1], "DomainName"))
    end
    local out, most = 0, 0
    local live = helper.aliyun(function()
      out = out + 1
      most = math.max(most, out)
      require("streamctl").sleep(0.01)
      out = out - 1
      return helper.response(200, helper.SUCCESS.aliyun)
    end, { store = memory.new() })
    assert.equal(4, live:batch("ForbidLiveStream", { STREAM, shouted, STREAM, shouted }).succeeded)
    assert.equal(1, most)
  end)

  it("tell streams whose names differ in case apart", function()
    local store = memory.new()
    local other = helper.aliyun(nil, { store = store })
    local live = helper.aliyun(helper.script(function()
      assert(other:resume_live_stream(helper.merged(STREAM, { StreamName = "S1" })))
      return helper.stopped("timeout", true)
    end, helper.response(200, helper.SUCCESS.aliyun)), { store = store, retry = {} })
    assert(live:forbid_live_stream(STREAM))
  end)

  it("need a store that answers", function()
    local live, transport = helper.aliyun(nil, { store = {
      stamp = function() return nil, "disk full" end, reserve = function() return 0 end,
    } })
    local _, message, err = live:forbid_live_stream(STREAM)
    assert.equal("store: the store gives no order: disk full (ForbidLiveStream)", message)
    assert.same({ "store", 0, 0 }, { err.code, err.attempts, #transport.requests })
    assert(live:describe_live_streams_block_list { DomainName = "d" })
  end)
end)

describe("a repeat of forbid", function()
  it("does not undo a resume that was made while it waited", function()
    helper.freeze()
    finally(helper.thaw)
    local store, resumed = memory.new(), nil
    local other = helper.zego(nil, { store = store })
    local rtc, transport = helper.zego(function()
      resumed = assert(other:resume_rtc_stream { StreamId = "s1" })
      return helper.stopped("timeout", true)
    end, { store = store, retry = {} })
    local body, message, err = rtc:forbid_rtc_stream { StreamId = "s1" }
    assert.is_nil(body)
    assert.same({ "superseded", "cancelled", 1, true },
      { err.code, err.kind, err.attempts, err.maybe_sent })
    assert.truthy(message:find("^superseded: a newer call for s1 "))
    assert.same({ "s1" }, err.superseded)
    assert.equal(0, resumed.Code)
    assert.equal(1, #transport.requests)
  end)

  it("goes on for the other streams, and the answer names those that gave way", function()
    helper.freeze()
    finally(helper.thaw)
    local store = memory.new()
    local other = helper.zego(nil, { store = store })
    local sent = {}
    local script = helper.script(function()
      assert(other:resume_rtc_stream { StreamId = "s1" })
      return helper.stopped("timeout", true)
    end, helper.response(200, helper.SUCCESS.zego))
    local rtc = helper.zego(function(request)
      sent[#sent + 1] = { params = request.params }
      return script()
    end, { store = store, retry = {} })
    local body = assert(rtc:forbid_rtc_streams { StreamId = { "s1", "s2" } })
    assert.same({ "s1" }, body.superseded)
    assert.same({ "s1", "s2" }, helper.sent(sent[1], "StreamId[]"))
    assert.same({ "s2" }, helper.sent(sent[2], "StreamId[]"))
    assert.is_true(tonumber(helper.sent(sent[2], "Sequence")[1]) > tonumber(helper.sent(sent[1],
      "Sequence")[1]) + 1)
  end)
end)

describe("the order of calls of Alibaba Cloud", function()
  before_each(function() helper.freeze() end)
  after_each(helper.thaw)

  it("is that of each domain, whatever a client was asked about before", function()
    local store = memory.new()
    local live = helper.aliyun(nil, { store = store })
    for _, domain in ipairs { "One.example.com", "two.example.com", "One.example.com" } do
      assert(live:forbid_live_stream { DomainName = domain, AppName = "a", StreamName = "s",
        LiveStreamType = "publisher" })
    end
    assert.equal(NOW_MS + 1, store:latest("aliyun:one.example.com:order"))
    assert.equal(NOW_MS, store:latest("aliyun:two.example.com:order"))
  end)
end)
