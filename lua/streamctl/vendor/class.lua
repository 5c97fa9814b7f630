--- The class of a vendor's clients: a method for each operation, made when it is first named, and
-- those of `methods.lua`, loaded when one of them is.
-- @module streamctl.vendor.class

local errors = require "streamctl.errors"
local options = require "streamctl.options"
local pipeline = require "streamctl.call"
local suggest = require "streamctl.suggest"

local class = {}

--- Programming mistakes are reported at the caller's line: above check, invoker and face, which are
-- no tail calls until all is checked.
class.CALLER = 4

local CALLER, NONE = class.CALLER, pipeline.NONE

--- Checks what the method `name` of a class `of` clients was called with, and returns its options;
-- throws.
function class.check_call(of, self, name, params, given, checks)
  if getmetatable(self) ~= of then
    error("call it with a colon: client:" .. name .. "{...}", CALLER)
  end
  if type(params) ~= "table" then
    local wanted = name == "batch" and "list or an iterator of items" or "table of parameters"
    error(name .. " takes a " .. wanted .. ", got " .. errors.describe(params), CALLER)
  end
  local checked, why = options.check(given, checks, "the options of ", name, name == "sign")
  if not checked then error(why, CALLER) end
  return checked
end

--- What makes a call, as `streamctl.call` does: with the option `check` it looks after it.
function class.maker_of(vendor, operation, call_options)
  if not call_options.check then return pipeline.run end
  local check = require "streamctl.many.verify" -- only who uses it loads it
  local why = check.misuse(vendor, operation, call_options.check)
  if why then error(why, CALLER) end
  return check.run
end

-- What checks what a method was called with: function(self, ...).
local function invoker_of(of, row)
  return function(self, params, given)
    local call_options = class.check_call(of, self, row.name, params, given, options.call)
    return class.maker_of(self.vendor, row, call_options)(self, row, params, call_options)
  end
end

-- The method itself; `row` is that of an operation. Its call without options takes no way round.
local function face_of(of, row, invoke)
  return function(self, a, b, c)
    local answer, message, err
    if row and b == nil and type(a) == "table" and getmetatable(self) == of then
      answer, message, err = pipeline.run(self, row, a, NONE)
    else
      answer, message, err = invoke(self, a, b, c)
    end
    return answer, message, err
  end
end

-- What methods.lua has.
local OTHERS = { "batch", "call", "pages", "settle", "sign", "wait_for" }

--- Makes the class of a vendor, see streamctl.vendor.client. It has `invoker(name, unlisted)`:
-- function(self, ...), or nil, without a look at the rows for what is `unlisted`; and `hint(name,
-- own)`: the name and what may have been meant, `own` being names beside those of methods.
function class.new(facts, check_host)
  local operations, extra = facts.operations, facts.methods or {}
  local made, invokers = { __name = "streamctl." .. facts.name, operations = operations }, {}
  local others = options.set_of(OTHERS)
  for name in pairs(extra) do others[name] = true end

  function made.invoker(name, unlisted)
    if invokers[name] then return invokers[name] end
    if others[name] then
      invokers = options.merged(invokers,
        require "streamctl.vendor.methods"(made, extra, { host = check_host }))
    elseif type(name) == "string" and not unlisted then
      local row = operations:find(name)
      if row and row.name == name then invokers[name] = invoker_of(made, row) end
    end
    return invokers[name]
  end

  function made.hint(name, own)
    local names = options.merged(options.set_of(operations:names()), others, own)
    return "'" .. errors.tidy(name, 100) .. "'" .. suggest.hint(name, names)
  end

  made.__index = setmetatable({}, {
    __index = function(faces, name)
      local invoke = made.invoker(name)
      if not invoke then error("no method " .. made.hint(name, {}), 2) end
      faces[name] = face_of(made, not others[name] and operations:find(name), invoke)
      return faces[name]
    end,
  })

  return made
end

return class
