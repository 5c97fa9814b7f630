-- What the specs of the command's parts share: a file that keeps what is written, and an
-- invocation around it.

local output = require "streamctl.cli.output"
local say = require "streamctl.cli.output.say"

local helper = {}

--- A file. `text` is what arrived; `fails` is what writing ends with from now on.
function helper.stream()
  local stream = { text = "", flushed = 0, calls = 0 }
  function stream:write(...)
    self.calls = self.calls + 1
    if self.fails then return nil, self.fails[1], self.fails[2] end
    self.text = self.text .. table.concat { ... }
    return self
  end
  function stream:flush()
    if self.fails then return nil, self.fails[1], self.fails[2] end
    self.flushed = self.flushed + 1
    return self
  end
  function stream:setvbuf(mode) self.buffering = mode end
  return stream
end

--- What an output writes in a format.
function helper.out(format, options)
  options = options or {}
  local stream = helper.stream()
  return output.new {
    stream = stream, format = format, columns = options.columns, coloured = options.coloured,
    say = options.say or say.new { stream = stream },
  }, stream
end

--- An invocation whose stderr is `stream`; `columns` when that is a terminal.
function helper.invocation(stream, options)
  return {
    args = options.args or {}, words = {},
    say = say.new { stream = stream },
    terminal = function(_, fd) return fd == 2 and options.columns or nil end,
    environment = function(_, name) return (options.environment or {})[name] end,
  }
end

return helper
