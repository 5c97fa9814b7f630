-- The page of waits has each waiter, with its limit.

local shell = require "spec.support.emulator.launcher.shell"
local streamctl = require "streamctl"

it("docs/reference/waits.md has each waiter with its limit", function()
  local limits, expected = {}, {}
  local chapter = shell.read_file("docs/reference/waits.md"):match "\n## Waiters\n(.-)\n## "
  for first, limit in chapter:gmatch "\n| (`[^|]*) |[^\n]-| ([%d, ]+) |%f[\n]" do
    local of_each, i = {}, 0
    for number in limit:gmatch "%d+" do of_each[#of_each + 1] = tonumber(number) end
    for name in first:gmatch "`([^`]+)`" do
      i = i + 1
      limits[name] = of_each[i] or of_each[1]
    end
  end
  for _, vendor in ipairs { "aliyun", "zego" } do
    for name, waiter in pairs(streamctl[vendor].waiters) do expected[name] = waiter.timeout end
  end
  assert.same(expected, limits)
end)
