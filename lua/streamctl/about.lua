--- What a call is about: the stream, the task or the address that it changes.
--
-- A row names it by parameters, `about = { "Region", "TaskId", of = "task" }`. Calls whose keys are
-- the same change the same thing: a newer one wins over a late repeat of an older one, and a batch
-- sends them one after the other. `of` keeps apart what is changed apart: ZEGO forbids one StreamId
-- in its rooms and on the CDN by itself. Rows with the same `of` undo or overtake each other.
-- @module streamctl.about

local serialize = require "streamctl.serialize"
local validate = require "streamctl.validate"

local about = {}

-- No text that a vendor takes holds it.
local SEPARATOR = "\0"

-- One part of a key. A stream of the test environment is the same with the prefix and without.
local function part(value, prefix)
  local text = serialize.text(value) or ""
  if prefix and text:sub(1, #prefix) == prefix then return text:sub(#prefix + 1) end
  return text
end

--- The things a call is about, each as a text that is the same for the same thing of one account.
-- @tparam table operation a row, or a makeshift one of an action without a row; `about` in it may
-- be missing
-- @tparam table params by name, checked or not; read without metamethods
-- @tparam table context of the client, see @{streamctl.validate}
-- @treturn table|nil list of keys, in the order of the items where a parameter is a list, and one
-- for each item; nil when the operation names nothing
function about.keys(operation, params, context)
  local names = operation.about
  if not names then return nil end
  params = validate.fill_in(operation, params, context)
  local keys = { names.of or table.concat(names, ",") }
  for place, name in ipairs(names) do
    local spec, value = operation.by_name and operation.by_name[name], rawget(params, name)
    local fold = spec and spec.prefixed and context.stream_prefix
    local between, longer = place == 1 and ":" or SEPARATOR, {}
    local values = type(value) == "table" and value or { value }
    for _, key in ipairs(keys) do
      for i = 1, math.max(#values, 1) do
        longer[#longer + 1] = key .. between .. part(rawget(values, i), fold)
      end
    end
    keys = longer
  end
  return keys
end

return about
