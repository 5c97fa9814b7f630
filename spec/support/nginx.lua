-- Starts and stops an nginx with Lua and this library inside, for specs that drive it from outside:
-- one random loopback port, everything it writes in one private directory. Needs `make build
-- LUA=luajit`.
--
--   local nginx = require "spec.support.nginx"
--   local n = assert(nginx.start {
--     workers = 1, main = "", http = "", server = "", -- further lines of these contexts
--     environment = { NAME = "value" }, -- of nginx; each gets its `env NAME;` line
--     ca_file = path,  -- lua_ssl_trusted_certificate
--   })
--   n.url ("http://127.0.0.1:port"), n.port, n.dir, n.pid (of the master)
--   n:get(path[, options]) -> status, body, headers; see own_nginx.lua
--   n:workers() n:log() n:stop()

local own = require "spec.support.own_nginx"

local root, shell = own.root, own.shell

local nginx = {}

local Nginx = own.class()

local MAIN = [[
master_process on;
worker_processes @WORKERS@;
@ENV@
@MAIN@]]

local HTTP = [[
  lua_package_path "@PATH@";
  lua_package_cpath "@CPATH@";
  @CA@
@HTTP@
]]

local SERVER = [[
  server {
    listen 127.0.0.1:@PORT@;
    client_max_body_size 16m;
    client_body_buffer_size 1m;
@SERVER@
  }]]

--- The root of this checkout.
nginx.root = root

-- The folder of what was built for LuaJIT, or nil and what to do.
local function built()
  local build = os.getenv "BUILD" or "build"
  if not build:find("^/") then build = root .. "/" .. build end
  for _, name in ipairs { "core", "engine" } do
    local path = build .. "/luajit/streamctl/" .. name .. ".so"
    if not shell.read_file(path) then
      return nil, "nginx: " .. path .. " is missing: make build LUA=luajit"
    end
  end
  return build .. "/luajit"
end

function Nginx:parts(first_port)
  self.port = first_port + 1
  self.url = "http://127.0.0.1:" .. self.port
  self.values.PORT = tostring(self.port)
  local function fill(text) return (text:gsub("@(%u+)@", self.values)) end
  return { MAIN = fill(MAIN), HTTP = fill(HTTP), SERVERS = fill(SERVER) }
end

-- The variable parts of nginx.conf.
local function parts_of(options, built_for_luajit)
  -- what `;;` of the module paths stands for must not be that of the Lua which runs this
  local names, words = {}, { "-u LUA_PATH -u LUA_CPATH" }
  for name, value in pairs(options.environment or {}) do
    names[#names + 1] = "env " .. name .. ";"
    words[#words + 1] = shell.quote(name .. "=" .. value)
  end
  local path = ("%s/lua/?.lua;%s/lua/?/init.lua;%s/?.lua;"):gsub("%%s", root)
    .. "/usr/share/lua/5.1/?.lua;/usr/share/lua/5.1/?/init.lua;;"
  local ca = options.ca_file
  return {
    MAIN = options.main or "", HTTP = options.http or "", SERVER = options.server or "",
    WORKERS = tostring(options.workers or 1), ENV = table.concat(names, "\n"), PATH = path,
    CPATH = built_for_luajit .. "/?.so;;",
    CA = ca and ("lua_ssl_trusted_certificate %s; lua_ssl_verify_depth 5;"):format(ca) or "",
  }, table.concat(words, " ")
end

local KNOWN = { workers = 1, main = 1, http = 1, server = 1, environment = 1, ca_file = 1 }

--- Starts an nginx, see the top of this file; or nil and a sentence.
function nginx.start(options)
  options = options or {}
  for name in pairs(options) do
    if not KNOWN[name] then error("unknown option '" .. tostring(name) .. "'", 2) end
  end
  local library, why = built()
  if not library then return nil, why end
  local fields = {}
  fields.values, fields.environment_words = parts_of(options, library)
  return own.start(Nginx, "nginx", fields)
end

--- The process ids of the workers that take requests; one that is shutting down is not in the list.
function Nginx:workers()
  local list = {}
  local files = shell.run(("grep -ls '^PPid:[[:space:]]*%d$' /proc/[0-9]*/status"):format(self.pid))
  for pid in files:gmatch("/proc/(%d+)/status") do
    local line = shell.read_file("/proc/" .. pid .. "/cmdline") or ""
    if line:find("worker process", 1, true) and not line:find("shutting down", 1, true) then
      list[#list + 1] = tonumber(pid)
    end
  end
  table.sort(list)
  return list
end

return nginx
