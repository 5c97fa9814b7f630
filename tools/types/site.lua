-- Makes the Markdown of the site, for `make site`: the pages of docs/ with links that a site has,
-- the home page from README.md, and the reference. Called by `tools/types.lua`.

local comments = require "tools.types.comments"
local json = require "cjson"
local reference = require "tools.types.site_reference"

-- Pages from outside docs/, by their places on the site.
local PAGES = {
  ["README.md"] = "index.md",
  ["CHANGELOG.md"] = "reference/changelog.md",
  ["spec/emulator/README.md"] = "reference/emulator.md",
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

-- Makes the links of a page fit the site: what has no page there is in the repository.
local function relink(text, from, home)
  return (text:gsub("%]%(([^)%s]+)%)", function(target)
    if target:find "^%a+:" or target:find "^[#/]" then return nil end
    local path, anchor = target:match "^([^#]*)(.*)$"
    path = resolve(from, path)
    local place = place_of(path)
    if place and from:find "^docs/" and path:find "^docs/" then return nil end
    if place then return "](/" .. place .. anchor .. ")" end
    local kind = path:find "/[^/.]*$" and "/tree/main/" or "/blob/main/"
    return "](" .. home .. kind .. path .. anchor .. ")"
  end))
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
    sidebar[#sidebar + 1] = { text = "Operations: " .. vendor[2], items = items }
  end
end

-- Makes the names of operations links.
local function link_names(text)
  return (text:gsub("`([%l_%d]+)`", function(name)
    local anchor = reference.anchors[name]
    return anchor and ("[`%s`](%s)"):format(name, anchor)
  end))
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
  sidebar[#sidebar + 1] = { text = "Modules", items = items }
end

-- Returns the pages by their places, and `sidebar.json`: the part of the sidebar that is made here.
return function()
  local made, sidebar, home = {}, {}, repository()
  local sources = files "find docs -name '*.md'"
  for path in pairs(PAGES) do sources[#sources + 1] = path end
  for _, path in ipairs(sources) do
    made[place_of(path)] = relink(read(path), path, home)
  end
  add_operations(made, sidebar)
  add_modules(made, sidebar)
  made["reference/operations.md"] = link_names(made["reference/operations.md"])
  made["reference/waiters.md"] = reference.waiters(VENDORS)
  made["reference/command.md"] = reference.command()
  for place, text in pairs(made) do
    local mark = place == "reference/operations.md" and "search: false\n" or "" -- all have pages
    if place:find "^reference/" then
      made[place] = "---\npageClass: reference\n" .. mark .. "---\n\n" .. text
    end
  end
  made["sidebar.json"] = json.encode { repository = home, generated = sidebar }
  return made
end
