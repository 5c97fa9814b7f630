-- Writes types for editors (LuaCATS), from the comments of lua/streamctl.

local comments = require "tools.types.comments"

local ERR = "streamctl.errors.err"
local CALL = "streamctl.options.call"
local STORE = "streamctl.store"

local LIMITS = "streamctl.options.limits"
local COUNTS = "streamctl.report.counts"

local PARENTS = {
  [CALL] = LIMITS, ["streamctl.wait.options"] = LIMITS,
  ["streamctl.options.generic"] = CALL,
  ["streamctl.batch.options"] = CALL,
  ["streamctl.pages.options"] = LIMITS,
  ["streamctl.report.report"] = COUNTS, ["streamctl.report.progress"] = COUNTS,
  ["streamctl.queue.jobs.status"] = COUNTS,
  ["streamctl.aliyun.credentials.assume_role.options"] =
    "streamctl.aliyun.credentials.sts.options",
  ["streamctl.aliyun.credentials.oidc.options"] = "streamctl.aliyun.credentials.sts.options",
  ["streamctl.aliyun.options"] = "streamctl.options.common",
  ["streamctl.zego.options"] = "streamctl.options.common",
}

-- Types of fields that comments call tables and functions; by class and field, or by field.
local STOP = "fun(at: streamctl.report.progress): boolean|string|nil"
local ON_SEND = "fun(sent: streamctl.options.sent): boolean|nil, string?"
local FIELDS = {
  [ERR .. ".code"] = "streamctl.errors.code",
  ["streamctl.batch.options.on_progress"] = "fun(at: streamctl.report.progress)",
  ["streamctl.batch.options.on_result"] = "fun(result: streamctl.report.result)",
  ["streamctl.report.report.results"] = "streamctl.report.result[]",
  ["streamctl.report.report.failures"] = "streamctl.report.result[]",
  ["streamctl.report.report.err"] = ERR, ["streamctl.report.result.err"] = ERR,
  ["streamctl.queue.work.options.should_stop"] =
    "fun(at: { requests: integer, elapsed: number }): boolean|string|nil",
  ["streamctl.queue.work.options.clients"] = "(streamctl.aliyun.client|streamctl.zego.client)[]"
    .. "|fun(account: string): (streamctl.aliyun.client|streamctl.zego.client|nil)",
  ["streamctl.steps.step.run"] = "fun(answers: table<string, any>): any, string?, table?",
  ["streamctl.steps.step.undo"] = "fun(answer: any): any, string?, table?",
  on_event = "fun(event: streamctl.event)", on_send = ON_SEND, store = "string|" .. STORE,
  should_stop = STOP, tls = "streamctl.options.tls",
  retry = "number|boolean|streamctl.options.retry",
}

-- Classes of results, whose fields editors take for present, as results of calls (`of_failure`).
local PRESENT = {
  [COUNTS] = true,
  ["streamctl.report.report"] = true, ["streamctl.report.progress"] = true,
  ["streamctl.report.result"] = true, ["streamctl.queue.jobs.status"] = true,
  ["streamctl.options.sent"] = true,
  ["streamctl.steps.step.name"] = true, ["streamctl.steps.step.run"] = true,
  [ERR .. ".code"] = true, [ERR .. ".outcome"] = true, [ERR .. ".message"] = true,
}

local KNOWN = {
  string = true, number = true, integer = true, boolean = true, table = true, any = true,
  ["function"] = true, userdata = true, ["nil"] = true,
}

-- Classes that comments name, and what else there is to say of them.
local CLASSES = {
  Task = "", Queue = "",
  Pager = "\n---@overload fun(): any\n---@field err? " .. ERR .. " of the page that failed last",
  Metrics = "\n---@field on_event fun(event: streamctl.event)",
}

local Writer = { ERR = ERR, CALL = CALL, STORE = STORE, CLASSES = CLASSES }
Writer.__index = Writer

function Writer.new()
  return setmetatable({ files = {}, classes = {} }, Writer)
end

function Writer:add(format, ...)
  local line = select("#", ...) > 0 and format:format(...) or format
  self.lines[#self.lines + 1] = line:gsub(" +$", "")
end

-- "string|table rest" as LDoc has it: the type for editors, and the rest.
local function split(text)
  local kind, rest = text:match("^(%S+)%s*(.*)$")
  local kinds = {}
  for name in (kind or "any"):gmatch("[^|]+") do
    kinds[#kinds + 1] = KNOWN[name] and name or CLASSES[name] and "streamctl." .. name or "any"
  end
  return table.concat(kinds, "|"), rest or ""
end

function Writer:text(text)
  for line in (text .. "\n"):gmatch("(.-)\n") do self:add("---" .. line) end
end

-- ---- what comments say ----

-- The class of options that a method takes: of a module it names, of its file, or of its name.
function Writer:options_of(method, block, text)
  if method == "call" then return "streamctl.options.generic" end
  for place in text:gmatch("`?(streamctl%.[%w_.]+)`?") do
    for _, class in ipairs { place .. ".options", place } do
      if self.classes[class] then return class end
    end
  end
  for _, class in ipairs { block.place .. ".options", "streamctl.options." .. method } do
    if self.classes[class] then return class end
  end
  return CALL
end

-- The class that a text names: "see `add_options`", "list of `status`".
function Writer:named(block, text)
  local list, name = text:match "^(list of )`([%w_.]+)`"
  if not name then name = text:match "^see `([%w_.]+)`" end
  for _, class in ipairs(name and { block.place .. "." .. name, name .. ".options" } or {}) do
    if self.classes[class] then return class .. (list and "[]" or "") end
  end
end

-- Editors do not know that these are there when the result before them is nil: they are declared
-- as if they always were.
local function of_failure(result)
  return result.kinds[1] == ERR
    or #result.kinds == 1 and result.kinds[1] == "string" and result.texts[1]:find("^message")
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
      kind = name == "store" and STORE or self:named(block, text) or kind
      if kind == "table" and name == "client" then
        kind = "streamctl.aliyun.client|streamctl.zego.client"
      end
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
      if kind == "boolean" and text:find "^false%f[%W]" then kind = "false" end
      if kind == "table" and text:find("^report, see `streamctl.report`") then
        kind = "streamctl.report.report"
      end
      if text:find "always a report" then kind = "streamctl.report.report|" .. kind end
      if text:find("^store%f[%W]") then kind = STORE end
      local class = kind == "table" and text:match "^(%l+)%f[%W]" or ""
      class = class:gsub("^%l", string.upper)
      if CLASSES[class] then kind = "streamctl." .. class end
      kind = self:named(block, text) or kind
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
    local always = result.groups == groups or of_failure(result)
    if not always then result.kinds[#result.kinds + 1] = "nil" end
    for _, kind in ipairs(result.kinds) do
      if not seen[kind] then seen[kind], kinds[#kinds + 1] = true, kind end
    end
    result.type = table.concat(kinds, "|")
    result.text = table.concat(result.texts, "; or ")
  end
  return params, results
end

-- The same as a type. Editors take what is behind a parenthesis among the results for a comment.
function Writer.as_type(params, results)
  local list, kinds = {}, {}
  for _, param in ipairs(params) do
    list[#list + 1] = param.name == "..." and "...: any"
      or param.name .. (param.optional and "?" or "") .. ": " .. param.type
  end
  for _, result in ipairs(results) do
    kinds[#kinds + 1] = result.type
  end
  return "fun(" .. table.concat(list, ", ") .. ")"
    .. (kinds[1] and ": " .. table.concat(kinds, ", ") or "")
end

function Writer:func(block, name, vendor)
  local params, results = self:signature(block, vendor, name:match("[%w_]+$"))
  self:text(comments.plain(block.text))
  local names = {}
  for _, param in ipairs(params) do
    names[#names + 1] = param.name
    local text = param.text ~= "" and " " .. comments.plain(param.text) or ""
    self:add("---@param " .. param.name .. (param.optional and "?" or "") .. " " .. param.type
      .. text)
  end
  for _, result in ipairs(results) do
    self:add("---@return " .. result.type
      .. (result.text ~= "" and " # " .. comments.plain(result.text) or ""))
  end
  self:add("function " .. name .. "(" .. table.concat(names, ", ") .. ") end")
  self:add("")
end

function Writer:class(name, block)
  self:text(comments.plain(block.text))
  self:add("---@class " .. name .. (PARENTS[name] and " : " .. PARENTS[name] or ""))
  for _, tag in ipairs(block.tags) do
    if tag.name == "tfield" then
      local kind, rest = split(tag.text)
      local field, text = rest:match("^(%S+)%s*(.*)$")
      kind = FIELDS[name .. "." .. field] or FIELDS[field] or kind
      if tag.default then text = text .. " (default: " .. tag.default .. ")" end
      local mark = (PRESENT[name] or PRESENT[name .. "." .. field]) and " " or "? "
      self:add("---@field " .. field .. mark .. kind .. " " .. comments.plain(text))
    end
  end
  self:add("")
end

return Writer
