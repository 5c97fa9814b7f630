--- Secrets beside those of an account, from files and the environment: others see command lines.
-- @module streamctl.cli.secrets

local failure = require "streamctl.cli.failure"

local secrets = {}

local MOST = 65536 -- bytes of a file

local function words_of(text)
  local words = {}
  for word in text:gmatch "[^%s,]+" do words[#words + 1] = word end
  return words
end

local function read(path, what)
  local file, why = io.open(path, "rb")
  local text
  if file then
    text, why = file:read(MOST + 1)
    file:close()
    text = text or not why and "" or nil
  end
  if not text then failure.usage("cannot read %s: %s", what, why) end
  if #text > MOST then failure.usage("%s has more than %d bytes", what, MOST) end
  local words = words_of(text)
  if not words[1] then failure.usage("%s is empty; it must hold a secret", what) end
  return words
end

--- Finds secrets: in the files that flags name, else in the variable, else in the file that the
-- variable NAME_FILE names. Several stand between blanks, lines or commas. Ends by
-- `failure.usage` when a file cannot be read.
-- @tparam Invocation invocation
-- @tparam string variable
-- @tparam[opt] table files paths
-- @treturn table|nil texts, at least one; nil when nothing names a secret
function secrets.find(invocation, variable, files)
  local found = {}
  for _, path in ipairs(files or {}) do
    for _, secret in ipairs(read(path, path)) do found[#found + 1] = secret end
  end
  if found[1] then return found end
  local text = invocation:environment(variable)
  if text then
    found = words_of(text)
    return found[1] and found or nil
  end
  local path = invocation:environment(variable .. "_FILE")
  return path and read(path, path .. ", which " .. variable .. "_FILE names,") or nil
end

return secrets
