-- The dashboard and the alert rules of examples/: their queries name only metrics, labels and codes
-- that exist, each alert has a test, and promtool says that the rules do what they are for.

local cjson = require "cjson"
local shell = require "spec.emulator.launcher.shell"

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

describe("the dashboard", function()
  it("has panels that do not overlap, each with queries of the chosen data source", function()
    local taken, ids = {}, {}
    local dashboard = cjson.decode(read "grafana/streamctl.json")
    assert.equal("datasource", dashboard.templating.list[1].name)
    for _, panel in ipairs(dashboard.panels) do
      assert.is_nil(ids[panel.id], panel.title)
      ids[panel.id] = true
      local place = panel.gridPos
      assert.is_true(place.x + place.w <= 24, panel.title)
      for x = place.x, place.x + place.w - 1 do
        for y = place.y, place.y + place.h - 1 do
          assert.is_nil(taken[x .. "/" .. y], panel.title)
          taken[x .. "/" .. y] = true
        end
      end
      if panel.type ~= "row" then
        assert.equal("${datasource}", panel.datasource.uid)
        assert.is_true(#panel.targets > 0, panel.title)
      end
    end
    assert.is_true(#queries() > 30)
  end)
end)

describe("the alert rules", function()
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
    if shell.run "command -v promtool" == "" then return pending "needs promtool (prometheus)" end
    for _, words in ipairs { "check rules alerts.yaml", "test rules alerts_test.yaml" } do
      local output, status = shell.run("cd examples/prometheus && promtool " .. words .. " 2>&1")
      assert.equal(0, status, output)
    end
  end)
end)
