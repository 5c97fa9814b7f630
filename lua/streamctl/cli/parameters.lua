-- Reads parameters of the command line: `Name=text`, `Name:=JSON`, and an object by `--json`.

local fail = require "streamctl.cli.fail"
local errors = require "streamctl.base.errors"
local json = require "streamctl.base.json"
local reader = require "streamctl.cli.reader"
local streamctl = require "streamctl"

local parameters = {}

local MAX = 16 * 1024 * 1024 -- bytes of an object

local function number(value)
  return value:find "^%-?%d+%.?%d*$" and #value < 16 and tonumber(value) or value
end

local function boolean(value)
  if value == "true" or value == "false" then return value == "true" end
  return value
end

-- Convert a text to a type of a row. Wrong text stays text, which the library refuses.
local CONVERTERS = {
  integer = number, number = number, sequence = number, time = number, boolean = boolean,
}

-- Types with values in JSON, and the first character of such values.
local NESTED = { list = "[", json_list = "[", stream_ids = "[", object = "{", map = "{" }

local function from_json(name, value)
  local list, why = json.decode_list("[" .. value .. "]")
  if list and (list[1] == nil or list[1] == json.null) then why = "it holds no value" end
  if list and list[2] ~= nil then why = "it holds more than one value" end
  if not why then return list[1] end
  fail.usage("the parameter %s: %s; NAME:=JSON takes a number, true, false, a \"text\", a "
    .. "list or an object; NAME=TEXT takes any text", name, why)
end

local function from_text(spec, name, value)
  local opening = NESTED[spec.type]
  if opening and value:sub(1, 1) == opening then return from_json(name, value) end
  local convert = CONVERTERS[opening == "[" and spec.items or spec.type]
  if convert then return convert(value) end
  return value
end

-- Reads words such as `NAME=TEXT`, converted by the row `operation`, or `NAME:=JSON`, and adds them
-- to `params`. A repeated name makes a list.
function parameters.read(words, operation, params)
  local by_name, lists = operation and operation.by_name or {}, {}
  params = params or {}
  for _, word in ipairs(words) do
    local name, as_json, value = word:match "^([%w_][%w_.%-]*)(:?)=(.*)$"
    if not name then
      fail.usage("'%s' is no parameter; write NAME=VALUE, or NAME:=JSON for a list, an object or "
        .. "a number that must not be a text", errors.tidy(word, 60))
    end
    local spec, list = by_name[name] or {}, lists[name]
    local takes_list = NESTED[spec.type] == "["
    if list and spec.type and not takes_list then
      fail.usage("the parameter %s is given twice, and it takes one value", name)
    end
    if as_json == ":" then
      value = from_json(name, value)
    else
      value = from_text(spec, name, value)
    end
    lists[name] = list or {}
    table.insert(lists[name], value)
    if list or takes_list and type(value) ~= "table" then value = lists[name] end
    params[name] = value
  end
  return params
end

-- Reads an object of parameters from "-" for stdin, "@FILE", or the text itself.
function parameters.object(word)
  local path, data, name, why = word:match "^@(.+)$", word, "--json", nil
  if path or word == "-" then
    name = path or "stdin"
    data, why = reader.read(path, MAX)
  end
  if not data then fail.usage("cannot read %s: %s", name, why) end
  local object
  object, why = json.decode((data:gsub("^\239\187\191", "")))
  if object then return object end
  local line = json.line_of_fault(data)
  fail.usage("%s%s: %s; --json takes an object of parameters, - for stdin, or @FILE", name,
    line and line > 1 and (" line %d"):format(line) or "", why)
end

-- Finds the row of an operation by either spelling; nil for an operation outside of the catalogue.
function parameters.row(account, name)
  local listed = account.api.operations:find(name) -- mostly, so other rows stay unloaded
    or streamctl.aliyun.operations:find(name) or streamctl.zego.operations:find(name)
  if not listed and name:find "^%u%w*$" then return nil end
  return account:operation(name)
end

function parameters.define(command)
  command:argument("NAME=VALUE", "Parameters: NAME=TEXT, or NAME:=JSON; a NAME that comes again "
    .. "makes a list."):args "*":target "words"
  command:option("--json", "A JSON object of parameters: the text, - for stdin, or @FILE; those of "
    .. "words win."):argname "JSON"
end

-- Returns the parameters of `words` and `--json`. `operation`, if any: a row.
function parameters.of(invocation, operation)
  local args = invocation.args
  return parameters.read(args.words, operation, args.json and parameters.object(args.json))
end

return parameters
