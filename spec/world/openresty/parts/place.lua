-- An emulator and an nginx with our library in front of it, and what specs ask of both.

local cjson = require "cjson"
local crowd = require "spec.world.openresty.parts.crowd"
local nginx = require "spec.support.nginx"
local emulator = require "spec.support.emulator"
local late = require "spec.support.late"
local shell = require "spec.support.emulator.launcher.shell"

local place = {}

local Place = {}
Place.__index = Place

local SERVER = [[
location = /ping { return 200 pong; }
location = /call { content_by_lua_block { require("spec.world.openresty.parts.app").call() } }
location = /batch { content_by_lua_block { require("spec.world.openresty.parts.app").batch() } }
location = /many { content_by_lua_block { require("spec.world.openresty.parts.app").many() } }
location = /row { content_by_lua_block { require("spec.world.openresty.parts.app").row() } }
location = /burst { content_by_lua_block { require("spec.world.openresty.parts.app").burst() } }
location = /reset { content_by_lua_block { require("spec.world.openresty.parts.app").reset() } }
location = /state { content_by_lua_block { require("spec.world.openresty.parts.app").state() } }
]]

--- Starts both; `options` are those of `nginx.start`, whose `server` lines are added to ours, and
-- the emulator's, in `emulator`.
function place.start(options)
  local e = assert(emulator.start(options.emulator))
  local environment = {}
  for _, pair in ipairs(e:environment()) do environment[pair[1]] = pair[2] end
  for name, value in pairs(options.environment or {}) do environment[name] = value end
  local function text(value) return type(value) == "function" and value(e) or value end
  local n, problem = nginx.start {
    workers = options.workers, main = options.main, environment = environment,
    http = text(options.http), server = SERVER .. (text(options.server) or ""),
    ca_file = e.ca_file,
  }
  if not n then
    e:stop()
    error(problem, 2)
  end
  return setmetatable({ e = e, n = n }, Place)
end

--- Describes something with what `start` makes of the options, which `body` takes.
function place.describe(name, options, body)
  late.describe(name, { function() return place.start(options) end }, body)
end

--- Stops both.
function Place:stop()
  self.n:stop()
  self.e:stop()
end

--- The body of an answer that must be 200.
function Place:ask(path)
  local result = crowd.get(self.n.port, path)
  if result.status ~= 200 then
    error(path .. ": " .. tostring(result.status) .. " " .. result.text, 2)
  end
  return result.body
end

function Place:ask_json(path) return cjson.decode(self:ask(path)) end

--- What is under way in the worker that answers.
function Place:state() return self:ask_json "/state" end

--- Waits until a function gives something true; an error after `seconds`.
function place.wait_for(what, seconds, fn)
  local due = crowd.now() + seconds
  repeat
    local value = fn()
    if value then return value end
    crowd.sleep(0.02)
  until crowd.now() > due
  error("not within " .. seconds .. " s: " .. what, 2)
end

--- Waits until the worker has nothing under way.
function Place:quiet(seconds)
  return place.wait_for("a quiet worker", seconds or 30, function()
    local state = self:state()
    return state.running + state.waiting + state.done + state.calls + state.timers == 0 and state
  end)
end

--- Every child of the master, also those that are on their way out.
function Place:children()
  local list = {}
  local files = shell.run(("grep -ls '^PPid:[[:space:]]*%d$' /proc/[0-9]*/status"):format(
    self.n.pid))
  for pid in files:gmatch("/proc/(%d+)/status") do list[#list + 1] = tonumber(pid) end
  return list
end

local ALARMING = { "%[alert%]", "%[crit%]", "%[emerg%]", "%[error%]", "stale global", "exited on",
  "attempt to" }

--- Lines of the error log that tell of a fault in us, without those that fit the pattern `but`.
function Place:alarms(but)
  local list = {}
  for line in assert(shell.read_file(self.n.dir .. "/error.log")):gmatch("[^\n]+") do
    for _, pattern in ipairs(ALARMING) do
      if line:find(pattern) and not (but and line:find(but)) then
        list[#list + 1] = line
        break
      end
    end
  end
  return list
end

--- A field of /proc/PID/status, as a number.
function place.status_of(pid, field)
  local text = assert(shell.read_file("/proc/" .. pid .. "/status"), "no process " .. pid)
  return tonumber((text:match(field .. ":%s*(%d+)")))
end

--- How many descriptors a process has.
function place.descriptors(pid)
  return tonumber((shell.run("ls /proc/" .. pid .. "/fd | wc -l"):match("%d+")))
end

return place
