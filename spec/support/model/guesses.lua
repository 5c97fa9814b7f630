-- What no page of a vendor says, and the model has to decide. Each guess is a switch of the
-- config: a list of its values, of which the first holds at the start. What is asked stands in
-- docs/explanation/not-said.md; spec/simulation and spec/world/survive/guesses_spec.lua meet every
-- value.

local guesses = {
  -- Alibaba Cloud
  address_end = { "later", "exact" },
  auth_type = { "type_a", "absent", "req_auth" },
  ended_task = { "kept", "deleted" },
  empty_list = { "present", "absent" },
  restart_early = { "accepted", "refused" },
  restart_id = { "same", "new" },
  second_ban = { "refused", "accepted" },
  second_stop = { "refused", "accepted" },
  second_task = { "refused", "accepted" },
  stopped_task = { "exited", "stopped" },
  stopped_url = { "free", "taken" },
  task_filter = { "contains", "exact", "ignored" },
  task_total = { "present", "absent" },
  throttling = { "Throttling.User 400", "Throttling.Api 429", "Rejected.Throttling 503" },
  unbanned = { "accepted", "refused" },
  unknown_task = { "CodeTaskNotExist", "InvalidParameter", "RetCode" },

  -- ZEGOCLOUD
  error_status = { "200", "400" },
  order_breach = { "refused", "ignored" },
  order_series = { "shared", "per action" },
  refused_id = { "whole list", "passed over" },
  repeated_id = { "accepted", "refused" },
  repeated_nonce = { "accepted", "refused" },
}

-- The model's switches at the start, and each guess with its first value.
local function first()
  local config = { rates = false, clock_offset = 0, list_lag = 0 }
  for name, values in pairs(guesses) do config[name] = values[1] end
  return config
end

return setmetatable(guesses, { __index = { first = first } })
