-- Signing against the ways there are to do it without us: by hand on luaossl or FFI, or the vendor's packages.
--
-- A round is one process of each interpreter, one after the other; each ratio is within a round.

local tools = ...
local quote, run, figures = tools.quote, tools.run, tools.figures
local node = assert(loadfile(tools.root .. "/bench/peers/node.lua"))(tools)

local BATCH, ROUNDS = tools.quick and 1000 or 4000, tools.quick and 5 or 11
local KINDS = { { "v3", "V3" }, { "v1", "V1" }, { "zego", "ZEGO" } }

-- times[interpreter][subject][round]
local times, report = {}, { microseconds = {}, ratios = {}, batch = BATCH }

local function keep(interpreter, round, microseconds)
  local lists = times[interpreter] or {}
  times[interpreter] = lists
  for subject, value in pairs(microseconds) do
    lists[subject] = lists[subject] or {}
    lists[subject][round] = value
  end
end

local function lua_round(lua, round)
  local out = tools.decode(run(tools.script(lua, "peers/sign.lua", BATCH)))
  keep(lua, round, out.microseconds)
  for _, missing in ipairs(out.missing) do
    figures.note(string.format("left out: %s on %s; apt-get install %s", missing[1], lua, missing[2]))
  end
end

-- Runs Node's round; the first time its requests are compared with our signatures.
local function node_round(modules, inputs, round)
  local out = run(string.format("node %s %s %s %d", quote(tools.root .. "/bench/peers/node_sign.js"), quote(modules),
    quote(inputs), BATCH))
  out = tools.decode(out)
  if round == 1 then
    local proof = tools.build .. "/bench/proof.json"
    local file = assert(io.open(proof, "w"))
    assert(file:write(tools.encode(out.proof)))
    file:close()
    run("TZ=UTC0 " .. tools.script(tools.lua, "peers/sign.lua", "check") .. " <" .. quote(proof) .. " 2>&1")
  end
  keep("node", round, out.microseconds)
end

local function compare(name, a_lua, a, b_lua, b, target)
  local these, those = times[a_lua] and times[a_lua][a], times[b_lua] and times[b_lua][b]
  if not these or not those then return end
  local ratio = figures.ratios(these, those)
  report.ratios[a_lua .. ":" .. a .. "/" .. b_lua .. ":" .. b] = ratio
  figures.add(name, "x", ratio, target)
end

local function rows_of(kind, title)
  local lua, luajit = tools.lua, tools.luajit
  local function plain(name, subject, interpreter)
    local list = times[interpreter] and times[interpreter][kind .. subject]
    if list then figures.add(title .. ": " .. name, "us", figures.spread(list)) end
  end
  plain("hashing alone, kept contexts", "_floor_kept", lua)
  plain("hashing alone, new contexts", "_floor_new", lua)
  compare(title .. ": core in C / kept contexts", lua, kind .. "_core", lua, kind .. "_floor_kept",
    kind == "v3" and "<= 1.35")
  compare(title .. ": core in C / new contexts", lua, kind .. "_core", lua, kind .. "_floor_new")
  for _, interpreter in ipairs { lua, luajit or nil } do
    local where = " (" .. interpreter .. ")"
    plain("client:sign" .. where, "_client", interpreter)
    compare(title .. ": signer:sign / kept contexts" .. where, interpreter, kind .. "_signer", interpreter,
      kind .. "_floor_kept")
    compare(title .. ": client:sign / kept contexts" .. where, interpreter, kind .. "_client", interpreter,
      kind .. "_floor_kept")
    compare(title .. ": luaossl by hand / client:sign" .. where, interpreter, kind .. "_luaossl", interpreter,
      kind .. "_client")
    compare(title .. ": FFI by hand / client:sign" .. where, interpreter, kind .. "_ffi", interpreter,
      kind .. "_client")
  end
  compare(title .. ": Node / client:sign (" .. lua .. ")", "node", kind .. "_node", lua, kind .. "_client")
end

local modules, inputs = node.modules(), tools.build .. "/bench/inputs.json"
if modules then run(tools.script(tools.lua, "peers/sign.lua", "inputs") .. " >" .. quote(inputs)) end
for round = 1, ROUNDS do
  lua_round(tools.lua, round)
  if tools.luajit then lua_round(tools.luajit, round) end
  if modules then node_round(modules, inputs, round) end
end
for interpreter, lists in pairs(times) do
  report.microseconds[interpreter] = {}
  for subject, list in pairs(lists) do report.microseconds[interpreter][subject] = figures.spread(list) end
end
for _, kind in ipairs(KINDS) do rows_of(kind[1], kind[2]) end
return report
