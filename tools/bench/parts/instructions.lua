-- User instructions of a call, of an item of a batch and of a signature, by callgrind. They hardly
-- depend on who else uses the machine; but valgrind's processor has no SHA instructions, so hashing
-- weighs more than it does outside.
--
-- ONLY, a pattern of the environment, chooses figures by their titles.

local tools = ...
local run, figures = tools.run, tools.figures
local servers = tools.load("server", tools)

local CALLS = { 200, tools.quick and 500 or 800 }
local SIGNATURES = { 200, tools.quick and 500 or 1200 }
local SIGNING = {
  { "V3: client:sign", "v3_client", jit = true }, { "V3: hashing", "v3_floor" },
  { "V3: nonce and time given", "v3_given" },
  { "V3: SourceUrls as JSON text", "v3_text", jit = true },
  { "V1: client:sign", "v1_client" }, { "V1: hashing", "v1_floor" },
  { "ZEGO: client:sign", "zego_client", jit = true }, { "ZEGO: hashing", "zego_floor" },
  { "ZEGO: nonce and time given", "zego_given" },
}
local ALONE = {
  { "resume_live_stream", "aliyun" }, { "1 id", "zego_one" }, { "20 ids", "zego" },
  { "kickout_user", "kick_user" }, { "start_mix", "start_mix" },
}
local ITEMS = { { "an id of a batch", "zego", 20 }, { "a table item of a batch", "aliyun", 1 } }
local ONLY = os.getenv("ONLY") or ""
local VALGRIND = tools.pin(1) .. "valgrind --tool=callgrind --callgrind-out-file=/dev/null "

-- What one more of it takes: `command(count)` does it so many times. Nil where the server has
-- accepted another number of connections, since a handshake takes millions of instructions.
local function each(server, counts, command)
  local totals, accepted = {}, {}
  for i, count in ipairs(counts) do
    server.accepted()
    local output = run(command(count) .. " 2>&1")
    totals[i], accepted[i] = assert(output:match("Collected : (%d+)"), output), server.accepted()
  end
  if accepted[1] ~= accepted[2] then return nil, table.concat(accepted, " and ") end
  return (totals[2] - totals[1]) / (counts[2] - counts[1])
end

local function signing(lua, subject)
  return function(count) return tools.script(VALGRIND, lua, "sign.lua", count, subject) end
end

if not tools.succeeds("command -v valgrind") then
  figures.note("left out: instructions; apt-get install valgrind")
  return { left_out = true }
end

return servers.with_vendor(function(server)
  local report = {}
  local commands = tools.load("senders", tools, server, nil, VALGRIND).commands
  local function tell(title, count)
    report[title] = count
    figures.detail("instructions: " .. title, "", figures.spread { count })
  end
  local function measure(title, counts, command, share)
    if not title:find(ONLY) then return end
    local count, refused = each(server, counts, command)
    if refused then
      figures.note("refused: instructions: " .. title .. "; connections were " .. refused)
    else
      tell(title, count * (share or 1))
    end
  end
  -- `names` of senders; "nowhere": the calls alone, with a transport that answers at once
  local function sending(vendor, called, concurrency, names)
    for _, name in ipairs(names) do
      local how = name:match("^(.*) nowhere$")
      local command = commands[how or name]
      if command then
        measure(string.format("%d at a time, %s: %s", concurrency, called, name), CALLS,
          function(count)
            return command(how and "nowhere" or server.at_once, vendor, count, concurrency)
          end)
      end
    end
  end
  -- calls alone with the same parameters each time, and items of a batch net of making them
  local function alone(vendor, how)
    return function(count) return commands[how]("nowhere", vendor, count, 20) end
  end
  for _, it in ipairs(ALONE) do
    measure("nothing sent: " .. it[1], CALLS, alone(it[2], "same"))
    if tools.luajit then
      measure("nothing sent: " .. it[1] .. ", LuaJIT", CALLS, alone(it[2], "same_jit"))
    end
  end
  for _, it in ipairs(ITEMS) do
    local title = "nothing sent: " .. it[1]
    if title:find(ONLY) then
      local batch = each(server, CALLS, alone(it[2], "batch"))
      tell(title, (batch - each(server, CALLS, alone(it[2], "items"))) / it[3])
    end
  end
  sending("aliyun", "V3", 20, { "tasks", "tasks_jit", "batch", "batch_jit", "engine", "tuned",
    "plain", "tasks nowhere", "batch nowhere" })
  sending("aliyun", "V3", 1, { "calls", "calls_jit", "engine", "tuned", "plain",
    "calls nowhere" })
  sending("aliyun", "V3, always the same", 1, { "same", "same_jit" })
  sending("zego_one", "ZEGO, always the same id", 1, { "same", "same_jit" })
  sending("zego", "ZEGO, always the same 20 ids", 1, { "same", "same_jit" })
  sending("zego", "ZEGO, 20 ids", 20, { "tasks", "batch", "engine", "tuned", "tasks nowhere",
    "batch nowhere" })
  for _, it in ipairs(SIGNING) do
    local title, subject = it[1], it[2]
    -- sign.lua does it twice, to warm up and to measure
    measure("signing, " .. title, SIGNATURES, signing(tools.lua, subject), 0.5)
    if it.jit and tools.luajit then
      measure("signing, " .. title .. ", LuaJIT", SIGNATURES, signing(tools.luajit, subject), 0.5)
    end
  end
  for _, kind in ipairs { "V3", "V1", "ZEGO" } do
    local whole, hashing = report["signing, " .. kind .. ": client:sign"],
      report["signing, " .. kind .. ": hashing"]
    if whole and hashing then tell("signing, " .. kind .. ": net of hashing", whole - hashing) end
  end
  return report
end)
