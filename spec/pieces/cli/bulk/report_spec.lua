-- The file of a report: what is in it, what is read out of it, and what is not taken for one.

local errors = require "streamctl.base.errors"
local fail = require "streamctl.cli.fail"
local json = require "cjson"
local reports = require "streamctl.cli.bulk.report"
local shell = require "spec.support.emulator.launcher.shell"

local function plan(changes)
  local made = { command = "resume", vendor = "zego", account = "zego:1", mode = "live",
    operation = "ResumeRTCStreams", params = { A = "1" }, total = 3, time = 1 }
  for name, value in pairs(changes or {}) do made[name] = value end
  return made
end

local function list_of(...)
  local items = { ... }
  return { total = #items, item = function(_, i) return items[i] end }
end

-- What a function says that ends the command because it was called wrongly.
local function ends(work, ...)
  local ok, ended = pcall(work, ...)
  assert.is_false(ok)
  assert.is_true(fail.is(ended), tostring(ended))
  assert.equal(2, ended.status)
  return tostring(ended)
end

local function states(report)
  local list = {}
  for i = 1, report.total do list[i] = report:state(i) end
  return table.concat(list, " ")
end

describe("the report", function()
  local path, open, warned = nil, {}, nil
  local say = { warn = function() warned = true end }

  local function opened()
    warned = false
    open[#open + 1] = reports.open(path, say)
    return open[#open]
  end

  local function text() return assert(shell.read_file(path)) end

  local function records()
    local list = {}
    for line in text():gmatch "([^\n]+)\n" do list[#list + 1] = json.decode(line) end
    return list
  end

  -- A new report of some items, closed again.
  local function begun(list, changes)
    os.remove(path)
    local report, it = opened(), plan(changes)
    it.total = list.total
    report:begin(it, list)
    report:close()
  end

  -- A report of three items, closed again.
  local function written(list)
    begun(list_of("a", { StreamName = "b", AppName = "x" }, "c"))
    local report = opened()
    for _, record in ipairs(list) do assert(report:append(record)) end
    report:close()
  end

  before_each(function()
    path = os.tmpname()
    os.remove(path)
  end)

  after_each(function()
    for _, report in ipairs(open) do report:close() end
    open = {}
    os.remove(path)
  end)

  it("is for its owner alone, and begins with the plan and all items", function()
    written {}
    assert.equal("600", (shell.run("stat -c %a " .. path):gsub("%s", "")))
    local list = records()
    assert.same({ "plan", 1, 3 }, { list[1].record, list[1].version, list[1].total })
    assert.same({ record = "items", first = 1,
      items = { "a", { StreamName = "b", AppName = "x" }, "c" } }, list[2])
    assert.is_nil(list[3])
  end)

  local LONG = ("x"):rep(40000)
  for _, case in ipairs {
    { "many", { total = 2500, item = function(_, i) return "s" .. i end }, { 1000, 1000, 500 } },
    { "long", list_of(LONG, LONG, LONG), { 2, 1 } },
    { "large", list_of({ A = LONG }, { A = LONG }, { A = LONG }), { 2, 1 } },
  } do
    it("keeps " .. case[1] .. " items in records that can be read", function()
      begun(case[2])
      local counts, known = {}, 0
      for i, record in ipairs(records()) do
        if i > 1 then
          assert.equal(known + 1, record.first)
          counts[i - 1], known = #record.items, known + #record.items
        end
      end
      assert.same(case[3], counts)
      assert.same(case[2]:item(known), reports.read(path):item(known))
    end)
  end

  it("is not read to the end of a line that never ends", function()
    shell.write_file(path, '{"record":"' .. ("x"):rep(2 ^ 24 + 65536))
    assert.matches("a line is longer than 16 MiB", ends(reports.read, path))
  end)

  local function result(index, code, more)
    local record = { record = "result", index = index, item = "x", ok = code == "ok",
      code = code ~= "ok" and code or nil }
    if not record.ok then record.outcome = errors.outcome_of(record) end
    for name, value in pairs(more or {}) do record[name] = value end
    return record
  end

  local function sent(index, operation)
    return { record = "sent", items = { index }, settle = { operation = operation, began = 1 } }
  end

  local X, Y, FAILED = sent(1, "X"), sent(1, "Y"), result(1, "vendor")
  local SAFE = { record = "sent", safe = true, items = { 1 } }
  local AGAIN = { record = "reopen", items = { 1 } }
  local SETTLED = result(1, "cancelled", { settled = true })

  -- Records, how all items stand then, and which query asks about the first one.
  for _, case in ipairs {
    { {}, "unsent unsent unsent" },
    { { X, sent(2), result(3, "vendor") }, "unknown unknown failed", "X" },
    { { X, result(1, "ok"), result(2, "outcome_unknown") }, "ok unknown unsent" },
    { { X, result(1, "cancelled") }, "unsent unsent unsent" },
    { { FAILED, result(2, "ok"), AGAIN }, "failed ok unsent" },
    { { FAILED, AGAIN, result(1, "dns") }, "failed unsent unsent" },
    { { result(1, "superseded"), result(2, "dns") }, "superseded unsent unsent" },
    -- what may be repeated
    { { SAFE }, "failed unsent unsent" },
    { { SAFE, result(1, "cancelled") }, "unsent unsent unsent" },
    { { SAFE, AGAIN, SAFE, result(1, "cancelled") }, "failed unsent unsent" },
    -- what is unknown and sent again stays so until it succeeds or is settled
    { { X, AGAIN }, "unknown unsent unsent", "X" },
    { { X, AGAIN, FAILED }, "unknown unsent unsent", "X" },
    { { X, AGAIN, Y }, "unknown unsent unsent", "Y" },
    { { X, AGAIN, Y, FAILED }, "unknown unsent unsent", "Y" },
    { { X, AGAIN, Y, result(1, "connect", { maybe_sent = false }) }, "unknown unsent unsent", "Y" },
    { { X, AGAIN, Y, FAILED, SETTLED }, "unsent unsent unsent" },
    { { X, AGAIN, Y, FAILED, SETTLED, Y, FAILED }, "failed unsent unsent" },
    { { X, AGAIN, Y, FAILED, result(1, "ok", { settled = true }) }, "ok unsent unsent" },
    { { X, AGAIN, Y, result(1, "ok") }, "ok unsent unsent" },
  } do
    local names = {}
    for i, record in ipairs(case[1]) do names[i] = record.record end
    it(("tells by '%s' that items are %s"):format(table.concat(names, " "), case[2]), function()
      written(case[1])
      local report = reports.read(path)
      assert.equal(case[2], states(report))
      assert.equal(case[3], (report.queries[1] or {}).operation)
      assert.same({ StreamName = "b", AppName = "x" }, report:item(2))
    end)
  end

  it("goes on with items that failed or are unknown, and that is on the disk", function()
    written { FAILED, sent(2, "X") }
    local report, synced = opened(), nil
    local sync = report.sync
    function report:sync()
      synced = text()
      return sync(self)
    end
    report:go_on("zego:2", { 1, 2, 3 })
    assert.equal("unsent unknown unsent", states(report))
    local list = records()
    assert.equal("zego:2", list[#list - 1].account)
    assert.same({ 1, 2 }, list[#list].items)
    assert.equal(synced, text())
    report:go_on "zego:2"
    assert.equal("account", records()[#list + 1].record)
    report:close()
    assert.equal("zego:2", reports.read(path).plan.account)
  end)

  it("is right wherever it was cut off", function()
    written { X, result(1, "ok"), { record = "sent", items = { 2, 3 } }, result(2, "vendor"),
      result(3, "ok"), { record = "end", total = 3 } }
    local whole, ends_of, at = text(), {}, 0
    for line in whole:gmatch "[^\n]+\n" do
      at = at + #line
      ends_of[#ends_of + 1] = at
    end
    -- what holds once so many records are there; before the second one nothing was sent
    local expected = { nil, "unsent unsent unsent", "unknown unsent unsent", "ok unsent unsent",
      "ok unknown unknown", "ok failed unknown", "ok failed ok", "ok failed ok" }
    for step = 0, 2 * #whole do -- each size, without and with a page of nothing behind
      local size, nothing = math.floor(step / 2), step % 2 == 1 and ("\0"):rep(9) or ""
      shell.write_file(path, whole:sub(1, size) .. nothing)
      local count = 0
      for i, stop in ipairs(ends_of) do if stop <= size then count = i end end
      local report = opened()
      if count < 2 then
        assert.is_nil(report.plan, "after " .. size)
        assert.equal(0, #text())
      else
        assert.equal(expected[count], states(report), "after " .. size)
        assert.equal(whole:sub(1, ends_of[count]), text())
        assert.equal(size > ends_of[count] or nothing ~= "", warned)
        assert(report:append(result(3, "ok")))
      end
      report:close()
      assert.equal(count >= 2, reports.read(path) ~= nil)
    end
  end)

  it("leaves alone what is no report", function()
    for _, other in ipairs { "stream-1", "stream-1\n", '{"StreamName":"a"}\n', "\n",
      '{"record":"result","index":1}\n' } do
      shell.write_file(path, other)
      assert.matches(path, ends(reports.read, path), 1, true)
      assert.matches("line 1: .*name another file", ends(reports.open, path))
      collectgarbage()
      assert.equal(other, text())
    end
    os.remove(path)
    shell.run("mkfifo " .. path)
    assert.matches("no regular file", ends(reports.read, path))
    assert.matches("no regular file", ends(reports.open, path))
  end)

  it("names the line that makes no sense", function()
    written { result(1, "ok") }
    local whole = text()
    for line, why in pairs {
      rubbish = "not JSON", [""] = "not JSON", ['{"record":"odd"}'] = "'odd' is no record",
      ['{"record":"result","index":4,"ok":true}'] = "no item 4",
      ['{"record":"result","index":1.5,"ok":true}'] = "no item 1.5",
      ['{"record":"result","index":1,"ok":false,"outcome":1}'] = "does not tell its outcome",
      ['{"record":"sent","items":[]}'] = "names no items",
      ['{"record":"items","first":4,"items":["d"]}'] = "more items than the plan",
      ['{"record":"items","first":4,"items":[4]}'] = "an id or an object, not 4",
      ['{"record":"plan","version":1}'] = "a plan already",
    } do
      shell.write_file(path, whole .. line .. '\n{"record":"end"}\n')
      local message = ends(reports.read, path)
      assert.matches("line 4: ", message, 1, true)
      assert.matches(why, message, 1, true)
      assert.matches("take the line out", message, 1, true)
    end
  end)

  it("has a plan that makes sense", function()
    for name, value in pairs { params = 5, time = 1e300, vendor = 7, total = 0.5,
      version = 2 } do
      local record = plan { record = "plan", version = 1 }
      record[name] = value
      shell.write_file(path, json.encode(record) .. "\n")
      local message = ends(reports.read, path)
      assert.matches("line 1: ", message, 1, true)
      assert.matches(name, message, 1, true)
    end
  end)

  it("says once that it cannot be written, and is as it was but for what came", function()
    written { X }
    local before, report = text(), opened()
    report.journal:close()
    local done, why = report:append(result(1, "ok"))
    assert.is_nil(done)
    assert.matches("cannot be written", why)
    assert.equal(why, select(2, report:append(sent(2))))
    assert.equal("ok unsent unsent", states(report))
    assert.equal(why, select(2, report:sync()))
    report:finish(0)
    assert.same({ why, before }, { report.broken, text() })
  end)
end)
