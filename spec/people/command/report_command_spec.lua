-- `streamctl report`: what a run was, as text, as JSON and as a page.

local command = require "spec.support.command"
local json = require "cjson"
local shell = require "spec.support.emulator.launcher.shell"
local usage = require "spec.support.usage"

local quote = shell.quote

local unpack = table.unpack or unpack -- luacheck: ignore 113 143

local VOID = { meta = true }

-- Reads a page as XML: each tag is closed, attributes are quoted, and `<`, `>` and `&` are nowhere
-- else. Returns a list of tags, each with its `name`, `attributes` and the `text` behind it.
local function tags_of(page)
  local tags, open, at = {}, {}, #"<!DOCTYPE html>\n" + 1
  assert.equal("<!DOCTYPE html>\n", page:sub(1, at - 1))
  while at <= #page do
    local stop, name, attributes, after = page:match("^<(/?)(%l[%l%d]*)([^<>]*)>()", at)
    assert.truthy(name, "no tag: " .. page:sub(at, at + 60))
    local is_empty = attributes:find "/$" ~= nil
    assert.equal("", (attributes:gsub("/$", ""):gsub('%s+[%a-]+="[^"]*"', "")))
    assert.equal(is_empty, VOID[name] or false, name)
    if stop == "/" then
      assert.equal(table.remove(open), name)
    elseif not is_empty then
      open[#open + 1] = name
    end
    local text
    text, at = page:match("([^<]*)()", after)
    assert.is_nil((text:gsub("&#?%w+;", "")):find "&", text)
    if stop == "" then
      tags[#tags + 1] = { name = name, attributes = attributes, text = text }
    end
  end
  assert.same({}, open)
  return tags
end

-- The texts of all tags of a name, without entities.
local function texts(page, name)
  local list = {}
  for _, tag in ipairs(tags_of(page)) do
    if tag.name == name then
      list[#list + 1] = (tag.text:gsub("&#39;", "'"):gsub("&quot;", '"'):gsub("&gt;", ">")
        :gsub("&lt;", "<"):gsub("&amp;", "&"))
    end
  end
  return list
end

local function contains(expected, text)
  assert.truthy(text:find(expected, 1, true), expected .. "\n" .. text)
end

command.describe("streamctl report", function(c, e)
  after_each(function()
    shell.run("cd " .. quote(c.dir) .. " && rm -rf r.jsonl* *.html*")
  end)

  local function path(name) return c.dir .. "/" .. name end

  local function report(...) return c:run({ "report", "r.jsonl", ... }, { vendor = "none" }) end

  local function told() return json.decode(report("-o", "json"):ok().out) end

  local function page(...)
    report("--html", "r.html", ...):ok "r.html: a page of"
    return assert(shell.read_file(path "r.html"))
  end

  local function resume(...)
    c:write("ids", command.ids(60))
    return c:run({ "resume", "@ids", "--report", "r.jsonl", "--attempts", "1", "--concurrency", "1",
      ... }, { vendor = "zego", environment = { USER = "jane" } })
  end

  -- A run of 60 items in three requests, of which the first is answered well.
  local function run()
    e:fault { vendor = "zego", kind = "status", status = 500, times = 2, skip = 1 }
    resume():ends(1)
  end

  -- Puts a report of items, a line for each, and of further records.
  local function put(plan, items, ...)
    local all = { record = "plan", version = 1, vendor = "aliyun", account = "aliyun:K",
      mode = "live", command = "forbid", operation = "ForbidLiveStream", total = #items,
      time = 1795400000 }
    for name, value in pairs(plan) do all[name] = value end
    local lines = { json.encode(all), json.encode { record = "items", first = 1, items = items } }
    for _, record in ipairs { ... } do lines[#lines + 1] = json.encode(record) end
    shell.write_file(path "r.jsonl", table.concat(lines, "\n") .. "\n")
  end

  it("tells who, when, where and how", function()
    run()
    local text = report():ok("streamctl retry r.jsonl").out
    for _, line in ipairs {
      "^REPORT     r.jsonl\n", "\nbegun      %d+%-%d+%-%d+ %d+:%d+ UTC by jane@%S+\n",
      "\ncommand    streamctl resume @ids %-%-report r.jsonl %-%-attempts 1 %-%-concurrency 1\n",
      "\naccount    zego:1234567890 %(live%)\n", "\noperation  ResumeRTCStreams\n",
      "\nitems      60: 20 ok, 40 failed\n", "\ntook       %d+%.%d s\n",
      "\nrequests   3, %S+/s %(documented: 20/s%)\n", "\nstatus     1\n",
      "\n40     failed  http  HTTP status 500[^\n]*\n  s21 to s60\n$",
    } do assert.matches(line, text) end
    contains("endpoint   " .. c:report("r.jsonl")[1].endpoint, text)
  end)

  it("tells the runs of a report apart, as one object", function()
    run()
    c:run({ "retry", "r.jsonl" }, { vendor = "zego" }):ok()
    local found, rows = told(), {}
    for i, part in ipairs(found.runs) do
      rows[i] = { part.kind, part.requests, part.results, part.failed, part.status }
      assert.is_true(part.rate > 0 and part.rate < 20)
    end
    assert.same({ { "first", 3, 60, 40, 1 }, { "retry", 2, 40, 0, 0 } }, rows)
    assert.same({ "r.jsonl", 60, 60, 0, 0, 0, 0, 5, 20 }, { found.report, found.total,
      found.succeeded, found.failed, found.unknown, found.unsent, found.status, found.requests,
      found.documented_rate })
    assert.same({ "jane", "ResumeRTCStreams", {} },
      { found.plan.user, found.plan.operation, found.groups })
  end)

  it("groups what is not ok, and has the query of what is unknown", function()
    e:fault { vendor = "aliyun", kind = "ret_code", action = "CreateLivePullToPush" }
    e:fault { vendor = "aliyun", kind = "reset_after", action = "CreateLivePullToPush" }
    c:create(3, { "--report", "r.jsonl" }):ends(4)
    local found = told()
    assert.same({ "failed", 1 }, { found.groups[1].state, found.groups[1].count })
    assert.same({ "unknown", "outcome_unknown" }, { found.groups[2].state, found.groups[2].code })
    contains("rtmp://push.example.com/app/d1?auth_key=livekey", found.groups[1].items[1].DstUrl)
    local unknown = found.unknown_items[1]
    assert.equal("DescribeLivePullToPushList", unknown.settle.operation)
    contains("streamctl call DescribeLivePullToPushList", unknown.query)
    -- keys are not shown to people
    for _, shown in ipairs { report():ok("streamctl settle r.jsonl").out, page() } do
      for i = 1, 2 do contains("rtmp://push.example.com/app/d" .. i .. "?...", shown) end
      contains("streamctl call DescribeLivePullToPushList", shown)
      assert.is_nil(shown:find("livekey", 1, true))
    end
  end)

  it("takes reports that count no requests, as of jobs", function()
    run()
    shell.write_file(path "r.jsonl", (shell.read_file(path "r.jsonl"):gsub(',"requests":%d+', "")))
    contains("not known: the report does not count them", report():ok().out)
    assert.is_nil(told().requests)
  end)

  it("shows no keys of addresses in messages", function()
    put({}, { "s1" }, { record = "result", index = 1, ok = false, code = "vendor",
      outcome = "failed",
      message = "vendor: no such address (rtmp://me:pw1@a/b?key=pw2), as it is" })
    for _, shown in ipairs { report():ok().out, page() } do
      contains("no such address (rtmp://...@a/b?... as it is", shown)
      assert.is_nil(shown:find "pw%d")
    end
  end)

  it("shows a report that goes on, and none that is wrong", function()
    put({}, { "s1", "s2" }, { record = "result", index = 1, ok = true })
    contains("the last run has not ended", report():ok "retry r.jsonl` sends what is unsent".out)
    shell.write_file(path "r.jsonl", shell.read_file(path "r.jsonl") .. '{"record":"res')
    report():ok()
    shell.write_file(path "r.jsonl", shell.read_file(path "r.jsonl") .. "\n")
    report():refused "line 4"
    c:run({ "report", "none.jsonl" }):refused "there is no report none.jsonl"
  end)

  describe("with --html", function()
    it("writes a page that is well-formed and needs nothing else", function()
      run()
      local html = page()
      for _, tag in ipairs(tags_of(html)) do
        assert.is_nil(tag.attributes:find "%f[%w]src=", tag.attributes)
        local to = tag.attributes:match 'href="([^"]*)"'
        if to then contains('id="' .. to:match "^#(.+)$" .. '"', html) end
      end
      assert.is_nil(html:find "url%(" or html:find "@import" or html:find "https?://[^<]*\"")
      contains("default-src 'none'", html)
      assert.is_nil(html:find("<script", 1, true))
      assert.same({ "resume: 20 of 60 items ok" }, texts(html, "h1"))
      assert.same({ "Not ok", "The run", "Items" }, texts(html, "h2"))
      contains("<p><code>streamctl retry r.jsonl</code> sends again what failed</p>", html)
      contains('<i class="ok" style="flex-grow: 20"></i><i class="failed" style="flex-grow: 40">',
        html)
      contains("documented: 20/s", html)
      assert.equal("600", (shell.run("stat -c %a " .. quote(path "r.html")):gsub("%s", "")))
    end)

    it("shows whatever stands in a report as text", function()
      local evil = '</script><img onerror="x">&amp;\'\27[31m\226\128\174\194\155'
      put({ command = evil, argv = { evil }, user = evil, host = evil, endpoint = evil, note = evil,
        params = { [evil] = evil } }, { evil, { StreamName = evil, AppName = evil }, evil .. 3 },
        { record = "result", index = 1, ok = false, code = evil, message = evil,
          outcome = "failed", request_id = evil, vendor_code = {} },
        { record = "result", index = 2, ok = false, code = "%1", message = { evil },
          outcome = "failed" },
        { record = "sent", items = { 3 }, settle = { operation = evil, params = { a = evil } } })
      local html, plain = page(), '</script><img onerror="x">&amp;\'?[31m??'
      for _, tag in ipairs(tags_of(html)) do assert.is_nil(tag.attributes:find "onerror") end
      assert.is_nil(html:find "[%z\1-\9\11-\31\127]" or html:find "\226\128\174")
      assert.equal(plain .. ": 0 of 3 items ok", texts(html, "h1")[1])
      local cells = table.concat(texts(html, "td"), "\n")
      contains("\n" .. plain .. "\n", cells)
      contains("\n" .. plain .. "3\n", cells)
      assert.is_nil(report():ok().out:find "\27")
    end)

    it("lists the first thousand items of a group, and says how many more there are", function()
      local items, records = {}, {}
      for i = 1, 2002 do
        items[i] = "s" .. i
        records[i] = { record = "result", index = i, ok = i > 1002, code = "vendor",
          message = "vendor: no", outcome = "failed", request_id = "R" .. i }
      end
      records[1].code, records[1].outcome = "outcome_unknown", "unknown"
      put({}, items, unpack(records))
      local html = page()
      for _, state in ipairs { "ok", "failed" } do
        assert.equal(1000, select(2, html:gsub('<tr class="' .. state .. '">', "")))
      end
      contains('<span class="mark ok">&#9632;</span> 1,000 ok', html)
      contains('<td class="item wide">s1001</td><td class="word"><span class="mark failed">&#9632;'
        .. '</span> failed</td><td class="word"><a href="#group1">vendor</a></td>'
        .. '<td class="item word">R1001</td></tr>\n<tr><td class="faint">... and 1 item', html)
      contains('<td class="number">1,001</td><td class="word">', html)
      assert.equal(1, select(2, html:gsub("%.%.%. and ", "")))
      contains('<i class="unknown" style="flex-grow: 1"></i>', html)
      assert.is_nil(html:find('flex-grow: 0"', 1, true))
    end)

    it("takes the place of an older page, and of nothing else", function()
      put({}, { "s1" })
      shell.run("cd " .. quote(c.dir) .. " && ln -s r.jsonl link.html && mkdir folder.html"
        .. " && mkfifo pipe.html")
      local before = shell.read_file(path "r.jsonl")
      for _, name in ipairs { "r.jsonl", "link.html", "folder.html", "pipe.html" } do
        report("--html", name):refused(name .. " is there and is no page")
      end
      assert.equal(before, shell.read_file(path "r.jsonl"))
      page()
      put({}, { "s1", "s2" })
      contains("0 of 2 items", page())
      report("--html", "nowhere/r.html"):ends(1, "cannot write the page nowhere/r.html")
      assert.is_nil(shell.read_file(path "r.html.new"))
      shell.run("cd " .. quote(c.dir) .. " && mv r.jsonl r.html.new")
      c:run({ "report", "r.html.new", "--html", "r.html" }):refused "r.html.new is there"
      assert.truthy(shell.read_file(path "r.html.new"))
    end)

    it("writes to stdout for -, and no JSON beside", function()
      put({}, { "s1" })
      local ran = report("--html", "-"):ok()
      assert.same({ "forbid: 0 of 1 item ok" }, texts(ran.out, "h1"))
      assert.equal("", ran.err)
      report("--html", "-", "-o", "json"):refused "-o json and --html"
      report("-o", "ids"):refused "table or json"
    end)
  end)

  it("without a name lists the reports of the folder", function()
    run()
    shell.write_file(path "r.jsonl.old", '{"record":"plan"\n')
    c:write("ids", "s1\n")
    local ran = c:run("report", { vendor = "none" }):ok()
    assert.matches("\nr%.jsonl +%d+%-%d+%-%d+ %d+:%d+ UTC by jane@%S+ +resume +60 +20 ok, "
      .. "40 failed\n", ran.out)
    assert.matches("\nr%.jsonl%.old +%- +%- +%- +the report r%.jsonl%.old cannot be used", ran.out)
    assert.is_nil(ran.out:find "\nids")
    local list = json.decode(c:run("report -o json", { vendor = "none" }):ok().out).items
    assert.same({ 60, 20 }, { list[1].total, list[1].counts.ok })
  end)

  it("refuses a page of no report, and tells where the folder cannot be read", function()
    c:run({ "report", "--html", "r.html" }, { vendor = "none" }):refused "the name of a report"
    assert.is_nil(shell.read_file(path "r.html"))
    local without = c:write("without.lua", 'io.popen = function() return nil, "no pipes" end')
    c:run("report", { vendor = "none", environment = { LUA_INIT = "@" .. without } })
      :ends(1, "cannot be listed: no pipes")
  end)

  it("needs no more memory than a report of its size", function()
    local items = {}
    for i = 1, 100000 do items[i] = "room" .. i .. "-cam1" end
    put({ vendor = "zego", operation = "ResumeRTCStreams" }, items)
    local file = assert(io.open(path "r.jsonl", "a"))
    for i = 1, 100000 do
      file:write('{"record":"result","index":', i, ',"item":"room', i, '-cam1","ok":',
        i % 10 > 0 and "true" or '"false","code":"vendor","message":"vendor: room' .. i
        .. '-cam1 is gone, says request ' .. i .. '","request_id":"' .. i .. '"', "}\n")
    end
    file:close()
    local peak = c:write("peak.lua", [[
      local exit = os.exit
      os.exit = function(...)
        local file = assert(io.open "/proc/self/status")
        io.stderr:write("peak ", file:read "*a":match "VmHWM:%s*(%d+)", "\n")
        exit(...)
      end
    ]])
    for _, words in ipairs { { "-o", "table" }, { "-o", "json" }, { "--html", "-" } } do
      local ran = c:run({ "report", "r.jsonl", words[1], words[2] }, { vendor = "none",
        environment = { LUA_INIT = "@" .. peak }, stdout = "/dev/null" }):ok()
      local kib = tonumber(ran.err:match "peak (%d+)")
      assert.is_true(usage.sanitized or kib < 65536, words[2] .. ": " .. kib .. " KiB")
    end
  end)
end)
