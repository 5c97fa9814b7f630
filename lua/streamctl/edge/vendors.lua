-- The vendors' differences: operations, names of streams in requests, webhooks and the store, and
-- the question for a stream's state.

local clients = require "streamctl.edge.clients"
local options = require "streamctl.base.options"

local zego = { forbid = "ForbidRTCStreams", resume = "ResumeRTCStreams",
  state = "DescribeRTCStreamState" }
local aliyun = { forbid = "ForbidLiveStream", resume = "ResumeLiveStream",
  state = "DescribeLiveStreamsOnlineList" }

-- An item for client:batch, or nil and what the stream must be.
function zego.item(stream)
  if type(stream) == "string" and #stream <= 256 and stream:find "^[%w_-]+$" then return stream end
  return nil, "must be a StreamId: 1 to 256 of the characters A-Z a-z 0-9 _ -"
end

-- AppName "*" would mean every application to the vendor; nobody asks for that by mistake here.
local function is_name(value)
  return type(value) == "string" and #value <= 255 and value:find "^[\33-\126]+$" ~= nil
    and not value:find "[*/?]"
end

local NAMES = { DomainName = true, AppName = true, StreamName = true }

function aliyun.item(stream)
  local item, fine = { LiveStreamType = "publisher" }, type(stream) == "table"
  for name, value in pairs(fine and stream or {}) do
    item[name], fine = value, fine and NAMES[name] and is_name(value)
  end
  if fine and item.DomainName and item.AppName and item.StreamName then return item end
  return nil, "must be an object with DomainName, AppName and StreamName, each a text of 1 to 255 "
    .. "characters without spaces, * / and ?"
end

-- Parameters of a call about one stream.
function zego.params(stream) return { StreamId = stream } end

aliyun.params = aliyun.item

-- The name of a stream in the store, which begins with the account. Ids of ZEGOCLOUD's test
-- environment may have its prefix, and hosts are the same in upper case.
function zego.key(stream)
  local prefix = clients.zego.context.stream_prefix
  if prefix and stream:sub(1, #prefix) ~= prefix then stream = prefix .. stream end
  return clients.zego.account .. ":" .. stream
end

function aliyun.key(stream)
  return ("aliyun:%s:%s/%s"):format(stream.DomainName:lower(), stream.AppName, stream.StreamName)
end

-- The stream that a query names, or an event of a webhook, as `item` takes it.
function zego.named(by) return by.stream end

function aliyun.named(by)
  return { DomainName = by.domain, AppName = by.app, StreamName = by.stream }
end

local STATES = { [0] = "live", [41004] = "absent", [41006] = "closed" }

-- "live", "closed" or "absent"; or what client:call returns for a failure. `retry` is its option.
function zego.ask(client, stream, retry)
  local body, message, err = client:call(zego.state, zego.params(stream), { retry = retry })
  return body and STATES[body.Code], message, err
end

function aliyun.ask(client, stream, retry)
  local params = options.merged(stream, { QueryType = "strict" })
  local body, message, err = client:call(aliyun.state, params, { retry = retry })
  if not body then return nil, message, err end
  local list = body.OnlineInfo.LiveStreamOnlineInfo
  return type(list) == "table" and next(list) and "live" or "absent"
end

return { zego = zego, aliyun = aliyun }
