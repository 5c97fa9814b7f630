-- Loads the rows of both vendors, all of them, and prints how many there are.
--
--   <lua> tools/bench/rows.lua

local count = 0
for _, vendor in ipairs { "aliyun", "zego" } do
  for _ in require("streamctl." .. vendor .. ".operations"):each() do count = count + 1 end
end
print(count)
