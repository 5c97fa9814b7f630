-- The door for tests: faults, log, state and switches over plain HTTP on a port of its own.

local answers = require "spec.support.emulator.answers"
local faults = require "spec.support.emulator.faults"
local journal = require "spec.support.emulator.journal"
local json = require "spec.support.model.json"
local request_reader = require "spec.support.emulator.request"
local seeds = require "spec.support.emulator.seeds"
local settings = require "spec.support.emulator.settings"
local state = require "spec.support.emulator.state"

local M = {}

local function locked(fn)
  return function(body) return state.locked(fn, body) end
end

local function reset()
  journal.reset()
  state.reset()
  return { ok = true }
end

-- A function of the request's body, which returns the answer; or nil and why not.
local routes = {
  ["GET /requests"] = function() return json.raw(journal.list(ngx.req.get_uri_args())) end,
  ["GET /counters"] = journal.counters,
  ["GET /state"] = seeds.read, ["POST /state"] = locked(seeds.plant),
  ["GET /config"] = settings.get, ["POST /config"] = locked(settings.change),
  ["GET /faults"] = faults.list, ["POST /faults"] = locked(faults.add),
  ["DELETE /faults"] = faults.clear,
  ["POST /answers"] = locked(answers.set), ["POST /lists"] = locked(answers.set_list),
  ["POST /release"] = faults.release, ["POST /reset"] = locked(reset),
}

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
