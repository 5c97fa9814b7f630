--- Sources that a file describes: its fields become the options of another source.
--
-- A way is `{ kind = "assume_role", fields = { role_arn = "ram_role_arn" }, needs = { "role_arn" },
-- base = way|nil }`: which source is made, what the file calls its options, which of these must be
-- there, and the source that it builds on.
-- @module streamctl.aliyun.credentials.files

local core = require "streamctl.core"
local file = require "streamctl.credentials.file"
local kind = require "streamctl.credentials.kind"
local options = require "streamctl.options"
local sources = require "streamctl.credentials.source"

local KEY = { access_key_id = "access_key_id", access_key_secret = "access_key_secret" }

local files = {
  KEY = KEY, KEY_AND_TOKEN = options.merged(KEY, { security_token = "sts_token" }),
}

local checks = options.checks

-- A word that a file holds, for messages, unless it may be a secret that strayed there: no key of
-- the vendor is so short.
function files.shown(word)
  if #word <= 24 and word:find("^[%w_. -]+$") then return "'" .. word .. "'" end
  return ("of %d characters (not shown)"):format(#word)
end

-- The source of a way with the values of a file; or nil and what is wrong. `where` they stand is
-- for messages. Nothing of a key comes from elsewhere.
function files.make(way, values, where, base)
  local made, why = require("streamctl.aliyun.credentials." .. way.kind), nil
  local given, needed = { source = base }, options.set_of(way.needs or {})
  if way.base then
    given.source, why = files.make(way.base, values, where)
    if why then return nil, why end
  end
  for _, field in ipairs(made.fields) do
    local option, check, is_required = field[1], field[2], field[3]
    local name = way.fields[option]
    local value = name and values[name]
    if value == "" or value == 0 then value = nil end
    if name and value == nil and (is_required or needed[option]) then
      why = "is missing"
    elseif value ~= nil then
      why = check(value)
    end
    if why then return nil, ("%s: %s %s"):format(where, name, why) end
    if name then given[option] = value end
  end
  made, why = made.make(given)
  if not made then return nil, where .. ": " .. why end
  return made
end

local FIELDS = { { "name", checks.text }, { "file", checks.text }, { "home", checks.text } }

local function fetch(self, context)
  local it, facts = self.given, self.facts
  local asked = it.name or kind.variable "ALIBABA_CLOUD_PROFILE"
  local named = kind.variable(facts.variable)
  local home = it.home or kind.variable "HOME"
  local path = it.file or named or home and home:gsub("/+$", "") .. "/" .. facts.path
  -- what somebody has named must be there; a variable's profile may be in the chain's last file
  local must = it.name or facts.is_last and asked
  if not path then
    return self:fail("HOME is not set, so there is no ~/" .. facts.path,
      { absent = not must or nil })
  end
  local text, why, unseen = file.read(path)
  if not text then
    return self:fail(why, { absent = unseen and not must and not it.file and not named or nil })
  end
  local source, absent
  source, why, absent = facts.read(text, path, asked)
  if not source then return self:fail(why, { absent = absent and not must or nil }) end
  local theirs, _, err = source:current(context)
  if not theirs then return sources.configured(err) end
  return options.merged(theirs, { provider = facts.provider .. "/" .. theirs.provider })
end

-- A kind of sources that are described by a file, which is read at each question. `facts`: the
-- `path` of the file below the home directory, the `variable` that names another file, whether the
-- file `is_last` in the chain; the `provider` before the name of the described source;
-- `read(text, path, asked)`, which gives the source for the name of a profile; or nil, what is
-- wrong, and whether there is no such profile.
function files.define(name, facts)
  return kind.define("aliyun", name, FIELDS, fetch, function(self, it)
    self.facts = facts
    local more = (it.name or "") .. (it.file and "@" .. it.file or "")
    if more == "" then return end
    self.account = name .. "." .. more
    if checks.word(self.account) then
      self.account = name .. "." .. assert(core.sha1(more)):sub(1, 16)
    end
  end)
end

return files
