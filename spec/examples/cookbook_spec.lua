-- The examples, each as a user runs it, with and without faults.

local child = require "spec.support.child"
local session = require "spec.support.session"
local shell = require "spec.emulator.launcher.shell"
local usage = require "spec.support.usage"

session.describe("the example", function(s)
  local dir

  before_each(function() dir = shell.run("mktemp -d"):match("%S+") end)
  after_each(function() shell.run("rm -rf " .. shell.quote(dir)) end)

  -- Runs an example. Returns its output, its errors and its exit status.
  local function run(name, ...)
    -- the emulator has a metadata service
    local environment, arguments = { ALIBABA_CLOUD_ECS_METADATA_DISABLED = "" }, {}
    for _, pair in ipairs(s.e:environment()) do environment[pair[1]] = pair[2] end
    for i, argument in ipairs { ... } do arguments[i] = ("%q"):format(argument) end
    local code = ("arg = { [0] = %q, %s }\ndofile(arg[0])\n"):format("examples/" .. name,
      table.concat(arguments, ", "))
    local command = child.command(code, environment, dir .. "/example.lua")
    local output, status = shell.run(command .. " 2>" .. shell.quote(dir .. "/errors"))
    return output, shell.read_file(dir .. "/errors"), status
  end

  local function ids_file(text)
    shell.write_file(dir .. "/ids.txt", text)
    return dir .. "/ids.txt"
  end

  it("demo.lua does its steps, one with the key of a role", function()
    if usage.sanitized then return pending "curl, which it runs, hangs with a sanitizer loaded" end
    local output, errors, status = run("demo.lua")
    assert.same({ "", 0 }, { errors, status }, output)
    local by_role = {}
    for _, entry in ipairs(s.e:requests { vendor = "aliyun" }) do
      if entry.headers["x-acs-security-token"] == s.e.sts.security_token then
        by_role[#by_role + 1] = entry.action .. " " .. tostring(entry.verified)
      end
    end
    assert.same({ "ResumeLiveStream true", "DescribeLiveStreamsBlockList true" }, by_role)
    assert.equal(3, #s.e:requests { vendor = "metadata" })
    assert.same({}, s.e:state().aliyun.blocked)
    for _, secret in ipairs { s.e.sts.access_key_secret, s.e.sts.security_token } do
      assert.is_nil(output:find(secret, 1, true))
    end
  end)

  it("resume_many.lua resumes what a file lists", function()
    s.e:state { zego = { forbidden = { "s1", "s2", "s45" } } }
    local list = {}
    for i = 1, 45 do list[i] = "s" .. i end
    local output, errors, status = run("resume_many.lua",
      ids_file(table.concat(list, "\n") .. "\ns1\n"))
    assert.same({ "", "46 resumed, 0 failed\n", 0 }, { output, errors, status })
    assert.equal(3, #s.e:requests())
    assert.same({}, s.e:state().zego.forbidden)
  end)

  it("resume_many.lua lists what failed, to be fed in again", function()
    s.e:fault { kind = "status", status = 403, times = -1, match = { ["StreamId[]"] = "s21" } }
    local list = { "no good" }
    for i = 1, 25 do list[i + 1] = "s" .. i end
    local output, errors, status = run("resume_many.lua", ids_file(table.concat(list, "\n")))
    assert.equal(1, status, errors)
    assert.equal("no good\ns21\ns22\ns23\ns24\ns25\n", output)
    assert.is_truthy(errors:find("s25: http: ", 1, true), errors)
    assert.is_truthy(errors:find("\n20 resumed, 6 failed\n", 1, true), errors)
  end)

  it("refuses wrong use", function()
    for said, case in pairs {
      ["usage: resume_many.lua FILE"] = { 1, "resume_many.lua" },
      ["No such file"] = { 1, "resume_many.lua", dir .. "/nothing" },
      ["usage: "] = { 2, "failover.lua", "task" },
    } do
      local output, errors, status = run(case[2], case[3])
      assert.same({ "", case[1] }, { output, status })
      assert.is_truthy(errors:find(said, 1, true), errors)
    end
    assert.equal(0, #s.e:requests())
  end)

  local function relay()
    local task = assert(s:aliyun():create_live_pull_to_push(session.task())).TaskId
    assert(s:aliyun():forbid_live_stream(session.stream()))
    s.e:state { zego = { forbidden = { "r1", "r2" } } }
    return task
  end

  it("failover.lua moves a broadcast back", function()
    local output, errors, status = run("failover.lua", relay(), "push.example.com", "app", "s1",
      "r1", "r2")
    assert.equal(0, status, output .. errors)
    local lines = "stop the relay           done\nresume the ingest        done\nresume the RTC "
      .. "streams   done\n"
    assert.equal(lines, output)
    local state = s.e:state()
    assert.same({}, state.aliyun.blocked)
    assert.same({}, state.zego.forbidden)
  end)

  for _, restart_id in ipairs { "same", "new" } do
    it("failover.lua undoes what it did when a step fails; TaskId after a "
      .. "restart: " .. restart_id, function()
      s.e:config { restart_id = restart_id }
      local task = relay()
      s.e:fault { kind = "status", status = 400, vendor = "zego", times = -1 }
      local output, errors, status = run("failover.lua", task, "push.example.com", "app", "s1",
        "r1", "r2")
      assert.equal(1, status, output .. errors)
      local again = output:match("    the relay runs again as task (%S+)\n")
      assert.equal("stop the relay           done, undone\n    the relay runs again as task "
        .. tostring(again)
        .. "\nresume the ingest        done, undone\n"
        .. "resume the RTC streams   FAILED\n    2 of 2 streams failed\n", output)
      assert.equal(restart_id == "same", again == task)
      local state = s.e:state()
      assert.equal(1, session.count(state.aliyun.blocked))
      assert.equal(2, session.count(state.zego.forbidden))
      assert.equal(1, state.aliyun.tasks[again].restarts)
      assert.equal(1, session.count(state.aliyun.tasks))
    end)
  end
end)
