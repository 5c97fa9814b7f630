-- Secrets from files and the environment: others see command lines.

local core = require "streamctl.core"
local failure = require "streamctl.cli.failure"
local files = require "streamctl.cli.files"

local secrets = {}

local MOST = 65536 -- bytes of a file

-- Reads a file with one secret in it; ends by `failure.usage`. `from`: who names it.
function secrets.read(path, from)
  local text, why = files.read(path, MOST)
  if not text then failure.usage("%s cannot be read: %s (%s)", path, why, from) end
  text = text:gsub("[\r\n]+$", "")
  if text == "" or core.has_control(text) then
    failure.usage("%s must hold one line with a secret (%s)", path, from)
  end
  return text
end

-- The words of a text, between blanks, lines or commas.
function secrets.words(text)
  local words = {}
  for word in text:gmatch "[^%s,]+" do words[#words + 1] = word end
  return words
end

local function read_words(path, what)
  local text, why = files.read(path, MOST)
  if not text then failure.usage("cannot read %s: %s", what, why) end
  local words = secrets.words(text)
  if not words[1] then failure.usage("%s is empty; it must hold a secret", what) end
  return words
end

-- Finds secrets: in the files that flags name, else in the variable, else in the file that the
-- variable NAME_FILE names. Several stand between blanks, lines or commas. Ends by `failure.usage`
-- when a file cannot be read. Returns texts, at least one; nil when nothing names a secret.
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
