--- Options of a client for Alibaba Cloud, as the environment has them.
-- @module streamctl.aliyun.environment

--- Reads the options.
-- @function read
-- @tparam function variable of a name: its text, or nil
-- @treturn[1] table
-- @treturn[2] nil
-- @treturn[2] string which variable is missing
return function(variable)
  local given = {
    access_key_id = variable "ALIBABA_CLOUD_ACCESS_KEY_ID",
    access_key_secret = variable "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
    security_token = variable "ALIBABA_CLOUD_SECURITY_TOKEN",
    endpoint = variable "ALIBABA_CLOUD_ENDPOINT",
  }
  for _, name in ipairs { "access_key_id", "access_key_secret" } do
    if not given[name] then return nil, "ALIBABA_CLOUD_" .. name:upper() end
  end
  return given
end
