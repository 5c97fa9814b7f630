--- Options of a client for ZEGOCLOUD, as the environment has them.
-- @module streamctl.zego.environment

-- Anything else is refused: a slip here would hit live streams.
local TRUTH = {
  ["true"] = true, ["1"] = true, yes = true, ["false"] = false, ["0"] = false, no = false,
}

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
  local app_id, secret = variable "ZEGO_APP_ID", variable "ZEGO_SERVER_SECRET"
  if not app_id or not secret then
    return nil, "the environment variable " .. (app_id and "ZEGO_SERVER_SECRET" or "ZEGO_APP_ID")
      .. " is not set; set it, or make a client with streamctl.zego.new"
  end
  local endpoint, is_test = variable "ZEGO_ENDPOINT", variable "ZEGO_IS_TEST"
  if endpoint and not endpoint:find("://", 1, true) then endpoint = "https://" .. endpoint end
  local truth
  if is_test then truth = TRUTH[is_test:lower()] end
  if is_test and truth == nil then truth = is_test end -- for the check of options to refuse
  return {
    app_id = app_id, server_secret = secret, endpoint = endpoint,
    is_test = truth,
  }
end
