--- Errors: one closed list of codes, one shape.
--
-- A failing call returns `nil, message, err`. `message` is `"<code>: <text>"`; the code is
-- stable, the text may change. `err` is a table, see @{err}.
-- @public streamctl.errors

local core = require "streamctl.core"

local errors = {}

--- What a failing call returns third.
-- @table err
-- @tfield string code stable, of a closed list; docs/reference/errors.md tells what each means
-- @tfield string outcome "failed"; "unknown": perhaps executed, and not to be repeated blindly;
-- "superseded": a newer call has won; "unsent": certainly not executed, and not refused either
-- @tfield string message as the call returns it
-- @tfield string vendor "aliyun" or "zego"
-- @tfield string operation the vendor's own spelling, such as ResumeLiveStream
-- @tfield integer http_status when a status line came back
-- @tfield string|number vendor_code the vendor's own code
-- @tfield string request_id the vendor's
-- @tfield boolean retryable whether the same call may go again and could then succeed
-- @tfield boolean maybe_sent whether the vendor may have executed the call
-- @tfield integer attempts how many were begun, refused connections among them
-- @tfield number elapsed seconds that the whole call took
-- @tfield string cause text of the layer below, when there is one
-- @tfield table superseded the streams or tasks that gave way to newer calls, when there are any
-- @tfield integer stamp the number of a call that changes a stream or a task, see `info` of answers
-- @tfield table settle of `outcome_unknown`: the query that tells what became of the call. It has
-- `operation` and `params`, for `client:settle`
-- @tfield string idempotency_key by which the vendor knows the call's copies, where it has one
-- @tfield any thrown of `caller_error`: what the caller's function threw, or its message
-- @tfield integer page which page of a list failed, counted from 1
-- @tfield string waiter the name of a wait
-- @tfield string last_state the last state that a wait saw
-- @tfield table answer the last answer that a wait saw
-- @tfield table task of `ensure_live_pull_to_push`: the task that has the DstUrl, and has ended, or
-- has other sources or times
-- @tfield boolean absent of a source's `get`: nothing is configured there
-- @tfield boolean remembered of a source's `get`: the failure is an earlier one
-- @tfield number retry_after seconds for which the vendor, or a source of keys, asks to wait

-- What each outcome means, in the order in which it is told. `again`: what may send it again;
-- `status` of the command, where the code names none; `advice` of the command about a report.
errors.outcomes = {
  "failed", "unknown", "superseded", "unsent",
  failed = { again = "retry", status = 1, advice = "`streamctl retry %s` sends again what failed" },
  unknown = { again = "settle", status = 4,
    advice = "`streamctl settle %s` asks the vendor what became of what is unknown" },
  superseded = { again = "never", status = 0 }, -- a newer call has won, so nothing failed
  unsent = { again = "retry", status = 1, advice = "`streamctl retry %s` sends what is unsent" },
}

-- Every code: its outcome; the HTTP status of a service whose request failed so, unless the cause
-- is the stream itself; `again`: a call goes again by itself, while attempts and time are left;
-- `status`: that of the command; `kept`: no fault of the request, so a job keeps it for later,
-- however often. "unsent" becomes "failed" where the vendor may have executed the call, or has
-- refused it. docs/reference/errors.md is made of these lines.
errors.codes = {
  -- the call cannot be made
  invalid_parameter = { "failed", status = 2 }, -- a value cannot be right: the message says why
  credentials = { "unsent", 502, status = 3, kept = true }, -- there is no key, or an unknown one
  cannot_wait = { "failed", 502 }, -- the code cannot wait here: nginx' phase, another loop, Lua 5.1
  store = { "unsent", 503, again = true, kept = true }, -- the store does not answer, or is no store
  -- other calls, and functions of the caller
  superseded = { "superseded" }, -- a newer call was made for the same stream or task
  cancelled = { "unsent", 504, kept = true }, -- the batch, the wait or on_send ended before
  caller_error = { "failed" }, -- your function failed, which the library had called
  -- the network
  dns = { "unsent", 502, again = true }, -- the host name could not be resolved
  connect = { "unsent", 502, again = true }, -- there is no connection, or it broke
  tls = { "unsent", 502, again = true }, -- handshake or certificate failed
  timeout = { "unsent", 504, again = true }, -- a time limit passed
  closed = { "unsent", 502 }, -- the engine was closed meanwhile
  forked = { "unsent", 502 }, -- the process forked meanwhile, and the parent gets the answer
  outcome_unknown = { "unknown" }, -- it may have run: ask by `client:settle(err)`, then repeat
  -- an answer that is not the vendor's
  http = { "failed", 502 }, -- an HTTP status without a code of the vendor
  bad_response = { "failed", 502, again = true }, -- an answer without the documented shape
  too_large = { "failed", 502 }, -- an answer above max_response_bytes, or a request beyond caps
  -- the vendor refuses
  throttled = { "unsent", 503, again = true, kept = true }, -- too many requests
  signature = { "failed", 502, status = 3, kept = true }, -- the secret is wrong
  access_denied = { "failed", 502, status = 3 }, -- the account may not do this
  clock_skew = { "unsent", 502, again = true }, -- our clock and the vendor's differ too much
  replayed = { "failed", 502, again = true }, -- a copy of the request came before (its nonce)
  not_found = { "failed" }, -- there is no such stream, task or domain
  conflict = { "failed" }, -- it exists already, perhaps in another form, or has stopped
  vendor = { "failed" }, -- any other failure that the vendor reports
  -- waits
  not_yet = { "failed" }, -- the time of the wait is over, and it has not happened yet
  wait_failed = { "failed" }, -- the state cannot come any more; `err.answer` has the last answer
  -- webhooks and signed addresses
  bad_request = { "failed" }, -- the request is no webhook of the vendor
  expired = { "failed" }, -- the time of the signature, or of the job's item, is over
  -- jobs
  full = { "unsent" }, -- too many requests of the account wait already
  gave_up = { "failed" }, -- several workers began the request, and none ended it
}

-- Returns the outcome of an err, or of a record of one.
function errors.outcome_of(err)
  local outcome = errors.codes[err.code][1]
  local is_told = err.maybe_sent or err.http_status or err.vendor_code
  return outcome == "unsent" and is_told and "failed" or outcome
end

-- Text stays below this, whatever a vendor or a caller put into it.
local MAX_TEXT = 2048
local QUOTED = { "vendor_code", "request_id" } -- texts of the vendor's, which are short

local Error = { __name = "streamctl.error" }
Error.__index = Error

function Error:__tostring()
  return self.message
end

function Error.__concat(a, b)
  return tostring(a) .. tostring(b)
end

local SHOWN = { string = true, number = true, boolean = true }

-- Makes a text printable, on one line, and not too long. Metamethods of tables are not called.
local function tidy(text, limit)
  local kind = type(text)
  text = kind == "number" and core.number_text(text) or SHOWN[kind] and tostring(text)
    or "a " .. kind
  text = text:sub(1, limit + 1):gsub("[%c\127]", " ")
  if #text > limit then
    -- do not cut a UTF-8 sequence in two
    text = text:sub(1, limit):gsub("[\192-\255][\128-\191]*$", "") .. "..."
  end
  return text
end

errors.tidy = tidy

-- The kind of a wrong value, for messages.
function errors.describe(value)
  return value == nil and "nothing" or "a " .. type(value)
end

-- Hides the user part of a URL, whatever is in it. The pattern is anchored, so that the time stays
-- proportional to the length.
function errors.mask_url(url)
  if not url:find("://", 1, true) or not url:find("@", 1, true) then return url end
  return (url:gsub("^(.-://).*@", "%1***@"))
end

-- Hides signatures, and the user part of URLs (a proxy's password). Secrets and tokens are hidden
-- by their signer.
function errors.mask(text)
  return (text:gsub("([Ss]ignature=)[%w%%+/=._~-]+", "%1***")
    :gsub("([Ss]ignature%%[25]*3[Dd])[%w%%+/=._~-]+", "%1***")
    :gsub("([Ss]ignature[\"']%s*:%s*[\"'])[%w%%+/=._~-]+", "%1***")
    :gsub("[^%s'\"]+", errors.mask_url))
end

-- The beginning of any text for a message. Secrets are hidden before the cut, since half a URL is
-- not recognised.
function errors.quote(text, limit)
  return tidy(errors.mask(tidy(text, 65536)), limit)
end

-- Completes an error, which has a `code`: fills in defaults, and makes all texts fit to show.
-- Returns nil, message, err.
function errors.complete(err, text)
  assert(errors.codes[err.code], err.code)
  err.message = err.code .. ": " .. tidy(errors.mask(text), MAX_TEXT)
  if err.cause then err.cause = tidy(errors.mask(err.cause), MAX_TEXT) end
  for _, name in ipairs(QUOTED) do
    if type(err[name]) == "string" then err[name] = tidy(err[name], 256) end
  end
  err.retryable = err.retryable or false
  err.maybe_sent = err.maybe_sent or false
  err.outcome = errors.outcome_of(err)
  err.attempts = err.attempts or 0
  err.elapsed = err.elapsed or 0
  return nil, err.message, setmetatable(err, Error)
end

-- Refuses before anything was sent; the text begins with the operation. Returns nil, message, err.
function errors.refuse(vendor, operation, code, text)
  return errors.complete({ code = code, vendor = vendor, operation = operation },
    operation .. ": " .. text)
end

-- An error for another caller, who may change it.
function errors.copy(err)
  local copy = {}
  for name, value in next, err do copy[name] = value end
  return setmetatable(copy, Error)
end

-- Whether an interpreter raised this on Ctrl-C, which ends a call as it does elsewhere.
function errors.is_interrupt(why)
  return errors.text_of_any(why):find("interrupted!", 1, true) ~= nil
end

-- A text for any value that the caller's code gives or throws; its __tostring may fail.
function errors.text_of_any(value)
  local ok, text = pcall(tostring, value)
  return ok and type(text) == "string" and text or "a " .. type(value)
end

-- The text behind the code of a message.
function errors.text_of(message)
  return (message:gsub("^[%w_]+: ", "", 1))
end

-- Makes an error: nil, message, err. `text` says what was wrong, what was expected, what to do;
-- `fields` are the other fields of `err`.
function errors.new(code, text, fields)
  local err = errors.copy(fields or {})
  err.code = code
  return errors.complete(err, text)
end

return errors
