-- Loaded before everything else (lua -l), it makes the collector of Lua 5.4 as eager as it can be,
-- so that what is held by nobody is gone at once. EAGER=generational chooses the other of its two
-- modes.
-- luacheck: ignore 143

if os.getenv "EAGER" == "generational" then
  -- a young collection whenever memory has grown by a hundredth
  collectgarbage("generational", 1, 1)
else
  collectgarbage("incremental", 1, 1000, 10) -- a step every KB
  collectgarbage("setpause", 0) -- and the next cycle right after the last
end
