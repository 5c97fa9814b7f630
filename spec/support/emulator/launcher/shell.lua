-- Shell commands and files for the emulator's launcher: plain Lua of any version.

local M = {}

function M.quote(text) return "'" .. text:gsub("'", "'\\''") .. "'" end

-- Runs a shell command: its output and its exit status. io.popen():close() has no status in Lua
-- 5.1, so the shell says it itself. A sanitizer preloaded for us is not for the programs we start.
M.CLEAN = "unset LD_PRELOAD; "

function M.run(command)
  local pipe = assert(io.popen(M.CLEAN .. "{ " .. command .. "\n} 2>&1; echo \"status:$?\"", "r"))
  local output = pipe:read("*a")
  pipe:close()
  local text, status = output:match("^(.*)status:(%d+)%s*$")
  return text or output, tonumber(status or 255)
end

function M.read_file(path)
  local file = io.open(path, "rb")
  if not file then return nil end
  local text = file:read("*a")
  file:close()
  return text
end

function M.write_file(path, text)
  local file = assert(io.open(path, "wb"))
  assert(file:write(text))
  assert(file:close())
end

function M.sleep(seconds) M.run("sleep " .. seconds) end

return M
