-- Defines the shared flags, which may stand before or behind the name of a command. A command names
-- its shared flags in `takes`. `args` holds values by long names: `args.dry_run`.

local fail = require "streamctl.cli.fail"
local settings = require "streamctl.cli.config.rows"
local times = require "streamctl.cli.times"

local flags = {}

flags.VENDORS = settings.by_name.vendor.choices

-- Returns the vendors of a command without an account. `vendor`: the value of --vendor.
function flags.vendors(vendor) return vendor and { vendor } or flags.VENDORS end

local function set_of(names, more)
  local set = {}
  for name in names:gmatch "%S+" do set[name] = true end
  for name in pairs(more or {}) do set[name] = true end
  return set
end

-- Sets of flags for `takes`.
flags.output = set_of "output color quiet verbose"
flags.vendor = set_of("vendor", flags.output)
flags.account = set_of("profile", flags.vendor)
flags.calls = set_of("timeout attempts rate store", flags.account)
flags.act = set_of("dry_run yes", flags.calls) -- for a call that changes something
flags.many = set_of("concurrency progress", flags.act)
flags.items = set_of("skip_bad", flags.many)
flags.bulk = set_of("report same_account", flags.items)
flags.work = set_of("concurrency", flags.calls)
flags.jobs = set_of("store profile", flags.output) -- about jobs of any account
flags.queue = set_of("queue urgent not_before", flags.bulk) -- a run that may be a job
flags.resume = set_of("keep_trying", flags.queue)
flags.again = set_of("same_account keep_trying", flags.many)
flags.settle = set_of("same_account progress", flags.calls)

local function words_of(list) return (table.concat(list, ", "):gsub(", ([^,]*)$", " or %1")) end

-- A range of numbers is "above 0" of a `unit`, else whole numbers from 1, perhaps to `max`.

function flags.words_of(range)
  return range.unit and ("a number of %s above 0"):format(range.unit)
    or "a whole number from 1" .. (range.max and " to " .. range.max or "")
end

function flags.fits(range, value)
  return range.unit and value > 0 or value >= 1 and value % 1 == 0 and value <= (range.max or 2^31)
end

-- Makes a converter of decimal numbers without exponent, in a range.
function flags.number(flag, range)
  return function(text)
    local value = text:find "^%d+%.?%d*$" and tonumber(text)
    if value and value < math.huge and flags.fits(range, value) then return value end
    return nil, ("%s must be %s, not '%s'"):format(flag, flags.words_of(range), text)
  end
end

local FORMATS = { "table", "json", "jsonl", "ids" }

-- Rows of names, the name of the value, if any, and help. Settings come first.
flags.shared = {
  { "-o --output", "FORMAT", "What stdout gets: table, json, jsonl or ids; table unless said. "
    .. "ids: those of the table's rows; of resume, forbid and retry only what is not ok, of state "
    .. "--expect only what is not as expected.", choices = FORMATS },
  { "--color", "WHEN", "Colours: always, never, or auto, which is on a terminal only.",
    choices = { "auto", "always", "never" } },
  { "-q --quiet", nil, "Only warnings and errors on stderr." },
  { "-v --verbose", nil, "Each attempt and each wait on stderr; -vv: with the headers of request "
    .. "and response, secrets masked.", counts = true },
  { "-n --dry-run", nil, "Show what would be sent, and send nothing." },
  { "-y --yes", nil, "Do not ask." },
  { "--progress", "HOW", "Progress on stderr: plain (a line now and then), or auto, which is on a "
    .. "terminal only.", choices = { "auto", "plain" } },
  { "--keep-trying", "TIME", "Send what is not ok again after pauses, until all is ok or this time "
    .. "is over, such as 30m.", convert = times.converter("--keep-trying", times.duration) },
  { "--skip-bad", nil, "Leave out lines that cannot be right, instead of sending nothing." },
  { "--report", "FILE", "Write down what becomes of each item; go on where FILE ends." },
  { "--same-account", nil, "Alibaba Cloud: the report's account has another key by now, and this "
    .. "is it." },
  { "--queue", nil, "Send nothing, but leave a job to `streamctl queue work`, in the Redis of "
    .. "--store." },
  { "--urgent", nil, "With --queue: before all jobs that are not urgent." },
  { "--not-before", "TIME", "With --queue: not before this time in UTC, or from now (+2h).",
    convert = times.converter("--not-before", times.checked) },
}

for i = #settings, 1, -1 do
  local row = settings[i]
  local name = "--" .. row[1]
  if row.flag then
    table.insert(flags.shared, 1, { name, row.flag, row[2]:gsub("^%l", string.upper) .. ".",
      choices = row.choices, convert = row.range and flags.number(name, row.range) })
  end
end

-- Returns the flags that a parser of argparse takes: its own flags, and its shared flags.
function flags.options(at)
  local list, root = {}, at
  for _, option in ipairs(at._options) do list[#list + 1] = option end
  while root._parent do root = root._parent end
  for _, option in ipairs(root ~= at and root._options or {}) do
    if not at.takes or at.takes[option:_get_default_target()] then list[#list + 1] = option end
  end
  return list
end

local OFTEN = { keep_trying = true, report = true, dry_run = true, yes = true }
local USUAL = { output = "table", color = "auto", progress = "auto" }

-- Adds the shared flags to the root parser. Returns a list of the flags. `uses` of a flag counts
-- its uses on the command line; nil for none.
function flags.define(root)
  local shared = {}
  for i, row in ipairs(flags.shared) do
    local names, value, help = row[1], row[2], row[3]
    local option = value and root:option(names, help):argname(value) or root:flag(names, help)
    if row.choices then option:choices(row.choices) end
    if row.convert then option:convert(row.convert) end
    if names == "-o --output" then -- in one line
      function option._get_label_lines() return { "-o, --output FORMAT" } end
    end
    option:action(function(args, target, text)
      option.uses = (option.uses or 0) + 1
      args[target] = row.counts and option.uses or text == nil or text -- true without a value
    end)
    shared[i] = option
  end
  return shared
end

-- Has the help of a command show the shared flags that its users need most; the help without a
-- command shows none.
function flags.show(shared, command)
  for _, option in ipairs(shared) do
    local name = option:_get_default_target()
    if not command.takes then
      option:hidden(true)
    elseif command.takes[name] and OFTEN[name] then
      table.insert(command._options, option)
    end
  end
end

-- Refuses flags and formats that a command does not take, and fills in defaults. `path`: the name
-- of the command, such as "relay create".
function flags.check(shared, args, command, path)
  for _, option in ipairs(shared) do
    if option.uses and not (command.takes or {})[option:_get_default_target()] then
      fail.usage("%s is not for streamctl %s; see streamctl %s --help",
        option._aliases[#option._aliases], path, path)
    end
  end
  for name, value in pairs(USUAL) do
    if args[name] == nil then args[name] = value end
  end
  local formats = command.formats or FORMATS
  if not set_of(table.concat(formats, " "))[args.output] then
    fail.usage("-o must be %s for streamctl %s, not '%s'", words_of(formats), path, args.output)
  end
end

return flags
