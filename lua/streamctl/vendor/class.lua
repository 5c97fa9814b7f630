--- The methods of clients.
--
-- A client has a method for each operation (see @{streamctl.aliyun.methods} and
-- @{streamctl.zego.methods}), also in the vendor's spelling, and the methods below. The vendor's
-- table has each as a function: `streamctl.zego.batch(...)` is the method of one client, which
-- `streamctl.zego.new()` makes at the first call.
--
-- `client.account` is the account, whose rate and jobs its clients share: a text such as
-- "zego:1234567890", or "zego:1234567890:test" in the test environment.
-- @public streamctl.Client

local encode = require "streamctl.base.encode"
local errors = require "streamctl.base.errors"
local options = require "streamctl.base.options"
local pipeline = require "streamctl.call"
local suggest = require "streamctl.base.suggest"

local class = {}

local set_of = options.set_of

-- Mistakes are reported at the caller's line: above the check, the invoker and the method, which
-- are no tail calls until all is checked.
local CALLER = 4

local CLASSES = {} -- all that were made, as names
local WANTED = { batch = "a list or an iterator of items", settle = "the err of a failed call",
  stamp = "a list of items" }

-- Modules of `many/` are loaded by the first call that needs them: many programs make single calls.

-- ---- checks, which throw ----

-- Checks client and arguments of the method `name`. Returns the checked options, and the class of
-- the client, which must be `expected` if that is not nil. `checks` may name a field of the class.
local function check_call(self, name, params, given, checks, expected)
  local of = getmetatable(self)
  if not CLASSES[of or 0] or expected and of ~= expected then
    error("call it with a colon: client:" .. name .. "{...}", CALLER)
  elseif type(params) ~= "table" then
    error(name .. " takes " .. (WANTED[name] or "a table of parameters") .. ", got "
      .. errors.describe(params), CALLER)
  end
  local checked, why = options.check(given, of[checks] or checks, "the options of ", name)
  if not checked then error(why, CALLER) end
  return checked, of
end

-- Returns the function that makes a call: `pipeline.run`, or that of `share_requests`. Throws where
-- an option is not for the operation.
local function maker_of(client, operation, call_options)
  local wanted
  if call_options.stamp and (operation.read or not (operation.sequence or operation.resource)) then
    wanted = "'stamp' is for calls that change a stream or a task"
  elseif call_options.redelivered and (operation.read or not operation.safe) then
    wanted = "'redelivered' is for changes that may be sent twice"
  end
  if wanted then error("the option " .. wanted .. ", not for " .. operation.action, CALLER) end
  local shares = operation.list and pipeline.option(client, call_options, "share_requests")
  return shares and require("streamctl.many.share").run or pipeline.run
end

-- Returns a row; with the options of a call, also one for an operation of the vendor that has none.
local function find_operation(operations, name, call_options)
  if type(name) ~= "string" then
    error("the operation must be a name such as 'ResumeLiveStream', got "
      .. errors.describe(name), CALLER)
  end
  local row = operations:find(name)
  for option, value in next, row and call_options or {} do
    if (options.generic[option] or option == "host") and value ~= row[option] then
      error("the option '" .. option .. "' is for operations without a row; " .. row.action
        .. " has one", CALLER)
    end
  end
  if row then return row end
  if not call_options or #name > 100 or not name:find("^%u%w*$") then
    error("no operation " .. suggest.quoted(name, operations:names(name)) .. (call_options
      and "; operations that are not listed are spelled as the vendor spells them"
      or "; an operation that is not listed is for client:call"), CALLER)
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

-- ---- methods that are no operations: function(self, ...), called by a method of `method_of` ----

local invokers = {}

--- Calls any operation of the vendor's API. An operation without a row counts as one that must not
-- be repeated, unless the caller passes `idempotent = true`; its parameters are not checked, and
-- flattened into the query unless `in_body` and `list_style` say otherwise.
-- @function Client:call
-- @tparam string operation in either spelling; as the vendor spells it, if it has no row
-- @tparam[opt] table params
-- @tparam[opt] table options `method`, `host`, `idempotent`, `resource`, `in_body`, `list_style`,
-- `timeout`, `attempt_timeout`, `connect_timeout`, `retry`, `validate`, see `streamctl.options`
-- @treturn[1] table the decoded answer
-- @failure see `streamctl.errors`
function invokers.call(self, operation, params, given)
  if params == nil then params = {} end
  local call_options, of = check_call(self, "call", params, given, "call_checks")
  operation = find_operation(of.operations, operation, call_options)
  return maker_of(self, operation, call_options)(self, operation, params, call_options)
end

--- Signs a call without sending it. Works in every nginx phase and with any HTTP client.
-- @function Client:sign
-- @tparam string operation in either spelling
-- @tparam[opt] table params
-- @tparam[opt] table options `nonce`, `timestamp`, `validate`, `masked`, see
-- `streamctl.options.sign`; for operations without a row those of `call`
-- @treturn[1] table `method`, `url`, `headers` (name to value), `body` ("" when empty)
-- @failure see `streamctl.errors`
function invokers.sign(self, operation, params, given)
  if params == nil then params = {} end
  local sign_options, of = check_call(self, "sign", params, given, "sign_checks")
  operation = find_operation(of.operations, operation, sign_options)
  return pipeline.sign(self, operation, params, sign_options)
end

--- Makes one call for each of many items, at the documented rate and some in flight at a time.
-- @function Client:batch
-- @tparam string operation in either spelling, or a method that takes the parameters of one; it
-- must have a row
-- @tparam table|function items a list, or a function that returns the next item and nil at the
-- end: tables of parameters, or texts for the one that is required and not in `params`, such as ids
-- @tparam[opt] table options see `streamctl.batch`
-- @treturn table report, see `streamctl.report`
function invokers.batch(self, operation, items, given)
  local batch = require "streamctl.many.batch"
  local list = type(items) == "function" and {} or items
  local batch_options, of = check_call(self, "batch", list, given, batch.checks)
  if not encode.list_length(list) then
    error("batch takes a list of items without gaps or names, or an iterator: a function that "
      .. "returns the next item", CALLER - 1)
  end
  local behind = self.vendor.batched and self.vendor.batched[operation]
  local helper = behind and require(self.vendor.methods[operation])[operation]
  operation = find_operation(of.operations, behind or operation)
  local make_call = maker_of(self, operation, batch_options)
  if helper then
    -- where there is one, all calls of a helper are asked whether the batch has ended
    batch_options = options.merged({ should_stop = function() end }, batch_options)
    function make_call(client, _, params, call_options, group)
      return helper(client, params, call_options, group)
    end
  end
  return batch.run(self, operation, items, batch_options, make_call)
end

--- Takes a stamp for calls that are made later, perhaps by another process. With it as their option
-- `stamp` they give way to calls that others make meanwhile.
-- @function Client:stamp
-- @tparam string operation in either spelling; it must have a row
-- @tparam table items a list, as of `batch`
-- @tparam[opt] table params parameters that all items have
-- @treturn[1] integer the stamp; false for an operation that changes no stream and no task
-- @failure see `streamctl.errors`
function invokers.stamp(self, operation, items, params)
  local _, of = check_call(self, "stamp", items, nil, {})
  return require("streamctl.many.age").of(self, find_operation(of.operations, operation), items,
    params or {})
end

function invokers.wait_for(self, name, params, given)
  local wait = require "streamctl.many.wait"
  local wait_options, of = check_call(self, "wait_for", params, given, wait.checks)
  local waiter, why = wait.find(self.vendor, name)
  if not waiter then error(why, CALLER - 1) end
  local run = encode.list_length(params) and wait.run_all or wait.run
  return run(self, name, waiter, of.operations:find(waiter[1]), params, wait_options)
end

function invokers.pages(self, operation, params, given)
  local pages = require "streamctl.many.pages"
  if params == nil then params = {} end
  local page_options, of = check_call(self, "pages", params, given, pages.checks)
  operation = find_operation(of.operations, operation)
  local made, why = pages.new(self, operation, params, page_options)
  if not made then error(why, CALLER - 1) end
  return made
end

function invokers.settle(self, err, given)
  local settle = require "streamctl.many.settle"
  local settle_options, of = check_call(self, "settle", err, given, options.limits)
  local why = settle.misuse(err, self.vendor.name)
  if why then error(why, CALLER - 1) end
  local row = find_operation(of.operations, err.operation, {})
  local query = row.settle and of.operations:find(row.settle[1])
  return settle.run(self, row, query, err, settle_options)
end

-- ---- classes ----

-- The invoker of an operation, or of a helper method, whose module is loaded by its first call.
local function invoker_of(of, name, operation, module)
  local checks = module and options.limits or options.call
  return function(self, params, given)
    local call_options = check_call(self, name, params, given, checks, of)
    local make_call = maker_of(self, operation, call_options)
    if not module then return make_call(self, operation, params, call_options) end
    -- no tail call: the helper throws at the caller's line
    local answer, message, err = require(module)[name](self, params, call_options)
    return answer, message, err
  end
end

-- Makes a method. The call of an operation without options takes the short way.
local function method_of(of, operation, invoke)
  local is_list, run, NONE = operation and operation.list, pipeline.run, pipeline.NONE
  return function(self, a, b, c)
    local answer, message, err
    if operation and b == nil and type(a) == "table" and getmetatable(self) == of
      and not (is_list and self.options.share_requests) then
      answer, message, err = run(self, operation, a, NONE)
    else
      answer, message, err = invoke(self, a, b, c)
    end
    return answer, message, err
  end
end

-- Returns function(self, ...) for the name of a method, and the row of an operation; or nil. A part
-- of the vendor's table is no operation.
function class.invoker(of, name, is_part)
  local invoke, module = invokers[name], of.helpers[name]
  if invoke or module then return invoke or invoker_of(of, name, { action = name }, module) end
  local row = not is_part and type(name) == "string" and of.operations:find(name)
  if row then return invoker_of(of, name, row), row end
end

-- Returns a name that nothing has, and a similar name of a method or of `others`.
function class.hint(of, name, others)
  return suggest.quoted(name,
    options.merged(set_of(of.operations:names()), invokers, of.helpers, others))
end

-- Makes the class of a vendor's clients (see client.lua). Its methods are made when they are first
-- named.
function class.new(facts, check_host)
  local host = { host = check_host }
  local of = { __name = "streamctl." .. facts.name, operations = facts.operations, host = host,
    helpers = facts.methods or {},
    call_checks = options.merged(options.call, options.generic, host),
    sign_checks = options.merged(options.sign, options.generic, host) }
  CLASSES[of] = true
  of.__index = setmetatable({}, { __index = function(methods, name)
    local invoke, row = class.invoker(of, name)
    if not invoke then error("no method " .. class.hint(of, name, {}), 2) end
    methods[name] = method_of(of, row, invoke)
    return methods[name]
  end })
  return of
end

return class
