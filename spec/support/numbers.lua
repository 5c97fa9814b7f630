-- Random choices of specs that tell their seed: numbers(seed) is a function that returns whole
-- numbers from 1 to n, the same on every Lua.

return function(seed)
  local state = seed * 7919 % 2147483646 + 1
  return function(n)
    state = state * 16807 % 2147483647
    return math.floor(state / 2147483647 * n) + 1
  end
end
