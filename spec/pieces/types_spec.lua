-- What is made from the rows: the indexes, the types for editors and the table of operations. The
-- rows are read here another way than by the tool that makes them.

local reference = require "tools.types.site_reference"

local function read(path)
  local file = assert(io.open(path))
  local text = file:read("*a")
  file:close()
  return text
end

local function types_of(path) return read("lua/types/" .. path) end

-- The lines of a class in a file of types.
local function class(text, name)
  local from = text:find("---@class " .. name .. "\n", 1, true)
  assert.is_number(from, name)
  return text:sub(from, (text:find("\n\n", from, true)))
end

local TYPES = { text = "string", integer = "integer", boolean = "boolean", object = "table" }

for _, vendor in ipairs { "aliyun", "zego" } do
  local operations = require("streamctl." .. vendor .. ".operations")
  local place = "streamctl." .. vendor

  describe("what is made of the rows of " .. vendor, function()
    local types, on_table, overview

    setup(function()
      types, on_table = types_of("streamctl/" .. vendor .. "/client.lua"),
        types_of("streamctl/" .. vendor .. ".lua")
      overview = read "docs/reference/operations.md"
    end)

    it("has every operation once: in the index, as methods, as functions, in the table", function()
      local index = require(operations.index)
      local count, lines = 0, 0
      for row, group in operations:each() do
        count = count + 1
        assert.truthy((" " .. index[group]:gsub("\n", " ") .. " "):find(" " .. row.name .. " ", 1,
          true), row.name)
        local takes = ("params: %s.%s,"):format(place, row.action)
        for of, text in pairs { [("self: %s.client, "):format(place)] = types, [""] = on_table } do
          assert.truthy(text:find("\n---@field " .. row.name .. " fun(" .. of .. takes, 1, true),
            row.name)
        end
        assert.truthy(overview:find("`" .. row.name .. "`", 1, true), row.name)
      end
      for _ in types:gmatch("\n%-%-%-@field [%w_]+ fun%(self") do lines = lines + 1 end
      for _, text in pairs(index) do
        for _ in text:gmatch("%S+") do count = count - 1 end
      end
      assert.equal(0, count)
      assert.is_true(lines > 0)
    end)

    it("says what parameters are: type, required, one of", function()
      for row in operations:each() do
        local fields = class(types, place .. "." .. row.action)
        for _, param in ipairs(row.params) do
          local word = "\n---@field " .. param.name
            .. ((param.required and not param.value and not param.option) and " " or "? ")
          local plain = not param.enum and TYPES[param.type]
          if param.enum and param.type == "text" then
            plain = '"' .. table.concat(param.enum, '"|"') .. '"'
          elseif param.fields then
            plain = place .. "." .. row.action .. "." .. param.name
          end
          assert.truthy(fields:find(word .. (plain or ""), 1, true),
            row.action .. " " .. param.name)
        end
      end
    end)

    it("has a page on the site for each group: method, vendor's page, rate, parameters", function()
      local pages = reference.operations(vendor, vendor, {})
      for row, group in operations:each() do
        local _, from = pages[group]:find("\n## " .. row.name .. "\n", 1, true)
        assert.is_number(from, row.name)
        local text = pages[group]:sub(from, (pages[group]:find("\n## ", from, true) or 0) - 1)
        for _, fact in ipairs { "[" .. row.action .. "](" .. operations.page_of(row) .. ")",
          (row.rate and "%.4g call" or "no documented rate"):format(row.rate),
          row.safe and "harmless" or "not repeated" } do
          assert.truthy(text:find(fact, 1, true), row.name .. ": " .. fact)
        end
        for _, param in ipairs(row.params) do
          local line = text:match("\n| `" .. param.name .. "` |[^\n]*")
          assert.truthy(line, row.action .. " " .. param.name)
          local is_required = param.required and not param.value and not param.option or false
          assert.equal(is_required, line:find("**required**", 1, true) ~= nil, line)
          if param.max then assert.truthy(line:find(("%.0f"):format(param.max), 1, true), line) end
          for _, value in ipairs(param.enum or {}) do
            assert.truthy(line:find(tostring(value), 1, true), line)
          end
        end
      end
    end)

    it("can be read by Lua, and by editors that pass over files of 500 kB", function()
      for _, text in ipairs { types, on_table, types_of "streamctl.lua" } do
        assert.is_function((loadstring or load)(text)) -- luacheck: ignore 113
        assert.is_true(#text < 500000)
      end
    end)
  end)
end

it("types know the methods that are no operations, and their options", function()
  local text = types_of "streamctl/aliyun/client.lua"
  for _, line in ipairs {
    "---@param options? streamctl.options.generic",
    "function client:call(operation, params, options)",
    "---@param options? streamctl.options.sign", "function client:sign(operation, params, options)",
    "---@param options? streamctl.batch.options",
    "function client:batch(operation, items, options)",
    "---@param options? streamctl.pages.options",
    "function client:pages(operation, params, options)",
    "---@return streamctl.Pager", "function client:pages(operation, params, options)",
    "streamctl.wait.options", "function client:wait_for(", '---| "stream_online"',
    "function client:ensure_live_pull_to_push(params, options)",
  } do
    assert.truthy(text:find(line, 1, true), line)
  end
  assert.is_nil(types_of("streamctl/zego/client.lua"):find("ensure_live", 1, true))
end)

it("types know the webhooks of both vendors", function()
  for _, vendor in ipairs { "aliyun", "zego" } do
    local text = types_of("streamctl/" .. vendor .. ".lua")
    local place = "streamctl." .. vendor .. ".webhook"
    assert.truthy(text:find("\n---@field webhook " .. place .. "\n", 1, true))
    assert.truthy(text:find("\n---@class " .. place .. "\n", 1, true))
    for _, name in ipairs { "verify", "claim", "release" } do
      assert.truthy(text:find("\nfunction webhook." .. name .. "(", 1, true), name)
    end
    assert.truthy(text:find("function webhook.claim(store, event) end", 1, true))
    assert.truthy(text:find("---@param options " .. place .. ".options ", 1, true))
    assert.truthy(text:find("---@return string|false|nil # a token", 1, true)) -- for `release`
    assert.truthy(class(types_of("streamctl/" .. vendor .. "/client.lua"), "streamctl." .. vendor
      .. ".answer : table"):find("\n---@field [string] any\n", 1, true))
  end
end)

it("types have one class of stores, for those who make and for those who take them", function()
  local text = types_of "streamctl.lua"
  for _, name in ipairs { "stamp", "reserve", "lock", "unlock" } do
    assert.truthy(text:find("\nfunction Memory:" .. name .. "(", 1, true), name)
  end
  assert.truthy(class(text, "streamctl.options.common"):find(
    "\n---@field store? string|streamctl.store ", 1, true))
  for name, returned in pairs { memory = "streamctl.store", file = "streamctl.store|nil",
    redis = "streamctl.store" } do
    local from = text:find("function streamctl.store." .. name .. "(", 1, true)
    local returns = {}
    for kind in text:sub(from - 700, from):gmatch "\n%-%-%-@return (%S+)" do
      returns[#returns + 1] = kind
    end
    assert.equal(returned, returns[#returns - (name == "file" and 2 or 0)], name)
  end
  assert.truthy(types_of("streamctl/zego.lua"):find("---@param store streamctl.store ", 1, true))
end)

-- Editors do not know that the other results are there when the first is nil.
it("types say that what a failure returns is there", function()
  local text = class(types_of "streamctl/zego.lua", "streamctl.zego")
  assert.truthy(text:find("): streamctl.zego.answer|nil, string, streamctl.errors.err\n", 1,
    true))
  for _, name in ipairs { "streamctl", "streamctl/zego", "streamctl/zego/client",
    "streamctl/aliyun", "streamctl/aliyun/client" } do
    local whole = types_of(name .. ".lua")
    assert.is_nil(whole:find("streamctl.errors.err|nil", 1, true), name)
    assert.is_nil(whole:find("string|nil message", 1, true), name)
    assert.is_nil(whole:find("string|nil # message", 1, true), name)
  end
end)

describe("lua/types/streamctl.lua", function()
  local types
  setup(function() types = types_of "streamctl.lua" end)

  local function has_field(of, name, kind)
    local fields = class(types, of)
    local from = fields:match("()\n%-%-%-@field " .. name .. "%?? ")
    assert.is_number(from, of .. " has no field " .. name)
    if kind then assert.truthy(fields:find(" " .. kind, from, true), of .. "." .. name) end
  end

  -- Lines of sources that hold a pattern: what the pattern captures.
  local function captured(pattern, place)
    local found = {}
    local pipe = io.popen("cat $(find " .. place .. " -name '*.lua' | sort)")
    for name in pipe:read("*a"):gmatch(pattern) do found[#found + 1] = name end
    pipe:close()
    assert.is_truthy(found[1], pattern)
    return found
  end

  it("has a class of each event that is told, with the fields that listeners here read", function()
    local all = types:match "\n%-%-%-@alias streamctl.event ([^\n]+)"
    for _, name in ipairs(captured('[%s{]event = "([%l_]+)"', "lua/streamctl")) do
      local of = "streamctl.event." .. name
      assert.truthy((all .. "|"):find(of .. "|", 1, true), of)
      has_field(of, "event", '"' .. name .. '"')
      has_field(of, "time", "number")
    end
    for _, name in ipairs(captured("[^%w_]event%.([%l_]+)", "lua/streamctl/metrics")) do
      assert.truthy(types:find("\n---@field " .. name .. " ", 1, true)
        or types:find("\n---@field " .. name .. "? ", 1, true), name)
    end
    has_field("streamctl.event.attempt", "response_head", "string")
    has_field("streamctl.event.lengths", "urgent", "{ waiting: integer")
  end)

  it("has each option, and says what functions among them get", function()
    local options = require "streamctl.base.options"
    for name, of in pairs { common = "common", limits = "limits", call = "call", sign = "sign" } do
      for option in pairs(options[name]) do
        local inherited = of == "sign" and not types:find("sign\n.-@field " .. option)
          or of == "call" and options.limits[option]
        if option ~= "again" and not inherited then -- `again` is of the command
          local text = types:match("\n(%-%-%-@class streamctl%.options%." .. of .. "[^%w].-\n\n)")
          assert.truthy(text:find("\n---@field " .. option .. "? ", 1, true), of .. "." .. option)
        end
      end
    end
    for line in ([[
      on_event? fun(event: streamctl.event)
      on_send? fun(sent: streamctl.options.sent): boolean|nil, string?
      on_progress? fun(at: streamctl.report.progress)
      on_result? fun(result: streamctl.report.result)
      should_stop? fun(at: streamctl.report.progress): boolean|string|nil
      tls? streamctl.options.tls
      retry? number|boolean|streamctl.options.retry]]):gmatch "%s*([^\n]+)" do
      assert.truthy(types:find("\n---@field " .. line .. " ", 1, true), line)
    end
  end)

  it("has the fields of err, and those that are always there without a question mark", function()
    local page = read "docs/reference/errors.md"
    for line in page:match "## The fields of `err`.*":gmatch "\n| `([^\n]+)" do
      has_field("streamctl.errors.err", line:match "^[%l_]+")
    end
    for _, name in ipairs { "code streamctl.errors.code", "outcome string", "message string" } do
      assert.truthy(class(types, "streamctl.errors.err"):find("\n---@field " .. name, 1, true))
    end
  end)

  it("has each field of err that a page names", function()
    local seen = 0
    for _, path in ipairs(require("pl.dir").getallfiles("docs", "*.md")) do
      for name in read(path):gmatch "%f[%w]err%.([%l_]+)" do
        has_field("streamctl.errors.err", name)
        seen = seen + 1
      end
    end
    assert.is_true(seen > 30)
  end)

  it("has the steps, the options and the report of `streamctl.steps`", function()
    local report = require("streamctl").steps({
      { name = "a", run = function() return 1 end, undo = function() return nil, "no" end },
      { name = "b", run = function() return nil, "down", {} end },
    }, { undo = true })
    local of_report = "streamctl.report.report : streamctl.report.counts"
    local own = { ok = "boolean", results = "streamctl.report.result[]", err = "streamctl.errors",
      failures = "streamctl.report.result[]" }
    for name, kind in pairs(own) do has_field(of_report, name, kind) end
    for name in pairs(report) do
      if not own[name] then has_field("streamctl.report.counts", name) end
    end
    for _, result in ipairs(report.results) do
      for name in pairs(result) do has_field("streamctl.report.result", name) end
    end
    has_field("streamctl.steps.step", "undo", "fun(answer: any)")
    local to = types:find("\nfunction streamctl.steps(", 1, true)
    local taken = types:sub(to - 250, to)
    for _, class_name in ipairs { "steps.step[]", "steps.options", "report.report" } do
      assert.truthy(taken:find(" streamctl." .. class_name .. " ", 1, true), class_name)
    end
  end)

  it("has every method of queues and metrics, and what makes them", function()
    for _, kind in ipairs { "Queue", "Metrics" } do
      local place = "lua/streamctl/" .. kind:lower()
      for _, name in ipairs(captured("%-%- @function " .. kind .. ":(%w+)", place)) do
        assert.truthy(types:find("\nfunction " .. kind .. ":" .. name .. "(", 1, true), name)
      end
      local made = types:find("\n---@return streamctl." .. kind .. " ", 1, true)
      assert.truthy(types:find("\nfunction streamctl." .. kind:lower() .. ".new(", made, true))
    end
    assert.truthy(types:find("---@return streamctl.queue.jobs.status|nil", 1, true))
    has_field("streamctl.Metrics", "on_event")
  end)
end)
