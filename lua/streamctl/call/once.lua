--- The id by which a vendor knows the copies of one call.
--
-- A row names the field that carries it, `once = "RecordInputParams.ClientTaskId"`. A call whose
-- caller left it out gets one, which its repeats keep: the vendor answers them with what the first
-- copy has made.
-- @module streamctl.call.once

local core = require "streamctl.core"
local shapes = require "streamctl.call.shape"

local once = {}

--- Gives a call its id.
-- @tparam table operation a row, or a makeshift one of an action without a row
-- @tparam table params by name; never changed, and read without metamethods
-- @treturn[1] table `params`, or a copy with the id
-- @return[1] the id, the caller's own or a new one; nil when the operation takes none
-- @treturn[2] nil
-- @treturn[2] string why there is none
function once.fill_in(operation, params)
  if not operation.once then return params end
  local copy = shapes.copy_of(params)
  local at = copy
  local outer, name = operation.once:match("^(.-)([^.]+)$")
  for part in outer:gmatch("[^.]+") do
    local inner = rawget(at, part)
    if type(inner) ~= "table" then return params end -- the check of parameters says so
    at[part] = shapes.copy_of(inner)
    at = at[part]
  end
  if at[name] == nil then
    local id, why = core.nonce()
    if not id then return nil, why end
    at[name] = id
  end
  return copy, at[name]
end

return once
