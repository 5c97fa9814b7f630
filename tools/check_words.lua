-- Fails where something is called by an old word: each thing has a single word
-- (docs/explanation/design.md, "Words"). In lua/ and csrc/ it looks at names and comments, in spec/
-- at names. usage: lua tools/check_words.lua [FOLDER...]       lua csrc spec

-- Old word -> the word in its place; `name`: only a name, since the word is also plain English.
local WORDS = {
  thing = "resource", things = "resources", renewal = "refresh", pace = "limit", nap = "poll",
  naps = "polls", tally = "report", theirs = "which?", vain = "refused", schema = "check",
  whoever = "which caller?",
}
local NAMES = { look = "poll", looks = "polls", book = "report" }
-- A spec may hold a request back, and tell what a vector is about.
local NAMES_OF_CODE = { about = "resource", held = "credentials", ours = "which?" }

local problems = {}

-- A line's code without its texts, and its comment; `inside`: a comment of C goes on.
local function parts_of(line, is_c, inside)
  if inside then
    local comment, rest = line:match "^(.-)%*/(.*)$"
    return comment and rest or "", comment or line, comment == nil
  end
  line = line:gsub('\\"', ""):gsub('"[^"]*"', '""')
  if not is_c then
    line = line:gsub("'[^']*'", "''")
    return line:gsub("%-%-.*", ""), line:match "%-%-(.*)" or "", false
  end
  local code, comment = line:match "^(.-)/%*(.*)$"
  return code or line, comment or "", comment ~= nil and not comment:find("*/", 1, true)
end

local function check(path, number, text, ...)
  for word in text:gmatch "[%a_][%w_]*" do
    for _, words in ipairs { ... } do
      if words[word] then
        problems[#problems + 1] = ("%s:%d: %s: say %s"):format(path, number, word, words[word])
      end
    end
  end
end

local folders = #arg > 0 and table.concat(arg, " ") or "lua csrc spec"
local files = assert(io.popen("find " .. folders .. " -name '*.lua' -o -name '*.[ch]'"))
for path in files:lines() do
  local is_c, is_spec = path:find "%.[ch]$", path:find "^spec/"
  local number, is_long, inside = 0, false, false
  for line in io.lines(path) do
    number = number + 1
    if line:find("[[", 1, true) and not line:find("]]", 1, true) then is_long = true end
    if not is_long then
      local code, comment
      code, comment, inside = parts_of(line, is_c, inside)
      check(path, number, code, WORDS, NAMES, is_spec and {} or NAMES_OF_CODE)
      if not is_spec then check(path, number, comment, WORDS) end
    end
    if line:find("]]", 1, true) then is_long = false end
  end
end
files:close()

if #problems > 0 then
  io.stderr:write(table.concat(problems, "\n"), "\n")
  os.exit(1)
end
