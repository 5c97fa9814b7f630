-- Makes sources of files: a file's fields become the options of another source.
--
-- A mapping is `{ kind = "assume_role", fields = { role_arn = "ram_role_arn" },
-- needs = { "role_arn" }, base = mapping|nil }`: the kind of the source, the file's name for each
-- option, the required options, and the mapping of the source that it builds on.

local checks = require "streamctl.base.checks"
local core = require "streamctl.core"
local key_file = require "streamctl.credentials.key_file"
local kind = require "streamctl.credentials.kind"
local options = require "streamctl.base.options"
local sources = require "streamctl.credentials.source"

local mappings = { KEY = { access_key_id = "access_key_id",
  access_key_secret = "access_key_secret" } }
mappings.KEY_AND_TOKEN = options.merged(mappings.KEY, { security_token = "sts_token" })

-- Shows a word of a file in messages, unless it may be a misplaced secret: the vendor's keys are
-- longer.
function mappings.shown(word)
  if #word <= 24 and word:find("^[%w_. -]+$") then return "'" .. word .. "'" end
  return ("of %d characters (not shown)"):format(#word)
end

-- Makes the source of a mapping with the values of a file; or returns nil and the fault. `where`
-- names the place of the values in messages. Variables give no part of a key.
function mappings.make(mapping, values, where, base)
  local opts = { source = base }
  if mapping.base then
    local source, why = mappings.make(mapping.base, values, where)
    if not source then return nil, why end
    opts.source = source
  end
  for option, name in pairs(mapping.fields) do
    local value = values[name]
    if value ~= "" and value ~= 0 then opts[option] = value end
  end
  for _, option in ipairs(mapping.needs or {}) do
    if opts[option] == nil then
      return nil, ("%s: %s is missing"):format(where, mapping.fields[option])
    end
  end
  local made, why = require("streamctl.aliyun.credentials." .. mapping.kind).make(opts)
  if made then return made end
  -- the message begins with an option's name, which becomes the name in the file
  return nil, where .. ": " .. why:gsub("^[%w_]+", mapping.fields)
end

local FIELDS = { { "name", checks.text }, { "file", checks.text }, { "home", checks.text } }

local function fetch(self, context)
  local opts, facts = self.options, self.facts
  if facts.disabled_by and kind.flag(facts.disabled_by) then
    return self:fail("it is switched off by the variable " .. facts.disabled_by, { absent = true })
  end
  local profile = opts.name or kind.variable "ALIBABA_CLOUD_PROFILE"
  local named = kind.variable(facts.variable)
  local home = opts.home or kind.variable "HOME"
  local path = opts.file or named or home and home:gsub("/+$", "") .. "/" .. facts.path
  -- the profile of the option must exist; that of the variable may be in a later file of the chain
  local must_exist = opts.name or facts.is_last and profile
  if not path then
    return self:fail("HOME is not set, so there is no ~/" .. facts.path,
      { absent = not must_exist or nil })
  end
  local text, why, absent = key_file.read(path)
  local source
  if text then
    source, why, absent = facts.read(text, path, profile)
  elseif opts.file or named then
    absent = false
  end
  if not source then return self:fail(why, { absent = absent and not must_exist or nil }) end
  local credentials, _, err = source:current(context)
  if not credentials then return sources.configured(err) end
  return options.merged(credentials,
    { provider = facts.provider .. "/" .. credentials.provider })
end

-- Defines a kind of sources that read a file at each fetch. `facts`: the `path` of the file below
-- the home directory; the `variable` that names another file, and perhaps `disabled_by`, which
-- switches the source off; whether the file `is_last` in the chain; the prefix `provider` of the
-- provider's name; and `read(text, path, profile)`, which returns the source of a profile; or nil,
-- the fault, and whether the profile does not exist.
function mappings.define(name, facts)
  return kind.define("aliyun", name, FIELDS, fetch, function(self, opts)
    self.facts = facts
    local place = (opts.name or "") .. (opts.file and "@" .. opts.file or "")
    if place == "" then return end
    self.account = name .. "." .. place
    if checks.word(self.account) then
      self.account = name .. "." .. assert(core.sha1(place)):sub(1, 16)
    end
  end)
end

return mappings
