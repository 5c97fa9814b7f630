-- Judges a run of spec/world/queue/chaos by the emulator's request log. The library is not asked,
-- and nothing of the library is used: the judgement is plain Lua over one table, the history.
--
--   log       entries of the emulator's log, oldest first
--   intents   in the order in which a program wanted them: `operation`, `items` (ids), `from` (the
--             log's length before), `job` (its name, none for direct calls), `sure` (whether the
--             add or the call succeeded), `cancelled`
--   reports   by job: `status` (of q:status) and `records` (of q:records)
--   rates     requests per second, by operation
--   spans     `from`, `to` (lengths of the log), `vendor` or `ids` (a set), `limit`: how many
--             requests may arrive between them, and `text`
--   late      seconds by which a busy machine may delay a request between its slot and the vendor
--   stopped   names of workers that were stopped, and so were late by any time

local checker = {}

-- Operations by facts of the vendors' pages: where ids stand, and what an execution leads to.
local OPERATIONS = {
  ResumeRTCStreams = { ids = "StreamId[]", state = "open", ordered = true },
  ForbidRTCStreams = { ids = "StreamId[]", state = "forbidden", ordered = true },
  ResumeLiveStream = { ids = "StreamName", state = "open" },
  ForbidLiveStream = { ids = "StreamName", state = "forbidden" },
  KickoutUser = { ids = "UserId[]", unsafe = true },
}

local function ids_of(entry)
  local value = entry.query[OPERATIONS[entry.action].ids]
  return type(value) == "table" and value or { value }
end

-- Notes a finding; a kind that comes often is shown a few times.
local function note(found, kind, text, ...)
  found.counts[kind] = (found.counts[kind] or 0) + 1
  if found.counts[kind] <= 5 then found[#found + 1] = kind .. ": " .. text:format(...) end
end

-- Calls `visit(entry, id)` for each id of each request of an operation that is known.
local function each_id(log, visit)
  for n, entry in ipairs(log) do
    if OPERATIONS[entry.action] then
      for _, id in ipairs(ids_of(entry)) do visit(entry, id, n) end
    end
  end
end

local function push(map, key, value)
  local list = map[key] or {}
  map[key] = list
  list[#list + 1] = value
end

-- By id: requests that arrived, those that were executed in the order of execution, and intents.
local function index(history)
  local all = { arrived = {}, executed = {}, intents = {} }
  each_id(history.log, function(entry, id)
    push(all.arrived, id, entry)
    if entry.executed then push(all.executed, id, entry) end
  end)
  for _, list in pairs(all.executed) do
    table.sort(list, function(a, b) return a.nth < b.nth end)
  end
  for place, intent in ipairs(history.intents) do
    intent.place = place
    for _, id in ipairs(intent.items) do push(all.intents, id, intent) end
  end
  return all
end

-- ---- the judgements: each takes the history, its index and what was found ----

-- After a refusal of the vendor nothing was executed; no answer, or a broken one, does not tell.
local function may_have_run(entry)
  return entry.executed or not entry.status or entry.status == 444 or entry.status >= 500
end

local function judge_unsafe(_, all, found)
  for id, list in pairs(all.arrived) do
    local count = 0
    for _, entry in ipairs(list) do
      if OPERATIONS[entry.action].unsafe and may_have_run(entry) then count = count + 1 end
    end
    if count > 1 then
      note(found, "repeated", "%s was sent %d times, executed %d times", id, count,
        #(all.executed[id] or {}))
    end
  end
end

-- Digits of any length: without leading zeros the longer number is greater.
local function is_greater(a, b)
  if #a ~= #b then return #a > #b end
  return a > b
end

local function judge_sequences(_, all, found)
  for id, list in pairs(all.executed) do
    local last
    for _, entry in ipairs(list) do
      if OPERATIONS[entry.action].ordered then
        local sequence = entry.query.Sequence
        if last and not is_greater(sequence, last) then
          note(found, "sequence", "%s of %s was executed after %s", sequence, id, last)
        end
        last = sequence
      end
    end
  end
  for id, list in pairs(all.arrived) do
    local seen = {}
    for _, entry in ipairs(list) do
      local sequence = OPERATIONS[entry.action].ordered and entry.query.Sequence
      if sequence and seen[sequence] then
        note(found, "sequence", "%s of %s twice", sequence, id)
      end
      seen[sequence or ""] = true
    end
  end
end

-- Windows of one second and of five seconds: lateness matters little in the longer ones.
local function judge_rates(history, _, found)
  for operation, rate in pairs(history.rates or {}) do
    local times = {}
    for _, entry in ipairs(history.log) do
      if entry.action == operation then times[#times + 1] = entry.time / 1000 end
    end
    table.sort(times)
    for _, seconds in ipairs { 1, 5 } do
      local limit = math.ceil(rate * (seconds + history.late)) + 1
      for i = limit + 1, #times do
        local span = times[i] - times[i - limit]
        if span < seconds then
          note(found, "rate", "%d %s in %.3f s, at %g a second", limit + 1, operation, span, rate)
        end
      end
    end
  end
end

-- The states that a resource may have in the end: that of its newest intent, and older ones as long
-- as the newer intents are not sure.
local function allowed_states(history, intents, id)
  local allowed = {}
  for i = #intents, 1, -1 do
    local intent = intents[i]
    allowed[OPERATIONS[intent.operation].state or ""] = true
    local states = intent.job and history.states[intent.job]
    if intent.sure and not intent.cancelled and (not states or states[id] == "ok") then break end
  end
  return allowed
end

local function worker_of(entry) return entry.headers["user-agent"] end

-- Alibaba Cloud has no numbers: a request that was on its way may arrive after a newer request.
local function was_on_its_way(history, list, allowed)
  local last = list[#list]
  if OPERATIONS[last.action].ordered then return false end
  if history.stopped and history.stopped[worker_of(last)] then return true end
  for i = #list - 1, 1, -1 do
    local entry = list[i]
    if allowed[OPERATIONS[entry.action].state] then
      return last.time <= entry.time + entry.elapsed + history.late * 1000
    end
  end
  return false
end

local function judge_final(history, all, found)
  for id, intents in pairs(all.intents) do
    local list = all.executed[id]
    local state = list and OPERATIONS[list[#list].action].state
    local allowed = allowed_states(history, intents, id)
    if state and not allowed[state] and not was_on_its_way(history, list, allowed) then
      note(found, "final", "%s is %s, and the newest intent is %s", id, state,
        intents[#intents].operation)
    end
  end
end

-- The state of an item by a record.
local function state_of(record)
  if record.superseded or record.code == "superseded" then return "superseded" end
  if record.ok then return "ok" end
  if record.code == "cancelled" then return "cancelled" end
  return record.code == "outcome_unknown" and "unknown" or "failed"
end

-- The states of a job's items by id, and their counts, from the records of its report.
local function read_report(name, records, found)
  local items, states, codes, queries = {}, {}, {}, {}
  for _, record in ipairs(records) do
    if record.record == "items" then
      for i, item in ipairs(record.items) do
        items[record.first + i - 1] = type(item) == "table" and item.StreamName or item
      end
    elseif record.record == "sent" then
      for _, i in ipairs(record.items) do queries[i] = record.settle end
    elseif record.record == "result" then
      local id, state = items[record.index], state_of(record)
      if id and states[id] and states[id] ~= "unknown" then
        note(found, "report", "%s of %s is %s after %s", id, name, state, states[id])
      end
      states[id or ""] = state
      codes[id or ""] = ("%s (%s)"):format(tostring(record.code), tostring(record.message))
      if state == "unknown" and not (record.settle or queries[record.index]) then
        note(found, "report", "%s of %s is unknown and has no query", tostring(id), name)
      end
    end
  end
  return items, states, codes, queries
end

-- What an item's state says has to be in the log.
local function judge_item(all, found, intent, id, state, code)
  local function wrong(kind, text) note(found, kind, "%s of %s %s", id, intent.job, text) end
  local operation, count = OPERATIONS[intent.operation], 0
  for _, entry in ipairs(all.executed[id] or {}) do
    if entry.action == intent.operation and entry.n > intent.from then count = count + 1 end
  end
  if state == "ok" then
    if count == 0 then wrong("lost", "is ok and was never executed") end
  elseif state == "superseded" then
    local newest = all.intents[id][#all.intents[id]]
    if newest.place <= intent.place then wrong("lost", "gave way to nothing newer") end
  elseif state == "cancelled" then
    if not intent.cancelled then wrong("lost", "has no result") end
    local is_hidden = operation.unsafe and count > 0
    if is_hidden then wrong("report", "is cancelled and was executed") end
  elseif code and code:find "^conflict " then -- a second ban, whose first one may have another end
    if count == 0 then wrong("lost", "is a conflict and was never executed") end
  elseif state == "failed" then
    wrong(count > 0 and "report" or "lost", "failed, executed " .. count .. " times: " .. code)
  elseif not operation.unsafe then
    wrong("report", "is unknown though harmless to repeat")
  end
end

local function judge_job(history, all, found, intent)
  local report = history.reports[intent.job]
  local items, states, codes, queries = read_report(intent.job, report.records, found)
  local counts, late = { ok = 0, failed = 0, unknown = 0, superseded = 0, cancelled = 0 }, 0
  history.states[intent.job] = states
  for i, id in ipairs(intent.items) do
    if items[i] ~= id then note(found, "report", "item %d of %s is not %s", i, intent.job, id) end
    -- a query tells of a request whose worker has not come back, or died
    local is_out = intent.cancelled and queries[i]
    states[id] = states[id] or is_out and "unknown" or "cancelled"
    counts[states[id]] = counts[states[id]] + 1
    -- a worker that died had it when the job was cancelled, so its status has it as failed
    if states[id] == "cancelled" and codes[id] then late = late + 1 end
    judge_item(all, found, intent, id, states[id], codes[id])
  end
  local expected = intent.cancelled and "cancelled" or "done"
  if report.status.state ~= expected then
    note(found, "lost", "%s is %s, not %s", intent.job, tostring(report.status.state), expected)
  end
  counts.total = #intent.items
  for name, count in pairs(counts) do
    local told = report.status[name == "ok" and "succeeded" or name]
    if name ~= "cancelled" and told ~= count + (name == "failed" and late or 0) then
      note(found, "report", "%s has %d %s by its records, %s by its status", intent.job, count,
        name, tostring(told))
    end
    found.totals[name] = (found.totals[name] or 0) + count
  end
end

local function judge_reports(history, all, found)
  history.states = {}
  for _, intent in ipairs(history.intents) do
    if intent.job then judge_job(history, all, found, intent) end
  end
end

local function judge_spans(history, _, found)
  for _, span in ipairs(history.spans or {}) do
    local count, last = 0, nil
    each_id(history.log, function(entry, id, n)
      local counts = span.ids and span.ids[id] or span.vendor == entry.vendor
      if n > span.from and n <= span.to and counts and last ~= n then count, last = count + 1, n end
    end)
    if count > span.limit then
      note(found, "span", "%d requests, at most %d expected: %s", count, span.limit, span.text)
    end
  end
end

--- Judges a history. Returns what is wrong: a list of texts that begin with "lost", "repeated",
-- "sequence", "rate", "final", "report" or "span", empty when all is well; with `counts` by kind,
-- and `totals` of the items' states.
function checker.judge(history)
  local found, all = { counts = {}, totals = {} }, index(history)
  judge_reports(history, all, found) -- first: the final states depend on what reports say
  judge_unsafe(history, all, found)
  judge_sequences(history, all, found)
  judge_rates(history, all, found)
  judge_final(history, all, found)
  judge_spans(history, all, found)
  table.sort(found)
  return found
end

return checker
