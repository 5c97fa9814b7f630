-- How refused webhooks are logged: a line a minute for each reason, by a clock moved by hand.

local refusals = require "streamctl.edge.refusals"
local shared_dict = require "spec.support.shared_dict"

describe("refused webhooks", function()
  local time, lines, workers, counted

  before_each(function()
    time, lines, workers, counted = 1000, {}, {}, {}
    local dict = shared_dict(function() return time end)
    for i = 1, 2 do
      workers[i] = refusals.new { dict = dict, log = function(text) lines[#lines + 1] = text end,
        count = function(...)
          local name = table.concat({ ... }, " ")
          counted[name] = (counted[name] or 0) + 1
        end }
    end
  end)

  local function come(count, vendor, code)
    for i = 1, count do workers[i % 2 + 1]:note(vendor, code, code .. ": text " .. i) end
  end

  -- What is logged while this many seconds pass, sorted.
  local function logged(seconds)
    lines = {}
    for _ = 1, seconds do
      time = time + 1
      for _, worker in ipairs(workers) do worker:log_counts() end
    end
    table.sort(lines)
    return lines
  end

  it("are logged within a second, with their count and the last message", function()
    come(37, "zego", "signature")
    assert.same({ "37 webhooks of zego were refused within a minute (signature), the last: "
      .. "text 37" }, logged(1))
    assert.same({ ["zego refused signature"] = 37 }, counted)
  end)

  it("are a line a minute, of all workers, for each reason", function()
    local count, total = 0, 0
    for _ = 1, 10 do -- minutes
      for _ = 1, 6 do
        come(50, "zego", "expired")
        for _, line in ipairs(logged(10)) do
          count, total = count + 1, total + line:match "^%d+"
        end
      end
    end
    assert.same({ 10, 10 * 6 * 50 - 250 }, { count, total })
    come(1, "aliyun", "expired")
    come(2, "zego", "bad_request")
    local found = {}
    for i, line in ipairs(logged(60)) do
      found[i] = line:gsub("^(%d+) .* of (%l+) .*%(([%l_]+)%).*$", "%2 %1 %3")
    end
    table.sort(found)
    assert.same({ "aliyun 1 expired", "zego 2 bad_request", "zego 250 expired" }, found)
  end)

  it("are not logged when there are none", function()
    assert.same({}, logged(120))
    come(1, "zego", "overloaded")
    assert.equal(1, #logged(600))
  end)
end)
