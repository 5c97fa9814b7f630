--- Options of the client that calls without one use: with the key in the environment, if there is
-- one, otherwise with what the usual chain of sources finds.
-- @module streamctl.aliyun.environment

local ID, SECRET = "ALIBABA_CLOUD_ACCESS_KEY_ID", "ALIBABA_CLOUD_ACCESS_KEY_SECRET"

--- Reads the options.
-- @function read
-- @tparam function variable of a name: its text, or nil
-- @treturn[1] table
-- @treturn[2] nil
-- @treturn[2] string which variable is missing
return function(variable)
  local given = { endpoint = variable "ALIBABA_CLOUD_ENDPOINT" }
  local id, secret = variable(ID), variable(SECRET)
  local token = variable "ALIBABA_CLOUD_SECURITY_TOKEN"
  if not id and not secret and not token then
    given.credentials = require("streamctl.aliyun.credentials.chain").new()
    return given
  end
  if not id or not secret then return nil, id and SECRET or ID end
  given.access_key_id, given.access_key_secret, given.security_token = id, secret, token
  return given
end
