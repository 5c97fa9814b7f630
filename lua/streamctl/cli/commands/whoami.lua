-- `streamctl whoami`: shows the account of commands, and the place of each setting.

local flags = require "streamctl.cli.flags"

local whoami = {
  summary = "Show the account, and where each value comes from",
  takes = flags.calls,
  formats = { "table", "json", "jsonl" },
  description = "Show which account commands would act for, test or live, and where each value "
    .. "comes from. Secrets are only said to be set. Nothing is sent; `streamctl doctor` "
    .. "has the vendor confirm it.",
}

function whoami.run(invocation)
  local account = invocation:account { store = false }
  local rows = invocation.out:rows { { "name", "NAME" }, { "value", "VALUE" }, { "from", "FROM" } }
  rows:add { name = "account", value = account.title, from = "the values below" }
  rows:add { name = "mode", value = account.mode, from = account.vendor == "zego"
    and account.settings.is_test.from or "default" }
  for _, setting in ipairs(account.settings) do
    rows:add { name = setting.name, value = setting.shown, from = setting.from }
  end
  local defaults = {
    { "endpoint", tostring(account.client):match "https?://[^%s/]+" }, { "region", "none" },
    { "rate", "as documented" }, { "store", "none: neither HOME nor XDG_STATE_HOME is set" },
  }
  for _, pair in ipairs(defaults) do
    if not account.settings[pair[1]] then
      rows:add { name = pair[1], value = pair[2], from = "default" }
    end
  end
  rows:close()
end

return whoami
