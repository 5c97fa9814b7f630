-- Makes the reference pages of the site: operations from rows, waiters, modules from the comments
-- of lua/streamctl, and the command from its parser. `tools/types/site.lua` calls the functions.

local describe = require "streamctl.cli.describe"
local pages = require "tools.types.pages"
local parser = require "streamctl.cli.parser"
local status = require "streamctl.cli.status"

local unpack = table.unpack or unpack -- luacheck: ignore

local reference = { anchors = {} } -- of operations, by both names

local RULES = {
  later = "`%s` must be later than `%s`", future = "`%s` must be in the future",
  required_if = "`%s` is required where `%s` is `%s`",
  single_if = "`%s` has one item where `%s` is `%s`", any_of = "`%s` or `%s` is required",
}

local EFFECTS = {
  reads = "reads", restores = "brings back what was stopped", changes = "changes something",
}

-- Makes text that is no code safe for Markdown and for Vue.
local function plain(text)
  return (text:gsub("[^`]+`?[^`]*`?", function(part)
    local words, code = part:match "^([^`]*)(.*)$"
    return words:gsub("<", "&lt;"):gsub("{{", "&#123;&#123;"):gsub("%*", "\\*") .. code
  end))
end

local function cell(text) return (text:gsub("|", "\\|"):gsub("%s+", " ")) end

local function code(text) return "`" .. tostring(text) .. "`" end

local function adder()
  local lines = {}
  return lines, function(format, ...)
    lines[#lines + 1] = select("#", ...) > 0 and format:format(...) or format
  end
end

local function text_of(lines) return table.concat(lines, "\n") .. "\n" end

-- ---- rows ----

local function add_params(add, params, prefix)
  for _, param in ipairs(describe.required_first(params)) do
    local limits, kind = describe.all_limits(param), param.type:gsub("_", " ")
    if describe.is_required(param) then table.insert(limits, 1, "**required**") end
    if param.items then kind = kind .. " of " .. param.items end
    add("| `%s%s` | %s | %s |", prefix, param.name, kind, table.concat(limits, "; "))
    local inner = prefix .. param.name .. (param.type == "list" and "[]." or ".")
    if param.fields then add_params(add, param.fields, inner) end
  end
end

local function add_row(add, row, page, waiters)
  local facts = { row.method, describe.rate(row.rate), describe.safety(row) }
  if row.test_rate then
    facts[2] = facts[2] .. (" (%.4g in the test environment)"):format(row.test_rate)
  end
  if row.list then facts[#facts + 1] = "a batch takes ids for " .. code(row.list) end
  if row.pages then facts[#facts + 1] = "pages by " .. code(describe.paging(row)) end
  add("\n## %s\n\n[%s](%s) %s: %s.", row.name, row.action, page, EFFECTS[describe.effect(row)],
    table.concat(facts, ", "))
  if waiters then add("Waiters: [%s](/reference/waiters.md).", table.concat(waiters, ", ")) end
  if row.params[1] then
    add "\n| parameter | type | limits |\n|---|---|---|"
    add_params(add, row.params, "")
  end
  if row.rules then add "" end
  for _, rule in ipairs(row.rules or {}) do add("- " .. RULES[rule[1]] .. ".", unpack(rule, 2)) end
  local returns = {}
  for name, kind in pairs(row.returns or {}) do
    returns[#returns + 1] = code(name) .. ": " .. kind
  end
  table.sort(returns)
  if returns[1] then add("\nReturns %s.", table.concat(returns, ", ")) end
end

-- Returns the page of each group of a vendor by its name, and the names in order.
function reference.operations(vendor, title, waiters)
  local operations, by_group = require("streamctl." .. vendor .. ".operations"), {}
  for row, group in operations:each() do
    local page = by_group[group]
    if not page then
      page = {}
      page.lines, page.add = adder()
      by_group[group] = page
      page.add("# %s: %s\n", title, group:gsub("_", " "))
      page.add "Each is a method of clients, a function of the vendor's table, and an action of"
      page.add "`streamctl call`. It takes a table of these parameters, then"
      page.add "[options](/reference/options.md); all have the same [errors](/reference/errors.md)."
    end
    local anchor = ("/reference/operations/%s/%s.md#%s"):format(vendor, group, row.name)
    reference.anchors[row.name], reference.anchors[row.action] = anchor, anchor
    add_row(page.add, row, operations.page_of(row), waiters[row.action])
  end
  for group, page in pairs(by_group) do by_group[group] = text_of(page.lines) end
  return by_group, operations.groups
end

-- Returns a table of each vendor's operations, with a box that filters them.
function reference.overview(vendors)
  local lines, add = adder()
  add "\n<OperationFilter />"
  for _, vendor in ipairs(vendors) do
    add("\n## %s\n\n| operation | what it does | rate | what is checked |", vendor[2])
    add "|---|---|---|---|"
    for row, group in require("streamctl." .. vendor[1] .. ".operations"):each() do
      local does, is_detailed = describe.effect(row), pages.is_detailed(row)
      add("| %s<br>[%s](/reference/operations/%s/%s.md) | %s | %s | %s |",
        (is_detailed and "**%s**" or "%s"):format(
          ("[`%s`](%s)"):format(row.name, reference.anchors[row.name])),
        group:gsub("_", " "), vendor[1], group,
        row.read and does or does .. ", " .. describe.safety(row),
        row.rate and ("%.4g/s"):format(row.rate) or "not documented",
        is_detailed and "documented limits, too" or "names, types, required")
    end
  end
  return text_of(lines)
end

local function states(waiter, list)
  local texts, known = {}, waiter.meanings or {}
  for i, state in ipairs(list or {}) do
    texts[i] = code(state) .. (known[state] and " " .. known[state] or "")
  end
  return table.concat(texts, ", ")
end

-- Returns the page of all waiters; `vendors`: lists of a name and a title.
function reference.waiters(vendors)
  local lines, add = adder()
  add "# Waiters\n\nHow each waiter asks; [waits](/reference/waits.md) tells which parameters"
  add "it takes."
  add "Seconds: before the first question, between two at most, and in all without `timeout`."
  for _, vendor in ipairs(vendors) do
    add("\n## %s\n\n| waiter, and what it asks by | seconds | done at | fails at |", vendor[2])
    add "|---|---|---|---|"
    local waiters, sorted = require("streamctl." .. vendor[1] .. ".waiters"), {}
    for name in pairs(waiters) do sorted[#sorted + 1] = name end
    table.sort(sorted)
    for _, name in ipairs(sorted) do
      local it = waiters[name]
      add("| `%s`<br>[%s](%s) | %g, %g, %g | %s | %s |", name, it[1], reference.anchors[it[1]],
        it.delay[1], it.delay[2], it.timeout, states(it, it.success),
        states(it, it.failure or it.twice))
    end
  end
  return text_of(lines)
end

-- ---- comments ----

-- Comments with links in place of the names of modules and pages.
local function prose(text, modules)
  text = text:gsub("@{([^}|]*)|?[^}]*}", "`%1`")
  local lines = {}
  for line in (text .. "\n"):gmatch "(.-)\n" do
    lines[#lines + 1] = line:find "^    " and line or plain(line)
      :gsub("`(streamctl[%w._]*)`", function(name)
        return modules[name] and ("[`%s`](/reference/modules/%s.md)"):format(name, name)
      end)
      :gsub("docs/([%w/-]+%.md)", "[%1](/%1)")
  end
  return table.concat(lines, "\n")
end

local function add_function(add, block, name, modules)
  local given, params, results, failure = "", {}, {}, nil
  for _, tag in ipairs(block.tags) do
    local kind, rest = tag.text:match "^(%S+)%s*(.*)$"
    if tag.name == "tparam" then
      local param, text = rest:match "^(%S+)%s*(.*)$"
      given = given .. (tag.optional and "[" or "") .. (params[1] and ", " or "") .. param
        .. (tag.optional and "]" or "")
      params[#params + 1] = ("- `%s`: %s%s%s"):format(param, kind:gsub("|", " or "),
        tag.optional and ", optional" or "", text ~= "" and ", " .. prose(text, modules) or "")
    elseif tag.name == "treturn" and tag.group == 9 then
      failure = kind == "table" and rest or failure
    elseif tag.name == "treturn" then
      results[#results + 1] = kind:gsub("|", " or ") .. " " .. prose(rest, modules)
    end
  end
  add("\n## %s(%s) {#%s}\n\n%s\n", plain(name), given, (name:gsub("[:.]", "-"):lower()),
    prose(block.text, modules))
  for _, param in ipairs(params) do add("%s", param) end
  if results[1] then add("\nReturns %s.", table.concat(results, "; ")) end
  if failure then add("\nOn failure `nil`, message, %s.", prose(failure, modules)) end
end

-- Returns the page of a module; `modules`: a set of names.
function reference.module(blocks, modules)
  local lines, add = adder()
  local head = blocks[1]
  add("# %s\n\n%s", head.public, prose(head.text, modules))
  for i = 2, #blocks do
    local block = blocks[i]
    local name = block["function"] or block.code:match "^function ([%w_.:]+)"
    if block.tfield then
      add("\n## %s {#%s}\n\n%s\n", block.table, block.table, prose(block.text, modules))
      add "| field | type | default | meaning |\n|---|---|---|---|"
      for _, tag in ipairs(block.tags) do
        local kind, field, text = tag.text:match "^(%S+)%s+(%S+)%s*(.*)$"
        if tag.name == "tfield" then
          add("| `%s` | %s | %s | %s |", field, kind:gsub("|", ", "), tag.default or "",
            cell(prose(text, modules)))
        end
      end
    elseif name then
      add_function(add, block, name, modules)
    end
  end
  return text_of(lines)
end

-- ---- the command ----

local function add_flags(add, at, seen)
  local any = false
  for i = 1, #at._arguments + #at._options do
    local element = at._arguments[i] or at._options[i - #at._arguments]
    local labels, text = element:_get_label_lines(), element._description
    local name = labels[#labels]
    if seen[name] ~= text then
      if not any then add "| flag | meaning |\n|---|---|" end
      any, seen[name] = true, text
      add("| `%s` | %s |", cell(name), cell(plain(text)))
    end
  end
end

local function add_command(add, at, path, seen)
  path = path .. " " .. at._name
  for _, sub in ipairs(at._commands) do add_command(add, sub, path, seen) end
  if at._commands[1] then return end
  local usage = at:get_usage():gsub("^Usage: ", ""):gsub("\n +", "\n    "):gsub(" %[%-h%]", "")
  add("\n## %s\n\n```text\n%s\n```\n\n%s\n", path:sub(2), usage,
    plain((at._description:gsub("%.?$", "."))))
  add_flags(add, at, seen)
end

-- Returns the page of the command. A flag is explained where it comes first, and again where it
-- means something else.
function reference.command()
  local seen, lines, add = {}, adder()
  local root = parser.new()
  add "# The command\n\nMade from the parser; `streamctl COMMAND --help` shows the same."
  add "[The command in ten minutes](/start/command.md) tells how to begin; the"
  add "[environment](/reference/environment.md) has a page.\n\n## Flags of several commands\n"
  add "They stand before or after the command, where it takes them; `--` ends flags. A flag is"
  add "explained where it comes first, and again where it means something else.\n"
  add_flags(add, root, seen)
  for _, at in ipairs(root._commands) do add_command(add, at, " streamctl", seen) end
  add "\n## Exit status\n\n| status | meaning |\n|---|---|"
  for _, entry in ipairs(status.meanings) do add("| %d | %s |", entry[1], cell(plain(entry[2]))) end
  return text_of(lines)
end

return reference
