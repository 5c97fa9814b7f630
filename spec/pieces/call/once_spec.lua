-- The id by which a vendor knows the copies of a call: one for all attempts of a call, another for
-- the next call, and the caller's own if there is one.

local cjson = require "cjson"
local core = require "streamctl.core"
local helper = require "spec.pieces.helper"

local LOST = helper.stopped("timeout", true)
local MADE = helper.response(200, '{"Code":0,"RequestId":"R","Data":{"TaskId":"t-1"}}')

local function task(input)
  return {
    RoomId = "r", RecordInputParams = helper.merged({ RecordMode = 1 }, input),
    StorageParams = { Vendor = 2 },
  }
end

describe("the ClientTaskId of StartRecord", function()
  helper.stand_still()

  local real, made = core.nonce, 0

  before_each(function()
    made = 0
    core.nonce = function()
      made = made + 1
      return "nonce-" .. made
    end
  end)
  after_each(function() core.nonce = real end)

  local function id_of(body) return (cjson.decode(body).RecordInputParams or {}).ClientTaskId end

  -- A client whose attempts are answered as given, and the ids that it has sent.
  local function client(...)
    local script, ids = helper.script(...), {}
    return helper.zego(function(request)
      ids[#ids + 1] = id_of(request.body)
      return script()
    end, { retry = { attempts = 3, base = 0.001, cap = 0.001 } }), ids
  end

  it("is made once for a call and kept over its repeats; another call has another", function()
    local rtc, ids = client(LOST, LOST, MADE, MADE)
    local given = task()
    assert.equal("t-1", assert(rtc:start_record(given)).Data.TaskId)
    assert(rtc:start_record(given))
    assert.same({ "nonce-1", "nonce-1", "nonce-1", "nonce-2" }, ids)
    assert.same(task(), given) -- nothing of the caller's was changed
  end)

  it("is in the error, so that a later call can find what this one made", function()
    local rtc = client(LOST)
    local body, _, err = rtc:start_record(task())
    assert.is_nil(body)
    assert.same({ "timeout", true, 3, "nonce-1" },
      { err.code, err.maybe_sent, err.attempts, err.idempotency_key })
  end)

  it("stops the call when there is no randomness", function()
    core.nonce = function() return nil, "crypto: no random bytes", "crypto" end
    local rtc, ids = client(MADE)
    local body, message, err = rtc:start_record(task())
    assert.is_nil(body)
    assert.equal("signature", err.code)
    assert.truthy(message:find("no random bytes", 1, true), message)
    assert.same({}, ids)
  end)
end)
