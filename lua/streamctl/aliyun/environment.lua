--- Options of a client for Alibaba Cloud, as the environment has them.
-- @module streamctl.aliyun.environment

local function variable(name)
  local value = os.getenv(name)
  return value ~= "" and value or nil
end

--- Reads the options.
-- @function read
-- @treturn[1] table
-- @treturn[2] nil
-- @treturn[2] string which variable is missing
return function()
  local given = {
    access_key_id = variable "ALIBABA_CLOUD_ACCESS_KEY_ID",
    access_key_secret = variable "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
    security_token = variable "ALIBABA_CLOUD_SECURITY_TOKEN",
    endpoint = variable "ALIBABA_CLOUD_ENDPOINT",
  }
  for _, name in ipairs { "access_key_id", "access_key_secret" } do
    if not given[name] then
      return nil, "the environment variable ALIBABA_CLOUD_" .. name:upper()
        .. " is not set; set it, or make a client with streamctl.aliyun.new"
    end
  end
  -- the vendor's own tools write the bare host there
  if given.endpoint and not given.endpoint:find("://", 1, true) then
    given.endpoint = "https://" .. given.endpoint
  end
  return given
end
