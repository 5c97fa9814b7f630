-- The records of a job, in the format of a report (docs/reference/report.md).

local errors = require "streamctl.base.errors"
local json = require "streamctl.base.json"
local options = require "streamctl.base.options"

local records = {}

local VERSION = 1 -- of a report

-- Reads all entries of a job, by the number of their first item. An entry moves on while this
-- reads, so that its last place wins. Returns nil, message, err when Redis fails.
local function read_all(queue, status, lane)
  local entries, number = {}, status.job:match "%d+$"
  for _, kind in ipairs { "aside", lane, "result" } do
    local from = "0"
    repeat
      local reply, message, err = queue:ask("entries", status.account, { kind, number, from }, true)
      if not reply then return nil, message, err end
      from = reply[1]
      for i = 2, #reply, 3 do
        entries[tonumber(reply[i])] = { has_ended = kind == "result", details = reply[i + 2],
          items = json.decode_list(reply[i + 1]) }
      end
    until from == ""
  end
  return entries
end

local function plan_of(status, job)
  return {
    record = "plan", version = VERSION, command = "queue", account = status.account,
    vendor = status.account:match "^%a+", mode = job.mode or "live", endpoint = job.endpoint,
    region = job.region, operation = job.operation, method = job.method, total = status.total,
    params = job.params and json.decode(job.params) or {}, time = math.floor(status.added),
    job = status.job, note = status.note,
  }
end

local function add_results(list, first, entry)
  local by_item, of_all = {}, nil
  for _, failure in ipairs(json.decode_list(entry.details) or {}) do
    for _, k in ipairs(failure.items or {}) do by_item[k] = failure end
    if not failure.items then of_all = failure end
  end
  for k, item in ipairs(entry.items) do
    local found = by_item[k] or of_all
    local record = options.merged(found or {}, { record = "result", index = first + k - 1,
      item = item, ok = not found or found.ok or false })
    record.items = nil
    list[#list + 1] = record
  end
end

local function end_of(status, ended)
  return { record = "end", total = status.total, succeeded = status.succeeded,
    unknown = status.unknown, failed = status.failed, superseded = status.superseded,
    unsent = status.unsent, elapsed = ended / 1000 - status.added,
    status = status.unknown > 0 and 4 or status.failed + status.unsent > 0 and 1 or 0 }
end

-- Returns an iterator of the records of a job, by its status and the fields of its hash; or nil,
-- message, err.
function records.of(queue, status, fields)
  if not status.total then
    return errors.new("not_found", "the job " .. status.job .. " was never added completely")
  end
  local entries, message, err = read_all(queue, status, fields.lane or "bulk")
  if not entries then return nil, message, err end
  local firsts, list, rest = {}, { plan_of(status, fields) }, {}
  for first in pairs(entries) do firsts[#firsts + 1] = first end
  table.sort(firsts)
  for _, first in ipairs(firsts) do
    local entry = entries[first]
    list[#list + 1] = { record = "items", first = first, items = entry.items }
    if entry.has_ended then
      add_results(rest, first, entry)
    elseif entry.details ~= "" then -- its request may be under way
      local numbers = {}
      for k = 1, #entry.items do numbers[k] = first + k - 1 end
      rest[#rest + 1] = { record = "sent", items = numbers,
        settle = json.decode(entry.details:match "\n(.*)$" or "") }
    end
  end
  if fields.ended then rest[#rest + 1] = end_of(status, fields.ended) end
  local i = 0
  return function()
    i = i + 1
    return list[i] or rest[i - #list]
  end
end

return records
