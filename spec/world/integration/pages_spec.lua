-- Lists in pages, as the emulator serves them by the documented facts.

local samples = require "spec.support.samples"
local session = require "spec.support.session"

session.describe("pages", function(s)
  -- Walks a list of two pages and an item more.
  local function check(vendor, action, params, facts, said)
    local key = action == "DescribeLiveStreamsNotifyRecords" and "NotifyTime"
      or said.key and said.key[1]
    local size, count = math.min(facts.most or 40, 40), 0
    s.e:serve(action, { count = 2 * size + 1, key = key })
    for item in s[vendor](s):pages(action, params, { page_size = size }) do
      count = count + 1
      assert.equal("item-" .. count, key and item[key] or item, action)
    end
    assert.same({ 2 * size + 1, 3 }, { count, #s.e:requests { action = action } }, action)
    s.e:reset()
  end

  it("are those of every documented list", function()
    local count = 0
    for _, vendor in ipairs { "aliyun", "zego" } do
      local rows = require("streamctl." .. vendor .. ".operations")
      for action, facts in pairs(samples.facts(vendor)) do
        if facts.pages then
          check(vendor, action, samples.params(vendor, action, false), facts.pages,
            rows:find(action).pages)
          count = count + 1
        end
      end
    end
    assert.equal(14, count)
  end)
end)
