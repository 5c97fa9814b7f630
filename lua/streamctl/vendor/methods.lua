--- The methods of clients.
--
-- A client has a method for each operation (see @{streamctl.aliyun.methods} and
-- @{streamctl.zego.methods}; they are made in `class.lua`) and those below. The vendor's table has
-- the same as functions, which use a client that is made from the environment at the first call.
--
-- `client.account_key` is the account that rates and Sequences are counted for, as a text such as
-- "zego:1234567890"; two clients with the same one act on the same streams.
-- @public streamctl.Client

local class_of = require "streamctl.vendor.class"
local encode = require "streamctl.encode"
local errors = require "streamctl.errors"
local options = require "streamctl.options"
local pipeline = require "streamctl.call"
local suggest = require "streamctl.suggest"

local CALLER, check_call, maker_of = class_of.CALLER, class_of.check_call, class_of.maker_of
local set_of = options.set_of

-- Options that only make sense for actions without a row.
local FOR_OTHERS = set_of {
  "method", "host", "idempotent", "resource", "in_body", "list_style",
}

-- A row, or a makeshift one for an action the vendor has and we do not list.
local function find_operation(class, name, call_options)
  if type(name) ~= "string" then
    error("the operation must be a name such as 'ResumeLiveStream', got "
      .. errors.describe(name), CALLER)
  end
  local row = class.operations:find(name)
  if row and next(call_options) == nil then return row end
  for option, value in next, row and call_options or {} do
    if FOR_OTHERS[option] and value ~= row[option] then
      error("the option '" .. option .. "' is for actions without a row; " .. row.action
        .. " has one", CALLER)
    end
  end
  if row then return row end
  if #name > 100 or not name:find("^%u%w*$") then
    error("no operation '" .. errors.tidy(name, 100) .. "'"
      .. suggest.hint(name, set_of(class.operations:names()))
      .. "; actions that are not listed are spelled as the vendor spells them", CALLER)
  end
  local in_body = call_options.in_body
  if in_body and call_options.method == "GET" then
    error("the option 'in_body' is for the method POST; a GET has no body", CALLER)
  end
  return {
    action = name, host = call_options.host, safe = call_options.idempotent or false,
    resource = call_options.resource, list_style = call_options.list_style,
    in_body = type(in_body) == "table" and set_of(in_body) or in_body,
  }
end

-- Makes the calls of a batch by a helper method, whose requests are told and stopped as others are.
local function by_helper(method)
  return function(client, _, params, given, shared)
    local call_options = options.merged(given)
    local on_send, should_stop = given.on_send, shared.should_stop
    function call_options.on_send(call)
      local why = should_stop and should_stop()
      if why then return false, why end
      shared.requests = shared.requests + 1
      if on_send then return on_send(call) end
    end
    return method(client, params, call_options)
  end
end

-- Those of a vendor's clients that are no operations, by name: function(self, ...).
return function(class, extra, host)
  local invokers = {}
  local of_call = options.merged(options.call, options.generic, host)
  local of_sign = options.merged(options.sign, host)

  --- Calls any action of the vendor's API.
  -- An action without a row counts as one that must not be repeated, unless the caller passes
  -- `idempotent = true`; its parameters are not checked, and flattened into the query unless
  -- `in_body` and `list_style` say otherwise.
  -- @function Client:call
  -- @tparam string action as the vendor spells it
  -- @tparam[opt] table params
  -- @tparam[opt] table options `method`, `host`, `idempotent`, `resource`, `in_body`, `list_style`,
  -- `timeout`, `attempt_timeout`, `connect_timeout`, `retry`, `validate`, `dry_run`, see
  -- `streamctl.options`
  -- @treturn[1] table the decoded answer
  -- @treturn[2] nil
  -- @treturn[2] string message
  -- @treturn[2] table err, see streamctl.errors
  function invokers.call(self, action, params, given)
    if params == nil then params = {} end
    local call_options = check_call(class, self, "call", params, given, of_call)
    local operation = find_operation(class, action, call_options)
    return maker_of(self.vendor, operation, call_options)(self, operation, params, call_options)
  end

  --- Signs a call without sending it. Works in every nginx phase and with any HTTP client.
  -- @function Client:sign
  -- @tparam string operation in either spelling
  -- @tparam[opt] table params
  -- @tparam[opt] table options `nonce` (text) and `timestamp` (Unix seconds), used as given;
  -- `validate`; `method`, `host`, `in_body` and `list_style` for actions without a row
  -- @treturn[1] table `method`, `url`, `headers` (name to value), `body` ("" when empty)
  -- @treturn[2] nil
  -- @treturn[2] string message
  -- @treturn[2] table err, see streamctl.errors
  function invokers.sign(self, operation, params, given)
    if params == nil then params = {} end
    local sign_options = check_call(class, self, "sign", params, given, of_sign)
    operation = find_operation(class, operation, sign_options)
    return pipeline.sign(self, operation, params, sign_options)
  end

  --- Makes one call for each of many items, paced and some in flight at a time.
  -- @function Client:batch
  -- @tparam string operation in either spelling, or a method that takes the parameters of one
  -- @tparam table|function items a list, or a function that returns the next item and nil at the
  -- end: ids for operations that take a list of StreamIds, else tables of parameters
  -- @tparam[opt] table options see `streamctl.batch`
  -- @treturn table report, see `streamctl.batch`
  function invokers.batch(self, operation, items, given)
    local batch = require "streamctl.many.batch" -- only who uses it loads it
    local list = type(items) == "function" and {} or items
    local of_batch = options.merged(batch.checks, host)
    local batch_options = check_call(class, self, "batch", list, given, of_batch)
    if not encode.list_length(list) then
      error("batch takes a list of items without gaps or names, or an iterator: a function that "
        .. "returns the next item", CALLER - 1)
    end
    local action = self.vendor.batched and self.vendor.batched[operation]
    local helper = action and extra[operation]
    operation = find_operation(class, action or operation, batch_options)
    local make_call = maker_of(self.vendor, operation, batch_options)
    if helper then make_call = by_helper(helper) end
    return batch.run(self, operation, items, batch_options, make_call)
  end

  -- documented where it is: streamctl.wait
  function invokers.wait_for(self, name, params, given)
    local wait = require "streamctl.many.wait" -- only who uses it loads it
    local wait_options = check_call(class, self, "wait_for", params, given, wait.checks)
    local waiter, why = wait.find(self.vendor, name)
    if not waiter then error(why, CALLER - 1) end
    local operation = find_operation(class, waiter[1], {})
    return wait.run(self, name, waiter, operation, params, wait_options)
  end

  -- documented where it is: streamctl.pages
  function invokers.pages(self, operation, params, given)
    local pages = require "streamctl.many.pages" -- only who uses it loads it
    if params == nil then params = {} end
    local page_options = check_call(class, self, "pages", params, given, pages.checks)
    local made, why = pages.new(self, find_operation(class, operation, {}), params, page_options)
    if not made then error(why, CALLER - 1) end
    return made
  end

  -- documented where it is: streamctl.settle
  function invokers.settle(self, err, given)
    local settle = require "streamctl.many.settle" -- only who uses it loads it
    local settle_options = check_call(class, self, "settle", err, given, settle.checks)
    local why = settle.misuse(err, self.vendor.name)
    if why then error(why, CALLER - 1) end
    local row = find_operation(class, err.operation, {})
    local query = row.settle and find_operation(class, row.settle[1], {})
    return settle.run(self, row, query, err, settle_options)
  end

  for name, method in pairs(extra) do
    invokers[name] = function(self, params, given)
      local call_options = check_call(class, self, name, params, given, options.call)
      local row = self.vendor.operations:find(self.vendor.calls[name] or "")
      maker_of(self.vendor, row or { action = name }, call_options)
      return method(self, params, call_options)
    end
  end

  return invokers
end
