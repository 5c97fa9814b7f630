-- The command uses the library as everybody does. tools/check_layers.lua sees that nothing of the
-- library needs the command.

local dir = require "pl.dir"

-- What the README and the reference offer to everybody, and the C core's own functions.
local PUBLIC = {
  ["streamctl"] = true, ["streamctl.core"] = true, ["streamctl.engine"] = true,
  ["streamctl.system"] = true,
  ["streamctl.errors"] = true, ["streamctl.json"] = true, ["streamctl.sections"] = true,
  ["streamctl.suggest"] = true,
}

local OTHERS = { argparse = true, redis = true }

describe("the command", function()
  it("requires public modules only", function()
    local files = dir.getallfiles("lua/streamctl/cli", "*.lua")
    assert.is_true(#files > 10)
    for _, path in ipairs(files) do
      local file = assert(io.open(path))
      local source = file:read "*a"
      file:close()
      for name in source:gmatch "require%s*%(?%s*[\"']([%w._]+)[\"']" do
        assert.is_true(PUBLIC[name] or OTHERS[name] or name:find "^streamctl%.cli%." ~= nil,
          path .. " requires " .. name)
      end
    end
  end)
end)
