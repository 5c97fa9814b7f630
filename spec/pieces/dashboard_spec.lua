-- The dashboard and the alert rules of examples/: their queries name only metrics, labels and codes
-- that exist, each alert has a test, and promtool says that the rules do what they are for.

local cjson = require "cjson"
local errors = require "streamctl.base.errors"
local shell = require "spec.support.emulator.launcher.shell"

local function read(path) return (assert(shell.read_file("examples/" .. path), path)) end

-- The alerts of alerts.yaml: tables of `name`, `expr` and the `text` of all of it.
local function alerts()
  local list = {}
  local rules = read "prometheus/alerts.yaml" .. "\n      - "
  for text in rules:gmatch "%- alert: (.-)\n      %f[-#]" do
    local expr = text:match "\n        expr: (.-)\n        %l+:"
    list[#list + 1] = { name = text:match "^%w+", expr = expr, text = text }
  end
  return list
end

-- The queries of the dashboard: tables of `title`, `expr` and `legend`.
local function queries()
  local list = {}
  for _, panel in ipairs(cjson.decode(read "grafana/streamctl.json").panels) do
    for _, target in ipairs(panel.targets or {}) do
      list[#list + 1] = { title = panel.title, expr = target.expr, legend = target.legendFormat }
    end
  end
  return list
end

-- The labels of each metric, by name. Scraping adds `job` and `instance`.
local LABELS = {}
do
  local function metric(suffixes)
    return function(_, name, _, labels)
      for _, suffix in ipairs(suffixes) do
        LABELS[name .. suffix] = { job = true, instance = true, le = suffix == "_bucket" or nil }
        for _, label in ipairs(labels or {}) do LABELS[name .. suffix][label] = true end
      end
      return { set = function() end }
    end
  end
  local registry = { counter = metric { "" }, gauge = metric { "" },
    histogram = metric { "_bucket", "_sum", "_count" } }
  -- the edge registers the numbers of the library as well
  package.loaded.prometheus = { init = function() return registry end }
  require("streamctl.edge.metrics").open()
  package.loaded.prometheus, package.loaded["streamctl.edge.metrics"] = nil, nil
end

local has_promtool = shell.run "command -v promtool" ~= ""

-- What promtool says; fails with that when it is not content.
local function promtool(words)
  local output, status = shell.run("cd examples/prometheus && promtool " .. words .. " 2>&1")
  return assert(status == 0 and output, output)
end

-- What of a query is not there, or nil: a metric, a label of one, a code.
local function unknown_in(expr, legend)
  local known = {}
  for name, at in expr:gmatch "(streamctl_[%w_]+)()" do
    if not LABELS[name] then return name end
    for label in pairs(LABELS[name]) do known[label] = true end
    local selector = expr:match("^{(.-)}", at) or ""
    for label in selector:gsub('"[^"]*"', ""):gmatch "[%w_]+" do
      if not LABELS[name][label] then return name .. "{" .. label .. "}" end
    end
    for code in (selector:match 'code[=!~]+"(.-)"' or ""):gmatch "[^|]+" do
      if not errors.codes[code] and code ~= "ok" and code ~= "already" then return code end
    end
  end
  if not next(known) then return "any metric" end
  local groups = ""
  for list in expr:gmatch "%f[%w][byon]+ (%b())" do groups = groups .. list end
  for label in (groups .. legend):gmatch "[%w_]+" do
    if not known[label] then return label end
  end
end

describe("the dashboard", function()
  it("asks for what there is", function()
    for _, query in ipairs(queries()) do
      local legend = query.legend:find "{{" and query.legend or ""
      assert.is_nil(unknown_in(query.expr, legend), query.title)
    end
  end)
end)

describe("the alert rules", function()
  it("ask for what there is, and name labels that they have", function()
    for _, alert in ipairs(alerts()) do
      local names = {}
      for name in alert.text:gmatch "%$labels%.([%w_]+)" do names[#names + 1] = name end
      assert.is_nil(unknown_in(alert.expr, table.concat(names, " ")), alert.name)
      for _, name in ipairs(names) do
        local is_kept = not alert.expr:find "%f[%w]by "
          or alert.expr:find("[(,] ?" .. name .. "[,)]")
        assert.is_truthy(is_kept, alert.name .. " loses the label " .. name)
      end
    end
  end)

  it("say for how long, how bad it is, what it is and what to do, and have a test", function()
    local list, tests = alerts(), read "prometheus/alerts_test.yaml"
    assert.equal(select(2, read("prometheus/alerts.yaml"):gsub("alert:", "")), #list)
    for _, alert in ipairs(list) do
      for _, field in ipairs { "expr: .", "for: %d+m\n", 'summary: "', "description: >%-\n +%w" } do
        assert.is_truthy(alert.text:find("\n *" .. field), alert.name .. " has no " .. field)
      end
      assert.is_truthy(alert.text:find "severity: page" or alert.text:find "severity: ticket")
      assert.is_truthy(tests:find(('{alertname="%s"}'):format(alert.name), 1, true), alert.name)
      local quiet = false
      for test in (tests .. "\n  - name:"):gmatch '%- name: (.-)\n  %f[-]' do
        quiet = quiet or test:find('"' .. alert.name, 1, true) and test:find "exp_samples: %[%]"
      end
      assert.is_truthy(quiet, alert.name .. " has no test that it does not fire")
    end
  end)

  it("fire when they should, and not when they should not", function()
    if not has_promtool then return pending "needs promtool (prometheus)" end
    assert.equal("", promtool "check rules alerts.yaml >/dev/null")
    assert.matches("SUCCESS", promtool "test rules alerts_test.yaml")
  end)
end)
