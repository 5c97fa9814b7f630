-- Runs Lua code in an interpreter of its own, the same as this one, that finds the same modules.

local shell = require "spec.support.emulator.launcher.shell"

local child = {}

local preload = os.getenv("LD_PRELOAD")

--- A word for `env`, or "": has the sanitizers' libraries loaded, which the shell's commands do
-- without.
child.PRELOAD = preload and shell.quote("LD_PRELOAD=" .. preload) or ""

--- The interpreter that runs the tests: the first word of its command line.
function child.interpreter()
  local first = 0
  while arg[first - 1] do first = first - 1 end
  return arg[first]
end

-- Proxies of the machine are none of the tests' business, neither are its keys, nor what it is.
local CLEAN = "env -u http_proxy -u https_proxy -u HTTPS_PROXY -u all_proxy -u ALL_PROXY -u "
  .. "no_proxy -u NO_PROXY -u STREAMCTL_CA_FILE"
for _, name in ipairs { "ACCESS_KEY_ID", "ACCESS_KEY_SECRET", "SECURITY_TOKEN", "ENDPOINT",
  "PROFILE", "CONFIG_FILE", "CREDENTIALS_FILE", "CREDENTIALS_URI", "ROLE_ARN",
  "OIDC_PROVIDER_ARN", "OIDC_TOKEN_FILE" } do
  CLEAN = CLEAN .. " -u ALIBABA_CLOUD_" .. name
end
CLEAN = CLEAN .. " HOME=/dev/null ALIBABA_CLOUD_ECS_METADATA_DISABLED=true"

--- A shell command that runs code, which it writes to `path`.
function child.command(code, environment, path)
  shell.write_file(path, code)
  local words = { CLEAN, child.PRELOAD }
  for name, value in pairs(environment or {}) do
    words[#words + 1] = shell.quote(name .. "=" .. value)
  end
  words[#words + 1] = shell.quote(child.interpreter())
  words[#words + 1] = shell.quote(path)
  return table.concat(words, " ")
end

--- Runs code to its end. Returns what it wrote, errors included, and its exit status.
function child.run(code, environment)
  local path = os.tmpname()
  local output, status = shell.run(child.command(code, environment, path))
  os.remove(path)
  return output, status
end

return child
