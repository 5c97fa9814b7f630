-- Starts and stops the server of spec/world/faults/server.c, which plays a script on each
-- connection; see there for the scripts. It writes into one private directory and ends with this
-- process.
--
--   local raw = require "spec.support.raw"
--   local r = assert(raw.start {
--     tls = true, -- make certificates first: "@DIR@/server.pem" and its kin
--     texts = { ok = "HTTP/1.1 200 OK\r\n..." }, files = { bomb = path },
--     scripts = { fine = "say ok" },
--     listeners = { { "named", "-" }, { "rude", "at_once" },
--       { "old", "fine", "cert=... key=... max=1.1" } },
--   })
--   r:url("named") r:url("old", "https") raw.mark "fine" r:counts().fine.requests
--   r:reset() r:stop()

local shell = require "spec.support.emulator.launcher.shell"
local launcher = debug.getinfo(1, "S").source:match("^@(.*)/[^/]*$") .. "/emulator/launcher/"
local certificates = assert(loadfile(launcher .. "certificates.lua"))(shell)
local process = assert(loadfile(launcher .. "process.lua"))(shell)

local raw = {}

local Raw = {}
Raw.__index = Raw

--- What a request carries to have a script played for it.
function raw.mark(script) return "zz-" .. script .. "-zz" end

-- The server, compiled when its source is newer.
local function program()
  local path = (os.getenv "BUILD" or "build") .. "/faults/server"
  local output, status = shell.run((os.getenv "MAKE" or "make") .. " -s --no-print-directory "
    .. shell.quote(path)
    .. " BUILD=" .. shell.quote(os.getenv "BUILD" or "build"))
  if status ~= 0 then return nil, "raw: the server does not compile: " .. output end
  return path
end

local function escape(text)
  return (text:gsub("[%c\\ \127-\255]", function(char) return ("\\x%02x"):format(char:byte()) end))
end

local function write_scripts(self, options)
  local lines = {}
  local function add(...) lines[#lines + 1] = table.concat({ ... }, " ") end
  for name, text in pairs(options.texts or {}) do add("text", name, escape(text)) end
  for name, path in pairs(options.files or {}) do add("file", name, path) end
  for name, actions in pairs(options.scripts or {}) do add("script", name, actions) end
  add("listen control -")
  for _, listener in ipairs(options.listeners) do
    add("listen", listener[1], listener[2], (listener[3] or ""):gsub("@DIR@", self.dir), nil)
  end
  shell.write_file(self.dir .. "/scripts", table.concat(lines, "\n") .. "\n")
end

local START_SECONDS = 60 -- a busy machine takes its time

-- The server's state once it listens; nil when it says why not, or nothing.
local function wait_for(path, log)
  for _ = 1, START_SECONDS * 50 do
    local text = shell.read_file(path)
    if text and text:find("pid %d+\n") then return text end
    if (shell.read_file(log) or "") ~= "" then return nil end
    shell.sleep(0.02)
  end
end

--- Starts a server, or nil and a sentence.
function raw.start(options)
  local path, why = program()
  if not path then return nil, why end
  local dir
  dir, why = process.make_dir("raw")
  if not dir then return nil, why end
  local self = setmetatable({ label = "raw", dir = dir, ports = {} }, Raw)
  local ok, problem = true, nil
  if options.tls then ok, problem = certificates.make(dir) end
  if ok then
    problem = nil
    write_scripts(self, options)
    local quote = shell.quote
    local command = ("%s %s %s >%s 2>&1 && rm -rf %s"):format(quote(path), quote(dir .. "/scripts"),
      quote(dir .. "/state"), quote(dir .. "/log"), quote(dir)) -- also when this process is killed
    self.pipe = assert(io.popen(shell.CLEAN .. "exec $(command -v setsid) sh -c " .. quote(command),
      "w"))
    local state = wait_for(dir .. "/state", dir .. "/log")
    for name, port in (state or ""):gmatch("(%S+) (%d+)\n") do self.ports[name] = tonumber(port) end
    self.pid = self.ports.pid
    if not state then
      problem = "raw: the server did not start: " .. (shell.read_file(dir .. "/log") or "")
    end
  end
  if problem then
    self:stop()
    return nil, problem
  end
  self.ca_file = dir .. "/ca.pem"
  return self
end

function Raw:url(listener, scheme)
  return ("%s://127.0.0.1:%d"):format(scheme or "http", assert(self.ports[listener], listener))
end

local function control(self, path)
  return (shell.run(("curl -q -sS --noproxy '*' --max-time 30 %s%s"):format(self:url "control",
    path)))
end

--- For each script: `connections` (of listeners that play only this one) and `requests`, so far.
function Raw:counts()
  local counts = {}
  for name, connections, requests in control(self, "/"):gmatch("(%S+) (%d+) (%d+)\n") do
    counts[name] = { connections = tonumber(connections), requests = tonumber(requests) }
  end
  return counts
end

--- Sets all counts to zero.
function Raw:reset() control(self, "/reset") end

--- Ends it, also when it has gone already, and removes its directory.
function Raw:stop()
  if self.pipe then self.pipe:close() end -- the server leaves at the end of its input
  self.pipe = nil
  process.remove_dir(self)
end

return raw
