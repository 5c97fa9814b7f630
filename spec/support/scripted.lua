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

local own = require "spec.support.own_nginx"

local shell, process = own.shell, own.process
local certificates = assert(loadfile(own.launcher .. "certificates.lua"))(shell)

local scripted = {}

local Scripted = own.class()

local HTTP = [[
  client_body_buffer_size 1m;
  client_max_body_size 1m;
  client_body_in_single_buffer on;
  lingering_close off;

  lua_package_path "%s/?.lua;/usr/share/lua/5.1/?.lua;;";
  lua_shared_dict played 1m;
  init_by_lua_block { require("spec.support.scripted_answers").start("@DIR@") }
]]

local SERVER = [[
  server {
    listen 127.0.0.1:%d;
    listen 127.0.0.1:%d ssl;
    ssl_certificate @DIR@/server.pem;
    ssl_certificate_key @DIR@/server.key;
    location / {
      content_by_lua_block { require("spec.support.scripted_answers").answer() }
    }
  }]]

function Scripted:parts(first_port)
  self.http = "http://127.0.0.1:" .. first_port + 1
  self.https = "https://127.0.0.1:" .. first_port + 2
  return { MAIN = "master_process off;", HTTP = HTTP:gsub("%%s", own.root),
    SERVERS = SERVER:format(first_port + 1, first_port + 2) }
end

--- Starts one, or nil and a sentence.
function scripted.start()
  local self, why = own.start(Scripted, "scripted", { plays = 0 }, function(made)
    made.ca_file = made.dir .. "/ca.pem"
    made:play {}
    return certificates.make(made.dir)
  end)
  if not self then return nil, why end
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

return scripted
