-- One nginx process on ports of its own: where it is, its start and its end. Loaded with shell.lua
-- as its argument.
--
-- What is to be started has the fields `label` (for messages), `dir`, `nginx` and these methods:
--   write_conf(first_port)   writes dir/nginx.conf, for ports from first_port on; nginx' `pid` is
--                            dir/nginx.pid
--   is_ours()                whether our process answers, asked once nginx has all its ports

local shell = ...

local M = {}

local ATTEMPTS = 10
local START_SECONDS = 10
local STOP_SECONDS = 5

-- Runs `nginx` until somebody ends it, or until standard input ends: then the directory goes with
-- it, unless M.stop ended both; then it may be needed for a start on other ports.
local GUARDED = [[
exec 3<&0
%s </dev/null >/dev/null 2>&1 &
nginx=$!
{ read -r line <&3; : >%s; kill -TERM $nginx; } >/dev/null 2>&1 &
guard=$!
echo $nginx >%s
wait $nginx
kill $guard 2>/dev/null
if test -e %s && ! test -e %s; then rm -rf %s; fi
]]

-- The paths of nginx and of its modules, or nil and what to install.
function M.find_tools(label)
  local missing = label .. ": %s is not installed: apt-get install %s"
  local nginx = shell.run("PATH=$PATH:/usr/sbin:/usr/local/sbin command -v nginx"):gsub("%s+$", "")
  if nginx == "" then
    return nil, missing:format("nginx", "nginx libnginx-mod-http-lua lua-nginx-string lua-cjson")
  end
  for _, tool in ipairs { "openssl", "curl" } do
    if select(2, shell.run("command -v " .. tool)) ~= 0 then
      return nil, missing:format(tool, tool)
    end
  end
  for _, modules in ipairs { "/usr/lib/nginx/modules", "/usr/lib64/nginx/modules",
    "/usr/local/nginx/modules" } do
    if shell.read_file(modules .. "/ngx_http_lua_module.so") then return nginx, modules end
  end
  return nil, missing:format("the Lua module of nginx",
    "libnginx-mod-http-lua lua-nginx-string lua-cjson")
end

-- A directory that nobody else may enter, or nil and why.
function M.make_dir(label)
  local dir, status = shell.run(("mktemp -d \"${TMPDIR:-/tmp}/streamctl-%s.XXXXXX\""):format(label))
  if status ~= 0 then return nil, label .. ": " .. dir end
  return (dir:gsub("%s+$", ""))
end

-- Removes it: only what mktemp made for us.
function M.remove_dir(self)
  if self.dir:find("/streamctl%-" .. self.label .. "%.[^/]+$") then
    shell.run("rm -rf " .. shell.quote(self.dir))
  end
end

-- Workers of a root master would otherwise be nobody, who may not enter the private directory.
function M.user_line() return shell.run("id -u"):match("^0%s") and "user root;" or "" end

-- Lines of nginx.conf: what it would otherwise keep in folders of the system's.
function M.temporary_paths(dir)
  local lines = {}
  for i, kind in ipairs { "client_body", "proxy", "fastcgi", "uwsgi", "scgi" } do
    lines[i] = ("%s_temp_path %s/tmp/%s;"):format(kind, dir, kind)
  end
  return table.concat(lines, " ")
end

-- Ports below the range from which the system takes its own, so that only another of us can be in
-- the way. The source is the system's: math.random would give parallel runs the same ports.
function M.random_port()
  local file = assert(io.open("/dev/urandom", "rb"))
  local high, low = file:read(2):byte(1, 2)
  file:close()
  return 10000 + (high * 256 + low) % 22000
end

-- An address that refuses: a low port is out of the way of everything that takes a port by itself.
function M.refused_address(scheme)
  for port = 1, 9 do
    local probe = "curl -q -s -o /dev/null --noproxy '*' --max-time 2 http://127.0.0.1:%d/"
    local _, status = shell.run(probe:format(port))
    if status == 7 then return scheme .. "://127.0.0.1:" .. port end
  end
end

-- Is the process that we started still there, and still that one? A zombie has no command line.
local function is_alive(self)
  local text = shell.read_file("/proc/" .. self.pid .. "/cmdline")
  if text then return text:find(self.dir, 1, true) ~= nil end
  local output, status = shell.run("test -d /proc/self || ps -o args= -p " .. self.pid)
  return status == 0 and output:find(self.dir, 1, true) ~= nil
end

-- Ends our child and nothing else. Closing the pipe waits for it, so that no zombie stays either.
function M.stop(self)
  shell.write_file(self.dir .. "/stopped", "")
  if self.pid and is_alive(self) then
    shell.run("kill -TERM " .. self.pid)
    for _ = 1, STOP_SECONDS * 20 do
      if not is_alive(self) then break end
      shell.sleep(0.05)
    end
    if is_alive(self) then shell.run("kill -KILL " .. self.pid) end
  end
  if self.pipe then
    self.pipe:close()
    self.pipe = nil
  end
end

-- The shell command that looks after nginx. The pipe is its standard input, at whose end nginx
-- leaves: when this Lua is gone, however it went. A session of its own keeps the terminal's Ctrl-C
-- away from it.
local function start_command(self, log, pid_file)
  local quote = shell.quote
  local nginx = ("%s -p %s -c %s -e %s"):format(
    quote(self.nginx), quote(self.dir), quote(self.dir .. "/nginx.conf"), quote(log))
  local orphan, stopped = self.dir .. "/orphan", self.dir .. "/stopped"
  os.remove(orphan)
  os.remove(stopped)
  local script = GUARDED:format(nginx, quote(orphan), quote(pid_file), quote(orphan),
    quote(stopped), quote(self.dir))
  return "exec $(command -v setsid) env " .. (self.environment_words or "") .. " sh -c "
    .. quote(script)
end

-- One try on one set of ports: true, or nil, why, and whether other ports may help. nginx writes
-- its pid file after it has bound all ports. Before that a port may be a neighbour's, who would
-- take the question of `is_ours` for a request to itself.
local function launch(self)
  local log, pid_file = self.dir .. "/error.log", self.dir .. "/child.pid"
  shell.write_file(log, "")
  os.remove(self.dir .. "/nginx.pid")
  self.pipe = assert(io.popen(shell.CLEAN .. start_command(self, log, pid_file), "w"))
  for _ = 1, START_SECONDS * 20 do
    self.pid = self.pid or tonumber((shell.read_file(pid_file) or ""):match("^(%d+)\n"))
    local has_ports = (shell.read_file(self.dir .. "/nginx.pid") or "") ~= ""
    local text = shell.read_file(log) or ""
    if text:find("Address already in use", 1, true) then
      M.stop(self)
      self.pid = nil
      os.remove(pid_file)
      return nil, self.label .. ": no free ports", true
    elseif text:find("[emerg]", 1, true) then
      M.stop(self)
      return nil, self.label .. ": nginx did not start: " .. text
    elseif self.pid and has_ports and self:is_ours() then
      return true
    end
    shell.sleep(0.05)
  end
  M.stop(self)
  return nil, self.label .. ": nginx did not answer: " .. (shell.read_file(log) or "")
end

-- Tries ports until some are free: true, or nil and why.
function M.start(self)
  local ok, problem, again
  for _ = 1, ATTEMPTS do
    self:write_conf(M.random_port())
    ok, problem, again = launch(self)
    if ok or not again then break end
  end
  return ok, problem
end

return M
