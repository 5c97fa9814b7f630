-- In which order a run writes down and sends.

local bulk = require "streamctl.cli.bulk"
local fail = require "streamctl.cli.fail"
local helper = require "spec.pieces.cli.helper"
local reports = require "streamctl.cli.bulk.report"
local settings = require "streamctl.cli.config.settings"
local time = require "spec.pieces.helper"
local shell = require "spec.support.emulator.launcher.shell"
local streamctl = require "streamctl"

local ACTION = "CreateLivePullToPush" -- which must not be repeated

local ITEM = { SourceUrls = { "rtmp://pull.example.com/a/s" }, SourceType = "live",
  SourceProtocol = "rtmp", DstUrl = "rtmp://push.example.com/a/d" }

local function items(count)
  return { total = count, item = function() return ITEM end }
end

describe("a run with a report", function()
  local path, log, open, read, caught

  before_each(function()
    path, log, open, read, caught = os.tmpname(), {}, reports.open, reports.read, nil
    os.remove(path)
  end)
  after_each(function()
    reports.open, reports.read = open, read
    os.remove(path)
  end)

  local function note(what) log[#log + 1] = what end

  -- Runs calls for so many items; `batch`, if any: instead of the client's. Returns the status, and
  -- what was said.
  local function run(count, changes, batch)
    local client = streamctl.aliyun.new {
      access_key_id = "id", access_key_secret = "secret", retry = false,
      transport = { send = function()
        note "send"
        return { status = 200, body = '{"RequestId":"1","TaskId":"t1","RetCode":0}' }
      end },
    }
    local work = {
      account = { vendor = "aliyun", client = client, mode = "live",
        title = "it", settings = settings.new() },
      operation = streamctl.aliyun.operations:find(ACTION), items = items(count),
      params = { Region = "cn-shanghai", StartTime = "2035-01-01T00:00:00Z",
        EndTime = "2035-01-02T00:00:00Z" },
    }
    changes = changes or {}
    for name, value in pairs(changes) do work[name] = value end
    work.account.client = batch and setmetatable({ batch = batch,
      stamp = function() return false end }, { __index = client }) or client
    local stream = helper.stream()
    local invocation = helper.invocation(stream,
      { args = { report = path, path = "relay create", keep_trying = changes.keep_trying } })
    local out
    invocation.out, out = helper.out "jsonl"
    invocation.pause = changes.pause
    invocation.catch, invocation.caught = function() end, function() return caught end
    local ended = bulk.run(invocation, work)
    return ended, stream.text, out.text
  end

  -- Has each record and each sync noted; `sync(report, last)` is asked whether the disk is there.
  local function watch(sync)
    function reports.open(...)
      local report, last = open(...), nil
      local append, real_sync = report.append, report.sync
      function report:append(record)
        last = record.record
        note(last)
        return append(self, record)
      end
      function report:sync()
        note "sync"
        if sync(self, last) then return real_sync(self) end
        self.broken = "the disk is gone"
        return nil, self.broken
      end
      return report
    end
  end

  it("has `sent` on the disk before the request goes out", function()
    watch(function() return true end)
    assert.equal(0, (run(1)))
    assert.equal("plan items sync sent sync send result end sync", table.concat(log, " "))
  end)

  it("sends nothing when that does not reach the disk", function()
    watch(function(_, last) return last ~= "sent" end)
    local status, said = run(1)
    assert.equal(4, status)
    assert.matches("the disk is gone", said)
    assert.equal("plan items sync sent sync end", table.concat(log, " "))
  end)

  it("fails when its end does not reach the disk", function()
    watch(function(_, last) return last ~= "end" end)
    assert.equal(1, (run(1)))
  end)

  it("is complete where a signal comes after its last result", function()
    for count, expected in ipairs { 0, 130 } do
      caught = nil
      os.remove(path)
      local status, said = run(count, {}, function(_, _, pending, options)
        if type(pending) == "table" then return nil end -- a look at the options
        options.on_result { index = 1, item = pending(), ok = true, answer = {} }
        caught = "SIGINT"
        assert.equal("SIGINT was caught", options.should_stop())
        return { elapsed = 0 }
      end)
      assert.equal(expected, status, said)
    end
  end)

  it("raises what its own code throws, once all is written down", function()
    local ok, why = pcall(run, 3, { row_of = function() error("boom", 0) end })
    assert.same({ false, "boom", "send" }, { ok, why, table.concat(log, " ") })
    assert.same({ ok = 0, failed = 0, unknown = 1, superseded = 0, unsent = 2 },
      reports.read(path).counts)
    assert.matches('{"record":"end"[^\n]*\n$', shell.read_file(path))
  end)

  it("has unsent what is cancelled once `sent` was written down", function()
    local status, said = run(1, {}, function(_, _, pending, options)
      if type(pending) == "table" then return nil end -- a look at the options
      local result = { index = 1, item = pending(), ok = false, message = "cancelled: never sent",
        err = { code = "cancelled", outcome = "unsent", maybe_sent = false } }
      options.on_send { safe = false, items = { result }, settle = { began = 1 } }
      options.on_result(result)
      return { elapsed = 0 }
    end)
    assert.equal(1, status, said)
    assert.same({ ok = 0, failed = 0, unknown = 0, superseded = 0, unsent = 1 },
      reports.read(path).counts)
  end)

  describe("with --keep-trying", function()
    local pauses

    -- Runs four items. `outcomes`: by round, what becomes of each item that is sent.
    local function try(seconds, outcomes, stop, changes)
      local clock, round = 1000, 0
      pauses, changes = {}, changes or {}
      time.freeze(nil, clock)
      changes.keep_trying = seconds
      function changes.pause(_, pause)
        pauses[#pauses + 1] = pause
        if changes.meanwhile then changes.meanwhile(#pauses) end
        clock = clock + pause
        time.freeze(nil, clock)
        return stop
      end
      return run(4, changes, function(_, _, pending, options)
        if type(pending) == "table" then return nil end -- a look at the options
        round = round + 1
        for index = 1, 4 do
          local item = pending()
          if not item then break end
          local outcome = (outcomes[round] or outcomes[#outcomes]):sub(index, index)
          local err = { code = outcome == "r" and "access_denied" or "conflict",
            outcome = "failed" }
          options.on_result { index = index, item = item, ok = outcome == "+", answer = {},
            message = err.code .. ": no", err = outcome ~= "+" and err or nil }
        end
        return { elapsed = 0, requests = 1 }
      end)
    end

    after_each(function() time.thaw() end)

    it("sends again what is not ok, after longer and longer pauses", function()
      local status, said, out = try(1800, { "+--+", "-+", "-", "+" })
      assert.same({ 0, { 2, 4, 8 } }, { status, pauses }, said)
      assert.matches("the rest goes again in 8 s", said)
      assert.same({ ok = 4, failed = 0, unknown = 0, superseded = 0, unsent = 0 },
        read(path).counts)
      assert.equal(4, select(2, out:gsub('"state":"ok"', "")))
      assert.is_nil(out:find "failed") -- what goes again is not told yet
    end)

    it("ends when the time is over, and tells what is left", function()
      local status, _, out = try(9, { "+--+", "--" })
      assert.same({ 1, { 2, 4, 3 } }, { status, pauses })
      assert.equal(2, select(2, out:gsub('"state":"failed"', "")))
    end)

    it("ends at once when the account is refused, and at a signal", function()
      assert.same({ 3, {} }, { try(1800, { "rrrr" }), pauses })
      os.remove(path)
      local status, _, out = try(1800, { "---+" }, "SIGTERM")
      assert.same({ 143, { 2 } }, { status, pauses })
      assert.equal(3, select(2, out:gsub('"state":"failed"', "")))
      assert.equal("143", shell.read_file(path):match '"status":(%d+)[^\n]*\n$')
    end)

    it("lets other commands use the report in a pause, and goes on with what they wrote", function()
      local status, said, out = try(1800, { "+--+", "+" }, nil, { meanwhile = function()
        local report = open(path) -- no process has it
        report:append { record = "result", index = 2, ok = true }
        report:close()
      end })
      assert.same({ 0, { 2 } }, { status, pauses }, said)
      assert.equal(4, read(path).counts.ok)
      assert.is_nil(out:find '"failed"')
      assert.matches('"record":"reopen","items":%[3%]', shell.read_file(path))
    end)

    it("waits while another command uses the report", function()
      local other
      local status = try(1800, { "-+++", "+" }, nil, { meanwhile = function(number)
        if number == 1 then other = open(path) else other:close() end
      end })
      assert.same({ 0, { 2, 2 } }, { status, pauses })
      os.remove(path)
      status = try(9, { "-+++", "+" }, nil, { meanwhile = function(number)
        if number == 1 then other = open(path) end
      end })
      other:close()
      assert.equal(1, status)
    end)

    it("sends nothing more where the report is another one after a pause", function()
      local status, said = try(1800, { "-+++", "+" }, nil, { meanwhile = function()
        os.remove(path)
      end })
      assert.same({ 1, { 2 } }, { status, pauses })
      assert.matches("is another report by now", said)
      assert.matches("do not repeat the command", said)
    end)

    it("sends again nothing that the first round left out", function()
      try(1, { "++--", "--" })
      local report = open(path)
      local status, said = try(1800, { "-", "+" }, nil, { report = report, items = report,
        only = { 3 } })
      assert.same({ 1, { 2 } }, { status, pauses }, said)
      assert.same({ ok = 3, failed = 1, unknown = 0, superseded = 0, unsent = 0 },
        read(path).counts)
    end)
  end)

  it("looks once more at a report that another process began meanwhile", function()
    function reports.read() -- there was none yet
      reports.read = read
      local other = reports.open(path)
      other:begin({ command = "relay create", vendor = "aliyun", account = "aliyun:another",
        mode = "live", operation = ACTION, params = {}, total = 1, time = 1 },
        items(1))
      other:close()
    end
    local ok, ended = pcall(run, 1)
    assert.is_false(ok)
    assert.is_true(fail.is(ended), tostring(ended))
    assert.equal(2, ended.status)
    assert.matches("aliyun:another", tostring(ended))
    assert.same({}, log)
  end)
end)
