-- Files, and stdin, that are read at once.

local failure = require "streamctl.cli.failure"

local files = {}

-- Reads all of a file, or of stdin without a path; or returns nil and why not, without the path.
-- It may have `most` bytes.
function files.read(path, most)
  local file, why = io.stdin, nil
  if path then file, why = io.open(path, "rb") end
  if not file then return nil, why:sub(#path + 3) end -- "PATH: why"
  local text
  text, why = file:read(most + 1)
  if path then file:close() end
  if why then return nil, why end
  text = text or ""
  if #text > most then return nil, ("it has more than %d bytes"):format(most) end
  return text
end

-- Reads what a word of the command line names: `-` is stdin, `@FILE` a file. Ends by
-- `failure.usage` when that cannot be read. Returns the text, and the name of a file; nil when the
-- word is none of these.
function files.named(word, most)
  local path = word:match "^@(.+)$"
  if not path and word ~= "-" then return nil end
  local text, why = files.read(path, most)
  if text then return text, path or "stdin" end
  failure.usage("cannot read %s: %s", path or "stdin", why)
end

return files
