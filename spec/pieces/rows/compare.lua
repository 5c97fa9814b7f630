-- Compares rows with the facts that the vendors document (spec/bytes/vectors/operations).

local assert = require "luassert"

local compare = {}

local TYPES = {
  text = "string", time = "string", stream_id = "string", integer = "integer", number = "number",
  boolean = "boolean", list = "list", json_list = "list", stream_ids = "list", object = "object",
  map = "map",
}
local LIMITS = {
  "min", "max", "above", "max_length", "min_length", "max_bytes", "max_items", "min_items", "word",
  "default",
}

local function holds_all(list, wanted)
  local has = {}
  for _, value in ipairs(list) do has[value] = true end
  for _, value in ipairs(wanted) do
    if not has[value] then return false end
  end
  return true
end

local function same_enum(said, wanted, is_open)
  if not said or not wanted then return said == wanted or said == nil and is_open end
  return holds_all(said, wanted) and (is_open or holds_all(wanted, said))
end

-- What a row says of a limit that the facts have: limits of every list and id stand in no row.
local function said_limit(fact, limit, param)
  local value = fact[limit]
  if limit == "min_items" and value == 1 then return nil end
  if param.type == "stream_id" and value == 256 then return nil end
  return value
end

-- Adds to `problems` what the parameters of a row and their facts disagree about, as
-- "path.Name.what". `expect(what, param, fact)` returns further disagreements of a parameter by
-- name; `different`: disagreements on purpose.
function compare.params(problems, path, params, facts, different, further)
  local seen = {}
  for _, param in ipairs(params) do
    local name, fact = path .. "." .. param.name, facts[param.name]
    seen[param.name] = true
    local checks = fact and {
      type = TYPES[param.type] == fact.type,
      items = fact.type ~= "list" or TYPES[param.items or "text"] == (fact.items or "string"),
      style = (param.type == "json_list" and "json" or param.style) == fact.style,
      required = (param.required or nil) == fact.required,
      enum = same_enum(param.enum, fact.enum or fact.item_enum, fact.open),
      prefixed = param.prefixed == fact.prefixed,
    } or { ["in the facts"] = false }
    if fact then
      for _, limit in ipairs(LIMITS) do
        checks[limit] = param[limit] == said_limit(fact, limit, param)
      end
      further(checks, param, fact)
      compare.params(problems, name, param.fields or {}, fact.fields or {}, different, further)
    end
    for what, fine in pairs(checks) do
      local problem = name .. "." .. what
      if (not fine) ~= (different[problem] ~= nil) then problems[#problems + 1] = problem end
    end
  end
  for name in pairs(facts) do
    if not seen[name] then problems[#problems + 1] = path .. "." .. name .. " has no row" end
  end
end

-- Asserts that the query of a row that settles an unknown outcome takes over its parameters.
function compare.settle(operations, row)
  local settle, taken = row.settle, {}
  if not settle then return end
  local query = operations:find(settle[1])
  assert.is_true(query.safe, row.action)
  for i = 2, #settle do taken[settle[i]] = settle[i] end
  for name, from in pairs(settle) do
    if type(name) == "string" and query.by_name[name] then taken[name] = from end
  end
  for name, from in pairs(taken) do
    assert.is_table(query.by_name[name], row.action .. " asks with " .. name)
    assert.is_table(row.by_name[from], row.action .. " has no " .. from)
  end
  for _, param in ipairs(query.params) do
    assert.is_true(not param.required or taken[param.name] ~= nil,
      row.action .. " lacks " .. param.name)
  end
end

return compare
