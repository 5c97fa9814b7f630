-- The door for tests: faults, log, state and switches over plain HTTP on a port of its own.

local answers = require "emulator.answers"
local faults = require "emulator.faults"
local journal = require "emulator.journal"
local json = require "emulator.json"
local request_reader = require "emulator.request"
local seeds = require "emulator.seeds"
local settings = require "emulator.settings"
local state = require "emulator.state"

local M = {}

local routes = {}

routes["GET /requests"] = function() return json.raw(journal.list(ngx.req.get_uri_args())) end

routes["GET /counters"] = function()
  local counters = journal.counters()
  counters.violations = state.counter("violations")
  return counters
end

routes["GET /state"] = seeds.read

routes["POST /state"] = function(body) return state.locked(seeds.plant, body) end

routes["POST /answers"] = function(body) return state.locked(answers.set, body) end

routes["POST /lists"] = function(body) return state.locked(answers.set_list, body) end

routes["GET /config"] = settings.get

routes["POST /config"] = function(body) return state.locked(settings.change, body) end

routes["GET /faults"] = faults.list

routes["DELETE /faults"] = function()
  faults.clear()
  return { ok = true }
end

routes["POST /faults"] = function(body)
  local id, problem = faults.add(body)
  if not id then return nil, problem end
  return { id = id }
end

routes["POST /release"] = function()
  faults.release()
  return { ok = true }
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
  if type(body) ~= "table" then return answer(400, { error = "the body must be a JSON object" }) end
  local ok, result, problem = pcall(route, body)
  if not ok or result == nil then
    return answer(400, { error = tostring(ok and problem or result) })
  end
  return answer(200, result)
end

return M
