-- Streams go by the command: `streamctl forbid`.

local command = require "spec.support.command"
local shell = require "spec.emulator.launcher.shell"
local times = require "streamctl.cli.times"

local INGEST = "push.example.com"

command.describe("forbid", function(c, e)
  local function zego(...)
    return c:run({ "forbid", ... }, { vendor = "zego" })
  end

  local function aliyun(...)
    return c:run({ "forbid", "--domain", INGEST, "--app", "live", ... }, { vendor = "aliyun" })
  end

  local function refused(ran, expected)
    ran:refused(expected)
    assert.equal(0, #e:requests())
  end

  it("asks before more than one, and without anybody who answers sends nothing", function()
    local ran = zego("s1", "s2")
    refused(ran, "this forbids 2 streams")
    for _, words in ipairs { "1234567890", "live", "ForbidRTCStreams", "--yes" } do
      assert.truthy(ran.err:find(words, 1, true), ran.err)
    end
    zego("s1", "s2", "--yes"):ok()
    zego("s3"):ok()
    local forbidden = e:state().zego.forbidden
    for i = 1, 3 do assert.is_table(forbidden["s" .. i]) end
  end)

  it("takes the answer of a terminal", function()
    local ran = c:terminal({ "forbid", "s1", "s2" }, { vendor = "zego", keys = "n\n" })
    assert.equal(2, ran.status, ran.screen)
    assert.equal(0, #e:requests())
    ran = c:terminal({ "forbid", "s1", "s2" }, { vendor = "zego", keys = "y\n" })
    assert.equal(0, ran.status, ran.screen)
    assert.equal(1, #e:requests())
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
      local ran = aliyun "s1":ends(1)
      assert.truthy(ran.out:find("no such app", 1, true), ran.out)
      assert.truthy(ran.err:find("0 ok, 1 failed", 1, true), ran.err)
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
    assert.equal(0, go("+2h").status)
    e:reset()
    begun "2098-01-02T03:04:05Z"
    go "+2h":ok()
    for i = 1, 2 do assert.equal("2098-01-02T03:04:05Z", e:requests()[i].query.ResumeTime) end
    assert.equal(2, go("2099-01-02T03:04:05Z").status) -- which is another one
    begun "2020-01-02T03:04:05Z"
    local ran = go "+2h":ends(2)
    assert.matches("later than now.*2020", ran.err)
    assert.equal(2, #e:requests())
  end)

  it("keeps streams of Alibaba Cloud away until a time", function()
    aliyun("s1", "--until", "2099-01-02T03:04:05Z"):ok()
    assert.equal("2099-01-02T03:04:05Z", e:requests()[1].query.ResumeTime)
    aliyun("s2", "--until", "+30m"):ok()
    local seconds = times.read(e:requests()[2].query.ResumeTime)
    assert.is_true(math.abs(seconds - os.time() - 1800) < 300)
    aliyun("s3"):ok()
    assert.is_nil(e:requests()[3].query.ResumeTime)
  end)

  it("says why a time cannot be", function()
    refused(zego("s1", "--until", "+30m"),
      "--until is not for RTC streams: ZEGOCLOUD forbids them until they are resumed")
    refused(aliyun("s1", "--until", "2020-01-02T03:04:05Z"), "--until must be later than now")
    refused(aliyun("s1", "--until", "tomorrow"), "--until 'tomorrow': expected a time in UTC")
  end)

  it("cuts once, which is written down first and never repeated", function()
    aliyun("s1", "s2", "--kick", "--yes", "--report", "kick.jsonl"):ok()
    for _, request in ipairs(e:requests()) do assert.equal("yes", request.query.Oneshot) end
    local sent, results = 0, 0
    for _, record in ipairs(c:report "kick.jsonl") do
      if record.record == "sent" then sent = sent + #record.items end
      if record.record == "result" then
        results = results + 1
        assert.is_true(results <= sent)
      end
    end
    assert.same({ 2, 2 }, { sent, results })

    e:fault { kind = "reset_after", times = -1 }
    local ran = aliyun("s3", "--kick", "-o", "ids", "--only", "unknown")
    assert.same({ 4, 3 }, { ran.status, #e:requests() }, ran.err)
    assert.truthy(ran.out:find("s3", 1, true), ran.out)
  end)

  it("writes nothing down first that may be repeated", function()
    aliyun("s1", "--report", "ban.jsonl"):ok()
    for _, record in ipairs(c:report "ban.jsonl") do assert.not_equal("sent", record.record) end
  end)

  it("says what does not go together", function()
    refused(zego("--vendor", "zego", "s1", "--kick"), "--kick is for Alibaba Cloud")
    refused(aliyun("s1", "--kick", "--until", "+1h"), "--kick lets streams come back at once")
    refused(aliyun("s1", "--kick", "--check"), "--check is not for --kick")
    -- no item makes another operation of it
    refused(aliyun('{"StreamName":"s1","Oneshot":"yes"}'), "'Oneshot' is none of StreamName")
  end)

  it("looks no longer after a signal, and says that it was done", function()
    e:state { aliyun = { online = { { DomainName = INGEST, AppName = "live", StreamName = "s1" } },
    } }
    e:answer("DescribeLiveStreamState", { { StreamState = "online" } })
    local running = c:start({ "forbid", "--domain", INGEST, "--app", "live", "s1", "--check", "-o",
      "json" }, { vendor = "aliyun" })
    command.await(function()
      return #e:requests { action = "DescribeLiveStreamState" } > 0
    end, "a look")
    running:signal "INT"
    local ran = running:wait():ends(1)
    local row = ran:items()[1]
    assert.equal("unconfirmed", row.code)
    assert.truthy(row.message:find("because SIGINT was caught", 1, true), row.message)
    assert.equal(1, #e:requests { action = "ForbidLiveStream" })
  end)

  it("looks afterwards", function()
    e:state { zego = { live = { "s1" } } }
    zego("--check", "s1"):ok()
    assert.equal(1, #e:requests { action = "DescribeRTCStreamState" })
    aliyun("s1", "--check"):ok()
    assert.equal(1, #e:requests { action = "DescribeLiveStreamState" })
  end)
end)
