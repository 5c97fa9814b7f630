-- In which order a run writes down and sends.

local bulk = require "streamctl.cli.bulk"
local failure = require "streamctl.cli.failure"
local helper = require "spec.unit.cli.helper"
local report = require "streamctl.cli.bulk.report"
local streamctl = require "streamctl"

local ACTION = "CreateLivePullToPush" -- which must not be repeated

describe("a run with a report", function()
  local path, log, book

  before_each(function()
    path, log = os.tmpname(), {}
    os.remove(path)
  end)
  after_each(function()
    if book then book:close() end
    book = nil
    os.remove(path)
  end)

  local function note(what) log[#log + 1] = what end

  local function job()
    local item = { SourceUrls = { "rtmp://pull.example.com/a/s" }, SourceType = "live",
      SourceProtocol = "rtmp", DstUrl = "rtmp://push.example.com/a/d" }
    local client = streamctl.aliyun.new {
      access_key_id = "id", access_key_secret = "secret", retry = false,
      transport = { send = function()
        note "send"
        return { code = "ok", http_status = 200, headers = "", maybe_sent = true,
          body = '{"RequestId":"1","TaskId":"t1","RetCode":0}' }
      end },
    }
    return {
      command = "relay create", verb = "creating", options = {},
      account = { client = client, vendor = "aliyun", key = client.account_key, mode = "live",
        title = "it", settings = {} },
      operation = streamctl.aliyun.operations:find(ACTION),
      params = { Region = "cn-shanghai", StartTime = "2035-01-01T00:00:00Z",
        EndTime = "2035-01-02T00:00:00Z" },
      items = { total = 1, item = function() return item end },
    }
  end

  local function run(made)
    local stream = helper.stream()
    local invocation = helper.invocation(stream, { args = { report = path } })
    invocation.out = helper.out "jsonl"
    invocation.catch, invocation.caught = function() end, function() end
    return bulk.run(invocation, made), stream.text
  end

  it("has `sent` on the disk before the request goes out", function()
    local made, open = job(), report.open
    finally(function() report.open = open end)
    function report.open(...)
      book = open(...)
      local append, sync = book.append, book.sync
      function book:append(record) note(record.record) return append(self, record) end
      function book:sync() note "sync" return sync(self) end
      return book
    end
    assert.equal(0, (run(made)))
    assert.equal("plan items sync sent sync send result end sync", table.concat(log, " "))
  end)

  it("sends nothing when that does not reach the disk", function()
    local made, open = job(), report.open
    finally(function() report.open = open end)
    function report.open(...)
      book = open(...)
      local append, syncs = book.append, false
      function book:append(record)
        syncs = record.record == "sent"
        return append(self, record)
      end
      local sync = book.sync
      function book:sync()
        if not syncs then return sync(self) end
        self.broken = "the disk is gone"
        return nil, self.broken
      end
      return book
    end
    local status, said = run(made)
    assert.equal(4, status)
    assert.matches("the disk is gone", said)
    assert.same({}, log)
  end)

  it("raises what its own code throws, once all is written down", function()
    local made = job()
    local item = made.items.item()
    made.items = { total = 3, item = function() return item end }
    made.row_of = function() error("boom", 0) end
    local ok, why = pcall(run, made)
    assert.same({ false, "boom", "send" }, { ok, why, table.concat(log, " ") })
    assert.same({ ok = 0, failed = 0, unknown = 1, unsent = 2 }, report.read(path):counts())
    local file = assert(io.open(path))
    local text = file:read "*a"
    file:close()
    assert.matches('{"record":"end"[^\n]*\n$', text)
  end)

  -- A run of requests for one stream each, whose answers are those of `codes`, in turn.
  local function play(codes, total)
    local made, sent = job(), 0
    made.operation = streamctl.aliyun.operations:find "ResumeLiveStream"
    made.params = { DomainName = "push.example.com", AppName = "live" }
    made.items = { total = total, item = function(_, i) return { StreamName = "s" .. i } end }
    made.account.client = streamctl.aliyun.new {
      access_key_id = "id", access_key_secret = "secret", retry = false, rate_limit = false,
      transport = { send = function()
        sent = sent + 1
        local code = codes(sent)
        if code ~= "ok" then return { code = code, maybe_sent = false, message = "no way" } end
        return { code = "ok", http_status = 200, headers = "", maybe_sent = true,
          body = '{"RequestId":"1"}' }
      end },
    }
    made.account.settings.concurrency = { value = 1 }
    local status, said = run(made)
    return sent, status, said
  end

  it("ends after twenty requests in a row that did not leave the machine", function()
    local sent, status, said = play(function() return "connect" end, 50)
    assert.same({ 20, 1 }, { sent, status }, said)
    assert.matches("requests do not leave this machine: .*no way", said)
    assert.same({ ok = 0, failed = 0, unknown = 0, unsent = 50 }, report.read(path):counts())
  end)

  it("goes on when another answer comes between such requests", function()
    local sent, status = play(function(n) return n % 20 == 0 and "ok" or "tls" end, 50)
    assert.same({ 50, 1 }, { sent, status })
    assert.same({ ok = 2, failed = 0, unknown = 0, unsent = 48 }, report.read(path):counts())
  end)

  it("has unsent what is cancelled once `sent` was written down", function()
    local made = job()
    local client = made.account.client
    made.account.client = setmetatable({}, { __index = client, __tostring = function()
      return tostring(client)
    end })
    function made.account.client.batch(_, _, items, options)
      if type(items) == "table" then return nil end -- a look at the options
      local result = { index = 1, item = items(), ok = false, message = "cancelled: never sent",
        err = { code = "cancelled", maybe_sent = false } }
      options.on_send { safe = false, items = { result }, settle = { began = 1 } }
      options.on_result(result)
      return { elapsed = 0 }
    end
    local status, said = run(made)
    assert.equal(1, status, said)
    assert.same({ ok = 0, failed = 0, unknown = 0, unsent = 1 }, report.read(path):counts())
  end)

  it("looks once more at a report that another process began meanwhile", function()
    local made, read = job(), report.read
    finally(function() report.read = read end)
    function report.read() -- there was none yet
      report.read = read
      local other = report.open(path)
      other:begin({ command = "relay create", vendor = "aliyun", account = "aliyun:another",
        mode = "live", operation = ACTION, params = {}, options = {}, total = 1, time = 1 },
        made.items)
      other:close()
    end
    local ok, ended = pcall(run, made)
    assert.is_false(ok)
    assert.is_true(failure.is(ended), tostring(ended))
    assert.equal(2, ended.status)
    assert.matches("aliyun:another", tostring(ended))
    assert.same({}, log)
  end)
end)
