-- Makes clients and the public tables of vendors, `streamctl.aliyun` and `streamctl.zego`. The
-- methods of clients are in `class.lua`.
--
-- Beside the fields that `streamctl.call` needs, the facts of a vendor are
--
-- * `checks`: its options of `new`; `required`: the names of options that must be given, unless
--   there is `credentials`
-- * `hosts`: names of its hosts, the first for rows without a host; `default_endpoint(options,
--   host)`
-- * `prepare(client, options)`: sets `account_key` (what Sequences and rates are counted for: the
--   vendor, ":" and a word), and takes the secrets out of the options; returns a signer, or nil and
--   why not. It may set `source`, a source of the signer's credentials, and a `context` in place of
--   the vendor's
-- * `account(client)`: the account's text; `context` (optional): of its clients, see
--   `call/check.lua`
-- * `by_resource` (optional): calls of rows are in order by what they change, see
--   `call/check.lua`, and not by account
-- * `methods` (optional): further methods, by name the module that has the function of that name,
--   `fn(client, params, call_options)`; it is loaded by the first call. `batched`: the operation
--   of methods that a batch takes, by name
-- * `parts` (optional): modules of the public table by name, loaded when they are first named.
--   Where clients have a method of that name, a part is called as that method is
-- * `from_environment(variable)`: options, or nil and which variable is missing; `variable` returns
--   the text of a variable, or nil

local classes = require "streamctl.vendor.class"
local errors = require "streamctl.errors"
local hosts = require "streamctl.transport.hosts"
local loop = require "streamctl.loop.pick"
local named_store = require "streamctl.store.named"
local options = require "streamctl.options"
local pipeline = require "streamctl.call"
local transports = require "streamctl.transport"

local clients = {}

-- A process may have a thousand clients, so clients share tables with equal content.
local NONE = {} -- constant
local known = setmetatable({}, { __mode = "v" }) -- settings by the options that they are made of

local function settings_of(self)
  local opts = self.options
  if opts.retry ~= nil then return pipeline.settings(self, pipeline.NONE) end
  local key = table.concat({ opts.timeout, opts.attempt_timeout, opts.connect_timeout }, " ")
  known[key] = known[key] or pipeline.settings(self, pipeline.NONE)
  return known[key]
end

-- Makes a client; or returns nil and what is wrong with the options.
local function make(class, facts, given)
  local opts, why = options.check(given == nil and {} or given, class.checks, "the argument of new")
  if not opts then return nil, why end
  for name, value in pairs(options.defaults) do
    if opts[name] == nil then opts[name] = value end
  end
  opts.store, why = named_store(opts.store)
  if not opts.store then return nil, "option 'store': " .. why end
  opts.tls = opts.tls and options.merged(opts.tls)
  opts.endpoint = hosts.normalise(opts.endpoint)
  -- Calls read these 16 fields, which fill a table. `spent` of the budget for repeats; `reported`,
  -- when a failing listener was last reported
  local self = { vendor = facts, options = opts, context = facts.context or NONE, places = {},
    spent = 0, reported = false, source = false, credentials = false, clock_offset = 0,
    secrets = opts.proxy and require("streamctl.proxy").secrets(opts.proxy) or NONE,
    loop = loop.choose(opts.loop) }
  for _, name in ipairs(opts.credentials and {} or facts.required) do
    if not opts[name] then return nil, "option '" .. name .. "' is missing" end
  end
  self.signer, why = facts.prepare(self, opts)
  if not self.signer then return nil, why end
  self.scope = self.account_key .. (self.context.stream_prefix and ":test" or "")
  self.endpoint, self.settings = hosts.shown(self), settings_of(self)
  why = transports.unfit(opts)
  if why then return nil, why end
  return setmetatable(self, class)
end

-- ---- the client that the environment describes ----

local function variable(name)
  local value = os.getenv(name)
  return value ~= "" and value or nil
end

-- Makes that client; or returns nil, message, err for the method `name`.
local function from_environment(class, facts, name)
  local fields = { vendor = facts.name, operation = name }
  local opts, missing = facts.from_environment(variable)
  if not opts then
    return errors.new("credentials", "the environment variable " .. missing .. " is not set; set "
      .. "it, or make a client with " .. class.__name .. ".new", fields)
  end
  -- the vendor's own tools write the bare host there
  if opts.endpoint and not opts.endpoint:find("://", 1, true) then
    opts.endpoint = "https://" .. opts.endpoint
  end
  opts.tls = { ca_file = variable "STREAMCTL_CA_FILE" }
  local made, why = make(class, facts, opts)
  if not made then return errors.new("invalid_parameter", "the environment: " .. why, fields) end
  return made
end

-- Returns a function that calls a method of that client, which is made at the first call. `first`
-- counts the first argument of the method: Lua calls a part with the part itself in front.
local function call_of(public, class, facts, name, invoke, first)
  return function(...)
    if (...) == public then
      error("call it with a dot: " .. class.__name .. "." .. name .. "{...}", 2)
    end
    local answer, message, err
    if not class.default then
      class.default, message, err = from_environment(class, facts, name)
    end
    if not class.default then return nil, message, err end
    answer, message, err = invoke(class.default, select(first, ...))
    return answer, message, err
  end
end

-- Makes a member of the public table when it is first named: a method as a function, or a part.
local function add_member(public, class, facts, name)
  local parts = facts.parts or {}
  local part, invoke = parts[name], classes.invoker(class, name, parts[name] ~= nil)
  if not invoke and not part then
    local hint = classes.hint(class, name, options.merged(public, parts))
    error(class.__name .. " has no " .. hint, 3)
  end
  part = part and require(part)
  local call = invoke and call_of(public, class, facts, name, invoke, part and 2 or 1)
  if part and call then setmetatable(part, { __call = call }) end
  public[name] = part or call
  return public[name]
end

-- Makes the public table of a vendor: `new`, and every method of its clients as a function.
function clients.publish(facts)
  local of_hosts = hosts.checks(facts.hosts)
  local class, public = classes.new(facts, of_hosts.host), {}
  class.checks = options.merged(options.common, { endpoint = of_hosts.endpoint }, facts.checks)

  function class.__tostring(self)
    local tls = self.options.tls
    return class.__name .. ": " .. self.endpoint .. " " .. facts.account(self)
      .. (tls and tls.verify == false and " (TLS NOT VERIFIED)" or "")
  end

  -- documented with the vendors' options
  function public.new(opts)
    local made, why = make(class, facts, opts)
    if not made then error(class.__name .. ".new: " .. why, 2) end
    return made
  end

  return setmetatable(public, { __index = function(_, name)
    local member = add_member(public, class, facts, name)
    return member
  end })
end

return clients
