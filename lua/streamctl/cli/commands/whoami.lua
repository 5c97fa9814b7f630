-- `streamctl whoami`: shows the account of commands, and the place of each setting.

local accounts = require "streamctl.cli.account"
local config = require "streamctl.cli.config"
local flags = require "streamctl.cli.flags"
local rows = require "streamctl.cli.config.rows"

local whoami = {
  summary = "Show the account, and where each value comes from",
  examples = { "whoami --profile prod" },
  takes = flags.calls,
  formats = { "table", "json", "jsonl" },
}

-- Adds the rows of an account. `prefix` of names tells two accounts apart.
local function add_account(out, account, prefix)
  local function add(name, value, from)
    out:add { name = prefix .. name, value = value, from = from }
  end
  add("account", account.title, "the values below")
  add("mode", account.mode, account.vendor == "zego" and account.settings.is_test.from or "default")
  for _, setting in ipairs(account.settings) do add(setting.name, setting.shown, setting.from) end
  for _, row in ipairs(rows) do
    local value = row[1] == "endpoint" and tostring(account.client):match "https?://[^%s/]+"
      or row.without
    if value and not account.settings[row[1]] then add(row[1], value, "default") end
  end
end

function whoami.run(invocation)
  local profile, found = config.profile(invocation), {}
  local vendors = profile and profile.fields.vendor and { false } or accounts.all(invocation)
  for i, vendor in ipairs(vendors) do
    found[i] = invocation:account { store = false, vendor = vendor or nil }
  end
  local out = invocation.out:rows { { "name", "NAME" }, { "value", "VALUE" }, { "from", "FROM" } }
  for _, account in ipairs(found) do
    add_account(out, account, found[2] and account.vendor .. " " or "")
  end
  out:close()
end

return whoami
