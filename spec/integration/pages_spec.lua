-- Lists in pages, as the emulator serves them by the documented facts.

local samples = require "spec.support.samples"
local session = require "spec.support.session"

session.describe("pages", function(s)
  local live, rtc

  before_each(function() live, rtc = s:aliyun(), s:zego() end)

  local function walk(client, operation, params, options, key)
    local items = {}
    for item in client:pages(operation, params, options) do
      items[#items + 1] = key and item[key] or item
    end
    return items
  end

  -- "item-1", "item-2" ...
  local function served(first, last)
    local list = {}
    for i = first, last do list[#list + 1] = "item-" .. i end
    return list
  end

  -- Every documented list: vendor, action, parameters, facts, facts of the row.
  local function documented()
    local list = {}
    for _, vendor in ipairs { "aliyun", "zego" } do
      local facts = samples.facts(vendor)
      local rows = require("streamctl." .. vendor .. ".operations")
      for _, action in ipairs(samples.sorted(facts)) do
        local pages = facts[action].pages
        local name, choices = next(pages and pages.when or {})
        local said = pages and rows:find(action).pages
        for value, of_value in pairs(choices or (pages and { pages } or {})) do
          local params = samples.params(vendor, action, false)
          if name then params[name] = value end
          list[#list + 1] = { vendor = vendor, action = action, params = params, facts = of_value,
            said = name and said.when[name][value] or said }
        end
      end
    end
    return list
  end

  it("are those of every documented list", function()
    local lists = documented()
    assert.equal(17, #lists)
    for _, it in ipairs(lists) do
      local key = it.said.key and it.said.key[1]
      if it.action == "DescribeLiveStreamsNotifyRecords" then key = "NotifyTime" end
      local size = math.min(it.facts.most or 40, 40)
      s.e:serve(it.action, { count = 2 * size + 1, key = key })
      local client = it.vendor == "zego" and rtc or live
      local items = walk(client, it.action, it.params, { page_size = size }, key)
      assert.same(served(1, 2 * size + 1), items, it.action)
      assert.equal(3, #s.e:requests { action = it.action }, it.action)
      s.e:reset()
    end
  end)

  it("are as large as the vendor allows, up to 1000", function()
    for _, it in ipairs(documented()) do
      local client = it.vendor == "zego" and rtc or live
      assert.same({}, walk(client, it.action, it.params), it.action)
      local entry = s:last_request()
      local sent = entry.query[it.facts.size]
      if entry.headers["content-type"] == "application/json" then
        sent = samples.decode(entry.body)[it.facts.size]
      end
      if it.facts.most then
        assert.equal(math.min(it.facts.most, 1000), tonumber(sent), it.action)
      end
    end
  end)
end)
