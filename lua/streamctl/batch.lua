--- One operation for many items: paced, some in flight at a time, one report in input order.
--
-- Operations that take a list of ids (ResumeRTCStreams and its kin) get ids as items: repeated ones
-- are sent once, and they go out in requests of up to 20. For every other operation an item is a
-- table of parameters. Calls for one stream are never in flight at the same time.
-- @public streamctl.batch

local core = require "streamctl.core"
local errors = require "streamctl.errors"
local options = require "streamctl.options"
local validate = require "streamctl.validate"

local batch = {}

--- Options beside those of a call; `timeout` is that of the whole batch, which has none by itself. The
-- client's own time limit counts from each slot that a call gets.
-- @table checks
batch.checks = options.merged(options.call, {
  concurrency = options.checks.whole(1, 1000), -- requests in flight at a time, 8
  on_progress = options.checks.callback, -- called after each request; returning false cancels the rest
  stop_on_error = options.checks.boolean, -- after a failure nothing more is sent
})
batch.checks.dry_run = nil

-- Parameters that say which stream or task a call is about.
local ABOUT = { "DomainName", "AppName", "StreamName", "StreamId", "Region", "TaskId", "DstUrl" }

local function key_of(params, prefix)
  local parts = {}
  for _, name in ipairs(ABOUT) do
    local value = tostring(params[name])
    -- with the prefix of the test environment or without, it is the same stream
    if prefix and value:sub(1, #prefix) == prefix then value = value:sub(#prefix + 1) end
    parts[#parts + 1] = value
  end
  return table.concat(parts, "\0")
end

-- A job is one request: `params`, and `places`: for each of its streams, where the report has it.
-- A chain is a list of jobs for one stream, to be sent one after the other.

local function chains_of_tables(run, items)
  local chains, by_key = {}, {}
  for i, item in ipairs(items) do
    if type(item) ~= "table" then
      run:settle({ i }, errors.new("invalid_parameter", run.operation.action
        .. ": the item must be a table of parameters, got a " .. type(item), run.about))
    else
      local key = key_of(item, run.client.context.stream_prefix)
      local chain = by_key[key]
      if not chain then
        chain = {}
        by_key[key], chains[#chains + 1] = chain, chain
      end
      chain[#chain + 1] = { params = item, places = { { i } } }
    end
  end
  return chains
end

-- Ill-formed ids fail by themselves; the others are put together, each once.
local function chains_of_ids(run, spec, items)
  local chains, job, places_of = {}, nil, {}
  for i, id in ipairs(items) do
    local wire, _, why = validate.run(run.operation, { [spec.name] = { id } }, run.client.context)
    local places = wire and places_of[wire[2]]
    if not wire then
      run:settle({ i }, errors.new("invalid_parameter", run.operation.action .. ": " .. spec.name .. " "
        .. why:gsub("^item 1 ", ""), run.about))
    elseif places then
      places[#places + 1] = i
    else
      if not job or #job.places == spec.max_items then
        job = { params = { [spec.name] = {} }, places = {}, streams = {} }
        chains[#chains + 1] = { job }
      end
      places = { i }
      places_of[wire[2]] = places
      table.insert(job.params[spec.name], id)
      table.insert(job.places, places)
      table.insert(job.streams, wire[2])
    end
  end
  return chains
end

local Run = {}
Run.__index = Run

-- Enters an outcome at some places of the report.
function Run:settle(places, response, message, err)
  local report, ok = self.report, response ~= nil
  for _, i in ipairs(places) do
    local result = report.results[i]
    result.ok, result.response, result.message, result.err = ok, response, message, err
    report.succeeded = report.succeeded + (ok and 1 or 0)
    report.failed = report.failed + (ok and 0 or 1)
  end
  if not ok and self.options.stop_on_error then self:stop("an earlier item failed") end
end

function Run:stop(why)
  self.stopped = self.stopped or why
end

function Run:settle_job(job, response, message, err)
  local gone = {}
  for _, stream in ipairs(response and response.superseded or {}) do gone[stream] = true end
  for i, places in ipairs(job.places) do
    if job.streams and gone[job.streams[i]] then
      self:settle(places, errors.new("superseded", self.operation.action .. ": a newer call for "
        .. job.streams[i] .. " was made meanwhile", self.about))
    else
      self:settle(places, response, message, err)
    end
  end
end

function Run:progress()
  local callback, report = self.options.on_progress, self.report
  report.elapsed = core.monotonic() - self.start
  if not callback or report.callback_error then return end
  local ok, go_on = pcall(callback, {
    total = report.total, done = report.succeeded + report.failed, succeeded = report.succeeded,
    failed = report.failed, requests = report.requests, elapsed = report.elapsed,
  })
  if not ok then
    report.callback_error = tostring(go_on)
  elseif go_on == false then
    self:stop("on_progress cancelled the batch")
  end
end

-- Options of one call. Waiting for a slot does not count against the client's time limit: a batch
-- is patient, up to its own.
function Run:call_options()
  local given = self.options
  if given.timeout and core.monotonic() >= self.start + given.timeout then
    self:stop("the time limit of the batch passed")
  end
  return {
    attempt_timeout = given.attempt_timeout, connect_timeout = given.connect_timeout, retry = given.retry,
    patient = { finish_by = given.timeout and self.start + given.timeout },
  }
end

function Run:work(job)
  local call_options = self:call_options()
  if self.stopped then
    self:settle_job(job, errors.new("cancelled", self.operation.action .. ": never sent, because " .. self.stopped,
      self.about))
    return
  end
  local tally = { requests = 0 }
  local response, message, err = self.call(self.client, self.operation, job.params, call_options, tally)
  self.report.requests = self.report.requests + tally.requests
  self:settle_job(job, response, message, err)
  self:progress()
end

local function reverse(list)
  local n = #list
  for i = 1, math.floor(n / 2) do list[i], list[n + 1 - i] = list[n + 1 - i], list[i] end
end

-- Works chains off until there are none: from the end, see `workers`. `at` tells how far it got, should a call throw.
function Run:work_off(chains, at)
  while #chains > 0 do
    at.chain = table.remove(chains)
    while #at.chain > 0 do
      at.job = table.remove(at.chain)
      self:work(at.job)
      at.job = nil
    end
  end
end

-- A call threw: a transport or a store of the caller's own, most likely. What became of the job is
-- unknown; the rest of its chain is done by somebody else.
function Run:give_up(at, why, chains)
  if at.job then
    local about = { maybe_sent = true }
    for name, value in pairs(self.about) do about[name] = value end
    self:settle_job(at.job, errors.new("connect", self.operation.action .. ": the call was ended by an error: "
      .. tostring(why), about))
  end
  if at.chain and #at.chain > 0 then table.insert(chains, at.chain) end
end

-- Chains and their jobs are turned round once, and the first is taken from the end: to take it from the front would
-- move all others each time, and a batch twice as large would take four times as long.
function Run:workers(chains)
  local loop = self.client.loop()
  local refusal = loop.refusal and loop.refusal()
  reverse(chains)
  for _, chain in ipairs(chains) do reverse(chain) end
  if refusal then return self:work_off(chains, {}) end -- each call says why it cannot be made here
  while #chains > 0 do
    local states, workers = {}, {}
    for i = 1, math.min(self.options.concurrency or 8, #chains) do
      local at = {}
      states[i], workers[i] = at, function() self:work_off(chains, at) end
    end
    for i, outcome in ipairs(loop.all(workers)) do
      if not outcome[1] then self:give_up(states[i], outcome[2], chains) end
    end
  end
end

--- Runs a batch.
-- @tparam table client
-- @tparam table operation a row
-- @tparam table items
-- @tparam table given checked options
-- @tparam function call `call(client, operation, params, call_options, tally)`: one call
-- @treturn table report: `total`, `succeeded`, `failed`, `elapsed` (seconds), `requests` (that went
-- out); `results[i]`: `{ item =, ok = true, response = }` or `{ item =, ok = false, message =, err = }`;
-- `callback_error` when on_progress failed (it is not called again then)
function batch.run(client, operation, items, given, call)
  local report = { total = #items, succeeded = 0, failed = 0, requests = 0, elapsed = 0, results = {} }
  for i, item in ipairs(items) do report.results[i] = { item = item, ok = false } end
  local run = setmetatable({
    client = client, operation = operation, options = given, call = call, report = report,
    start = core.monotonic(), about = { vendor = client.vendor.name, operation = operation.action },
  }, Run)
  local list
  for _, spec in ipairs(operation.params or {}) do
    if spec.type == "stream_ids" then list = spec end
  end
  local chains = list and chains_of_ids(run, list, items) or chains_of_tables(run, items)
  run:workers(chains)
  report.elapsed = core.monotonic() - run.start
  return report
end

return batch
