-- Scenarios of the vendor's package: what is asked, and what comes of it. Where we differ is said
-- in two places, which have to agree: in the data (why), and in the table of credentials.md.

local scenarios = require "spec.support.credential_scenarios"
local shell = require "spec.support.emulator.launcher.shell"

local here = debug.getinfo(1, "S").source:match("^@(.*)/[^/]*$") or "."

-- The ids of the table whose head begins with this word.
local function documented(head)
  local text = assert(shell.read_file(here .. "/credentials.md")) .. "\n"
  local ids = {}
  for line in text:match("\n| " .. head .. " |[^\n]*\n|[-|]+\n(.-)\n\n"):gmatch("[^\n]+") do
    local id = assert(line:match("^| ([%w-]+) | .+ | .+ |$"), line)
    assert.is_nil(ids[id], id)
    ids[id] = true
  end
  return ids
end

local function each_step(fn)
  for _, scenario in ipairs(scenarios.read().scenarios) do
    for i, step in ipairs(scenario.steps) do fn(step, ("%s, step %d"):format(scenario.id, i)) end
  end
end

describe("the differences from the vendor's package", function()
  it("are in the docs when the data has them, and the reverse", function()
    local used = {}
    each_step(function(step)
      for _, why in ipairs(step.ours and step.ours.why or {}) do used[why] = true end
    end)
    assert.same(documented "id", used)
  end)

  it("have a test named after them where there is no scenario", function()
    local tests = shell.run(
      ("cd %s/../../pieces && cat aliyun/credentials/*_spec.lua sections_spec.lua")
      :format(shell.quote(here)))
    for id in pairs(documented "case") do
      assert.truthy(tests:find("(" .. id .. ")", 1, true), id)
    end
  end)

  it("have a reason wherever a request or a result is another", function()
    each_step(function(step, id)
      local ours = step.ours or {}
      local fails = step.result.error ~= nil
      if ours.requests or ours.result or (ours.error and not fails) then
        assert.is_table(ours.why, id)
      end
      if fails and not ours.result then assert.is_string(ours.error, id) end
    end)
  end)
end)

describe("credentials by", function()
  local count = scenarios.describe(it)

  it("170 scenarios", function() assert.equal(170, count) end)
end)
