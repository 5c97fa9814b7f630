-- Makes clients and the public tables of vendors, `streamctl.aliyun` and `streamctl.zego`. The
-- methods of clients are in `class.lua`.
--
-- Beside the fields that `streamctl.call` needs, the facts of a vendor are
--
-- * `checks`: its options of `new`; `keys`: those of a key; `required`: the texts that a key has
--   at least, unless there is `credentials`
-- * `hosts`: names of its hosts, the first for rows without a host; `default_endpoint(options,
--   host)`
-- * `prepare(client, options)`: sets `order` (what Sequences are counted for: the vendor, ":" and a
--   word), and takes the secrets out of the options; returns a signer, or nil and why not. It may
--   set `source`, a source of the signer's credentials, and a `context` in place of the vendor's
-- * `context` (optional): of its clients, see `call/check.lua`
-- * `by_resource` (optional): calls of rows are in order by what they change, see
--   `call/check.lua`, and not by account
-- * `methods` (optional): further methods, by name the module that has the function of that name,
--   `fn(client, params, call_options, group)`; it is loaded by the first call. `batched`: the
--   operation of methods that a batch takes, by name; their calls have the `group` of the batch
-- * `parts` (optional): modules of the public table by name, loaded when they are first named.
--   Where clients have a method of that name, a part is called as that method is
-- * `variables`: of the environment, by the options that they are for where the caller gives none
--   of `keys`; `from_environment(options)` completes these

local checks = require "streamctl.base.checks"
local classes = require "streamctl.vendor.class"
local hosts = require "streamctl.transport.hosts"
local loop = require "streamctl.loop.pick"
local named_store = require "streamctl.store.named"
local options = require "streamctl.base.options"
local pipeline = require "streamctl.call"

local clients = {}

local NONE = {} -- constant: clients share it

-- Returns an option that a key lacks, or nil.
local function lacking(facts, opts)
  for _, name in ipairs(opts.credentials and {} or facts.required) do
    if not opts[name] then return name end
  end
end

-- Completes options that name no part of a key with those of the environment; or nil and why not.
local function with_environment(class, facts, given)
  local found = { tls = { ca_file = checks.variable "STREAMCTL_CA_FILE" } }
  for name, place in pairs(facts.variables) do found[name] = checks.variable(place) end
  facts.from_environment(found)
  local missing = lacking(facts, found)
  if missing then
    return nil, ("the environment variable %s is not set; set it, or give %s.new the options %s")
      :format(facts.variables[missing], class.__name, table.concat(facts.required, " and "))
  end
  -- the vendor's own tools write the bare host there
  found.endpoint = found.endpoint and found.endpoint:gsub("^[^/]+$", "https://%0")
  local opts, why = options.check(options.merged(found, given), class.checks)
  return opts, why and "the environment: " .. why
end

-- Makes a client; or returns nil and what is wrong with the options or the environment.
local function make(class, facts, given)
  local opts, why = options.check(given, class.checks, "the argument of new")
  local has_key = false
  for _, name in ipairs(facts.keys) do has_key = has_key or opts and opts[name] ~= nil end
  if opts and not has_key then opts, why = with_environment(class, facts, opts) end
  if not opts then return nil, why end
  opts = options.merged(options.defaults, opts)
  opts.store, why = named_store(opts.store)
  if not opts.store then return nil, "option 'store': " .. why end
  opts.tls = opts.tls and options.merged(opts.tls)
  opts.endpoint = hosts.normalise(opts.endpoint)
  -- Calls read these 16 fields, which fill a table. `spent` of the budget for repeats; `reported`,
  -- when a failing listener was last reported
  local self = { vendor = facts, options = opts, context = facts.context or NONE, places = {},
    spent = 0, reported = false, source = false, credentials = false, clock_offset = 0,
    secrets = opts.proxy and require("streamctl.base.proxy").secrets(opts.proxy) or NONE,
    loop = loop.choose(opts.loop) }
  local missing = lacking(facts, opts)
  if missing then return nil, "option '" .. missing .. "' is missing" end
  self.signer, why = facts.prepare(self, opts)
  if not self.signer then return nil, why end
  self.account = self.order .. (self.context.stream_prefix and ":test" or "")
  self.endpoint, self.settings = hosts.shown(self), pipeline.settings(self, pipeline.NONE)
  why = opts.loop and not opts.transport and options.sends(opts.loop)
  if why then return nil, "option 'loop' " .. why end
  return setmetatable(self, class)
end

-- ---- the functions of the public table ----

-- The client that `new` makes of no options, kept once there is an account. Until then each call
-- gets a client of its own, without a key: its methods fail as those of other clients do.
local function default_of(class, facts)
  if class.default then return class.default end
  local client, why = make(class, facts)
  class.default = client
  if client then return client end
  local anything = {}
  for _, name in ipairs(facts.required) do anything[name] = "1" end
  client = make(class, facts, anything)
  client.source = { name = "environment", current = function()
    return nil, why, { code = "credentials" }
  end }
  return client
end

-- Makes the public table of a vendor: `new`, and every method of its clients as a function.
function clients.publish(facts)
  local of_hosts = hosts.checks(facts.hosts)
  local class, public = classes.new(facts, of_hosts.host), {}
  class.checks = options.merged(options.common, { endpoint = of_hosts.endpoint }, facts.checks)

  function class.__tostring(self)
    local tls = self.options.tls
    return class.__name .. ": " .. self.endpoint .. " " .. self.account
      .. (tls and tls.verify == false and " (TLS NOT VERIFIED)" or "")
  end

  -- documented with the vendors' options
  function public.new(opts)
    local made, why = make(class, facts, opts)
    if not made then error(class.__name .. ".new: " .. why, 2) end
    return made
  end

  -- Makes a member when it is first named: a method as a function, or a part. Lua calls a part with
  -- the part itself in front, as `table:method()` does with the table.
  local parts = facts.parts or {}
  return setmetatable(public, { __index = function(_, name)
    local part = parts[name] and require(parts[name])
    local invoke = classes.invoker(class, name, part ~= nil)
    if not invoke and not part then
      error(class.__name .. " has no "
        .. classes.hint(class, name, options.merged({ new = true }, parts)), 2)
    end
    local itself = part or public
    local function call(...)
      local answer, message, err =
        invoke(default_of(class, facts), select((...) == itself and 2 or 1, ...))
      return answer, message, err
    end
    if part and invoke then setmetatable(part, { __call = call }) end
    public[name] = part or call
    return public[name]
  end })
end

return clients
