-- Makes requests of parameters by an operation's row (see `rows.lua`). Its `params` are a list of
--
--     { name = "PageSize", type = "integer", required = true, min = 1, max = 3000 }
--
-- Types of one value: `text`, `integer`, `number`, `boolean`, `time` (UTC text, or Unix seconds,
-- which are rounded down), `stream_id`, `sequence`; and of a list: `json_list` (texts, as one JSON
-- text), `stream_ids`. Types that hold others: `list` (of `items`, one of the types; texts without
-- it), `object` (of `fields`, a list such as `params`, perhaps with `rules`), `map` (of any names).
--
-- Limits: `enum`, `max_length` (characters), `max_bytes`, `min`, `max`, `above`, `word` (only A-Z
-- a-z 0-9 - _), `lines` (line breaks and tabs are fine: true without it, but for names that end as
-- those of ids, names and addresses do), `prefixed` (StreamIds take the prefix of the test
-- environment); of lists `min_items` (1 without it) and `max_items`, all others being those of
-- their items. A missing parameter is filled in with the text `value`, or with the client's option
-- named by `option`. `default`: what the vendor takes for a missing one, in the words of its page.
--
-- `wire` is the name that is sent. A `style` says how a list, an object or a map is sent: as one
-- JSON text ("json"), with commas ("commas"), else flattened as the vendor does. Callers may write
-- such texts themselves. With the row's `body`, parameters travel in a form or a JSON object, but
-- for those with `query = true`.
--
-- `rules` tie parameters of one value together: `{ "later", "EndTime", "StartTime" }` (the first
-- must be later), `{ "future", "EndTime", "2592000" }` (later than now, and perhaps by that many
-- seconds at most), `{ "required_if", name, other, value }`,
-- `{ "single_if", name, other, value }` (a list of one item if `other` has that value), and
-- `{ "any_of", name, other }` (one of them is there, or both).
--
-- `resource` names the parameters that tell which stream or task a call changes:
-- `{ "Region", "TaskId", of = "task" }`. Of calls for one resource, a newer call wins over a late
-- repeat of an older call, and a batch sends them in turn. `of` keeps resources apart: ZEGO forbids
-- a StreamId in its rooms and on the CDN separately. With `secret = true` a text may hold a secret,
-- as a stream's address does: keys hold its hash, and messages the parameter's name.
--
-- `core.operation` (`csrc/check/operation.c`) compiles a row at the row's first call.

local core = require "streamctl.core"
local failures = require "streamctl.call.failure"
local faults = require "streamctl.call.faults"
local options = require "streamctl.base.options"
local retry = require "streamctl.call.retry"

local check = {}

-- Ends of names of texts without line breaks: ids, names, addresses. Others may be certificates.
local ONE_LINE = {
  "ids?$", "names?$", "app$", "stream$", "domains?$", "urls?$", "region$", "bucket$", "endpoint$",
  "key$", "token$", "time$", "type$",
}

local function may_hold_lines(name)
  name = name:lower():gsub("%d+$", "")
  for _, ending in ipairs(ONE_LINE) do
    if name:find(ending) then return false end
  end
  return true
end

-- Notes for all texts whether line breaks are fine.
local function find_lines(specs)
  for _, spec in ipairs(specs) do
    local kind = spec.type == "list" and spec.items or spec.type
    local is_text = kind == "text" or kind == "list"
    if is_text and spec.lines == nil then spec.lines = may_hold_lines(spec.name) end
    if spec.fields then find_lines(spec.fields) end
  end
end

local function compile(row)
  find_lines(row.params)
  row.make = core.operation(row)
  return row.make
end

-- The parameters that the options of an operation without a row name.
local function named_params(operation)
  local params, in_body = {}, operation.in_body
  in_body = type(in_body) == "table" and in_body
  local resource = options.set_of(operation.resource or {})
  for name in pairs(options.merged(resource, in_body or {})) do
    params[#params + 1] = { name = name, type = "list", query = in_body and not in_body[name],
      style = operation.list_style }
  end
  return params
end

-- Makes the function of an operation whose parameters are not checked.
local function compile_open(self, operation, method)
  local vendor = self.vendor
  method = operation.method or method or vendor.method_of(operation)
  local make = core.operation {
    action = operation.action, method = method, open = true,
    body = operation.body or (operation.in_body and vendor.body)
      or (method == "POST" and vendor.post_body) or nil,
    params = operation.params or named_params(operation),
    sequence = operation.sequence, read = operation.read, resource = operation.resource,
    rest_style = operation.list_style,
    rest_in_query = type(operation.in_body) == "table",
  }
  if operation.params then operation.open_make = make end
  return make
end

-- Gives a call the id by which the vendor knows the call's copies, in the field of the row's
-- `once`, such as "RecordInputParams.ClientTaskId". The caller's id stays. Returns a copy of
-- `params` with the id, and the id; or nil and why.
local function with_once(operation, params)
  local copy = options.merged(params)
  local at = copy
  local outer, name = operation.once:match("^(.-)([^.]+)$")
  for part in outer:gmatch("[^.]+") do
    local inner = rawget(at, part)
    if type(inner) ~= "table" then return params end -- the check will refuse that
    at[part] = options.merged(inner)
    at = at[part]
  end
  if at[name] == nil then
    local id, why = core.nonce()
    if not id then return nil, why end
    at[name] = id
  end
  return copy, at[name]
end

-- Whether the parameters of a call are checked.
function check.is_wanted(self, call_options)
  local validate = call_options.validate
  return validate or validate == nil and self.options.validate ~= false
end

-- Makes a request (see csrc/lua/request.c) and, where the row has `once`, the id of the call's
-- copies; or nil, message, err. The client's `context` holds `from_zero` (ZEGO's names of items),
-- `stream_prefix` of ZEGO's test environment, and the options that fill in parameters. With an
-- `origin`, for calls without a Sequence, the request comes signed.
function check.build(self, operation, params, call_options, origin)
  local make, once
  if operation.once then
    params, once = with_once(operation, params)
    if not params then return failures.refuse(self, operation, "signature", once) end
  end
  local validate = call_options.validate -- as `is_wanted` does, which is another call
  if operation.params and (validate or validate == nil and self.options.validate ~= false) then
    make = operation.make or compile(operation)
  else
    for name in next, params do
      if self.vendor.operations.reserved[name] then
        return failures.refuse_parameter(self, operation, name,
          "belongs to the signature and is filled in")
      end
    end
    make = operation.open_make or compile_open(self, operation, call_options.method)
  end
  local safe, context = operation.safe, self.context
  if safe ~= true then safe = retry.is_harmless(operation, params) end
  local request, found, path, spec, value, rule = make(params, context, self.signer, safe,
    origin, origin and call_options.nonce, origin and call_options.timestamp)
  if request == false then
    return failures.refuse_signing(self, operation, found, path)
  elseif not request then
    return failures.refuse_parameter(self, operation,
      faults.explain(context, found, path, spec, value, rule))
  end
  return request, once
end

return check
