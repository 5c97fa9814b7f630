-- The types that editors read (LuaCATS), from the rows and from the comments of lua/streamctl.

local comments = require "tools.types.comments"
local describe = require "streamctl.cli.describe"
local events = require "tools.types.events"
local Writer = require "tools.types.writer"

local ERR, CALL, STORE, CLASSES = Writer.ERR, Writer.CALL, Writer.STORE, Writer.CLASSES

-- ---- what rows say ----

local TYPES = {
  text = "string", time = "string|number", stream_id = "string", stream_ids = "string[]|string",
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
    local list = kind:find("|", 1, true) and "(" .. kind .. ")[]" or kind .. "[]"
    kind = list .. (kind == "string" and "|string" or "") -- a text is a list of one
  end
  return assert(kind, param.name .. " has the unknown type " .. param.type)
end

function Writer:params(class, params)
  local fields = {}
  for i, param in ipairs(params) do
    local limits = table.concat(describe.limits(param), ", ")
    fields[i] = ("---@field %s%s %s%s"):format(param.name,
      describe.is_required(param) and "" or "?", self:type_of(param, class),
      limits ~= "" and " " .. limits or "")
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

-- Writes the classes of an operation. Returns its types behind `fun(`: of the function, and of the
-- method with a text.
function Writer:row(vendor, row, page)
  local class = "streamctl." .. vendor .. "." .. row.action
  self:params(class, row.params)
  local answer = "streamctl." .. vendor .. ".answer"
  if row.returns then
    self:answer(class .. ".answer", answer, row.returns)
    answer = class .. ".answer"
  end
  local paging = describe.paging(row)
  return ("params: %s, options?: %s): %s|nil, string, %s"):format(class, CALL, answer, ERR),
    (" %s: %s, %s%s. [The vendor's page](%s)"):format(row.action, describe.rate(row.rate),
      describe.safety(row), paging and ", pages by " .. paging or "", page)
end

local ANSWERS = {
  aliyun = { RequestId = "string" },
  zego = { Code = "integer", Message = "string|nil", RequestId = "string|nil", Data = "any" },
}

-- The modules of the vendors' tables.
local PARTS = { aliyun = { "address", "webhook", "credentials" }, zego = { "token", "webhook" } }

-- Both vendors' webhooks have the functions of this file that are public.
local SHARED = "lua/streamctl/vendor/webhook.lua"

-- Those that are data.
local DATA = {
  "operations { find: (fun(self: table, name: string): (table|nil)), "
    .. "names: (fun(self: table): string[]), each: (fun(self: table): (fun(): (table|nil))) }",
  "waiters table<string, table>",
}

-- The functions of such a module, which may also be called as the client's method of its name.
function Writer:part(vendor, name, blocks, call)
  local class = "streamctl." .. vendor
  self:add("---@class " .. class .. "." .. name)
  if call then self:add("---@overload " .. call) end
  self:add("local %s = {}\n", name)
  for _, block in ipairs(blocks) do
    self:func(block, block["function"] or block.code:match("^function ([%w_.]+)"), vendor)
  end
end

function Writer:vendor(vendor, methods, by_place)
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
  fields.info = "streamctl.options.info|nil"
  fields["[string]"] = "any" -- the vendor's fields, of which rows name some
  self:answer(class .. ".answer", "table", fields)
  local on_client, on_table, calls = {}, {}, {}
  for row in operations:each() do
    local types, text = self:row(vendor, row, operations.page_of(row))
    on_client[#on_client + 1] = ("---@field %s fun(self: %s.client, %s%s"):format(row.name, class,
      types, text)
    on_table[#on_table + 1] = "---@field " .. row.name .. " fun(" .. types
  end
  self:add("---@class %s.client", class)
  self:add("---@field account string whose rate and jobs are shared, such as zego:1234567890:test")
  self:add("---@field endpoint string where calls go: the addresses of its hosts")
  for _, line in ipairs(on_client) do self:add(line) end
  self:add("local client = {}\n")
  for _, block in ipairs(methods) do
    if not block.vendor or block.vendor == vendor then
      local name = block["function"]:match("^Client:(.*)$")
      self:func(block, "client:" .. name, vendor)
      local call = Writer.as_type(self:signature(block, vendor, name))
      calls[name] = call
      if not by_place[class .. "." .. name] then
        on_table[#on_table + 1] = "---@field " .. name .. " " .. call
      end
    end
  end
  self:begin(class)
  for i, name in ipairs(PARTS[vendor]) do
    self:part(vendor, name, by_place[class .. "." .. name], calls[name])
    table.insert(on_table, i, ("---@field %s %s.%s"):format(name, class, name))
  end
  for _, field in ipairs(DATA) do on_table[#on_table + 1] = "---@field " .. field end
  self:add("---@class " .. class)
  for _, line in ipairs(on_table) do self:add(line) end
  self:add("local %s = {}\n", vendor)
  self:add("---Makes a client. Without any part of a key, that of the environment is taken.\n"
    .. "---@param options? %s.options\n---@return %s.client", class, class)
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
  { "streamctl.steps", "many/steps.lua", "return function" },
  { "streamctl.store.memory", "store/memory.lua", "memory.new =" },
  { "streamctl.store.file", "store/file.lua", "function file.new" },
  { "streamctl.store.redis", "store/redis.lua", "function redis.new" },
  { "streamctl.queue.new", "queue/init.lua", "function queue.new" },
  { "streamctl.metrics.new", "metrics/init.lua", "function metrics.new" },
  { "streamctl.metrics.prometheus", "metrics/init.lua", "function metrics.prometheus" },
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
  self.files["lua/types/" .. module:gsub("%.", "/") .. ".lua"] = self.lines
end

-- The files of lua/types/ by name: several, since editors pass over files of 500 kB; `files`: the
-- sources.
return function(files)
  local self = Writer.new()
  local read, methods, tables, members = {}, {}, {}, {}
  for _, class in ipairs { "Pager", "Task", "Memory", "Queue", "Metrics" } do
    members[class] = {}
  end
  local by_place = {}
  for vendor, names in pairs(PARTS) do
    for _, name in ipairs(names) do by_place["streamctl." .. vendor .. "." .. name] = {} end
  end
  for _, file in ipairs(files) do
    local blocks = comments.read(file)
    read[file] = blocks
    local place
    for _, block in ipairs(blocks) do
      place = place or block.public or block.module
      block.place = place
      block.name = block["function"] or block.code:match("^function ([%w_.:]+)")
      local class = block.name and block.name:match("^(%w+):")
      if members[class] then table.insert(members[class], block) end
      if block["function"] and block["function"]:find("^Client:") then
        block.vendor = file:match("^" .. FOLDER .. "(aliyun)/") or file:match("^" .. FOLDER
          .. "(zego)/")
        methods[#methods + 1] = block
      elseif by_place[place] and (block["function"] or block.code:find "^function %w+%.") then
        table.insert(by_place[place], block)
      elseif block["function"] and block["function"]:find("^credentials%.") then
        table.insert(by_place["streamctl.aliyun.credentials"], block) -- a file for each
      elseif block.tfield then
        local name = place .. "." .. block.table
        tables[#tables + 1] = { name = name, block = block }
        self.classes[name] = true
      end
    end
  end
  for _, vendor in ipairs { "aliyun", "zego" } do
    for _, block in ipairs(comments.read(SHARED)) do
      local is_public = block.code:find "^function webhook%."
      if is_public then table.insert(by_place["streamctl." .. vendor .. ".webhook"], block) end
    end
    self:vendor(vendor, methods, by_place)
  end
  self:begin "streamctl"
  self:add("---@alias streamctl.errors.code")
  local codes = {}
  for code in pairs(require("streamctl.base.errors").codes) do codes[#codes + 1] = code end
  table.sort(codes)
  for _, code in ipairs(codes) do self:add('---| "%s"', code) end
  self:add("")
  events.write(self)
  for _, it in ipairs(tables) do self:class(it.name, it.block) end
  for _, class in ipairs { "Pager", "Task", "Queue", "Metrics" } do
    self:add("---@class streamctl." .. class .. CLASSES[class] .. "\nlocal " .. class .. " = {}\n")
    for _, block in ipairs(members[class]) do self:func(block, block.name) end
  end
  -- those of files have one method more
  self:add("---@class " .. STORE .. "\n---@field close? fun(self: " .. STORE .. ")")
  self:add("local Memory = {}\n")
  for _, block in ipairs(members.Memory) do self:func(block, block.name) end
  self:add("---@class streamctl\n---@field aliyun streamctl.aliyun\n"
    .. "---@field zego streamctl.zego\n---@field _VERSION string")
  self:add("local streamctl = { store = {}, queue = {}, metrics = {} }\n")
  for _, it in ipairs(DOORWAY) do
    self:func(with_code(read[FOLDER .. it[2]], it[3]), it[1])
  end
  self:add("return streamctl")
  local made = {}
  for path, lines in pairs(self.files) do made[path] = table.concat(lines, "\n") .. "\n" end
  return made
end
