local compare = require "streamctl.cli.bulk.compare"
local failure = require "streamctl.cli.failure"
local json = require "cjson"
local report = require "streamctl.cli.bulk.report"
local shell = require "spec.emulator.launcher.shell"

local PLAN = { command = "resume", vendor = "zego", account = "zego:1", mode = "live",
  operation = "ResumeRTCStreams", params = { A = "1" }, options = {}, total = 3, time = 1,
  endpoint = "https://zego.example" }

-- An account whose client says of itself where it is.
local function account_of(key, mode, address, region)
  local client = setmetatable({}, { __tostring = function()
    return "streamctl.vendor: " .. (address or "https://zego.example") .. " " .. key
  end })
  return { key = key, mode = mode or "live", client = client, vendor = key:match "^%l+",
    settings = { region = region and { value = region } } }
end

local function plan(changes)
  local made = {}
  for name, value in pairs(PLAN) do made[name] = value end
  for name, value in pairs(changes or {}) do made[name] = value end
  return made
end

local function list_of(...)
  local items = { ... }
  return { total = #items, item = function(_, i) return items[i] end }
end

-- What a function that ends the command says.
local function ends(work, ...)
  local ok, ended = pcall(work, ...)
  assert.is_false(ok)
  assert.is_true(failure.is(ended), tostring(ended))
  return tostring(ended), ended.status
end

local function states(book)
  local list = {}
  for i = 1, book.plan.total do list[i] = book:state(i) end
  return table.concat(list, " ")
end

describe("the report", function()
  local path, open = nil, {}

  local function opened(...)
    local book = report.open(path, ...)
    open[#open + 1] = book
    return book
  end

  local function text()
    local file = assert(io.open(path, "rb"))
    local all = file:read "*a"
    file:close()
    return all
  end

  -- A report of three items, closed again.
  local function written(...)
    local book = opened()
    book:begin(plan(), list_of("a", { StreamName = "b", AppName = "x" }, "c"))
    for _, record in ipairs { ... } do assert(book:append(record)) end
    book:close()
    return book
  end

  before_each(function()
    path = os.tmpname()
    os.remove(path)
  end)

  after_each(function()
    for _, book in ipairs(open) do book:close() end
    open = {}
    os.remove(path)
  end)

  it("is for its owner alone, and begins with the plan and all items", function()
    written()
    assert.equal("600", (shell.run("stat -c %a " .. path):gsub("%s", "")))
    local lines = {}
    for line in text():gmatch "[^\n]+" do lines[#lines + 1] = json.decode(line) end
    assert.equal("plan", lines[1].record)
    assert.equal(1, lines[1].version)
    assert.same({ record = "items", first = 1,
      items = { "a", { StreamName = "b", AppName = "x" }, "c" } }, lines[2])
    assert.equal(2, #lines)
  end)

  it("keeps many items in records of a thousand at most", function()
    local book = opened()
    local many = { total = 2500, item = function(_, i) return "s" .. i end }
    book:begin(plan { total = 2500 }, many)
    book:close()
    local counts = {}
    for line in text():gmatch "[^\n]+" do
      local record = json.decode(line)
      if record.items then counts[#counts + 1] = ("%d+%d"):format(record.first, #record.items) end
    end
    assert.same({ "1+1000", "1001+1000", "2001+500" }, counts)
    assert.equal("s2500", report.read(path):item(2500))
  end)

  it("keeps long items in records that can be read", function()
    local long = ("x"):rep(40000)
    for _, item in ipairs { long, { StreamName = long } } do
      local book, counts = opened(), {}
      book:begin(plan(), list_of(item, item, item))
      book:close()
      for line in text():gmatch "[^\n]+" do
        local record = json.decode(line)
        if record.items then counts[#counts + 1] = #record.items end
      end
      assert.same({ 2, 1 }, counts)
      os.remove(path)
    end
  end)

  it("is not read to the end of a line that never ends", function()
    shell.write_file(path, '{"record":"' .. ("x"):rep(2 ^ 24 + 65536))
    assert.matches("a line is longer than 16 MiB", (ends(report.read, path)))
  end)

  it("has items that are opened again on the disk", function()
    written({ record = "result", index = 1, item = "a", ok = false, code = "vendor" })
    local book, synced = opened(), nil
    function book:sync() -- luacheck: no unused args
      synced = text()
      return nil, "the disk is gone"
    end
    assert.same({ nil, "the disk is gone" }, { book:reopen { 1 } })
    assert.matches('"record":"reopen"', synced)
  end)

  it("tells of each item what its last record says", function()
    written({ record = "sent", items = { 1, 2 }, settle = { operation = "X" } },
      { record = "result", index = 1, item = "a", ok = true },
      { record = "result", index = 3, item = "c", ok = false, code = "vendor", message = "no" })
    local book = report.read(path)
    assert.equal("ok unknown failed", states(book))
    assert.same({ ok = 1, failed = 1, unknown = 1, unsent = 0 }, book:counts())
    assert.same({ StreamName = "b", AppName = "x" }, book:item(2))
    assert.equal("X", book:result(2).settle.operation)
    assert.equal("no", book:result(3).message)
  end)

  it("takes an unknown outcome for one, and what was cancelled for unsent", function()
    written({ record = "result", index = 1, item = "a", ok = false, code = "outcome_unknown" },
      { record = "sent", items = { 2 } },
      { record = "result", index = 2, item = "b", ok = false, code = "cancelled" })
    assert.equal("unknown unsent unsent", states(report.read(path)))
  end)

  it("opens items again", function()
    written({ record = "result", index = 1, item = "a", ok = false, code = "vendor" },
      { record = "result", index = 2, item = "b", ok = true })
    local book = opened()
    assert(book:reopen { 1, 3 })
    assert.equal("unsent ok unsent", states(book))
    book:close()
    assert.equal("unsent ok unsent", states(report.read(path)))
    assert.same({ 1 }, json.decode(text():match "([^\n]+)\n$").items)
  end)

  it("keeps for unknown what is sent again until there is a result", function()
    written({ record = "sent", items = { 1, 2 } },
      { record = "result", index = 3, item = "c", ok = false, code = "vendor" })
    local book = opened()
    assert(book:reopen { 1, 2, 3 })
    assert.equal("unknown unknown unsent", states(book))
    assert(book:append { record = "result", index = 1, item = "a", ok = true })
    book:close()
    assert.equal("ok unknown unsent", states(report.read(path)))
  end)

  it("keeps an unknown outcome whatever comes of a second request, until it is settled", function()
    local SETTLE = { operation = "X", began = 1 }
    local function after(...)
      os.remove(path)
      written({ record = "sent", items = { 1 }, settle = SETTLE },
        { record = "reopen", items = { 1 } }, ...)
      local book = report.read(path)
      return book:state(1), (book:result(1).settle or {}).operation
    end
    local failed = { record = "result", index = 1, item = "a", ok = false, code = "vendor" }
    local sent = { record = "sent", items = { 1 }, settle = { operation = "Y", began = 1 } }
    assert.same({ "unknown", "X" }, { after() })
    assert.same({ "unknown", "X" }, { after(failed) })
    assert.same({ "unknown", "Y" }, { after(sent) })
    assert.same({ "unknown", "Y" }, { after(sent, failed) })
    assert.same({ "unknown", "Y" }, { after(sent,
      { record = "result", index = 1, item = "a", ok = false, code = "connect",
        maybe_sent = false }) })
    local settled = { record = "result", index = 1, item = "a", ok = false, code = "cancelled",
      settled = true }
    assert.equal("unsent", (after(sent, failed, settled)))
    assert.equal("failed", (after(sent, failed, settled, sent, failed)))
    assert.equal("ok", (after(sent, failed,
      { record = "result", index = 1, item = "a", ok = true, settled = true })))
    local ok = { record = "result", index = 1, item = "a", ok = true }
    assert.equal("ok", (after(sent, ok)))
  end)

  it("takes for unsent what certainly did not leave the machine", function()
    for code, expected in pairs { dns = "unsent", connect = "unsent", tls = "unsent",
      timeout = "unsent", store = "unsent", vendor = "failed", throttled = "failed" } do
      for _, maybe_sent in ipairs { false, true } do
        os.remove(path)
        written { record = "result", index = 2, item = "b", ok = false, code = code,
          maybe_sent = maybe_sent }
        assert.equal(maybe_sent and "failed" or expected, report.read(path):state(2), code)
      end
    end
  end)

  it("is right wherever it was cut off", function()
    written({ record = "sent", items = { 1 } },
      { record = "result", index = 1, item = "a", ok = true },
      { record = "sent", items = { 2, 3 } },
      { record = "result", index = 2, item = "b", ok = false, code = "vendor" },
      { record = "result", index = 3, item = "c", ok = true },
      { record = "end", total = 3 })
    local whole = text()
    local ends_of, at = {}, 0
    for line in whole:gmatch "[^\n]+\n" do
      at = at + #line
      ends_of[#ends_of + 1] = at
    end
    -- what holds once so many records are there; before the second one nothing was sent
    local expected = { nil, "unsent unsent unsent", "unknown unsent unsent", "ok unsent unsent",
      "ok unknown unknown", "ok failed unknown", "ok failed ok", "ok failed ok" }
    for size = 0, #whole do
      shell.write_file(path, whole:sub(1, size))
      local records = 0
      for i, stop in ipairs(ends_of) do if stop <= size then records = i end end
      local warned
      local book = opened({ warn = function() warned = true end })
      if records < 2 then
        assert.is_nil(book.plan, "after " .. size)
        assert.equal(0, #text())
      else
        assert.equal(expected[records], states(book), "after " .. size)
        assert.equal(whole:sub(1, ends_of[records]), text())
        assert.equal(size > ends_of[records] or nil, warned)
        assert(book:append { record = "result", index = 3, item = "c", ok = true })
      end
      book:close()
      assert.equal(records >= 2, report.read(path) ~= nil)
    end
  end)

  it("leaves alone what is no report", function()
    for _, other in ipairs { "stream-1", "stream-1\n", '{"StreamName":"a"}\n', "\n", "{",
      '{"record":"result","index":1}\n' } do
      shell.write_file(path, other)
      if other ~= "{" then -- which may be the beginning of one
        assert.matches(path, (ends(report.open, path)), 1, true)
        ends(report.read, path)
        assert.equal(other, text())
      end
    end
  end)

  it("is a regular file", function()
    shell.run("mkfifo " .. path)
    assert.matches("no regular file", (ends(report.read, path)))
    assert.equal(2, select(2, ends(report.open, path)))
  end)

  it("names the line that makes no sense", function()
    written({ record = "result", index = 1, item = "a", ok = true })
    local whole = text()
    for _, case in ipairs {
      { "rubbish", "not JSON" }, { "", "not JSON" }, { '{"record":"odd"}', "'odd' is no record" },
      { '{"record":"result","index":4}', "no item 4" },
      { '{"record":"result","index":1.5}', "no item 1.5" },
      { '{"record":"sent","items":[]}', "names no items" },
      { '{"record":"items","first":4,"items":["d"]}', "more items than the plan" },
      { '{"record":"items","first":4,"items":[4]}', "an id or an object, not 4" },
      { '{"record":"plan","version":1}', "a plan already" },
    } do
      shell.write_file(path, whole .. case[1] .. '\n{"record":"end"}\n')
      local message, code = ends(report.open, path)
      assert.matches("line 4: ", message, 1, true)
      assert.matches(case[2], message, 1, true)
      assert.equal(2, code)
    end
  end)

  it("has a plan that makes sense", function()
    for name, value in pairs { params = 5, options = "x", time = 1e300, vendor = 7 } do
      local record = plan { record = "plan", version = 1, [name] = value }
      shell.write_file(path, json.encode(record) .. "\n")
      assert.matches("line 1: the plan.*" .. name, (ends(report.read, path)))
    end
  end)

  it("is of one version", function()
    shell.write_file(path, '{"record":"plan","version":2}\n')
    assert.matches("version 2.*version 1", (ends(report.read, path)))
  end)

  it("is for one process at a time", function()
    local book = opened()
    book:begin(plan(), list_of("a", "b", "c"))
    local message, code = ends(report.open, path)
    assert.matches(path, message, 1, true)
    assert.equal(2, code)
    book:close()
    opened()
  end)

  it("is of one account and of one run", function()
    local items = list_of("a", { AppName = "x", StreamName = "b" }, "c")
    written()
    local book = report.read(path)
    compare.account(book, account_of "zego:1")
    compare.run(book, plan(), items)
    for _, same in ipairs { false, true } do -- an AppId is never the same account
      assert.matches("zego:1 .*zego:2", (ends(compare.account, book, account_of "zego:2", same)))
    end
    assert.matches("%(live%).*%(test%)",
      (ends(compare.account, book, account_of("zego:1", "test"))))
    assert.matches("endpoint https://zego.example, .*https://other",
      (ends(compare.account, book, account_of("zego:1", "live", "https://other"))))
    assert.matches("region .*cn%-shanghai",
      (ends(compare.account, book, account_of("zego:1", "live", nil, "cn-shanghai"))))
    for name, value in pairs { command = "forbid", operation = "X", params = { A = "2" },
      options = { check = true } } do
      local refused = ends(compare.run, book, plan { [name] = value }, items)
      assert.matches("its " .. name .. " is", refused)
    end
    assert.matches("item 3 is c, and this one's is d",
      (ends(compare.run, book, plan(), list_of("a", { AppName = "x", StreamName = "b" }, "d"))))
    assert.matches("total is 3, and this one's is 2",
      (ends(compare.run, book, plan { total = 2 }, list_of("a", "c"))))
  end)

  it("shows no keys of addresses where it differs", function()
    local book = opened()
    book:begin(plan { total = 1, params = { Url = "rtmp://a/b?k=secret1" } },
      list_of { DstUrl = "rtmp://a/b?k=secret2" })
    for _, params in ipairs { { Url = "rtmp://a/b?k=secret3" }, book.plan.params } do
      local said = ends(compare.run, book, plan { total = 1, params = params },
        list_of { DstUrl = "rtmp://a/c?k=secret4" })
      assert.matches("rtmp://a/b?...", said, 1, true)
      assert.not_matches("secret", said)
    end
  end)

  it("is of another key of the account where somebody says so, and from then on", function()
    local book = opened()
    book:begin(plan { vendor = "aliyun", account = "aliyun:old" }, list_of("a", "b", "c"))
    assert.matches("%-%-same%-account", (ends(compare.account, book, account_of "aliyun:new")))
    compare.account(book, account_of "aliyun:new", true)
    assert.equal("aliyun:old", book.plan.account)
    assert(book:adopt "aliyun:new")
    assert(book:adopt "aliyun:new")
    book:close()
    assert.equal("aliyun:new", report.read(path).plan.account)
    assert.equal(1, select(2, text():gsub('"record":"account"', "%0")))
    compare.account(report.read(path), account_of "aliyun:new")
    ends(compare.account, report.read(path), account_of "aliyun:old")
  end)

  it("says once that it cannot be written, and is as it was but for what came", function()
    written({ record = "sent", items = { 1 } })
    local before = text()
    local book = opened()
    book.journal:close()
    local done, why = book:append { record = "result", index = 1, item = "a", ok = true }
    assert.is_nil(done)
    assert.matches("cannot be written", why)
    assert.equal("ok", book:state(1))
    assert.equal(why, select(2, book:append { record = "sent", items = { 2 } }))
    assert.equal("unsent", book:state(2))
    assert.equal(why, select(2, book:append { record = "end" }))
    assert.equal(why, select(2, book:sync()))
    assert.equal(before, text())
  end)
end)
