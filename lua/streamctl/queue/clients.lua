-- The accounts that a worker serves, by its clients, and the operations that it may carry out.

local core = require "streamctl.core"
local errors = require "streamctl.base.errors"
local options = require "streamctl.base.options"
local suggest = require "streamctl.base.suggest"

local clients = {}

-- Why a client cannot be this worker's, or nil.
local function misfit(worker, client)
  local opts = type(client) == "table" and rawget(client, "options")
  if not opts then return "a client is missing, got " .. errors.describe(client) end
  local needed = 2 * (opts.timeout + 3)
  if opts.store ~= worker.queue.store then
    return "a client must have the queue's store: new { store = store, ... }"
  elseif worker.lease < needed then
    return ("the lease must be at least %g s, twice the client's timeout and 6 s; got %g"):format(
      needed, worker.lease)
  end
end

-- The client of an account; nil where others have the client.
function clients.of(worker, key)
  local given = worker.options.clients
  if type(given) == "table" then return worker.clients[key] end
  local client = given(key)
  local why = client and misfit(worker, client)
  if client and not why and client.account ~= key then
    why = "the client for " .. key .. " is one of " .. client.account
  end
  if not why then return client end
  worker:tell(key, "invalid_parameter: " .. why, "invalid_parameter")
end

-- The set of the operations of `only`, as the vendors spell them; or nil and which is unknown.
local function names_of(only)
  local set, aliyun, zego = {}, require "streamctl.aliyun.operations",
    require "streamctl.zego.operations"
  for _, name in ipairs(type(only) == "table" and only or { only }) do
    local row = aliyun:find(name) or zego:find(name)
    if not row then
      local names = options.set_of(aliyun:names(name), zego:names(name))
      return nil, "no operation '" .. errors.tidy(name, 100) .. "'" .. suggest.hint(name, names)
    end
    set[row.action] = true
  end
  return set
end

-- Takes the options `clients` and `only` of a worker; or returns why they do not fit. Workers whose
-- lists name the same accounts are a group, which looks for new work in turn. Nobody can know whose
-- work a function leaves to others, so such a worker is a group of its own.
function clients.begin(worker)
  local given, only, unknown = worker.options.clients, worker.options.only, nil
  if only then worker.only, unknown = names_of(only) end
  if type(given) == "function" then return unknown end
  local names = {}
  for i, client in ipairs(given) do
    unknown = unknown or misfit(worker, client)
    if unknown then return unknown end
    worker.clients[client.account], names[i] = client, client.account
  end
  table.sort(names)
  worker.group = core.sha1(table.concat(names, " "))
  return unknown
end

return clients
