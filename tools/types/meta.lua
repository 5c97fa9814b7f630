-- The types that editors read (LuaCATS), from the rows and from the comments of lua/streamctl.

local comments = require "tools.types.comments"
local words = require "tools.types.words"

local ERR = "streamctl.errors.err"
local CALL = "streamctl.options.call"

local PARENTS = {
  ["streamctl.options.generic"] = CALL,
  ["streamctl.batch.options"] = "streamctl.options.generic",
  ["streamctl.aliyun.options"] = "streamctl.options.common",
  ["streamctl.zego.options"] = "streamctl.options.common",
}

local KNOWN = {
  string = true, number = true, integer = true, boolean = true, table = true, any = true,
  ["function"] = true, userdata = true, ["nil"] = true,
}

local Writer = {}
Writer.__index = Writer

function Writer:add(format, ...)
  local line = select("#", ...) > 0 and format:format(...) or format
  self.lines[#self.lines + 1] = line:gsub(" +$", "")
end

local function one_line(text)
  return (text:gsub("%s+", " "):gsub("@{([^}|]*)|?[^}]*}", "`%1`"))
end

-- "string|table rest" as LDoc has it: the type for editors, and the rest.
local function split(text)
  local kind, rest = text:match("^(%S+)%s*(.*)$")
  local kinds = {}
  for name in (kind or "any"):gmatch("[^|]+") do
    kinds[#kinds + 1] = KNOWN[name] and name or name == "Task" and "streamctl.Task" or "any"
  end
  return table.concat(kinds, "|"), rest or ""
end

function Writer:text(text)
  for line in (text .. "\n"):gmatch("(.-)\n") do self:add("---" .. line) end
end

-- ---- what comments say ----

-- The class of options that a method takes: of its name, of its file, or of a module it names.
function Writer:options_of(method, block, text)
  if method == "call" then return "streamctl.options.generic" end
  for _, class in ipairs { "streamctl.options." .. method, block.place .. ".options" } do
    if self.classes[class] then return class end
  end
  for place in text:gmatch("`?(streamctl%.[%w_.]+)`?") do
    if self.classes[place .. ".options"] then return place .. ".options" end
  end
  return CALL
end

-- Tags of a function: lists of { name, optional, type, text }.
function Writer:signature(block, vendor, method)
  local params, results = {}, {}
  local counts = {}
  for _, tag in ipairs(block.tags) do
    if tag.name == "tparam" or tag.name == "param" then
      local kind, rest = "any", tag.text
      if tag.name == "tparam" then kind, rest = split(tag.text) end
      local name, text = rest:match("^(%S+)%s*(.*)$")
      if vendor then
        local class, action = "streamctl." .. vendor .. ".", text:match("^of (%u%w+)")
        if name == "name" and method == "wait_for" then kind = class .. "waiter" end
        if name == "options" or name == "given" then kind = self:options_of(method, block, text) end
        if name == "operation" or name == "action" then kind = class .. "operation" end
        if name == "params" and action then kind = class .. action end
      end
      params[#params + 1] = { name = name, optional = tag.optional, type = kind, text = text }
    elseif tag.name == "treturn" or tag.name == "return" then
      local kind, text = "any", tag.text
      if tag.name == "treturn" then kind, text = split(tag.text) end
      if kind == "table" and text:find("^err") then kind = ERR end
      counts[tag.group] = (counts[tag.group] or 0) + 1
      local at = results[counts[tag.group]] or { kinds = {}, texts = {} }
      results[counts[tag.group]] = at
      at.kinds[#at.kinds + 1] = kind
      if text ~= "" then at.texts[#at.texts + 1] = text end
      at.groups = (at.groups or 0) + 1
    end
  end
  local groups = 0
  for _ in pairs(counts) do groups = groups + 1 end
  for _, result in ipairs(results) do
    local seen, kinds = {}, {}
    if result.groups < groups then result.kinds[#result.kinds + 1] = "nil" end
    for _, kind in ipairs(result.kinds) do
      if not seen[kind] then seen[kind], kinds[#kinds + 1] = true, kind end
    end
    result.type = table.concat(kinds, "|")
    result.text = table.concat(result.texts, "; or ")
  end
  return params, results
end

local function as_type(params, results)
  local list, kinds = {}, {}
  for _, param in ipairs(params) do
    list[#list + 1] = param.name == "..." and "...: any"
      or param.name .. (param.optional and "?" or "") .. ": " .. param.type
  end
  for _, result in ipairs(results) do
    kinds[#kinds + 1] = result.type:find("|", 1, true) and "(" .. result.type .. ")" or result.type
  end
  return "fun(" .. table.concat(list, ", ") .. ")"
    .. (kinds[1] and ": " .. table.concat(kinds, ", ") or "")
end

function Writer:func(block, name, vendor)
  local params, results = self:signature(block, vendor, name:match("[%w_]+$"))
  self:text(one_line(block.text))
  local names = {}
  for _, param in ipairs(params) do
    names[#names + 1] = param.name
    local text = param.text ~= "" and " " .. one_line(param.text) or ""
    self:add("---@param " .. param.name .. (param.optional and "?" or "") .. " " .. param.type
      .. text)
  end
  for _, result in ipairs(results) do
    self:add("---@return " .. result.type
      .. (result.text ~= "" and " # " .. one_line(result.text) or ""))
  end
  self:add("function " .. name .. "(" .. table.concat(names, ", ") .. ") end")
  self:add("")
end

function Writer:class(name, block)
  self:text(one_line(block.text))
  self:add("---@class " .. name .. (PARENTS[name] and " : " .. PARENTS[name] or ""))
  for _, tag in ipairs(block.tags) do
    if tag.name == "tfield" then
      local kind, rest = split(tag.text)
      local field, text = rest:match("^(%S+)%s*(.*)$")
      if name == ERR and field == "code" then kind = "streamctl.errors.code" end
      self:add("---@field " .. field .. "? " .. kind .. " " .. one_line(text))
    end
  end
  self:add("")
end

-- ---- what rows say ----

local TYPES = {
  text = "string", time = "string|number", stream_id = "string", stream_ids = "string[]",
  sequence = "integer", json_list = "string[]|string", integer = "integer", number = "number",
  boolean = "boolean", object = "table", map = "table<string, any>",
}

local function literals(list)
  local texts = {}
  for i, value in ipairs(list) do
    texts[i] = type(value) == "string" and ("%q"):format(value) or tostring(value)
  end
  return table.concat(texts, "|")
end

-- The type of a parameter; what it holds becomes a class of its own before.
function Writer:type_of(param, owner)
  local kind = TYPES[param.type]
  if param.type == "list" then kind = TYPES[param.items or "text"] end
  if param.enum and param.type ~= "stream_ids" then kind = literals(param.enum) end
  if param.fields then
    kind = owner .. "." .. param.name
    self:params(kind, param.fields)
    if param.type == "map" then kind = "table<string, " .. kind .. ">" end
  end
  if param.type == "list" then
    kind = kind:find("|", 1, true) and "(" .. kind .. ")[]" or kind .. "[]"
  end
  return assert(kind, param.name .. " has the unknown type " .. param.type)
end

local function field_name(name)
  return name:find("^[%a_][%w_]*$") and name or ("[%q]"):format(name)
end

function Writer:params(class, params)
  local fields = {}
  for i, param in ipairs(params) do
    local limits = table.concat(words.limits(param), ", ")
    fields[i] = ("---@field %s%s %s%s"):format(field_name(param.name),
      words.is_required(param) and "" or "?", self:type_of(param, class),
      limits ~= "" and " " .. limits or "")
    if not words.is_required(param) and field_name(param.name) ~= param.name then
      fields[i] = fields[i]:gsub("%]%? ", "] nil|", 1)
    end
  end
  self:add("---@class " .. class)
  for _, field in ipairs(fields) do self:add(field) end
  self:add("")
end

function Writer:answer(class, parent, returns)
  local names = {}
  for name in pairs(returns) do names[#names + 1] = name end
  table.sort(names)
  self:add("---@class " .. class .. " : " .. parent)
  for _, name in ipairs(names) do self:add("---@field " .. name .. " " .. returns[name]) end
  self:add("")
end

function Writer:row(vendor, row, page)
  local class = "streamctl." .. vendor .. "." .. row.action
  self:params(class, row.params)
  local answer = "streamctl." .. vendor .. ".answer"
  if row.returns then
    self:answer(class .. ".answer", answer, row.returns)
    answer = class .. ".answer"
  end
  local paging = words.paging(row)
  self:add("---%s: %s, %s%s. [The vendor's page](%s)", row.action, words.rate(row),
    words.safety(row), paging and ", pages by " .. paging or "", page)
  self:add("---@param params " .. class)
  self:add("---@param options? " .. CALL)
  self:add("---@return %s|nil answer, string|nil message, %s|nil err", answer, ERR)
  self:add("function client:%s(params, options) end", row.name)
  self:add("")
  return ("---@field %s fun(params: %s, options?: %s): (%s|nil), (string|nil), (%s|nil)"):format(
    row.name, class, CALL, answer, ERR)
end

local ANSWERS = {
  aliyun = { RequestId = "string" },
  zego = { Code = "integer", Message = "string|nil", RequestId = "string|nil", Data = "any" },
}

function Writer:vendor(vendor, methods)
  local operations = require("streamctl." .. vendor .. ".operations")
  local class = "streamctl." .. vendor
  self:begin(class .. ".client", "_") -- no module
  self:add("---@alias %s.operation string", class)
  for row in operations:each() do self:add('---| "%s"\n---| "%s"', row.action, row.name) end
  self:add("")
  local waiters = {}
  for name in pairs(require("streamctl." .. vendor .. ".waiters")) do
    waiters[#waiters + 1] = ('---| "%s"'):format(name)
  end
  table.sort(waiters)
  self:add("---@alias %s.waiter\n%s\n", class, table.concat(waiters, "\n"))
  local fields = ANSWERS[vendor]
  fields.already = "boolean|nil"
  fields.superseded = "string[]|nil"
  self:answer(class .. ".answer", "table", fields)
  self:add("---@class %s.client", class)
  self:add("local client = {}\n")
  local on_table = {}
  for _, block in ipairs(methods) do
    if not block.vendor or block.vendor == vendor then
      local name = block["function"]:match("^Client:(.*)$")
      self:func(block, "client:" .. name, vendor)
      on_table[#on_table + 1] = "---@field " .. name .. " "
        .. as_type(self:signature(block, vendor, name))
    end
  end
  for row in operations:each() do
    on_table[#on_table + 1] = self:row(vendor, row, operations.page_of(row))
  end
  self:begin(class)
  self:add("---@class " .. class)
  for _, line in ipairs(on_table) do self:add(line) end
  self:add("local %s = {}\n", vendor)
  self:add("---Makes a client.\n---@param options %s.options\n---@return %s.client", class, class)
  self:add("function %s.new(options) end\n", vendor)
  self:add("return %s", vendor)
end

-- ---- the whole ----

local FOLDER = "lua/streamctl/"

-- The functions of `require "streamctl"`: name, file, and how the line after the comment begins.
local DOORWAY = {
  { "streamctl.run", "loop/tasks.lua", "function tasks.run" },
  { "streamctl.spawn", "loop/tasks.lua", "function tasks.spawn" },
  { "streamctl.sleep", "loop/pick.lua", "function pick.sleep" },
  { "streamctl.steps", "jobs/steps.lua", "return function" },
  { "streamctl.store.memory", "store/memory.lua", "memory.new =" },
  { "streamctl.store.file", "store/file.lua", "function file.new" },
  { "streamctl.store.redis", "store/redis.lua", "function redis.new" },
  { "task:join", "loop/tasks.lua", "function Task:join" },
  { "task:outcome", "loop/tasks.lua", "function Task:outcome" },
}

local function with_code(blocks, code)
  for _, block in ipairs(blocks) do
    if block.code:find(code, 1, true) then return block end
  end
  error("no comment before: " .. code)
end

function Writer:begin(module, name)
  self.lines = { "---@meta " .. (name or module) }
  self:add("-- Made by `make types` from the rows and the comments of lua/streamctl.\n")
  self.files["types/" .. module:gsub("%.", "/") .. ".lua"] = self.lines
end

-- The files of types/ by name: several, since editors pass over files of 500 kB; `files`: the
-- sources.
return function(files)
  local self = setmetatable({ files = {}, classes = {} }, Writer)
  local read, methods, tables = {}, {}, {}
  for _, file in ipairs(files) do
    local blocks = comments.read(file)
    read[file] = blocks
    local place
    for _, block in ipairs(blocks) do
      place = place or block.public or block.module
      block.place = place
      if block["function"] and block["function"]:find("^Client:") then
        block.vendor = file:match("^" .. FOLDER .. "(aliyun)/") or file:match("^" .. FOLDER
          .. "(zego)/")
        methods[#methods + 1] = block
      elseif block.tfield then
        local name = place .. "." .. block.table
        tables[#tables + 1] = { name = name, block = block }
        self.classes[name] = true
      end
    end
  end
  for _, vendor in ipairs { "aliyun", "zego" } do self:vendor(vendor, methods) end
  self:begin "streamctl"
  self:add("---@alias streamctl.errors.code")
  local codes = {}
  for code in pairs(require("streamctl.errors").codes) do codes[#codes + 1] = code end
  table.sort(codes)
  for _, code in ipairs(codes) do self:add('---| "%s"', code) end
  self:add("")
  for _, it in ipairs(tables) do self:class(it.name, it.block) end
  self:add("---@class streamctl.Task\nlocal task = {}\n")
  self:add("---@class streamctl\n---@field aliyun streamctl.aliyun\n"
    .. "---@field zego streamctl.zego\n---@field _VERSION string")
  self:add("local streamctl = { store = {} }\n")
  for _, it in ipairs(DOORWAY) do
    self:func(with_code(read[FOLDER .. it[2]], it[3]), it[1])
  end
  self:add("return streamctl")
  local made = {}
  for path, lines in pairs(self.files) do made[path] = table.concat(lines, "\n") .. "\n" end
  return made
end
