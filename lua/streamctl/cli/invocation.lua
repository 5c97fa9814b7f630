-- One run of the command: its arguments, and what commands need to do their work. What takes time
-- or may fail is made when it is first asked for.

local system = require "streamctl.system"

local Invocation = {}

local invocation = {}

-- What is made when it is first named.
local MAKERS = {}

-- Where people are told what happens, see `streamctl.cli.output.say`.
function MAKERS.say(self)
  return require("streamctl.cli.output.say").new {
    stream = io.stderr, quiet = self.args.quiet, verbose = self.args.verbose,
  }
end

-- Where data goes, see `streamctl.cli.output`.
function MAKERS.out(self)
  local columns, color = self:terminal(1), self.args.color
  local able = columns and not self:environment "NO_COLOR" and self:environment "TERM" ~= "dumb"
  return require("streamctl.cli.output").new {
    stream = io.stdout, format = self.args.output, columns = columns, say = self.say,
    coloured = color == "always" or able and color ~= "never",
  }
end

function Invocation.__index(self, name)
  local made = Invocation[name]
  if made == nil and MAKERS[name] then
    made = MAKERS[name](self)
    rawset(self, name, made)
  end
  return made
end

-- Makes it. `args`: see `streamctl.cli.parser.parse`; `{}` before it is known. Returns `args`,
-- `words`, `say`, `out`.
function invocation.new(args, words)
  return setmetatable({ args = args, words = words }, Invocation)
end

-- A variable of the environment. Returns nil when it is empty as well.
function Invocation.environment(_, name)
  local value = os.getenv(name)
  return value ~= "" and value or nil
end

-- Whether a descriptor is a terminal. `fd`: 1 is stdout, 2 stderr. Returns its columns; 0 when it
-- does not say; nil when it is none, and whether the command is in its background.
function Invocation.terminal(_, fd)
  return system.terminal(fd)
end

-- The account that flags, environment and configuration name, see `streamctl.cli.account`.
function Invocation:account(hint)
  return require("streamctl.cli.account").new(self, hint)
end

-- Asks a person on stderr before something is done that is hard to undo, unless --yes was given;
-- ends by `failure.usage` unless the answer is yes. stdin may be a list of ids.
function Invocation:ask(question)
  if self.args.yes then return end
  local failure = require "streamctl.cli.failure"
  local file = self:terminal(0) and io.stdin or self:terminal(2) and io.open("/dev/tty", "r")
  if not file then
    failure.usage("%s Nothing was sent, since there is no terminal to answer on; --yes says yes",
      question)
  end
  self.say:question(question .. " [y/N] ")
  local answer = (file:read "*l" or ""):match("^%s*(.-)%s*$"):lower()
  if file ~= io.stdin then file:close() end
  if answer ~= "y" and answer ~= "yes" then failure.usage "nothing was sent" end
end

-- Is told by the signal itself: all requests may wait for answers then.
local NOTICE = "streamctl: what is under way is finishing; Ctrl-C again stops at once\n"

-- From now on SIGINT, SIGTERM and SIGHUP are noted instead of ending the command: who changes
-- something calls it before the first request, and asks `caught` between requests.
function Invocation:catch()
  if self.catching then return end
  self.catching = true
  system.catch_signals((self:terminal(2) and "\n" or "") .. NOTICE)
end

-- Why to stop. Returns a name of `status.signals`, or "closed": whoever read our output went away.
function Invocation:caught()
  local signal = self.catching and system.caught_signal()
  if signal then return require("streamctl.cli.status").signals[signal] end
  local out = rawget(self, "out")
  return out and out.closed and "closed" or nil
end

return invocation
