-- The blocks of code of the Markdown pages. Each is between fences whose word says what it is; no
-- code is merely indented. `make lint-blocks` runs this file: it checks the fences and the links
-- between pages. spec/people/docs/blocks_spec.lua loads it: it runs or parses each block.
-- usage: lua tools/blocks.lua

local blocks = {}

-- The words of a fence, and what becomes of such a block.
blocks.KINDS = {
  lua = "runs against the emulator, after spec/people/docs/prelude.lua",
  ["lua fragment"] = "is parsed: an expression, the body of a table or statements",
  sh = "is parsed; lines of streamctl by the command itself, targets of make are in the Makefile",
  ["sh run"] = "likewise, and runs in a shell that the emulator serves; each line ends with 0,"
    .. " or with what its comment names as `status N`, or runs `until Ctrl-C`",
  json = "is parsed", nginx = "is parsed by nginx -t",
  ini = "is read by the command or by the service", yaml = "", text = "",
}

local function read(path)
  local file = io.open(path)
  if not file then return nil end
  local text = file:read "*a"
  file:close()
  return text or ""
end

--- The Markdown pages of the tree.
function blocks.pages()
  local pages = {}
  local pipe = io.popen("find . -name build -prune -o -name node_modules -prune "
    .. "-o -name '*.md' -print")
  for path in pipe:lines() do pages[#pages + 1] = path:sub(3) end
  pipe:close()
  table.sort(pages)
  return pages
end

--- Reads a page: its blocks (`page`, `line`, `kind`, `text`), its text without them, as a list of
-- lines, and what is wrong with its fences.
function blocks.read(page)
  local list, prose, problems, fence, number = {}, {}, {}, nil, 0
  local text = assert(read(page)):gsub("^%-%-%-\n.-\n%-%-%-\n", function(head) -- of the site
    return (head:gsub("[^\n]", ""))
  end)
  for line in (text:gsub("\n?$", "\n")):gmatch "([^\n]*)\n" do
    number = number + 1
    local kind = line:match "^%s*```(.*)"
    if fence and kind then
      fence = nil
    elseif fence then
      fence.text = fence.text .. line .. "\n"
    elseif kind then
      fence = { page = page, line = number, kind = kind, text = "" }
      list[#list + 1] = fence
    else
      prose[number] = line
    end
    local wrong = kind and fence and not blocks.KINDS[kind] and "a fence without one of its words"
      or not kind and not fence and (line:find "^    " or line:find "^\t") and "indented code"
    if wrong then problems[#problems + 1] = ("%s:%d: %s"):format(page, number, wrong) end
    prose[number] = prose[number] or ""
  end
  if fence then problems[#problems + 1] = page .. ": a fence that never ends" end
  return list, prose, problems
end

-- The anchors of a page's headings, as forges make them.
local function anchors(prose)
  local set = {}
  for _, line in ipairs(prose) do
    local title = line:match "^#+%s+(.-)%s*$"
    if title then set[title:lower():gsub("[^%w%s_\128-\255-]", ""):gsub("%s", "-")] = true end
  end
  return set
end

-- What a page's links to files of the tree and to headings miss.
local function dead_links(page, prose, problems)
  for number, line in ipairs(prose) do
    for link in line:gsub("`[^`]*`", "``"):gmatch "%]%(([^%s)]+)%)" do
      local path, anchor = link:match "^([^#]*)#?(.*)$"
      local target = path == "" and page or (page:match "^.*/" or "") .. path
      if not link:find "^%a+:" and (not read(target)
        or anchor ~= "" and not anchors(select(2, blocks.read(target)))[anchor]) then
        problems[#problems + 1] = ("%s:%d: a dead link: %s"):format(page, number, link)
      end
    end
  end
end

if arg and arg[0] and arg[0]:find "blocks%.lua$" then
  local all = {}
  for _, page in ipairs(blocks.pages()) do
    local _, prose, problems = blocks.read(page)
    dead_links(page, prose, problems)
    if #problems > 0 then all[#all + 1] = table.concat(problems, "\n") end
  end
  if #all > 0 then
    io.stderr:write(table.concat(all, "\n"), "\n")
    os.exit(1)
  end
end

return blocks
