--- What `batch`, `wait_for` of a list, and `steps` return.
--
--     local report = rtc:batch("ResumeRTCStreams", ids)
--     print(report) -- 2000 items: 1999 succeeded, 1 failed (101 requests, 5.1 s), and what failed
--     if not report.ok then os.exit(1) end
-- @public streamctl.report

local core = require "streamctl.core"
local errors = require "streamctl.base.errors"

--- The counts of reports, of jobs, and of what `on_progress` and `should_stop` get.
-- @table counts
-- @tfield integer total items; nil while an iterator gives them, or a job is added
-- @tfield integer succeeded
-- @tfield integer failed
-- @tfield integer unknown perhaps executed, see `client:settle`
-- @tfield integer superseded gave way to newer calls, which is no failure
-- @tfield integer unsent certainly not executed; of a job also what waits
-- @tfield integer requests how many went out, shared requests included; not of steps and jobs
-- @tfield number elapsed seconds

--- A report. When a function of yours fails, nothing more is sent, and all that was sent is
-- reported. Ctrl-C is thrown on, and there is no report. What failed inside a success is no
-- success: the item that the vendor names, or all items of a request when it names none of them.
-- @table report
-- @tfield boolean ok none failed, is unknown or unsent, and there is no `err`
-- @tfield table results by index. Those of a batch are made when they are first read: loops over
-- the report's fields and encoders of JSON come to them only after that. With on_result, the
-- result that it threw for and the later results
-- @tfield table failures the results that failed, are unknown or unsent, by index
-- @tfield table err of the iterator, of your function or of the loop: an `err` with the code
-- `caller_error` and `thrown`, the thrown value or the message; or the iterator's third result,
-- when that is an `err`. It is `cancelled` where the batch ended before its iterator

--- What came of an item.
-- @table result
-- @tfield integer index
-- @tfield any item
-- @tfield boolean ok
-- @tfield any answer the vendor's, where there is one; of a step, what `run` returned
-- @tfield string message where it is not ok
-- @tfield table err
-- @tfield boolean undone of a step; nil where nothing was undone
-- @tfield any undo_answer what `undo` returned; a restarted task may have another TaskId
-- @tfield string undo_message

--- What `on_progress` and `should_stop` get.
-- @table progress
-- @tfield integer done all that are counted

local report = {}

local OUTCOMES = { "succeeded", "failed", "unknown", "superseded", "unsent" }
local SHOWN = 5 -- failures in a summary

local function counted(count, noun)
  return count .. " " .. noun .. (count == 1 and "" or "s")
end

-- The counts as a text, such as "3 items: 2 succeeded, 1 failed".
function report.summary(self)
  local words = {}
  for _, outcome in ipairs(OUTCOMES) do
    if self[outcome] > 0 then words[#words + 1] = self[outcome] .. " " .. outcome end
  end
  return counted(self.total or 0, "item") .. ": "
    .. (words[1] and table.concat(words, ", ") or "nothing to do")
end

local function text_of(self)
  local lines = { ("%s (%s, %.1f s)"):format(report.summary(self),
    counted(self.requests, "request"), self.elapsed) }
  if self.err then lines[2] = "ended early: " .. self.err.message end
  for i, result in ipairs(self.failures) do
    if i > SHOWN then
      lines[#lines + 1] = ("  and %d more"):format(#self.failures - SHOWN)
      break
    end
    local item = type(result.item) == "table" and "item " .. result.index or result.item
    lines[#lines + 1] = "  " .. errors.tidy(item, 100) .. ": " .. result.message
  end
  return table.concat(lines, "\n")
end

local Report = { __tostring = text_of }

function report.new()
  local self = setmetatable({ failures = {} }, Report)
  for _, outcome in ipairs(OUTCOMES) do self[outcome] = 0 end
  return self
end

-- Counts a success, or an err by its outcome. Returns whether that is a failure.
function report.count(self, err)
  local outcome = not err and "succeeded" or err.outcome or "failed"
  self[outcome] = self[outcome] + 1
  return outcome ~= "succeeded" and outcome ~= "superseded"
end

-- The counts so far of what `began` at that monotonic time.
function report.progress(self, total, requests, began)
  local told = { total = total, done = 0, requests = requests, elapsed = core.monotonic() - began }
  for _, outcome in ipairs(OUTCOMES) do
    told[outcome], told.done = self[outcome], told.done + self[outcome]
  end
  return told
end

-- Why to end, by what `should_stop` returned; nil to go on.
function report.reason(value)
  if value == true then return "should_stop said so" end
  return value and errors.text_of_any(value) or nil
end

function report.complete(self, total, requests, began)
  self.total, self.requests, self.elapsed = total, requests, core.monotonic() - began
  self.ok = self.failed + self.unknown + self.unsent == 0 and not self.err
  table.sort(self.failures, function(a, b) return a.index < b.index end)
  return self
end

-- Has `make` make the results of a report when they are first read.
function report.defer(self, make)
  return setmetatable(self, { __tostring = text_of, __index = function(_, name)
    if name ~= "results" then return nil end
    setmetatable(self, Report).results = make()
    return self.results
  end })
end

return report
