-- Calls that share a request, with the option `share_requests`.

local core = require "streamctl.core"
local helper = require "spec.pieces.helper"
local memory = require "streamctl.store.memory"
local sharing = require "spec.support.sharing"
local pick = require "streamctl.loop.pick"

local OK, response = helper.OK.zego, helper.response
local client, together, resume, kick = sharing.client, sharing.together, sharing.resume,
  sharing.kick
local codes, ids_of, sizes, RTT = sharing.codes, sharing.ids_of, sharing.sizes, sharing.RTT

helper.stand_still(0.5)

describe("calls that share requests", function()
  it("take the ids of all that wait along", function()
    local rtc, transport = client()
    local calls, start = {}, core.monotonic()
    for i = 1, 300 do calls[i] = resume(rtc, { "a" .. i, "b" .. i }) end
    local list = together(calls)
    local seen = {}
    for _, request in ipairs(transport.requests) do
      for _, id in ipairs(ids_of(request)) do seen[#seen + 1] = id end
    end
    assert.same({ 2, 20, 31, 600 },
      { sizes(transport)[1], sizes(transport)[2], #transport.requests, #seen })
    for _, count in pairs(helper.count(seen)) do assert.equal(1, count) end
    for i, result in ipairs(list) do
      assert.is_nil(result.body.info.superseded)
      for k = 1, i - 1 do assert.not_equal(list[k].body, result.body) end
    end
    -- 30 slots after the first, and the last answer; without `share_requests` 15 s
    local ideal = 30 / 20
    assert.is_true(core.monotonic() - start <= 1.1 * ideal)
    assert.is_true(list[1].took < 0.05, "the first call goes at once")
  end)

  it("leave what does not fit to the next request", function()
    local rtc, transport = client()
    local calls = { resume(rtc, { "x" }) }
    for i = 1, 8 do calls[i + 1] = resume(rtc, { "a" .. i, "b" .. i, "c" .. i }) end
    table.insert(calls, 5, resume(rtc, helper.ids(20)))
    together(calls)
    assert.same({ 1, 18, 20, 6 }, sizes(transport))
  end)

  it("wait no longer than alone", function()
    for _, shares in ipairs { true, false } do
      local rtc, transport = client(nil, { share_requests = shares })
      local calls = { resume(rtc, { "x" }), resume(rtc, { "y" }), { 0.3, resume(rtc, { "z" }) } }
      local list = together(calls)
      assert.same({ 1, 1, 1 }, sizes(transport))
      for i, most in ipairs { RTT, 0.051 + RTT, RTT } do
        assert.is_true(list[i].took <= 1.2 * most, list[i].took)
      end
    end
  end)

  for title, case in pairs {
    ["another operation"] = { function(rtc, i)
      return rtc:call(i % 2 == 0 and "ForbidRTCStreams" or "ResumeRTCStreams",
        { StreamId = { "s" .. i } })
    end, "StreamId[]", { 1, 1, 4, 4 } },
    ["another parameter"] = { function(rtc, i)
      return rtc:kickout_user { RoomId = "r" .. i % 3, UserId = { "u" .. i } }
    end, "UserId[]", { 1, 3, 3, 3 } },
    ["another time limit of attempts"] = { function(rtc, i)
      return rtc:resume_rtc_streams({ StreamId = { "s" .. i } }, { attempt_timeout = 3 + i % 2 })
    end, "StreamId[]", { 1, 4, 5 } },
  } do
    it("are those of " .. title .. " apart", function()
      local rtc, transport = client()
      local calls = {}
      for i = 1, 10 do calls[i] = function() return case[1](rtc, i) end end
      for _, result in ipairs(together(calls)) do assert(result.body, result.message) end
      local found = sizes(transport, case[2])
      table.sort(found)
      assert.same(case[3], found)
    end)
  end

  local OWN = core.monotonic and helper.NOW * 1000 + 1000
  for title, case in pairs {
    ["with a Sequence"] = { function(rtc, i)
      return rtc:resume_rtc_streams { StreamId = { "s" .. i }, Sequence = OWN + i }
    end },
    ["with on_send"] = { function(rtc, i)
      return rtc:resume_rtc_streams({ StreamId = { "s" .. i } }, { on_send = function() end })
    end },
    ["that are not checked"] = { function(rtc, i)
      return rtc:resume_rtc_streams({ StreamId = { "s" .. i } }, { validate = false })
    end },
    ["without the option"] = { function(rtc, i)
      return rtc:resume_rtc_streams({ StreamId = { "s" .. i } }, { share_requests = false })
    end },
    ["that ask"] = { function(rtc, i)
      return rtc:describe_user_num { RoomId = { "r" .. i } }
    end },
    ["whose loop can start nothing"] = { function(rtc, i)
      return rtc:resume_rtc_streams { StreamId = { "s" .. i } }
    end, options = function()
      local loop = pick.current()
      return { loop = { send = loop.send, sleep = function(s) pick.sleep(s) end,
        all = loop.all } }
    end },
  } do
    it("are not calls " .. title, function()
      local rtc, transport = client(nil, case.options and case.options())
      local calls = {}
      for i = 1, 5 do calls[i] = function() return case[1](rtc, i) end end
      for _, result in ipairs(together(calls)) do assert(result.body, result.message) end
      assert.equal(5, #transport.requests)
    end)
  end

  it("may be single calls of a client that shares none", function()
    local rtc, transport = client(nil, { share_requests = false })
    local calls = { resume(rtc, { "x" }) }
    for i = 1, 4 do calls[i + 1] = resume(rtc, { "s" .. i }, { share_requests = true }) end
    together(calls)
    assert.same({ 1, 4 }, sizes(transport))
    assert.has_error(function() client(nil, { share_requests = "yes" }) end)
  end)
end)

describe("a call that shares a request", function()
  it("is known with the prefix of the test environment and without", function()
    local prefix = "zegotest-" .. helper.APP_ID .. "-"
    local rtc, transport = client(nil, { is_test = true })
    local list = together { resume(rtc, { "x" }), resume(rtc, { "a" }),
      resume(rtc, { prefix .. "a" }), resume(rtc, { "b" }) }
    assert.same({ "ok", "ok", "ok", "ok" }, codes(list))
    assert.same({ prefix .. "a", prefix .. "b" }, ids_of(transport.requests[2]))
  end)
end)

local function refusal(code) return response(200, '{"Code":' .. code .. ',"Message":"no"}') end

describe("a joint request that fails", function()
  it("goes again as each call alone when the vendor refuses an id", function()
    local rtc, transport = client(function(list)
      return sharing.count(list, "bad") > 0 and refusal(30009) or OK
    end)
    local calls = { resume(rtc, { "x" }) }
    for i = 1, 8 do calls[i + 1] = resume(rtc, { "s" .. i, i == 6 and "bad" or nil }) end
    local list = together(calls)
    for i, result in ipairs(list) do
      assert.equal(i == 7 and "vendor" or "ok", codes(list)[i])
      if i == 7 then
        assert.same({ 30009, 1, false }, { result.err.vendor_code, result.err.attempts,
          result.err.maybe_sent })
      end
    end
    assert.same({ 1, 9 }, { sizes(transport)[1], sizes(transport)[2] })
    assert.equal(2 + 8, #transport.requests)
    local sequences = {}
    for i, request in ipairs(transport.requests) do
      sequences[i] = tonumber(helper.wire(request).Sequence)
      assert.is_true(i == 1 or sequences[i] > sequences[i - 1])
    end
  end)

  it("leaves each call that must not be repeated unknown, and asks for nothing twice", function()
    local rtc, transport = client(helper.stopped("timeout", true))
    local list = together { kick(rtc, { "x" }), kick(rtc, { "u" }), kick(rtc, { "v" }) }
    assert.same({ "outcome_unknown", "outcome_unknown", "outcome_unknown" }, codes(list))
    for i, user in ipairs { "x", "u", "v" } do
      assert.same({ user }, list[i].err.settle.params.UserId)
      assert.equal(1, list[i].err.attempts)
    end
    assert.same({ 1, 2 }, sizes(transport, "UserId[]"))
  end)

  it("throws at all its callers what the transport throws", function()
    local rtc = client(function(list)
      if #list > 1 then error("what a transport!", 0) end
      return OK
    end)
    local list = together { resume(rtc, { "x" }), resume(rtc, { "a" }), resume(rtc, { "b" }) }
    assert.same({ "what a transport!", "what a transport!" }, { list[2].thrown, list[3].thrown })
    assert.truthy(list[1].body)
  end)

  it("names each call's own items that failed inside a success", function()
    local rtc, transport = client(function(list)
      local items = { '{"Uid":"nobody","Code":9}' }
      for _, id in ipairs(list) do
        if id:find "^bad" then items[#items + 1] = ('{"Uid":"%s","Code":5}'):format(id) end
      end
      return response(200, '{"Code":0,"Message":"","Data":{"FailUsers":['
        .. table.concat(list[2] and items or {}, ",") .. "]}}")
    end, nil, "ToUserId[]")
    local function send(...)
      local users = { ... }
      return function()
        return rtc:send_custom_command { RoomId = "r", FromUserId = "f", ToUserId = users,
          MessageContent = "hello" }
      end
    end
    local list = together { send "x", send("u", "bad1"), send "bad2", send "v" }
    assert.same({ 1, 4 }, sizes(transport, "ToUserId[]"))
    local found = {}
    for i = 2, 4 do
      found[i - 1] = {}
      for k, item in ipairs(list[i].body.info.partial) do found[i - 1][k] = item.item end
    end
    assert.same({ { "nobody", "bad1" }, { "nobody", "bad2" }, { "nobody" } }, found)
    assert.is_nil(list[1].body.info)
  end)
end)

-- A loop that never wakes the coroutines in `killed` again, as when nginx kills their threads.
local function deadly()
  local killed = {}
  return setmetatable({ sleep = function(seconds)
    local thread = coroutine.running()
    pick.sleep(killed[thread] and 1e5 or seconds)
    if killed[thread] then pick.sleep(1e5) end
  end }, { __index = function(_, name) return pick.current()[name] end }), killed
end

describe("a caller of a joint request", function()
  it("ends at its own time limit, and the others go on", function()
    local rtc, transport = client(function(list, loop)
      if #list > 1 then loop.sleep(2) end
      return OK
    end)
    local list = together { resume(rtc, { "x" }), resume(rtc, { "a" }, { timeout = 1 }),
      resume(rtc, { "b" }), { 0.03, resume(rtc, { "c" }, { timeout = 0.01 }) } }
    assert.same({ "ok", "timeout", "ok", "throttled" }, codes(list))
    assert.is_true(list[2].took >= 1 and list[2].took < 1.03, list[2].took)
    assert.same({ true, 1 }, { list[2].err.maybe_sent, list[2].err.attempts })
    assert.same({ 1, 2 }, sizes(transport))
  end)

  it("may be killed while it waits, and its ids go with the others'", function()
    for at = 2, 4 do
      local rtc, transport = client()
      local loop, killed = deadly()
      rtc.loop = function() return loop end
      local calls, threads = {}, {}
      for i = 1, 5 do
        calls[i] = function()
          threads[i] = coroutine.running()
          return resume(rtc, { "s" .. i })()
        end
      end
      calls[6] = { 0.01, function() killed[threads[at]] = true return {} end }
      local list = together(calls)
      assert.same({ 1, 4 }, sizes(transport))
      for i = 1, 5 do
        assert.truthy(list[i].body or i == at)
        if i ~= at then assert.is_true(list[i].took < 1) end
      end
    end
  end)
end)

describe("a listener", function()
  it("is told of a joint request once, of each call and of its wait", function()
    local seen, ids = {}, {}
    local rtc = client(nil, { on_event = function(event)
      local name = event.event .. " " .. (event.reason or event.code or "")
      seen[name] = (seen[name] or 0) + 1
      ids[event.call] = (ids[event.call] or 0) + 1
    end })
    together { resume(rtc, { "x" }), resume(rtc, { "a" }), resume(rtc, { "b" }) }
    assert.same({ ["begin "] = 3, ["attempt ok"] = 2, ["wait limit"] = 2, ["call ok"] = 3 }, seen)
    local counts = {}
    for _, count in pairs(ids) do counts[#counts + 1] = count end
    table.sort(counts)
    assert.same({ 3, 3, 4 }, counts) -- the attempt is that of a call of the request
  end)
end)

describe("a source of keys", function()
  it("is asked by a joint request, and again when its key was refused", function()
    local asked, sent = 0, 0
    local live, transport = helper.aliyun(function(_, _, loop)
      sent = sent + 1
      loop.sleep(RTT)
      if sent == 2 then
        return response(403, '{"Code":"InvalidSecurityToken.Expired","Message":"old"}')
      end
      return helper.OK.aliyun
    end, { share_requests = true, rate_limit = 20, store = memory.new(), credentials = function()
      asked = asked + 1
      return { access_key_id = "id" .. asked, access_key_secret = "s" }
    end })
    local function delete(id)
      return function()
        return live:delete_live_stream_record_index_files { AppName = "a", DomainName = "d.com",
          StreamName = "s", RecordId = { id }, RemoveFile = "true" }
      end
    end
    local list = together { delete "x", delete "a", delete "b", delete "c" }
    for _, result in ipairs(list) do assert(result.body, result.message) end
    assert.equal(2, asked)
    assert.is_true(#transport.requests <= 4)
  end)
end)
