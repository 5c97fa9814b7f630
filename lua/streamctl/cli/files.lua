-- Reads whole files, or stdin.

local failure = require "streamctl.cli.failure"

local files = {}

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

return files
