--- What a caller gets whose call must not be repeated and may have been executed.
--
-- A row's `settle` is the query that tells: `{ "DescribeLivePullToPush", "Region", "TaskId" }`, its
-- name and the parameters that both take; `DomainName = "PushDomain"` is one that they name
-- differently, and `note` something for a person. Its other fields say what the answer means, see
-- @{streamctl.settle}.
-- @module streamctl.call.unknown

local check = require "streamctl.call.check"
local core = require "streamctl.core"

local unknown = {}

-- Parameters of the query that the call names differently, in order; all begin with a capital.
local function renamed(settle)
  local names = {}
  for name in pairs(settle) do
    if type(name) == "string" and name:find("^%u") then names[#names + 1] = name end
  end
  table.sort(names)
  return names
end

local function describe(settle)
  if not settle then return "Ask the vendor for the present state first" end
  local same = table.concat(settle, ", ", 2):gsub(", (%w+)$", " and %1")
  local text = settle[1] .. (same ~= "" and " with the same " .. same or "")
  for _, name in ipairs(renamed(settle)) do
    text = text .. (text:find(" with ", 1, true) and ", and with " or " with ")
      .. settle[name] .. " as " .. name
  end
  local tells = settle.executed or settle.not_executed
  return text .. (tells and " tells what became of it" or " shows what is, not what was done")
    .. (settle.note and "; " .. settle.note or "")
    .. (tells and ". client:settle(err) asks that" or "")
end

-- Parameters by which the entries of the answer are compared.
local function note_names(names, entry)
  if type(entry) == "string" then
    for name in entry:gmatch("{(%w+)%??}") do names[name] = true end
  end
  for field, text in pairs(type(entry) == "table" and entry or {}) do
    if type(field) == "number" then names[text] = true else note_names(names, text) end
  end
end

--- What settles a call that took `elapsed` seconds: `operation` and `params` of the query; `given`,
-- what its answer is compared with; `began` and `ended`, Unix time. It is plain data, which may be
-- written down as JSON; nil when nothing settles the operation.
function unknown.settle(client, operation, params, elapsed)
  local settle = operation.settle
  if not settle then return nil end
  local filled, ended = check.filled(operation, params, client.context), core.now()
  local query, given, names = {}, {}, {}
  for i = 2, #settle do query[settle[i]] = rawget(filled, settle[i]) end
  for _, name in ipairs(renamed(settle)) do query[name] = rawget(filled, settle[name]) end
  note_names(names, settle.entry)
  note_names(names, settle.same)
  note_names(names, { settle.ends })
  for name in pairs(names) do given[name] = rawget(filled, name) end
  return { operation = settle[1], params = query, given = given, began = ended - elapsed,
    ended = ended }
end

--- Makes a failure `outcome_unknown`, since the call must not be repeated; its text names
-- the query.
function unknown.note(client, operation, params, failure, elapsed)
  failure.text = "it is unknown whether " .. operation.action .. " was executed (" .. failure.code
    .. ": " .. failure.text .. "); do not repeat it blindly. " .. describe(operation.settle) .. "."
  failure.code, failure.retryable = "outcome_unknown", false
  failure.settle = unknown.settle(client, operation, params, elapsed)
end

return unknown
