-- A server that answers by a script, over HTTP and TLS, and keeps what it was asked: an nginx with
-- scripted_answers.lua inside.
--
--   local scripted = require "spec.support.scripted"
--   local s = assert(scripted.start())
--   s:play {                    -- the first rule that fits answers; without one it is HTTP 599
--     { method = "PUT", path = "/latest/api/token", body = "token", times = 1 },
--     { status = 500, headers = { ["Retry-After"] = "1" }, body = "oops" },
--   }
--   s.http s.https s.ca_file s.refused (an address where nothing listens)
--   s:arrived()                 -- what came since the last time it was asked, in order
--   s:stop()
--
-- A rule has `method` and `path` (what a request must have), `with_header` (a name: only requests
-- that have it), `times` (it answers no more than that), and the answer: `status` (200), `headers`,
-- `body`, or `reset` (closes without one), `stall` ("head": nothing comes, "body": only a part of
-- the body does, for as long as any client waits).
--
-- A request has `scheme`, `method`, `target`, `headers` (flat list of names and values), `body` and
-- the `status` that it was answered with.

local json = require "cjson"

local here = debug.getinfo(1, "S").source:match("^@(.*)/[^/]*$") or "."
local launcher = here .. "/../emulator/launcher/"
local shell = assert(loadfile(launcher .. "shell.lua"))()
local certificates = assert(loadfile(launcher .. "certificates.lua"))(shell)
local process = assert(loadfile(launcher .. "process.lua"))(shell)
local spec = shell.run("cd " .. shell.quote(here .. "/..") .. " && pwd"):gsub("%s+$", "")

local scripted = {}

local Scripted = {}
Scripted.__index = Scripted

local CONF = [[
load_module @MODULES@/ndk_http_module.so;
load_module @MODULES@/ngx_http_lua_module.so;

@USER@
daemon off;
master_process off;
pid @DIR@/nginx.pid;
error_log @DIR@/error.log warn;

events {
  worker_connections 1024;
}

http {
  access_log off;
  client_body_temp_path @DIR@/tmp/body;
  proxy_temp_path @DIR@/tmp/proxy;
  fastcgi_temp_path @DIR@/tmp/fastcgi;
  uwsgi_temp_path @DIR@/tmp/uwsgi;
  scgi_temp_path @DIR@/tmp/scgi;
  client_body_buffer_size 1m;
  client_max_body_size 1m;
  client_body_in_single_buffer on;
  lingering_close off;

  lua_package_path "@SPEC@/?.lua;/usr/share/lua/5.1/?.lua;;";
  lua_shared_dict played 1m;
  init_by_lua_block { require("support.scripted_answers").start("@DIR@") }

  server {
    listen 127.0.0.1:@HEALTH@;
    location / {
      return 200 "@DIR@";
    }
  }
  server {
    listen 127.0.0.1:@HTTP@;
    listen 127.0.0.1:@HTTPS@ ssl;
    ssl_certificate @DIR@/server.pem;
    ssl_certificate_key @DIR@/server.key;
    location / {
      content_by_lua_block { require("support.scripted_answers").answer() }
    }
  }
}
]]

-- Called by process.start for each try; the first port is for the question whether it is up.
function Scripted:write_conf(first_port)
  self.health = "http://127.0.0.1:" .. first_port
  self.http = "http://127.0.0.1:" .. first_port + 1
  self.https = "https://127.0.0.1:" .. first_port + 2
  local values = {
    MODULES = self.modules, DIR = self.dir, SPEC = spec, USER = process.user_line(),
    HEALTH = tostring(first_port), HTTP = tostring(first_port + 1),
    HTTPS = tostring(first_port + 2),
  }
  shell.write_file(self.dir .. "/nginx.conf", (CONF:gsub("@(%u+)@", values)))
end

function Scripted:is_ours()
  return shell.run("curl -q -s --noproxy '*' --max-time 5 " .. self.health) == self.dir
end

--- Starts one.
-- @return it, or nil and a sentence
function scripted.start()
  local path, modules = process.find_tools("scripted")
  if not path then return nil, modules end
  local dir, why = process.make_dir("scripted")
  if not dir then return nil, why end
  local self = setmetatable({
    label = "scripted", guarded = true, dir = dir, nginx = path, modules = modules, plays = 0,
    ca_file = dir .. "/ca.pem",
  }, Scripted)
  shell.run("mkdir " .. shell.quote(dir .. "/tmp"))
  self:play {}
  local ok, problem = certificates.make(dir, scripted.certificates)
  if ok then ok, problem = process.start(self) end
  if not ok then
    self:stop()
    return nil, problem
  end
  self.refused = process.refused_address("http")
  return self
end

--- Has it answer by these rules from now on.
function Scripted:play(rules)
  self.plays = self.plays + 1
  shell.write_file(self.dir .. "/script", json.encode { play = self.plays, rules = rules })
end

--- The requests that came since the last time this was asked.
function Scripted:arrived()
  local file = io.open(self.dir .. "/arrived", "rb")
  if not file then return {} end
  file:seek("set", self.read or 0)
  local text = file:read("*a")
  file:close()
  local list = {}
  for line in text:gmatch("[^\n]*\n") do
    self.read = (self.read or 0) + #line
    list[#list + 1] = json.decode(line)
  end
  return list
end

--- Ends it and removes its directory. May be called again.
function Scripted:stop()
  if self.stopped then return true end
  process.stop(self)
  process.remove_dir(self)
  self.stopped = true
  return true
end

return scripted
