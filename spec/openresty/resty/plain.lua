-- Plain requests from inside nginx, and a server that answers with what it was sent.

local cjson = require "cjson"
local core = require "streamctl.core"
local loop = require "streamctl.loop.ngx"
local pick = require "streamctl.transport.pick"

local plain = {}

--- Sends what a request describes, `{ port =, transport =, headers =, requests = { { method,
-- target, body, content_type } } }`, and answers with the list of results.
function plain.ask()
  ngx.req.read_body()
  local wanted = cjson.decode(ngx.req.get_body_data())
  local origin = "http://127.0.0.1:" .. wanted.port
  local transport = pick.make({ endpoint = origin, transport = wanted.transport,
    user_agent = "spec/1", max_response_bytes = 10000 }, loop)
  local signer = assert(core.signer("plain", { headers = wanted.headers }))
  local results = {}
  for i, it in ipairs(wanted.requests) do
    local made = assert(core.request(signer, it[1], it[2], true, nil, it[3], it[4]))
    results[i] = transport:send(made, { attempt_timeout = 60, connect_timeout = 60 },
      core.monotonic() + 60, loop, origin)
  end
  ngx.print(cjson.encode(results))
end

--- Answers with the request: its header as it came, and its body.
function plain.echo()
  ngx.req.read_body()
  ngx.print(ngx.req.raw_header(), ngx.req.get_body_data() or "")
end

return plain
