-- the edge as it is shipped: its own nginx.conf, in which only the lines of the place are
-- replaced, with four workers and the emulator behind it.

local assert = require "luassert"
local busted = require "busted"
local child = require "spec.support.child"
local cjson = require "cjson"
local edge = require "spec.support.edge"
local emulator = require "spec.support.emulator"
local late = require "spec.support.late"
local own = require "spec.support.own_nginx"

local shell, process = own.shell, own.process

local service = {}

--- Tokens: two that may do everything, one that may only ask.
service.ALL = "all-0123456789abcdef0123456789abcdef"
service.NEXT = "next-0123456789abcdef0123456789abcde"
service.READ = "read-0123456789abcdef0123456789abcde"

local Service = own.class()

-- Replaces one line's text, which has to be there once.
local function put(conf, old, new)
  local from, to = conf:find(old, 1, true)
  assert(from and not conf:find(old, to + 1, true), "nginx.conf should hold this once: " .. old)
  return conf:sub(1, from - 1) .. new .. conf:sub(to + 1)
end

function Service:write_conf(first_port)
  local conf, dir = assert(shell.read_file(edge.root .. "/examples/openresty/nginx.conf")), self.dir
  self.url = "http://127.0.0.1:" .. first_port
  local root, build = edge.root, os.getenv "BUILD" or "build"
  if not build:find "^/" then build = root .. "/" .. build end
  for old, new in pairs {
    ["load_module /usr/lib/nginx/modules/ndk"] = "load_module " .. self.modules .. "/ndk",
    ["load_module /usr/lib/nginx/modules/ngx"] = "load_module " .. self.modules .. "/ngx",
    ["user www-data;"] = self.user and "user " .. self.user .. ";" or process.user_line(),
    ["worker_processes auto;"] = "worker_processes 4;",
    ["/run/streamctl-edge.pid"] = dir .. "/nginx.pid",
    ["/var/log/streamctl-edge/error.log"] = dir .. "/error.log",
    ["/var/log/streamctl-edge/access.log"] = dir .. "/access.log",
    ["/etc/ssl/certs/ca-certificates.crt"] = dir .. "/ca.pem",
    ["lua_shared_dict edge_metrics 1m;"] = (
      'lua_shared_dict edge_metrics 1m; lua_package_path "%s%s/lua/?.lua;%s/lua/?/init.lua;'
      .. '/usr/share/lua/5.1/?.lua;;"; lua_package_cpath "%s/luajit/?.so;;"; %s'):format(
      self.resty and edge.resty_dir() .. "/lib/?.lua;" or "", root, root, build,
      process.temporary_paths(dir)),
    ["listen 127.0.0.1:8080;"] = (
      "listen 127.0.0.1:%d; location = /whose { access_log off; return 200 %s; }")
      :format(first_port, dir),
  } do conf = put(conf, old, new) end
  for old, new in pairs(self.conf or {}) do conf = put(conf, old, new) end
  shell.write_file(dir .. "/nginx.conf", conf)
end

function Service:is_ours() return select(2, self:get "/whose") == self.dir end

-- What the service is told, but for `changes`; false takes a variable away. @DIR@ is its private
-- directory.
local function environment_of(e, changes)
  local all = {
    ZEGO_APP_ID = ("%.0f"):format(e.app_id), ZEGO_SERVER_SECRET = e.server_secret,
    ZEGO_ENDPOINT = e.zego, ALIBABA_CLOUD_ACCESS_KEY_ID = e.access_key_id,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET_FILE = "@DIR@/aliyun.secret", ALIBABA_CLOUD_ENDPOINT = e.aliyun,
    STREAMCTL_CA_FILE = "@DIR@/ca.pem", EDGE_STORE = "@DIR@/store",
    EDGE_TOKENS_FILE = "@DIR@/tokens", EDGE_TIME_LIMIT = "12",
  }
  for name, value in pairs(changes or {}) do all[name] = value end
  return all
end

-- The secrets' files are for root alone; what the workers use is for `user`, when there is one.
local function write_files(self, e)
  local dir = self.dir
  shell.write_file(dir .. "/ca.pem", assert(shell.read_file(e.ca_file)))
  shell.write_file(dir .. "/aliyun.secret", e.access_key_secret .. "\n")
  shell.write_file(dir .. "/tokens",
    ("# callers, and who may ask\n%s\n%s\n\n%s read # asks\n"):format(service.ALL, service.NEXT,
      service.READ))
  shell.run(("cd %s && chmod 600 tokens aliyun.secret"):format(dir))
  if self.user then
    shell.run(("cd %s && chmod 711 . && chmod 644 ca.pem && install -d -o %s open"):format(dir,
      self.user))
  end
end

local function make(e, changes, options)
  options = options or {}
  local self = assert(own.make(Service, "example",
    { user = options.user, resty = options.resty, conf = options.conf }))
  local words = {}
  for name, value in pairs(environment_of(e, changes)) do
    words[#words + 1] = value and shell.quote(name .. "=" .. value:gsub("@DIR@", self.dir)) or nil
  end
  self.environment_words = table.concat(words, " ")
  write_files(self, e)
  return self
end

--- Starts the service with `changes` of its environment. `options`: `user` of the workers, `resty`
-- (with lua-resty-http), `conf` (new texts of nginx.conf by old ones).
function service.start(e, changes, options)
  local self = make(e, changes, options)
  local ok, problem = process.start(self)
  if not ok then
    self:stop()
    error(problem, 2)
  end
  return self
end

--- Describes it with an emulator behind it, which is reset before each test.
function service.describe(name, changes, body)
  late.describe(name, {
    function() return assert(emulator.start { workers = 2 }) end,
    function(e) return service.start(e, changes) end,
  }, function(e, n)
    busted.before_each(function() e:reset() end)
    body(e, n)
  end)
end

--- Starts it where it must not start. Returns the exit status, and all that nginx said.
function service.start_in_vain(e, changes)
  local self = make(e, changes)
  self:write_conf(1) -- of its ports it needs none
  local nginx = ("env %s timeout -k 5 60 %s -p %s -c %s/nginx.conf 2>&1"):format(
    self.environment_words, self.nginx, self.dir, self.dir)
  local said, status = shell.run(nginx)
  said = said .. self:log()
  process.remove_dir(self)
  return status, said
end

--- Runs the check that comes before a reload, in the service's environment: exit status, and
-- output.
function Service:check()
  local said, status = shell.run(("env %s %s %s/examples/openresty/check.lua 2>&1"):format(
    self.environment_words, shell.quote(child.interpreter()), edge.root))
  return status, said
end

function Service:access_log() return shell.read_file(self.dir .. "/access.log") or "" end

-- A request to its end, with the body decoded. Whatever happens, the answer is JSON and names its
-- request.
function Service:json(path, options)
  local status, text, headers = self:get(path, options)
  local ok, body = pcall(cjson.decode, text)
  assert.is_true(ok, status .. ": " .. text)
  assert.matches("^application/json", headers["content-type"])
  assert.equal(headers["x-request-id"], body.request_id)
  assert.matches("^[%w._-]+$", body.request_id)
  return status, body, headers
end

--- A request to change streams: path and options of `begin`, `options` win.
function service.request(intent, vendor, streams, options)
  local with = {
    method = "POST", body = cjson.encode { vendor = vendor, streams = streams },
    headers = { "Content-Type: application/json", "Authorization: Bearer " .. service.ALL },
  }
  for name, value in pairs(options or {}) do with[name] = value end
  return "/streams/" .. intent, with
end

--- Sends it: status, body, headers.
function service.post(n, ...) return n:json(service.request(...)) end

--- Asks for a stream's state.
function service.ask(n, query, token)
  return n:json("/streams/state?" .. query,
    { headers = { "Authorization: Bearer " .. (token or service.READ) } })
end

--- A stream at Alibaba Cloud.
function service.live(name, more)
  local stream = { DomainName = "push.example.com", AppName = "app", StreamName = name }
  for key, value in pairs(more or {}) do stream[key] = value end
  return stream
end

--- What /metrics says: series ("name{labels}") -> value, the types by family, and the text; checks
-- the form on the way.
function service.scrape(n)
  local status, text, headers = n:get "/metrics"
  assert.equal(200, status)
  assert.matches("^text/plain; version=0%.0%.4", headers["content-type"])
  local values, types, family = {}, {}, nil
  for line in text:gsub("# HELP ([%w_]+) %S[^\n]*\n# TYPE %1 ", "# TYPE %1 "):gmatch "[^\n]+" do
    local typed, kind = line:match "^# TYPE ([%w_]+) (%l+)$"
    if typed then
      assert.is_nil(types[typed])
      family, types[typed] = typed, kind
    else
      local name, labels, value = line:match "^([%w_]+){([^}]*)} (%S+)$"
      assert.is_truthy(name, line)
      assert.equal(family, types[name] and name or (name:gsub("_%l+$", "")))
      assert.is_nil(values[name .. "{" .. labels .. "}"], line)
      values[name .. "{" .. labels .. "}"] = assert(tonumber(value), line)
    end
  end
  return values, types, text
end

--- Waits until a function returns something, as what is logged and counted after an answer does; at
-- most 10 s.
function service.eventually(find)
  for _ = 1, 200 do
    local found = find()
    if found then return found end
    shell.sleep(0.05)
  end
  error("it did not happen", 2)
end

return service
