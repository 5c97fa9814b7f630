-- What a report tells of its runs and its failures.

local facts = require "streamctl.cli.report.facts"
local json = require "cjson"
local shell = require "spec.support.emulator.launcher.shell"

local BEGAN = 1795400000

local function plan(total)
  return { record = "plan", version = 1, vendor = "zego", account = "zego:1", mode = "live",
    command = "resume", operation = "ResumeRTCStreams", total = total, time = BEGAN }
end

local function ok(index) return { record = "result", index = index, ok = true } end

local function failed(index, message, further)
  local record = { record = "result", index = index, item = "s" .. index, ok = false,
    code = "vendor", outcome = "failed", message = message or "vendor: no" }
  for name, value in pairs(further or {}) do record[name] = value end
  return record
end

local function ending(elapsed, requests, status)
  return { record = "end", elapsed = elapsed, requests = requests, status = status or 0 }
end

local function reopen(time, ...) return { record = "reopen", items = { ... }, time = time } end

local function goes_on(seconds)
  return { record = "account", account = "zego:1", time = BEGAN + seconds }
end

local function sent(...) return { record = "sent", items = { ... } } end

local function sent_at(seconds, index)
  return { record = "sent", items = { index }, safe = true, time = BEGAN + seconds }
end

-- Reads the facts of a plan for `total` items and of records.
local function facts_of(total, records)
  local path = os.tmpname()
  local items = {}
  for i = 1, total do items[i] = "s" .. i end
  local lines = { json.encode(plan(total)),
    json.encode { record = "items", first = 1, items = items } }
  for _, record in ipairs(records) do lines[#lines + 1] = json.encode(record) end
  shell.write_file(path, table.concat(lines, "\n") .. "\n")
  local found = facts.read(path)
  os.remove(path)
  return found
end

-- A name, records, and the runs: kind, when it began, requests, elapsed, rate, results, failed,
-- status.
local RUNS = {
  { "one run", { sent_at(0, 1), ok(1), ok(2), failed(3), ending(2, 3, 1) },
    { "first", 0, 3, 2, 1, 3, 1, 1 } },
  { "a run that was killed", { sent_at(0, 1), ok(1), sent_at(1, 2), ok(2), sent_at(4, 3) },
    { "first", 0, 3, 4, 0.5, 2, 0 } },
  { "a run that was killed at once", {}, { "first", 0, nil, nil, nil, 0, 0 } },
  { "one request", { ok(1), ending(0.5, 1) }, { "first", 0, 1, 0.5, nil, 1, 0, 0 } },
  { "a run that went on after its end",
    { ok(1), ending(1, 1, 130), goes_on(90), ok(2), ending(3, 1) },
    { "first", 0, 1, 1, nil, 1, 0, 130 }, { "continued", 90, 1, 3, nil, 1, 0, 0 } },
  { "a run that went on at once after it was killed", { sent_at(0, 1), ok(1), goes_on(3),
      goes_on(5), ok(2), ending(1, 1) },
    { "first", 0, 1, 0, nil, 1, 0 }, { "continued", 5, 1, 1, nil, 1, 0, 0 } },
  { "a run that goes on now", { ok(1), ending(1, 1), goes_on(3) },
    { "first", 0, 1, 1, nil, 1, 0, 0 }, { "continued", 3, nil, nil, nil, 0, 0 } },
  { "a command for which nothing was left", { ok(1), ending(1, 1), goes_on(3), ending(0, 0) },
    { "first", 0, 1, 1, nil, 1, 0, 0 } },
  { "a retry", { failed(1), ending(1, 1, 1), goes_on(50), reopen(BEGAN + 50, 1), ok(1),
      ending(2, 1) },
    { "first", 0, 1, 1, nil, 1, 1, 1 }, { "retry", 50, 1, 2, nil, 1, 0, 0 } },
  { "a question about what is unknown", { sent(1), ending(1, 1, 4), goes_on(9),
      { record = "result", index = 1, ok = true, settled = true }, { record = "end", status = 0 } },
    { "first", 0, 1, 1, nil, 0, 0, 4 }, { "settle", 9, nil, nil, nil, 1, 0, 0 } },
  { "a job, which counts no requests", { ok(1), failed(2), ending(9) },
    { "first", 0, nil, 9, nil, 2, 1, 0 } },
  { "times that make no sense", { sent_at(-9, 1), ok(1), sent_at(1e300, 2),
      { record = "end", elapsed = "x", requests = {}, status = 1e300 } },
    { "first", 0, nil, nil, nil, 1, 0 } },
}

-- A name, how many items, records, and the groups: state, code, message, numbers of items.
local GROUPS = {
  { "no failures", 1, { ok(1) } },
  { "large groups before small ones, failures before all others", 6, { failed(2, "vendor: a"),
      failed(3, "vendor: b"), failed(4, "vendor: b"), sent(5) },
    { "failed", "vendor", "vendor: b", { 3, 4 } }, { "failed", "vendor", "vendor: a", { 2 } },
    { "unknown", nil, "sent, and the run ended before the answer", { 5 } },
    { "unsent", nil, "not sent", { 1, 6 } } },
  { "messages that differ in items, numbers and requests", 3, {
      failed(1, "vendor: s1 of request ab-1 is 5", { request_id = "ab-1" }),
      failed(2, "vendor: s2 of request cd-2 is 6", { request_id = "cd-2" }),
      failed(3, "vendor: s3 of request cd-2 is 6", { request_id = "cd-2", vendor_code = 9 }) },
    { "failed", "vendor", "vendor: s1 of request ab-1 is 5", { 1, 2 } },
    { "failed", "vendor", "vendor: s3 of request cd-2 is 6", { 3 } } },
  { "the last result of an item", 2, { failed(1, "vendor: a"), failed(2, "vendor: a"),
      reopen(BEGAN, 1, 2), failed(1, "vendor: b") },
    { "failed", "vendor", "vendor: b", { 1 } }, { "failed", "vendor", "vendor: a", { 2 } } },
  { "a success after a failure", 1, { failed(1), reopen(BEGAN, 1), ok(1) } },
  { "an unknown item whose repeat failed", 1, { sent(1), reopen(BEGAN, 1),
      failed(1, "vendor: a") }, { "unknown", "vendor", "vendor: a", { 1 } } },
}

describe("the facts of a report", function()
  for _, case in ipairs(RUNS) do
    it("tell " .. case[1], function()
      local found, runs, expected = facts_of(5, case[2]), {}, {}
      for i, run in ipairs(found.runs) do
        runs[i] = { run.kind, run.began and run.began - BEGAN, run.requests, run.elapsed, run.rate,
          run.results, run.failed, run.status }
      end
      for i = 3, #case do expected[i - 2] = case[i] end
      assert.same(expected, runs)
    end)
  end

  it("sum up the runs whose rate is known", function()
    local found = facts_of(9, { ok(1), ending(4, 3), goes_on(90), ok(4), ending(1, 1),
      goes_on(200), ok(5), ending(2, 3, 1) })
    assert.same({ 7, 7, 6 / 7, 20, 1 },
      { found.requests, found.elapsed, found.rate, found.documented_rate, found.status })
  end)

  for _, case in ipairs(GROUPS) do
    it("group " .. case[1], function()
      local groups, expected = {}, {}
      for i, group in ipairs(facts_of(case[2], case[3]).groups) do
        groups[i] = { group.state, group.cause.code, group.cause.message, group.numbers }
      end
      for i = 4, #case do expected[i - 3] = case[i] end
      assert.same(expected, groups)
    end)
  end

  it("have the request of an item that failed last", function()
    local found = facts_of(2, { failed(1, "vendor: a", { request_id = "r1" }),
      failed(2, "vendor: a", { request_id = "r2" }), reopen(BEGAN, 2), ok(2) })
    assert.same({ "r1" }, found.request_ids)
  end)

  it("are those of a file that is a report", function()
    assert.has_error(function() facts.read "/nowhere/report" end)
  end)
end)
