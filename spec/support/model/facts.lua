-- What the vendors document about their operations, from spec/bytes/vectors/operations: never from
-- the rows of the client that is checked against it. A parameter's name on the wire leads to it by
-- `by_wire`.

local json = require "spec.support.model.json"

local M = {}

local here = debug.getinfo(1, "S").source:match("^@(.*)/[^/]*$") or "."

local function load(vendor)
  local path = here .. "/../../bytes/vectors/operations/" .. vendor .. ".json"
  local file = assert(io.open(path, "rb"))
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

-- The vendor that has this action, and what is known of it.
function M.find(action)
  for _, vendor in ipairs { "aliyun", "zego" } do
    if M[vendor][action] then return vendor, M[vendor][action] end
  end
end

return M
