-- A Redis of the tests' own, on a free port of the loopback, and clients of it.

local shell = require "spec.emulator.launcher.shell"

local redis_server = {}

--- lua-redis, where it can be loaded. Debian has it for the Luas up to 5.3; it is plain Lua.
-- @treturn[1] table the module
-- @treturn[2] nil
-- @treturn[2] string why not
function redis_server.library()
  package.path = package.path .. ";/usr/share/lua/5.3/redis.lua"
  local ok, library = pcall(require, "redis")
  package.path = package.path:gsub(";/usr/share/lua/5%.3/redis%.lua$", "")
  if ok then return library end
  return nil, "lua-redis cannot be loaded: " .. tostring(library):match("^[^\n]*")
end

--- Connects with lua-redis.
-- @tparam integer port
-- @tparam[opt=5] number timeout
-- @treturn table client
function redis_server.connect(port, timeout)
  return assert(redis_server.library()).connect { host = "127.0.0.1", port = port, timeout = timeout or 5 }
end

--- A store on that server.
-- @tparam integer port
-- @tparam[opt] table options
-- @treturn table store
function redis_server.store(port, options)
  return require("streamctl.store.redis").new(redis_server.connect(port), options)
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

--- Starts a server that keeps nothing on disk.
-- @treturn[1] table server `port`, `stop()`
-- @treturn[2] nil
-- @treturn[2] string why not
function redis_server.start()
  if not redis_server.library() then return nil, select(2, redis_server.library()) end
  local folder = shell.run("mktemp -d"):match("%S+")
  for _ = 1, 5 do -- somebody else may take the port meanwhile
    local port = free_port()
    os.execute(string.format(
      [[cd %s && { timeout 900 redis-server --bind 127.0.0.1 --port %d --save "" --appendonly no >log 2>&1 &
        echo $! >pid; }]], shell.quote(folder), port)) -- a server that is left over ends by itself
    for _ = 1, 100 do
      if answers(port) then
        local pid = shell.run("cat " .. shell.quote(folder .. "/pid")):match("%d+")
        return {
          port = port,
          stop = function()
            os.execute("kill " .. pid .. " 2>/dev/null")
            for _ = 1, 100 do
              if not answers(port) then break end
              os.execute("sleep 0.05")
            end
            os.execute("rm -rf " .. shell.quote(folder))
          end,
        }
      end
      os.execute("sleep 0.05")
    end
  end
  return nil, "redis-server does not start"
end

return redis_server
