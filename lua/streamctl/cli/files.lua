--- Files, and stdin, that are read at once.
-- @module streamctl.cli.files

local files = {}

--- Reads all of a file, or of stdin without a path; or returns nil and why not, without the path.
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

return files
