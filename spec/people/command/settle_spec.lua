-- streamctl settle: what became of the items of a report whose outcome is unknown.

local command = require "spec.support.command"
local shell = require "spec.support.emulator.launcher.shell"

command.describe("settle", function(c, e)
  local path
  setup(function() path = c.dir .. "/report" end)
  after_each(function() os.remove(path) end)

  local function create(count) return c:create(count, { "--report", "report" }) end

  local function settle(...) return c:run({ "settle", "report", ... }, { vendor = "aliyun" }) end

  local function fault(kind, times)
    e:fault { kind = kind, action = "CreateLivePullToPush", times = times }
  end

  -- As if the calls had been made long ago: what was not executed is sure only a minute later.
  local function age()
    local text = shell.read_file(path):gsub('("ended":)(%d+)', function(name, seconds)
      return name .. ("%d"):format(tonumber(seconds) - 100)
    end)
    shell.write_file(path, text)
  end

  local function last_results()
    local by_index = {}
    for _, record in ipairs(c:report "report") do
      if record.record == "result" then by_index[record.index] = record end
    end
    return by_index
  end

  local function created() return #e:requests { action = "CreateLivePullToPush" } end

  it("finds what was executed and what was not, and that goes again", function()
    fault "reset_after"
    fault "reset_before"
    create(3):ends(4)
    age()
    local became = {}
    for _, item in ipairs(settle("-o", "json"):ok():items()) do
      became[item.item.DstUrl:match "d%d"] = item.became
    end
    assert.same({ d1 = "executed", d2 = "not_executed" }, became)
    local first, second = last_results()[1], last_results()[2]
    assert.same({ true, true, false, "cancelled", true },
      { first.ok, first.settled, second.ok, second.code, second.settled })
    local info = e:state().aliyun.tasks[first.task].info
    assert.equal("rtmp://push.example.com/app/d1?auth_key=livekey", info.DstUrl)
    assert.equal(3, created())
    create(3):ok()
    assert.equal(4, created())
    local made = 0
    for _ in pairs(e:state().aliyun.tasks) do made = made + 1 end
    assert.equal(3, made)
  end)

  it("leaves unknown what the vendor does not tell yet", function()
    fault "reset_before"
    create(1):ends(4)
    local ran = settle("--timeout", "1"):ends(4)
    assert.not_matches("livekey", ran.out)
    assert.matches("unknown", ran.out)
    assert.is_nil(last_results()[1].settled)
    local item = settle("--timeout", "1", "-o", "ids").out
    assert.matches("^{.*livekey.*}\n$", item) -- which can be fed in again
    create(1):ends(4)
    assert.equal(1, created())
  end)

  it("says which task has the destination, and is not as asked", function()
    fault "reset_before"
    create(1):ends(4)
    c:create(1, { "--start", "+1h", "--report", "other", "-o", "json" }):ok()
    local row = settle("-o", "jsonl"):ends(4):rows()[1]
    assert.equal("unknown", row.became)
    assert.equal(("the task %s is there, and is not as asked"):format(next(e:state().aliyun.tasks)),
      row.message)
  end)

  it("asks about what was sent before the command was killed, and then nothing", function()
    create(1):ok()
    local text = shell.read_file(path):gsub('{"record":"result".*', "")
    shell.write_file(path, text)
    assert.matches("executed", settle():ok().out)
    create(1):ok()
    assert.equal(1, created())
    local before = #e:requests()
    assert.equal("", settle():ok("report is unknown").out)
    assert.equal(before, #e:requests())
  end)

  it("says when the query failed, and goes on with the others", function()
    fault("reset_after", 2)
    create(2):ends(4)
    e:fault { kind = "status", status = 400, code = "Busy", action = "DescribeLivePullToPushList" }
    local rows = settle("-o", "jsonl"):ends(4):rows()
    assert.same({ "unknown", "executed" }, { rows[1].became, rows[2].became })
    assert.matches("Busy", rows[1].message)
  end)

  it("refuses what is no report", function()
    c:run({ "settle", "nowhere.jsonl" }, { vendor = "aliyun" }):refused "nowhere.jsonl"
  end)
end)
