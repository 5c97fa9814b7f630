-- Batches of operations that take several ids, and items that fail inside a success.

local batch = require "streamctl.jobs.batch"
local helper = require "spec.unit.helper"
local rows = require "streamctl.call.rows"

local codes, response = helper.codes, helper.response

local function answer(data)
  return response(200, '{"Code":0,"Message":"success","RequestId":"7","Data":' .. data .. "}")
end

-- An operation on users of a room, up to three at once.
local function users(fields)
  local row = {
    "KickUsers", method = "GET", group = "media", safe = true, list = "UserId",
    partial = { items = "Data.FailUsers", id = "Uid", code = "Code", message = "Text" },
    params = { "RoomId! Reason",
      { "UserId:stream_ids!", max_items = 3, wire = "UserId[]" } },
  }
  for name, value in pairs(fields or {}) do row[name] = value end
  return rows.expand(row)
end

local function run(script, items, options, fields, of_client)
  local rtc, transport = helper.zego(script, of_client)
  return batch.run(rtc, users(fields), items, options or {}), transport
end

before_each(function() helper.freeze() end)
after_each(helper.thaw)

describe("a batch of an operation with a list", function()
  it("takes ids when its option params says the rest", function()
    local report, transport = run(nil, { "a", "b", "c", "a", "d" },
      { params = { RoomId = "r1", Reason = "x" }, concurrency = 1 })
    assert.same({ 5, 5, 0, 2 }, { report.total, report.succeeded, report.failed, report.requests })
    for i, list in ipairs { { "a", "b", "c" }, { "d" } } do
      assert.same(list, helper.sent(transport.requests[i], "UserId[]"))
      assert.same({ "r1" }, helper.sent(transport.requests[i], "RoomId"))
      assert.same({ "x" }, helper.sent(transport.requests[i], "Reason"))
    end
  end)

  it("takes ids when all else is filled in", function()
    local _, transport = run(nil, { "a" }, {}, { params = { { "Kind!", value = "k" },
      { "Region!", option = "region" }, "UserId:list!" } }, nil)
    assert.equal(0, #transport.requests) -- Region is missing, so that items are tables
    local report
    report, transport = run(nil, { "a" }, {},
      { params = { { "Kind!", value = "k" }, "UserId:list!" } })
    assert.equal(1, report.succeeded)
    assert.same({ "k" }, helper.sent(transport.requests[1], "Kind"))
  end)

  it("puts at most 100 ids into a request when the vendor names no limit", function()
    local many = {}
    for i = 1, 101 do many[i] = "u" .. i end
    local report = run(nil, many, {}, { params = { "UserId:list!" } })
    assert.same({ 101, 2 }, { report.succeeded, report.requests })
  end)

  it("takes tables when more than the list is wanted, in which params fills in", function()
    local report, transport = run(nil, { { RoomId = "r1", UserId = { "a" } },
      { RoomId = "r2", UserId = { "a" }, Reason = "own" }, "a" }, { params = { Reason = "all" } })
    assert.same({ "ok", "ok", "invalid_parameter" }, codes(report))
    assert.truthy(report.results[3].message:find("the item must be a table of parameters"))
    assert.same({ "all" }, helper.sent(transport.requests[1], "Reason"))
    assert.same({ "own" }, helper.sent(transport.requests[2], "Reason"))
  end)

  it("has every id fail when params is wrong, and says why", function()
    local report, transport = run(nil, { "a", "b" }, { params = { RoomId = "r", Raeson = "x" } })
    assert.same({ "invalid_parameter", "invalid_parameter" }, codes(report))
    assert.equal("invalid_parameter: KickUsers: Raeson is no parameter of KickUsers (did you mean "
      .. "'Reason'?)", report.results[1].message)
    assert.equal(0, #transport.requests)
  end)

  it("never changes params", function()
    local params = { RoomId = "r" }
    run(nil, { "a" }, { params = params })
    assert.same({ RoomId = "r" }, params)
    assert.has_error(function() helper.zego():batch("ResumeRTCStreams", {}, { params = 5 }) end)
  end)
end)

describe("a batch of rows with a list", function()
  it("takes ids for any of them", function()
    local rtc, transport = helper.zego()
    local many = {}
    for i = 1, 11 do many[i] = "u" .. i end
    local room = { params = { RoomId = "r" } }
    assert.equal(3, rtc:batch("KickoutUser", many, room).requests)
    assert.same({ "u1", "u2", "u3", "u4", "u5" }, helper.sent(transport.requests[1], "UserId[]"))
    assert.equal(2, rtc:batch("DescribeUsers", many, room).requests)
    assert.equal(2, rtc:batch("DescribeUserNum", many).requests)
    local report = rtc:batch("StartCDNRecord", { "a", "a b" }, { params = { Vendor = "Ws" } })
    assert.same({ "ok", "invalid_parameter" }, codes(report))
    -- without params each item is a call of its own
    report = rtc:batch("KickoutUser", { { RoomId = "r", UserId = { "a" } }, "b" })
    assert.same({ "ok", "invalid_parameter" }, codes(report))
  end)

  it("fails those whom a message did not reach", function()
    local rtc = helper.zego(answer '{"FailUsers":[{"Uid":"b","Code":50012}]}')
    local report = rtc:batch("SendCustomCommand", { "a", "b" },
      { params = { RoomId = "r", FromUserId = "u", MessageContent = "m" } })
    assert.same({ "ok", "vendor" }, codes(report))
    assert.equal("vendor: SendCustomCommand: b failed: code 50012", report.results[2].message)
  end)
end)

describe("in a batch, what failed inside a success", function()
  local ROOM = { params = { RoomId = "r" } }
  local TWO = answer '{"FailUsers":[{"Uid":"b","Code":50013,"Text":"gone"}]}'

  it("fails the ids that the vendor names, and no others", function()
    local report = run(TWO, { "a", "b", "c", "b" }, ROOM)
    assert.same({ "ok", "vendor", "ok", "vendor" }, codes(report))
    assert.same({ 2, 2, 1 }, { report.succeeded, report.failed, report.requests })
    local failed = report.results[2]
    assert.equal("vendor: KickUsers: b failed: code 50013: gone", failed.message)
    assert.same({ "50013", "7", true, false }, { failed.err.vendor_code, failed.err.request_id,
      failed.err.maybe_sent, failed.err.retryable })
    assert.same({ { item = "b", code = "50013", message = "gone" } }, failed.response.partial)
    assert.equal(failed.response, failed.err.answer)
    assert.is_nil(failed.response.Data.FailUsers[2])
  end)

  it("fails all ids of the request when it names none of them", function()
    for _, data in ipairs {
      '{"FailUsers":[{"Uid":"z","Code":1}]}', '{"FailUsers":[{"Code":1}]}',
    } do
      local report = run(helper.script(answer(data), answer "null"), { "a", "b", "c", "d" },
        { params = ROOM.params, concurrency = 1 })
      assert.same({ "vendor", "vendor", "vendor", "ok" }, codes(report))
    end
  end)

  it("knows an id as it was sent, too", function()
    local prefixed = { params = { { "UserId:stream_ids!", prefixed = true, max_items = 3,
      wire = "UserId[]" } } }
    for _, id in ipairs { "b", "zegotest-1234567890-b" } do
      local report = run(answer('{"FailUsers":[{"Uid":"' .. id .. '","Code":1}]}'), { "a", "b" },
        {}, prefixed, { is_test = true })
      assert.same({ "ok", "vendor" }, codes(report))
    end
  end)

  it("fails an item that is a table, keeps the answer, and ends a batch that stops", function()
    local rtc = helper.zego(helper.script(
      answer '[{"CdnType":"ws","CdnResult":"Resume tasks added successfully."}]',
      answer '[{"CdnType":"ws","CdnResult":"success"},{"CdnType":"tencent","CdnResult":"busy"}]'))
    local report = rtc:batch("ResumeCDNLiveStream",
      { { StreamId = "a" }, { StreamId = "b" }, { StreamId = "c" } },
      { stop_on_error = true, concurrency = 1 })
    assert.same({ "ok", "vendor", "cancelled" }, codes(report))
    assert.is_nil(report.results[1].response.partial)
    assert.equal("vendor: ResumeCDNLiveStream: tencent failed: busy", report.results[2].message)
    assert.equal(0, report.results[2].response.Code)
  end)

  it("tells how many attempts it took", function()
    local again, wait = { retry = { base = 0.01, cap = 0.01 } }, helper.stopped("connect", false)
    for _, failed in ipairs { '{"Uid":"b","Code":1}', '{"Code":1}' } do
      local report = run(helper.script(wait, wait, answer('{"FailUsers":[' .. failed .. "]}")),
        { "a", "b" }, { params = { RoomId = "r" } }, nil, again)
      assert.equal(3, report.results[2].err.attempts)
    end
    local busy = answer '[{"CdnType":"tencent","CdnResult":"busy"}]'
    local rtc = helper.zego(helper.script(wait, busy), again)
    local report = rtc:batch("ResumeCDNLiveStream", { { StreamId = "a" } })
    assert.equal(2, report.results[1].err.attempts)
  end)

  it("is an answer to a call, with what failed", function()
    local rtc = helper.zego(answer '[{"CdnType":"ws","CdnResult":"not configured"}]')
    local body = assert(rtc:forbid_cdn_live_stream { StreamId = "a" })
    assert.same({ { item = "ws", message = "not configured" } }, body.partial)
  end)
end)
