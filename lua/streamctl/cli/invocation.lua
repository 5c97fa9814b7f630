-- An invocation is a run of the command: arguments, environment, terminal, stdout and stderr.

local fail = require "streamctl.cli.fail"
local core = require "streamctl.core"
local output = require "streamctl.cli.output"
local say = require "streamctl.cli.output.say"
local status = require "streamctl.cli.status"
local system = require "streamctl.system"

local invocation, Invocation = {}, { version = core._VERSION }
Invocation.__index = Invocation

-- Makes an invocation of words: `say` talks to people on stderr, `out` writes data to stdout.
-- `args`, see `use`: arguments that are known before the words are parsed.
function invocation.new(words, args)
  system.reserve_streams()
  system.default_signals()
  local talk = say.new { stream = io.stderr }
  local self = setmetatable({ words = words, say = talk,
    out = output.new { stream = io.stdout, columns = system.terminal(1), say = talk } }, Invocation)
  self:use(args)
  return self
end

-- Sets the arguments: `args`, see `streamctl.cli.parser.parse`.
function Invocation:use(args)
  local able = self.out.columns and not self:environment "NO_COLOR"
    and self:environment "TERM" ~= "dumb"
  self.args, self.say.quiet, self.say.verbose = args, args.quiet, args.verbose
  self.out.format = args.output or "table"
  self.out.coloured = args.color == "always" or able and args.color ~= "never"
end

-- Returns a variable of the environment; nil for an empty variable.
function Invocation.environment(_, name)
  local value = os.getenv(name)
  return value ~= "" and value or nil
end

-- Returns the columns of the terminal at descriptor `fd`, 0 for unknown, nil without a terminal;
-- whether the command is in the background; and the rows, 0 for unknown.
function Invocation.terminal(_, fd) return system.terminal(fd) end

-- Opens the account of flags, environment and configuration, see `streamctl.cli.account`, which the
-- commands without an account do not load.
function Invocation:account(hint) return require("streamctl.cli.account").new(self, hint) end

-- Asks the user before a change, unless --yes was given, and ends the command unless the answer is
-- yes. The answer comes from the terminal, since stdin may be a list of ids.
function Invocation:ask(question)
  if self.args.yes then return end
  local file = self:terminal(0) and io.stdin or self:terminal(2) and io.open("/dev/tty", "r")
  if not file then
    fail.usage("%s Nothing was sent, since there is no terminal to answer on; --yes says yes",
      question)
  end
  self.say:question(question .. " [y/N] ")
  local answer = (file:read "*l" or ""):match("^%s*(.-)%s*$"):lower()
  if file ~= io.stdin then file:close() end
  if answer ~= "y" and answer ~= "yes" then fail.usage "nothing was sent" end
end

-- The signal handler writes this text, since the command may wait for answers.
local NOTICE = "streamctl: what is under way is finishing; Ctrl-C again stops at once\n"

-- Keeps SIGINT, SIGTERM and SIGHUP for `caught` instead of ending at once. A command that changes
-- something calls this before the first request. `notice`, if any: instead of the usual text.
function Invocation:catch(notice)
  if self.catching and not notice then return end
  self.catching = true
  system.catch_signals(notice or (self:terminal(2) and "\n" or "") .. NOTICE)
end

-- Returns why to stop: a name of `status.signals`, or "closed" where the reader of stdout is gone.
function Invocation:caught()
  local signal = self.catching and system.caught_signal()
  if signal then return status.signals[signal] end
  return self.out.closed and "closed" or nil
end

-- Waits, unless a signal comes. Returns why to stop, if at all.
function Invocation:pause(seconds)
  local ends, sleep = core.monotonic() + seconds, require("streamctl").sleep
  while core.monotonic() < ends and not self:caught() do
    sleep(math.min(0.25, ends - core.monotonic()))
  end
  return self:caught()
end

return invocation
