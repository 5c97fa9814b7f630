-- An nginx of a spec's own, with Lua inside: a private folder, what all configurations have in
-- common, its start, requests to it and its end. What is built on it has `parts(first_port)`, which
-- gives MAIN, HTTP and SERVERS of nginx.conf, and sets `url` and addresses for ports from
-- first_port + 1 on; or `write_conf` and `is_ours` of its own, see launcher/process.lua.

local here = debug.getinfo(1, "S").source:match("^@(.*)/[^/]*$") or "."
local launcher = here .. "/emulator/launcher/"
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
  worker_connections @CONNECTIONS@;
}

http {
  access_log off;
  @TEMPORARY@
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
  values.HEALTH, values.TEMPORARY = tostring(first_port), process.temporary_paths(self.dir)
  values.CONNECTIONS = tostring(self.connections or 1024)
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

--- Begins a request with the curl command; `options`: method, body, headers (list of lines), curl
-- (further words), timeout (30). Returns a function that waits: status, body, and headers by name
-- in lower case. Without an answer the status is 0 and the body curl's message.
function Own:begin(path, options)
  options = options or {}
  self.calls = (self.calls or 0) + 1
  local base = ("%s/tmp/call-%d"):format(self.dir, self.calls)
  local words = { "curl -q -sS --noproxy '*' --max-time", tostring(options.timeout or 30),
    options.curl or "", "-X", options.method or "GET", "-H Expect: -D", base .. ".head", "-o",
    base .. ".body" }
  for _, line in ipairs(options.headers or {}) do words[#words + 1] = "-H " .. shell.quote(line) end
  if options.body then
    shell.write_file(base .. ".data", options.body)
    words[#words + 1] = "--data-binary @" .. base .. ".data"
  end
  words[#words + 1] = shell.quote(self.url .. path) .. " 2>" .. base .. ".why"
  local pipe = assert(io.popen(shell.CLEAN .. table.concat(words, " "), "r"))
  return function()
    pipe:read "*a"
    pipe:close()
    local head, headers = shell.read_file(base .. ".head") or "", {}
    for name, value in head:gmatch "([%w-]+): ([^\r\n]*)" do headers[name:lower()] = value end
    local status = tonumber(head:match "^HTTP/[%d.]+ (%d%d%d)") or 0
    local text = shell.read_file(base .. (status == 0 and ".why" or ".body"))
    return status, text or "", headers
  end
end

--- The same, to the end.
function Own:get(path, options) return self:begin(path, options)() end

--- The text of the error log.
function Own:log() return shell.read_file(self.dir .. "/error.log") or "" end

--- A class of them, with these methods.
function own.class()
  local class = {}
  class.__index = class
  for name, method in pairs(Own) do class[name] = method end
  return class
end

--- Makes one of a class, which is not started, or nil and a sentence; `label` is for messages.
function own.make(class, label, fields)
  local path, modules = process.find_tools(label)
  if not path then return nil, modules end
  local dir, why = process.make_dir(label)
  if not dir then return nil, why end
  fields.label, fields.dir = label, dir
  fields.nginx, fields.modules = path, modules
  shell.run("mkdir " .. shell.quote(dir .. "/tmp"))
  return setmetatable(fields, class)
end

--- Makes and starts one, or nil and a sentence. `prepare` is called before the start; it returns
-- nil and why when there can be none.
function own.start(class, label, fields, prepare)
  local self, problem = own.make(class, label, fields)
  if not self then return nil, problem end
  local ok = true
  if prepare then ok, problem = prepare(self) end
  if ok then ok, problem = process.start(self) end
  if ok then return self end
  self:stop()
  return nil, problem
end

return own
