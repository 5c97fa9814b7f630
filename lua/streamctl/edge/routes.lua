-- The addresses under /streams/.

local answers = require "streamctl.edge.answers"
local auth = require "streamctl.edge.auth"
local cjson = require "cjson.safe"
local clients = require "streamctl.edge.clients"
local core = require "streamctl.core"
local decisions = require "streamctl.edge.decisions"
local metrics = require "streamctl.edge.metrics"
local protected = require "streamctl.loop.protected"
local settings = require "streamctl.edge.settings"
local vendors = require "streamctl.edge.vendors"

local routes = {}

local MAX_STREAMS = 200 -- ten requests at ZEGOCLOUD, ten seconds at Alibaba Cloud's rate

-- So many streams of each caller go first, before the hundreds of others: half a second's. More of
-- them at a time wait in line.
local FIRST = 10
local going_first = {} -- caller and vendor -> the streams of this worker

local json = cjson.new()
json.decode_max_depth(5)

-- The items of a request's body, or nil and what is wrong with it.
local function read_items(body)
  if type(body) ~= "table" then return nil, "the body is no JSON object" end
  for name in pairs(body) do
    if name ~= "vendor" and name ~= "streams" then return nil,
      "the body may hold vendor and streams, nothing else" end
  end
  local vendor, streams, items = vendors[body.vendor], body.streams, {}
  if not vendor then return nil, 'vendor must be "zego" or "aliyun"' end
  if type(streams) ~= "table" or #streams < 1 or #streams > MAX_STREAMS then
    return nil, "streams must be a list of 1 to " .. MAX_STREAMS
  end
  for i, stream in ipairs(streams) do
    local item, why = vendor.item(stream)
    if not item then return nil, ("streams, item %d of %d: it %s"):format(i, #streams, why) end
    items[i] = item
  end
  return items
end

local function client_of(vendor)
  ngx.var.edge_vendor = vendor
  if clients[vendor] then return clients[vendor] end
  answers.fail(503, "not_configured", "vendor " .. vendor .. " is not set up on this host")
end

-- A line of the error log. Messages of the library hold no secrets.
local function log_failures(operation, failed, total, message)
  ngx.log(ngx.WARN, "streamctl-edge: request_id ", ngx.var.edge_request_id, ": ", operation, ": ",
    failed, " of ", total, " failed, the first: ", message)
end

-- Asks the vendor's breaker for leave to call. Returns true; or answers the request. Where the
-- breaker wants a probe, the stream's state is asked first: a single request, which changes
-- nothing.
local function enter(vendor, client, stream)
  local breaker = clients.breaker
  local state, ticket = breaker:enter(vendor)
  if state == "probe" then
    vendors[vendor].ask(client, stream, false)
    breaker:leave(vendor, ticket)
  end
  if not breaker:is_open(vendor) then return true end
  local seconds = math.max(math.ceil(breaker:pause(vendor) or 1), 1)
  ngx.header["Retry-After"] = seconds
  answers.fail(503, "breaker_open", ("%s only fails at present, so nothing was changed; ask again "
    .. "in %d s"):format(vendor, seconds))
end

-- Runs a batch, before those of others while its caller has few streams under way.
local function run(caller, client, operation, items, options)
  local streams = (going_first[caller] or 0) + #items
  options.urgent = streams <= FIRST
  if options.urgent then going_first[caller] = streams end
  local fine, report = protected.call(client.batch, client, operation, items, options)
  if options.urgent then going_first[caller] = going_first[caller] - #items end
  if not fine then error(report, 0) end
  if report.err then error(report.err.message, 0) end -- of on_result
end

-- Answers with what became of each stream.
local function tell(intent, operation, body, ended)
  local results, failed, codes, first = {}, 0, {}, nil
  for i, result in ipairs(ended) do
    local code = not result.ok and result.err.code or nil
    -- it is forbidden, which is what was asked for
    local already = code == "conflict" and intent == "forbid"
    if already then code = nil end
    results[i] = { stream = body.streams[i], ok = not code, already = already or nil, code = code,
      message = code and result.message }
    if code then
      failed, first = failed + 1, first or result.message
      -- with HTTP 5xx it is trouble of the vendor, and says nothing about the stream
      local is_trouble = code == "vendor" and (result.err.http_status or 0) >= 500
      codes[is_trouble and "http" or code] = true
    end
    metrics.stream(body.vendor, operation, code or "ok")
  end
  ngx.var.edge_streams, ngx.var.edge_failed = #ended, failed
  if failed > 0 then log_failures(operation, failed, #ended, first) end
  local status = failed == 0 and 200 or failed == #ended and answers.status_of_failures(codes)
    or 207
  answers.send(status, { vendor = body.vendor, total = #ended, failed = failed, results = results })
end

local function change(intent, caller)
  local content_type = (ngx.var.http_content_type or ""):lower() .. ";"
  if not content_type:find "^application/json%s*;" then
    return answers.fail(415, "content_type", "Content-Type must be application/json")
  end
  ngx.req.read_body()
  local body = json.decode(ngx.req.get_body_data() or "")
  local items, why = read_items(body)
  if not items then return answers.fail(400, "malformed", why) end
  local vendor, client = vendors[body.vendor], client_of(body.vendor)
  if not client then return end
  local options, ended = { timeout = settings.edge.time_limit }, {}
  if intent == "forbid" then
    -- Where the vendor hangs, no stream waits for another one; only the vendor's rate holds back.
    options.concurrency = #items
    -- a forbid goes out in any case, but once
    if clients.breaker:is_open(body.vendor) then options.retry = false end
  elseif not enter(body.vendor, client, body.streams[1]) then
    return
  end
  local deadline = core.monotonic() + options.timeout
  function options.on_result(result)
    ended[result.index] = result
    decisions.note(vendor.key(body.streams[result.index]), intent,
      (result.ok and result.answer.info or result.err).stamp, deadline)
  end
  run(caller .. body.vendor, client, vendor[intent], items, options)
  tell(intent, vendor[intent], body, ended)
end

local function state()
  local query = ngx.req.get_uri_args(10)
  local vendor = vendors[query.vendor]
  if not vendor then return answers.fail(400, "malformed", 'vendor must be "zego" or "aliyun"') end
  local stream = vendor.named(query)
  local fine, why = vendor.item(stream)
  if not fine then return answers.fail(400, "malformed", "the stream " .. why) end
  local client = client_of(query.vendor)
  if not client or not enter(query.vendor, client, stream) then return end
  local found, message, err = vendor.ask(client, stream)
  if found then
    return answers.send(200, { vendor = query.vendor, stream = stream, state = found })
  end
  log_failures(vendor.state, 1, 1, message)
  local status = answers.status_of_failures { [err.code] = true } or err.code == "not_found" and 404
    or 502
  answers.fail(status, err.code, message)
end

local ROUTES = {
  resume = { method = "POST", scope = "all", serve = change },
  forbid = { method = "POST", scope = "all", serve = change },
  state = { method = "GET", scope = "read", serve = state },
}

function routes.serve()
  if clients.problem then
    return answers.fail(503, "not_configured", "the service is not set up; /readyz says why")
  end
  local scope, caller = auth.scope()
  if not scope then
    ngx.header["WWW-Authenticate"] = caller
    return answers.fail(401, "unauthorized", "a valid bearer token is needed")
  end
  local route = ROUTES[ngx.var.edge_route]
  if not route then return answers.fail(404, "not_found", "there is no such address") end
  if ngx.req.get_method() ~= route.method then
    ngx.header["Allow"] = route.method
    return answers.fail(405, "method", "this address takes " .. route.method)
  end
  if route.scope == "all" and scope ~= "all" then
    ngx.header["WWW-Authenticate"] = 'Bearer realm="streamctl", error="insufficient_scope"'
    return answers.fail(403, "forbidden", "this token may only ask for states")
  end
  return route.serve(ngx.var.edge_route, caller)
end

return routes
