-- A Redis of the tests' own, on a free port of the loopback, and clients of it.

local shell = require "spec.support.emulator.launcher.shell"

local redis_server = {}

-- lua-redis, or nil and why it cannot be loaded. Debian has it for the Luas up to 5.3.
function redis_server.library()
  package.path = package.path .. ";/usr/share/lua/5.3/redis.lua"
  local ok, library = pcall(require, "redis")
  package.path = package.path:gsub(";/usr/share/lua/5%.3/redis%.lua$", "")
  if ok then return library end
  return nil, "lua-redis cannot be loaded: " .. tostring(library):match("^[^\n]*")
end

-- Connects with lua-redis.
function redis_server.connect(port, timeout)
  return assert(redis_server.library()).connect {
    host = "127.0.0.1", port = port, timeout = timeout or 5,
  }
end

local function free_port()
  local listener = assert(require("socket").bind("127.0.0.1", 0))
  local _, port = listener:getsockname()
  listener:close()
  return tonumber(port)
end

local function answers(port)
  return (pcall(function() assert(redis_server.connect(port):ping()) end))
end

-- Waits up to 20 or so many seconds for a true result of `check`; returns the last result.
function redis_server.wait_until(check, seconds)
  local core = require "streamctl.core"
  local finish_by = core.monotonic() + (seconds or 20)
  while true do
    local result = check()
    if result or core.monotonic() > finish_by then return result end
    os.execute("sleep 0.02")
  end
end

local Server = {}
Server.__index = Server

local function lives(pid)
  return shell.run("kill -0 " .. pid .. " 2>/dev/null && echo yes"):match("yes") ~= nil
end

-- Starts the program, again after `kill`. Whether it answers.
function Server:run()
  -- one that is left over ends by itself
  os.execute(string.format(
    "cd %s && { timeout 900 redis-server %s --bind 127.0.0.1 --port %d >>log 2>&1 & "
    .. "echo $! >pid; }", shell.quote(self.folder), self.arguments, self.port))
  local starter = shell.read_file(self.folder .. "/pid"):match("%d+")
  redis_server.wait_until(function() return answers(self.port) or not lives(starter) end)
  if not answers(self.port) then return false end
  self.pid = self:command("INFO server"):match "process_id:(%d+)"
  return true
end

local function end_with(server, signal)
  os.execute("kill " .. signal .. " " .. server.pid .. " 2>/dev/null")
  redis_server.wait_until(function() return not lives(server.pid) end)
end

-- Ends it at once, as a power cut does. What it wrote stays for `run`.
function Server:kill() end_with(self, "-9") end

-- Ends it, and removes its files.
function Server:stop()
  end_with(self, "")
  os.execute("rm -rf " .. shell.quote(self.folder))
end

-- Sends a command as a text.
function Server:command(command) return redis_server.connect(self.port):raw_cmd(command) end

-- Starts a server that keeps nothing on disk unless the options say so, where each %d is another
-- free port (the server's `extra`); or a Sentinel with this configuration. Returns the server, or
-- nil and why not.
function redis_server.start(options, sentinel)
  if not redis_server.library() then return nil, select(2, redis_server.library()) end
  local folder = shell.run("mktemp -d"):match("%S+")
  for _ = 1, 5 do -- somebody else may take the port meanwhile
    local extra = {}
    local arguments = "--save '' --repl-diskless-sync-delay 0 " .. (options or ""):gsub("%%d",
      function()
        extra[#extra + 1] = free_port()
        return extra[#extra]
      end)
    if sentinel then
      arguments = "config --sentinel"
      shell.write_file(folder .. "/config", sentinel)
    end
    local server = setmetatable({
      port = free_port(), extra = extra, folder = folder, arguments = arguments,
    }, Server)
    if server:run() then return server end
  end
  return nil, "redis-server does not start"
end

return redis_server
