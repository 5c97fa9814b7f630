--- Named steps in order, across both vendors.
--
--     local report = streamctl.steps({
--       { name = "stop relay", run = function() return live:stop_live_pull_to_push(task) end,
--         undo = function() return live:restart_live_pull_to_push(task) end },
--       { name = "resume ingest", run = function() return live:resume_live_stream(stream) end },
--     }, { undo = true })
--     print(report) -- a line for each step: done, FAILED and why, undone, not run
--
-- A step that failed is not undone. Where its `err.maybe_sent` is true, it may have been done: its
-- line says FAILED, PERHAPS DONE.
-- @public streamctl.steps

--- A step of the list.
-- @table step
-- @tfield string name
-- @tfield function run is called with the results so far, by name, and succeeds when it returns a
-- true value
-- @tfield[opt] function undo is called with the step's result

--- The options.
-- @table options
-- @tfield[opt=false] boolean undo after a failure undo the finished steps, last first

--- What comes back. `tostring` writes a line for each step.
-- @table report
-- @tfield boolean ok
-- @tfield string failed the name of the step that failed
-- @tfield string message of that step
-- @tfield table err of that step, when it returned one
-- @tfield number elapsed seconds
-- @tfield table steps list of `result`

--- What came of a step.
-- @table result
-- @tfield string name
-- @tfield boolean ok nil for a step that was never run
-- @tfield any result what `run` returned
-- @tfield string message
-- @tfield table err
-- @tfield boolean undone nil where nothing was undone
-- @tfield any undo_result what `undo` returned; a restarted task may have another TaskId
-- @tfield string undo_message

local checks = require "streamctl.checks"
local core = require "streamctl.core"
local encode = require "streamctl.encode"
local errors = require "streamctl.errors"
local options = require "streamctl.options"
local protected = require "streamctl.loop.protected"

local CHECKS = { undo = checks.boolean }

local function callable(value)
  local meta = getmetatable(value)
  return type(value) == "function" or (type(meta) == "table" and meta.__call ~= nil)
end

local function check(list)
  if type(list) ~= "table" then error("steps takes a list of steps, got a " .. type(list), 3) end
  if not encode.list_length(list) then
    error("steps takes a list of steps without gaps or names", 3)
  end
  for i, step in ipairs(list) do
    if type(step) ~= "table" or type(step.name) ~= "string" or not callable(step.run)
      or (step.undo ~= nil and not callable(step.undo)) then
      error("step " .. i .. " must be { name = text, run = function, undo = function or nil }", 3)
    end
  end
end

local Report = {}

-- Returns the state of each step in a line, and its messages below it.
function Report:__tostring()
  local lines, width = {}, 0
  for _, step in ipairs(self.steps) do width = math.max(width, #step.name) end
  for _, step in ipairs(self.steps) do
    local state = step.ok == nil and "not run" or step.ok and "done" or "FAILED"
    if type(step.err) == "table" and step.err.maybe_sent then state = state .. ", PERHAPS DONE" end
    if step.undone ~= nil then state = state .. (step.undone and ", undone" or ", NOT UNDONE") end
    lines[#lines + 1] = step.name .. (" "):rep(width - #step.name + 2) .. state
    local message = step.message or step.undo_message
    lines[#lines + 1] = message and "    " .. errors.text_of_any(message)
  end
  return table.concat(lines, "\n")
end

-- An error thrown inside a step is that step's failure; a step can wait, on every Lua.
local function attempt(fn, ...)
  local ok, value, message, err = protected.call(fn, ...)
  if not ok then return nil, errors.text_of_any(value) end
  if value == nil or value == false then return nil, message or "the step returned nothing", err end
  return value
end

--- Runs steps until one fails.
-- @tparam table list list of `step`
-- @tparam[opt] table options see `options`
-- @treturn table see `report`
return function(list, step_options)
  check(list)
  local checked, why = options.check(step_options, CHECKS, "the options of steps")
  if not checked then error(why, 2) end
  local start, results = core.monotonic(), {}
  local report = setmetatable({ ok = true, steps = {} }, Report)
  for i, step in ipairs(list) do report.steps[i] = { name = step.name } end
  for i, step in ipairs(list) do
    local entry = report.steps[i]
    local result, message, err = attempt(step.run, results)
    entry.ok, entry.result, entry.message, entry.err = result ~= nil, result, message, err
    if result == nil then
      report.ok, report.failed, report.message, report.err = false, step.name, message, err
      for j = i - 1, checked.undo and 1 or i, -1 do
        local done = report.steps[j]
        if list[j].undo then
          local undone, reason = attempt(list[j].undo, done.result)
          done.undone, done.undo_result, done.undo_message = undone ~= nil, undone, reason
        end
      end
      break
    end
    results[step.name] = result
  end
  report.elapsed = core.monotonic() - start
  return report
end
