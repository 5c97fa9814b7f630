-- Finds a vendor's operations by name, and loads a file of rows when a row of the file is named.
--
-- The vendor's facts (see `aliyun/operations/init.lua`) become the catalogue. They have
--
-- * `module`: the folder of the rows, as `require` names it; `groups`: its files, in order; the
--   first has what most processes call
-- * `defaults`: what rows leave out
-- * `secrets` (optional): parameters that hold secrets, see `redact.lua`
-- * `index` (optional): a module that `make types` writes: the names of each group as a text

local rows = require "streamctl.call.rows"

local catalogue = {}
catalogue.__index = catalogue

-- Makes facts a catalogue, and returns them.
function catalogue.new(facts)
  facts.secrets = facts.secrets or {}
  facts.lists = {} -- by group, once loaded
  facts.known = {} -- loaded rows by action, in small letters
  facts.written = {} -- row that is not expanded yet -> its defaults
  facts.found = {} -- expanded rows by the names asked for
  return setmetatable(facts, catalogue)
end

local function load_group(self, group)
  if self.lists[group] then return end
  local list, defaults = require(self.module .. "." .. group), { group = group }
  for name, value in pairs(self.defaults) do defaults[name] = value end
  for name, value in pairs(list) do
    if type(name) == "string" then defaults[name] = value end
  end
  self.lists[group] = list
  for _, row in ipairs(list) do
    self.known[row[1]:lower()] = row
    self.written[row] = defaults
  end
end

local function expand(self, row)
  local defaults = self.written[row]
  if defaults then
    rows.expand(row, defaults)
    self.written[row] = nil
  end
  return row
end

local function load_all(self)
  for _, group in ipairs(self.groups) do load_group(self, group) end
end

local function index_of(self)
  return self.index and require(self.index) or {}
end

-- The same text for both spellings.
local function plain(name)
  return name:gsub("_", ""):lower()
end

-- Whether a text of words holds a word; without a pattern, since many processes begin here.
local function holds(words, word)
  local from, to = words:find(word, 1, true)
  while from do
    if not words:find("^[%w_]", to + 1) and (from == 1 or not words:find("^[%w_]", from - 1)) then
      return true
    end
    from, to = words:find(word, to + 1, true)
  end
  return false
end

-- Loads the group of a name. The first group is tried before the index, which is longer. A name
-- that is not in the index may be of a row newer than the index.
local function load_for(self, name)
  load_group(self, self.groups[1])
  if self.known[plain(name)] then return end
  local snake = name:find("%u") and rows.snake(name) or name
  for group, names in pairs(index_of(self)) do
    if holds(names, snake) then
      load_group(self, group)
      break
    end
  end
  if not self.known[plain(name)] then load_all(self) end
end

-- The row of a name in either spelling, "ResumeLiveStream" or "resume_live_stream"; or nil.
function catalogue:find(name)
  local found = self.found[name]
  if found then return found end
  if not name:find("^%a[%w_]*$") then return nil end
  if not self.known[plain(name)] then load_for(self, name) end
  local row = self.known[plain(name)]
  if not row then return nil end
  expand(self, row)
  if name ~= row.name and name ~= row.action then return nil end
  self.found[name] = row
  return row
end

-- A sorted list of all names in snake_case; it loads no rows.
function catalogue:names()
  local seen, names = {}, {}
  local function add(name)
    if not seen[name] then seen[name], names[#names + 1] = true, name end
  end
  for _, row in pairs(self.known) do add(row.name or rows.snake(row[1])) end
  for _, text in pairs(index_of(self)) do
    for name in text:gmatch("%S+") do add(name) end
  end
  table.sort(names)
  return names
end

-- Iterates over all rows and their groups, in the order in which they are written.
function catalogue:each()
  load_all(self)
  local group, i = 1, 0
  return function()
    while self.groups[group] do
      i = i + 1
      local row = self.lists[self.groups[group]][i]
      if row then return expand(self, row), self.groups[group] end
      group, i = group + 1, 0
    end
  end
end

return catalogue
