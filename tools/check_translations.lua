-- The pages of docs/zh follow English pages: the first line of each names the page and the commit
-- of the page that was translated, <!-- of: COMMIT PATH -->. `make lint-tree` runs this file. It
-- fails where such a line is wrong, or where a page lacks a block of code or a code in the first
-- column of a table that its English page has at that commit, and has still. Pages that are behind
-- are listed; with --current they are failures as well. Outside of a git checkout only the lines
-- are looked at.
-- usage: lua tools/check_translations.lua [--current]

local current = ... == "--current"

local function output(command)
  local pipe = io.popen(command .. " 2>/dev/null")
  local text = pipe:read "*a"
  pipe:close()
  return text
end

local function read(path)
  local file = io.open(path)
  if not file then return nil end
  local text = file:read "*a"
  file:close()
  return text
end

-- How many blocks a page has, and the set of codes: in the first cells of tables, or headings.
local function shape(text)
  local codes, _, fences = {}, text:gsub("\n```%l", "")
  for cell in text:gmatch "\n|([^|\n]*)|" do
    for code in cell:gmatch "`([^`]*)`" do codes[code] = true end
  end
  for code in text:gmatch "\n### ([%l_]+)%f[\n]" do codes[code] = true end
  return fences, codes
end

local problems, behind = {}, {}
local has_history = output "git rev-parse --is-shallow-repository" == "false\n"

local function check(page)
  local text = read(page)
  local commit, path = text:match "^<!%-%- of: (%x+) (%S+) %-%->\n"
  local function wrong(...) problems[#problems + 1] = page .. ": " .. string.format(...) end
  if not commit then return wrong "its first line is not <!-- of: COMMIT PATH -->" end
  local now = read(path)
  if not now then return wrong("there is no %s", path) end
  if not has_history then return end
  local english = output(("git show %s:%s"):format(commit, path))
  if english == "" then return wrong("commit %s has no %s", commit, path) end
  if output(("git merge-base --is-ancestor %s HEAD && echo yes"):format(commit)) == "" then
    return wrong("commit %s is of another branch, or was rebased", commit)
  end
  local fences, codes = shape(english)
  local fences_now, codes_now = shape(now)
  local translated, present = shape(text)
  if fences ~= translated and fences_now ~= translated then
    wrong("%d blocks of code, %s has %d", translated, path, fences)
  end
  for code in pairs(codes) do
    if codes_now[code] and not present[code] then wrong("no table has `%s` of %s", code, path) end
  end
  if english ~= now then
    local changes = output(("git log --format=%%h %s..HEAD -- %s"):format(commit, path))
    behind[#behind + 1] = ("%s: behind %s by %s"):format(page, path, (changes:gsub("\n$", "")
      :gsub("\n", ", ")))
  end
end

for page in output "ls docs/zh/*.md":gmatch "[^\n]+" do check(page) end
table.sort(problems)
for _, line in ipairs(problems) do io.stderr:write(line, "\n") end
for _, line in ipairs(behind) do io.stderr:write(line, "\n") end
os.exit((#problems > 0 or current and #behind > 0) and 1 or 0)
