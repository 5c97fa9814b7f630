--- One signed request that only reads and needs nothing that exists, and what its end says of the
-- way to a vendor.
-- @module streamctl.cli.probe

local probe = {}

-- An unknown room has 0 users, says the vendor's page; so has one with a name that nobody takes. An
-- account without domains has an empty list of them, of which the shortest page is asked for.
local READS = {
  zego = { "DescribeUserNum", { RoomId = { "streamctl-doctor" } } },
  aliyun = { "DescribeLiveUserDomains", { PageSize = 1, PageNumber = 1 } },
}

--- Sends it, once. `account`: see @{streamctl.cli.account}. Returns `operation`; `message` and
-- `err` when it failed.
function probe.read(account)
  local action, params = READS[account.vendor][1], READS[account.vendor][2]
  local row = account.api.operations:find(action)
  local answer, message, err = account.client[row.name](account.client, params, { retry = false })
  return { operation = action, message = not answer and message or nil, err = err }
end

--- The steps of a request, in order.
probe.steps = { "name", "connection", "TLS", "answer", "clock", "credentials" }

-- The step at which a failure happened; others come from whoever answered.
local FAILED_AT = {
  dns = "name", connect = "connection", tls = "TLS", bad_response = "answer", too_large = "answer",
  http = "answer", clock_skew = "clock",
}

--- At which of @{steps} a request failed, by its err.
function probe.failed_at(err)
  if err.code == "timeout" then return err.maybe_sent and "answer" or "connection" end
  return FAILED_AT[err.code] or "credentials"
end

return probe
