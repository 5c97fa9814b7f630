-- Replaces a file by a new one: whole or not at all, and no file of another kind.

local system = require "streamctl.system"

local file = {}

local OWNER_ONLY = 384 -- 0600

-- Kinds of files: how such a file begins, and its name for people. Any text may be a `text`, so the
-- new one must not be there, unless this user alone may use it.
file.page = { "<!DOCTYPE html>", "page" }
file.numbers = { "# HELP streamctl_", "regular file of numbers" }
file.report = { '{"record":"', "report" }
file.text = { "", "file" }

-- Returns whether a regular file begins as its kind; true for an empty one.
function file.begins(path, kind)
  local _, is_regular = system.file_mode(path)
  local handle = is_regular and io.open(path, "rb")
  local begun = handle and (handle:read(#kind[1]) or "")
  if handle then handle:close() end
  return begun == "" or begun == kind[1], begun == ""
end

-- Returns why a file, or the new one beside it, must not be replaced; nil where that is well.
function file.misuse(path, kind)
  for _, name in ipairs { path, path .. ".new" } do
    local mode = system.file_mode(name)
    if mode and not file.begins(name, kind) then
      return ("%s is there and is no %s; name another file"):format(name, kind[2])
    elseif mode and kind == file.text and name ~= path and mode ~= OWNER_ONLY then
      return name .. " is there, and others may use it; remove it"
    end
  end
end

-- Writes a file for its owner by `write(journal)`, which returns true, or nil and why not. Others
-- may read the file where it `is_shared`. Returns true; or nil and why not.
function file.replace(path, kind, write, is_shared)
  local new, ran, journal = path .. ".new", true, nil
  local why = file.misuse(path, kind)
  if not why then journal, why = system.journal(new) end
  if not journal then return nil, why end
  local done
  done, why = journal:cut(0)
  if done then ran, done, why = pcall(write, journal) end
  if not ran then done, why = nil, done end
  if done then done, why = journal:sync() end
  if done and is_shared then done, why = journal:share() end
  if done then done, why = os.rename(new, path) end
  if not done then os.remove(new) end
  journal:close()
  if not ran then error(why, 0) end
  return done, why
end

return file
