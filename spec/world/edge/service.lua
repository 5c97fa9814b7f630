-- The edge as it is installed: with the nginx.conf of examples/edge, but for folders and the port.
-- It has four workers, and the emulator behind it.

local assert = require "luassert"
local busted = require "busted"
local cjson = require "cjson"
local nginx = require "spec.support.nginx"
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

-- What the service is told, but for `changes` ("section.field" = value); false takes a field away.
-- @DIR@ is its private folder.
function Service:write_settings(changes)
  if self.ini then
    return shell.write_file(self.dir .. "/edge.ini", (self.ini:gsub("@DIR@", self.dir)))
  end
  local all, e = {}, self.emulator
  for name, value in pairs {
    ["edge.ca_file"] = "ca.pem", ["edge.store"] = "@DIR@/store", ["edge.tokens_file"] = "tokens",
    ["edge.time_limit"] = "12", ["zego.app_id"] = ("%.0f"):format(e.app_id),
    ["zego.server_secret_file"] = "zego.secret", ["zego.endpoint"] = e.zego,
    ["aliyun.access_key_id"] = e.access_key_id, ["aliyun.endpoint"] = e.aliyun,
    ["aliyun.access_key_secret_file"] = "aliyun.secret",
  } do all[name] = value end
  for name, value in pairs(changes or {}) do all[name] = value end
  all["nginx.workers"] = nil -- of nginx.conf
  local lines = { edge = { "[edge]" }, zego = { "[zego]" }, aliyun = { "[aliyun]" } }
  for name, value in pairs(all) do
    local section, field = name:match "^(%l+)%.([%l_]+)$"
    if not section then -- a file
      service.write_secret(self, name, value)
    elseif value then
      local list = lines[section]
      list[#list + 1] = field .. " = " .. value:gsub("@DIR@", self.dir)
    end
  end
  local text = {}
  for _, section in ipairs { "edge", "zego", "aliyun" } do
    if lines[section][2] then text[#text + 1] = table.concat(lines[section], "\n") end
  end
  shell.write_file(self.dir .. "/edge.ini", table.concat(text, "\n") .. "\n")
end

-- Where its nginx, or another Lua, finds modules.
local function paths(self)
  local root, build = nginx.root, os.getenv "BUILD" or "build"
  if not build:find "^/" then build = root .. "/" .. build end
  return ("%s/?.lua;%s/lua/?.lua;%s/lua/?/init.lua;/usr/share/lua/5.1/?.lua;;"):format(
    self.prometheus or root .. "/spec/world/edge/stand_in", root, root), build .. "/luajit/?.so;;"
end

-- Runs the command streamctl-edge with nginx' Lua. Returns the exit status, and all that it said.
function Service:command(words)
  local path, cpath = paths(self)
  local said, status = shell.run(("env %s LUA_PATH='%s' LUA_CPATH='%s' luajit "
    .. "%s/bin/streamctl-edge %s 2>&1"):format(self.environment_words, path, cpath, nginx.root,
    words))
  return status, said
end

-- Writes nginx.conf, with what is included in it; `self.conf` has new texts by old ones.
function Service:write_conf(first_port)
  self.port, self.url = first_port, "http://127.0.0.1:" .. first_port
  self:write_settings(self.changes)
  local path, cpath = paths(self)
  local user = self.user and "user " .. self.user .. ";" or process.user_line()
  local conf = assert(shell.read_file(nginx.root .. "/examples/edge/nginx.conf"))
    :gsub("include %S+/(%l+%.conf);", function(name)
      return assert(shell.read_file(nginx.root .. "/lua/streamctl/edge/" .. name))
    end):gsub("/usr/lib/nginx/modules", self.modules):gsub("/var/log/streamctl%-edge", self.dir)
  conf = put(conf, "worker_processes auto;", ("%s\nworker_processes %s;"):format(user,
    self.changes and self.changes["nginx.workers"] or "4"))
  conf = put(conf, "\nhttp {\n", ("\nhttp {\nlua_package_path '%s';\nlua_package_cpath '%s';\n")
    :format(path, cpath))
  conf = put(conf, "listen 127.0.0.1:8080;", ("listen 127.0.0.1:%d; location = /whose { "
    .. "access_log off; return 200 %s; }"):format(first_port, self.dir))
  for old, new in pairs(self.conf or {}) do
    conf = put(conf, old, (new:gsub("@DIR@", self.dir)))
  end
  shell.write_file(self.dir .. "/nginx.conf", conf)
end

function Service:is_ours() return select(2, self:get "/whose") == self.dir end

-- A file for root alone.
function service.write_secret(self, name, text)
  local path = self.dir .. "/" .. name
  shell.write_file(path, text)
  shell.run("chmod 600 " .. shell.quote(path))
end

-- What the workers use is for `user`, when there is one.
local function write_files(self)
  local dir, e = self.dir, self.emulator
  shell.write_file(dir .. "/ca.pem", assert(shell.read_file(e.ca_file)))
  service.write_secret(self, "zego.secret", e.server_secret)
  service.write_secret(self, "aliyun.secret", e.access_key_secret .. "\n")
  service.write_secret(self, "tokens", ("# callers, and who may ask\n%s\n%s\n\n%s read # asks\n")
    :format(service.ALL, service.NEXT, service.READ))
  if self.user then
    shell.run(("cd %s && chmod 711 . && chmod 644 ca.pem && install -d -o %s open"):format(dir,
      self.user))
  end
end

local function make(e, changes, options)
  options = options or {}
  local self = assert(own.make(Service, "service",
    { user = options.user, conf = options.conf, emulator = e, prometheus = options.prometheus,
      ini = options.ini,
      changes = changes }))
  local words = { "-u LUA_PATH -u LUA_CPATH",
    "STREAMCTL_EDGE_CONFIG=" .. shell.quote(self.dir .. "/edge.ini") }
  for name, value in pairs(options.environment or {}) do
    words[#words + 1] = shell.quote(name .. "=" .. value:gsub("@DIR@", self.dir))
  end
  self.environment_words = table.concat(words, " ")
  write_files(self)
  shell.run("mkdir " .. self.dir .. "/credentials")
  for name, text in pairs(options.files or {}) do service.write_secret(self, name, text) end
  if options.prepare then shell.run((options.prepare:gsub("@DIR@", self.dir))) end
  return self
end

--- Starts the service with `changes` of its settings ("section.field") and files (without a dot
-- before the name); "nginx.workers" is of nginx.conf. `options`: `user` of the workers, `conf` (new
-- texts of nginx.conf by old ones), `environment` (variables), `files`, `prepare` (a shell command
-- before the start), `ini` (the settings, as they are), `prometheus` (the folder of
-- nginx-lua-prometheus, instead of stand_in/prometheus.lua).
function service.start(e, changes, options)
  local self = make(e, changes, options)
  local ok, problem = process.start(self)
  if not ok then
    self:stop()
    error(problem, 2)
  end
  return self
end

--- Ends nginx and starts it again, with all its files.
function Service:restart()
  process.stop(self)
  os.remove(self.dir .. "/child.pid")
  self.pid = nil
  assert(process.start(self))
end

--- Describes it with an emulator behind it, which is reset before each test. `changes` and
-- `options` are those of `start`.
function service.describe(name, changes, body, options)
  late.describe(name, {
    function() return assert(emulator.start { workers = 2 }) end,
    function(e) return service.start(e, changes, options) end,
  }, function(e, n)
    busted.before_each(function() e:reset() end)
    body(e, n)
  end)
end

--- Has it checked, and nginx started, with settings that must not do. Returns what both said,
-- which ended with 1.
function service.refused(e, changes)
  local self = make(e)
  self:write_conf(1) -- of its ports it needs none
  self:write_settings(changes)
  local status, checked = self:command "--check"
  local said, ended = shell.run(("env %s timeout -k 5 60 %s -p %s -c %s/nginx.conf 2>&1"):format(
    self.environment_words, self.nginx, self.dir, self.dir))
  said = said .. self:log()
  process.remove_dir(self)
  assert.same({ 1, 1 }, { status, ended }, checked .. said)
  return checked, said
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
      local name, labels, value = line:match "^([%w_]+){?([^}]*)}? (%S+)$"
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
