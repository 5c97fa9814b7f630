--- Options of a client for ZEGOCLOUD, as the environment has them.
-- @module streamctl.zego.environment

-- Anything else is refused: a slip here would hit live streams.
local TRUTH = {
  ["true"] = true, ["1"] = true, yes = true, ["false"] = false, ["0"] = false, no = false,
}

--- Reads the options.
-- @function read
-- @tparam function variable of a name: its text, or nil
-- @treturn[1] table
-- @treturn[2] nil
-- @treturn[2] string which variable is missing
return function(variable)
  local app_id, secret = variable "ZEGO_APP_ID", variable "ZEGO_SERVER_SECRET"
  if not app_id or not secret then return nil, app_id and "ZEGO_SERVER_SECRET" or "ZEGO_APP_ID" end
  local is_test = variable "ZEGO_IS_TEST"
  local truth
  if is_test then truth = TRUTH[is_test:lower()] end
  if is_test and truth == nil then truth = is_test end -- for the check of options to refuse
  return {
    app_id = app_id, server_secret = secret, endpoint = variable "ZEGO_ENDPOINT", is_test = truth,
  }
end
