-- Calls that share requests and do not all go, or not all in time.

local helper = require "spec.pieces.helper"
local memory = require "streamctl.store.memory"
local sharing = require "spec.support.sharing"
local pick = require "streamctl.loop.pick"

local OK, response = helper.OK.zego, helper.response
local client, together, resume, kick = sharing.client, sharing.together, sharing.resume,
  sharing.kick
local codes, ids_of, sizes = sharing.codes, sharing.ids_of, sharing.sizes

helper.stand_still(0.5)

local KEY = "zego:" .. helper.APP_ID .. ":ResumeRTCStreams" -- of the slots

describe("a call that shares a request and", function()
  it("shared an id tells when a repeat goes without it", function()
    local sent = 0
    local rtc, transport = client(function()
      sent = sent + 1
      return sent == 2 and helper.stopped("connect", true) or OK
    end)
    local again = { retry = { attempts = 2 } }
    local list = together { resume(rtc, { "x" }), resume(rtc, { "a", "b" }, again),
      resume(rtc, { "a" }) }
    assert.same({ "ok", "ok", "connect" }, codes(list))
    assert.same({ "b" }, ids_of(transport.requests[3]))
    assert.same({ "a" }, list[2].body.info.superseded)
  end)

  it("goes whole or not at all gives way as a whole", function()
    local rtc, transport = client()
    local function stop(...)
      local streams = { ... }
      return function()
        return rtc:stop_cdn_record { Vendor = "Tencent", StreamId = streams }
      end
    end
    local list = together { stop "x", stop("a", "b"), stop "b", stop "c", stop "c" }
    assert.same({ "ok", "superseded", "ok", "ok", "ok" }, codes(list))
    assert.same({ "b", "c" }, ids_of(transport.requests[2]))
  end)

  it("is ill-formed is refused at once", function()
    local rtc = client(nil, { is_test = true })
    for _, ids in ipairs { { 5 }, {}, { "a b" }, { "a", true } } do
      local list = together { resume(rtc, ids) }
      assert.same({ "invalid_parameter" }, codes(list))
    end
    assert.same({ "invalid_parameter" }, codes(together { resume(rtc, 5) }))
    assert.same({ "invalid_parameter" }, codes(together { resume(rtc) }))
  end)
end)

describe("an id that no intent is about", function()
  it("goes once in a request, where it may go twice", function()
    local live, transport = helper.aliyun(function(_, _, loop)
      loop.sleep(sharing.RTT)
      return helper.OK.aliyun
    end, { share_requests = true, rate_limit = 20, store = memory.new() })
    local function delete(id)
      return function()
        return live:delete_live_stream_record_index_files { AppName = "a", DomainName = "d.com",
          StreamName = "s", RecordId = { id }, RemoveFile = "true" }
      end
    end
    assert.same({ "ok", "ok", "ok", "ok" },
      codes(together { delete "x", delete "a", delete "a", delete "b" }))
    assert.equal(2, #transport.requests)
    local wire = helper.wire(transport.requests[2])
    assert.same({ "a", "b" }, { wire["RecordId.1"], wire["RecordId.2"] })
    assert.is_nil(wire["RecordId.3"])
  end)
end)

describe("a joint request", function()
  it("that was refused leaves its calls without a slot when there is none", function()
    local rtc, transport
    rtc, transport = client(function(list)
      if #list == 1 then return OK end
      rtc.options.store:reserve(KEY, 100) -- of somebody else
      return helper.response(200, '{"Code":30009,"Message":"no"}')
    end, { timeout = 5 })
    local list = together { resume(rtc, { "x" }), resume(rtc, { "a" }), resume(rtc, { "b" }) }
    assert.same({ "ok", "throttled", "throttled" }, codes(list))
    assert.equal(2, #transport.requests)
    assert.is_true(list[3].took < 1)
  end)

  it("that may have been executed is not divided where it must not be repeated", function()
    local rtc, transport = client(response(200, '{"Code":1,"Message":"no"}'))
    local list = together { kick(rtc, { "x" }), kick(rtc, { "a" }), kick(rtc, { "b" }) }
    assert.same({ "outcome_unknown", "outcome_unknown", "outcome_unknown" }, codes(list))
    assert.same({ 1, 2 }, sizes(transport, "UserId[]"))
  end)
end)

describe("a place in the order", function()
  it("that comes after the slot is for the next request", function()
    local slow = sharing.store { stamp = function(real, ...)
      pick.sleep(0.08) -- slots are 0.05 s apart
      return real:stamp(...)
    end }
    local rtc, transport = client(nil, { store = slow, timeout = 3 })
    local list = together { resume(rtc, { "x" }), resume(rtc, { "a" }), resume(rtc, { "b" }) }
    assert.same({ "ok", "ok", "ok" }, codes(list))
    assert.same({ 1, 2 }, sizes(transport))
  end)
end)

describe("the opener of a joint request", function()
  -- Asking takes a while: the others have joined when the opener hears that its slot is too late.
  it("may have too little time, and the others go on", function()
    local slow, real = sharing.store { reserve = function(real, ...)
      pick.sleep(0.01)
      return real:reserve(...)
    end }
    local rtc = client(nil, { store = slow, timeout = 9 })
    real:reserve(KEY, 2)
    local list = together { resume(rtc, { "a" }, { timeout = 1 }), resume(rtc, { "b" }),
      resume(rtc, { "c" }), { 0.1, resume(rtc, { "d" }) } }
    assert.same({ "throttled", "ok", "ok", "ok" }, codes(list))
  end)
end)

describe("batches that share requests", function()
  it("share none with calls, nor when they may be stopped", function()
    local rtc, transport = client()
    local function batch(id, options)
      return function() return rtc:batch("ResumeRTCStreams", { id }, options) end
    end
    together { resume(rtc, { "x" }), resume(rtc, { "a" }), resume(rtc, { "b" }), batch "c",
      batch "d", batch("e", { should_stop = function() end }),
      batch("f", { on_send = function() end }) }
    local found = sizes(transport)
    table.sort(found)
    assert.same({ 1, 1, 1, 2, 2 }, found)
  end)
end)
