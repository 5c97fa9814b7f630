-- The examples that are programs of plain Lua, each as a user runs it, with and without faults.

local child = require "spec.support.child"
local json = require "cjson"
local session = require "spec.support.session"
local shell = require "spec.support.emulator.launcher.shell"
local usage = require "spec.support.usage"

local PUSH, URL = "push.example.com", "rtmp://push.example.com/app/s1"

session.describe("the example", function(s)
  local dir, environment

  before_each(function()
    dir = shell.run("mktemp -d"):match("%S+")
    environment = { ALIBABA_CLOUD_ECS_METADATA_DISABLED = "" } -- the emulator has such a service
    for _, pair in ipairs(s.e:environment()) do environment[pair[1]] = pair[2] end
  end)
  after_each(function() shell.run("rm -rf " .. shell.quote(dir)) end)

  -- Runs an example. Returns its output, its errors and its exit status.
  local function run(name, ...)
    local arguments = {}
    for i, argument in ipairs { ... } do arguments[i] = ("%q"):format(argument) end
    local code = ("arg = { [0] = %q, %s }\ndofile(arg[0])\n"):format("examples/" .. name,
      table.concat(arguments, ", "))
    local command = child.command(code, environment, dir .. "/example.lua")
    local output, status = shell.run(command .. " 2>" .. shell.quote(dir .. "/errors"))
    return output, shell.read_file(dir .. "/errors"), status
  end

  local function list_file(lines)
    local path = ("%s/%d.txt"):format(dir, #lines)
    shell.write_file(path, table.concat(lines, "\n") .. "\n")
    return path
  end

  local function actions(filter)
    local list = {}
    for i, request in ipairs(s.e:requests(filter)) do
      list[i] = request.action
      assert.is_true(request.verified)
    end
    return list
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

  it("resume_many.lua resumes 500 streams, and tells how far it is", function()
    local list = { "\239\187\191# streams of tonight" }
    for i = 1, 500 do list[i + 1] = " s" .. i .. " " end
    s.e:state { zego = { forbidden = { "s1", "s500" } } }
    local output, errors, status = run("resume_many.lua", list_file(list))
    assert.same({ "", 0 }, { output, status }, errors)
    assert.equal(25, #actions { action = "ResumeRTCStreams" })
    assert.same({}, s.e:state().zego.forbidden)
    assert.truthy(errors:find("500 of 500, 0 failed, ", 1, true), errors)
    local seconds = tonumber(errors:match "([%d.]+) s\n$")
    assert.is_true(select(2, errors:gsub("\n", "")) <= seconds + 1, errors) -- a line a second
  end)

  it("resume_many.lua lists what failed, to be fed in again", function()
    s.e:fault { kind = "status", status = 403, times = -1, match = { ["StreamId[]"] = "s21" } }
    local list = { "no good" }
    for i = 1, 25 do list[i + 1] = "s" .. i end
    local path = list_file {}
    shell.write_file(path, table.concat(list, "\n")) -- without an end of the last line
    local output, errors, status = run("resume_many.lua", path)
    assert.equal(1, status, errors)
    assert.equal("no good\ns21\ns22\ns23\ns24\ns25\n", output)
    assert.truthy(errors:find("s25: http: ", 1, true), errors)
    assert.truthy(errors:find("26 of 26, 6 failed, ", 1, true), errors)
  end)

  it("refuses wrong use", function()
    local empty = list_file { "# nothing" }
    for _, case in ipairs {
      { "usage: resume_many.lua FILE", "resume_many.lua" },
      { "No such file", "resume_many.lua", dir .. "/nothing" },
      { "has no ids", "resume_many.lua", empty },
      { "Is a directory", "resume_many.lua", dir },
      { "is no plain text", "resume_many.lua", list_file { "\255\254s\0", "\0", "" } },
      { "usage: failover.lua REGION", "failover.lua", "cn-shanghai", "task" },
      { "usage: forbid_unlisted.lua", "forbid_unlisted.lua", PUSH, PUSH, empty, "--yess" },
      { "No such file", "forbid_unlisted.lua", PUSH, PUSH, dir .. "/nothing" },
      { "Is a directory", "forbid_unlisted.lua", PUSH, PUSH, dir },
      { "allows nothing", "forbid_unlisted.lua", PUSH, PUSH, empty },
      { "no app/stream: s1", "forbid_unlisted.lua", PUSH, PUSH, list_file { "a/b", "s1" } },
      { "usage: rotate_keys.lua URL", "rotate_keys.lua" },
      { "usage: rotate_keys.lua URL", "rotate_keys.lua", PUSH },
      { "usage: rotate_keys.lua URL", "rotate_keys.lua", URL, "now" },
      { "usage: rotate_keys.lua URL", "rotate_keys.lua", URL, "--end-backup", "now" },
    } do
      local output, errors, status = run(case[2], case[3], case[4], case[5], case[6])
      assert.same({ "", 2 }, { output, status }, errors)
      assert.truthy(errors:find(case[1], 1, true), errors)
      assert.is_nil(errors:find("traceback", 1, true), errors)
    end
    assert.equal(0, #s.e:requests())
  end)

  local function relay()
    local task = assert(s:aliyun():create_live_pull_to_push(session.task())).TaskId
    assert(s:aliyun():forbid_live_stream(session.stream()))
    s.e:state { zego = { forbidden = { "r1", "r2" } } }
    return task
  end

  local function fail_over(task)
    return run("failover.lua", "cn-shanghai", task, PUSH, "app", "s1", "r1", "r2")
  end

  it("failover.lua moves a broadcast back", function()
    local output, errors, status = fail_over(relay())
    assert.equal(0, status, output .. errors)
    assert.equal("stop the relay          done\nresume the ingest       done\n"
      .. "resume the RTC streams  done\n", output)
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
      local output, errors, status = fail_over(task)
      assert.equal(1, status, output .. errors)
      local again = output:match("\nthe relay runs again as task (%S+)\n")
      local lines = "resume the ingest       done, undone\nresume the RTC streams  FAILED\n"
        .. "    2 items: 2 failed (1 request, "
      assert.truthy(output:find(lines, 1, true), output)
      assert.matches("\n *r1: http: ", output)
      assert.equal(restart_id == "same", again == task)
      local state = s.e:state()
      assert.equal(1, session.count(state.aliyun.blocked))
      assert.equal(2, session.count(state.zego.forbidden))
      assert.equal(1, state.aliyun.tasks[again].restarts)
      assert.equal(1, session.count(state.aliyun.tasks))
    end)
  end

  describe("forbid_unlisted.lua", function()
    local list

    -- Three pages of live streams, of which two are no guests.
    before_each(function()
      local online = {}
      for i = 1, 7 do
        online[i] = { DomainName = PUSH, AppName = i < 3 and "studio" or "live",
          StreamName = "s" .. i, PublishDomain = i == 7 and PUSH or nil }
      end
      s.e:state { aliyun = { domains = { ["play.example.com"] = PUSH }, online = online } }
      list = list_file { "studio/*   # ours", "live/s3", "live/s4", "live/s5" }
    end)

    it("only shows them, unless it is told to act", function()
      local output, errors, status = run("forbid_unlisted.lua", "play.example.com", PUSH, list)
      assert.same({ "live/s6\nlive/s7\n", 1 }, { output, status }, errors)
      assert.truthy(errors:find("7 streams are live, 2 are not allowed\n", 1, true), errors)
      assert.same({}, s.e:state().aliyun.blocked)
    end)

    it("forbids them, and nothing when it runs again", function()
      local output, errors, status = run("forbid_unlisted.lua", "play.example.com", PUSH, list,
        "--yes")
      assert.same({ "", 0 }, { output, status }, errors)
      assert.same({ [PUSH .. "/live/s6"] = true, [PUSH .. "/live/s7"] = true }, (function(blocked)
        for name in pairs(blocked) do blocked[name] = true end
        return blocked
      end)(s.e:state().aliyun.blocked))
      output, errors, status = run("forbid_unlisted.lua", "play.example.com", PUSH, list, "--yes")
      assert.same({ "", 0 }, { output, status }, errors)
      assert.equal(2, #actions { action = "ForbidLiveStream" })
      assert.equal(2, #actions { action = "DescribeLiveStreamState" }) -- they are seen offline
    end)

    it("forbids nothing when a line may mean a stream that it does not name", function()
      for _, line in ipairs { "live/s4 live/s5", "live/s4,", "live/s*", "*/s4", "live/s4#guest",
        "live/s4\rlive/s5", "\255\254l\0i\0v\0e\0/\0s\0" .. "4\0" } do
        list = list_file { "live/s3", line }
        local output, errors, status = run("forbid_unlisted.lua", "play.example.com", PUSH, list,
          "--yes")
        assert.same({ "", 2 }, { output, status }, errors)
        local reason = line:find "%z" and "is no plain text" or "no app/stream: " .. line
        assert.truthy(errors:find(reason, 1, true), errors)
      end
      assert.equal(0, #s.e:requests())
    end)

    it("forbids nothing when the list of live streams breaks off", function()
      local rows = {}
      for i = 1, 5 do rows[i] = { DomainName = PUSH, AppName = "x", StreamName = "x" .. i } end
      s.e:answer("DescribeLiveStreamsOnlineList", {
        { PageNum = 1, PageSize = 5, TotalNum = 10, TotalPage = 2,
          OnlineInfo = { LiveStreamOnlineInfo = rows } },
        { http_status = 403, Code = "Forbidden.RAM", Message = "no" },
      })
      local output, errors, status = run("forbid_unlisted.lua", "play.example.com", PUSH, list,
        "--yes")
      assert.same({ "", 2 }, { output, status }, errors)
      assert.truthy(errors:find("the list of live streams is incomplete: access_denied: ", 1, true),
        errors)
      assert.same({}, actions { action = "ForbidLiveStream" })
    end)
  end)

  describe("rotate_keys.lua", function()
    local OLD, SPARE = "mainKey7Of3The9Push", "backupKey0123456789"

    before_each(function()
      s.e:state { aliyun = { domain_configs = { [PUSH] = { aliauth = { auth_type = "type_a",
        auth_key1 = OLD, auth_key2 = SPARE, ali_auth_delta = "600" } } } } }
    end)

    local function keys()
      local now = s.e:state().aliyun.domain_configs[PUSH].aliauth
      assert.same({ "type_a", "600" }, { now.auth_type, now.ali_auth_delta })
      return now.auth_key1, now.auth_key2
    end

    local function rotate() return run("rotate_keys.lua", URL, "--end-backup") end

    -- The pairs of keys that the domain had after each change, by the emulator's log.
    local function history()
      local list = {}
      for i, request in ipairs(s.e:requests { action = "BatchSetLiveDomainConfigs" }) do
        local pair = {}
        for _, argument in ipairs(json.decode(request.query.Functions)[1].functionArgs) do
          pair[argument.argName] = argument.argValue
        end
        list[i] = { pair.auth_key1, pair.auth_key2 }
      end
      return list
    end

    -- The vendor's samples show such a type in three ways.
    for _, auth_type in ipairs { "type_a", "absent", "req_auth" } do
      it("has the new key sign, while the old one stays in force: " .. auth_type, function()
        s.e:config { auth_type = auth_type }
        local output, errors, status = rotate()
        assert.equal(0, status, output .. errors)
        assert.equal("new backup key       done\ncheck both keys      done\n"
          .. "change their places  done\ncheck again          done\n", output)
        local new, old = keys()
        assert.equal(OLD, old)
        assert.same({ { OLD, new }, { new, OLD } }, history())
        assert.is_true(#new == 32 and new:find "^%w+$" == 1)
        assert.is_nil(output:find(new, 1, true) or output:find(OLD, 1, true))
        output, errors, status = run("rotate_keys.lua", URL) -- would end the old key
        assert.same({ "", 2 }, { output, status }, errors)
        assert.truthy(errors:find("has a backup key, which this would end", 1, true), errors)
        assert.same({ new, OLD }, { keys() })
        rotate()
        assert.equal(new, select(2, keys()))
      end)
    end

    -- Has the vendor show the keys of another run from so many readings on.
    local function change_after(readings)
      local list = { { ArgName = "auth_key1", ArgValue = "another" } }
      s.e:fault { kind = "body", skip = readings, action = "DescribeLiveDomainConfigs", times = -1,
        body = json.encode { RequestId = "1", DomainConfigs = { DomainConfig = {
          { Status = "success", FunctionArgs = { FunctionArg = list } } } } } }
      local output, errors, status = rotate()
      assert.equal(1, status, output .. errors)
      assert.truthy(output:find("FAILED\n    somebody else has changed the keys", 1, true), output)
      return output
    end

    it("changes nothing once somebody else has changed the keys", function()
      change_after(1)
      assert.same({}, history())
    end)

    it("changes nothing where no key of type A is in force", function()
      local aliauth = { auth_type = "no_auth", auth_key1 = OLD }
      s.e:state { aliyun = { domain_configs = { [PUSH] = { aliauth = aliauth } } } }
      local output, errors, status = rotate()
      assert.same({ "", 2 }, { output, status })
      assert.truthy(errors:find("has no key of type A in force", 1, true), errors)
      assert.same({}, history())
    end)
  end)
end)
