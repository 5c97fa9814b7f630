--- Parameters on the command line: `Name=text`, `Name:=JSON`, and a whole object by `--json`.
-- @module streamctl.cli.parameters

local failure = require "streamctl.cli.failure"
local files = require "streamctl.cli.files"
local json = require "streamctl.json"
local streamctl = require "streamctl"
local text = require "streamctl.cli.output.text"

local parameters = {}

local MOST = 16 * 1024 * 1024 -- bytes of an object that are read
local QUOTED = 60 -- characters of a wrong word that are shown

-- ---- values ----

local function number(value)
  return value:find "^%-?%d+%.?%d*$" and #value < 16 and tonumber(value) or value
end

-- What a type of a row wants of a text; what it cannot be stays a text, and the row's check says
-- what was expected.
local of_type = {
  integer = number, number = number, sequence = number, time = number,
  boolean = function(value)
    if value == "true" then return true end
    if value == "false" then return false end
    return value
  end,
}

local LISTS = { list = true, stream_ids = true, json_list = true }

-- Those that may be written as JSON.
local NESTED = { list = "[", json_list = "[", stream_ids = "[", object = "{", map = "{" }

-- Any JSON value; or nil and why not.
local function decode(value)
  local list, why = json.decode_list("[" .. value .. "]")
  if not list then return nil, why end
  if list[1] == nil or list[1] == json.null then return nil, "it holds no value" end
  if list[2] ~= nil then return nil, "it holds more than one value" end
  return list[1]
end

local function from_json(name, value)
  local decoded, why = decode(value)
  if decoded == nil then
    failure.usage("the parameter %s: %s; NAME:=JSON takes a number, true, false, a \"text\", a "
      .. "list or an object; NAME=TEXT takes any text", name, why)
  end
  return decoded
end

local function typed(spec, name, value)
  local opening = spec and NESTED[spec.type]
  if opening and value:sub(1, 1) == opening then return from_json(name, value) end
  local convert = spec and of_type[LISTS[spec.type] and (spec.items or {}).type or spec.type]
  if convert then return convert(value) end
  return value
end

-- ---- words ----

local function shown(word)
  return "'" .. text.clean(#word > QUOTED and word:sub(1, QUOTED) .. "..." or word) .. "'"
end

-- Name and text of a word, and whether that is JSON.
local function split(word)
  local name, as_json, value = word:match "^([%w_][%w_.%-]*)(:?)=(.*)$"
  if not name then
    failure.usage("%s is no parameter; write NAME=VALUE, or NAME:=JSON for a list, an object or a "
      .. "number that must not be a text", shown(word))
  end
  return name, value, as_json == ":"
end

-- Values by name, in lists, and the names in their order.
local function collect(words, by_name)
  local values, names = {}, {}
  for _, word in ipairs(words) do
    local name, value, as_json = split(word)
    if not values[name] then values[name], names[#names + 1] = {}, name end
    if as_json then
      value = from_json(name, value)
    else
      value = typed(by_name[name], name, value)
    end
    table.insert(values[name], value)
  end
  return values, names
end

--- Reads the words of a command line; ends by `failure.usage`. `words`: `NAME=TEXT`, which becomes
-- what the row wants, or `NAME:=JSON`; a name that comes again makes a list. `operation`, if any:
-- a row. They are added to `params`, if there are any, and those win.
function parameters.read(words, operation, params)
  local by_name = operation and operation.by_name or {}
  local values, names = collect(words, by_name)
  params = params or {}
  for _, name in ipairs(names) do
    local spec, list = by_name[name], values[name]
    local takes_list = spec and LISTS[spec.type]
    if list[2] ~= nil and spec and not takes_list then
      failure.usage("the parameter %s is given %d times, and it takes one value", name, #list)
    end
    if list[2] ~= nil or (takes_list and type(list[1]) ~= "table") then
      params[name] = list
    else
      params[name] = list[1]
    end
  end
  return params
end

-- ---- objects ----

--- Reads an object of parameters; ends by `failure.usage`. `source`: "-" for stdin, "@FILE", or the
-- text itself.
function parameters.object(source)
  local data, name = files.named(source, MOST)
  if not data then data, name = source, "--json" end
  local object, why = json.decode((data:gsub("^\239\187\191", "")))
  if object then return object end
  local line = json.line_of_fault(data)
  failure.usage("%s%s: %s; --json takes an object of parameters, - for stdin, or @FILE", name,
    line and line > 1 and (" line %d"):format(line) or "", why)
end

-- ---- commands ----

--- The row of an action; ends by `failure.usage` for a name that no action has. `name`: in either
-- spelling. Returns nil for an action that may be there and that nobody lists.
function parameters.row(account, name)
  local listed = account.api.operations:find(name) -- the other's rows are not loaded in vain
    or streamctl.aliyun.operations:find(name) or streamctl.zego.operations:find(name)
  if not listed and name:find "^%u%w*$" then return nil end
  return account:operation(name)
end

--- Adds `words` and `--json` to a command; `what` the parameters are, for the help.
function parameters.define(command, what)
  command:argument("words", (what or "The parameters") .. ": NAME=TEXT, or NAME:=JSON; a NAME that "
    .. "comes again makes a list."):argname "NAME=VALUE":args "*"
  command:option("--json", "A JSON object of parameters: the text, - for stdin, or @FILE; those of "
    .. "words win."):argname "JSON"
end

--- The parameters of a command that has these; ends by `failure.usage`. `operation`, if any: a row.
function parameters.of(invocation, operation)
  local args = invocation.args
  return parameters.read(args.words, operation, args.json and parameters.object(args.json))
end

return parameters
