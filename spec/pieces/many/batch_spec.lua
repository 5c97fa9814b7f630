-- One operation for many items.

local batch = require "streamctl.many.batch"
local core = require "streamctl.core"
local helper = require "spec.pieces.helper"
local loop = require "streamctl.loop.pick"

local codes, ids, merged, streams = helper.codes, helper.ids, helper.merged, helper.streams
local response, stopped, OK = helper.response, helper.stopped, helper.OK
local ROOM = { params = { RoomId = "r" } }
local PREFIX = "zegotest-" .. helper.APP_ID .. "-"

local function stream(name) return streams(name)[1] end

local function any_failed(at) return at.failed + at.unsent > 0 end

local function said(data)
  return response(200, '{"Code":0,"Message":"success","RequestId":"7","Data":' .. data .. "}")
end

-- A report is of all items, in their order, and tells the failed ones apart.
local function check(report, items)
  assert.same({ #items, #items }, { report.total, #report.results })
  local failed, counts = {}, { succeeded = 0, failed = 0, unknown = 0, superseded = 0, unsent = 0 }
  for i, result in ipairs(report.results) do
    assert.equal(i, result.index)
    assert.equal(items[i], result.item)
    local outcome = result.ok and "succeeded" or result.err.outcome
    counts[outcome] = counts[outcome] + 1
    if not result.ok then assert.equal(result.message, result.err.message) end
    if not result.ok and outcome ~= "superseded" then failed[#failed + 1] = result end
  end
  for outcome, count in pairs(counts) do assert.equal(count, report[outcome], outcome) end
  assert.same({ #failed, #failed == 0 }, { #report.failures, report.ok })
  for i, result in ipairs(failed) do assert.equal(result, report.failures[i]) end
end

-- Runs a case: `items` of `operation`, `given` options, `answers`; what comes of it: `codes`, the
-- ids that each request `sent` under `name`, how many `requests`, and what messages say.
local function try(case)
  local client, transport = helper[case.at or "zego"](case.answers, case.client)
  local report = client:batch(case.operation or "ResumeRTCStreams", case.items, case.given)
  check(report, case.items)
  if case.codes then assert.same(case.codes, codes(report)) end
  assert.equal(case.requests or (case.sent and #case.sent) or report.requests, report.requests)
  for i, list in ipairs(case.sent or {}) do
    assert.same(list,
      table.concat(helper.sent(transport.requests[i], case.name or "StreamId[]"), " "))
  end
  for index, text in pairs(case.says or {}) do
    local message = report.results[index].message
    assert.truthy(message:find(text, 1, true), message)
  end
  return report, transport
end

local function all_of(list, code)
  local out = {}
  for i = 1, #list do out[i] = code end
  return out
end

helper.stand_still()

describe("a batch of ids", function()
  local repeated = ids(45)
  table.insert(repeated, 3, "s1")
  repeated[#repeated + 1] = "s45"
  local after_bad = ids(25)
  table.insert(after_bad, 1, "no id")
  after_bad[27], after_bad[28] = "s1", "no id"
  local failed_again = ids(21)
  failed_again[22] = "s1"
  local failing = all_of(ids(20), "ok")
  for i = 21, 25 do failing[i] = "vendor" end

  for title, case in pairs {
    ["fills requests, each id once"] = { items = repeated, sent = { table.concat(ids(20), " "),
      table.concat(ids(40, 21), " "), table.concat(ids(45, 41), " ") },
      codes = all_of(repeated, "ok") },
    ["has bad ids fail alone"] = { items = { "a", "no id", 5, "b", "", "5", "a" },
      sent = { "a b 5" }, codes = { "ok", "invalid_parameter", "invalid_parameter", "ok",
        "invalid_parameter", "ok", "ok" },
      says = { [2] = "invalid_parameter: ResumeRTCStreams: StreamId must be" } },
    ["takes nothing but text for an id"] = { items = { {}, true, "a", false }, sent = { "a" },
      codes = { "invalid_parameter", "invalid_parameter", "ok", "invalid_parameter" } },
    ["sends nothing of bad ids alone"] = { items = { "no id", "no id" }, requests = 0,
      codes = { "invalid_parameter", "invalid_parameter" } },
    ["gives the room of bad ids to others, and sends an id once all the same"] = {
      items = after_bad, sent = { table.concat(ids(20), " "), table.concat(ids(25, 21), " ") },
      codes = merged(all_of(after_bad, "ok"),
        { "invalid_parameter", [28] = "invalid_parameter" }) },
    ["gives an id again what came of it"] = { items = failed_again, given = { concurrency = 1 },
      answers = helper.script(stopped("dns", false), OK.zego), requests = 1,
      codes = merged(all_of(ids(22), "dns"), { [21] = "ok" }) },
    ["knows an id with the test environment's prefix for the same"] = { client = { is_test = true },
      items = { "a", PREFIX .. "a", "b" }, sent = { PREFIX .. "a " .. PREFIX .. "b" },
      codes = { "ok", "ok", "ok" } },
    ["fails every id of a request that fails, and only those"] = { items = ids(25),
      given = { concurrency = 1 }, codes = failing, answers = helper.script(OK.zego,
        response(200, '{"Code":5,"Message":"no","RequestId":"1"}')) },
    ["takes them for any list, with the rest in params"] = { operation = "KickoutUser",
      items = ids(11), given = ROOM, name = "UserId", requests = 3 },
    ["takes up to 100 where the vendor names no limit"] = { at = "aliyun", items = ids(101),
      operation = "RemoveTerminals", given = { params = { AppId = "a", ChannelId = "c" } },
      requests = 2 },
    ["says what is wrong with params"] = { operation = "KickoutUser", items = { "a", "b" },
      given = { params = { RoomId = "r", UserIdd = "x" } }, requests = 0,
      codes = { "invalid_parameter", "invalid_parameter" },
      says = { "invalid_parameter: KickoutUser: UserIdd is no parameter of KickoutUser (did you "
        .. "mean 'UserId'?)" } },
  } do
    it(title, function() try(case) end)
  end

  it("never changes params, and sends them with each request", function()
    local params = { RoomId = "r" }
    local rtc, transport = helper.zego()
    rtc:batch("DescribeUsers", ids(11), { params = params, concurrency = 1 })
    assert.same({ RoomId = "r" }, params)
    assert.same({ "r" }, helper.sent(transport.requests[2], "RoomId"))
    assert.has_error(function() rtc:batch("ResumeRTCStreams", {}, { params = 5 }) end)
  end)

  it("sends its items, also where params name ids of their own", function()
    local rtc, transport = helper.zego(helper.OK.zego)
    local given = { params = { StreamId = { "z" } } }
    assert.equal(2, rtc:batch("ResumeRTCStreams", { "a", "b" }, given).succeeded)
    assert.same({ "a", "b" }, helper.sent(transport.requests[1], "StreamId[]"))
  end)
end)

describe("a batch of tables", function()
  local one_bad = { stream "a", "b", {}, stream "c" }

  for title, case in pairs {
    ["sends each"] = { items = streams("a", "b", "c"), requests = 3 },
    ["takes either spelling"] = { items = streams("a"), operation = "resume_live_stream",
      requests = 1 },
    ["has what is no table or not well-formed fail alone"] = { items = one_bad, requests = 2,
      codes = { "ok", "invalid_parameter", "invalid_parameter", "ok" },
      says = { [2] = "the item must be a table of parameters, got a " } },
    ["has calls without what a list lacks fail alone"] = { at = "zego", operation = "KickoutUser",
      items = { { RoomId = "r", UserId = "a" }, "b" }, codes = { "ok", "invalid_parameter" } },
  } do
    case.at, case.operation = case.at or "aliyun", case.operation or "ResumeLiveStream"
    it(title, function() try(case) end)
  end

  -- A text is for the one parameter that is required and not given, whatever the operation is.
  for title, case in pairs {
    ["of a query"] = { "zego", "DescribeRTCStreamState", "StreamId" },
    ["of an operation for one"] = { "zego", "ResumeRTCStream", "StreamId" },
    ["of Alibaba Cloud"] = { "aliyun", "ResumeLiveStream", "StreamName",
      { DomainName = "d", AppName = "a" } },
    ["of a task, in the client's region"] = { "aliyun", "StopLivePullToPush", "TaskId", nil,
      { region = "cn-shanghai" } },
    ["of a list beside a list of ids"] = { "zego", "SendCustomCommand", "FromUserId",
      { RoomId = "r", MessageContent = "m", ToUserId = "u" } },
    ["of a list that travels as JSON"] = { "aliyun", "CreateLivePullToPush", "SourceUrls",
      helper.without(helper.ALIYUN_PARAMS.CreateLivePullToPush, "SourceUrls") },
  } do
    it("takes a text for the parameter that is missing: " .. title, function()
      local client, transport = helper[case[1]](nil, case[5])
      local report = client:batch(case[2], { "a", "b" }, { params = case[4], concurrency = 1 })
      assert.same({ "a", "b" }, { report.results[1].item, report.results[2].item })
      assert.equal(2, report.succeeded, (report.failures[1] or {}).message)
      for i, item in ipairs { "a", "b" } do
        assert.equal(case[3] == "SourceUrls" and '["' .. item .. '"]' or item,
          helper.sent(transport.requests[i], case[3])[1])
      end
    end)
  end

  it("sends an item that waits for another one as it was taken", function()
    local items, sent = streams("a", "a"), {}
    local live = helper.aliyun(function(request)
      sent[#sent + 1] = helper.sent(request, "StreamName")[1]
      loop.sleep(0.01) -- the second one is taken meanwhile
      items[2].StreamName = "b"
      return OK.aliyun
    end)
    assert.equal(2, live:batch("ResumeLiveStream", items).succeeded)
    assert.same({ "a", "a" }, sent)
  end)

  it("tells what an item has to say, and quotes none, which may be a secret", function()
    local function says(client, operation, item, given)
      return client:batch(operation, { item }, given).results[1].message:match "must be (.*)$"
    end
    local rtc, live = helper.zego(), helper.aliyun()
    assert.equal("a table of parameters, got a string: write { AppName = ..., DomainName = ..., "
      .. "StreamName = ... }, or give all but one as `params`",
      says(live, "ForbidLiveStream", "s1"))
    assert.equal("a text for StreamName, or a table of parameters, got a boolean",
      says(live, "ForbidLiveStream", true, { params = { DomainName = "d", AppName = "app" } }))
    assert.matches("^a table of parameters, got a string: write { MessageContent = ..., Room",
      says(rtc, "SendCustomCommand", "u", { params = { FromUserId = "f" } }))
  end)
end)

describe("in a batch, what failed inside a success", function()
  local MESSAGE = { params = { RoomId = "r", FromUserId = "u", MessageContent = "m" } }
  local BUSY = '[{"CdnType":"ws","CdnResult":"success"},{"CdnType":"tencent","CdnResult":"busy"}]'
  local FINE = said '[{"CdnType":"ws","CdnResult":"Resume tasks added successfully."}]'
  local CDN = { { StreamId = "a" }, { StreamId = "b" }, { StreamId = "c" } }
  local again = { retry = { base = 0.01, cap = 0.01 } }
  local lost = stopped("connect", false)

  for title, case in pairs {
    ["fails the ids that the vendor names, and no others"] = { items = { "a", "b", "c", "b" },
      answers = said '{"FailUsers":[{"Uid":"b","Code":50013}]}', requests = 1,
      codes = { "ok", "vendor", "ok", "vendor" },
      says = { [2] = "vendor: SendCustomCommand: b failed: code 50013" } },
    ["fails all ids of the request when it names none of them"] = { items = { "a", "b" },
      answers = said '{"FailUsers":[{"Uid":"z","Code":1}]}', codes = { "vendor", "vendor" } },
    ["fails all when it names nobody"] = { items = { "a", "b" },
      answers = said '{"FailUsers":[{"Code":1}]}', codes = { "vendor", "vendor" } },
    ["tells how many attempts it took"] = { items = { "a", "b" }, client = again, attempts = 3,
      answers = helper.script(lost, lost, said '{"FailUsers":[{"Uid":"b","Code":1}]}') },
    ["tells the attempts also where nobody is named"] = { items = { "a", "b" }, client = again,
      answers = helper.script(lost, lost, said '{"FailUsers":[{"Code":1}]}'), attempts = 3 },
    ["fails an item that is a table, and ends a batch that stops"] = { items = CDN,
      operation = "ResumeCDNLiveStream", answers = helper.script(FINE, said(BUSY)),
      given = { should_stop = any_failed, concurrency = 1 },
      codes = { "ok", "vendor", "cancelled" },
      says = { [2] = "vendor: ResumeCDNLiveStream: tencent failed: busy" }, attempts = 1 },
  } do
    case.operation, case.given = case.operation or "SendCustomCommand", case.given or MESSAGE
    it(title, function()
      local report = try(case)
      local failed = report.results[2]
      assert.equal(failed.answer, failed.err.answer)
      assert.equal(0, failed.answer.Code)
      assert.same({ "7", true, false, case.attempts or 1 }, { failed.err.request_id,
        failed.err.maybe_sent, failed.err.retryable, failed.err.attempts })
    end)
  end
end)

describe("the report of a batch", function()
  it("says in a few lines what became of all, before its results are read and after", function()
    local items = streams("a", "b", "c", "d", "e", "f", "g")
    for i = 2, 7 do items[i] = {} end
    local report = helper.aliyun():batch("ResumeLiveStream", items)
    local text = tostring(report)
    assert.matches("^7 items: 1 succeeded, 6 failed %(1 request, 0%.0 s%)\n  item 2: invalid_par",
      text)
    assert.matches("\n  item 6: [^\n]*\n  and 1 more$", text)
    assert.equal(7, #report.results)
    assert.equal(text, tostring(report))
    report = helper.zego():batch("ResumeRTCStreams", { "a", "no id" },
      { on_result = function() error "oops" end })
    assert.matches("\nended early: caller_error: [^\n]*oops\n  a: cancelled: [^\n]*\n"
      .. "  no id: invalid_parameter: ", tostring(report))
  end)
end)

describe("a batch under way", function()
  local function run(given, answer, items)
    local live, transport = helper.aliyun(answer)
    local report = live:batch("ResumeLiveStream", items or streams("a", "b", "c", "d"),
      merged({ concurrency = 1 }, given))
    return report, #transport.requests
  end

  it("tells on_progress where it is, after each request", function()
    local seen = {}
    run({ on_progress = function(progress) seen[#seen + 1] = progress end },
      helper.script(function()
        core.sleep(2)
        return OK.aliyun
      end, stopped("dns", false)), streams("a", "b"))
    assert.same({
      { total = 2, done = 1, succeeded = 1, failed = 0, unknown = 0, superseded = 0, unsent = 0,
        requests = 1, elapsed = 2 },
      { total = 2, done = 2, succeeded = 1, failed = 0, unknown = 0, superseded = 0, unsent = 1,
        requests = 1, elapsed = 2 },
    }, seen)
  end)

  for says, value in pairs { ["should_stop said so"] = true, enough = "enough" } do
    it("is ended by should_stop, which gets the counts: " .. says, function()
      local told
      local report, sends = run {
        should_stop = function(at) return at.succeeded == 2 and value end,
        on_progress = function(at)
          told = at.done
          return false -- means nothing
        end,
      }
      assert.equal(4, told) -- also of those that were never sent
      assert.same({ "ok", "ok", "cancelled", "cancelled" }, codes(report))
      assert.same({ 2, 2, 2, 0, 2, false }, { sends, report.requests, report.succeeded,
        report.failed, report.unsent, report.ok })
      assert.truthy(report.results[3].message:find("never sent, because " .. says, 1, true))
    end)
  end

  it("has each item once where one cannot be entered", function()
    local rtc = helper.zego()
    local report = batch.run(rtc, rtc.vendor.operations:find "DescribeRTCStreamState",
      { "a", "b", "c" }, { concurrency = 1 }, function(_, _, params)
        return { info = params.StreamId == "b" and { partial = 5 } or nil }
      end)
    assert.same({ "ok", "connect", "cancelled" }, codes(report))
    assert.same({ 1, 1, 1 }, { report.succeeded, report.failed, report.unsent })
    assert.equal("caller_error", report.err.code)
  end)

  it("sends nothing more when on_progress throws", function()
    local report = run({ concurrency = 1, on_progress = function() error("oops", 0) end })
    assert.same({ 1, 3, "caller_error", "oops" },
      { report.succeeded, report.unsent, report.err.code, report.err.thrown })
  end)
end)

describe("where no call can wait", function()
  it("each item of a batch and of a wait fails, and the loop is asked for nothing", function()
    local function unfit() error("the loop was asked", 0) end
    local live = helper.aliyun()
    local place = { send = unfit, sleep = unfit, all = unfit }
    function place.refusal() return "not here" end
    live.loop = function() return place end
    local no, items = "cannot_wait", streams("a", "b", "c")
    assert.same({ no, no, no }, codes(live:batch("ResumeLiveStream", items)))
    assert.same({ no, no, no }, codes(live:wait_for("stream_online", items)))
  end)
end)

describe("a batch throws for what is no batch, at the caller's line:", function()
  local hole, mixed = streams("a", "b", "c"), streams "a"
  hole[2], mixed.name = nil, stream "b"
  for text, arguments in pairs {
    ["did you mean 'concurrency'"] = { {}, { concurency = 1 } },
    ["list of items without gaps or names"] = { hole },
    ["without gaps or names"] = { stream "a" }, -- a map, which holds no item
    ["or an iterator"] = { mixed },
    ["batch takes a list or an iterator of items, got nothing"] = {},
    ["got a string"] = { "a" },
  } do
    it(text, function()
      helper.throws(text, function()
        local _ = helper.aliyun():batch("ResumeLiveStream", arguments[1], arguments[2])
      end)
    end)
  end
end)
