-- The items of a command: what counts as one, what may be fed in, and how those are told that did
-- not succeed.

local command = require "spec.support.command"

local unpack = table.unpack or unpack -- luacheck: ignore 113 143

local function contains(expected, text)
  assert.truthy(text:find(expected, 1, true), text)
end

local function ids(first, last, ending)
  local lines = {}
  for i = first, last do lines[#lines + 1] = "s" .. i .. (ending or "") end
  return table.concat(lines, "\n") .. "\n"
end

local LONG = "-" .. ("x"):rep(30) -- two such names fit on a line

command.describe("items", function(c, e)
  after_each(function() os.remove(c.dir .. "/report") end)

  local function aliyun(words, options)
    options = options or {}
    options.vendor = "aliyun"
    table.insert(words, 2, "--domain=push.example.com")
    table.insert(words, 2, "--app=live")
    return c:run(words, options)
  end

  it("that are equal go once, and the count and the question say so", function()
    local ran = aliyun({ "forbid", "--kick", "-y", "-o", "json", "-" }, { input = "a\na\nb\n" })
    ran:ok "forbid: 3 lines, 2 items by ForbidLiveStream"
    assert.same({ 2, 2 }, { #ran:items(), #e:requests { action = "ForbidLiveStream" } })
    aliyun({ "forbid", "-" }, { input = "a\na\n" }):ok() -- one needs no question
    assert.not_matches("lines", aliyun({ "forbid", "b" }).err)
    e:config { second_task = "accepted" }
    local line = '{"SourceUrls":["rtmp://a/b/c"],"DstUrl":"rtmp://d/e/f"}\n'
    c:run({ "relay", "create", "--region", "cn-shanghai", "--end", "+2h", "-y", "-" },
      { vendor = "aliyun", input = line .. line
        .. '{"DstUrl":"rtmp://d/e/f","SourceUrls":["rtmp://a/b/c"],"SourceType":"live"}' })
      :ok "3 lines, 1 item "
    assert.equal(1, #e:requests { action = "CreateLivePullToPush" })
  end)

  it("may be rows that another command wrote", function()
    e:state { zego = { live = { "s2" } } }
    local ran = c:run({ "state", "s1", "s2", "s3", "-o", "jsonl", "--concurrency", "1" },
      { vendor = "zego" }):ok()
    ran = c:run({ "resume", "-", "-o", "jsonl" }, { vendor = "zego", input = ran.out }):ok()
    local rows = ran:rows()
    assert.same({ "s1", "s2", "s3" }, { rows[1].item, rows[2].item, rows[3].item })
    ran = aliyun { "state", "t1", '{"StreamName":"t2","AppName":"other"}', "-o", "jsonl",
      "--concurrency", "1" }
    aliyun({ "resume", "-", "-o", "jsonl", "--concurrency", "1" }, { input = ran.out }):ok()
    assert.same({ "live", "other" }, { e:requests { action = "ResumeLiveStream" }[1].query.AppName,
      e:requests { action = "ResumeLiveStream" }[2].query.AppName })
  end)

  describe("that did not succeed", function()
    it("are one row of a table where they failed alike", function()
      e:fault { vendor = "aliyun", kind = "status", status = 400, code = "InvalidStream", times = 9,
        skip = 1 }
      local ran = aliyun({ "forbid", "-", "-y", "--concurrency", "1" }, { input = ids(1, 12) })
      ran:ends(1)
      local lines = {}
      for line in ran.out:gmatch "[^\n]+" do lines[#lines + 1] = line end
      assert.equal(3, #lines, ran.out)
      assert.matches("^9 items +failed +vendor +InvalidStream", lines[2])
      assert.equal("  s2 to s10", lines[3])
      -- JSON and ids have each
      e:fault { vendor = "aliyun", kind = "status", status = 400, code = "InvalidStream",
        times = 2 }
      assert.equal("s1\ns2\n", aliyun({ "forbid", "s1", "s2", "s3", "-y", "-o", "ids",
        "--concurrency", "1" }).out)
      -- and other failures are apart, if only by their message
      for _, word in ipairs { "busy", "gone" } do
        e:fault { vendor = "aliyun", kind = "body",
          body = '{"Code":"Odd","Message":"' .. word .. '","RequestId":"R","HostId":"h"}' }
      end
      e:fault { vendor = "aliyun", kind = "status", status = 404, code = "Odd" }
      ran = aliyun({ "forbid", "s1", "s2", "s3", "-y", "--concurrency", "1" })
      assert.matches("\ns1 +failed +vendor.*\ns2 +failed.*\ns3 +failed", ran.out)
    end)

    it("are all named, or in a few lines where the report has them", function()
      for _ = 1, 24 do
        e:fault { vendor = "aliyun", kind = "status", status = 400, code = "InvalidStream" }
        e:fault { vendor = "aliyun", kind = "status", status = 400, code = "Other" }
      end
      local words, input = { "forbid", "-", "-y", "--concurrency", "1" }, ids(1, 24, LONG)
      local ran = aliyun({ unpack(words) }, { input = input })
      local _, found = ran.out:gsub("s%d+", "")
      assert.equal(24, found)
      for line in ran.out:gmatch "\n(  [^\n]*)" do assert.is_true(#line <= 80, line) end
      words[6], words[7] = "--report", "report"
      ran = aliyun(words, { input = input }):ends(1)
      contains("... all of them are in report", ran.out)
      local _, lines = ran.out:gsub("\n", "")
      assert.equal(1 + 2 * 5, lines)
    end)

    -- Interrupts a command for 2,000 ids after its third request.
    local function interrupted(name, ...)
      c:write("ids", command.ids(2000))
      local handle = c:start({ name, "@ids", "--concurrency", "1", ... }, { vendor = "zego" })
      command.await(function() return #e:requests() >= 3 or handle:is_over() end, "a request")
      handle:signal "INT"
      return handle:wait():ends(130)
    end

    it("are told in two lines after Ctrl-C", function()
      for _, words in ipairs { {}, { "--report", "report" } } do
        assert.matches("^ITEM[^\n]*\n[%d,]+ items +unsent +cancelled +[^\n]*\n  s%d+ to s2000\n$",
          interrupted("resume", unpack(words)).out)
        e:reset()
      end
    end)
  end)

  it("that are settled are counted on the way", function()
    e:fault { vendor = "aliyun", kind = "reset_after", action = "CreateLivePullToPush", times = 2 }
    c:create(2, { "--report", "report" }):ends(4)
    local ran = c:terminal({ "settle", "report", "-o", "ids" },
      { vendor = "aliyun", stdout = c.dir .. "/settled" })
    assert.equal(0, ran.status, ran.screen)
    contains("] 0 of 2  2 unknown", ran.screen)
  end)
end)
