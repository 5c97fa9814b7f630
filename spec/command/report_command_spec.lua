-- `streamctl report`: what a run was, as text, as JSON and as a page.

local command = require "spec.support.command"
local shell = require "spec.emulator.launcher.shell"

local function contains(expected, text)
  assert.truthy(text:find(expected, 1, true), expected .. "\n" .. text)
end

command.describe("streamctl report", function(c, e)
  after_each(function() shell.run("rm -rf " .. c.dir .. "/*.jsonl " .. c.dir .. "/*.html*") end)

  local function report(...) return c:run({ "report", ... }, { vendor = "none" }) end

  -- A run of 60 items in three requests, of which the first is answered well.
  local function run()
    c:write("ids", command.ids(60))
    e:fault { vendor = "zego", kind = "status", status = 500, times = 9, skip = 1 }
    return c:run({ "resume", "@ids", "--report", "r.jsonl", "--attempts", "1", "--concurrency",
      "1" }, { vendor = "zego", environment = { USER = "jane" } })
  end

  it("tells who, when, where and how", function()
    run():ends(1)
    local plan = c:report("r.jsonl")[1]
    local text = report("r.jsonl"):ok("streamctl retry r.jsonl").out
    for _, line in ipairs {
      "^REPORT     r.jsonl\n", "\nbegun      %d+%-%d+%-%d+ %d+:%d+ UTC by jane@%S+\n",
      "\ncommand    streamctl resume @ids %-%-report r.jsonl %-%-attempts 1 %-%-concurrency 1\n",
      "\naccount    zego:1234567890 %(live%)\n", "\nendpoint   https://", "\noperation  ResumeRTC",
      "\nitems      60: 20 ok, 40 failed\n", "\nrequests   3, %S+/s %(documented: 20/s%)\n",
      "\nstatus     1\n", "\n40     failed  http  HTTP status 500[^\n]*\n  s21 to s60\n",
    } do assert.matches(line, text) end
    contains("endpoint   " .. plan.endpoint, text)
  end)
end)
