-- The types for editors, held to what the library tells and takes.

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
end)
