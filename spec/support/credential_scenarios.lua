-- Runs the scenarios of spec/bytes/vectors/aliyun_credentials.json: the source is made of what they
-- configure (options, variables, files under a home of their own), asks a transport that plays
-- their script, and what it sends and hands out is compared. Clock and nonce are injected.

local assert = require "luassert"
local cjson = require "cjson"
local core = require "streamctl.core"
local helper = require "spec.pieces.helper"
local loops = require "streamctl.loop.pick"
local requests = require "spec.support.credential_requests"
local shell = require "spec.support.emulator.launcher.shell"
local sources = require "spec.support.credential_sources"

local scenarios = {}

local here = debug.getinfo(1, "S").source:match("^@(.*)/[^/]*$") or "."
local NONCE = "0123456789abcdef0123456789abcdef"
local LONG = 60 -- seconds

--- The file, decoded.
function scenarios.read()
  local text = shell.read_file(here .. "/../bytes/vectors/aliyun_credentials.json")
  return cjson.decode(text)
end

local function seconds_of(text) return core.unix_time(text:sub(1, 19) .. "Z") end

-- ---- the transport ----

local Transport = {}
Transport.__index = Transport

-- The package's own time limits: for an answer, and for a connection, which no option changes here.
local function check_limits(run, limits, origin)
  local default = origin == "http://100.100.100.200" and { 1000, 1000 } or { 10000, 5000 }
  assert.equal((run.config.timeout or default[1]) / 1000, limits.attempt_timeout)
  assert.equal(default[2] / 1000, limits.connect_timeout)
end

-- The first rule of the script that fits.
local function choose(run, request)
  for _, rule in ipairs(run.rules) do
    local count = run.played[rule] or 0
    if (not rule.method or rule.method == request.method)
      and (not rule.path or rule.path == request.path) and count < (rule.times or math.huge)
      and (not rule.tokened or request.headers["x-aliyun-ecs-metadata-token"]) then
      run.played[rule] = count + 1
      return rule
    end
  end
  error("unscripted: " .. request.method .. " " .. request.path)
end

function Transport:send(request, limits, _, _, origin)
  local run, seen = self.run, requests.arrived(request, origin)
  check_limits(run, limits, origin)
  run.requests[#run.requests + 1] = seen
  if run.unreachable[origin:match("//(.*)$")] then
    run.requests[#run.requests] = { method = request.method, origin = origin, path = seen.path,
      connect = "refused", headers = {} }
    return helper.stopped("connect", false)
  end
  local rule = choose(run, seen)
  seen.status = rule.status or 200
  if rule.reset then return helper.stopped("connect", true) end
  if rule.delay_ms or rule.trickle_ms then
    run.waited = run.waited + limits.attempt_timeout
    return helper.stopped("timeout", true)
  end
  local head = ("HTTP/1.1 %d\r\n"):format(seen.status)
  for name, value in pairs(rule.headers or {}) do head = head .. name .. ": " .. value .. "\r\n" end
  return helper.response(seen.status, rule.text and run.texts[rule.text] or rule.body or "", head)
end

-- ---- one scenario ----

local function each_text(value, fn)
  if type(value) == "string" then return fn(value) end
  if type(value) ~= "table" then return value end
  local copy = {}
  for key, item in pairs(value) do copy[key] = each_text(item, fn) end
  return copy
end

local function write_files(run, files)
  for name, content in pairs(files or {}) do
    local text = type(content) == "table" and cjson.encode(content) or content
    local path = run.home .. "/" .. name
    shell.run("mkdir -p " .. shell.quote(path:match("^(.*)/")))
    shell.write_file(path, (text:gsub("<HOME>", function() return run.home end)))
  end
end

local function play(run, rules) run.rules, run.played = rules or {}, {} end

local SHOWN = { "access_key_id", "access_key_secret", "security_token" }

-- What came of a call, as it is recorded.
local function shown(found, message, err)
  if not found then
    return { error = tostring(message), code = type(err) == "table" and err.code or nil, err = err }
  end
  local result = { provider_name = found.provider, expires = found.expires }
  for _, name in ipairs(SHOWN) do result[name] = found[name] ~= "" and found[name] or nil end
  return result
end

local function ask(run)
  return shown(run.source:get {
    loop = loops.current(), deadline = core.monotonic() + LONG, options = run.options,
  })
end

local function ask_many(run, count)
  local calls, results = {}, {}
  for i = 1, count do
    calls[i] = function() results[i] = ask(run) end
  end
  loops.current().all(calls)
  return results
end

local function make(run, config)
  local made, source, message, err = pcall(sources.make, config, run.home)
  if made and source then
    run.source = source
  elseif made then
    run.broken = shown(nil, message, err)
  else
    run.broken = { error = tostring(source), thrown = true }
  end
end

-- Keys and tokens are inventions that begin like this, or are the beginning of a JWT. Ids are no
-- secrets, and the random name of a folder of mktemp's may begin like a token.
local function check_secrets(text)
  local rest = text:gsub("LTAI5tExample%w+", ""):gsub("STS%.Example%w+", ""):gsub("/tmp%.%w+", "")
  assert.is_nil(rest:find("Example", 1, true), text)
  assert.is_nil(rest:find("eyJ", 1, true), text)
end

local function check_error(found, expected, ours, id)
  assert.is_string(found.error, id .. ": ought to fail, like the package: "
    .. tostring(expected and expected.error))
  if not found.thrown then assert.equal("credentials", found.code, found.error) end
  check_secrets(found.error)
  for _, value in pairs(found.err or {}) do check_secrets(tostring(value)) end
  assert.is_truthy(found.error:find(ours and ours.error or "\0", 1, true), found.error)
end

local function check_result(found, expected, ours, id)
  expected = ours and ours.result or expected
  if expected.error or (ours and ours.error) then return check_error(found, expected, ours, id) end
  assert.is_nil(found.error, found.error)
  local wanted = {}
  for name, value in pairs(expected) do wanted[name] = value ~= "" and value or nil end
  wanted.expires = wanted.expires and seconds_of(wanted.expires)
  if not wanted.expires then found.expires = nil end
  assert.same(wanted, found, id)
end

local function check_results(run, step, id)
  local expected = step.result
  if not expected[1] then return check_result(run.broken or ask(run), expected, step.ours, id) end
  for i, found in ipairs(ask_many(run, #expected)) do
    check_result(found, expected[i], step.ours, id)
  end
end

local function check_step(run, steps, index, id)
  local step = steps[index]
  if step.server then play(run, step.server) end
  write_files(run, step.files)
  run.requests, run.waited = {}, 0
  run.now = seconds_of(step.ours and step.ours.at or step.at)
  local before = step.rewrites and shell.read_file(run.home .. "/" .. step.rewrites)
  check_results(run, step, id)
  local expected = requests.expected(steps, index)
  assert.same(expected, run.requests, id)
  if step.took_ms then assert.equal(step.took_ms / 1000, run.waited, id) end
  if before then assert.equal(before, shell.read_file(run.home .. "/" .. step.rewrites)) end
end

-- What a scenario has instead of the core's functions. The monotonic clock goes on between the
-- steps, since loops wait by it.
local function functions_of(run)
  local monotonic = core.monotonic
  return {
    now = function() return run.now end,
    monotonic = function() return monotonic() + run.now - run.start end,
    nonce = function() return NONCE end,
    random = function() return 0 end, -- no jitter
  }
end

-- Variables are read by os.getenv only.
local function instead(run, environment, fn)
  local real, kept = os.getenv, {}
  rawset(os, "getenv", function(name)
    if name == "HOME" or name:find("^ALIBABA_CLOUD_") then return environment[name] end
    return real(name)
  end)
  for name, stub in pairs(functions_of(run)) do kept[name], core[name] = core[name], stub end
  local ok, problem = pcall(fn)
  rawset(os, "getenv", real)
  for name, function_ in pairs(kept) do core[name] = function_ end
  if not ok then error(problem, 0) end
end

local function run_one(texts, scenario)
  local home = shell.run("mktemp -d"):gsub("%s+$", "")
  local given = each_text(scenario, function(text)
    return (text:gsub("<HOME>", function() return home end))
  end)
  local start = seconds_of(given.steps[1].at)
  local run = { texts = texts, home = home, unreachable = {}, start = start, now = start,
    config = given.config }
  for _, host in ipairs(given.unreachable or {}) do run.unreachable[host] = true end
  run.options = { transport = helper.ours(setmetatable({ run = run }, Transport)) }
  write_files(run, given.files)
  play(run, given.server)
  local environment = { HOME = home }
  for name, value in pairs(given.env or {}) do environment[name] = value end
  local ok, problem = pcall(instead, run, environment, function()
    make(run, given.config)
    for i in ipairs(given.steps) do
      check_step(run, given.steps, i, ("%s, step %d"):format(given.id, i))
    end
  end)
  shell.run("rm -rf " .. shell.quote(home))
  if not ok then error(problem, 0) end
end

--- Describes all scenarios with busted's function `it`; returns how many.
function scenarios.describe(it)
  local all = scenarios.read()
  for _, scenario in ipairs(all.scenarios) do
    it(scenario.id .. ": " .. scenario.about, function() run_one(all.texts, scenario) end)
  end
  return #all.scenarios
end

return scenarios
