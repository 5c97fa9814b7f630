--- One signed request that only reads and needs nothing that exists: whether a vendor takes our
-- credentials.
-- @module streamctl.cli.probe

local probe = {}

-- An unknown room has 0 users, says the vendor's page; so has one with a name that nobody takes. An
-- account without domains has an empty list of them, of which the shortest page is asked for.
local READS = {
  zego = { "DescribeUserNum", { RoomId = { "streamctl-doctor" } } },
  aliyun = { "DescribeLiveUserDomains", { PageSize = 1, PageNumber = 1 } },
}

--- Sends it.
-- @tparam table account see @{streamctl.cli.account}
-- @treturn table `operation`; `message` and `err` when it failed
function probe.read(account)
  local action, params = READS[account.vendor][1], READS[account.vendor][2]
  local row = account.api.operations:find(action)
  local answer, message, err = account.client[row.name](account.client, params)
  return { operation = action, message = not answer and message or nil, err = err }
end

return probe
