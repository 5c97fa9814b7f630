-- An nginx of a spec's own, with Lua inside: a private folder, what all configurations have in
-- common, its start and its end. What is built on it has `parts(first_port)`, which gives MAIN,
-- HTTP and SERVERS of nginx.conf, and sets addresses for ports from first_port + 1 on.

local here = debug.getinfo(1, "S").source:match("^@(.*)/[^/]*$") or "."
local launcher = here .. "/../emulator/launcher/"
local shell = assert(loadfile(launcher .. "shell.lua"))()
local process = assert(loadfile(launcher .. "process.lua"))(shell)

local own = { shell = shell, process = process, launcher = launcher }

--- The root of this checkout.
own.root = shell.run("cd " .. shell.quote(here .. "/../..") .. " && pwd"):gsub("%s+$", "")

local CONF = [[
load_module @MODULES@/ndk_http_module.so;
load_module @MODULES@/ngx_http_lua_module.so;

@USER@
daemon off;
pid @DIR@/nginx.pid;
error_log @DIR@/error.log warn;
@MAIN@

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
@HTTP@
  server {
    listen 127.0.0.1:@HEALTH@;
    location / {
      return 200 "@DIR@";
    }
  }
@SERVERS@
}
]]

local Own = {}

-- Called by process.start for each try; the first port is for the question whether it is up.
function Own:write_conf(first_port)
  self.health = "http://127.0.0.1:" .. first_port
  local values = self:parts(first_port)
  values.MODULES, values.USER = self.modules, process.user_line()
  values.HEALTH = tostring(first_port)
  -- twice: the parts name the folder, too
  local text = CONF:gsub("@(%u+)@", values):gsub("@DIR@", function() return self.dir end)
  shell.write_file(self.dir .. "/nginx.conf", text)
end

function Own:is_ours()
  return shell.run("curl -q -s --noproxy '*' --max-time 5 " .. self.health) == self.dir
end

--- Stops it and removes its folder. May be called again.
function Own:stop()
  if self.stopped then return true end
  process.stop(self)
  process.remove_dir(self)
  self.stopped = true
  return true
end

--- A class of them, with these methods.
function own.class()
  local class = {}
  class.__index = class
  for name, method in pairs(Own) do class[name] = method end
  return class
end

--- Starts one of a class.
-- @tparam string label for messages and the folder
-- @tparam table fields
-- @tparam[opt] function prepare is called before the start; returns nil and why when it cannot be
-- @return it, or nil and a sentence
function own.start(class, label, fields, prepare)
  local path, modules = process.find_tools(label)
  if not path then return nil, modules end
  local dir, why = process.make_dir(label)
  if not dir then return nil, why end
  fields.label, fields.guarded, fields.dir = label, true, dir
  fields.nginx, fields.modules = path, modules
  local self = setmetatable(fields, class)
  shell.run("mkdir " .. shell.quote(dir .. "/tmp"))
  local ok, problem = true, nil
  if prepare then ok, problem = prepare(self) end
  if ok then ok, problem = process.start(self) end
  if ok then return self end
  self:stop()
  return nil, problem
end

return own
