-- What streams are, by the command: `streamctl state`.

local command = require "spec.support.command"

local unpack = table.unpack or unpack -- luacheck: ignore 113 143

local INGEST, PLAYBACK = "push.example.com", "play.example.com"

command.describe("state", function(c, e)
  local function zego(...)
    return c:run({ "state", ... }, { vendor = "zego" })
  end

  local function aliyun(...)
    return c:run({ "state", "--domain", INGEST, "--app", "live", ... }, { vendor = "aliyun" })
  end

  -- The state of each stream, by its name.
  local function states(ran)
    local found = {}
    for _, row in ipairs(ran:items()) do
      found[row.item.StreamName or row.item.StreamId or row.item] = row.state
    end
    return found
  end

  local function stream(name)
    return { DomainName = INGEST, AppName = "live", StreamName = name }
  end

  it("tells which RTC streams are live, and since when", function()
    e:state { zego = { live = { "s1", "s2" } } }
    local ran = zego("s1", "s2", "s3", "-o", "json"):ok()
    assert.same({ s1 = "live", s2 = "live", s3 = "offline" }, states(ran))
    ran = zego("s1", "s3"):ok()
    for _, row in ipairs { "\ns1 +live +%-\n", "\ns3 +offline +%-\n" } do
      assert.truthy(ran.out:find(row), ran.out) -- as they end
    end
  end)

  it("tells which streams of Alibaba Cloud are live", function()
    e:state { aliyun = { online = { stream "s1" } } }
    local ran = aliyun("s1", "s2", "-o", "json"):ok()
    assert.same({ s1 = "live", s2 = "offline" }, states(ran))
  end)

  it("tells what is forbidden at the CDN, by one question", function()
    e:state { zego = { cdn_forbidden = { "s2" } } }
    local ran = zego("--cdn", "s1", "s2", "s22", "-o", "json"):ok()
    assert.same({ s1 = "allowed", s2 = "blocked", s22 = "allowed" }, states(ran))
    assert.equal(1, #e:requests())
  end)

  it("tells what is blocked at Alibaba Cloud, by one walk through the list", function()
    local blocked = {}
    for i = 1, 2500 do blocked[i] = ("%s/live/s%d"):format(PLAYBACK, i) end
    e:serve("DescribeLiveStreamsBlockList", { items = blocked })
    local ran = aliyun("--blocked", PLAYBACK, "s1", "s2500", "s2501", "-o", "json",
      '{"StreamName":"s2","AppName":"other"}'):ok()
    assert.same({ s1 = "blocked", s2500 = "blocked", s2501 = "allowed", s2 = "allowed" },
      states(ran))
    assert.equal(3, #e:requests())
    assert.equal(PLAYBACK, e:requests()[1].query.DomainName)
  end)

  it("has a status that says whether all are as expected", function()
    e:state { zego = { live = { "s1", "s2" }, cdn_forbidden = { "s3" } },
      aliyun = { blocked = { stream "s4" } } }
    assert.equal(0, zego("s1", "s2", "--expect", "live").status)
    local ran = zego("s1", "s3", "--expect", "live", "-o", "ids")
    assert.same({ 1, "s3\n" }, { ran.status, ran.out })
    assert.truthy(ran.err:find("1 of 2 are not live", 1, true), ran.err)
    assert.equal(0, zego("s3", "--expect", "offline").status)
    assert.equal(0, zego("s3", "--cdn", "--expect", "blocked").status)
    ran = zego("s3", "s4", "--cdn", "--expect", "allowed", "-o", "ids")
    assert.same({ 1, "s3\n" }, { ran.status, ran.out })
    assert.equal(0, aliyun("s4", "--blocked", INGEST, "--expect", "blocked").status)
    assert.equal(1, aliyun("s4", "s5", "--blocked", INGEST, "--expect", "blocked").status)
  end)

  it("says what cannot be told", function()
    for _, case in ipairs {
      { zego, { "--expect", "blocked" }, "ZEGOCLOUD does not tell which RTC streams" },
      { zego, { "--cdn", "--expect", "live" }, "a list tells what is blocked or allowed" },
      { zego, { "--vendor", "zego", "--blocked", PLAYBACK }, "--blocked is for Alibaba Cloud" },
      { aliyun, { "--expect", "allowed" }, "--expect allowed needs the block list" },
      { aliyun, { "--blocked", PLAYBACK, "--expect", "offline" }, "offline: a list tells" },
      { zego, { "--expect", "up" }, "--expect" },
      { zego, { "--report", "r.jsonl" }, "--report is not for streamctl state" },
      { zego, { "--cdn", "-n" }, "--dry-run is for what is asked a stream" },
      { zego, { "s/1" }, "argument 2: DescribeRTCStreamState: StreamId must be" },
    } do
      case[1]("s1", unpack(case[2])):refused(case[3])
    end
    assert.equal(0, #e:requests())
  end)

  it("lets one failure be one", function()
    e:state { zego = { live = { "s1", "s2", "s3" } } }
    e:fault { kind = "status", status = 403, times = -1, match = { StreamId = "s2" } }
    local ran = zego("s1", "s2", "s3", "-o", "json", "--expect", "live"):ends(1)
    assert.same({ s1 = "live", s2 = "failed", s3 = "live" }, states(ran))
    ran = zego("s1", "s2"):ends(1)
    assert.matches("STREAM +STATE +MESSAGE\n.*\ns2 +failed +[^\n]*403", ran.out)
  end)

  it("fails as a whole where a list cannot be had", function()
    e:fault { kind = "status", status = 403, times = -1 }
    assert.equal("", zego("--cdn", "s1", "s2"):ends(1, "403").out)
    assert.equal("", aliyun("--blocked", PLAYBACK, "s1"):ends(1, "403").out)
  end)
end)
