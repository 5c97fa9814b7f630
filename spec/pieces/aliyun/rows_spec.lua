-- The rows of Alibaba Cloud against what the vendor documents (spec/bytes/vectors/operations), in
-- both directions, and against what those texts do not say (documented.lua).

local compare = require "spec.pieces.rows.compare"
local documented = require "spec.pieces.aliyun.documented"
local operations = require "streamctl.aliyun.operations"
local samples = require "spec.support.samples"

local FACTS = samples.facts "aliyun"

-- Texts of yyyy-MM-ddTHH:mm:ssZ, where the facts go into detail.
local TIMES = {
  EndTime = true, PreloadedEndTime = true, PreloadedStartTime = true, QueryTime = true,
  ReleaseTime = true, ResumeTime = true, StartTime = true,
}
local ROWS = {}
for row in operations:each() do ROWS[#ROWS + 1] = row end

local QUERIES = {
  Describe = true, List = true, Query = true, Get = true, Check = true, Search = true,
  Validate = true,
}

local function documented_safety(row, fact)
  if fact.safe == "conditional" then
    local unless = documented.unless[row.action]
    return unless and { unless = unless } or false
  end
  if fact.safe ~= nil then return fact.safe end
  return QUERIES[row.action:match("^%u%l+")] or documented.reads[row.action] or false
end

describe("the operations of aliyun", function()
  it("are the documented ones, each once", function()
    local seen = {}
    for _, row in ipairs(ROWS) do
      assert.is_table(FACTS[row.action], row.action)
      assert.is_nil(seen[row.action], row.action)
      seen[row.action] = true
    end
    for action in pairs(FACTS) do assert.is_true(seen[action], action) end
    assert.equal(437, #ROWS)
  end)

  for _, row in ipairs(ROWS) do
    local fact = FACTS[row.action] or { params = {} }

    describe(row.action, function()
      it("has the documented method, rate, body and safety", function()
        assert.equal(fact.method, row.method)
        assert.equal(fact.rate and ("%.9g"):format(fact.rate),
          row.rate and ("%.9g"):format(row.rate))
        assert.equal(fact.body, row.body)
        assert.same(documented_safety(row, fact), row.safe)
      end)

      it("has the documented parameters", function()
        local problems = {}
        compare.params(problems, row.action, row.params, fact.params, documented.different,
          function(checks, param, of_param)
            checks.time = (param.type == "time") == (fact.detail and of_param.type == "string"
              and TIMES[param.name] == true)
            checks.documented = param.documented == of_param.documented
            checks.wire = param.wire == (of_param.wire or param.name)
          end)
        for _, param in ipairs(row.params) do
          local place = row.body and not param.query and "body" or "query"
          if (fact.params[param.name] or {})["in"] ~= place then
            problems[#problems + 1] = param.name .. " travels elsewhere"
          end
          if operations.reserved[param.name] then problems[#problems + 1] = param.name end
        end
        assert.same({}, problems)
      end)
    end)
  end

  it("name a query that settles an unknown outcome and takes over their parameters", function()
    for _, row in ipairs(ROWS) do
      compare.settle(operations, row)
      assert.equal(FACTS[row.action].detail and row.safe ~= true
        and not documented.no_query[row.action], row.settle ~= nil, row.action)
    end
  end)

  it("page as documented", function()
    for _, row in ipairs(ROWS) do
      local pages, wanted = row.pages or {}, FACTS[row.action].pages
      for _, name in ipairs { "page", "size", "total", "last", "items" } do
        if wanted then assert.equal(wanted[name], pages[name], row.action .. " " .. name) end
      end
      if wanted then
        assert.equal(wanted.most, pages.most or row.by_name[pages.size].max, row.action .. " most")
      end
      for _, name in ipairs { "page", "size", "marker" } do
        local param = pages[name]
        assert.is_true(param == nil or row.by_name[param] ~= nil, row.action)
      end
      if row.pages then assert.is_true(row.safe and pages.items ~= nil, row.action) end
    end
  end)
end)
