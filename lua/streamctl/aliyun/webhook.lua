--- Webhooks ("callbacks") that ApsaraVideo Live sends.
--
--     local webhook = streamctl.aliyun.webhook
--     local event, message, err = webhook.verify(
--       { headers = headers, query = query, body = body },
--       { secret = "...", domains = { "push.example.com", "hooks.example.com" } })
--     if event and event.kind == "stream_started" then print(event.app, event.stream) end
--
-- A signature covers a domain, a time and the key, but not the message's content:
-- docs/how-to/webhooks.md tells the consequences. Nothing is sent, and only stores may wait.
-- @public streamctl.aliyun.webhook

local checks = require "streamctl.base.checks"
local core = require "streamctl.core"
local json = require "streamctl.base.json"
local shared = require "streamctl.vendor.webhook"

-- ---- reading the request ----

local SIGNATURE, TIMESTAMP = "ali-live-signature", "ali-live-timestamp"

-- Returns the two headers of a signature; or nil and why not. Other headers are ignored.
local function read_headers(headers)
  local found = {}
  for name, value in next, headers or {} do
    local lower = type(name) == "string" and name:lower()
    if lower == SIGNATURE or lower == TIMESTAMP then
      if found[lower] or type(value) ~= "string" then
        return nil, "the header " .. lower:upper() .. " is there more than once"
      end
      found[lower] = value
    end
  end
  return found
end

local MAX_BYTES = 65536 -- of a query

local function read_query(query)
  local fields, names = {}, {}
  if #query > MAX_BYTES then return nil, "its query is longer than " .. MAX_BYTES .. " bytes" end
  for pair in query:gsub("^%?", ""):gmatch("[^&]+") do
    local name, value = pair:match("^([^=]*)=?(.*)$")
    name, value = shared.unescape(name), shared.unescape(value)
    if not json.is_utf8(name .. "=" .. value) then return nil, "its query is not UTF-8" end
    if names[name:lower()] then
      return nil, "a parameter is in its query twice; which one counts cannot be told"
    end
    fields[name], names[name:lower()] = value, true
  end
  return fields
end

-- Reads the fields of the body, else of the query. Or returns nil and why not.
local function read_fields(request)
  local read, given = read_query, request.query or ""
  if (request.body or "") ~= "" then read, given = shared.read, request.body end
  local fields, why = read(given)
  if fields and next(fields) == nil then return nil, "it says nothing" end
  return fields, why
end

-- ---- reading the content ----

local RECORDS = { record_started = true, record_paused = true, record_resumed = true }
local ACTIONS = { publish = "stream_started", publish_done = "stream_ended" }

-- By kind: the field with the event's time, and the fields that tell it from other events.
local STREAM = { time = "time", key = { "action", "ip", "app", "appname", "id", "time" } }
local KINDS = {
  stream_started = STREAM, stream_ended = STREAM,
  record_file = { time = "stop_time", key = { "domain", "app", "stream", "uri", "start_time" } },
  pull_to_push = { time = "EventTime", key = { "TaskId", "EventTime", "TaskStatus" } },
}

local function kind_of(body, expected)
  local event = body.event
  if ACTIONS[body.action] then return ACTIONS[body.action] end
  if type(body.Event) == "string" and body.Event:find("^LivePullToPush") then
    return "pull_to_push"
  end
  if RECORDS[event] then return event end
  if expected then return expected end
  if body.uri ~= nil and body.duration ~= nil then return "record_file" end
  if body.domain ~= nil and event == nil and (body.codec ~= nil or body.vbitrate ~= nil) then
    return "record_asked"
  end
  return "other"
end

-- Returns domain, app, stream, and whether the message is about ingest. Ingest calls these app,
-- appname and id.
local function names_of(body, kind)
  local text = shared.text
  if body.appname ~= nil or KINDS[kind] == STREAM then
    return text(body.app), text(body.appname), text(body.id), true
  end
  return text(body.domain), text(body.app), text(body.stream), false
end

-- ---- the signature ----

-- Returns the domains that a message may be signed for, or nil. A message about ingest is signed
-- for the domain that it names; others for the host of the webhook's address, without naming it.
local function domains_of(domains, named, is_ingest)
  domains = type(domains) == "table" and domains or { domains }
  if not is_ingest then return domains end
  for _, domain in ipairs(domains) do
    if named and domain:lower() == named:lower() then return { domain } end
  end
end

local MISMATCH = "it was signed with another key, or for another domain; publishing is signed for "
  .. "the ingest domain, recordings and snapshots for the host of the webhook's address"

-- Returns the code and text of the signature's fault, or nil.
local function fault_of(headers, domains, opts)
  local signature, timestamp = headers[SIGNATURE], headers[TIMESTAMP]
  if not signature or not timestamp then
    return "signature", "it carries no signature; switch on the authentication of callbacks "
      .. "(NotifyReqAuth)"
  end
  if not opts.secret then return "signature", "there is no secret to verify it with" end
  if not domains then return "signature", "its domain is none of those in 'domains'" end
  return shared.fault(signature, timestamp, opts, domains, function(secret, domain)
    return core.md5(domain .. "|" .. timestamp .. "|", secret)
  end, MISMATCH)
end

-- ---- verifying ----

-- See `of` in `vendor/webhook.lua`.
local function judge(request, opts)
  local headers, why = read_headers(request.headers)
  local fields
  if headers then fields, why = read_fields(request) end
  if not fields then return nil, "bad_request", why end
  local kind = kind_of(fields, opts.kind)
  local domain, app, stream, is_ingest = names_of(fields, kind)
  -- pull-to-push is never signed; no page tells whether "record_asked" is
  local verified = kind ~= "pull_to_push"
    and (kind ~= "record_asked" or headers[SIGNATURE] ~= nil or headers[TIMESTAMP] ~= nil)
  if verified then
    local code, text = fault_of(headers, domains_of(opts.domains, domain, is_ingest), opts)
    if code then return nil, code, text end
  elseif not opts.unsigned then
    return nil, "signature", "nothing of it is signed, so anybody may have sent it; set unsigned = "
      .. "true to take it for a hint"
  end
  local known, timestamp = KINDS[kind] or {}, verified and headers[TIMESTAMP] or nil
  return {
    kind = kind, verified = verified, fields = fields, domain = domain, app = app, stream = stream,
    time = known.time and shared.number(fields[known.time]) or shared.number(timestamp),
    reason = kind == "pull_to_push" and shared.text(fields.TaskInvalidReason) or nil,
  }, known.key, timestamp
end

--- What `verify` takes.
-- @table options
-- @tfield string|table secret text, or a list of texts while it is being changed
-- @tfield string|table domains text or a list: the ingest domains, and for recordings and snapshots
-- the host of the webhook's address
-- @tfield[opt=300] number|boolean tolerance seconds that the signature may be older or newer than
-- now; false for any
-- @tfield[opt=false] boolean unsigned true takes also the kinds that the vendor does not sign, and
-- needs no secret where only these come
-- @tfield string kind "snapshot", "stream_exception" or "stream_switched", where the address is for
-- that (their messages do not tell)
local OPTIONS = {
  { "secret", checks.texts }, { "domains", checks.texts }, shared.tolerance,
  { "unsigned", checks.boolean },
  { "kind", checks.one_of("snapshot", "stream_exception", "stream_switched") },
}

function OPTIONS.misuse(opts)
  if not opts.secret then
    return not opts.unsigned
      and "secret is missing; where only what is not signed comes, set unsigned = true"
  end
  return not opts.domains and "domains is missing"
end

--- Verifies a webhook and returns its event. Wrong options are thrown.
-- @function webhook.verify
-- @tparam table|string request `headers`: a table, in any case; `query` and `body`: texts as they
-- came. The query counts where there is no body. A body alone will do where nothing is signed
-- @tparam table options see @{options}
-- @treturn[1] table event: `vendor`, `kind`, `verified`, `key`, `fields` (as the vendor spells
-- them), `domain`, `app`, `stream`, `time` and `expires` (Unix seconds), `reason`; see
-- docs/reference/webhooks.md
-- @failure see `streamctl.errors`: `bad_request` (it is no webhook of ApsaraVideo Live),
-- `signature`, `expired`
return shared.of("aliyun", OPTIONS, judge)
