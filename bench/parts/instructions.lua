-- User instructions of a call and of a signature, by callgrind. They hardly depend on who else uses
-- the machine; but valgrind's processor has no SHA instructions, so hashing weighs more than it
-- does outside.

local tools = ...
local run, figures = tools.run, tools.figures
local servers = tools.load("server", tools)

local CALLS = { 200, tools.quick and 500 or 1200 }
local SIGNATURES = { 200, tools.quick and 500 or 1200 }
local VALGRIND = tools.pin(1) .. "valgrind --tool=callgrind --callgrind-out-file=/dev/null "

-- What one more of it takes: `command(count)` does it so many times.
local function each(counts, command)
  local totals = {}
  for i, count in ipairs(counts) do
    local output = run(command(count) .. " 2>&1")
    totals[i] = assert(output:match("Collected : (%d+)"), output)
  end
  return (totals[2] - totals[1]) / (counts[2] - counts[1])
end

local function signing(subject)
  return function(count)
    return tools.script(VALGRIND, tools.lua, "sign.lua", count, subject)
  end
end

if not tools.succeeds("command -v valgrind") then
  figures.note("left out: instructions; apt-get install valgrind")
  return { left_out = true }
end

return servers.with_vendor(function(server)
  local report = {}
  local commands = tools.load("senders", tools, server, nil, VALGRIND).commands
  local function measure(title, counts, command, share)
    report[title] = each(counts, command) * (share or 1)
    figures.detail("instructions: " .. title, "", figures.spread { report[title] })
  end
  local function sending(name, concurrency)
    measure(string.format("%d at a time, V3: %s", concurrency, name), CALLS, function(count)
      return commands[name](server.at_once, "aliyun", count, concurrency)
    end)
  end
  for _, name in ipairs { "tasks", "batch", "engine", "tuned", "plain" } do sending(name, 20) end
  for _, name in ipairs { "calls", "engine", "tuned", "plain" } do sending(name, 1) end
  for _, kind in ipairs { "v3", "v1", "zego" } do
    for _, what in ipairs { "client", "floor" } do
      -- sign.lua does it twice, to warm up and to measure
      measure("signing, " .. kind .. ": " .. what, SIGNATURES, signing(kind .. "_" .. what), 0.5)
    end
  end
  measure("signing, v3: SourceUrls as JSON text", SIGNATURES, signing "v3_text", 0.5)
  return report
end)
