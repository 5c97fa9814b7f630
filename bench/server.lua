-- A web server that does nothing but answer: the smallest nginx with TLS, for measuring clients. Or an nginx
-- of another configuration.

local here = arg[0]:match("^(.*)/[^/]*$") or "."
local launcher = here .. "/../spec/emulator/launcher/"
local shell = assert(loadfile(launcher .. "shell.lua"))()
local certificates = assert(loadfile(launcher .. "certificates.lua"))(shell)

local server = {}

local CONF = [[
daemon off;
master_process off;
pid @DIR@/nginx.pid;
error_log @DIR@/error.log warn;
events { worker_connections 1024; }
http {
  access_log off;
  client_body_temp_path @DIR@/tmp/body;
  proxy_temp_path @DIR@/tmp/proxy;
  fastcgi_temp_path @DIR@/tmp/fastcgi;
  uwsgi_temp_path @DIR@/tmp/uwsgi;
  scgi_temp_path @DIR@/tmp/scgi;
  keepalive_requests 10000000;
  keepalive_timeout 300s;
  server {
    listen 127.0.0.1:@PORT@ ssl;
    ssl_certificate @DIR@/server.pem;
    ssl_certificate_key @DIR@/server.key;
    ssl_protocols TLSv1.2 TLSv1.3;
    location / {
      default_type application/json;
      return 200 '{"RequestId":"16A96B9A-F203-4EC5-8E43-CB92E68F4CD8"}';
    }
  }
}
]]

-- Waits until the child is up: true, or nil and what its log says.
local function await(dir, url)
  for _ = 1, 100 do
    local log = shell.read_file(dir .. "/error.log") or ""
    if log:find("[emerg]", 1, true) then return nil, log end
    local _, status = shell.run(string.format("curl -q -s -o /dev/null --noproxy '*' --max-time 5 --cacert %s %s/",
      shell.quote(dir .. "/ca.pem"), shell.quote(url)))
    if status == 0 then return true end
    shell.sleep(0.05)
  end
  return nil, "it did not answer"
end

-- The shell between us and nginx ends it, and removes what it wrote, when our end of the pipe is closed: by stop(), or
-- because we are gone. Ctrl-C reaches the whole group; the shell stays for that moment.
local RUN = [[
trap '' INT; exec 3<&0
@NGINX@ -p @DIR@ -c @DIR@/nginx.conf -e @DIR@/error.log >/dev/null 2>&1 </dev/null 3<&- & pid=$!
cat <&3 >/dev/null; kill $pid 2>/dev/null; wait $pid
[ ! -e @DIR@/up ] || rm -rf @DIR@
]]

local function launch(self, nginx)
  local values = { NGINX = shell.quote(nginx), DIR = shell.quote(self.dir) }
  self.pipe = assert(io.popen((RUN:gsub("@(%u+)@", values)), "w"))
  local ok, problem = await(self.dir, self.url)
  if ok then shell.write_file(self.dir .. "/up", "") end
  return ok, problem
end

-- Where the modules of nginx are; nil without the one for Lua.
function server.modules()
  for _, dir in ipairs { "/usr/lib/nginx/modules", "/usr/lib64/nginx/modules", "/usr/local/nginx/modules" } do
    if shell.read_file(dir .. "/ngx_http_lua_module.so") then return dir end
  end
end

-- Ports below the range from which the system takes its own.
local function random_port()
  local file = assert(io.open("/dev/urandom", "rb"))
  local high, low = file:read(2):byte(1, 2)
  file:close()
  return 10000 + (high * 256 + low) % 22000
end

--- Starts it: a table with `url`, `port`, `ca_file`, `dir`, `pid` and `stop()`, or nil and why not.
-- Of another configuration: `conf`, in which @DIR@ stands for its directory, @PORT@, @PORT2@ and @PORT3@ for ports,
-- other names for what is in the table `values`; `scheme` is that of the first port, where it must answer to `/`.
function server.start(conf, values, scheme)
  local nginx = shell.run("PATH=$PATH:/usr/sbin:/usr/local/sbin command -v nginx"):gsub("%s+$", "")
  if nginx == "" then return nil, "nginx is not installed" end
  local dir = shell.run('mktemp -d "${TMPDIR:-/tmp}/streamctl-bench.XXXXXX"'):gsub("%s+$", "")
  local self = { dir = dir, ca_file = dir .. "/ca.pem" }
  shell.run("mkdir " .. shell.quote(dir .. "/tmp"))

  function self.stop()
    if self.pipe then self.pipe:close() end
    if dir:find("/streamctl%-bench%.[^/]+$") then shell.run("rm -rf " .. shell.quote(dir)) end
  end

  local ok, problem = certificates.make(dir)
  local known = { DIR = dir, USER = shell.run("id -u"):match("^0%s") and "user root;" or "" }
  for name, value in pairs(values or {}) do known[name] = value end
  for _ = 1, ok and 10 or 0 do
    self.port = random_port()
    for i, name in ipairs { "PORT", "PORT2", "PORT3" } do known[name] = string.format("%d", self.port + i - 1) end
    self.url = (scheme or "https") .. "://127.0.0.1:" .. known.PORT
    shell.write_file(dir .. "/nginx.conf", ((conf or CONF):gsub("@([%u_%d]+)@", known)))
    shell.write_file(dir .. "/error.log", "")
    ok, problem = launch(self, nginx)
    if ok then
      self.pid = tonumber(shell.read_file(dir .. "/nginx.pid"))
      return self
    end
    self.pipe:close()
    self.pipe = nil
    if not problem:find("in use", 1, true) then break end
  end
  self.stop()
  return nil, problem
end

return server
