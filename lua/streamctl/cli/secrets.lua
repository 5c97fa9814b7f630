-- Reads secrets from files and the environment, never from the command line, which others see.

local core = require "streamctl.core"
local failure = require "streamctl.cli.failure"
local files = require "streamctl.cli.files"

local secrets = {}

local MAX = 65536 -- bytes of a file

-- Reads a file with a single secret. `from`: the place that names the file.
function secrets.read(path, from)
  local text, why = files.read(path, MAX)
  if not text then failure.usage("%s cannot be read: %s (%s)", path, why, from) end
  text = text:gsub("[\r\n]+$", "")
  if text == "" or core.has_control(text) then
    failure.usage("%s must hold one line with a secret (%s)", path, from)
  end
  return text
end

-- Returns the words of a text, separated by blanks, line breaks or commas.
function secrets.words(text)
  local words = {}
  for word in text:gmatch "[^%s,]+" do words[#words + 1] = word end
  return words
end

local function read_words(path, name)
  local text, why = files.read(path, MAX)
  if not text then failure.usage("cannot read %s: %s", name, why) end
  local words = secrets.words(text)
  if not words[1] then failure.usage("%s is empty; it must hold a secret", name) end
  return words
end

-- Finds secrets in the files of flags, else in the variable, else in the file of NAME_FILE. Returns
-- a list of texts; nil without any secret.
function secrets.find(invocation, variable, paths)
  local found = {}
  for _, path in ipairs(paths) do
    for _, secret in ipairs(read_words(path, path)) do found[#found + 1] = secret end
  end
  if found[1] then return found end
  local text, path = invocation:environment(variable), invocation:environment(variable .. "_FILE")
  if text then
    found = secrets.words(text)
    return found[1] and found or nil
  end
  return path and read_words(path, path .. ", which " .. variable .. "_FILE names,") or nil
end

return secrets
