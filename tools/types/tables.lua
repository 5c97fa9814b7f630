-- Makes docs/reference/options.md and errors.md from the comments of lua/streamctl, and
-- environment.md from the table of `streamctl help environment`.

local comments = require "tools.types.comments"

local FOLDER = "lua/streamctl/"
local MADE = "<!-- Made by `make types` from the comments of lua/streamctl. -->"

local tables = {}

-- The first sentence of a comment.
local function first_sentence(text)
  text = comments.plain(text)
  return ((text:match "^(.-)%.%s+[%u`]" or text):gsub("|", "\\|"))
end

-- Titles, files, and the names of the tables of options in their comments.
local OPTIONS = {
  { "A client", "base/options.lua", "common" },
  { "A client of Alibaba Cloud", "aliyun/init.lua", "options" },
  { "A client of ZEGOCLOUD", "zego/init.lua", "options" },
  { "Limits: of a call, `batch`, `pages`, `wait_for`, `settle`, `token`, "
    .. "`ensure_live_pull_to_push`", "base/options.lua", "limits" },
  { "A call, beside the limits", "base/options.lua", "call" },
  { "`client:call`, for operations without a row", "base/options.lua", "generic" },
  { "`client:sign`", "base/options.lua", "sign" },
  { "`client:batch`, beside those of a call", "many/batch.lua", "options" },
  { "`client:pages`, beside the limits", "many/pages.lua", "options" },
  { "`client:wait_for`, beside the limits", "many/wait.lua", "options" },
  { "`info` of an answer", "base/options.lua", "info", "field" },
}

-- The @tfield tags of a table in a file's comments.
local function fields_of(path, name)
  local found = {}
  for _, block in ipairs(comments.read(FOLDER .. path)) do
    for _, tag in ipairs(block.table == name and block.tags or {}) do
      if tag.name == "tfield" then
        local kind, field, text = tag.text:match "^(%S+)%s+(%S+)%s*(.*)$"
        found[#found + 1] = { name = field, kind = kind:gsub("|", ", "), default = tag.default,
          text = first_sentence(text) }
      end
    end
  end
  return assert(found[1] and found, path .. " has no table " .. name)
end

function tables.options()
  local defaults = require("streamctl.base.options").defaults
  local lines = { "# Options", "", MADE, "",
    "Give the options of a client to `new`. Give the options of a call last. An unknown option",
    "throws. Without a key `new` takes the account of the",
    "[environment](environment.md#the-library). Times are in seconds. For `store`, `stamp`,",
    "`retry` and `rate_limit` see [promises](../explanation/promises.md).",
  }
  for _, group in ipairs(OPTIONS) do
    lines[#lines + 1] = ("\n## %s\n\n| %s | type | default | |\n|---|---|---|---|")
      :format(group[1], group[4] or "option")
    for _, field in ipairs(fields_of(group[2], group[3])) do
      local default = group[3] == "common" and tonumber(defaults[field.name])
      assert(not default or default == tonumber(field.default),
        field.name .. ": the comment has another default than the table")
      lines[#lines + 1] = ("| `%s` | %s | %s | %s |"):format(field.name, field.kind,
        field.default or "", field.text)
    end
  end
  return table.concat(lines, "\n") .. "\n"
end

-- The codes stand in groups; a comment of its own line begins a group.
function tables.errors()
  local errors = require "streamctl.base.errors"
  local codes, count, is_codes = errors.codes, 0, false
  local lines = { "# Errors", "", MADE, "",
    "A failure is `nil, \"<code>: <text>\", err`, so that `assert()` works. The code is stable.",
    "The text can change. Common messages, and what to do: [it does not",
    "work](../how-to/trouble.md).", "",
    "Misuse throws at your line: an option is missing or unknown, has a wrong type, or a value",
    "that no program should pass. Wrong data is returned: parameters, ids, tokens, bodies,",
    "webhooks, names of jobs, files and the network.", "",
    "`err.outcome` says what became of the call:", "",
    "| `err.outcome` | |", "|---|---|",
    "| `failed` | the vendor refused the call, or no answer came and a repeat does no harm |",
    "| `unknown` | the call may have run, and a repeat could do harm |",
    "| `superseded` | a newer call for the same stream or task won: no failure |",
    "| `unsent` | the call did not run, and nobody refused it. If the vendor answered, or the call "
      .. "may have run, it is `failed` |", "",
    "Below, each code has its outcome, what sends the call again, and the",
    "[exit status](../how-to/scripts.md#exit-status) of the command. Where it says unsent,",
    "`err.outcome` is `failed` if the vendor answered, or `err.maybe_sent` says that the call",
    "may have run. So `throttled` is `unsent` only if no slot of the rate came in time.", "",
    "```lua",
    'local answer, message, err = rtc:resume_rtc_stream { StreamId = "room1-cam" }',
    "if answer then",
    '  log("resumed")',
    'elseif err.outcome == "superseded" then',
    '  log("a newer call won")                  -- nothing to do',
    'elseif err.outcome == "unknown" then',
    '  log(rtc:settle(err, { timeout = 90 }))   -- "executed", "not_executed" or "unknown"',
    "elseif err.retryable then",
    '  log("again in", err.retry_after or 1)    -- seconds',
    "else",
    "  log(message, err.request_id)             -- for a person",
    "end",
    "```",
  }
  for line in io.lines(FOLDER .. "base/errors.lua") do
    local code, text = line:match "^  ([%l_]+) = {.*}, %-%- (.+)$"
    local group = is_codes and line:match "^  %-%- (.+)$"
    is_codes = line == "errors.codes = {" or (is_codes and line ~= "}")
    if group then
      lines[#lines + 1] = "\n## " .. group:gsub("^%l", string.upper)
    elseif is_codes and code then
      local row = codes[code]
      local of = errors.outcomes[row[1]]
      count = count + 1
      lines[#lines + 1] = ("\n### %s\n\n%s. *Outcome %s; again: %s; status %d.*"):format(code,
        (text:gsub("^%l", string.upper)), row[1],
        row.again and "by itself, then " .. of.again or of.again, row.status or of.status)
    end
  end
  for _ in pairs(codes) do count = count - 1 end
  assert(count == 0, "a code of base/errors.lua has no comment on its line")
  lines[#lines + 1] = "\n## The fields of `err`\n\n| field | type | |\n|---|---|---|"
  for _, field in ipairs(fields_of("base/errors.lua", "err")) do
    lines[#lines + 1] = ("| `%s` | %s | %s |"):format(field.name, field.kind, field.text)
  end
  return table.concat(lines, "\n") .. "\n"
end

-- Replaces the table of fields in a page: settings are rows, which the command reads.
function tables.configuration(page)
  local lines = { "| field | vendor | what |", "|---|---|---|" }
  for _, row in ipairs(require "streamctl.cli.config.rows") do
    local text = (row.is_secret and "a file that holds " or "") .. row[2]
    local default = type(row.default) == "number" and ("; %g unless said"):format(row.default) or ""
    lines[#lines + 1] = not row.no_field and ("| `%s` | %s | %s |"):format(row.field,
      row.of or "both", text .. default) or nil
  end
  local before, after = page:match "^(.-\n\n)| field | vendor .-\n(\n.*)$"
  return before .. table.concat(lines, "\n") .. "\n" .. after
end

-- The variables stand in one table, which the command and its manual page print as well.
function tables.environment()
  local lines = { "# Environment", "",
    "<!-- Made by `make types` from lua/streamctl/cli/config/rows.lua. -->", "",
    "These variables are for the command; `streamctl help environment` prints them. A flag wins",
    "over a variable, and a variable wins over a profile ([configuration](configuration.md)). An",
    "empty variable counts as not set.",
    "", "| variable | |", "|---|---|",
  }
  for _, entry in ipairs(require("streamctl.cli.config").environment) do
    lines[#lines + 1] = ("| `%s` | %s |"):format(entry[1]:gsub(", ", "`, `"),
      (entry[2]:gsub("%.$", "")))
  end
  lines[#lines + 1] = [[

## The library

If the options of `new` name no part of a key, `new` reads these variables:

- ZEGOCLOUD: `ZEGO_APP_ID`, `ZEGO_SERVER_SECRET` or `ZEGO_SERVER_SECRET_FILE`, `ZEGO_IS_TEST` and
  `ZEGO_ENDPOINT`
- Alibaba Cloud: the key, or its [chain](../how-to/credentials.md#the-chain), and
  `ALIBABA_CLOUD_ENDPOINT`
- both: `STREAMCTL_CA_FILE`

An option wins over its variable. If the options name a part of a key, `new` reads nothing. It
throws if the rest of the key is missing, or if the environment has no account.

`streamctl.zego.resume_rtc_streams` and its like are methods of one client of the vendor. The first
call makes this client. Later changes of the environment do not reach it. Without an account each
call fails with `credentials`, and the next call reads the environment again. nginx hides its
environment from workers: each variable needs a line `env NAME;`
([OpenResty](../how-to/openresty.md)).

## Sources of keys

Each [source](../how-to/credentials.md#which-source) of keys reads the variables of this table. All
names begin with `ALIBABA_CLOUD_`. An empty variable counts as not set:

| variable | for |
|---|---|
| `ACCESS_KEY_ID`, `ACCESS_KEY_SECRET`, `SECURITY_TOKEN` | `environment` |
| `ROLE_ARN`, `OIDC_PROVIDER_ARN`, `OIDC_TOKEN_FILE`, `ROLE_SESSION_NAME` | `oidc`; ARN and name also `assume_role` |
| `STS_REGION`, `VPC_ENDPOINT_ENABLED` | which STS `oidc` and `assume_role` ask |
| `PROFILE`, `CONFIG_FILE`, `CREDENTIALS_FILE` | `profile` and `ini`: which profile of both, their files |
| `CLI_PROFILE_DISABLED` | no `profile` |
| `ECS_METADATA`, `ECS_METADATA_DISABLED`, `IMDSV1_DISABLED` | `ecs_role`: the role's name; not at all; only IMDSv2 |
| `CREDENTIALS_URI` | `uri` |
| `DISABLE_EXTERNAL_PROCESS` | forbids `process` |]]
  return table.concat(lines, "\n") .. "\n"
end

return tables
