-- A terminal that people could look at: an interactive shell in tmux, whose screen is read as text.
--
--   local t = tmux.start(c:installed { vendor = "zego", environment = { TERM = "screen" } },
--     { dir = c.dir, columns = 80, rows = 24 })
--   t:type "streamctl state s1 --watch\n"
--   t:await "1 live"                     -- waits for that text; returns the screen
--   t:key "C-c"

local command = require "spec.support.command"
local shell = require "spec.support.emulator.launcher.shell"

local quote = shell.quote

local tmux = {}

local Terminal = {}
Terminal.__index = Terminal

local function run(self, words)
  local output, status = shell.run(("TMUX_TMPDIR=%s tmux -f /dev/null %s"):format(quote(self.dir),
    words))
  assert(status == 0, output)
  return output
end

--- Starts a shell after `line`, shell commands. `options`: `dir`, a private folder; `columns` and
-- `rows`. Jobs of the shell can be stopped.
function tmux.start(line, options)
  if not command.has_terminals() then require "busted.core"().pending(command.NO_TERMINALS) end
  local self = setmetatable({ dir = options.dir }, Terminal)
  shell.write_file(self.dir .. "/shell", line .. " && PS1='$ ' exec bash --norc --noprofile -i\n")
  run(self, ("new-session -d -x %d -y %d %s"):format(options.columns, options.rows,
    quote("sh " .. self.dir .. "/shell")))
  run(self, "set-option -g history-limit 500")
  self:await "$"
  return self
end

--- Types a text.
function Terminal:type(text) run(self, "send-keys -l " .. quote(text)) end

--- Presses a key, such as "C-c".
function Terminal:key(name) run(self, "send-keys " .. name) end

function Terminal:resize(columns, rows)
  run(self, ("resize-window -x %d -y %d"):format(columns, rows))
end

--- The lines of the screen, without empty ones at the end. `options`: "-e" has colours as well,
-- "-S -" what has scrolled away.
function Terminal:screen(options)
  return (run(self, "capture-pane -p " .. (options or "")):gsub("%s+$", ""))
end

--- Waits until the screen has a text, or does what a function says. Returns the screen.
function Terminal:await(what)
  local seen
  return command.await(function()
    seen = self:screen()
    if type(what) == "function" then return what(seen) and seen end
    return seen:find(what, 1, true) and seen
  end, what)
end

--- Ends the shell, and what it has started.
function Terminal:stop()
  local pid = run(self, "display-message -p '#{pane_pid}'"):match "%d+"
  local started = shell.run("ps -o pid= --ppid " .. pid)
  run(self, "kill-server")
  for id in started:gmatch "%d+" do
    shell.run("kill -KILL " .. id) -- may have ended by now
    command.await(function() -- what has ended stays a zombie where process 1 waits for no child
      return not shell.run("ps -o stat= -p " .. id):find "^[^Z]"
    end, "an end")
  end
end

return tmux
