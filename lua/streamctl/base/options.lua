--- Options of a client: checked once, copied, never kept as given.
-- @public streamctl.options

local checks = require "streamctl.base.checks"
local core = require "streamctl.core"
local encode = require "streamctl.base.encode"
local errors = require "streamctl.base.errors"

local options = {}

-- Several tables in one, read without metamethods. Most have few fields.
local function merged(first, second, ...)
  local all = core.new_table(0, 4)
  for name, value in next, first or {} do all[name] = value end
  for name, value in next, second or {} do all[name] = value end
  return ... and merged(all, ...) or all
end
options.merged = merged

local text, seconds, boolean, whole = checks.text, checks.seconds, checks.boolean, checks.whole
local fields, callback, one_of = checks.fields, checks.callback, checks.one_of

--- What `tls` may have.
-- @table tls
-- @tfield string ca_file trust the authorities of this file
-- @tfield string ca_path trust the authorities of this folder, by their hashed names
-- @tfield boolean verify false: trust anybody
local TLS = { ca_file = text, ca_path = text, verify = boolean }

local function proxy(value)
  local why = text(value)
  if why or value == "env" then return why end
  return require("streamctl.base.proxy").check(value) -- few clients have one
end

--- What `retry` may have.
-- @table retry
-- @tfield integer attempts of a call, 3
-- @tfield number base seconds before the first repeat, 0.2
-- @tfield number cap seconds before a repeat at most, 5
local RETRY = { attempts = whole(1, 100), base = seconds, cap = seconds }

local function retry(value)
  if type(value) == "table" then return fields(value, RETRY) end
  if value ~= false and RETRY.attempts(value) then
    return "must be false, a whole number of attempts from 1 to 100, or { attempts = number, "
      .. "base = seconds, cap = seconds }; got " .. errors.tidy(value, 100)
  end
end

local function calls_per_second(value)
  if type(value) ~= "number" or not (value >= 1e-6 and value <= 1e6) then
    return "must be false, calls per second from 1e-6 to 1e6, or { max = number }; got "
      .. errors.tidy(value, 100)
  end
end

local LOOPS = { "auto", "blocking", "ngx", "cqueues", "luv" }

-- Why a loop cannot hand requests to the engine, or nil.
options.sends = checks.object({ "send" }, LOOPS)

local is_store = checks.object { "stamp", "reserve" }

local function store(value)
  if type(value) == "string" then return text(value) end
  local why = is_store(value)
  return why and why .. ", a path or a redis:// URL"
end

local RATE = { max = calls_per_second }

local function rate(value)
  if type(value) == "table" and next(value) ~= nil then return fields(value, RATE) end
  return value ~= false and calls_per_second(value) or nil
end

-- What clients and calls take.
local LIMITS = { timeout = seconds, attempt_timeout = seconds, connect_timeout = seconds,
  retry = retry, validate = boolean }

--- What every client takes.
-- @table common
-- @tfield string|table endpoint where requests go, such as `https://host:port`; or a table with
-- an address for each host. Plain `http` only when it is written out
-- @tfield[opt=15] number timeout seconds for the whole call, with its waits and repeats
-- @tfield[opt=10] number attempt_timeout seconds for each attempt
-- @tfield[opt=5] number connect_timeout seconds for name, connection and TLS
-- @tfield[opt=1048576] integer max_response_bytes a longer answer is `too_large`
-- @tfield string user_agent the header User-Agent instead of streamctl's
-- @tfield table tls `ca_file`, `ca_path`: trust these authorities; `verify = false`: trust anybody;
-- both also at an https:// proxy
-- @tfield string proxy a URL, or "env" for `http_proxy`, `https_proxy` and `no_proxy`; it is
-- asked for a tunnel (CONNECT), also to an http:// endpoint
-- @tfield string|table store where order and slots are kept: "memory", the path of a file, which
-- processes share, the URL of a Redis, which hosts share, or a store. See docs/how-to/stores.md
-- @tfield[opt="auto"] string|table loop which event loop waits. See `streamctl.loop.pick`
-- @tfield table transport what sends instead of the library: an object with `send(request)`, see
-- docs/how-to/test-your-code.md
-- @tfield[opt=3] number|boolean|table retry attempts of a call; false is one; or
-- `{ attempts = 3, base = 0.2, cap = 5 }`, with the seconds before repeats
-- @tfield[opt=true] boolean validate false: parameters are sent as they are given, unchecked
-- @tfield[opt=false] boolean share_requests calls for lists of ids share requests while they wait
-- for a slot
-- @tfield number|boolean|table rate_limit false, or calls per second instead of the documented
-- rates, but for a room's; or `{ max = number }`, where the documented rate is higher, or none is
-- @tfield function on_event gets a table of each event, see docs/reference/events.md. It may wait.
-- When it throws, that is written to stderr, at most once a minute, and the call goes on
-- @tfield[opt=false] boolean event_headers events of attempts have the first line and the headers
-- of request and response, with secrets masked, for a vendor's support
options.common = merged(LIMITS, {
  max_response_bytes = whole(1, 2 ^ 30),
  user_agent = text,
  tls = function(value) return fields(value, TLS) end,
  proxy = proxy,
  store = store,
  loop = checks.object({ "sleep", "all" }, LOOPS),
  transport = checks.object { "send" },
  share_requests = boolean,
  rate_limit = rate,
  on_event = callback,
  event_headers = boolean,
})

options.defaults = {
  timeout = 15,
  attempt_timeout = 10,
  connect_timeout = 5,
}

--- What a call takes, and all that makes calls. Without one of them, the client's holds.
-- @table limits
-- @tfield number timeout seconds for all of it
-- @tfield number attempt_timeout seconds for each attempt
-- @tfield number connect_timeout seconds for name, connection and TLS
-- @tfield number|boolean|table retry of each call
-- @tfield boolean validate false: parameters are sent as they are given
-- @tfield any context a value of the caller's, which events have as `context`
options.limits = merged(LIMITS, { context = function() end }) -- any value

--- What a call takes beside its parameters and the limits.
-- @table call
-- @tfield boolean share_requests instead of the client's. A call for a list of ids that waits for
-- its slot takes along ids of other calls for the same operation, with the same other parameters.
-- Calls that ask, and calls with `on_send`, `validate = false` or a Sequence go alone
-- @tfield integer stamp the call is as old as the call with this stamp, see `info`. It gives way
-- (`superseded`) where a newer call was made within the last 60 s
-- @tfield[opt=false] boolean redelivered true: this very call may have been sent before, as by a
-- message that comes twice. "Already in that state" is a success then, except of ForbidLiveStream,
-- whose ban may end at another time. Only for what may be repeated
-- @tfield function on_send is called with a table as `sent` here right before a request's first
-- attempt. When it returns false and a reason, nothing is sent: the call is `cancelled`. When it
-- returns true, it has neither waited nor made a call, and the store is not asked again for the
-- call's place in the order. Its errors reach the caller
options.call = merged(options.limits, {
  share_requests = boolean,
  stamp = whole(0, 2 ^ 53),
  redelivered = boolean,
  on_send = callback,
})

--- What an answer has as `info`, beside the vendor's fields; nil when there is nothing to say. A
-- vendor's own `info` is left out.
-- @table info
-- @tfield integer stamp the number of a call that changes a stream or a task. A newer call has a
-- larger one. The option `stamp` takes it
-- @tfield boolean already true: the vendor refused the call, since all was so before. An earlier
-- attempt may have done it
-- @tfield table superseded the streams or tasks that gave way to newer calls
-- @tfield table partial what failed inside the success: a list of `{ item =, code =, message = }`
-- @tfield string warning of a wait and of `ensure_live_pull_to_push`: something to know
-- @tfield table tasks of `ensure_live_pull_to_push`: the tasks that push to the DstUrl, as the list
-- shows them

--- What `on_send` gets.
-- @table sent
-- @tfield string operation
-- @tfield table params the caller's own
-- @tfield table settle as in `err.settle`; `ended` is when the call is over at the latest
-- @tfield boolean safe whether it may go again when its outcome is unknown
-- @tfield table items in a batch: the results that the request is for (`index`, `item`)

local function names(value)
  local count = type(value) == "table" and encode.list_length(value) or 0
  for i = 1, count do
    if text(rawget(value, i)) then count = 0 end
  end
  if count == 0 then return "must be a list of names of parameters" end
end

local function in_body(value)
  return type(value) ~= "boolean" and names(value) and "must be true, or a list of names" or nil
end

--- What `client:call` takes in addition, for operations without a row.
-- @table generic
-- @tfield string method "GET" or "POST"
-- @tfield string host the vendor's host for the operation
-- @tfield[opt=false] boolean idempotent it may go again when its outcome is unknown
-- @tfield boolean|table in_body true, or the names of the parameters that travel in the body. It
-- is a form at Alibaba Cloud, a JSON object at ZEGOCLOUD; other parameters travel in the query
-- @tfield[opt="flat"] string list_style lists and tables are sent as "json", "commas" or "flat",
-- which is the vendor's way
-- @tfield table resource names of the parameters that name the stream or task. A repeat gives way
-- to a newer call for the same resource, and a batch sends calls for it one after the other
options.generic = {
  method = one_of("GET", "POST"),
  idempotent = boolean,
  in_body = in_body,
  list_style = one_of("json", "commas", "flat"),
  resource = names,
}

--- What `client:sign` takes.
-- @table sign
-- @tfield string nonce instead of a random text
-- @tfield integer timestamp Unix seconds instead of now
-- @tfield boolean validate instead of the client's
-- @tfield[opt=false] boolean masked hides secrets and the signature, to show the request. No
-- Sequence is used up
options.sign = {
  nonce = text,
  timestamp = whole(0, 253402300799),
  validate = boolean,
  masked = boolean,
}

function options.set_of(...)
  local set = {}
  for _, list in ipairs({ ... }) do
    for _, name in ipairs(list) do set[name] = true end
  end
  return set
end

local NONE = {}

-- Checks a table of options, which messages call `noun .. name`: a copy; or nil and what is wrong.
function options.check(values, by_name, noun, name)
  if values == nil then return NONE end
  if type(values) ~= "table" then
    return nil, noun .. (name or "") .. " must be a table of options, got a " .. type(values)
  end
  local copy, why = checks.read(values, by_name, "option", "unknown option")
  return copy, why and errors.tidy(why, 1000)
end

return options
