-- Reads the configuration file `config.ini`, which has profiles.

local fail = require "streamctl.cli.fail"
local reader = require "streamctl.cli.reader"
local rows = require "streamctl.cli.config.rows"
local sections = require "streamctl.base.sections"
local suggest = require "streamctl.base.suggest"
local system = require "streamctl.system"
local truth = require("streamctl.base.checks").truth
local word_of = require("streamctl.cli.output.text").word

local config = {}

config.vendors = { aliyun = "Alibaba Cloud", zego = "ZEGOCLOUD" }

-- The text of `streamctl help environment`: a variable and its use.
config.environment = {}

for _, row in ipairs(rows) do
  for _, vendor in ipairs { false, "zego", "aliyun" } do
    local variable = row.variables[vendor] or vendor == (row.of or false) and row.variable
    local text = (vendor and config.vendors[vendor] .. ": " or "") .. row[2]
    table.insert(config.environment, variable and { variable, text:gsub("^%l", string.upper)
      .. (row.flag and ", as --" .. row[1] or "") .. "." } or nil)
  end
end

for _, pair in ipairs {
  { "ALIBABA_CLOUD_PROFILE", "Alibaba Cloud: without a key what its own tools read counts: this, "
    .. "ALIBABA_CLOUD_CONFIG_FILE, ALIBABA_CLOUD_CREDENTIALS_FILE, ALIBABA_CLOUD_ROLE_ARN, "
    .. "ALIBABA_CLOUD_ECS_METADATA, ALIBABA_CLOUD_CREDENTIALS_URI and others." },
  { "ZEGO_SERVER_SECRET_FILE, STREAMCTL_STORE_FILE", "A file that holds the value, such as a URL "
    .. "with a password; each secret above has such a variable." },
  { "https_proxy, all_proxy, no_proxy", "The proxy, unless the profile names one." },
  { "XDG_CONFIG_HOME", "Where streamctl/config.ini is; ~/.config without it." },
  { "XDG_STATE_HOME", "Where streamctl/store is; ~/.local/state without it." },
  { "NO_COLOR, TERM", "Colours: NO_COLOR set to anything, or TERM=dumb: none." },
} do table.insert(config.environment, pair) end

local MAX_BYTES = 1048576 -- of the file
local ANYBODY = 2         -- the bit of a mode by which everybody may write
local STICKY = 512        -- of a folder: who may write there cannot replace a file of ours
local ENOENT, ENOTDIR = 2, 20

local MAX_WORD = 24 -- bytes of a word that messages show

local FORM = "a profile is a line [profile default], with lines such as vendor = zego below it"

-- Returns a path in the folder of the user that a variable names, or below HOME, and the folder of
-- this variable; nil without both.
function config.in_folder(invocation, variable, below, name)
  local folder, path = invocation:environment(variable), "/streamctl/" .. name
  if not folder or folder:sub(1, 1) ~= "/" then -- the XDG standard ignores relative paths
    folder, path = invocation:environment "HOME", "/" .. below .. path
  end
  return folder and folder .. path, folder
end

-- Returns the path of the configuration file, which may be absent; nil without HOME.
function config.path(invocation)
  return (config.in_folder(invocation, "XDG_CONFIG_HOME", ".config", "config.ini"))
end

-- Refuses what others may change: they could name programs in the configuration.
local function check_rights(path)
  local mode, _, is_ours = system.file_mode(path)
  if mode and not is_ours then
    fail.usage("%s belongs to another user; run this as that user, or set HOME to your own folder",
      path)
  elseif mode and mode % (2 * ANYBODY) >= ANYBODY and mode % (2 * STICKY) < STICKY then
    fail.usage("%s may be changed by everybody on this machine; run: chmod o-w %s", path,
      word_of(path))
  end
end

-- Returns the text of the file, nil where the file is absent.
function config.read(path)
  local mode, why, _, errno = system.file_mode(path) -- of a file: whether the file is regular
  if not mode and (errno == ENOENT or errno == ENOTDIR) then return nil end
  if why == false then fail.usage("%s must be a regular file", path) end
  local text
  if mode then text, why = reader.read(path, MAX_BYTES) end
  if not text then fail.usage("%s cannot be read: %s", path, why) end
  check_rights(path)
  check_rights(path:match "^(.*)/")
  return text
end

-- Returns the place of a field, for messages.
function config.place(section, name)
  local line = section.lines[name]
  return section.where .. (line and " line " .. line or "")
end

-- Returns a word for messages, with a blank and quotes; "" for a text that may be a secret.
function config.shown(word)
  return #word <= MAX_WORD and word:find "^%l[%l_.%d-]*$" and " '" .. word .. "'" or ""
end

-- Returns a path of a section: "~/" is HOME, and other paths begin in the folder of the file.
function config.path_in(section, path)
  local file = section.file
  if path:sub(1, 1) == "/" then return path end
  return path:sub(1, 2) == "~/" and file.home .. path:sub(2) or file.path:match "^(.*/)" .. path
end

-- Refuses fields without a value, and secrets, since backups and copies would spread them.
local function check_fields(section)
  for field, value in pairs(section.values) do
    local name, place = field:lower(), config.place(section, field)
    if name:find "secret$" or name:find "password$" or name:find "token$" then
      local row = rows.by_name[name]
      fail.usage("%s:%s is a secret, which does not belong into this file; %s", place,
        config.shown(name), row and ("write %s = PATH, or set %s"):format(row.field, row.variable)
        or "name a file that holds it, or use a variable")
    elseif value:find "^[;#]" or value == "" then
      fail.usage("%s: the field%s has no value", place, config.shown(field))
    end
  end
end

-- Reads the file, if any. Returns its sections as `profile`, by name; their `names`, sorted; and
-- the `path`, nil without HOME.
function config.load(invocation)
  local path = config.path(invocation)
  local found = { profile = {}, names = {}, path = path,
    home = invocation:environment "HOME" or "~" }
  local text = path and config.read(path)
  if not text then return found end
  local list, stray = sections.read(text)
  if stray then fail.usage("%s: line %d stands in no section; %s", path, stray, FORM) end
  for _, section in ipairs(list) do
    if section.fault then fail.usage("%s: %s", path, section.fault) end
    local name = section.name:match "^profile%s+([^%s%c]+)$"
    if not name then
      fail.usage("%s: line %d must be [profile NAME]%s", path, section.number,
        suggest.hint(section.name:match "^%S*", { profile = 1 }))
    end
    local first = found.profile[name]
    if first then
      fail.usage("%s: line %d begins the section of line %d again; make one of them", path,
        section.number, first.number)
    end
    section.where, section.header = ("profile %s in %s"):format(name, path), section.name
    check_fields(section)
    found.profile[name], section.name, section.file = section, name, found
    table.insert(found.names, name)
  end
  table.sort(found.names)
  return found
end

-- Converts a text to a "number" or a "flag"; other types keep the text.
function config.convert(value, kind, name, place)
  if kind == "number" then
    value = tonumber(value)
  elseif kind == "flag" then
    value = truth(value)
  end
  if value ~= nil then return value end
  fail.usage("'%s' must be %s (%s)", name, kind == "number" and "a number" or "true or false",
    place)
end

-- Returns the fields of a profile in their types.
local function fields_of(section)
  local vendor, fields = section.values.vendor, {}
  if vendor and not config.vendors[vendor] then
    fail.usage("%s: vendor must be aliyun or zego%s", config.place(section, "vendor"),
      suggest.hint(vendor, config.vendors))
  end
  for name, value in pairs(section.values) do
    local place, row = config.place(section, name), rows.fields[name]
    if not row then
      fail.usage("%s: unknown field%s%s", place, config.shown(name),
        suggest.hint(name, rows.fields))
    elseif vendor and (row.of or vendor) ~= vendor then
      fail.usage("%s: '%s' is for profiles of %s, and this one has vendor = %s", place, name,
        row.of, vendor)
    end
    fields[name] = config.convert(value, row.kind, name, place)
  end
  return fields
end

-- Returns the profile that a flag or else the environment names, or the profile "default": its
-- section, with `fields`; the `file` as `load` returns it; `where`, for messages; `from`, the place
-- that names the profile; `is_named`, whether a flag or the environment names the profile. Returns
-- nil without a name and without a "default".
function config.profile(invocation)
  local name, from = invocation.args.profile, "flag --profile"
  if not name then
    name, from = invocation:environment "STREAMCTL_PROFILE", "environment STREAMCTL_PROFILE"
  end
  local found, is_named = config.load(invocation), name ~= nil
  if not is_named then name, from = "default", "default" end
  local section = found.profile[name]
  if section then
    section.fields, section.from, section.is_named = fields_of(section), from, is_named
  end
  if section or not is_named then return section end
  fail.usage("there is no profile '%s'%s in %s; it has %s", name,
    suggest.hint(name, found.profile), found.path or "a configuration, since HOME is not set",
    found.names[1] and table.concat(found.names, ", ") or "none")
end

return config
