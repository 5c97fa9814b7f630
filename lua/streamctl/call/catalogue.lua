-- Finds a vendor's operations by name, and loads a file of rows when a row of the file is named.
--
-- The vendor's facts (see `aliyun/operations/init.lua`) become the catalogue. They have
--
-- * `module`: the folder of the rows, as `require` names it; `groups`: its files, in order; the
--   first has what most processes call
-- * `defaults`: what rows leave out
-- * `secrets` (optional): parameters that hold secrets, see `redact.lua`
-- * `index` (optional): a module that `make types` writes: the names of each group as a text

local merged = require("streamctl.base.options").merged
local rows = require "streamctl.call.rows"

local catalogue = {}
catalogue.__index = catalogue

function catalogue.new(facts)
  facts.secrets = facts.secrets or {}
  facts.lists = {} -- by group, once loaded
  facts.known = {} -- loaded rows by action, in small letters
  facts.written = {} -- loaded row -> its defaults
  facts.found = {} -- expanded rows by the names asked for
  return setmetatable(facts, catalogue)
end

local function load_group(self, group)
  if self.lists[group] then return end
  local list = require(self.module .. "." .. group)
  local defaults = merged(self.defaults, { group = group })
  for name, value in pairs(list) do
    if type(name) == "string" then defaults[name] = value end
  end
  self.lists[group] = list
  for _, row in ipairs(list) do
    self.known[row[1]:lower()] = row
    self.written[row] = defaults
  end
end

local function load_all(self)
  for _, group in ipairs(self.groups) do load_group(self, group) end
end

-- The group of each name in snake_case, as the index tells.
local function group_by_name(self)
  if self.by_name then return self.by_name end
  self.by_name = {}
  for group, names in pairs(self.index and require(self.index) or {}) do
    for name in names:gmatch("%S+") do self.by_name[name] = group end
  end
  return self.by_name
end

-- The row of a name in any spelling, or nil. The first group is tried before the index, which is
-- longer. A name that is not in the index may be of a row newer than the index.
local function load_row(self, name)
  local key, known = name:gsub("_", ""):lower(), self.known
  if not known[key] then load_group(self, self.groups[1]) end
  local group = not known[key] and group_by_name(self)[rows.snake(name)]
  if group then load_group(self, group) end
  if not known[key] then load_all(self) end
  return known[key]
end

-- The row of a name in either spelling, "ResumeLiveStream" or "resume_live_stream"; or nil.
function catalogue:find(name)
  local row = self.found[name]
  if row or not name:find("^%a[%w_]*$") then return row end
  row = load_row(self, name)
  if not row then return nil end
  rows.expand(row, self.written[row])
  if name ~= row.name and name ~= row.action then return nil end
  self.found[name] = row
  return row
end

-- A sorted list of all names: in snake_case, for which it loads no rows; or as the vendor spells
-- them, if `like` has capitals.
function catalogue:names(like)
  local seen, names = {}, {}
  if type(like) == "string" and like:find "%u" then
    for row in self:each() do seen[row.action] = true end
  else
    for _, row in pairs(self.known) do seen[rows.snake(row[1])] = true end
    for name in pairs(group_by_name(self)) do seen[name] = true end
  end
  for name in pairs(seen) do names[#names + 1] = name end
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
      if row then return rows.expand(row, self.written[row]), self.groups[group] end
      group, i = group + 1, 0
    end
  end
end

return catalogue
