-- Reads the states of streams in the vendors' answers and lists, for the command `state`.

local times = require "streamctl.cli.times"

local streams = {}

-- The questions by the kind of a target.
streams.ACTIONS = { rtc = "DescribeRTCStreamState", aliyun = "DescribeLiveStreamState" }

-- By the operation that asks: a function from an answer to the fields of a row.
streams.readers = {}

function streams.readers.DescribeRTCStreamState(answer)
  local data = answer.Data or {}
  local function time(name)
    local seconds = tonumber(data[name])
    return seconds and times.text(seconds)
  end
  return { state = answer.Code == 0 and "live" or "offline", created = time "create_time",
    closed = time "close_time" }
end

function streams.readers.DescribeLiveStreamState(answer)
  return { state = answer.StreamState == "online" and "live" or "offline" }
end

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

-- Returns the set of URLs, without their scheme, in the block list of a domain; or nil, message,
-- err.
local function blocked_of(client, domain)
  local pager, found = client:pages("DescribeLiveStreamsBlockList", { DomainName = domain }), {}
  while true do
    local url, message, err = pager:next()
    if message then return nil, message, err end
    if url == nil then return found end
    found[url:gsub("^%a+://", "")] = true
  end
end

-- Returns a function that tells whether a stream is blocked, by one list; or nil, message, err.
-- `domain`: the main playback domain at Alibaba Cloud.
function streams.blocked(target, domain)
  local list = domain and blocked_of or forbidden_at_cdn
  local found, message, err = list(target.account.client, domain)
  return found and function(item)
    return found[domain and ("%s/%s/%s"):format(domain, item.AppName or target.params.AppName,
      item.StreamName) or item.StreamId] or false
  end, message, err
end

return streams
