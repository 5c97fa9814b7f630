-- Makes the Markdown of the site, for `make site`: the pages of docs/ with links that a site has,
-- the home page from README.md, the sidebar from docs/README.md, and the reference. Called by
-- `tools/types.lua`.

local comments = require "tools.types.comments"
local json = require "cjson"
local reference = require "tools.types.site_reference"

-- Pages from outside docs/, by their places on the site.
local PAGES = {
  ["README.md"] = "index.md",
  ["README.zh-CN.md"] = "zh/index.md",
  ["docs/README.md"] = "pages.md",
  ["CHANGELOG.md"] = "reference/changelog.md",
  ["spec/support/emulator/README.md"] = "reference/emulator.md",
}

local VENDORS = { { "aliyun", "Alibaba Cloud" }, { "zego", "ZEGOCLOUD" } }

local function read(path)
  local file = assert(io.open(path, "rb"))
  local text = file:read "*a"
  file:close()
  return text
end

local function files(command)
  local list, pipe = {}, assert(io.popen(command))
  for path in pipe:lines() do list[#list + 1] = path end
  pipe:close()
  table.sort(list)
  return list
end

local function repository()
  local path, found = files("ls rockspec/*.rockspec")[1], {}
  local chunk = setfenv and setfenv(loadfile(path), found) -- luacheck: ignore 113 (Lua 5.1)
    or loadfile(path, "t", found) -- luacheck: ignore 241
  chunk()
  return found.description.homepage
end

-- Returns the place of a file of the repository on the site, or nil.
local function place_of(path)
  local group = path:match "^lua/streamctl/(%a+/operations/[%l_]+)%.lua$"
  if group then return "reference/" .. group:gsub("(%a+)/operations", "operations/%1") .. ".md" end
  return PAGES[path] or path:match "^docs/(.+)$"
end

-- Returns the path of a link's target, from the root of the repository.
local function resolve(from, target)
  local path = (from:match "^.*/" or "") .. target
  local count
  repeat path, count = path:gsub("[^/]+/%.%./", "", 1) until count == 0
  return (path:gsub("%./", ""))
end

-- Makes the links of a page fit the site: what has no page there is in the repository, and so are
-- the chapters of README.
local function relink(text, from, home)
  return (text:gsub("%]%(([^)%s]+)%)", function(target)
    if target:find "^%a+:" or target:find "^[#/]" then return nil end
    local path, anchor = target:match "^([^#]*)(.*)$"
    path = resolve(from, path)
    local place = not (path:find "^README" and anchor ~= "") and place_of(path)
    if place and not PAGES[path] and from:find "^docs/" and path:find "^docs/" then return nil end
    if place then return "](/" .. place .. anchor .. ")" end
    local kind = path:find "/[^/.]*$" and "/tree/main/" or "/blob/main/"
    return "](" .. home .. kind .. path .. anchor .. ")"
  end))
end

-- Returns the home page: README's first sentence, its promises, a recorded run, and its status.
local function home_page(home)
  local readme = read "README.md"
  local function html(text)
    text = text:gsub("%s+", " "):gsub("%[(.-)%]%b()", "%1"):gsub("%*%*", "")
    return json.encode((text:gsub("`(.-)`", "<code>%1</code>")))
  end
  local promises = readme:match "\n## What streamctl promises.-\n\n(.-)\n\n"
  local lines = { "---", "layout: home", "title: streamctl", "hero:", "  name: streamctl",
    "  tagline: " .. html(readme:match "\n(streamctl .-%.)%s"), "  actions:",
    "    - { theme: brand, text: First steps, link: /start/command }",
    "    - { theme: alt, text: How-to, link: '/pages#how-to' }",
    "    - { theme: alt, text: GitHub, link: '" .. home .. "' }", "features:" }
  for title, text in (promises .. "\n- "):gmatch "%*%*(%a+)%.%*%* (.-)\n%f[-]" do
    lines[#lines + 1] = ("  - { title: %s, details: %s, link: '/explanation/promises#%s' }")
      :format(title, html(text), title:lower())
  end
  lines[#lines + 1] = ("---\n\n<div class=\"terminal\">\n\n```text\n%s```\n\n</div>\n\n%s\n")
    :format(read "tools/site/run.txt", readme:match "\n(%*%*Status:.-)\n\n")
  return table.concat(lines, "\n")
end

-- Returns the sections of an index with the pages that its tables name. All pages of `folders` are
-- named there.
local function index_of(index, folders, home)
  local sections, by_title, items, named = {}, {}, nil, { [index] = true }
  for line in read(index):gmatch "[^\n]+" do
    local title, cell = line:match "^## (.*)", line:match "^| (.-) |"
    local group = cell and cell:match "^%*%*(.*)%*%*$"
    if title then
      items = {}
      sections[#sections + 1] = { text = title, items = items, collapsed = false }
      by_title[title] = items
    elseif group then
      items = {}
      table.insert(sections[#sections].items, { text = group, items = items })
    end
    for text, target in (cell or ""):gmatch "%[(.-)%]%((.-)%)" do
      local path = resolve(index, target)
      local place = place_of(path)
      named[path] = true
      items[#items + 1] = { text = text:gsub("^%l", string.upper),
        link = place and "/" .. place:gsub("%.md$", "") or home .. "/blob/main/" .. path }
    end
  end
  for _, path in ipairs(files("ls " .. folders)) do
    if not named[path] then error(index .. " does not name " .. path, 0) end
  end
  return sections, by_title
end

local function add_operations(made, sidebar)
  for _, vendor in ipairs(VENDORS) do
    local waiters, items = {}, {}
    for name, waiter in pairs(require("streamctl." .. vendor[1] .. ".waiters")) do
      waiters[waiter[1]] = waiters[waiter[1]] or {}
      table.insert(waiters[waiter[1]], name)
    end
    for _, list in pairs(waiters) do table.sort(list) end
    local pages, groups = reference.operations(vendor[1], vendor[2], waiters)
    for i, group in ipairs(groups) do
      local place = "reference/operations/" .. vendor[1] .. "/" .. group
      made[place .. ".md"] = pages[group]
      items[i] = { text = group:gsub("_", " "), link = "/" .. place }
    end
    sidebar[#sidebar + 1] = { text = "Operations: " .. vendor[2], items = items, collapsed = true }
  end
end

local function add_modules(made, sidebar)
  local modules, names, items = {}, {}, {}
  for _, path in ipairs(files "find lua/streamctl -name '*.lua'") do
    local blocks = comments.read(path)
    for _, block in ipairs(blocks) do
      if block.public then
        names[#names + 1], modules[block.public] = block.public, blocks
      end
    end
  end
  table.sort(names)
  for i, name in ipairs(names) do
    made["reference/modules/" .. name .. ".md"] = reference.module(modules[name], modules)
    items[i] = { text = name:gsub("^streamctl%.", ""), link = "/reference/modules/" .. name }
  end
  sidebar[#sidebar + 1] = { text = "Modules", items = items, collapsed = true }
end

-- Returns the pages by their places, and `sidebar.json`.
return function()
  local made, home = {}, repository()
  local sections, index = index_of("docs/README.md", "docs/[!z]*/*.md", home)
  local chinese = index_of("docs/zh/index.md", "docs/zh/*.md", home)
  local sources = files "find docs -name '*.md'"
  for _, path in ipairs { "CHANGELOG.md", "spec/support/emulator/README.md" } do
    sources[#sources + 1] = path
  end
  for _, path in ipairs(sources) do
    made[place_of(path)] = relink(read(path), path, home)
  end
  made["index.md"] = relink(home_page(home), "README.md", home)
  for _, page in ipairs { { "The command", "command" }, { "Waiters", "waiters" },
    { "Changelog", "changelog" } } do
    table.insert(index.Reference, { text = page[1], link = "/reference/" .. page[2] })
  end
  table.insert(index["For contributors"], { text = "The emulator", link = "/reference/emulator" })
  add_operations(made, index.Reference)
  add_modules(made, index.Reference)
  made["reference/operations.md"] = made["reference/operations.md"]:match "^(.-)\n## "
    .. reference.overview(VENDORS)
  made["reference/waiters.md"] = reference.waiters(VENDORS)
  made["reference/command.md"] = reference.command()
  for place, text in pairs(made) do
    local mark = place == "reference/operations.md" and "search: false\n" or "" -- all have pages
    if place:find "^reference/" then
      made[place] = "---\npageClass: reference\n" .. mark .. "---\n\n" .. text
    end
  end
  made["sidebar.json"] = json.encode { repository = home, sections = sections, chinese = chinese }
  return made
end
