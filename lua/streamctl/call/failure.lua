-- Makes failures and completes them. A failure becomes the caller's `err` (see `streamctl.errors`).
-- Before completion a failure has besides:
--
-- * `text`; `excerpt`, of the answer, whose beginning ends the text; `more`: the message's end
-- * `retry_after`: seconds for which the vendor asks; `server_time`: Unix seconds of the answer
--
-- Before completion `maybe_sent` and `retryable` are about an attempt, then about the call.
--
-- A call that must not be repeated and may have been executed fails with `outcome_unknown`. A row's
-- `settle` is the query that tells the outcome: `{ "DescribeLivePullToPush", "Region", "TaskId" }`,
-- its name and the parameters of both; `DomainName = "PushDomain"` where their names differ; `note`
-- for a person. The other fields judge the answer, see `many/settle.lua`.

local core = require "streamctl.core"
local errors = require "streamctl.base.errors"
local options = require "streamctl.base.options"
local redact = require "streamctl.call.redact"
local retry = require "streamctl.call.retry"

local failure = {}

-- Makes a failure, of `fields` if given: `cause`, `vendor_code`; `retryable` and `maybe_sent` where
-- the code does not tell; `passing`: the vendor's trouble passes.
function failure.new(code, text, fields)
  local made = fields or {}
  local retryable, maybe_sent = retry.facts(code, made.passing)
  made.code, made.text, made.passing = code, text, nil
  if made.retryable == nil then made.retryable = retryable end
  if made.maybe_sent == nil then made.maybe_sent = maybe_sent end
  return made
end

-- The failure of an HTTP status without a code of the vendor.
function failure.no_vendor_code(result)
  local status = result.http_status
  return failure.new(status == 429 and "throttled" or "http",
    string.format("HTTP status %d with no code of the vendor: ", status),
    { passing = status >= 500, excerpt = result.body or "" })
end

-- The failure of a 2xx without the documented shape.
function failure.no_success(result, why)
  return failure.new("bad_response",
    "the answer is no success of this operation: " .. why .. "; it begins: ",
    { excerpt = result.body or "" })
end

-- The code of `errors.codes` for a code of the core or of a transport, or else the default.
local function code_or(code, default)
  return code == "crypto" and "signature" or errors.codes[code] and code or default
end

-- The failure of a request without a whole answer.
function failure.of_transport(result)
  local code = code_or(result.code, "connect") -- without memory or descriptors, for example
  local text = result.message or "the transport does not say why"
  if code == "tls" then
    text = "no secure connection: " .. text
  elseif code == "timeout" then
    text = result.http_status and "the answer was not complete in time"
      or result.maybe_sent and "no answer in time, after the request was sent"
      or "no connection in time"
  end
  local made = failure.new(code, text .. (result.hint or ""),
    { cause = result.message, maybe_sent = result.maybe_sent or false })
  if result.lasting then made.retryable = false end
  return made
end

-- The failure of an attempt that is not begun, since its time would end before its answer; or nil.
function failure.too_late(call)
  if not call.min_left or call.deadline - core.monotonic() >= call.min_left then return nil end
  return failure.new("timeout", string.format("not sent, because %.2f s are left, and an attempt "
    .. "that must not be cut off may take %.2f s; give it a longer timeout",
    math.max(call.deadline - core.monotonic(), 0), call.min_left))
end

-- The failure of a call that does not go out: its last failure, if any. `retryable`: a call that
-- was never sent may be made again.
function failure.ended(call, why, retryable)
  local last = call.failure
  if not last then
    return failure.new("cancelled", "never sent, because " .. why, { retryable = retryable })
  end
  last.more = "; not sent again, because " .. why
  return last
end

-- ---- the query that settles an unknown outcome ----

local function query_text(settle)
  if not settle then return "Ask the vendor for the present state first" end
  local tells = settle.executed or settle.not_executed
  return settle[1] .. (tells and " tells what became of it" or " shows what is, not what was done")
    .. (settle.note and "; " .. settle.note or "")
    .. (tells and ". client:settle(err) asks that" or "")
end

-- Copies the parameters that a text names, or a table of texts.
local function copy_named(copy, params, texts)
  if type(texts) == "table" then
    for _, text in pairs(texts) do copy_named(copy, params, text) end
  else
    for name in texts:gmatch "%w+" do copy[name] = params[name] end
  end
end

-- The data of `settle` -> the wall clock less the monotonic clock, as both were then. So a clock
-- that is set later misleads no settling of this process.
failure.epochs = setmetatable({}, { __mode = "k" })

-- The query that settles a call of `elapsed` seconds, as data fit for JSON: `operation` and
-- `params`; `given`: parameters that the answer is compared with; `began` and `ended`: Unix time;
-- `ahead`: seconds by which the vendor's clock is ahead of that time, if known. Or nil.
function failure.query_of(self, operation, params, elapsed)
  local settle, query, compared = operation.settle, {}, {}
  if not settle then return nil end
  local monotonic, ended = core.clocks()
  params = options.merged(params)
  for _, spec in ipairs(operation.filled_in) do
    if params[spec.name] == nil then params[spec.name] = spec.value or self.context[spec.option] end
  end
  for i = 2, #settle do query[settle[i]] = params[settle[i]] end
  for name, named in pairs(settle) do -- the call names these differently
    if type(name) == "string" and name:find("^%u") then query[name] = params[named] end
  end
  copy_named(compared, params, { settle.entry, settle.same, settle.ends })
  local ahead = self.clock_offset ~= 0 and self.clock_offset or nil
  local made = { operation = settle[1], params = query, given = compared, began = ended - elapsed,
    ended = ended, ahead = ahead }
  failure.epochs[made] = ended - monotonic
  return made
end

-- Makes a failure `outcome_unknown`; its text names the query.
local function make_unknown(self, operation, params, made, elapsed)
  made.text = "it is unknown whether " .. operation.action .. " was executed (" .. made.code
    .. ": " .. made.text .. "); do not repeat it blindly. " .. query_text(operation.settle) .. "."
  made.code, made.retryable = "outcome_unknown", false
  made.settle = failure.query_of(self, operation, params, elapsed)
end

-- ---- errors: nil, message, err ----

-- Refuses before anything is sent.
function failure.refuse(self, operation, code, text)
  return errors.refuse(self.vendor.name, operation.action, code, text)
end

function failure.refuse_parameter(self, operation, at_fault, why)
  return failure.refuse(self, operation, "invalid_parameter",
    errors.tidy(tostring(at_fault), 100) .. " " .. why)
end

-- Refuses a call that the core refuses to sign, by the core's message and code.
function failure.refuse_signing(self, operation, message, code)
  local known_code = code_or(code, "invalid_parameter")
  return failure.refuse(self, operation, known_code, errors.text_of(message))
end

-- Makes the failure the caller's error.
local function complete(self, operation, made, text)
  made.vendor, made.operation, made.text = self.vendor.name, operation.action, nil
  return errors.complete(made, text)
end

function failure.unsent(self, operation, made)
  return complete(self, operation, made,
    operation.action .. ": " .. redact.quote(self, made.text, 1000))
end

-- Ends a call that began at the monotonic time `since`, after an error was thrown, most likely in
-- the caller's transport or store. The call may have been executed.
function failure.thrown(self, operation, params, why, since)
  local made = failure.new("connect", "the call was ended by an error: "
    .. redact.hide(self, errors.text_of_any(why), { params = params }), { maybe_sent = true })
  made.retryable = false
  if not retry.is_harmless(operation, params) then
    make_unknown(self, operation, params, made, core.monotonic() - since)
  end
  return complete(self, operation, made, operation.action .. ": " .. made.text)
end

-- The end of a message: the attempt that failed.
local function place_of(call, made)
  local place = call.operation.action
  if made.http_status then place = place .. ", HTTP " .. string.format("%d", made.http_status) end
  if made.request_id then place = place .. ", RequestId " .. made.request_id end
  if call.attempt > 1 then place = place .. ", attempt " .. call.attempt end
  return place
end

-- Seconds after a stamp for which the store surely knows all newer intents.
failure.SURE = core.STORE_MEMORY - 10

-- The err of a batch's call -> the clocks before the store last knew of no newer call.
failure.stamps = setmetatable({}, { __mode = "k" })

-- Ends a call with a failure, as the caller's error.
function failure.fail(self, call, made)
  local operation, elapsed = call.operation, core.monotonic() - call.started
  local function shown(text, limit) return redact.quote(self, text, limit, call) end
  local excerpt = made.excerpt and operation.secret and "(not shown)" or shown(made.excerpt, 200)
  made.text = shown(made.text .. (excerpt or ""), 1000)
  made.vendor_code, made.request_id = shown(made.vendor_code, 256), shown(made.request_id, 256)
  made.cause = shown(made.cause, 2048)
  if made.maybe_sent and not call.request.safe then
    make_unknown(self, operation, call.params, made, elapsed)
  end
  local text = made.text .. " (" .. place_of(call, made) .. ")" .. (made.more or "")
  made.excerpt, made.more, made.server_time = nil, nil, nil
  made.maybe_sent, made.attempts, made.elapsed = call.maybe_executed, call.attempt, elapsed
  made.superseded, made.idempotency_key = call.dropped, call.once
  call.behind = nil
  made.stamp = not operation.read and (call.stamp or call.number) or nil
  if call.group then failure.stamps[made] = { call.stamped_at or call.started, call.wall } end
  return complete(self, operation, made, text)
end

-- The error of a success with items that failed, see `answer.failed_items`. Items may be secret
-- addresses among the parameters.
function failure.partial(self, operation, answer, items, params, fields)
  local texts, made, vendor_code = {}, fields or {}, items[1].code
  made.code, made.vendor_code = "vendor", redact.quote(self, vendor_code, 256)
  for i, item in ipairs(items) do
    local code = item.code and item.code ~= "" and "code " .. item.code
    local message = item.message ~= "" and item.message
    texts[i] = (item.item or "an item") .. " failed: "
      .. (code and message and code .. ": " .. message or message or code or "no reason is given")
  end
  made.answer, made.maybe_sent = answer, true
  made.request_id = redact.quote(self, answer.RequestId, 256)
  return complete(self, operation, made, operation.action .. ": "
    .. redact.quote(self, table.concat(texts, "; "), 1000, { params = params }))
end

return failure
