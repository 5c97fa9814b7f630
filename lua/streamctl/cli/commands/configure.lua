-- `streamctl configure`: asks for an account, writes a profile, and has the vendor confirm it.

local config = require "streamctl.cli.config"
local core = require "streamctl.core"
local credentials = require "streamctl.cli.config.credentials"
local doctor = require "streamctl.cli.commands.doctor"
local fail = require "streamctl.cli.fail"
local replaced = require "streamctl.cli.output.file"
local rows = require "streamctl.cli.config.rows"
local sections = require "streamctl.base.sections"
local status = require "streamctl.cli.status"
local system = require "streamctl.system"

local configure = {
  summary = "Ask for an account, write a profile, and check it",
  examples = { "configure --profile prod" },
  takes = { profile = true, color = true, quiet = true, verbose = true },
}

-- Fields that stay, unless the profile changes to the other vendor.
local OTHERS = { "region", "domain", "app" }

-- The fields of a profile that this command writes, or takes away.
local FIELDS = {}
for _, row in ipairs(rows) do FIELDS[#FIELDS + 1] = row.asked and row.field or nil end
for _, field in ipairs(OTHERS) do FIELDS[#FIELDS + 1] = field end

-- Questions: a text, a pattern or a set of answers, the expected answer.
local VENDOR = { "Vendor, aliyun or zego", config.vendors, "aliyun or zego" }

local SURE = { "The profile exists. Change it, y or n", { y = 1, n = 1 }, "y or n" }

-- By vendor: the question for the account, the field of its answer; the name of the secret, the
-- field of its file.
local ACCOUNTS = {
  zego = { "AppId", "^%d+$", "digits", id = "app_id", secret = "ServerSecret",
    file = "server_secret_file" },
  aliyun = { "AccessKey id, or a source of keys such as chain or ecs_role", "^%w[^%c]*$",
    "printable text", id = "access_key_id", secret = "AccessKey secret",
    file = "access_key_secret_file" },
}

-- ---- questions ----

local function input_ended(invocation)
  invocation.say:line ""
  fail.usage "the input ended; nothing was written"
end

-- Asks until the answer fits. Returns the answer, or the default for an empty answer.
local function ask(invocation, question, default)
  local fits = question[2]
  while true do
    invocation.say:question(("%s [%s]: "):format(question[1], default or "none"))
    local line = (io.stdin:read "*l" or input_ended(invocation)):match "^%s*(.-)%s*$"
    if line == "" then line = default or "" end
    if type(fits) == "table" and fits[line] or type(fits) == "string" and line:find(fits) then
      return line
    end
    invocation.say:line("  expected " .. question[3])
  end
end

-- A shell asks for the secret: it restores the terminal after Ctrl-C, too.
local HIDDEN = [[old=$(stty -g) && trap 'stty "$old"; exit 1' INT TERM HUP && stty -echo || exit 1
  printf '%s, which is not shown [%s]: ' >&2; IFS= read -r line && printf ':%%s' "$line"
  stty "$old"]]

local function ask_hidden(invocation, name, default)
  system.catch_signals()
  local shell = io.popen(HIDDEN:format(name, default), "r")
  local line = shell:read "*a":match "^:%s*(.-)%s*$"
  shell:close()
  local signal = status.signals[system.caught_signal()]
  system.default_signals()
  invocation.say:line ""
  if signal then fail.raise(status.stopped[signal], "nothing was written") end
  return line or input_ended(invocation)
end

-- Asks for the secret of a file that a profile names. Returns the secret and the path to write the
-- secret to, or nothing where the secret stays as it is.
local function ask_secret(invocation, name, file, found)
  local path = config.path_in({ file = found }, file)
  if path == found.path then fail.usage "the configuration holds no secret; name another file" end
  local exists = system.file_mode(path)
  while true do
    local typed = ask_hidden(invocation, name, exists and "as it is in the file" or "none")
    if typed == "" and exists then return end
    if typed ~= "" and not core.has_control(typed) then return typed, path end
    invocation.say:line "  expected a secret in one line"
  end
end

-- Asks all questions. Returns the values of the profile; and, unless the secret stays as it is, the
-- secret and the path to write it to.
local function ask_all(invocation, name, found)
  local before = found.profile[name] and found.profile[name].values or {}
  local vendor = ask(invocation, VENDOR, before.vendor or "zego")
  if before.vendor ~= vendor then before = {} end -- of no use to the other vendor
  local values, account = { vendor = vendor }, ACCOUNTS[vendor]
  for _, field in ipairs(OTHERS) do values[field] = before[field] end
  local word = ask(invocation, account, before[account.id] or before.credentials)
  if vendor == "aliyun" and credentials.is_source(word) then
    values.credentials = word
    return values
  end
  values[account.id] = word -- the other vendor's secret, or another profile's, keeps its file
  values[account.file] = before[account.file] or ("%s.%s.secret"):format(name, vendor)
  return values, ask_secret(invocation, account.secret, values[account.file], found)
end

-- ---- check ----

-- Has the vendor confirm the account of a profile. Returns the exit status.
local function check(invocation, name, vendor)
  local code = status.OK
  invocation.args.profile = name -- which goes before the environment
  doctor.check(invocation, vendor, function(step, result, finding, advice)
    if result == "failed" then code = status.FAILED end
    if result == "failed" or result == "ok" and (step:find "account$" or step:find "answer$") then
      invocation.say:line(("  %s %s: %s%s"):format(step, result, finding,
        advice and "; " .. advice or ""))
    end
  end)
  return code
end

-- ---- files ----

local function must(path, done, why)
  if not done then fail.raise(status.FAILED, ("%s cannot be written: %s"):format(path, why)) end
  return done
end

-- Writes a file for its owner only. `make` returns the text while no other command writes the file.
local function write(path, make)
  must(path, system.make_folder(path:match "^(.*)/"))
  must(path, replaced.replace(path, replaced.text, function(journal)
    return journal:append(make())
  end))
end

local function refuse_without_terminal(path, name)
  fail.raise(status.USAGE, {
    "there is no terminal to ask on; write by hand, into " .. path .. ":",
    "  [profile " .. name .. "]", "  vendor = zego", "  app_id = 1234567890",
    "  server_secret_file = PATH",
    "Alibaba Cloud has access_key_id, access_key_secret_file, domain and app instead" })
end

function configure.run(invocation)
  local path = config.path(invocation)
    or fail.usage "neither HOME nor XDG_CONFIG_HOME is set, so there is no place for a profile"
  local name = invocation.args.profile or invocation:environment "STREAMCTL_PROFILE" or "default"
  if not name:find "^[%w_.-]+$" then
    fail.usage("the name of a profile must be letters, digits, _, . or -, not '%s'", name)
  elseif not (invocation:terminal(0) and invocation:terminal(2)) then
    refuse_without_terminal(path, name)
  end
  if system.file_mode(path) then must(path, system.journal(path)):close() end -- refuses links
  local found = config.load(invocation)
  local section = found.profile[name]
  invocation.say:note("This is for the profile %s in %s", name, path)
  invocation.say:note "Enter takes what is in brackets."
  if section and ask(invocation, SURE, "n") ~= "y" then fail.usage "nothing was written" end
  local values, secret, secret_path = ask_all(invocation, name, found)
  if secret_path then
    write(secret_path, function() return secret .. "\n" end)
    invocation.say:note("The secret is in %s (0600).", secret_path)
  end
  write(path, function()
    return sections.write(config.read(path) or "",
      section and section.header or "profile " .. name, FIELDS, values)
  end)
  invocation.say:note("The profile %s is written; streamctl whoami shows what counts.", name)
  for _, variable in ipairs(credentials.variables[values.vendor]) do
    if invocation:environment(variable) then
      invocation.say:warn("%s of the environment goes before the profile, unless --profile names "
        .. "it; unset the variable", variable)
    end
  end
  return check(invocation, name, values.vendor)
end

return configure
