-- Each check of the judge stands in the README of this folder and has a mutant that it notices;
-- both name no other checks.

local function read(path)
  local file = assert(io.open(path))
  local text = file:read "*a"
  file:close()
  return text
end

local function sorted(set)
  local names = {}
  for name in pairs(set) do names[#names + 1] = name end
  table.sort(names)
  return names
end

describe("the checks of the simulation's judge", function()
  local checks = {}
  for file in io.popen("ls spec/simulation/*.lua"):lines() do
    for name in read(file):gmatch 'world:fault%("([^"]+)"' do checks[name] = true end
    for name in read(file):gmatch 'check_rate%(world, "([^"]+)"' do checks[name] = true end
  end

  it("stand in the README", function()
    local page = read "spec/simulation/README.md"
    local named = {}
    for name in page:gmatch "`([^`]+)`" do
      if not name:find "^make " and name:find " " then named[name] = true end
    end
    assert.same(sorted(checks), sorted(named))
    for path in page:gmatch "spec/[%w_/]+%.lua" do assert(io.open(path)):close() end
  end)

  it("have a mutant each", function()
    local noticed = {}
    for _, mutant in ipairs(require "spec.simulation.mutants") do noticed[mutant[1]] = true end
    assert.same(sorted(checks), sorted(noticed))
  end)
end)
