-- Streams come back by the command: `streamctl resume`.

local command = require "spec.support.command"
local shell = require "spec.support.emulator.launcher.shell"
local usage = require "spec.support.usage"

local unpack = table.unpack or unpack -- luacheck: ignore 113 143

local INGEST, PLAYBACK = "push.example.com", "play.example.com"

command.describe("resume", function(c, e)
  local function zego(words, options)
    options = options or {}
    options.vendor = "zego"
    return c:run({ "resume", unpack(words) }, options)
  end

  local function aliyun(words, options)
    options = options or {}
    options.vendor = "aliyun"
    return c:run({ "resume", "--domain", INGEST, "--app", "live", unpack(words) }, options)
  end

  local function ids(first, last)
    local list = {}
    for i = first, last do list[#list + 1] = "s" .. i end
    return list
  end

  describe("at ZEGOCLOUD", function()
    it("takes words, a file and stdin, and asks nobody", function()
      e:state { zego = { forbidden = ids(1, 45) } }
      c:write("ids", table.concat(ids(3, 40), "\n") .. "\n")
      local ran = zego({ "s1", "s2", "@ids", "-" },
        { input = "# the rest\n" .. table.concat(ids(41, 45), "\r\n") })
      ran:ok("1234567890", "live", "ResumeRTCStreams", "45") -- whose account, and how many
      for line in ran.err:gmatch "[^\n]+" do assert.is_true(#line < 80, line) end
      assert.equal("", ran.out)
      assert.same({}, e:state().zego.forbidden)
      assert.equal(3, #e:requests { action = "ResumeRTCStreams" })
      zego({ "s1" }, { environment = { ZEGO_IS_TEST = "true" } }):ok "TEST"
      assert.equal("zegotest-1234567890-s1", e:requests()[4].query["StreamId[]"])
    end)

    it("gives way to newer calls when it goes again", function()
      local function forbidden() return next(e:state().zego.forbidden) end
      local function fail(times)
        e:fault { action = "ResumeRTCStreams", kind = "status", status = 503, times = times }
      end
      fail(3) -- the attempts of a call
      zego { "s1", "--report", "r.jsonl" }:ends(1)
      c:run({ "forbid", "s1" }, { vendor = "zego" }):ok()
      c:run({ "retry", "r.jsonl" }, { vendor = "zego" }):ok "1 superseded"
      assert.equal("s1", forbidden())
      c:run({ "retry", "r.jsonl", "--only", "superseded" }, { vendor = "zego" }):ok "1 ok"
      assert.is_nil(forbidden())

      fail(-1)
      local handle = c:start({ "resume", "s2", "--keep-trying", "10m" }, { vendor = "zego" })
      local asked = { action = "ResumeRTCStreams" }
      command.await(function() return #e:requests(asked) > 6 end, "a round")
      c:run({ "forbid", "s2" }, { vendor = "zego" }):ok()
      e:clear_faults()
      handle:wait():ok "1 superseded"
      assert.equal("s2", forbidden())
    end)

    it("is meant by ids alone, where there are accounts of both", function()
      for action, words in pairs { ResumeRTCStreams = {}, ResumeCDNLiveStream = { "--cdn" },
        ResumeLiveStream = { "--domain", INGEST, "--app", "live" } } do
        c:run { "resume", "s1", unpack(words) }:ok()
        assert.equal(1, #e:requests { action = action })
      end
      e:reset()
      c:run { "resume", '{"StreamName":"s1","DomainName":"d.example.com","AppName":"a"}' }
        :refused "; --vendor aliyun takes them"
      c:configure "[profile default]\ndomain = push.example.com\napp = live"
      c:run { "resume", "s1" }:refused "accounts of both vendors; say --vendor"
      assert.equal(0, #e:requests())
      c:configure ""
    end)

    it("asks for @FILE where a word is the name of a file", function()
      c:write("lists/ids.txt", "s1\n")
      for _, word in ipairs { "lists/ids.txt", c.dir .. "/lists/ids.txt" } do
        zego { "s1", word }:refused("did you mean @" .. word .. "?")
      end
      assert.equal(0, #e:requests())
      c:write("evening", "its name could be that of a stream\n")
      assert.equal(2, zego({ "evening" }).status)
      assert.equal(0, zego({ "-" }, { input = "evening\n" }).status)
      assert.equal(0, zego({ "lists" }).status) -- a folder is no list
    end)

    it("takes objects, and refuses names that are no parameter", function()
      zego { '{"StreamId":"s1"}', "s2" }:ok()
      assert.same({ "s1", "s2" }, e:requests()[1].query["StreamId[]"])
      zego { '{"StreamID":"s1"}', '{"StreamId":7}', "{}", "s2" }:refused("argument 1: 'StreamID' "
        .. "is none of StreamId (did you mean 'StreamId'?): '{\"StreamID\":\"s1\"}'",
        "argument 2: ResumeRTCStreams: StreamId must be", "argument 3: StreamId is missing")
      assert.equal(1, #e:requests())
    end)

    it("leaves out the one id that the vendor refuses, also when it goes again", function()
      local all = ids(1, 40)
      e:state { zego = { forbidden = all, refused = { s7 = 30009 } } }
      local ran = zego { "-o", "ids", unpack(all) }:ends(1, "39 ok, 1 failed")
      assert.equal("s7\n", ran.out)
      local left = e:state().zego.forbidden
      assert.is_table(left.s7)
      left.s7 = nil
      assert.same({}, left)

      e:state { zego = { forbidden = all } }
      e:fault { kind = "status", status = 403, times = 2 }
      zego { "--report", "halves.jsonl", unpack(all) }:ends(1, "40 failed")
      c:run({ "retry", "halves.jsonl" }, { vendor = "zego" }):ends(1, "39 ok, 1 failed")
      local failed = {}
      for _, record in ipairs((c:report "halves.jsonl")) do
        if record.record == "result" then
          failed[record.item] = not record.ok and record.vendor_code or nil
        end
      end
      assert.same({ s7 = 30009 }, failed)
      e:reset()
      c:run({ "retry", "halves.jsonl" }, { vendor = "zego" }):ok()
      assert.same("s7", e:requests()[1].query["StreamId[]"])
    end)

    it("says the code of a failure once", function()
      e:answer("ResumeRTCStreams", { { Code = 7, Message = "odd", RequestId = "77" } })
      local ran = zego { "s1" }:ends(1)
      assert.matches("ITEM +STATE +CODE +MESSAGE\n", ran.out)
      assert.matches("\ns1 +failed +vendor +[^\n]*7[^\n]*odd", ran.out)
      assert.is_nil(ran.out:find("vendor:", 1, true), ran.out)
      assert.matches('"message":"vendor: ', zego({ "s1", "-o", "jsonl" }).out)
    end)

    it("reaches what is pushed to a CDN", function()
      e:state { zego = { cdn_forbidden = { "s1", "s2", "s3" } } }
      zego { "--cdn", "s1", '{"StreamId":"s2"}' }:ok()
      local left = e:state().zego.cdn_forbidden
      assert.is_nil(left.s1 or left.s2)
      assert.is_table(left.s3)
      zego { "--cdn", "s/1" }:refused "argument 1: ResumeCDNLiveStream: StreamId must be"
    end)
  end)

  describe("at Alibaba Cloud", function()
    local function block(...)
      local list = {}
      for i, name in ipairs { ... } do
        list[i] = { DomainName = INGEST, AppName = "live", StreamName = name }
      end
      e:state { aliyun = { blocked = list, domains = { [PLAYBACK] = INGEST } } }
    end

    it("takes the domain and the app for all, and objects with their own", function()
      block("s1", "s2", "s3")
      e:state { aliyun = { blocked = { { DomainName = "other.example.com", AppName = "app",
        StreamName = "s4" } } } }
      aliyun { "s1", '{"StreamName":"s2"}',
        '{"StreamName":"s4","DomainName":"other.example.com","AppName":"app"}' }:ok()
      local left = e:state().aliyun.blocked
      assert.equal(INGEST .. "/live/s3", next(left))
      assert.is_nil(next(left, (next(left))))
    end)

    it("has them from the profile", function()
      c:configure("[profile default]\nvendor = aliyun\napp = live\ndomain = " .. INGEST)
      local ran = c:run({ "resume", "s1" })
      c:configure ""
      ran:ok()
      local form = e:requests()[1].query
      assert.same({ INGEST, "live", "s1" }, { form.DomainName, form.AppName, form.StreamName })
    end)

    it("says what is missing", function()
      local function refused(words, text)
        c:run({ "resume", unpack(words) }, { vendor = "aliyun" }):refused(text)
      end
      refused({ "s1", "--app", "live" }, "--domain is missing")
      refused({ "s1", "--domain", INGEST }, "--app is missing")
      -- an object may have its own
      refused({ '{"StreamName":"s1","DomainName":"d.example.com"}',
        '{"StreamName":"s1","DomainName":"d.example.com","AppName":"a"}' },
        "argument 1: ResumeLiveStream: AppName is required")
      refused({ "s1", "--vendor", "aliyun", "--cdn" }, "--cdn is for ZEGOCLOUD")
      assert.equal(0, #e:requests())
    end)
  end)

  if not usage.sanitized then
    it("takes a hundred thousand streams in 64 MB", function()
      local list = {}
      for i = 1, 100000 do list[i] = ("room%05d-camera"):format(i) end
      local handle = c:start({ "resume", "-", "--report", "many.jsonl" },
        { vendor = "zego", input = table.concat(list, "\n") })
      -- by then all is read, looked at and written down
      command.await(function() return #e:requests() >= 5 end, "a request")
      local status = shell.read_file("/proc/" .. handle.pid .. "/status")
      handle:signal "TERM"
      handle:wait():ends(143)
      local peak = tonumber(status:match "VmHWM:%s*(%d+) kB")
      assert.is_true(peak < 64 * 1024, peak .. " KiB")
    end)
  end

  it("is shown by an example", function()
    local output, status = shell.run(("script=$PWD/examples/command.sh; %s && STREAMCTL=streamctl "
      .. "sh \"$script\""):format(c:installed()))
    assert.equal(0, status, output)
    assert.truthy(output:find("nothing is left to send", 1, true), output)
    assert.equal(2, #e:requests { action = "DescribeRTCStreamState" })
    assert.equal(3, #e:requests { action = "ResumeRTCStreams" })
  end)
end)
