-- Waits for each of a list: all at the same time, with one time limit and one report. Their looks
-- keep the documented rate, as all calls do, and waits that ask the same share an answer.

local failures = require "streamctl.call.failure"
local merged = require("streamctl.base.options").merged
local protected = require "streamctl.loop.protected"
local results = require "streamctl.many.results"
local wait = require "streamctl.many.wait"

local waits = {}

-- The parameters of an item: a table, or an id where the waiter takes nothing else; nil, message,
-- err for any other item.
local function params_of(client, name, waiter, operation, item)
  if type(item) == "table" then return item end
  local is_lone = #waiter == 2 and not waiter.needs and not waiter.some
  if is_lone and type(item) == "string" then return { [waiter[2]] = item } end
  return failures.refuse(client, operation, "invalid_parameter", "the waiter " .. name
    .. ": the item must be a table of parameters, got a " .. type(item))
end

-- Waits as `wait.run` does, for each of a list. Returns a report.
function waits.run(self, name, waiter, operation, list, wait_options)
  local all = results.new(self, operation, { should_stop = wait_options.should_stop }, merged(list))
  local functions = {}
  wait_options = merged(wait_options, { should_stop = all.group.should_stop })
  for i, item in ipairs(list) do
    functions[i] = function()
      local params, message, err = params_of(self, name, waiter, operation, item)
      local answer
      if params then
        answer, message, err = all:attempt(all.start, params, wait.run, self, name, waiter,
          operation, params, wait_options, all.group)
      end
      all:enter({ index = i, item = item, ok = false }, answer, message, err)
    end
  end
  protected.together(self.loop(), functions)
  return all:complete(#functions)
end

return waits
