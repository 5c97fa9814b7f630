-- One question for all who ask at the same time. The sources of credentials have the other specs.

local core = require "streamctl.core"
local flight = require "streamctl.loop.flight"
local helper = require "spec.pieces.helper"
local tasks = require "streamctl.loop.tasks"

describe("a question that fails", function()
  before_each(function() helper.freeze() end)
  after_each(helper.thaw)

  for code, answers in pairs {
    timeout = { "timeout", "value" }, -- the asker's time was short, others ask again
    vendor = { "vendor", "vendor" },
  } do
    it("as " .. code .. " gives those who wait " .. answers[2], function()
      local shared, asked, found = flight.new(), 0, {}
      local function ask()
        asked = asked + 1
        tasks.sleep(1)
        if asked > 1 then return "value" end
        return nil, code .. ": no", { code = code, message = code .. ": no" }
      end
      local function share()
        local value, _, err = shared:share("key", tasks, core.monotonic() + 4, error, ask)
        found[#found + 1] = value or err.code
      end
      tasks.run(function() tasks.all { share, share } end)
      assert.same(answers, found)
    end)
  end
end)
