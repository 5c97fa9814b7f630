-- What is not run inside nginx, each with its reason. All other specs are.

local left_out = {}

-- Paths, or their beginnings.
local FILES = {
  ["spec/world/openresty/"] = "drive an nginx from outside",
  ["spec/world/edge/"] = "drive an nginx from outside",
  ["spec/people/image/"] = "run containers",
  ["spec/world/queue/chaos/chaos_spec.lua"] = "kills workers from outside",
  ["spec/people/command/"] = "run a program, which nginx has no part in",
  ["spec/people/examples/"] = "run programs, which nginx has no part in",
  ["spec/people/docs/"] = "run programs, which nginx has no part in",
  ["spec/world/surroundings/"] = "run programs, which nginx has no part in",
  ["spec/world/loops/"] = "are about other loops, each with a program of its own",
  ["spec/pieces/loop/"] = "are about the loops of plain Lua, or bring a false nginx of their own",
  ["spec/pieces/edge/reactions_spec.lua"] = "brings a false nginx of its own",
  ["spec/pieces/cli/"] = "are about the command, a program of plain Lua",
  ["spec/world/store/redis_tls_spec.lua"] =
    "is about LuaSec; spec/world/openresty/redis_spec.lua about nginx",
  ["spec/world/integration/emulator_spec.lua"] = "is about the emulator, not about the library",
  ["spec/simulation/"] = "is about the simulation in plain Lua",
  ["spec/support/model/"] = "is about the vendors in plain Lua, not about the library",
}

-- Names of tests, or their beginnings.
local TESTS = {
  ["a batch under way works off its items one by one in a coroutine of the caller's own inside a "
    .. "task"] = "is in a task",
  ["a batch with on_result has the results so far, and what was under way, when an error ends it"] =
    "interrupts the scheduler of tasks",
  ["a request that would go again in halves is accounted for when the batch is interrupted at "] =
    "interrupts the scheduler of tasks",
  ["the source process says how a command ended, and nothing of what it printed"] =
    "nginx waits for every program itself",
}

--- Why a spec is not run inside nginx, or nil when it is.
function left_out.is(file)
  for beginning, reason in pairs(FILES) do
    if file:gsub("^%./", ""):sub(1, #beginning) == beginning then return reason end
  end
end

--- Lua patterns for the names of tests.
function left_out.patterns()
  local list = {}
  for name in pairs(TESTS) do list[#list + 1] = "^" .. name:gsub("%p", "%%%0") end
  return list
end

return left_out
