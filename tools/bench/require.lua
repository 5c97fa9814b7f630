-- Loads modules and prints that it did.
--
--   <lua> tools/bench/require.lua [MODULE...]

for _, name in ipairs(arg) do require(name) end
print "loaded"
