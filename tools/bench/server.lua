-- Starts nginx with one of the configurations in servers/.

local tools = ...
local launcher = tools.root .. "/spec/support/emulator/launcher/"
local shell = assert(loadfile(launcher .. "shell.lua"))()
local certificates = assert(loadfile(launcher .. "certificates.lua"))(shell)
local process = assert(loadfile(launcher .. "process.lua"))(shell)

local server = {}

local FOLDERS = { "/usr/lib/nginx/modules", "/usr/lib64/nginx/modules", "/usr/local/nginx/modules" }

-- What every configuration begins with, and what every http block does.
local MAIN = [[
load_module @MODULES@/ndk_http_module.so;
load_module @MODULES@/ngx_http_lua_module.so;
@USER@
daemon off;
master_process off;
pid @DIR@/nginx.pid;
error_log @DIR@/error.log warn;
worker_rlimit_nofile 4096;
events { worker_connections 2048; }]]

local HTTP = [[
access_log off;
  client_body_temp_path @DIR@/tmp/body;
  proxy_temp_path @DIR@/tmp/proxy;
  fastcgi_temp_path @DIR@/tmp/fastcgi;
  uwsgi_temp_path @DIR@/tmp/uwsgi;
  scgi_temp_path @DIR@/tmp/scgi;
  keepalive_requests 10000000;
  keepalive_timeout 300s;]]

-- The shell between us and nginx ends it, and removes what it wrote, when our end of the pipe is
-- closed: by stop(), or because we are gone. Ctrl-C reaches the whole group; the shell stays for
-- that moment.
local RUN = [[
trap '' INT; exec 3<&0
@PIN@@NGINX@ -p @DIR@ -c @DIR@/nginx.conf -e @DIR@/error.log >/dev/null 2>&1 </dev/null 3<&- &
pid=$!
cat <&3 >/dev/null; kill $pid 2>/dev/null; wait $pid
[ ! -e @DIR@/up ] || rm -rf @DIR@
]]

-- Where the modules of nginx are; nil without the one for Lua.
local function modules()
  for _, dir in ipairs(FOLDERS) do
    if shell.read_file(dir .. "/ngx_http_lua_module.so") then return dir end
  end
end

-- Why no server can be started, or nil.
local function refusal()
  if not modules() then
    return "nginx or its Lua module is missing; apt-get install nginx libnginx-mod-http-lua"
  end
end

-- Waits until the child is up: true, or nil and what its log says.
local function await(self)
  for _ = 1, 200 do
    local log = shell.read_file(self.dir .. "/error.log") or ""
    if log:find("[emerg]", 1, true) then return nil, log end
    if tools.succeeds(string.format("curl -q -s --noproxy '*' --max-time 5 --cacert %s %s/",
      shell.quote(self.ca_file), shell.quote(self.url))) then return true end
    shell.sleep(0.05)
  end
  return nil, "it did not answer"
end

-- Writes the configuration and starts nginx: true, or nil and why not.
local function launch(self, conf, values, scheme)
  local function filled(text, with) return (text:gsub("@([%u_%d]+)@", with)) end
  self.port = process.random_port()
  for i, name in ipairs { "PORT", "PORT2", "PORT3", "PORT4" } do
    values[name] = string.format("%d", self.port + i - 1)
  end
  self.url = scheme .. "://127.0.0.1:" .. values.PORT
  values.MAIN, values.HTTP = filled(MAIN, values), filled(HTTP, values)
  shell.write_file(self.dir .. "/nginx.conf", filled(conf, values))
  shell.write_file(self.dir .. "/error.log", "")
  self.pipe = assert(io.popen(filled(RUN, {
    PIN = values.PIN, NGINX = shell.quote(values.NGINX), DIR = shell.quote(self.dir),
  }), "w"))
  local ok, problem = await(self)
  if not ok then
    self.pipe:close()
    self.pipe = nil
    return nil, problem
  end
  shell.write_file(self.dir .. "/up", "")
  self.pid = tonumber(shell.read_file(self.dir .. "/nginx.pid"))
  return true
end

-- Starts `name`.conf; ends everything when it cannot. `values` are for the configuration, in which
-- @DIR@ stands for its directory and @PORT@ to @PORT4@ for ports; `scheme` is that of the first
-- port, where it must answer to "/"; `core` is the processor that it runs on.
-- Gives a table with `url`, `port`, `ca_file`, `dir`, `pid` and `stop()`.
function server.start(name, values, scheme, core)
  local why = refusal()
  if why then error(why, 0) end
  local dir = tools.run('mktemp -d "${TMPDIR:-/tmp}/streamctl-bench.XXXXXX"'):gsub("%s+$", "")
  local self = { dir = dir, ca_file = dir .. "/ca.pem" }
  tools.run("mkdir " .. shell.quote(dir .. "/tmp"))

  function self.stop()
    if self.pipe then self.pipe:close() end
    if dir:find("/streamctl%-bench%.[^/]+$") then shell.run("rm -rf " .. shell.quote(dir)) end
  end

  local known = {
    DIR = dir, MODULES = modules(), PIN = tools.pin(core),
    NGINX = tools.run("PATH=$PATH:/usr/sbin:/usr/local/sbin command -v nginx"):gsub("%s+$", ""),
    USER = tools.run("id -u"):match("^0%s") and "user root;" or "",
  }
  for key, value in pairs(values or {}) do known[key] = value end
  local conf = assert(shell.read_file(tools.root .. "/tools/bench/servers/" .. name .. ".conf"))
  local ok, problem = certificates.make(dir)
  for _ = 1, ok and 10 or 0 do
    ok, problem = launch(self, conf, known, scheme or "https")
    if ok then return self end
    if not problem:find("in use", 1, true) then break end
  end
  self.stop()
  error(name .. ".conf does not start: " .. tostring(problem), 0)
end

-- Runs a function with a server of vendor.conf, which is stopped when it ends, and returns what it
-- returns. The server gets `at_once`, `slow` (50 ms), `late` (4 s), `logged`: where these listen;
-- and `accepted()`: how many connections it has accepted since it was last asked.
function server.with_vendor(use)
  local it = server.start("vendor", {}, "https", 0)
  for i, name in ipairs { "at_once", "slow", "late", "logged" } do
    it[name] = string.format("https://127.0.0.1:%d", it.port + i - 1)
  end
  local before = 0
  function it.accepted()
    local last = before
    local answer = tools.run(string.format("curl -q -sSf --noproxy '*' --cacert %s %s/accepted",
      shell.quote(it.ca_file), it.at_once))
    before = tonumber(answer)
    return before - last - 1 -- but for the question
  end
  local ok, result = pcall(use, it)
  it.stop()
  if not ok then error(result, 0) end
  return result
end

return server
