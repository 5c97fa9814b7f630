-- Reads the states of streams in the vendors' answers: of a stream, or in the list of blocked ones.
-- The command `state` and `streamctl.cli.watch.streams` call this module.

local times = require "streamctl.cli.times"

local lists = {}

-- ---- what answers say ----

-- By the operation that asks: a function from an answer to the fields of a row.
lists.readers = {}

function lists.readers.DescribeRTCStreamState(answer)
  local data = answer.Data or {}
  local function time(name)
    local seconds = tonumber(data[name])
    return seconds and times.text(seconds)
  end
  return { state = answer.Code == 0 and "live" or "offline", created = time "create_time",
    closed = time "close_time" }
end

function lists.readers.DescribeLiveStreamState(answer)
  return { state = answer.StreamState == "online" and "live" or "offline" }
end

-- The questions by the kind of a target.
lists.ACTIONS = { rtc = "DescribeRTCStreamState", aliyun = "DescribeLiveStreamState" }

-- ---- lists ----

-- Returns the set of ids that are forbidden at the CDN now; or nil, message, err.
local function forbidden_at_cdn(client)
  local answer, message, err = client:query_forbid_cdn_live_stream { Vendor = "ws" }
  if not answer then return nil, message, err end
  local ws, found, now = (answer.Data or {}).Ws or {}, {}, times.text(os.time())
  for _, ban in ipairs(ws.ResultDetail or {}) do
    local id = tostring(ban.Url):match "([^/]+)$"
    if id and not (type(ban.EndTime) == "string" and ban.EndTime < now) then found[id] = true end
  end
  return found
end

-- Returns the set of keys of all items of a list, by `key_of(item)`; or nil, message, err.
local function walk(pager, key_of)
  local found = {}
  while true do
    local item, message, err = pager:next()
    if message then return nil, message, err end
    if item == nil then return found end
    found[key_of(item)] = true
  end
end

-- Returns a function that tells whether a stream is blocked, by one list; or nil, message, err.
-- `domain`: the main playback domain at Alibaba Cloud.
function lists.blocked(target, domain)
  local client = target.account.client
  local function ask()
    if not domain then return forbidden_at_cdn(client) end
    local pager = client:pages("DescribeLiveStreamsBlockList", { DomainName = domain })
    return walk(pager, function(url) return (url:gsub("^%a+://", "")) end)
  end
  local found, message, err = ask()
  return found and function(item)
    return found[domain and ("%s/%s/%s"):format(domain, item.AppName or target.params.AppName,
      item.StreamName) or item.StreamId] or false
  end, message, err
end

return lists
