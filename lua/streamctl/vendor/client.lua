--- Clients: what @{streamctl.aliyun} and @{streamctl.zego} have in common. Their methods are in
-- `class.lua`.
--
-- Beside what streamctl.call asks for, a vendor's table holds
--
-- * `checks`: its own options
-- * `required`: names of options that must be given, unless there is `credentials`
-- * `hosts`: names of its hosts, the first is that of rows without one; `default_endpoint(options,
--   host)`
-- * `prepare(client, options)`: sets `account` (text for messages) and `account_key` (what
--   Sequences and rates are counted for: the vendor, ":" and a word), fills in `context` (see
--   streamctl.call.check), and takes the secrets out of the options; returns a signer, or nil
--   and why not. `source` stays false, or becomes where the signer's credentials come from (see
--   streamctl.credentials.source), and `held` what it has of that
-- * `by_resource` (optional): calls of rows are in order by what they change, see
--   streamctl.call.check, and not by account
-- * `methods` (optional): further methods, `fn(client, params, call_options)` by name; `calls`: the
--   action that one makes, by name, where it is one; `batched`: that of those which a batch takes
--   in its place, since they take its parameters
-- * `parts` (optional): modules of the public table by name, loaded when they are first named.
--   Where clients have a method of that name, a part is called as that method is
-- * `from_environment(variable)`: options, or nil and which variable is missing; `variable`
--   gives the text of one, or nil
-- @module streamctl.vendor.client

local classes = require "streamctl.vendor.class"
local hosts = require "streamctl.transport.hosts"
local loop = require "streamctl.loop.pick"
local memory = require "streamctl.store.memory"
local options = require "streamctl.options"
local pipeline = require "streamctl.call"
local transports = require "streamctl.transport"

local clients = {}

-- A client, or nil and what is wrong with the options.
local function make(class, facts, checks, given)
  local opts, why = options.check(given == nil and {} or given, checks, "the argument of new")
  if not opts then return nil, why end
  for name, value in pairs(options.defaults) do
    if opts[name] == nil then opts[name] = value end
  end
  opts.tls = opts.tls and options.merged(opts.tls)
  opts.endpoint = hosts.normalise(opts.endpoint)
  local self = { vendor = facts, options = opts, context = {}, places = {},
    spent = 0, reported = false, source = false, credentials = false, clock_offset = 0,
    secrets = opts.proxy and require("streamctl.proxy").secrets(opts.proxy) or {} }
  for _, name in ipairs(opts.credentials and {} or facts.required) do
    if not opts[name] then return nil, "option '" .. name .. "' is missing" end
  end
  self.signer, why = facts.prepare(self, opts)
  if not self.signer then return nil, why end
  self.order_key, self.by_resource = self.account_key .. ":order", facts.by_resource or false
  self.domain, self.domain_order = false, false -- that a call was about, and whose order that is
  self.endpoint = hosts.shown(self)
  self.scope = self.account_key .. (self.context.stream_prefix and ":test" or "")
  opts.store = opts.store or memory.shared
  self.loop, self.settings = loop.choose(opts.loop), pipeline.settings(self, {})
  why = transports.unfit(opts)
  if why then return nil, why end
  return setmetatable(self, class)
end

-- Makes the public table of a vendor: `new`, and every method of its clients as a function (see
-- `default.lua`).
function clients.publish(facts)
  local of_hosts = hosts.checks(facts.hosts)
  local class = classes.new(facts, of_hosts.host)
  local checks = options.merged(options.common, { endpoint = of_hosts.endpoint }, facts.checks)
  local public = {}

  function class.__tostring(self)
    local tls = self.options.tls
    return class.__name .. ": " .. self.endpoint .. " " .. self.account
      .. (tls and tls.verify == false and " (TLS NOT VERIFIED)" or "")
  end

  --- Makes a client.
  -- @function new
  -- @tparam table options see `streamctl.options` and the vendor's page
  -- @treturn table client
  function public.new(given)
    local made, why = make(class, facts, checks, given)
    if not made then error("streamctl." .. facts.name .. ".new: " .. why, 2) end
    return made
  end

  local functions
  return setmetatable(public, {
    __index = function(_, name)
      functions = functions or require "streamctl.vendor.default"(public, class, facts,
        function(given) return make(class, facts, checks, given) end)
      local found = functions(name)
      return found
    end,
  })
end

return clients
