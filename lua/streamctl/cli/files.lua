-- Reads whole files, stdin, and secrets. Secrets never stand on the command line: others see that.

local core = require "streamctl.core"
local failure = require "streamctl.cli.failure"

local files = {}

local MAX_SECRETS = 65536 -- bytes of a file with secrets

-- Reads a file, or stdin without a path, of at most `max` bytes. Returns the text; or nil and the
-- reason, without the path.
function files.read(path, max)
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

-- Reads stdin for the word `-`, and a file for `@FILE`. Returns the text and a name of the source;
-- nil for other words.
function files.named(word, max)
  local path = word:match "^@(.+)$"
  if not path and word ~= "-" then return nil end
  local text, why = files.read(path, max)
  if text then return text, path or "stdin" end
  failure.usage("cannot read %s: %s", path or "stdin", why)
end

-- Reads a file with a single secret. `from`: the place that names the file.
function files.secret(path, from)
  local text, why = files.read(path, MAX_SECRETS)
  if not text then failure.usage("%s cannot be read: %s (%s)", path, why, from) end
  text = text:gsub("[\r\n]+$", "")
  if text == "" or core.has_control(text) then
    failure.usage("%s must hold one line with a secret (%s)", path, from)
  end
  return text
end

-- Returns the words of a text, separated by blanks, line breaks or commas.
function files.words(text)
  local words = {}
  for word in text:gmatch "[^%s,]+" do words[#words + 1] = word end
  return words
end

local function read_words(path, name)
  local text, why = files.read(path, MAX_SECRETS)
  if not text then failure.usage("cannot read %s: %s", name, why) end
  local words = files.words(text)
  if not words[1] then failure.usage("%s is empty; it must hold a secret", name) end
  return words
end

-- Finds secrets in the files of flags, else in the variable, else in the file of NAME_FILE. Returns
-- a list of texts; nil without any secret.
function files.secrets(invocation, variable, paths)
  local found = {}
  for _, path in ipairs(paths) do
    for _, secret in ipairs(read_words(path, path)) do found[#found + 1] = secret end
  end
  if found[1] then return found end
  local text, path = invocation:environment(variable), invocation:environment(variable .. "_FILE")
  if not text then
    return path and read_words(path, path .. ", which " .. variable .. "_FILE names,") or nil
  end
  found = files.words(text)
  return found[1] and found or nil
end

return files
