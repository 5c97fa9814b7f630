-- The settings of the edge service: one ini file, and the files with secrets that it names.
-- `streamctl-edge` reads them to check them, and nginx at each start and reload, as the user of the
-- master. After `read` the module holds the settings. nginx.conf stands beside the ini file.

local redis_url = require "streamctl.store.redis_url"
local sections = require "streamctl.base.sections"
local suggest = require "streamctl.base.suggest"
local system = require "streamctl.system"
local truth = require("streamctl.base.checks").truth

local settings = {}

-- The fields of each section, and how each is read (`readers`). What is read has the field's name
-- without `_file`.
settings.fields = {
  edge = {
    ca_file = "path", time_limit = "limit", store = "store", tokens_file = "tokens",
    webhook_path_file = "parts",
  },
  zego = {
    app_id = "number", server_secret_file = "secret", is_test = "flag", endpoint = "text",
    region = "text", webhook_secret_file = "secrets",
  },
  aliyun = {
    access_key_id = "text", access_key_secret_file = "secret", credentials = "source",
    endpoint = "text", region = "text", webhook_secret_file = "secrets",
    webhook_domains = "words",
  },
}

-- Where systemd keeps secrets while the service runs, for a command that is typed by hand.
local CREDENTIALS = "/run/credentials/streamctl-edge.service"

local MIN_SECRET = 20 -- characters of a token, and of the random part of an address

-- Notes what is wrong with a field of a section; without a field with the section, without both
-- with the file.
function settings.complain(name, field, text)
  local section = settings.sections[name]
  local line = section and (section.lines[field] or section.number) or 0
  if section then section.is_wrong = true end
  table.insert(settings.problems, { line = line, text = settings.path
    .. (line > 0 and ":" .. line or "") .. ": " .. (field and field .. " " or "") .. text })
end

-- Returns a line of text for each problem, in the order of the file; nil when there is none.
function settings.problem()
  table.sort(settings.problems, function(a, b)
    if a.line ~= b.line then return a.line < b.line end
    return a.text < b.text
  end)
  local lines = {}
  for i, problem in ipairs(settings.problems) do lines[i] = problem.text end
  return lines[1] and table.concat(lines, "\n")
end

-- Names without "/" are those of systemd's LoadCredential, or else files beside the ini file.
local function resolve(path)
  if path:sub(1, 1) == "/" then return path end
  local given = (os.getenv "CREDENTIALS_DIRECTORY" or CREDENTIALS) .. "/" .. path
  if system.file_mode(given) then return given end
  return settings.path:match "^(.*/)" .. path
end

local function read_file(path)
  if path:sub(1, 1) ~= "/" then return nil, "its path must begin with /" end
  local file, why = io.open(path)
  if not file then return nil, why end
  local text = file:read "*a"
  file:close()
  return text and text:match "^%s*(%S.-)%s*$", path .. ": it is no file, or is empty"
end

-- ---- readers: a field's value, or nil and what is wrong ----

local readers = {}

function readers.text(value) return value end

function readers.number(value) return tonumber(value), "must be a number" end

function readers.flag(value) return truth(value), "must be true or false" end

function readers.source(value)
  return (value == "chain" or value == "ecs_role" or value == "oidc") and value or nil,
    "must be chain, ecs_role or oidc"
end

function readers.limit(value)
  local seconds = tonumber(value) or 0
  return seconds >= 1 and seconds <= 50 and seconds or nil,
    "must be a number of seconds from 1 to 50"
end

function readers.store(value)
  if not value:find "^rediss?://" then
    return value:find "^/." and value or nil, "must be a path that begins with /, or redis://HOST"
  end
  if value:find "^%w+://[^@]*:[^@]*@" then
    return nil, "holds a password, which does not belong into this file; write "
      .. "?password_file=PATH behind the URL"
  end
  local fine, address = pcall(redis_url.read, value)
  if not fine then return nil, "is wrong: " .. address end
  if address.ca_file or address.cert_file then
    return nil, "has a ca_file or a cert_file; nginx trusts lua_ssl_trusted_certificate"
  end
  if not address.password_file then return value end
  local text, why = read_file(address.password_file)
  return text and value, "must have a password_file that can be read: " .. why
end

-- The path of a file. The file's text comes second.
function readers.path(value)
  local path = resolve(value)
  local text, why = read_file(path)
  if text then return path, text end
  return nil, "cannot be read: " .. why .. "; write the path of a file that is there (the unit's "
    .. "are in " .. CREDENTIALS .. " while the service runs)"
end

function readers.secret(value)
  local path, text = readers.path(value)
  if not path then return nil, text end
  local mode = system.file_mode(path)
  if mode and mode % 8 > 0 then
    table.insert(settings.notes, path .. " holds a secret, and others may use it; run: chmod o= "
      .. "'" .. path:gsub("'", "'\\''") .. "'")
  end
  return text
end

-- Words between blanks, lines or commas.
function readers.words(value)
  local list = {}
  for word in value:gmatch "[^%s,]+" do list[#list + 1] = word end
  return list[1] and list or nil, "names nothing"
end

-- Several secrets at a time can be replaced.
function readers.secrets(value)
  local text, why = readers.secret(value)
  if text then return readers.words(text) end
  return nil, why
end

function readers.parts(value)
  local parts, why = readers.secrets(value)
  for _, part in ipairs(parts or {}) do
    if #part < MIN_SECRET or part:find "[^%w_-]" then
      return nil, "must name a file with at least 20 of A-Z a-z 0-9 _ -, the random part of the "
        .. "webhooks' addresses; make it with: openssl rand -hex 16"
    end
  end
  return parts, why
end

-- The tokens with their scopes, "all" or "read"; the file has a token a line, or between commas.
function readers.tokens(value)
  local text, why = readers.secret(value)
  if not text then return nil, why end
  local scopes = {}
  for line in text:gsub("#[^\r\n]*", ""):gsub("%s*[,\r\n]%s*", "\n"):gmatch "[^\n]+" do
    local token, scope = line:match "^%s*([%w._~+/-]+=*)%s*(%l*)%s*$"
    if not token or (scope ~= "" and scope ~= "read") then
      return nil, "has a line that is neither TOKEN nor TOKEN read"
    elseif #token < MIN_SECRET then
      return nil, "has a token of fewer than 20 characters; make them with: openssl rand -hex 32"
    end
    if scopes[token] then return nil, "has a token in two lines; take one of them away" end
    scopes[token] = scope == "" and "all" or scope
  end
  return next(scopes) and scopes or nil, "must name a file with at least one token"
end

-- ---- sections ----

local function read_field(name, field, value, found)
  local fields = settings.fields[name]
  if fields[field .. "_file"] then
    return settings.complain(name, field, ("is a secret, which does not belong into this file; "
      .. "write %s_file = PATH of a file that holds it"):format(field))
  elseif not fields[field] then
    return settings.complain(name, field:match "^[%l_]+$" or "this", ("is no field of [%s]%s")
      :format(name, suggest.hint(field, fields)))
  end
  local result, why = readers[fields[field]](value)
  if result == nil then return settings.complain(name, field, why) end
  found[field:gsub("_file$", "")] = result
end

local function read_sections()
  local found = { edge = { time_limit = 20, store = "/var/lib/streamctl-edge/store" } }
  for _, section in ipairs(settings.sections) do
    local name = section.name
    found[name] = found[name] or {}
    if section.fault then settings.complain(name, nil, section.fault) end
    if settings.fields[name] then
      for field, value in pairs(section.values) do read_field(name, field, value, found[name]) end
    else
      settings.complain(name, nil, "this is no section" .. suggest.hint(name, settings.fields))
    end
  end
  return found
end

-- Complains where a field is missing. A field that cannot be read has a complaint already.
local function demand(name, field, text)
  local section = settings.sections[name]
  if section and section.values[field] then return end
  settings.complain(name, field, "is missing: " .. text)
end

-- Checks what several fields mean together.
local function check(found)
  local zego, aliyun = found.zego, found.aliyun
  demand("edge", "tokens_file", "it names a file with a token a line")
  if not zego and not aliyun then
    settings.complain(nil, nil, "no vendor is set up: write a section [zego] or [aliyun]")
  end
  -- a client without any key would act for the account of the environment
  if zego then demand("zego", "app_id", "it says whose streams these are") end
  if aliyun and not settings.sections.aliyun.values.credentials then
    demand("aliyun", "access_key_id", "write a key, or credentials = chain")
  end
  if zego and zego.webhook_secret or aliyun and aliyun.webhook_secret then
    demand("edge", "webhook_path_file", "it names a file with the random part of the "
      .. "webhooks' addresses; make that with: openssl rand -hex 16")
  end
  if aliyun and aliyun.webhook_secret then
    demand("aliyun", "webhook_domains", "the ingest domains that the secret was set for")
  end
end

-- Where the settings of this host are.
function settings.place()
  return os.getenv "STREAMCTL_EDGE_CONFIG" or "/etc/streamctl-edge/edge.ini"
end

-- Reads the file of this path. The problems are all that is wrong, and the notes what is unwise.
function settings.read(path)
  settings.path, settings.sections, settings.problems, settings.notes = path, {}, {}, {}
  local text, why = read_file(path)
  if not text then return settings.complain(nil, nil, "cannot be read: " .. why) end
  local stray
  settings.sections, stray = sections.read(text)
  if stray then settings.complain(nil, nil, ("line %d stands in no section"):format(stray)) end
  local found = read_sections()
  check(found)
  settings.edge, settings.zego, settings.aliyun = found.edge, found.zego, found.aliyun
end

return settings
