-- Streams go by the command: `streamctl forbid`.

local command = require "spec.support.command"
local shell = require "spec.support.emulator.launcher.shell"
local times = require "streamctl.cli.times"

local INGEST = "push.example.com"

command.describe("forbid", function(c, e)
  local function zego(...)
    return c:run({ "forbid", ... }, { vendor = "zego" })
  end

  local function aliyun(...)
    return c:run({ "forbid", "--domain", INGEST, "--app", "live", ... }, { vendor = "aliyun" })
  end

  it("asks before more than one, and without anybody who answers sends nothing", function()
    zego("s1", "s2"):refused("this forbids 2 streams", "1234567890", "live", "ForbidRTCStreams",
      "--yes")
    assert.equal(0, #e:requests())
    zego("s1", "s2", "--yes"):ok()
    zego("s3"):ok()
    local forbidden = e:state().zego.forbidden
    for i = 1, 3 do assert.is_table(forbidden["s" .. i]) end
  end)

  it("takes the answer of a terminal", function()
    for i, keys in ipairs { "n\n", "y\n" } do
      local ran = c:terminal({ "forbid", "s1", "s2" }, { vendor = "zego", keys = keys })
      assert.same({ ({ 2, 0 })[i], i - 1 }, { ran.status, #e:requests() }, ran.screen)
    end
  end)

  it("reaches what is pushed to a CDN, until a time", function()
    zego("--cdn", "s1", "--until", "+2h"):ok()
    local ban = e:state().zego.cdn_forbidden.s1
    assert.is_true(math.abs(ban.until_unix - os.time() - 7200) < 300)
  end)

  it("does not take the body of an error in a 200 for done", function()
    for _, body in ipairs {
      '{"Code":"InvalidParameter","Message":"no such app","RequestId":"R","HostId":"h"}',
      '{"Success":false,"Message":"no such app","RequestId":"R"}',
    } do
      e:fault { vendor = "aliyun", kind = "body", body = body }
      assert.matches("no such app", aliyun "s1":ends(1, "0 ok, 1 failed").out)
    end
  end)

  it("counts from when a report was begun", function()
    local path = c.dir .. "/until"
    local function go(time)
      return aliyun("s1", "s2", "-y", "--until", time, "--report", "until")
    end
    -- as if it had been begun long ago, and stopped before anything went out
    local function begun(time)
      local plan, items = shell.read_file(path):match "^([^\n]+\n)([^\n]+\n)"
      shell.write_file(path, plan:gsub('("ResumeTime":")[^"]*', "%1" .. time) .. items)
    end
    go "+2h":ok()
    e:reset()
    begun "2098-01-02T03:04:05Z"
    aliyun("s1", "s2", "-y", "--for", "2h", "--report", "until"):ok()
    for i = 1, 2 do assert.equal("2098-01-02T03:04:05Z", e:requests()[i].query.ResumeTime) end
    go "2099-01-02T03:04:05Z":ends(2) -- which is another one
    begun "2020-01-02T03:04:05Z"
    assert.matches("later than now.*2020", go "+2h":ends(2).err)
    local again = c:run({ "retry", "until", "-y" }, { vendor = "aliyun" }):ends(1)
    assert.matches("ResumeTime must be later than the present time", again.out)
    assert.equal(2, #e:requests())
  end)

  it("keeps streams of Alibaba Cloud away until a time", function()
    aliyun("s1", "--until", "2099-01-02T03:04:05Z"):ok()
    assert.equal("2099-01-02T03:04:05Z", e:requests()[1].query.ResumeTime)
    aliyun("s2", "--until", "+30m"):ok()
    local seconds = times.read(e:requests()[2].query.ResumeTime)
    assert.is_true(math.abs(seconds - os.time() - 1800) < 300)
    aliyun("s4", "--for", "2h"):ok "asks for a ban until "
    seconds = times.read(e:requests()[3].query.ResumeTime)
    assert.is_true(math.abs(seconds - os.time() - 7200) < 300)
    aliyun("s3"):ok "the ban ends by itself after 6 months"
    assert.is_nil(e:requests()[4].query.ResumeTime)
  end)

  it("cuts once, which is written down first and never repeated", function()
    aliyun("s1", "s2", "--kick", "--yes", "--report", "kick.jsonl"):ok()
    for _, request in ipairs(e:requests()) do assert.equal("yes", request.query.Oneshot) end
    local sent, results = 0, 0
    for _, record in ipairs(c:report "kick.jsonl") do
      if record.record == "sent" then sent = sent + #record.items end
      if record.record == "result" then results = results + 1 end
      assert.is_true(results <= sent)
    end
    assert.same({ 2, 2 }, { sent, results })
    e:fault { kind = "reset_after", times = -1 }
    assert.equal("s3\n", aliyun("s3", "--kick", "-o", "ids"):ends(4).out)
    assert.equal(3, #e:requests())
  end)

  it("says what cannot be, and what does not go together", function()
    for text, ran in pairs {
      ["--until is not for RTC streams: ZEGOCLOUD forbids them until they are resumed"] =
        zego("s1", "--until", "+30m"),
      ["--until must be later than now"] = aliyun("s1", "--until", "2020-01-02T03:04:05Z"),
      ["by 30 days at most"] = zego("--cdn", "s1", "--until", "+31d"),
      ["--until 'tomorrow': expected a time in UTC"] = aliyun("s1", "--until", "tomorrow"),
      ["--kick is for Alibaba Cloud"] = zego("--vendor", "zego", "s1", "--kick"),
      ["--kick lets streams come back at once"] = aliyun("s1", "--kick", "--until", "+1h"),
      ["--kick lets streams come back at once; --for"] = aliyun("s1", "--kick", "--for", "1h"),
      ["--until and --for both say when"] = aliyun("s1", "--until", "+1h", "--for", "1h"),
      ["--for is not for RTC streams"] = zego("s1", "--for", "30m"),
      ["--for 'soon': expected a number of seconds"] = aliyun("s1", "--for", "soon"),
      -- no item makes another operation of it
      ["'Oneshot' is none of StreamName"] = aliyun('{"StreamName":"s1","Oneshot":"yes"}'),
    } do
      ran:refused(text)
    end
    assert.equal(0, #e:requests())
  end)
end)
