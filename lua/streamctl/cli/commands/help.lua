-- `streamctl help [COMMAND [SUB]|exit-status|environment|examples]`: shows help.

local config = require "streamctl.cli.config"
local errors = require "streamctl.base.errors"
local fail = require "streamctl.cli.fail"
local names = require "streamctl.cli.commands"
local parser = require "streamctl.cli.parser"
local status = require "streamctl.cli.status"
local suggest = require "streamctl.base.suggest"
local tables = require "streamctl.cli.output.table"

local help = {
  summary = "Help on a command, on exit statuses, on the environment; examples",
}

function help.define(command)
  command:argument("TOPIC", "A command and its subcommand, exit-status, environment, or "
    .. "examples."):args "*":target "topic"
end

-- Examples: a purpose and a command line.
help.examples = {
  { "Bring the RTC streams of a file back, with a report to go on from",
    "streamctl resume @ids.txt --report resume.jsonl" },
  { "Send again what failed", "streamctl retry resume.jsonl" },
  { "Look at what became of it", "streamctl report resume.jsonl --html resume.html" },
  { "Resume what is not live",
    "streamctl state @ids.txt --expect live -o ids | streamctl resume -" },
  { "Keep a stream of Alibaba Cloud away for two hours",
    "streamctl forbid --domain push.example.com --app live s1 --until +2h" },
  { "Pull a stream from one address and push it to another, once it runs",
    "streamctl relay create --region cn-shanghai --end +2h --wait --yes \\\n"
      .. "  --from rtmp://pull.example.com/app/s1 --to rtmp://push.example.com/app/s1" },
  { "See what an operation takes", "streamctl ops DescribeRTCStreamState" },
  { "Call it", "streamctl call DescribeRTCStreamState StreamId=room1-cam1 -o json" },
  { "All that is live on a playback domain, two fields of each",
    "streamctl list DescribeLiveStreamsOnlineList DomainName=play.example.com \\\n"
      .. "  --fields StreamName,PublishTime" },
  { "Wait until a stream is gone",
    "streamctl wait rtc_stream_closed StreamId=room1-cam1 --timeout 60" },
  { "Find out what is wrong", "streamctl doctor" },
}

local WIDTH = 79

local function list(title, indent, entries)
  local lines = { title, "" }
  for _, entry in ipairs(entries) do
    local name = "  " .. entry[1]
    if #name >= indent - 1 then lines[#lines + 1], name = name, "" end
    for _, line in ipairs(tables.fold(entry[2], WIDTH - indent)) do
      lines[#lines + 1], name = name .. (" "):rep(indent - #name) .. line, ""
    end
  end
  return table.concat(lines, "\n") .. "\n"
end

local TOPICS = {
  ["exit-status"] = function()
    return list("Exit statuses:", 7, status.meanings)
  end,
  environment = function()
    return list("Variables of the environment:", 30, config.environment)
  end,
  examples = function()
    local parts = {}
    for i, example in ipairs(help.examples) do
      parts[i] = ("%s:\n  %s\n"):format(example[1], (example[2]:gsub("\n", "%0  ")))
    end
    return table.concat(parts, "\n")
  end,
}

function help.run(invocation)
  local topic, known = invocation.args.topic, {}
  for _, name in ipairs(names) do known[name] = true end
  for name in pairs(TOPICS) do known[name] = true end
  local first = topic[1]
  if first and not known[first] then
    fail.usage("there is no help on '%s'%s; see streamctl --help", errors.tidy(first, 100),
      suggest.hint(first, known))
  end
  invocation.out:write(TOPICS[first] and TOPICS[first]() or parser.help(topic))
end

return help
