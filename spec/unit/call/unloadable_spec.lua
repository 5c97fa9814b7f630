-- Failures whose modules cannot be loaded any more: no descriptors are left, or another root.

local helper = require "spec.unit.helper"

local STREAM = helper.ALIYUN_PARAMS.ResumeLiveStream
local TASK = helper.ALIYUN_PARAMS.RestartLivePullToPush

-- Calls a function as in a process that has loaded nothing whose name is like `lost`, and cannot.
local function without(lost, fn, ...)
  local path, kept = package.path, {}
  for name, module in pairs(package.loaded) do
    if name:find(lost) then kept[name] = module end
  end
  for name in pairs(kept) do package.loaded[name] = nil end
  package.path = ""
  local results = { pcall(fn, ...) }
  package.path = path
  for name, module in pairs(kept) do package.loaded[name] = module end
  assert.is_true(results[1], results[2])
  return results[2], results[3], results[4]
end

-- What a call ends with that finds such modules lost, after one that was a success.
local function fail(lost, method, params, answer, options)
  local success = helper.response(200, helper.SUCCESS.aliyun)
  local live, transport = helper.aliyun(helper.script(success, answer), options)
  assert(live[method](live, params))
  local body, message, err = without(lost, live[method], live, params)
  assert.is_nil(body)
  assert.equal(2, #transport.requests)
  assert.same({ message, message }, { err.message, tostring(err) })
  return err
end

local LOST = {
  "^streamctl%.call%.failures$", "^streamctl%.call%.again$", "^streamctl%.call%.outcome$",
  "^streamctl%.call%.secrets$", "^streamctl%.call%.unknown$", "^streamctl%.loop%.protected$",
  "^streamctl%.aliyun%.refusal$",
}

describe("a failure that nothing can be loaded for", function()
  for _, lost in ipairs(LOST) do
    it("is told: " .. lost, function()
      local err = fail(lost, "resume_live_stream", STREAM,
        helper.response(403, '{"Code":"Forbidden.RAM","RequestId":"R-1"}'))
      assert.same({ "http", "http", 403, true, 1, "ResumeLiveStream", "number" },
        { err.code, err.kind, err.http_status, err.maybe_sent, err.attempts, err.operation,
          type(err.intent) })
      assert.is_truthy(err.message:find("^http: ResumeLiveStream: what came %(HTTP 403%) cannot be "
        .. "looked at: .*module 'streamctl%.[%w_.]+' not found:$"), err.message)
    end)
  end

  it("says that nothing was sent", function()
    local err = fail("^streamctl%.call%.[afou]", "resume_live_stream", STREAM,
      helper.stopped("dns", false))
    assert.same({ "connect", "transport", false, 1 },
      { err.code, err.kind, err.maybe_sent, err.attempts })
  end)

  it("says that an earlier attempt may have been executed", function()
    local path, name = package.path, "streamctl.call.failures"
    local kept = require(name)
    helper.freeze()
    finally(function()
      package.path, package.loaded[name] = path, kept
      helper.thaw()
    end)
    local live = helper.aliyun(helper.script(helper.stopped("timeout", true), function()
      package.path, package.loaded[name] = "", nil
      return helper.stopped("dns", false)
    end), { retry = {} })
    local _, _, err = live:resume_live_stream(STREAM)
    assert.same({ "connect", true, 2 }, { err.code, err.maybe_sent, err.attempts })
  end)

  it("leaves the outcome of what must not be sent again unknown", function()
    for _, answer in ipairs { helper.stopped("timeout", true), helper.response(500, "") } do
      local err = fail(LOST[1], "restart_live_pull_to_push", TASK, answer)
      assert.same({ "outcome_unknown", "transport", true, 1 },
        { err.code, err.kind, err.maybe_sent, err.attempts })
    end
  end)

  it("keeps the id by which the vendor knows the call", function()
    local rtc = helper.zego(helper.script(helper.response(200, helper.SUCCESS.zego),
      helper.stopped("timeout", true)))
    local params = { RoomId = "r", RecordInputParams = { RecordMode = 1 } }
    assert(rtc:start_record(params, { validate = false }))
    local _, _, err = without("^streamctl%.call%.failures$", rtc.start_record, rtc, params,
      { validate = false })
    assert.same({ "connect", "string" }, { err.code, type(err.once) })
  end)

  it("is told when a listener cannot be", function()
    local heard = 0
    local err = fail("^streamctl%.loop%.protected$", "resume_live_stream", STREAM,
      helper.response(200, helper.SUCCESS.aliyun),
      { on_event = function() heard = heard + 1 end })
    assert.same({ "http", 200, true, 1 }, { err.code, err.http_status, err.maybe_sent, heard })
  end)
end)
