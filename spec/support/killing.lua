-- Commands for the specs that kill them: what each sends, and whether a report says the truth.

local shell = require "spec.support.emulator.launcher.shell"

local killing = {}

-- ---- commands ----

-- Lines of the items' file, and the text by which the emulator's log knows each.
local function lines_of(total, line)
  local lines = {}
  for i = 1, total do lines[i] = line(i) end
  return table.concat(lines, "\n") .. "\n"
end

local function id(i) return "stream-" .. i end

local function id_of(item) return type(item) == "table" and item.StreamName or item end

--- Commands by name: `vendor`, `action`, `words`, `total`, `file(total)`, `key(item)`,
-- `keys(entry)` (of an entry of the emulator's log), `once` (nothing may be sent twice).
killing.commands = {
  zego = {
    vendor = "zego", action = "ResumeRTCStreams", total = 130, words = { "resume" }, key = id_of,
    file = function(total) return lines_of(total, id) end,
    keys = function(entry)
      local list = entry.query["StreamId[]"]
      return type(list) == "table" and list or { list }
    end,
  },
  aliyun = {
    vendor = "aliyun", action = "ResumeLiveStream", total = 16, key = id_of,
    words = { "resume", "--domain", "push.example.com", "--app", "live" },
    file = function(total) return lines_of(total, id) end,
    keys = function(entry) return { entry.query.StreamName } end,
  },
  relay = {
    vendor = "aliyun", action = "CreateLivePullToPush", total = 8, once = true,
    words = { "relay", "create", "--region", "cn-shanghai", "--end", "+2h", "--yes" },
    file = function(total)
      return lines_of(total, function(i)
        return ('{"SourceUrls":["rtmp://pull.example.com/app/%s"],'
          .. '"DstUrl":"rtmp://push.example.com/app/%s"}'):format(id(i), id(i))
      end)
    end,
    key = function(item) return item.DstUrl end,
    keys = function(entry) return { entry.query.DstUrl } end,
  },
}

--- The words of a command, with its items in the file "items" and its report in "report.jsonl".
function killing.words(command, ...)
  local words = {}
  for _, list in ipairs { command.words, { "@items", "--report", "report.jsonl", ... } } do
    for _, word in ipairs(list) do words[#words + 1] = word end
  end
  return words
end

-- ---- reports ----

--- How many records of a kind a report has; half a record is none.
function killing.count(path, kind)
  local text = "\n" .. ((shell.read_file(path) or ""):match "^.*\n" or "")
  return select(2, text:gsub("\n{\"record\":\"" .. kind .. "\"[^\n]*", "%0"))
end

--- What the records of a report say, read anew and by other code than the command's: `items`,
-- `states` (by index), `sent` (indexes that were ever sent), `pending` (indexes whose last record
-- is `sent`), `counts` (by state), `last` (the last record).
function killing.read(records)
  local report = { items = {}, states = {}, sent = {}, pending = {}, last = records[#records],
    counts = { ok = 0, failed = 0, unknown = 0, superseded = 0, unsent = 0 } }
  for n, record in ipairs(records) do
    assert((record.record == "plan") == (n == 1), "one plan, in the first line")
    if record.record == "items" then
      assert(record.first == #report.items + 1, "items are in order")
      for _, item in ipairs(record.items) do report.items[#report.items + 1] = item end
    elseif record.record == "sent" then
      for _, index in ipairs(record.items) do
        assert(record.safe or report.states[index] == nil,
          "nothing is sent again that may have been executed, and must not be")
        report.states[index] = record.safe and "failed" or "unknown"
        report.sent[index], report.pending[index] = true, true
      end
    elseif record.record == "result" then
      report.states[record.index] = record.ok and "ok" or record.outcome
      report.pending[record.index] = nil
      if report.states[record.index] == "unsent" then report.states[record.index] = nil end
    end
  end
  for index = 1, #report.items do
    local state = report.states[index] or "unsent"
    report.states[index] = state
    report.counts[state] = report.counts[state] + 1
  end
  return report
end

-- ---- the emulator ----

--- How often each item was asked for at the vendor, and how often it was executed, by key, once
-- nothing is under way there any more.
function killing.log(e, command, await)
  local entries = await(function()
    local list = e:requests { action = command.action }
    for _, entry in ipairs(list) do
      if not entry.elapsed then return nil end
    end
    return list
  end, "the end of what is under way")
  local asked, executed = {}, {}
  for _, entry in ipairs(entries) do
    for _, key in ipairs(command.keys(entry)) do
      asked[key] = (asked[key] or 0) + 1
      if entry.executed then executed[key] = (executed[key] or 0) + 1 end
    end
  end
  return asked, executed
end

return killing
