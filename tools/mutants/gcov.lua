-- Reads what `gcov --json-format --stdout` prints, a line an object, and prints the functions that
-- ran: "PATH:FIRST:LAST". usage: gcov ... | lua5.4 tools/mutants/gcov.lua FOLDER

local json = require "cjson"

for line in io.lines() do
  for _, file in ipairs(json.decode(line).files) do
    local path = file.file:match "^%./(csrc/.*)$" or file.file:match "^(csrc/.*)$"
      or file.file:sub(1, #arg[1]) == arg[1] and file.file:match "/(csrc/.*)$"
    for _, fn in ipairs(path and file.functions or {}) do
      if fn.execution_count > 0 then
        print(("%s:%d:%d"):format(path, fn.start_line, fn.end_line))
      end
    end
  end
end
