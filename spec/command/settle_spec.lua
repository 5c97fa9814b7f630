-- streamctl settle: what became of the items of a report whose outcome is unknown.

local cjson = require "cjson"
local command = require "spec.support.command"
local shell = require "spec.emulator.launcher.shell"

local FROM = "rtmp://pull.example.com/app/s1"

command.describe("settle", function(c, e)
  local count, path = 0, nil
  before_each(function()
    count = count + 1
    path = ("report-%d.jsonl"):format(count)
  end)

  local function run(words, options)
    options = options or {}
    options.vendor = options.vendor or "aliyun"
    return c:run(words, options)
  end

  local function lines(total)
    local list = {}
    for i = 1, total do
      list[i] = cjson.encode { DstUrl = "rtmp://push.example.com/app/t" .. i .. "?k=livekey",
        SourceUrls = { FROM } }
    end
    return table.concat(list, "\n") .. "\n"
  end

  local function create(total)
    return run({ "relay", "create", "-", "--region", "cn-shanghai", "--end", "+2h", "-y",
      "--report", path, "--concurrency", "1" }, { input = lines(total) })
  end

  -- As if the calls had been made long ago: what was not executed is sure only a minute later.
  local function age()
    local whole = c.dir .. "/" .. path
    local text = shell.read_file(whole):gsub('("ended":)(%d+)', function(name, seconds)
      return name .. ("%d"):format(tonumber(seconds) - 100)
    end)
    shell.write_file(whole, text)
  end

  local function settle(...)
    return run { "settle", path, ... }
  end

  local function last_results()
    local by_index = {}
    for _, record in ipairs(c:report(path)) do
      if record.record == "result" then by_index[record.index] = record end
    end
    return by_index
  end

  local function asked(action)
    return #e:requests { action = action }
  end

  it("finds what was executed and what was not, and that goes again", function()
    e:fault { kind = "reset_after", action = "CreateLivePullToPush" }
    e:fault { kind = "reset_before", action = "CreateLivePullToPush" }
    create(3):ends(4)
    age()
    local ran = settle("-o", "json"):ok()
    local became = {}
    for _, item in ipairs(ran:items()) do
      became[item.item.DstUrl:match "t%d"] = item.became
    end
    assert.same({ t1 = "executed", t2 = "not_executed" }, became)
    local results = last_results()
    assert.same({ true, true }, { results[1].ok, results[1].settled })
    local tasks = e:state().aliyun.tasks
    assert.equal("rtmp://push.example.com/app/t1?k=livekey", tasks[results[1].task].info.DstUrl)
    assert.same({ false, "cancelled", true }, { results[2].ok, results[2].code,
      results[2].settled })
    assert.equal(3, asked "CreateLivePullToPush")
    create(3):ok()
    assert.equal(4, asked "CreateLivePullToPush")
    local made = 0
    for _ in pairs(e:state().aliyun.tasks) do made = made + 1 end
    assert.equal(3, made)
  end)

  it("leaves unknown what the vendor does not tell yet", function()
    e:fault { kind = "reset_before", action = "CreateLivePullToPush" }
    assert.equal(4, create(1).status)
    local ran = settle("--timeout", "1"):ends(4)
    assert.is_nil(ran.out:find("livekey", 1, true), ran.out)
    assert.truthy(ran.out:find("unknown", 1, true), ran.out)
    assert.is_nil(last_results()[1].settled)
    local item = settle("--timeout", "1", "-o", "ids").out
    assert.matches("^{.*livekey.*}\n$", item) -- which can be fed in again
    assert.equal(4, create(1).status)
    assert.equal(1, asked "CreateLivePullToPush")
  end)

  it("asks about what was sent before the command was killed", function()
    assert.equal(0, create(1).status)
    local kept = {}
    for line in shell.read_file(c.dir .. "/" .. path):gmatch "[^\n]+" do
      local kind = cjson.decode(line).record
      if kind ~= "result" and kind ~= "end" then kept[#kept + 1] = line .. "\n" end
    end
    shell.write_file(c.dir .. "/" .. path, table.concat(kept))
    local ran = settle():ok()
    assert.truthy(ran.out:find("executed", 1, true), ran.out)
    assert.equal(0, create(1).status)
    assert.equal(1, asked "CreateLivePullToPush")
  end)

  it("asks nothing where nothing is unknown", function()
    assert.equal(0, create(1).status)
    local before = #e:requests()
    local ran = settle()
    assert.same({ 0, "" }, { ran.status, ran.out })
    assert.equal(before, #e:requests())
  end)

  it("says when the query failed, and goes on with the others", function()
    e:fault { kind = "reset_after", action = "CreateLivePullToPush", times = 2 }
    assert.equal(4, create(2).status)
    e:fault { kind = "status", status = 400, code = "Busy", action = "DescribeLivePullToPushList" }
    local ran = settle("-o", "jsonl"):ends(4)
    local rows = ran:rows()
    assert.same({ "unknown", "executed" }, { rows[1].became, rows[2].became })
    assert.truthy(rows[1].message:find("Busy", 1, true), rows[1].message)
  end)

  it("leaves a kick unknown, since an offline stream may have gone by itself", function()
    local stream = { DomainName = "push.example.com", AppName = "live", StreamName = "s1" }
    local kick = { "forbid", "--domain", "push.example.com", "--app", "live", "--kick", "s1",
      "--report", path }
    for _, kind in ipairs { "reset_before", "reset_after" } do
      e:reset()
      e:state { aliyun = { online = kind == "reset_after" and { stream } or nil } }
      e:fault { kind = kind, action = "ForbidLiveStream" }
      local before = path
      path = kind .. "-" .. path
      kick[#kick] = path
      assert.equal(4, run(kick).status)
      age()
      local ran = settle("-o", "json")
      local item = ran:items()[1]
      assert.same({ 4, "unknown" }, { ran.status, item.became })
      assert.matches("DescribeLiveStreamState shows what is, not what was done", item.message)
      assert.matches("retry " .. path:gsub("%p", "%%%0") .. " %-%-only unknown", item.message)
      assert.is_nil(last_results()[1].settled)
      path = before
    end
  end)

  it("refuses what is no report", function()
    run { "settle", "nowhere.jsonl" }:refused "nowhere.jsonl"
  end)
end)
