--- Flags that commands share, so that each command's help lists what it takes and one name means
-- one thing everywhere. `args` holds them under their long names: `args.dry_run`.
-- @module streamctl.cli.flags

local flags = {}

local function words_of(list)
  return #list > 1 and table.concat(list, ", ", 1, #list - 1) .. " or " .. list[#list] or list[1]
end

-- A converter: a number as people write it, no hexadecimal, no exponent.
local function number(flag, what, fits)
  return function(text)
    local value = text:find "^%d+%.?%d*$" and tonumber(text)
    if value and value < math.huge and fits(value) then return value end
    return nil, ("%s must be %s, not '%s'"):format(flag, what, text)
  end
end

local function positive(value) return value > 0 end

local function whole(value) return value >= 1 and value <= 2 ^ 31 and value % 1 == 0 end

local function at_once(value) return whole(value) and value <= 1000 end

local STATES = { "ok", "failed", "unknown", "unsent" }

-- "ok,failed" becomes { ok = true, failed = true }.
local function states(text)
  local set = {}
  for word in (text .. ","):gmatch "([^,]*)," do
    local known
    for _, state in ipairs(STATES) do known = known or state == word end
    if not known then
      return nil, ("--only must be a list of %s, such as failed,unknown; not '%s'"):format(
        words_of(STATES), text)
    end
    set[word] = true
  end
  return set
end

--- All vendors.
flags.VENDORS = { "aliyun", "zego" }

--- Those that a command without an account is about. `vendor`: what --vendor says.
function flags.vendors(vendor)
  return vendor and { vendor } or flags.VENDORS
end

--- Which account: `profile`, `vendor`.
function flags.account(command)
  command:option("--profile", "The profile of the configuration file."):argname "NAME"
  command:option("--vendor", "Whose account: aliyun or zego."):argname "VENDOR"
    :choices(flags.VENDORS)
end

--- What is written: `output` (a format), `color`, `quiet`, `verbose`. `formats`, if any: those that
-- the command can write; all when absent.
function flags.output(command, formats)
  formats = formats or { "table", "json", "jsonl", "ids" }
  command:option("-o --output", "What stdout gets: " .. words_of(formats) .. ".")
    :argname "FORMAT":choices(formats):default "table"
  command:option("--color", "Colours: always, never, or auto, which is on a terminal only.")
    :argname "WHEN":choices { "auto", "always", "never" }:default "auto"
  command:flag("-q --quiet", "Only warnings and errors on stderr.")
  command:flag("-v --verbose", "Each attempt and each wait on stderr.")
end

--- How calls go out: `timeout`, `attempts`, `rate`, `store`, and what `flags.account` has.
function flags.calls(command)
  flags.account(command)
  command:option("--timeout", "Seconds that a call may take, with all its attempts.")
    :argname "SECONDS":convert(number("--timeout", "a number of seconds above 0", positive))
  command:option("--attempts", "How often a call is tried at most.")
    :argname "N":convert(number("--attempts", "a whole number from 1", whole))
  command:option("--rate", "Requests a second; never above the documented rate.")
    :argname "N":convert(number("--rate", "a number of requests a second above 0", positive))
  command:option("--store", "Where order and rates are kept: memory, file:PATH or redis:URL.")
    :argname "STORE"
end

--- A single call that changes something: `dry_run`, `yes`, and what `flags.calls` and
-- `flags.output` have. `formats`, if any: see @{flags.output}.
function flags.act(command, formats)
  flags.calls(command)
  flags.output(command, formats)
  command:flag("-n --dry-run", "Show what would be sent, and send nothing.")
  command:flag("-y --yes", "Do not ask.")
end

--- How far it is: `progress`.
function flags.progress(command)
  command:option("--progress", "Progress on stderr: plain (a line now and then), none, or auto, "
    .. "which is on a terminal only."):argname "HOW"
    :choices { "auto", "plain", "none" }:default "auto"
end

--- A report that was begun before: `repair`, `same_account`.
function flags.begun(command)
  command:flag("--repair", "Leave out lines of the report that make no sense, such as after a "
    .. "crash; as it was it is kept as FILE.old.")
  command:flag("--same-account", "Alibaba Cloud: the report's account has another key by now, and "
    .. "this is it.")
end

--- Many calls: `concurrency`, `progress`, `only` (a set of states, such as `only.failed`), and what
-- `flags.act` has. `formats`, if any: see @{flags.output}.
function flags.many(command, formats)
  flags.act(command, formats)
  command:option("--concurrency", "How many requests may be under way at once.")
    :argname "N":convert(number("--concurrency", "a whole number from 1 to 1000", at_once))
  flags.progress(command)
  command:option("--only", "Which items: a list of " .. words_of(STATES) .. ".")
    :argname "STATES":convert(states)
end

--- Many items: `skip_bad`, and what `flags.many` has. `formats`, if any: see @{flags.output}.
function flags.items(command, formats)
  flags.many(command, formats)
  command:flag("--skip-bad", "Leave out lines that cannot be right, instead of sending nothing.")
end

--- Many items that are changed: `report` (a file), and what `flags.begun` and `flags.items` have.
-- `formats`, if any: see @{flags.output}.
function flags.bulk(command, formats)
  flags.items(command, formats)
  command:option("--report", "Write down what becomes of each item; go on where FILE ends.")
    :argname "FILE"
  flags.begun(command)
end

local function set_of(names)
  local set = {}
  for name in names:gmatch "%S+" do set[name] = true end
  return set
end

--- Those above that take a value, and those that take none: what the parser must know of a flag
-- that stands before the command's name.
flags.with_value = set_of("--profile --vendor -o --output --color --timeout --attempts --rate "
  .. "--store --report --concurrency --progress --only")
flags.without_value = set_of("-q --quiet -v --verbose -n --dry-run -y --yes --skip-bad "
  .. "--repair --same-account -h --help")

return flags
