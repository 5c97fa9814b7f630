-- One nginx process: its configuration, its ports, its start and its end. Loaded with shell.lua as its argument.

local shell = ...

local M = {}

-- The addresses in the order of their ports: field, vendor, certificate (none: plain HTTP), HTTP/2.
local LISTENERS = {
  { "aliyun", "aliyun", "server" },
  { "zego", "zego", "server" },
  { "aliyun_http", "aliyun" },
  { "zego_http", "zego" },
  { "aliyun_h2", "aliyun", "server", true },
  { "zego_h2", "zego", "server", true },
  { "tls_expired", "aliyun", "expired" },
  { "tls_wrong_host", "aliyun", "wrong_host" },
  { "tls_self_signed", "aliyun", "self_signed" },
}

local ATTEMPTS = 10
local START_SECONDS = 10
local STOP_SECONDS = 5

-- The paths of nginx and of its modules, or nil and what to install.
function M.find_tools()
  local missing = "emulator: %s is not installed: apt-get install %s"
  local nginx = shell.run("PATH=$PATH:/usr/sbin:/usr/local/sbin command -v nginx"):gsub("%s+$", "")
  if nginx == "" then
    return nil, missing:format("nginx", "nginx libnginx-mod-http-lua lua-nginx-string lua-cjson")
  end
  for _, tool in ipairs { "openssl", "curl" } do
    if select(2, shell.run("command -v " .. tool)) ~= 0 then
      return nil, missing:format(tool, tool)
    end
  end
  for _, modules in ipairs { "/usr/lib/nginx/modules", "/usr/lib64/nginx/modules", "/usr/local/nginx/modules" } do
    if shell.read_file(modules .. "/ngx_http_lua_module.so") then
      return nginx, modules
    end
  end
  return nil, missing:format("the Lua module of nginx", "libnginx-mod-http-lua lua-nginx-string lua-cjson")
end

-- Ports below the range from which the system takes its own, so that only another emulator can be in the way. The
-- source is the system's: math.random would give parallel runs the same ports.
local function random_port()
  local file = assert(io.open("/dev/urandom", "rb"))
  local high, low = file:read(2):byte(1, 2)
  file:close()
  return 10000 + (high * 256 + low) % 22000
end

local function server_block(dir, listener, port)
  local _, vendor, certificate, http2 = listener[1], listener[2], listener[3], listener[4]
  local lines = {
    "  server {",
    ("    listen 127.0.0.1:%d%s%s;"):format(port, certificate and " ssl" or "", http2 and " http2" or ""),
    ("    set $vendor %s;"):format(vendor),
  }
  if certificate and certificate ~= "server" then
    lines[#lines + 1] = ("    ssl_certificate %s/%s.pem;"):format(dir, certificate)
    lines[#lines + 1] = ("    ssl_certificate_key %s/server.key;"):format(dir)
  end
  lines[#lines + 1] = [[
    location / {
      content_by_lua_block { require("emulator.router").serve() }
      log_by_lua_block { require("emulator.router").left() }
    }
    location @rst {
      reset_timedout_connection on;
      return 444;
    }
  }]]
  return table.concat(lines, "\n")
end

-- Gives the emulator its addresses and nginx its configuration, for ports from first_port on.
local function write_nginx_conf(self, first_port)
  local servers = {}
  for i, listener in ipairs(LISTENERS) do
    local port = first_port + i
    servers[i] = server_block(self.dir, listener, port)
    self[listener[1]] = (listener[3] and "https" or "http") .. "://127.0.0.1:" .. port
  end
  self.control = "http://127.0.0.1:" .. first_port
  local is_root = shell.run("id -u"):match("^0%s") ~= nil
  local values = {
    MODULES = self.modules, DIR = self.dir, SPEC = self.spec, CONTROL = tostring(first_port),
    SERVERS = table.concat(servers, "\n"), WORKERS = tostring(self.workers),
    MASTER = self.workers > 1 and "on" or "off",
    -- Workers of a root master would otherwise be nobody, who may not enter the private directory.
    USER = is_root and "user root;" or "",
  }
  local template = assert(shell.read_file(values.SPEC .. "/emulator/nginx.conf.in"))
  shell.write_file(self.dir .. "/nginx.conf", (template:gsub("@(%u+)@", values)))
end

-- Is the process that we started still there, and still that one? A zombie has no command line.
local function is_alive(self)
  local text = shell.read_file("/proc/" .. self.pid .. "/cmdline")
  if text then
    return text:find(self.dir, 1, true) ~= nil
  end
  local output, status = shell.run("test -d /proc/self || ps -o args= -p " .. self.pid)
  return status == 0 and output:find(self.dir, 1, true) ~= nil
end

-- Ends our child and nothing else. Closing the pipe waits for it, so that no zombie stays either.
function M.stop(self)
  if self.pid and is_alive(self) then
    shell.run("kill -TERM " .. self.pid)
    for _ = 1, STOP_SECONDS * 20 do
      if not is_alive(self) then
        break
      end
      shell.sleep(0.05)
    end
    if is_alive(self) then
      shell.run("kill -KILL " .. self.pid)
    end
  end
  if self.pipe then
    self.pipe:close()
    self.pipe = nil
  end
end

-- Does the control port answer, and is it the one of our process and not of a neighbour that has the same port?
local function is_ours(self)
  local health = self:control_call("GET", "/health")
  return health ~= nil and health.dir == self.dir
end

-- One try on one set of ports: true, or nil, why, and whether other ports may help.
local function launch(self)
  local log, pid_file = self.dir .. "/error.log", self.dir .. "/child.pid"
  shell.write_file(log, "")
  -- The pipe is nginx's standard input, at whose end it leaves: when this Lua is gone, however it went. A session of
  -- its own keeps the terminal's Ctrl-C away from it.
  local command = ("echo $$ >%s; exec $(command -v setsid) %s -p %s -c %s -e %s >/dev/null 2>&1"):format(
    shell.quote(pid_file), shell.quote(self.nginx), shell.quote(self.dir), shell.quote(self.dir .. "/nginx.conf"),
    shell.quote(log))
  self.pipe = assert(io.popen(shell.CLEAN .. command, "w"))
  for _ = 1, START_SECONDS * 20 do
    self.pid = self.pid or tonumber((shell.read_file(pid_file) or ""):match("^(%d+)\n"))
    local text = shell.read_file(log) or ""
    if text:find("Address already in use", 1, true) then
      M.stop(self)
      self.pid = nil
      os.remove(pid_file)
      return nil, "emulator: no free ports", true
    elseif text:find("[emerg]", 1, true) then
      M.stop(self)
      return nil, "emulator: nginx did not start: " .. text
    elseif self.pid and is_ours(self) then
      return true
    end
    shell.sleep(0.05)
  end
  M.stop(self)
  return nil, "emulator: nginx did not answer: " .. (shell.read_file(log) or "")
end

-- Tries ports until some are free: true, or nil and why.
function M.start(self)
  local ok, problem, again
  for _ = 1, ATTEMPTS do
    write_nginx_conf(self, random_port())
    ok, problem, again = launch(self)
    if ok or not again then
      break
    end
  end
  return ok, problem
end

return M
