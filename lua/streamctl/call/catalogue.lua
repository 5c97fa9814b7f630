--- The operations of a vendor, found by name; a file of rows is loaded when one of it is named.
--
-- The vendor's facts (see `aliyun/operations/init.lua`) are the catalogue: beside what its other
-- modules ask for they hold
--
-- * `module`: the folder of the rows, as `require` names it; `groups`: its files, in order; the
--   first has what most processes call
-- * `defaults`: what rows leave out
-- * `secrets` (optional): parameters that hold secrets, see @{streamctl.call.redact}
-- * `index` (optional): a module that `make types` writes: the names of each group as one text
-- @module streamctl.call.catalogue

local rows = require "streamctl.call.rows"

local catalogue = {}
catalogue.__index = catalogue

--- Makes facts a catalogue, which it returns.
function catalogue.new(facts)
  facts.secrets = facts.secrets or {}
  facts.lists = {} -- by group, once loaded
  facts.known = {} -- rows of them by action, in small letters
  facts.written = {} -- by row that is not expanded yet: what it may leave out
  facts.found = {} -- expanded rows by each of their names that was asked for
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

-- One for both spellings.
local function plain(name)
  return name:gsub("_", ""):lower()
end

-- Whether a text of words holds one. No pattern, since many processes begin with this.
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

-- Loads the group of a name. The index is longer than the first group, so that comes before it. A
-- name that the index does not know may be a row that is newer than the index.
local function load_for(self, name)
  load_group(self, self.groups[1])
  if self.known[plain(name)] then return end
  local ours = name:find("%u") and rows.snake(name) or name
  for group, names in pairs(index_of(self)) do
    if holds(names, ours) then
      load_group(self, group)
      break
    end
  end
  if not self.known[plain(name)] then load_all(self) end
end

--- The row of a name in either spelling, "ResumeLiveStream" or "resume_live_stream"; or nil.
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

--- A sorted list of all names in snake_case; it loads no rows.
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

--- Iterates over all rows and their groups, in the order in which they are written.
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
