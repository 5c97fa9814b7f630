-- Fails where a name in lua/ or csrc/ is a word that something else is called by: each thing has a
-- single word (docs/design.md, "Words").
-- usage: lua tools/check_words.lua [FOLDER...]       lua csrc

-- Old word -> the word in its place. A job is a queue's, and there is none.
local WORDS = {
  about = "resource", thing = "resource", things = "resources", renewal = "refresh",
  pace = "limit", look = "poll", looks = "polls", nap = "poll", book = "report", tally = "report",
  schema = "check", held = "credentials", ours = "which?", theirs = "which?", vain = "refused",
  job = "request or work", jobs = "many",
}

local folders = #arg > 0 and table.concat(arg, " ") or "lua csrc"
local problems = {}

local function code_of(line, is_c)
  line = line:gsub('"[^"]*"', '""'):gsub("'[^']*'", "''")
  if is_c then return (line:gsub("/%*.-%*/", ""):gsub("/%*.*", ""):gsub("^%s*%*.*", "")) end
  return (line:gsub("%-%-.*", ""))
end

local files = assert(io.popen("find " .. folders .. " -name '*.lua' -o -name '*.[ch]'"))
for path in files:lines() do
  local number, is_long = 0, false
  for line in io.lines(path) do
    number = number + 1
    if line:find("[[", 1, true) and not line:find("]]", 1, true) then is_long = true end
    if not is_long then
      for word in code_of(line, path:find "%.[ch]$"):gmatch "[%a_][%w_]*" do
        if WORDS[word] then
          problems[#problems + 1] = ("%s:%d: %s: say %s"):format(path, number, word, WORDS[word])
        end
      end
    end
    if line:find("]]", 1, true) then is_long = false end
  end
end
files:close()

if #problems > 0 then
  io.stderr:write(table.concat(problems, "\n"), "\n")
  os.exit(1)
end
