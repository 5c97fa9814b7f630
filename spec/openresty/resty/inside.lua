-- What the specs of cosockets run inside nginx: makes the client that a request describes, calls
-- it, tells how it went.

local cjson = require "cjson"
local core = require "streamctl.core"
local streamctl = require "streamctl"

local inside = {}

local FIELDS = { "code", "maybe_sent", "retryable", "http_status", "attempts", "elapsed", "cause" }

local function describe(body, message, err)
  if body then return { ok = true, body = body } end
  local told = { ok = false, message = message }
  for _, name in ipairs(FIELDS) do told[name] = err[name] end
  return told
end

-- The request's body, and the client that it describes; or nil and why there is none.
local function read()
  ngx.req.read_body()
  local wanted = cjson.decode(ngx.req.get_body_data())
  local made, client = pcall(streamctl[wanted.vendor].new, wanted.options)
  if made then return wanted, client end
  return nil, client
end

-- Which transport sends: the engine's tells us, the other one is that of cosockets.
local sent_by
do
  local engine = getmetatable(require("streamctl.transport.curl").new {})
  local send = engine.send
  function engine.send(...)
    sent_by = "engine"
    return send(...)
  end
end

--- `{ vendor =, options =, calls = { { method, params, call options } } }` -> a list of outcomes,
-- or `{ refused = }` when there is no such client.
function inside.serve()
  local wanted, client = read()
  if not wanted then
    ngx.print(cjson.encode { refused = client })
    return
  end
  local outcomes = {}
  for i, call in ipairs(wanted.calls) do
    local start = core.monotonic()
    sent_by = "cosockets"
    outcomes[i] = describe(client[call[1]](client, unpack(call, 2)))
    outcomes[i].took, outcomes[i].sent_by = core.monotonic() - start, sent_by
  end
  ngx.print(cjson.encode(outcomes))
end

--- The same for one call, whose light thread is killed the first time that it waits.
function inside.kill()
  local wanted, client = assert(read())
  local call = wanted.calls[1]
  local thread = ngx.thread.spawn(function() return client[call[1]](client, unpack(call, 2)) end)
  local state = coroutine.status(thread)
  local killed = ngx.thread.kill(thread)
  ngx.print(cjson.encode { state = state, killed = killed ~= nil })
end

return inside
