-- Runs the command `streamctl` as a shell does: in a process of its own, in a private folder, with
-- a clean environment in which it finds an emulator's accounts.
--
--   command.describe("resume", function(c, e)     -- c: a folder of commands, e: an emulator
--     it("brings a stream back", function()
--       local ended = c:run({ "resume", "s1" }, { vendor = "zego" })   -- status, out, err
--
-- Words are a list, or a text that blanks separate.
--
-- It is bin/streamctl under the interpreter of the tests, or the program that STREAMCTL_COMMAND
-- names: so an installed one passes the same specs.
--
-- Options of `run`, `start` and `terminal`:
--
--   vendor       "zego" or "aliyun": only this one's keys are in the environment; "none": no keys
--   environment  name to value; false takes away
--   input        text on stdin (default: nothing)
--   stdout       a path that takes stdout instead, such as /dev/full
--   through      a shell command that reads stdout; `out` is what it writes
--   before       shell commands before it, such as "ulimit -f 8"
--   within       words of a program that becomes the command, such as "setpriv ..."
--   background   (on a terminal) it is a job of the shell that is not in the foreground

local assert = require "luassert"
local busted = require "busted"
local child = require "spec.support.child"
local emulator = require "spec.support.emulator"
local json = require "cjson"
local late = require "spec.support.late"
local shell = require "spec.support.emulator.launcher.shell"

local quote = shell.quote

local LIMIT = 300 -- seconds, which only a hanging command reaches

-- What ends a run without polling, where the system has it, and the status then.
local HUNG = 124
local LIMITED = select(2, shell.run("command -v timeout")) == 0
  and ("timeout --foreground -k 5 %d "):format(LIMIT) or ""

-- The last four are tools/mutants/hook.lua's.
local PASSED_ON = { "PATH", "TMPDIR", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LUA_INIT", "MUTANT",
  "MUTANT_ROOT", "ENTERED" }

-- What an installed command must do without.
local OF_CHECKOUT = { "LUA_PATH", "LUA_CPATH" }

local root = shell.run("pwd"):gsub("%s+$", "")

local command = {}

local Command = {}
Command.__index = Command

local Handle = {}
Handle.__index = Handle

-- What came of a run that has ended: `status`, `out`, `err`.
local Ended = {}
Ended.__index = Ended

--- Asserts its status, and texts that stderr has. Returns itself.
function Ended:ends(status, ...)
  assert.equal(status, self.status, self.err)
  for _, text in ipairs { ... } do assert.truthy(self.err:find(text, 1, true), self.err) end
  return self
end

--- Asserts that all was done, likewise.
function Ended:ok(...) return self:ends(0, ...) end

--- Asserts that its words or its input were refused, likewise.
function Ended:refused(...)
  assert.equal("", self.out)
  return self:ends(2, ...)
end

--- The items of `-o json`.
function Ended:items() return json.decode(self.out).items end

--- The rows of `-o jsonl`, decoded.
function Ended:rows()
  local rows = {}
  for line in self.out:gmatch "[^\n]+" do rows[#rows + 1] = json.decode(line) end
  return rows
end

--- Waits until `condition()` is true, and returns that; `what` is for the message when it never is.
function command.await(condition, what)
  for _ = 1, LIMIT * 50 do
    local result = condition()
    if result then return result end
    shell.sleep(0.02)
  end
  error("never came: " .. (what or "what was waited for"), 2)
end

--- Makes a private folder, in which commands run: relative paths are paths there.
function command.new(e)
  local dir = shell.run("mktemp -d \"${TMPDIR:-/tmp}/streamctl-command.XXXXXX\""):gsub("%s+$", "")
  local self = setmetatable({ dir = dir, home = dir .. "/home", e = e, count = 0, handles = {} },
    Command)
  shell.run(("mkdir %s %s"):format(quote(self.home), quote(dir .. "/runs")))
  return self
end

local function of_emulator(environment, e, vendor)
  for _, pair in ipairs(e and e:environment() or {}) do
    local name, value = pair[1], pair[2]
    local owner = name:find "^ZEGO_" and "zego" or name:find "^ALIBABA_" and "aliyun"
    if name == "STREAMCTL_CA_FILE" or (owner and (vendor or owner) == owner) then
      environment[name] = value
    end
  end
end

-- `env` and its words, which become the command without a process in between.
local function program(self, words, options, further)
  local environment = {
    HOME = self.home, XDG_CONFIG_HOME = self.home .. "/config",
    XDG_STATE_HOME = self.home .. "/state", ALIBABA_CLOUD_ECS_METADATA_DISABLED = "true",
  }
  local installed = os.getenv "STREAMCTL_COMMAND"
  for _, name in ipairs(PASSED_ON) do environment[name] = os.getenv(name) end
  for _, name in ipairs(installed and {} or OF_CHECKOUT) do environment[name] = os.getenv(name) end
  of_emulator(environment, self.e, options.vendor)
  for _, given in ipairs { further, options.environment or {} } do
    for name, value in pairs(given) do environment[name] = value end
  end
  local parts = { "env -i", child.PRELOAD }
  for name, value in pairs(environment) do
    if value then parts[#parts + 1] = quote(name .. "=" .. value) end
  end
  for _, name in ipairs(options.exports or {}) do
    parts[#parts + 1] = ('${%s+"%s=$%s"}'):format(name, name, name)
  end
  if installed then
    parts[#parts + 1] = quote(installed)
  else
    parts[#parts + 1] = quote(child.interpreter()) .. " " .. quote(root .. "/bin/streamctl")
  end
  if type(words) == "string" then
    parts[#parts + 1] = words:gsub("%S+", quote)
  else
    for _, word in ipairs(words) do parts[#parts + 1] = quote(word) end
  end
  return table.concat(parts, " ")
end

-- The shell commands of a run: its process writes its id to `pid` first, its end goes to `status`.
local function script(self, words, options, further)
  self.count = self.count + 1
  local files = self.dir .. "/runs/" .. self.count .. "."
  local input = "/dev/null"
  if options.input then
    input = files .. "in"
    shell.write_file(input, options.input)
  end
  local start = options.background and "set -m\n%s &\nwait $!" or "exec %s"
  local inner = ("cd %s && echo $$ >%s && %s\n"):format(quote(self.dir), quote(files .. "pid"),
    options.before or ":") .. start:format((options.within or "") .. " "
    .. program(self, words, options, further))
  return inner, files, input
end

local function redirections(options, files, input)
  return ("<%s >%s 2>%s"):format(quote(input), quote(options.stdout or files .. "out"),
    quote(files .. "err"))
end

-- Notes the end of a run.
local function told(files) return "echo $? >" .. quote(files .. "status") end

-- Starts a run; `limit` ends it from outside.
local function begin(self, words, options, limit)
  local inner, files, input = script(self, words, options, {})
  local line = limit .. "sh -c " .. quote(inner)
  if options.through then
    -- the status is that of the command, not of what reads it
    line = ("{ %s <%s 2>%s; %s; } | %s >%s"):format(line, quote(input), quote(files .. "err"),
      told(files), options.through, quote(files .. "out"))
  else
    line = ("%s %s; %s"):format(line, redirections(options, files, input), told(files))
  end
  return setmetatable({
    files = files, pipe = assert(io.popen(shell.CLEAN .. line .. "\n", "w")),
  }, Handle)
end

-- Waits until a run has its process, and notes both for the end of the specs.
local function note(self, handle)
  handle.pid = command.await(function()
    return (shell.read_file(handle.files .. "pid") or ""):match "^(%d+)\n"
  end, "a process")
  self.handles[#self.handles + 1] = handle
  return handle
end

--- Runs it in the background; `pid` of the handle is the process itself.
function Command:start(words, options)
  return note(self, begin(self, words, options or {}, ""))
end

--- Sends a signal.
function Handle:signal(name)
  local output, status = shell.run("kill -" .. name .. " " .. self.pid)
  assert(status == 0, output)
end

--- What it has written so far to stdout and to stderr.
function Handle:output()
  return shell.read_file(self.files .. "out") or "", shell.read_file(self.files .. "err") or ""
end

--- Whether it has ended.
function Handle:is_over() return (shell.read_file(self.files .. "status") or "") ~= "" end

-- What came of a run that has ended.
local function ending(handle)
  handle.pipe:close()
  handle.pipe = nil
  local out, err = handle:output()
  local status = tonumber(shell.read_file(handle.files .. "status"))
  return setmetatable({ status = status, out = out, err = err }, Ended)
end

--- Waits for its end, at most some minutes. Returns `status` (128 and the signal's number when a
-- signal ended it), `out`, `err`.
function Handle:wait()
  local file = quote(self.files .. "status")
  local _, hanging = shell.run(("i=0; until test -s %s; do test $i -lt %d || exit 1; sleep 0.02; "
    .. "i=$((i + 1)); done"):format(file, LIMIT * 50))
  if hanging ~= 0 then self:signal "KILL" end
  local ended = ending(self)
  assert(hanging == 0, "the command did not end; stderr: " .. ended.err)
  return ended
end

--- Runs it and waits for its end, which is as above.
function Command:run(words, options)
  local ended = ending(begin(self, words, options or {}, LIMITED))
  assert(ended.status ~= HUNG, "the command did not end; stderr: " .. ended.err)
  return ended
end

-- Whether the system has terminals for us: a bare chroot has none.
local terminals

command.NO_TERMINALS = "no pseudo-terminal: mount devpts on /dev/pts"

--- Whether there are terminals here.
function command.has_terminals()
  if terminals == nil then
    local _, status = shell.run("SHELL=/bin/sh script -qec true /dev/null </dev/null")
    terminals = status == 0
  end
  return terminals
end

--- Runs it on a terminal of its own: `screen`, `status`. Further options are `columns` (80) and
-- `keys`: what is typed once the screen has "y/N", or a list of `{ what the screen has, what is
-- typed then }`.
function Command:terminal(words, options)
  if not command.has_terminals() then require "busted.core"().pending(command.NO_TERMINALS) end
  options = options or {}
  local inner, files, input = script(self, words, options, { TERM = "xterm" })
  local line = ("stty cols %d rows 24 && exec sh -c %s"):format(options.columns or 80, quote(inner))
  if options.input then line = line .. " <" .. quote(input) end
  if options.stdout then line = line .. " >" .. quote(options.stdout) end
  local keys = options.keys or {}
  if type(keys) == "string" then keys = { { "y/N", keys } } end
  -- cat takes what comes too late: writing to a pipe that nobody reads would end us
  line = ("SHELL=/bin/sh script -qec %s /dev/null >%s 2>&1; %s; cat >/dev/null\n"):format(
    quote(line), quote(files .. "out"), told(files))
  local pipe = assert(io.popen(shell.CLEAN .. line, "w"))
  local handle = note(self, setmetatable({ files = files, pipe = pipe }, Handle))
  local from = 1
  -- Waits for a text, or for the end. Fails at a question on a line of its own, which ends with
  -- "]: " and has no such text: the command would wait for ever.
  local function await(text)
    return command.await(function()
      local is_over, screen = handle:is_over(), handle:output()
      local _, at = screen:find(text or "\0", from, true)
      local is_stuck = is_over and text or screen:find("\n[^\n]*%]: $", from)
      assert(at or not is_stuck, ("the screen never had %s:\n%s"):format(text or "an end", screen))
      return at or is_over
    end, text)
  end
  for _, pair in ipairs(keys) do
    from = await(pair[1]) + 1
    pipe:write(pair[2])
    pipe:flush()
  end
  await(nil)
  local ended = handle:wait()
  return { screen = ended.out, status = ended.status }
end

--- Puts a program `streamctl` into the private folder. Returns a shell command that has it found,
-- and goes to that folder. The program sees the variables that `exports` of the options names.
function Command:installed(options)
  local path = self:write("bin/streamctl",
    "#!/bin/sh\nexec " .. program(self, {}, options or {}, {}) .. ' "$@"\n')
  shell.run("chmod +x " .. quote(path))
  return ("cd %s && PATH=%s:$PATH"):format(quote(self.dir), quote(self.dir .. "/bin"))
end

--- Writes a file in the private folder, and returns its path.
function Command:write(name, text)
  local path = self.dir .. "/" .. name
  shell.run("mkdir -p \"$(dirname " .. quote(path) .. ")\"")
  shell.write_file(path, text)
  return path
end

--- Writes the configuration of the user.
function Command:configure(text) return self:write("home/config/streamctl/config.ini", text) end

--- The records of a report, and what follows its last whole line.
function Command:report(path)
  if path:sub(1, 1) ~= "/" then path = self.dir .. "/" .. path end
  local text = shell.read_file(path) or ""
  local records = {}
  for line in text:gmatch "([^\n]*)\n" do records[#records + 1] = json.decode(line) end
  return records, text:match "[^\n]*$"
end

--- Lines of so many ids: s1, s2 and so on.
function command.ids(count)
  local lines = {}
  for i = 1, count do lines[i] = "s" .. i .. "\n" end
  return table.concat(lines)
end

--- Lines of so many tasks for `relay create -`.
function command.tasks(count)
  local lines = {}
  for i = 1, count do
    lines[i] = json.encode { SourceUrls = { "rtmp://pull.example.com/app/s" .. i },
      DstUrl = "rtmp://push.example.com/app/d" .. i .. "?auth_key=livekey" } .. "\n"
  end
  return table.concat(lines)
end

--- Makes billed tasks, which must not be made twice, one after the other.
function Command:create(count, words, options)
  local all = { "relay", "create", "--region", "cn-shanghai", "--end", "+2h", "-y", "-",
    "--concurrency", "1" }
  for _, word in ipairs(words or {}) do all[#all + 1] = word end
  options = options or {}
  options.vendor, options.input = "aliyun", command.tasks(count)
  return self:run(all, options)
end

--- Describes a command with a folder and an emulator of its own (unless `options` is false), which
-- is reset before each test.
function command.describe(name, options, body)
  if not body then options, body = {}, options end
  if not options then return late.describe(name, { function() return command.new() end }, body) end
  late.describe(name, {
    function() return assert(emulator.start(options)) end,
    function(e) return command.new(e) end,
  }, function(e, c)
    busted.before_each(function() e:reset() end)
    body(c, e)
  end)
end

--- Ends what still runs and removes the folder; `stop` is for late.lua.
function Command:close()
  for _, handle in ipairs(self.handles) do
    if handle.pipe then
      if not shell.read_file(handle.files .. "status") then
        shell.run("kill -KILL " .. handle.pid) -- may have ended by now
      end
      handle.pipe:close()
      handle.pipe = nil
    end
  end
  shell.run("rm -rf " .. quote(self.dir))
end

Command.stop = Command.close

return command
