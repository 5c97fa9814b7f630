-- Defines the shared flags, which may stand before or behind the name of a command. A command names
-- its shared flags in `takes`. `args` holds values by long names: `args.dry_run`.

local abort = require "streamctl.cli.abort"

local unpack = table.unpack or unpack -- luacheck: ignore 113 143

local flags = {}

flags.VENDORS = { "aliyun", "zego" }

-- Returns the vendors of a command without an account. `vendor`: the value of --vendor.
function flags.vendors(vendor)
  return vendor and { vendor } or flags.VENDORS
end

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
flags.many = set_of("concurrency progress only", flags.act)
flags.items = set_of("skip_bad", flags.many)
flags.bulk = set_of("report repair same_account", flags.items)
flags.again = set_of("repair same_account", flags.many) -- for a report that was begun before
flags.settle = set_of("repair same_account progress", flags.calls)

local function words_of(list)
  return (table.concat(list, ", "):gsub(", ([^,]*)$", " or %1"))
end

-- Makes a converter of decimal numbers without exponent, in the range of `fits`.
local function number(flag, range, fits)
  return function(text)
    local value = text:find "^%d+%.?%d*$" and tonumber(text)
    if value and value < math.huge and fits(value) then return value end
    return nil, ("%s must be %s, not '%s'"):format(flag, range, text)
  end
end

local function positive(value) return value > 0 end

local function whole(max)
  return function(value) return value >= 1 and value <= max and value % 1 == 0 end
end

-- The range of --concurrency and of the field of a profile, in words and as a function.
flags.CONCURRENCY = "a whole number from 1 to 1000"
flags.is_concurrency = whole(1000)

local STATES = set_of "ok failed unknown unsent"

-- Converts "ok,failed" to { ok = true, failed = true }.
local function states(text)
  local set = {}
  for word in (text .. ","):gmatch "([^,]*)," do
    if not STATES[word] then
      return nil, ("--only must be a list of ok, failed, unknown or unsent, such as "
        .. "failed,unknown; not '%s'"):format(text)
    end
    set[word] = true
  end
  return set
end

local FORMATS = { "table", "json", "jsonl", "ids" }

local function define(root)
  root:option("--profile", "The profile of the configuration file."):argname "NAME"
  root:option("--vendor", "Whose account: aliyun or zego."):argname "VENDOR"
    :choices(flags.VENDORS)
  local output = root:option("-o --output", "What stdout gets: table, json, jsonl or ids; table "
    .. "unless said."):argname "FORMAT":choices(FORMATS)
  function output._get_label_lines() return { "-o, --output FORMAT" } end -- in one line
  root:option("--color", "Colours: always, never, or auto, which is on a terminal only.")
    :argname "WHEN":choices { "auto", "always", "never" }
  root:flag("-q --quiet", "Only warnings and errors on stderr.")
  root:flag("-v --verbose", "Each attempt and each wait on stderr.")
  root:option("--timeout", "Seconds that a call may take, with all its attempts.")
    :argname "SECONDS":convert(number("--timeout", "a number of seconds above 0", positive))
  root:option("--attempts", "How often a call is tried at most.")
    :argname "N":convert(number("--attempts", "a whole number from 1", whole(2 ^ 31)))
  root:option("--rate", "Requests a second; never above the documented rate.")
    :argname "N":convert(number("--rate", "a number of requests a second above 0", positive))
  root:option("--store", "Where order and rates are kept: memory, file:PATH or redis:URL.")
    :argname "STORE"
  root:flag("-n --dry-run", "Show what would be sent, and send nothing.")
  root:flag("-y --yes", "Do not ask.")
  root:option("--concurrency", "How many requests may be under way at once.")
    :argname "N":convert(number("--concurrency", flags.CONCURRENCY, flags.is_concurrency))
  root:option("--progress", "Progress on stderr: plain (a line now and then), none, or auto, "
    .. "which is on a terminal only."):argname "HOW":choices { "auto", "plain", "none" }
  root:option("--only", "Which items: a list of ok, failed, unknown or unsent.")
    :argname "STATES":convert(states)
  root:flag("--skip-bad", "Leave out lines that cannot be right, instead of sending nothing.")
  root:option("--report", "Write down what becomes of each item; go on where FILE ends.")
    :argname "FILE"
  root:flag("--repair", "Leave out lines of the report that make no sense, such as after a "
    .. "crash; as it was it is kept as FILE.old.")
  root:flag("--same-account", "Alibaba Cloud: the report's account has another key by now, and "
    .. "this is it.")
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

local USUAL = { output = "table", color = "auto", progress = "auto" }

-- Adds the shared flags to the root parser. Returns a list of these flags; their field `given` is
-- true where the command line has the flag.
function flags.define(root)
  local before = #root._options
  define(root)
  local shared = { unpack(root._options, before + 1) }
  for _, option in ipairs(shared) do
    option:action(function(args, target, value)
      args[target], option.given = value == nil or value, true
    end)
  end
  return shared
end

-- Returns the sentence about shared flags in the help of a command.
function flags.summary(shared, takes)
  local names = {}
  for _, option in ipairs(shared) do
    if takes[option:_get_default_target()] then
      names[#names + 1] = table.concat(option._public_aliases, "/")
    end
  end
  return names[1] and "It also takes " .. table.concat(names, ", ") .. ": see streamctl --help."
    or ""
end

-- Refuses flags and formats that a command does not take, and fills in defaults. `path`: the name
-- of the command, such as "relay create".
function flags.check(shared, args, command, path)
  for _, option in ipairs(shared) do
    if option.given and not (command.takes or {})[option:_get_default_target()] then
      abort.usage("%s is not for streamctl %s; see streamctl %s --help",
        option._aliases[#option._aliases], path, path)
    end
  end
  for name, value in pairs(USUAL) do
    if args[name] == nil then args[name] = value end
  end
  local formats = command.formats or FORMATS
  if not set_of(table.concat(formats, " "))[args.output] then
    abort.usage("-o must be %s for streamctl %s, not '%s'", words_of(formats), path, args.output)
  end
end

return flags
