--- The path of one call, the same for every operation of every vendor:
--
--     validate -> stamp -> sign -> send -> decode -> judge
--
-- A call is one attempt under one deadline. Pacing has its place between stamp and sign; going
-- again after a failure has its around sign to judge.
--
-- What differs between vendors is in a table, see `aliyun/init.lua` and `zego/init.lua`:
--
-- * `name`; `operations`: rows and lists, see `aliyun/operations.lua`
-- * `serialize(request, params)`: fills in a request for an action without a row; returns the
--   parameter at fault and why, or nothing
-- * `stamp(client, request, values)`: adds a Sequence; returns a code and why not, or nothing
-- * `judge(operation, answer)`: nothing for a success, else a failure: `code`, `text`,
--   `vendor_code`, `retryable`, `maybe_executed`
-- @module streamctl.client

local deadlines = require "streamctl.deadline"
local errors = require "streamctl.errors"
local json = require "streamctl.json"
local serialize = require "streamctl.serialize"
local validate = require "streamctl.validate"

local client = {}

local function is_safe(operation, values)
  local safe = operation.safe
  if type(safe) ~= "table" then return safe end
  for name, value in pairs(safe.unless) do
    if values[name] == value then return false end
  end
  return true
end

-- ---- validate and stamp ----

local function refuse(self, operation, name, why)
  return errors.new("invalid_parameter", operation.action .. ": " .. errors.tidy(name, 100) .. " " .. why,
    { vendor = self.vendor.name, operation = operation.action })
end

-- A request table (see streamctl.transport.curl) for checked parameters.
local function build(self, operation, params, call_options)
  local vendor = self.vendor
  local request = {
    signer = self.signer, action = operation.action,
    method = operation.method or call_options.method,
    attempt_timeout = call_options.attempt_timeout or self.options.attempt_timeout,
    connect_timeout = call_options.connect_timeout or self.options.connect_timeout,
  }
  local values, at_fault, why
  if operation.params then
    request.params, values, why = validate.run(operation, params, self.context)
    if not request.params then return refuse(self, operation, values, why) end
  else
    values = {}
    for name in pairs(params) do
      if vendor.operations.reserved[name] then
        return refuse(self, operation, name, "belongs to the signature and is filled in")
      end
    end
    at_fault, why = vendor.serialize(request, params)
    if at_fault then return refuse(self, operation, at_fault, why) end
  end
  request.fresh = not is_safe(operation, values)
  if operation.sequence then
    local code, text = vendor.stamp(self, request, values)
    if code then
      return errors.new(code, operation.action .. ": " .. text,
        { vendor = vendor.name, operation = operation.action })
    end
  end
  return request
end

-- ---- decode and judge ----

-- A header of the response, by its name in lower case.
local function header(headers, name)
  for line in (headers or ""):gmatch("[^\r\n]+") do
    if line:sub(1, #name + 1):lower() == name .. ":" then
      return (line:sub(#name + 2):match("^%s*(.-)%s*$"))
    end
  end
end

--- A text without the client's secret, token or a signature.
-- @tparam table self a client
-- @tparam string text
-- @treturn string
function client.hide(self, text)
  return errors.mask(self.signer:redact(text) or "***")
end

-- The beginning of somebody else's text. Hidden before it is cut: half a secret is not recognised.
local function quote(self, text, limit)
  return errors.tidy(client.hide(self, text:sub(1, 65536)), limit)
end

-- The answer as a vendor's judge sees it.
local function decode(self, result)
  local body, why
  if #result.body > 0 then
    body, why = json.decode(result.body)
  else
    why = "it is empty"
  end
  if body then body.RequestId = serialize.text(body.RequestId) end
  return {
    status = result.http_status, body = body, why = why, text = result.body,
    excerpt = function() return quote(self, result.body, 200) end,
    header = function(name) return header(result.headers, name) end,
  }
end

local TLS_HINT = "; set tls.ca_file to the authority's certificate, or install the system's "
  .. "(Debian: ca-certificates)"

local TRANSPORT_TEXT = {
  timeout = function(result)
    if result.http_status then return "the answer was not complete in time" end
    return result.maybe_sent and "no answer in time, after the request was sent"
      or "no connection in time"
  end,
  tls = function(result)
    local message = result.message:lower()
    local hint = (message:find("issuer", 1, true) or message:find("self.signed")) and TLS_HINT or ""
    return "no secure connection: " .. result.message .. hint
  end,
}

local GOES_AGAIN = { dns = true, connect = true, timeout = true, bad_response = true }

-- What stopped a request on its way, as a failure.
local function transport_failure(result)
  local code = result.code
  if code == "crypto" then code = "signature" end -- it could not be signed
  if not errors.codes[code] then code = "connect" end -- no memory, no descriptors
  local describe = TRANSPORT_TEXT[code]
  return {
    code = code, text = describe and describe(result) or result.message, cause = result.message,
    retryable = GOES_AGAIN[code] or false, maybe_executed = result.maybe_sent,
  }
end

-- What a failure becomes for an operation that must not be repeated.
local function outcome_unknown(operation, failure)
  return "it is unknown whether " .. operation.action .. " was executed (" .. failure.code .. ": "
    .. failure.text .. "); do not repeat it blindly. "
    .. (operation.settle or "Ask the vendor for the present state first") .. "."
end

local function finish(self, operation, request, result, deadline)
  local failure, answer
  if result.code == "ok" then
    answer = decode(self, result)
    failure = self.vendor.judge(operation, answer)
    if not failure then return answer.body end
  else
    failure = transport_failure(result)
  end
  failure.text = quote(self, failure.text, 1000)
  local code, text, vendor_code = failure.code, failure.text, failure.vendor_code
  local unsafe = request.fresh
  if unsafe and failure.maybe_executed then
    text, code = outcome_unknown(operation, failure), "outcome_unknown"
  end
  local body = answer and answer.body or {}
  local request_id = serialize.text(body.RequestId) or serialize.text(body.requestId)
    or (answer and answer.header("x-acs-request-id"))
  request_id = request_id and quote(self, request_id, 256)
  local where = operation.action
  if result.http_status then where = where .. ", HTTP " .. string.format("%d", result.http_status) end
  if request_id then where = where .. ", RequestId " .. request_id end
  return errors.new(code, text .. " (" .. where .. ")", {
    vendor = self.vendor.name, operation = operation.action, http_status = result.http_status,
    vendor_code = type(vendor_code) == "string" and quote(self, vendor_code, 256) or vendor_code,
    request_id = request_id,
    retryable = failure.retryable and not (unsafe and failure.maybe_executed),
    maybe_sent = failure.maybe_executed or false,
    attempts = 1, elapsed = deadline:elapsed(), cause = failure.cause and quote(self, failure.cause, 2048),
  })
end

-- ---- the call ----

-- Signs without sending: the fields of a request that any HTTP client can send.
local function sign(self, operation, request, sign_options)
  local target, headers, code = self.signer:sign(request.method, request.action, request.params,
    request.body, request.content_type, sign_options.nonce, sign_options.timestamp)
  if not target then
    if code == "crypto" then code = "signature" end
    return errors.new(errors.codes[code] and code or "invalid_parameter",
      operation.action .. ": " .. headers:gsub("^[%w_]+: ", ""),
      { vendor = self.vendor.name, operation = operation.action })
  end
  return {
    method = request.method, url = self.options.endpoint .. target, headers = headers,
    body = request.body or "",
  }
end

local function dry_run(self, operation, request)
  local signed, message, err = sign(self, operation, request, {})
  if not signed then return nil, message, err end
  signed.url = client.hide(self, signed.url)
  for name, value in pairs(signed.headers) do signed.headers[name] = client.hide(self, value) end
  return signed
end

--- Makes one call.
-- @tparam table self a client
-- @tparam table operation a row
-- @tparam table params
-- @tparam table call_options checked options
-- @treturn[1] table the decoded answer
-- @treturn[2] nil
-- @treturn[2] string message
-- @treturn[2] table err
function client.run(self, operation, params, call_options)
  local deadline = deadlines.after(call_options.timeout or self.options.timeout)
  local request, message, err = build(self, operation, params, call_options)
  if not request then return nil, message, err end
  if call_options.dry_run then return dry_run(self, operation, request) end
  local result = self.options.transport:send(request, deadline)
  return finish(self, operation, request, result, deadline)
end

--- Signs one call.
-- @tparam table self a client
-- @tparam table operation a row
-- @tparam table params
-- @tparam table sign_options checked options
-- @treturn[1] table `method`, `url`, `headers`, `body`
-- @treturn[2] nil
-- @treturn[2] string message
-- @treturn[2] table err
function client.sign(self, operation, params, sign_options)
  local request, message, err = build(self, operation, params, sign_options)
  if not request then return nil, message, err end
  return sign(self, operation, request, sign_options)
end

return client
