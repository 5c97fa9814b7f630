-- The code of the pages is what it says: `lua` and `sh run` work as they stand against the
-- emulator, the rest is understood by who would read it. tools/blocks.lua tells the words.

local blocks = require "tools.blocks"
local child = require "spec.support.child"
local command = require "spec.support.command"
local folders = require "pl.dir"
local emulator = require "spec.support.emulator"
local errors = require "streamctl.base.errors"
local fail = require "streamctl.cli.fail"
local json = require "cjson"
local late = require "spec.support.late"
local not_run = require "spec.people.docs.not_run"
local pages = require "spec.people.docs.pages"
local parser = require "streamctl.cli.parser"
local redis_server = require "spec.world.store.redis_server"
local settings = require "streamctl.edge.settings"
local shell = require "spec.support.emulator.launcher.shell"
local shell_words = require "spec.people.docs.shell_words"

local process = assert(loadfile "spec/support/emulator/launcher/process.lua")(shell)

local load = loadstring or load -- luacheck: ignore 113

-- What a line of `sh run` may call: nothing that changes the machine.
local ALLOWED = { streamctl = true, export = true, printf = true, echo = true, cat = true,
  seq = true, head = true, tail = true, grep = true, cut = true, wc = true, jq = true, test = true }

-- What a word of curl may be there: options that read and write no file, the emulator's control.
local CURL = { "^%-[sSfgXH]+$", "^%-d$", "^%u+$", "^{", "^$STREAMCTL_EMULATOR_CONTROL/[^.]*$" }

-- Words before a command.
local KEYWORDS = { ["if"] = true, ["then"] = true, ["else"] = true, fi = true, ["!"] = true }

-- Returns the words of a command from its name on, without assignments and words of the shell.
local function bare(words)
  local first = 1
  while words[first] and (KEYWORDS[words[first]] or words[first]:find "^[%a_][%w_]*=") do
    first = first + 1
  end
  local list = {}
  for i = first, #words do list[#list + 1] = words[i] end
  return list
end

-- Lines of streamctl are what the command takes, targets of make are in the Makefile, and files of
-- the tree are there.
local function parse_shell(dir, text)
  shell.write_file(dir .. "/block.sh", text)
  local output, status = shell.run("sh -n " .. shell.quote(dir .. "/block.sh"))
  assert.equal(0, status, output)
  local makefile = shell.run "cat Makefile tools/*.mk"
  for _, given in ipairs(shell_words(text)) do
    local words = bare(given)
    for _, word in ipairs(words) do
      local is_ours = word:find "^examples/" or word:find "^tools/" or word:find "^spec/"
      assert.truthy(not is_ours or io.open(word), word)
    end
    local name = table.remove(words, 1)
    if name == "streamctl" then
      local ok, thrown = pcall(parser.parse, words)
      assert.is_true(ok or fail.is(thrown) and thrown.status == 0,
        table.concat(words, " ") .. ": " .. tostring(thrown))
    elseif name == "make" then
      for _, word in ipairs(words) do
        assert.is_true(word:find "[=-]" == 1 or word:find "=" ~= nil
          or makefile:find("\n" .. word .. ":", 1, true) ~= nil, "make " .. word)
      end
    end
  end
end

-- Fails where a text for a shell could do more than the commands above in their folder.
local function assert_harmless(text)
  assert.is_nil(text:gsub("'[^'\n]*'", ""):match "[`&]", "` and & do not run here")
  for _, given in ipairs(shell_words(text)) do
    local words = bare(given)
    local name = table.remove(words, 1)
    local is_example = name == "lua5.4" and words[1]:find "^examples/[%w_]+%.lua$"
    assert.is_true(not name or name == "curl" or is_example ~= nil or ALLOWED[name],
      "runs no " .. tostring(name))
    for _, word in ipairs(name == "curl" and words or {}) do
      local fine
      for _, pattern in ipairs(CURL) do fine = fine or word:find(pattern) end
      assert.truthy(fine, "runs no curl with " .. word)
    end
    for _, word in ipairs(words) do
      assert.is_nil(word:match "%$%(" or word:match "^/" or word:match "^%-.*=/" or
        word:match "%.%./", "may leave its folder: " .. word)
    end
    for _, path in ipairs(given.redirects) do
      assert.is_nil(path:match "^[/~$]" or path:match "%.%.", "writes to " .. path)
    end
  end
end

-- Parses a fragment: an expression, the body of a table or statements.
local function parse_fragment(text)
  local _, why = load(text)
  assert(not why or load("return " .. text) or load("return {" .. text .. "}"), why)
end

-- A configuration around lines of nginx.conf, by where they stand.
local NGINX = {
  "events {}\n%s", "events {}\nhttp {\n%s\n}", "events {}\nhttp { server {\n%s\n} }",
}

local tools = { process.find_tools "blocks" }

-- nginx itself reads the lines; it compiles the Lua inside only when a request comes.
local function parse_nginx(dir, text)
  for code in text:gmatch "_by_lua_block%s*(%b{})" do assert(load(code:sub(2, -2))) end
  local nginx, modules = tools[1], tools[2]
  if not nginx then return pending(modules) end
  local said
  for _, skeleton in ipairs(NGINX) do
    shell.write_file(dir .. "/nginx.conf", ("load_module %s/ndk_http_module.so;\n"
      .. "load_module %s/ngx_http_lua_module.so;\npid %s/pid;\n"):format(modules, modules, dir)
      .. skeleton:format(text))
    local output, status = shell.run(("%s -t -q -e stderr -p %s -c nginx.conf"):format(nginx, dir))
    if status == 0 then return end
    if not output:find "directive is not allowed here" or not said then said = output end
  end
  error(said)
end

local root = shell.run("pwd"):gsub("%s+$", "")
-- The edge service knows all fields; the files that they name are not here.
local function read_edge(c, text)
  settings.read(c:write("edge.ini", text))
  for _, problem in ipairs(settings.problems) do
    assert.truthy(problem.text:find("No such file", 1, true), problem.text)
  end
end

-- The command knows all fields of each profile.
local function read_config(c, text)
  local profiles = {}
  for name in text:gmatch "%[profile (%w+)%]" do profiles[#profiles + 1] = name end
  assert.is_true(#profiles > 0)
  c:configure(text)
  for _, name in ipairs(profiles) do
    local ended = c:run({ "whoami", "--profile", name }, { vendor = "none" })
    assert.is_nil(ended.err:find "there is no" or ended.err:find "unknown", ended.err)
  end
end

local function start() return assert(emulator.start {}) end
local function start_redis() return assert(redis_server.start "--appendonly yes") end

late.describe("the code of", { start, command.new, start_redis }, function(e, c, redis)
  local environment
  local exported = "" -- by blocks of the page, for those behind them

  -- Begins a page: its blocks run one after the other, in one folder that holds a list of streams,
  -- one of relays to be, and the report of one that was made.
  local function begin_page(page, list)
    local runs = false
    for _, block in ipairs(list) do
      runs = runs or block.kind == "lua" or block.kind == "sh run"
    end
    if not runs then return end
    e:reset()
    environment, exported = {}, ""
    for _, pair in ipairs(e:environment()) do environment[pair[1]] = pair[2] end
    environment.TEST_REDIS = "redis://127.0.0.1:" .. redis.port
    -- Debian has redis-lua for the Luas up to 5.3
    environment.LUA_PATH = ("%s;/usr/share/lua/5.3/?.lua;%s/examples/?.lua"):format(
      os.getenv "LUA_PATH" or ";", root)
    shell.run("rm -rf " .. shell.quote(c.dir) .. "/*.*")
    c:write("tasks.jsonl", '{"DstUrl":"rtmp://push.example.com/app/t1",'
      .. '"SourceUrls":["rtmp://pull.example.com/app/t1"]}\n')
    c:write("ids.txt", "room1-cam1\nroom1-cam2\nroom1-cam3\n")
    c:run("relay create --region cn-shanghai --end +2h @tasks.jsonl --report relays.jsonl -y"):ok()
    c:write("zego.secret", e.server_secret)
    c:write("allowed.txt", "live/s1\n")
    c:write("bin/lua5.4", ("#!/bin/sh\nexec %s \"$@\"\n"):format(
      (shell.run("command -v " .. child.interpreter()):gsub("%s", ""))))
    shell.run(("chmod +x %s/bin/lua5.4; ln -sfn %s/examples %s/examples"):format(
      shell.quote(c.dir), shell.quote(root), shell.quote(c.dir)))
    if pages.states[page] then e:state(pages.states[page]) end
  end

  -- All that the emulator was asked for is right.
  local function assert_requests()
    for _, request in ipairs(e:requests()) do
      local is_right = request.verified and (request.fits or request.fault)
      assert.truthy(is_right, request.action)
    end
  end

  -- What is done with a block of each kind.
  local does = {
    ["lua fragment"] = function(block) parse_fragment(block.text) end,
    json = function(block) json.decode(block.text) end,
    ini = function(block)
      local read = block.text:find "%[edge%]" and read_edge or read_config
      read(c, block.text)
    end,
    nginx = function(block) parse_nginx(c.dir, block.text) end,
    sh = function(block) parse_shell(c.dir, block.text) end,
  }

  does["sh run"] = function(block)
    parse_shell(c.dir, block.text)
    local text = block.text
    for place, ours in pairs(pages.places) do text = text:gsub(place, ours) end
    assert_harmless(text)
    c:write("block.sh", exported .. pages.script_of(text))
    for line in text:gmatch "export [^\n]*\n" do exported = exported .. line end
    local exports = {}
    for name, value in pairs(environment) do
      exports[#exports + 1] = name .. "=" .. shell.quote(value)
    end
    local output, status = shell.run(("%s && export %s && timeout 300 sh -ex block.sh")
      :format(c:installed(pages.exports), table.concat(exports, " ")))
    assert.equal(0, status, output)
    assert_requests()
  end

  does.lua = function(block)
    assert(not block.text:find "os%.execute" and not block.text:find "io%.p?open", "no programs")
    local prelude = shell.read_file "spec/people/docs/prelude.lua"
    local code = ("(function(...)\n%s\nend)(%q)\nlocal function block(...)\n%s\nend\nblock()")
      :format(prelude, block.page, block.text)
    local output, status = shell.run(("cd %s && "):format(shell.quote(c.dir))
      .. child.command(code, environment, c.dir .. "/block.lua"))
    assert.equal(0, status, output)
    for word in ("\n" .. output):gmatch "\n(%l[%l_]*): " do
      assert.is_nil(errors.codes[word], output) -- the message of a failure
    end
    assert_requests()
  end

  for _, page in ipairs(blocks.pages()) do
    describe(page, function()
      local list = blocks.read(page)
      setup(function() begin_page(page, list) end)
      for _, block in ipairs(list) do
        if does[block.kind] then
          it(("line %d: %s"):format(block.line, block.kind), function() does[block.kind](block) end)
        end
      end
    end)
  end
end)

-- The pages for users have no line that only looks right.
it("each block of sh runs, or not_run.lua names it with the reason", function()
  local used = {}
  local function is_named(block)
    local any
    for i, row in ipairs(not_run) do
      local names_it = row[1] == block.page and block.text:find(row[2], 1, true)
      if names_it then any, used[i] = true, true end
    end
    return any
  end
  for _, page in ipairs(blocks.pages()) do
    local is_for_users = page:find "^README" or page:find "^docs/how%-to/"
      or page:find "^docs/start/" or page:find "^docs/zh/"
    for _, block in ipairs(is_for_users and blocks.read(page) or {}) do
      assert.is_true(block.kind ~= "sh" or is_named(block), ("%s:%d"):format(page, block.line))
    end
  end
  for i, row in ipairs(not_run) do assert.is_true(used[i], row[1] .. " has no " .. row[2]) end
end)

-- Code in a comment is indented by four more; this finds what begins as Lua does.
it("the comments of lua/ show code that can be parsed", function()
  local tried = 0
  for _, path in ipairs(folders.getallfiles("lua", "*.lua")) do
    local code = ""
    for line in shell.read_file(path):gmatch "([^\n]*)\n" do
      local text = line:match "^%-%-     (.*)"
      if text then
        code = code .. text .. "\n"
      else
        if code:find "^local " or code:find "^for " or code:find "^[%w_]+[:.][%w_]+[({]" then
          parse_fragment(code)
          tried = tried + 1
        end
        code = ""
      end
    end
  end
  assert.is_true(tried > 15, tried .. " pieces of code")
end)
