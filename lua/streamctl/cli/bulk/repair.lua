--- A report without the lines that make no sense, for the option `repair`.
-- @module streamctl.cli.bulk.repair

local config = require "streamctl.cli.config"
local system = require "streamctl.system"
local encode = require "streamctl.cli.output.encode"
local failure = require "streamctl.cli.failure"
local reading = require "streamctl.cli.bulk.reading"
local report = require "streamctl.cli.bulk.report"
local streamctl = require "streamctl"

local repair = {}

local PIECE = 65536 -- bytes that are written at a time

local function check(path, done, why)
  if not done then failure.usage("cannot mend the report %s: %s", path, why) end
  return done
end

-- Calls `give` with each line of a file; half a line at the end is one, unless it is half a record.
local function each(path, give)
  local file = check(path, io.open(path, "rb"))
  local at, rest, why = reading.each_line(file, give)
  file:close()
  check(path, at, why)
  if rest ~= "" and not reading.is_half(rest) then give(rest) end
end

-- Which lines make no sense: a set of their numbers, and how many they are. `hides`: a record may
-- have been in one of them.
local function look(path)
  local found = { book = report.new(path), bad = {}, count = 0 }
  local number = 0
  each(path, function(line)
    number = number + 1
    if not reading.take(found.book, line) then return end
    found.bad[number], found.count = true, found.count + 1
    found.hides = found.hides or (line:find "[{}]" or line:find("\0", 1, true)) ~= nil
  end)
  return found
end

-- Whether what was sent must not be sent again, as what is not known or hangs on parameters may be.
local function is_once(plan)
  local row = config.fields[plan.vendor]
    and streamctl[plan.vendor].operations:find(plan.operation)
  if not row or type(row.safe) ~= "table" then return not row or row.safe ~= true end
  for name in pairs(row.safe.unless) do
    if plan.params[name] ~= nil then return true end
  end
  return false
end

-- The items of which no good line tells: a bad line may have told that they were sent.
local function unsent(book)
  local list = {}
  for i = 1, book.plan.total do
    if book:state(i) == "unsent" then list[#list + 1] = i end
  end
  return list
end

-- A file that takes texts, some at a time: `put(text)`, and `put()` at the end.
local function writer(path, name)
  local journal = check(path, system.journal(name))
  local parts, bytes = {}, 0
  return function(text)
    parts[#parts + 1], bytes = text, bytes + #(text or "")
    if text and bytes < PIECE then return end
    check(path, journal:append(table.concat(parts)))
    parts, bytes = {}, 0
    if text then return end
    check(path, journal:sync())
    journal:close()
  end
end

-- A name that no file has.
local function free_name(beginning)
  local name, number = beginning, 2
  while system.file_mode(name) do name, number = beginning .. number, number + 1 end
  return name
end

local function keep(path)
  local name = free_name(path .. ".old")
  local put, file = writer(path, name), check(path, io.open(path, "rb"))
  for piece in function() return file:read(PIECE) end do put(piece) end
  file:close()
  put()
  return name
end

local function write(path, found)
  local name, number = free_name(path .. ".new"), 0
  local put = writer(path, name)
  each(path, function(line)
    number = number + 1
    if not found.bad[number] then put(line .. "\n") end
  end)
  local doubtful = found.hides and is_once(found.book.plan) and unsent(found.book) or {}
  if doubtful[1] then
    put(encode.value({ record = "sent", items = doubtful, time = os.time() }, { "record" }) .. "\n")
  end
  put()
  check(path, os.rename(name, path))
  return #doubtful
end

--- Leaves out lines that make no sense, keeps the file as it was beside it, and says so. Where what
-- was sent must not be sent again, and one of them may have told of that, all that is unsent is
-- unknown.
function repair.run(path, say)
  if not system.file_mode(path) then return end
  local journal = check(path, system.journal(path)) -- nobody else writes it meanwhile
  local found = look(path)
  if found.count == 0 then
    say:note("nothing is wrong with the report %s", path)
  elseif not found.book:is_planned() then
    failure.usage("the report %s cannot be mended: its plan is torn, and nothing else tells what "
      .. "its items are; name another file for a new run", path)
  else
    local kept = keep(path)
    local doubtful = write(path, found)
    say:warn("left %d line%s out of %s; as it was it is %s%s", found.count,
      found.count == 1 and "" or "s", path, kept, doubtful > 0
        and ("; %d items may have been sent by what is lost, and are unknown"):format(doubtful)
        or "")
  end
  journal:close()
end

return repair
