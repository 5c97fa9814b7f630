-- What the vendors document about their operations, from spec/vectors/operations: never from the
-- rows of the client that is checked against it. A parameter's name on the wire leads to it by
-- `by_wire`; a rate per minute that is no whole number a second is counted per minute.

local json = require "emulator.json"

local M = {}

local here = debug.getinfo(1, "S").source:match("^@(.*)/[^/]*$") or "."

local function load(vendor)
  local file = assert(io.open(here .. "/../vectors/operations/" .. vendor .. ".json", "rb"))
  local operations = assert(json.decode(file:read("*a"))).operations
  file:close()
  for _, operation in pairs(operations) do
    operation.by_wire = {}
    for name, spec in pairs(operation.params) do
      spec.name = name
      operation.by_wire[spec.wire or name] = spec
    end
  end
  return operations
end

M.aliyun, M.zego = load "aliyun", load "zego"

-- A rate as a number of requests in a window of seconds: 500 / 60 is 500 a minute.
function M.window(rate)
  if not rate or rate == math.floor(rate) then return rate, 1 end
  return math.floor(rate * 60 + 0.5), 60
end

-- The vendor that has this action, and what is known of it.
function M.find(action)
  for _, vendor in ipairs { "aliyun", "zego" } do
    if M[vendor][action] then return vendor, M[vendor][action] end
  end
end

return M
