-- luacheck: std luajit+ngx_lua

-- The door for tests: faults, log, state and switches over plain HTTP on a port of its own.

local aliyun_ingest = require "emulator.aliyun_ingest"
local answers = require "emulator.answers"
local codec = require "emulator.codec"
local faults = require "emulator.faults"
local journal = require "emulator.journal"
local json = require "emulator.json"
local lists = require "emulator.lists"
local request_reader = require "emulator.request"
local settings = require "emulator.settings"
local state = require "emulator.state"

local M = {}

local function sequences()
  local out = {}
  for id, last in pairs(state.all("sequences")) do
    out[id] = last.sequence
  end
  return out
end

local function read_state()
  return {
    aliyun = {
      blocked = state.all("blocked"), tasks = state.all("tasks"), online = state.all("online"),
      domains = state.all("domains"),
    },
    zego = {
      forbidden = state.all("forbidden"), cdn_forbidden = state.all("cdn_forbidden"),
      live = state.all("live"), sequences = sequences(), violations = state.counter("violations"),
      nonce_reused = ngx.shared.emulator_counters:get("nonce_reused") or 0,
    },
  }
end

-- Each seeder takes what GET /state shows, or the shorter form that its comment names.
local seeders = { aliyun = {}, zego = {} }

-- A list of streams; missing fields get plausible values.
function seeders.aliyun.online(list)
  for _, stream in pairs(list) do
    state.set("online", tostring(state.increment("online")), aliyun_ingest.online_defaults(stream))
  end
end

-- { ["playback.domain"] = "ingest.domain" }
function seeders.aliyun.domains(map)
  for playback, ingest in pairs(map) do
    state.set("domains", playback, ingest)
  end
end

function seeders.aliyun.tasks(map)
  for id, task in pairs(map) do
    task.order = task.order or state.increment("tasks")
    state.set("tasks", id, task)
  end
end

-- A list of { DomainName, AppName, StreamName[, ResumeTime] }
function seeders.aliyun.blocked(list)
  for _, ban in pairs(list) do
    ban.ResumeTime = ban.ResumeTime or "2099-01-01T00:00:00Z"
    ban.until_unix = codec.parse_utc(ban.ResumeTime) or error("ill-formed ResumeTime", 0)
    state.set("blocked", ban.DomainName .. "/" .. ban.AppName .. "/" .. ban.StreamName, ban)
  end
end

local function each(map, fn)
  for key, value in pairs(map) do
    if type(key) == "number" then
      fn(value, {})
    else
      fn(key, type(value) == "table" and value or {})
    end
  end
end

-- A list of StreamIds, or StreamId to { create_time, close_time }
function seeders.zego.live(map)
  each(map, function(id, stream)
    stream.create_time = stream.create_time or string.format("%d", codec.now())
    state.set("live", id, stream)
  end)
end

-- A list of StreamIds
function seeders.zego.forbidden(map)
  each(map, function(id, ban)
    state.set("forbidden", id, { time = ban.time or codec.now(), sequence = ban.sequence or "0" })
  end)
end

-- A list of StreamIds
function seeders.zego.cdn_forbidden(map)
  each(map, function(id)
    local now = codec.now()
    state.set("cdn_forbidden", id, {
      StartTime = codec.format_utc(now), EndTime = codec.format_utc(now + 86400),
      until_unix = now + 86400,
    })
  end)
end

-- StreamId to Sequence, as if used just now
function seeders.zego.sequences(map)
  for id, sequence in pairs(map) do
    state.set("sequences", id, { sequence = tostring(sequence), time = codec.now() })
  end
end

-- A list of { CdnType, CdnResult } for the answers of Forbid- and ResumeCDNLiveStream
function seeders.zego.cdn_results(list)
  state.set("cdn_results", "all", json.array(list))
end

local function seed(all)
  for vendor, maps in pairs(all) do
    for name, values in pairs(maps) do
      local seeder = seeders[vendor] and seeders[vendor][name]
      if not seeder then
        return nil, "cannot seed '" .. tostring(vendor) .. "." .. tostring(name) .. "'"
      end
      seeder(values)
    end
  end
  return read_state()
end

local routes = {}

routes["GET /health"] = function()
  return { ok = true, dir = settings.dir() }
end

routes["GET /requests"] = function()
  return json.raw(journal.list(ngx.req.get_uri_args()))
end

routes["GET /counters"] = function()
  local counters = journal.counters()
  counters.violations = state.counter("violations")
  return counters
end

routes["GET /state"] = read_state

routes["POST /state"] = function(body)
  return state.locked(seed, body)
end

routes["POST /answers"] = function(body)
  return state.locked(answers.set, body)
end

routes["POST /lists"] = function(body)
  return state.locked(lists.set, body)
end

routes["GET /config"] = settings.get

routes["POST /config"] = function(body)
  return state.locked(settings.change, body)
end

routes["GET /faults"] = faults.list

routes["DELETE /faults"] = function()
  faults.clear()
  return { ok = true }
end

routes["POST /faults"] = function(body)
  local id, problem = faults.add(body)
  if not id then
    return nil, problem
  end
  return { id = id }
end

routes["POST /reset"] = function()
  state.locked(function()
    journal.reset()
    state.reset()
  end)
  return { ok = true }
end

local function answer(status, body)
  local text = json.encode(body)
  ngx.status = status
  ngx.header["Content-Type"] = "application/json"
  ngx.header["Content-Length"] = #text
  ngx.print(text)
end

function M.serve()
  local route = routes[ngx.req.get_method() .. " " .. ngx.var.uri]
  if not route then
    return answer(404, { error = "no such control call: " .. ngx.req.get_method() .. " "
      .. ngx.var.uri })
  end
  local text = request_reader.read_body()
  local body = json.decode(text ~= "" and text or "{}")
  if type(body) ~= "table" then
    return answer(400, { error = "the body must be a JSON object" })
  end
  local ok, result, problem = pcall(route, body)
  if not ok or result == nil then
    return answer(400, { error = tostring(ok and problem or result) })
  end
  return answer(200, result)
end

return M
