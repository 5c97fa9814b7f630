-- What all of the command has in common, by the real script: help, versions, wrong words, defects
-- of its own, and what becomes of stdout.

local command = require "spec.support.command"
local json = require "cjson"
local shell = require "spec.support.emulator.launcher.shell"
local status = require "streamctl.cli.status"

-- In place of a real command, so that its `run` can do anything.
local PLAYED = [[
  package.preload["streamctl.cli.commands.ops"] = function()
    return {
      name = "ops", summary = "Played",
      takes = require("streamctl.cli.flags").output,
      define = function(command) command:argument("words", "Words."):args "*" end,
      run = function(invocation) %s end,
    }
  end
]]

local LOST = [[
  local searchers = package.searchers or package.loaders
  for i, searcher in ipairs(searchers) do
    searchers[i] = function(name)
      return name == %q and "\n\tit is not installed" or searcher(name)
    end
  end
]]

command.describe("the command", false, function(c)
  -- Runs it with Lua code that comes before.
  local function run_after(code, words, options)
    options = options or {}
    options.environment = { LUA_INIT = "@" .. c:write("before.lua", code) }
    return c:run(words, options)
  end

  local function play(body, words, options)
    return run_after(PLAYED:format(body), words, options)
  end

  -- The only line of stderr, decoded.
  local function told_by(ended)
    return json.decode((assert(ended.err:match "^[^\n]*\n$", ended.err))).error
  end

  it("shows flags and arguments as usage does, each on a line", function()
    for words, lines in pairs {
      ["help"] = { "   --version ", "   resume " },
      ["help flags"] = { "  -o, --output FORMAT    What stdout", "  -n, --dry-run " },
      ["help resume"] = { "   STREAM                Streams: ids", "   --cdn " },
      ["help relay list"] = { "   --region REGION       Such" },
      ["help call"] = { "   ACTION                Its name", "   NAME=VALUE            Para" },
    } do
      local shown = c:run(words):ok().out
      for _, line in ipairs(lines) do assert.truthy(shown:find("\n" .. line, 1, true), shown) end
    end
  end)

  it("helps on stdout, in two spellings", function()
    for spelling, other in pairs { ["--help"] = "help", ["ops --help"] = "help ops" } do
      local ended = c:run(spelling):ok()
      assert.matches("^Usage: streamctl ", ended.out)
      assert.same({ ended.out, "" }, { c:run(other):ok().out, ended.err })
    end
  end)

  it("explains each exit status and each variable of the environment", function()
    for topic, entries in pairs { ["exit-status"] = status.meanings,
      environment = require("streamctl.cli.config").environment } do
      local ended = c:run("help " .. topic):ok()
      assert.is_true(#entries > 5)
      for _, entry in ipairs(entries) do
        assert.truthy(ended.out:find("\n  " .. entry[1], 1, true), entry[1])
      end
      for line in ended.out:gmatch "[^\n]+" do assert.is_true(#line < 80, line) end
    end
  end)

  for line, text in pairs {
    ["ops --colour never"] = "did you mean '--color'?",
    ["help exit-satus"] = "did you mean 'exit-status'?",
    ["completion tcsh"] = "must be one of 'bash', 'zsh', 'fish'",
    ["no\27[2Jsuch"] = "unknown command 'no [2Jsuch'",
  } do
    it("answers wrong words with one line: " .. line:gsub("%c", "?"), function()
      local ended = c:run(line):refused(text)
      assert.matches("^streamctl: [^\n]*\n$", ended.err)
      assert.equal(#ended.err, (ended.err:find "%c"))
    end)
  end

  it("answers wrong words in JSON where that is asked for", function()
    for _, line in ipairs { "ops -o json --wat", "--output=jsonl opps", "-ojson ops --wat" } do
      local told = told_by(c:run(line):refused())
      assert.same({ "usage", 2 }, { told.code, told.status })
      assert.matches("^unknown ", told.message)
    end
  end)

  local FAILED = [[
    local _, message, err = require("streamctl.base.errors").new("access_denied", "not\27[2J yours",
      { vendor = "zego", request_id = "R-1", vendor_code = 7, attempts = 2 })
    require("streamctl.cli.fail").call(message, err)
  ]]

  it("tells of a failed call in a line, or in JSON", function()
    local ended = play(FAILED, { "ops" })
    assert.same({ 3, "", "streamctl: access_denied: not [2J yours\n" },
      { ended.status, ended.out, ended.err })
    ended = play(FAILED, { "ops", "-o", "jsonl" })
    assert.same({ 3, "" }, { ended.status, ended.out })
    assert.same({ code = "access_denied", message = "access_denied: not [2J yours", status = 3,
      outcome = "failed", vendor = "zego", request_id = "R-1", vendor_code = 7, attempts = 2,
      maybe_sent = false }, told_by(ended))
  end)

  it("takes no defect of the library for wrong use", function()
    for _, defect in ipairs { "local none; return none.field", "return ('x'):rep({})",
      "local function deep() return 1 + deep() end return deep()", "error {}" } do
      local ended = play("require('streamctl.cli.fail').checked(function() " .. defect
        .. " end)", { "ops" }):ends(1)
      assert.matches("^streamctl: internal error: [^\n]*\n$", ended.err)
    end
  end)

  it("tells of a defect in one line, and where it is with -v", function()
    local ended = play("error('boom\\nsecond line')", { "ops" })
    assert.same({ 1, "" }, { ended.status, ended.out })
    assert.matches("^streamctl: internal error: [^\n]*boom second line\n$", ended.err)
    ended = play("local nothing; return nothing.field", { "ops", "-v" }):ends(1)
    assert.matches("^streamctl: internal error: [^\n]*\nstack traceback:\n", ended.err)
    assert.matches("^internal error: ",
      told_by(play("error {}", { "ops", "-o", "json" }):ends(1)).message)
  end)

  it("says what to install when a module is missing", function()
    for _, name in ipairs { "argparse", "cjson", "streamctl.core" } do
      local ended = run_after(LOST:format(name) .. PLAYED:format "invocation.out:object {}",
        { "ops", "-o", "json" }):refused()
      assert.matches("^streamctl: [^\n]* has no module '" .. name:gsub("%.", "%%.")
        .. "': [^\n]*install [^\n]*\n$", ended.err)
    end
  end)

  it("says in one line that its modules belong to another Lua", function()
    local ended = run_after(LOST:format "streamctl.cli", { "ops" }):refused()
    assert.matches("^streamctl: run it with the Lua that it was installed for[^\n]*Lua 5%.%d"
      .. "[^\n]*\n$", ended.err)
    ended = run_after("package.preload['streamctl.core'] = function() error(\"error loading module "
      .. "'streamctl.core' from file 'core.so':\\n\\tcore.so: undefined symbol: lua_rotate\") end",
      { "ops" }):refused()
    assert.matches("^streamctl: [^\n]* built for another Lua: [^\n]+\n$", ended.err)
  end)

  describe("writes to stdout and", function()
    local MANY = "for i = 1, 20000 do invocation.out:line(i) end"

    it("says when that is full, with status 1", function()
      for _, body in ipairs { "invocation.out:line 'little' return 0", MANY .. " return 0" } do
        local ended = play(body, { "ops" }, { stdout = "/dev/full" }):ends(1)
        assert.matches("^streamctl: stdout cannot be written: [^\n]+\n$", ended.err)
      end
      for _, words in ipairs { { "--help" }, { "--version" }, { "completion", "bash" } } do
        c:run(words, { stdout = "/dev/full" }):ends(1)
      end
    end)

    it("and never into a file that was opened instead of it", function()
      local opens = [[
        local journal = assert(require("streamctl.system").journal "kept")
        invocation.say:warn "noise"
        invocation.out:line "data"
        invocation.out:flush()
        return journal:size() == 0 and 0 or 9
      ]]
      for closed, status_then in pairs { [">&-"] = 1, ["2>&-"] = 0, ["<&- >&- 2>&-"] = 1 } do
        local ended = play(opens, { "ops" }, { before = "exec " .. closed })
        assert.same({ status_then, "" }, { ended.status, shell.read_file(c.dir .. "/kept") })
      end
    end)

    it("ends in silence with 141 when its reader goes away", function()
      for _, words in ipairs { { "ops" }, { "ops", "-o", "jsonl" } } do
        local ended = play(MANY .. [[
          local rows = invocation.out:rows { { "item", "ITEM" } }
          for i = 1, 20000 do rows:add { item = i } end
          rows:close()
          if not invocation:caught() then return 9 end
          return 0
        ]], words, { through = "head -n 1" })
        assert.same({ 141, "1\n", "" }, { ended.status, ended.out, ended.err })
      end
    end)

    it("leaves whole JSON behind when it fails in the middle", function()
      local ended = play([[
        local rows = invocation.out:rows { { "item", "ITEM" } }
        rows:add { item = "a" }
      ]] .. FAILED, { "ops", "-o", "json" }):ends(3)
      assert.same({ items = { { item = "a" } }, incomplete = true }, json.decode(ended.out))
    end)
  end)

  it("says little with --quiet and more with --verbose", function()
    local body = [[
      invocation.say:note("a %s", "note")
      invocation.say:warn "a 100% warning"
      invocation.say:event { event = "attempt", operation = "Resume", attempt = 2, code = "http",
        http_status = 503, elapsed = 0.25, request_id = "R\27-1" }
      return 0
    ]]
    assert.equal("a note\nstreamctl: a 100% warning\n", play(body, { "ops" }).err)
    assert.equal("streamctl: a 100% warning\n", play(body, { "ops", "-q" }).err)
    assert.equal("a note\nstreamctl: a 100% warning\n  attempt  Resume  2  http  HTTP 503  "
      .. "request R?-1  0.250 s\n", play(body, { "ops", "-v" }).err)
  end)

  describe("gets a signal and", function()
    local WAITS = [[
      local core = require "streamctl.core"
      io.stderr:write "waiting\n"
      repeat core.sleep(0.01) until invocation:caught()
      io.stderr:write(invocation:caught(), "\n")
      while #invocation.args.words > 0 do core.sleep(0.01) end
      return 130
    ]]

    local function start(body, before)
      local handle = c:start({ "ops" }, { before = before, environment = {
        LUA_INIT = "@" .. c:write("before.lua", PLAYED:format(body)),
      } })
      command.await(function()
        return (select(2, handle:output())):find("waiting", 1, true)
      end, "waiting")
      return handle
    end

    it("ends in silence when it changes nothing", function()
      for name, number in pairs { INT = 130, TERM = 143 } do
        local handle = start(WAITS)
        handle:signal(name)
        local ended = handle:wait()
        assert.same({ number, "" }, { ended.status, ended.out })
        -- the shell may say that it was ended
        assert.matches("^waiting\n[^\n]*\n?$", ended.err)
        assert.is_nil(ended.err:find "interrupted" or ended.err:find "streamctl")
      end
    end)

    it("is told of it when it changes something", function()
      for _, name in ipairs { "INT", "TERM" } do
        local handle = start("invocation:catch() invocation:catch()" .. WAITS)
        handle:signal(name)
        local ended = handle:wait():ends(130)
        assert.matches("^waiting\nstreamctl: [^\n]*Ctrl%-C again[^\n]*\nSIG" .. name .. "\n$",
          ended.err)
      end
    end)

    it("ends at once at the second one while nobody reads stderr", function()
      for name, number in pairs { INT = 130, TERM = 143 } do
        os.remove(c.dir .. "/ready")
        -- a pipe that is full, and that nobody reads
        local handle = c:start({ "ops" }, { before = [[
          rm -f full; mkfifo full; exec 3<>full 2>full
          dd if=/dev/zero of=full bs=512 count=9999 oflag=nonblock 2>/dev/null; :]],
          environment = { LUA_INIT = "@" .. c:write("before.lua", PLAYED:format [[
            invocation:catch()
            io.open("ready", "w"):close()
            while true do require("streamctl.core").sleep(0.01) end]]) } })
        command.await(function() return shell.read_file(c.dir .. "/ready") end, "the command")
        handle:signal "INT"
        command.await(function() -- until its handler runs, which waits for a reader
          local told = shell.read_file("/proc/" .. handle.pid .. "/status")
          return tonumber(told:match "\nSigCgt:%s*%x*(%x%x%x%x)\n", 16) % 4 < 2
        end, "the signal")
        handle:signal(name)
        assert.equal(number, handle:wait().status)
      end
    end)
  end)
end)
