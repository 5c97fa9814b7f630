-- Many accounts in one process: what their clients hold, and how long each waits for the others.
--
--   <lua> tools/bench/accounts.lua HOW VENDOR BASE CA_FILE ACCOUNTS
--
-- HOW: idle      memory of a client, without a call and after one, in bytes; the first two clients
--                are there before. And the connections that the process keeps after all calls
--      together  each account makes 20 calls, one after the other, at the documented rate, all
--                accounts at once: seconds of the fastest and of the slowest account, and the
--                connections while all call and afterwards
--      beside    an account has 10,000 calls that wait, without a rate limit, and then each other
--                account makes one: the slowest of these, and all of it, in seconds
--      flight    bytes of an engine that has made a call and is idle, and of each of 10,000
--                calls on their way, 1,000 of them on connections
-- VENDOR: aliyun, zego; or sources, Alibaba Cloud with a source of credentials for each account.
-- Prints the figures that HOW tells of, as JSON.

local heap, now = require "heap", require "monotonic"
local streamctl = require "streamctl"

local how, vendor, base, ca_file, count = arg[1], arg[2], arg[3], arg[4], tonumber(arg[5])
local WAITING, CALLS = 10000, 20

local function new(i)
  local config = { endpoint = base, tls = { ca_file = ca_file }, timeout = 300,
    attempt_timeout = 300, connect_timeout = 300 }
  if how == "beside" or how == "flight" then config.rate_limit = false end
  if vendor == "zego" then
    config.app_id, config.server_secret = 1000000000 + i, ("%032d"):format(i)
    return streamctl.zego.new(config)
  end
  local key = { access_key_id = ("LTAI5tExampleKey%08d"):format(i),
    access_key_secret = ("0123456789abcdefghij%010d"):format(i) }
  if vendor == "sources" then
    config.account, config.credentials = "account-" .. i, function()
      key.expires = os.time() + 3600
      return key
    end
  else
    config.access_key_id, config.access_key_secret = key.access_key_id, key.access_key_secret
  end
  return streamctl.aliyun.new(config)
end

local function call(client, i)
  local answer, message
  if vendor == "zego" then
    answer, message = client:resume_rtc_streams { StreamId = { "stream-" .. i } }
  else
    answer, message = client:resume_live_stream { DomainName = ("push%d.example.com"):format(i),
      AppName = "app", LiveStreamType = "publisher", StreamName = "stream" }
  end
  if not answer then error(message, 0) end
end

-- Bytes in use, of C and Lua. LuaJIT does not take its own from malloc.
local function used()
  for _ = 1, 4 do collectgarbage() end
  return heap() + (rawget(_G, "jit") and collectgarbage "count" * 1024 or 0)
end

local function connections()
  local pipe = assert(io.popen("ls -l /proc/$PPID/fd"))
  local _, sockets = pipe:read("*a"):gsub("socket:", "")
  pipe:close()
  return sockets
end

local clients = {}
for i = 1, count do clients[i] = false end -- the list itself does not grow any more

local HOW = {}

function HOW.idle()
  for i = 1, 2 do call(new(count + i), count + i) end
  local before = used()
  for i = 1, count do clients[i] = new(i) end
  local made = used()
  for i = 1, count do call(clients[i], i) end
  return { made = (made - before) / count, called = (used() - before) / count,
    connections = connections() }
end

function HOW.together()
  for i = 1, count do clients[i] = new(i) end
  local took, calling = {}, 0
  streamctl.run(function()
    local begun = now()
    for i, client in ipairs(clients) do
      streamctl.spawn(function()
        for k = 1, CALLS do
          call(client, i * CALLS + k)
          if i == count and k == CALLS / 2 then calling = connections() end
        end
        took[i] = now() - begun
      end)
    end
  end)
  table.sort(took)
  return { fastest = took[1], slowest = took[count], connections = calling, kept = connections() }
end

function HOW.beside()
  local slowest, begun = 0, now()
  streamctl.run(function()
    local first = new(count + 1)
    for i = 1, WAITING do streamctl.spawn(call, first, i) end
    streamctl.spawn(function()
      for i = 1, count - 1 do
        streamctl.spawn(function()
          local start = now()
          call(new(i), i)
          slowest = math.max(slowest, now() - start)
        end)
      end
    end)
  end)
  return { slowest = slowest, all = now() - begun, connections = connections() }
end

function HOW.flight()
  local client, found = new(1), {}
  local before = used()
  call(client, 1)
  found.engine = used() - before
  streamctl.run(function()
    before = used()
    for i = 1, WAITING do streamctl.spawn(call, client, i) end
    streamctl.sleep(3) -- until all are on their way; the vendor answers later
    found.call = (used() - before) / WAITING
    print((require("streamctl.base.json").encode(found)))
    os.execute("sleep 4") -- the vendor ends what it is asked, and has room for the next process
    os.exit(0)
  end)
end

print((require("streamctl.base.json").encode(HOW[how]())))
