-- Starts and stops the vendor emulator of spec/support/emulator: an nginx on random loopback ports,
-- everything it writes in one private directory. Needs nginx with its Lua module and the openssl
-- and curl commands, and of Lua only cjson.
--
--   local emulator = require "spec.support.emulator"
--   local e = assert(emulator.start { rates = false })
--   ... e.aliyun, e.zego, e.ca_file ...
--   e:fault { vendor = "zego", kind = "status", status = 503 }
--   e:stop()

local json = require "cjson"

-- The parts are loaded by path: no package.path has to know them.
local here = debug.getinfo(1, "S").source:match("^@(.*)/[^/]*$") or "."
local own = assert(loadfile(here .. "/own_nginx.lua"))()
local shell, process = own.shell, own.process
local certificates = assert(loadfile(own.launcher .. "certificates.lua"))(shell)
local nginx = assert(loadfile(own.launcher .. "nginx.lua"))(own)
local guesses = assert(loadfile(here .. "/model/guesses.lua"))()

local M = {}

local Emulator = own.class()
Emulator.parts = nginx.parts

local CREDENTIALS = {
  access_key_id = "testid",
  access_key_secret = "testsecret/0123456789+abc",
  sts = {
    access_key_id = "STS.testkey",
    access_key_secret = "stssecret/0123456789+abc",
    security_token = "CAIS+token/0123456789==",
  },
  app_id = 1234567890,
  server_secret = "9193cc662a4c0ec135ec71fb57194b38",
}

-- Options of start that become the emulator's config, with their defaults.
local CONFIG = guesses.first()
CONFIG.latency, CONFIG.role_rotation, CONFIG.zego_secret, CONFIG.log = 0, 0, "", true

-- A copy of defaults, overwritten by given; an unknown name is an error of start's caller.
local function merge(defaults, given, what, also)
  local merged = {}
  for name, default in pairs(defaults) do merged[name] = default end
  for name, value in pairs(given) do
    if defaults[name] ~= nil then
      merged[name] = value
    elseif not also[name] then
      error("unknown " .. what .. " '" .. tostring(name) .. "'", 3)
    end
  end
  return merged
end

local function prepare(self, config, credentials)
  for name, value in pairs(credentials) do self[name] = value end
  self.security_token = credentials.sts.security_token
  self.ca_file = self.dir .. "/ca.pem"
  self.refused = process.refused_address("https")
  local known = merge(credentials, { app_id = ("%.0f"):format(credentials.app_id) }, "credential",
    {})
  shell.write_file(self.dir .. "/options.json", json.encode { credentials = known,
    config = config })
end

--- Starts an emulator. `options` are any switch of its config, `workers` (1), and `credentials`
-- that stand for the built-in ones. Or nil and a sentence.
function M.start(options)
  options = options or {}
  local config = merge(CONFIG, options, "option", { workers = true, credentials = true })
  local credentials = merge(CREDENTIALS, options.credentials or {}, "credential", {})
  local fields = { workers = options.workers or 1, connections = 8192 }
  local self, problem = own.start(Emulator, "emulator", fields, function(made)
    prepare(made, config, credentials)
    return certificates.make(made.dir)
  end)
  return self, problem
end

--- Calls the control port: the decoded answer, or nil and a sentence.
function Emulator:control_call(method, path, body)
  local command = { "curl -q -sS --noproxy '*' --max-time 60 -X", method }
  local file
  if body then
    -- Not on the command line: a body may be longer than one, and any byte.
    file = os.tmpname()
    shell.write_file(file, next(body) == nil and "{}" or json.encode(body))
    command[#command + 1] = "-H 'Content-Type: application/json' --data-binary @"
      .. shell.quote(file)
  end
  command[#command + 1] = "-w '\\n%{http_code}' " .. shell.quote(self.control .. path)
  local output, status = shell.run(table.concat(command, " "))
  if file then os.remove(file) end
  local text, http_status = output:match("^(.*)\n(%d%d%d)$")
  if status ~= 0 or not text then return nil, "emulator: control call failed: " .. output end
  local ok, answer = pcall(json.decode, text)
  if not ok then
    return nil, "emulator: control call gave no JSON: " .. text:sub(1, 200)
  elseif http_status ~= "200" then
    return nil, "emulator: " .. tostring(answer.error)
  end
  return answer
end

-- The short forms throw: a test that misspells a fault must not go on.
local function call(self, method, path, body)
  local answer, problem = self:control_call(method, path, body)
  if answer == nil then error(problem, 3) end
  return answer
end

--- Log, faults, state, counters, nonces and config as at the start.
function Emulator:reset() return call(self, "POST", "/reset", {}) end

--- Adds a fault (spec/support/emulator/README.md lists the kinds); answers { id = number }.
function Emulator:fault(fault) return call(self, "POST", "/faults", fault) end

--- Lets all requests go that a latency with `held` holds up.
function Emulator:release() return call(self, "POST", "/release", {}) end

--- Lets all of them go, and waits until nothing is under way that would show in the next test.
function Emulator:quiet()
  self:release()
  for _ = 1, 3000 do
    local running = self:counters().in_flight
    if (running.aliyun or 0) + (running.zego or 0) == 0 then return end
    shell.sleep(0.02)
  end
  error("the emulator is still busy", 2)
end

--- Forgets all faults.
function Emulator:clear_faults() return call(self, "DELETE", "/faults") end

--- The request log, oldest first; filter may name vendor and action.
function Emulator:requests(filter)
  local parts = {}
  for name, value in pairs(filter or {}) do parts[#parts + 1] = name .. "=" .. tostring(value) end
  return call(self, "GET", "/requests?" .. table.concat(parts, "&"))
end

--- Counters, which are kept also when the log is off.
function Emulator:counters() return call(self, "GET", "/counters") end

--- The vendors' state; with a table, seeds it first.
function Emulator:state(seed)
  if seed then return call(self, "POST", "/state", seed) end
  return call(self, "GET", "/state")
end

--- Has an action give these answers, see spec/support/emulator/README.md.
function Emulator:answer(action, answers, match)
  return call(self, "POST", "/answers", { action = action, answers = answers, match = match })
end

--- Has an action serve a list page by page, see there.
function Emulator:serve(action, list)
  local order = { action = action }
  for name, value in pairs(list) do order[name] = value end
  return call(self, "POST", "/lists", order)
end

--- Changes switches; answers the whole config.
function Emulator:config(changes)
  if changes then return call(self, "POST", "/config", changes) end
  return call(self, "GET", "/config")
end

--- The environment in which a user's program finds this emulator.
function Emulator:environment()
  return {
    { "ALIBABA_CLOUD_ENDPOINT", self.aliyun },
    { "ALIBABA_CLOUD_ACCESS_KEY_ID", self.access_key_id },
    { "ALIBABA_CLOUD_ACCESS_KEY_SECRET", self.access_key_secret },
    { "ZEGO_ENDPOINT", self.zego },
    { "ZEGO_APP_ID", ("%.0f"):format(self.app_id) },
    { "ZEGO_SERVER_SECRET", self.server_secret },
    { "STREAMCTL_CA_FILE", self.ca_file },
    { "STREAMCTL_EMULATOR_CONTROL", self.control },
    { "STREAMCTL_EMULATOR_METADATA", self.metadata },
  }
end

return M
