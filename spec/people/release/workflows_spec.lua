-- What .github/workflows may hold: jobs that call targets of the Makefile, and pinned actions.

local shell = require "spec.support.emulator.launcher.shell"

local targets = {}
for names in shell.run("cat Makefile tools/*.mk"):gmatch "\n([a-z][a-z -]*):[^=]" do
  for name in names:gmatch "%S+" do targets[name] = true end
end

-- Lines that come before there is a checkout, or make.
local PREPARES = {
  "^apt%-get update && apt%-get install %-y %-%-no%-install%-recommends [%a-]+ git make ?[^&|;`]*$",
  "^apk add %-%-quiet git make$",
  "^git config %-%-system safe%.directory '%*'$",
}

local function check_make(words)
  for word in words:gsub("%b''", ""):gmatch "%S+" do
    assert.is_true(word:find "^%u[%u_]*=" ~= nil or targets[word] == true, "no target: " .. word)
  end
end

for _, name in ipairs { "ci", "release" } do
  describe(".github/workflows/" .. name .. ".yml", function()
    local text = shell.read_file(".github/workflows/" .. name .. ".yml")

    it("calls targets that there are", function()
      local calls = 0
      for line in text:gsub("%${{ github.-}}", "1"):gmatch "[^\n]+" do
        local command = (line:match "^%s*%- run: (.*)$" or ""):gsub("%s+#.*", "")
        local words = command:match "^make ([^&|;`]+)$" or line:match "[ {]make: ([^,}]+)"
        if words and not words:find "matrix" then
          check_make(words)
          calls = calls + 1
        elseif line:find "%f[%w]run:" then
          local prepares = words ~= nil
          for _, pattern in ipairs(PREPARES) do prepares = prepares or command:find(pattern) end
          assert.truthy(prepares, line)
        end
      end
      assert.is_true(calls >= 3)
    end)

    it("pins actions to commits", function()
      local used = 0
      for line in text:gmatch "[^\n]*uses:[^\n]*" do
        assert.truthy(line:find "^%s+%- uses: actions/[%w-]+@%x+ # v[%d.]+$", line)
        assert.equal(40, #line:match "@(%x+)", line)
        used = used + 1
      end
      assert.is_true(used > 0)
    end)

    it("may write only where it publishes, and knows no secret", function()
      assert.truthy(text:find("\npermissions:\n  contents: read\n", 1, true))
      local _, written = text:gsub("permissions:.-write", "")
      assert.equal(name == "release" and 1 or 0, written)
      assert.is_nil(text:find "secrets%.")
      assert.is_nil(text:find "pull_request_target")
      local _, checkouts = text:gsub("actions/checkout@", "")
      local _, without = text:gsub("persist%-credentials: false", "")
      assert.equal(checkouts, without)
    end)
  end)
end
