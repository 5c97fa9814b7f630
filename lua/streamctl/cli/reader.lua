-- Reads whole files, stdin, and secrets. Secrets never stand on the command line: others see that.

local core = require "streamctl.core"
local fail = require "streamctl.cli.fail"

local reader = {}

local MAX_SECRETS = 65536 -- bytes of a file with secrets

-- Reads a file, or stdin without a path, of at most `max` bytes. Returns the text; or nil and the
-- reason, without the path.
function reader.read(path, max)
  local file, why = io.stdin, nil
  if path then file, why = io.open(path, "rb") end
  if not file then return nil, why:sub(#path + 3) end -- "PATH: why"
  local text
  text, why = file:read(max + 1)
  if path then file:close() end
  if why then return nil, why end
  text = text or ""
  if #text > max then return nil, ("it has more than %d bytes"):format(max) end
  return text
end

-- Reads a file with a single secret. `from`: the place that names the file. `advice`, if any, ends
-- what is said of a file that cannot be read.
function reader.secret(path, from, advice)
  local text, why = reader.read(path, MAX_SECRETS)
  if not text then fail.usage("%s cannot be read: %s (%s)%s", path, why, from, advice or "") end
  text = text:gsub("[\r\n]+$", "")
  if text == "" or core.has_control(text) then
    fail.usage("%s must hold one line with a secret (%s)", path, from)
  end
  return text
end

return reader
