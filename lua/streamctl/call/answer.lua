--- What came back for a request. What only failures need of it is in @{streamctl.call.failures}.
-- @module streamctl.call.answer

local encode = require "streamctl.call.encode"
local json = require "streamctl.json"

local answer = {}

--- What an answer, or a part of it, holds at a path.
-- @param value
-- @tparam string path names with dots between them: "Data.UserList"
-- @return nil when there is nothing
function answer.at(value, path)
  for name in path:gmatch("[^.]+") do
    if type(value) ~= "table" then return nil end
    value = value[name]
  end
  return value
end

--- Decodes the body of a response.
-- @tparam table result of a transport, see `streamctl.transport.pick`
-- @treturn[1] table
-- @treturn[2] nil
-- @treturn[2] string why not
function answer.decode(result)
  local text = result.body or ""
  if text == "" then return nil, "it is empty" end
  local body, why = json.decode(text)
  if not body then return nil, why end
  local id = body.RequestId
  if id ~= nil and type(id) ~= "string" then body.RequestId = encode.text(id) end
  return body
end

return answer
