-- Parameters on the command line: `Name=text`, `Name:=JSON`, and a whole object by `--json`.

local failure = require "streamctl.cli.failure"
local files = require "streamctl.cli.files"
local json = require "streamctl.json"
local streamctl = require "streamctl"
local text = require "streamctl.cli.output.text"

local parameters = {}

local MOST = 16 * 1024 * 1024 -- bytes of an object that are read
local QUOTED = 60 -- characters of a wrong word that are shown

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

-- The types that may be written as JSON, and how that begins.
local NESTED = { list = "[", json_list = "[", stream_ids = "[", object = "{", map = "{" }

local function from_json(name, value)
  local list, why = json.decode_list("[" .. value .. "]")
  if list then
    why = (list[1] == nil or list[1] == json.null) and "it holds no value"
      or list[2] ~= nil and "it holds more than one value"
  end
  if not why then return list[1] end
  failure.usage("the parameter %s: %s; NAME:=JSON takes a number, true, false, a \"text\", a "
    .. "list or an object; NAME=TEXT takes any text", name, why)
end

local function from_text(spec, name, value)
  local opening = NESTED[spec.type]
  if opening and value:sub(1, 1) == opening then return from_json(name, value) end
  local convert = of_type[opening == "[" and (spec.items or {}).type or spec.type]
  if convert then return convert(value) end
  return value
end

local function shown(word)
  return "'" .. text.clean(#word > QUOTED and word:sub(1, QUOTED) .. "..." or word) .. "'"
end

-- Reads the words of a command line; ends by `failure.usage`. `words`: `NAME=TEXT`, which becomes
-- what the row wants, or `NAME:=JSON`; a name that comes again makes a list. `operation`, if any:
-- a row. They are added to `params`, if there are any, and those win.
function parameters.read(words, operation, params)
  local by_name, lists = operation and operation.by_name or {}, {}
  params = params or {}
  for _, word in ipairs(words) do
    local name, as_json, value = word:match "^([%w_][%w_.%-]*)(:?)=(.*)$"
    if not name then
      failure.usage("%s is no parameter; write NAME=VALUE, or NAME:=JSON for a list, an object or "
        .. "a number that must not be a text", shown(word))
    end
    local spec, list = by_name[name] or {}, lists[name]
    local takes_list = NESTED[spec.type] == "["
    if list and spec.type and not takes_list then
      failure.usage("the parameter %s is given twice, and it takes one value", name)
    end
    if as_json == ":" then
      value = from_json(name, value)
    else
      value = from_text(spec, name, value)
    end
    lists[name] = list or {}
    table.insert(lists[name], value)
    local is_list = list or takes_list and type(value) ~= "table"
    if is_list then params[name] = lists[name] else params[name] = value end
  end
  return params
end

-- Reads an object of parameters; ends by `failure.usage`. `source`: "-" for stdin, "@FILE", or the
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

-- The row of an action; ends by `failure.usage` for a name that no action has. `name`: in either
-- spelling. Returns nil for an action that may be there and that nobody lists.
function parameters.row(account, name)
  local listed = account.api.operations:find(name) -- the other's rows are not loaded in vain
    or streamctl.aliyun.operations:find(name) or streamctl.zego.operations:find(name)
  if not listed and name:find "^%u%w*$" then return nil end
  return account:operation(name)
end

-- Adds `words` and `--json` to a command.
function parameters.define(command)
  command:argument("NAME=VALUE", "Parameters: NAME=TEXT, or NAME:=JSON; a NAME that comes again "
    .. "makes a list."):args "*":target "words"
  command:option("--json", "A JSON object of parameters: the text, - for stdin, or @FILE; those of "
    .. "words win."):argname "JSON"
end

-- The parameters of a command that has these; ends by `failure.usage`. `operation`, if any: a row.
function parameters.of(invocation, operation)
  local args = invocation.args
  return parameters.read(args.words, operation, args.json and parameters.object(args.json))
end

return parameters
