--- Named steps in order, across both vendors.
--
--     local report = streamctl.steps({
--       { name = "stop relay", run = function() return live:stop_live_pull_to_push(task) end,
--         undo = function() return live:restart_live_pull_to_push(task) end },
--       { name = "resume ingest", run = function() return live:resume_live_stream(stream) end },
--     }, { undo = true })
--     print(report) -- a line for each step: done, FAILED and why, undone, not run
--
-- The report has a result for each step, whose `item` is its name. A step that failed is not
-- undone. Where its `err.maybe_sent` is true, it may have been done: its line says FAILED, PERHAPS
-- DONE. The steps behind it are `unsent`.
-- @public streamctl.steps

--- A step of the list.
-- @table step
-- @tfield string name
-- @tfield function run is called with the answers so far, by name, and succeeds when it returns a
-- true value
-- @tfield[opt] function undo is called with the step's answer

--- The options.
-- @table options
-- @tfield[opt=false] boolean undo after a failure undo the finished steps, last first

local checks = require "streamctl.base.checks"
local core = require "streamctl.core"
local encode = require "streamctl.base.encode"
local errors = require "streamctl.base.errors"
local options = require "streamctl.base.options"
local protected = require "streamctl.loop.protected"
local reports = require "streamctl.many.report"

local CHECKS = { undo = checks.boolean }

local function check(list)
  if type(list) ~= "table" then error("steps takes a list of steps, got a " .. type(list), 3) end
  if not encode.list_length(list) then
    error("steps takes a list of steps without gaps or names", 3)
  end
  for i, step in ipairs(list) do
    if type(step) ~= "table" or type(step.name) ~= "string" or type(step.run) ~= "function"
      or (step.undo ~= nil and type(step.undo) ~= "function") then
      error("step " .. i .. " must be { name = text, run = function, undo = function or nil }", 3)
    end
  end
end

local Report = {}

-- The state of each step in a line, and its messages below it.
function Report:__tostring()
  local lines, width, bad = {}, 0, self.failures[1]
  for _, step in ipairs(self.results) do width = math.max(width, #step.item) end
  for i, step in ipairs(self.results) do
    local state = step.ok and "done" or i > bad.index and "not run" or "FAILED"
    if type(step.err) == "table" and step.err.maybe_sent then state = state .. ", PERHAPS DONE" end
    if step.undone ~= nil then state = state .. (step.undone and ", undone" or ", NOT UNDONE") end
    lines[#lines + 1] = step.item .. (" "):rep(width - #step.item + 2) .. state
    local message = state ~= "not run" and (step.message or step.undo_message) or nil
    lines[#lines + 1] = message and "    " .. errors.text_of_any(message):gsub("\n", "%0    ")
  end
  return table.concat(lines, "\n")
end

-- An error thrown inside a step is that step's failure, but Ctrl-C is thrown on. A step can wait.
local function attempt(fn, ...)
  local ok, value, message, err = protected.call(fn, ...)
  if not ok and errors.is_interrupt(value) then error(value, 0) end
  if not ok then return nil, errors.text_of_any(value) end
  if value == nil or value == false then return nil, message or "the step returned nothing", err end
  return value
end

-- Undoes the steps before the one that has failed, if `undoes`, and counts it and those behind it.
local function fail(report, list, failed, undoes)
  local results, index, err = report.results, failed.index, failed.err
  for i = index - 1, undoes and 1 or index, -1 do
    local done = results[i]
    if list[i].undo then
      local undone, reason = attempt(list[i].undo, done.answer)
      done.undone, done.undo_answer, done.undo_message = undone ~= nil, undone, reason
    end
  end
  local is_unknown = type(err) == "table" and err.outcome == "unknown"
  report[is_unknown and "unknown" or "failed"], report.unsent = 1, #list - index
  local text = "never run, since the step '" .. errors.tidy(failed.item, 100) .. "' failed"
  for i = index, #list do
    local result, _ = results[i], nil
    if i > index then _, result.message, result.err = errors.new("cancelled", text) end
    table.insert(report.failures, result)
  end
end

--- Runs steps until one fails.
-- @tparam table list list of `step`
-- @tparam[opt] table options see `options`
-- @treturn table report, see `streamctl.report`
return function(list, step_options)
  check(list)
  local checked, why = options.check(step_options, CHECKS, "the options of steps")
  if not checked then error(why, 2) end
  local began, answers = core.monotonic(), {}
  local report = setmetatable(reports.new(), Report)
  report.results = {}
  for i, step in ipairs(list) do report.results[i] = { index = i, item = step.name, ok = false } end
  for i, step in ipairs(list) do
    local result = report.results[i]
    local answer, message, err = attempt(step.run, answers)
    result.ok, result.answer, result.message, result.err = answer ~= nil, answer, message, err
    if answer == nil then
      fail(report, list, result, checked.undo)
      break
    end
    answers[step.name], report.succeeded = answer, i
  end
  return reports.complete(report, #list, nil, began)
end
