-- The settings of the edge service: one ini file, and the files with secrets that the ini file
-- names. `streamctl-edge` reads them to check them, and nginx at each start and reload
-- (init_by_lua, as the user of the master). After `read` the module holds the settings.

local sections = require "streamctl.sections"
local suggest = require "streamctl.suggest"
local system = require "streamctl.system"

local settings = {}

-- The fields of each section and their kinds. A "word" goes into nginx.conf, and a "path", too. A
-- "secret" is the path of a file, and its text becomes the field without `_file`.
local FIELDS = {
  edge = {
    listen = "word", certificate = "path", certificate_key = "path", user = "word",
    workers = "word", resolver = "word", real_ip_from = "word", ca_file = "path",
    log_folder = "path", modules = "path", nginx = "path", time_limit = "number", store = "text",
    tokens_file = "secret", webhook_path_file = "secret",
  },
  zego = {
    app_id = "number", server_secret_file = "secret", is_test = "flag", endpoint = "text",
    region = "text", callback_secret_file = "secret",
  },
  aliyun = {
    access_key_id = "text", access_key_secret_file = "secret", credentials = "text",
    endpoint = "text", region = "text", callback_secret_file = "secret", callback_domains = "text",
  },
}

settings.fields = FIELDS

local DEFAULTS = {
  listen = "127.0.0.1:8080", workers = "auto", log_folder = "/var/log/streamctl-edge",
  modules = "/usr/lib/nginx/modules", nginx = "nginx", time_limit = 20,
  store = "/var/lib/streamctl-edge/store",
}

-- What nginx.conf may take without quotes.
local WORD = "^[%w@%%+=:,./_ %[%]-]+$"

-- A slip here would forbid live streams, so nothing is guessed.
local TRUTH = { ["true"] = true, ["1"] = true, yes = true, ["false"] = false, ["0"] = false,
  no = false }

local CREDENTIALS = { chain = true, ecs_role = true, oidc = true }

local SHORTEST_SECRET = 20 -- characters of a token, and of the random part of an address

-- Notes what is wrong with a field of a section, or with the section; none: with the file.
function settings.complain(name, field, text)
  local section = settings.sections[name]
  local line = section and (section.lines[field] or section.number) or 0
  table.insert(settings.problems, { section = name, line = line, text = text,
    place = settings.path .. (line > 0 and ":" .. line or "") })
end

-- Whether there is a problem with a section.
function settings.has_problem(name)
  for _, problem in ipairs(settings.problems) do
    if problem.section == name then return true end
  end
  return false
end

-- Sorted lines of text, one for each problem; nil when there is none.
function settings.problem()
  if not settings.problems[1] then return nil end
  table.sort(settings.problems, function(a, b) return a.line < b.line end)
  local lines = {}
  for i, problem in ipairs(settings.problems) do
    lines[i] = problem.place .. ": " .. problem.text
  end
  return table.concat(lines, "\n")
end

-- Names without "/" are those of systemd's LoadCredential, or else files beside the ini file.
local function resolve(path)
  if path:sub(1, 1) == "/" then return path end
  local folder = os.getenv "CREDENTIALS_DIRECTORY"
  if folder and system.file_mode(folder .. "/" .. path) then return folder .. "/" .. path end
  return (settings.path:match "^(.*/)" or "./") .. path
end

local function read_file(path)
  local file, why = io.open(path)
  if not file then return nil, why end
  local text = file:read "*a"
  file:close()
  if not text then return nil, path .. ": it is no file" end
  return text:match "^%s*(.-)%s*$"
end

local readers = {}

function readers.text(value) return value end

function readers.word(value)
  return value:find(WORD) and value or nil, "may hold letters, digits, blanks and @%+=:,./_-[]"
end

function readers.number(value) return tonumber(value), "must be a number" end

function readers.flag(value) return TRUTH[value:lower()], "must be true or false" end

function readers.path(value) return readers.word(resolve(value)) end

function readers.secret(value)
  local path = resolve(value)
  local text, why = read_file(path)
  if not text then return nil, "cannot be read: " .. why end
  local mode = system.file_mode(path)
  if mode and mode % 8 > 0 then
    table.insert(settings.notes, path .. " holds a secret, and others may use it; run: chmod o= "
      .. path)
  end
  return text ~= "" and text or nil, "is empty: " .. path
end

-- Reads the fields of a section. Returns them by name.
local function read_section(section)
  local name, found = section.name, {}
  for field, value in pairs(section.values) do
    local kind = FIELDS[name][field]
    if FIELDS[name][field .. "_file"] then
      settings.complain(name, field, ("%s is a secret, which does not belong into this file; write "
        .. "%s_file = PATH of a file that holds it"):format(field, field))
    elseif not kind then
      settings.complain(name, field, ("[%s] has no field '%s'%s"):format(name,
        field:sub(1, 40), suggest.hint(field, FIELDS[name])))
    else
      local result, why = readers[kind](value)
      if result == nil then settings.complain(name, field, field .. " " .. why) end
      found[kind == "secret" and field:gsub("_file$", "") or field] = result
    end
  end
  return found
end

-- Words between blanks, lines or commas: several secrets at a time can be replaced.
local function words_of(text)
  local list = {}
  for word in (text or ""):gmatch "[^%s,]+" do list[#list + 1] = word end
  return list[1] and list
end

-- The tokens by their scope, "all" or "read"; the file has a token a line, or between commas.
local function read_tokens(text)
  local scopes = {}
  for line in text:gsub("#[^\r\n]*", ""):gsub("%s*[,\r\n]%s*", "\n"):gmatch "[^\n]+" do
    local token, scope = line:match "^%s*([%w._~+/-]+=*)%s*(%l*)%s*$"
    if not token or (scope ~= "" and scope ~= "read") then
      return nil, "tokens_file: a line is neither TOKEN nor TOKEN read"
    elseif #token < SHORTEST_SECRET then
      return nil, "tokens_file: a token has fewer than 20 characters; make them with: "
        .. "openssl rand -hex 32"
    end
    scopes[token] = scope == "" and "all" or scope
  end
  if next(scopes) then return scopes end
  return nil, "tokens_file must name a file with at least one token"
end

local function check_edge(edge)
  local why
  settings.tokens, why = read_tokens(edge.tokens or "")
  local section = settings.sections.edge
  if why and (edge.tokens or not (section and section.values.tokens_file)) then
    settings.complain("edge", "tokens_file", why)
  end
  settings.webhook_paths, edge.webhook_path = words_of(edge.webhook_path), nil
  for _, part in ipairs(settings.webhook_paths or {}) do
    if #part < SHORTEST_SECRET or part:find "[^%w_-]" then
      settings.complain("edge", "webhook_path_file", "webhook_path_file: the random part of an "
        .. "address must be at least 20 of A-Z a-z 0-9 _ -; make it with: openssl rand -hex 16")
    end
  end
  if not (edge.time_limit >= 1 and edge.time_limit <= 50) then
    settings.complain("edge", "time_limit", "time_limit must be a number of seconds from 1 to 50")
  end
  if edge.store:find "^rediss?://[^@]*:[^@]*@" then
    settings.complain("edge", "store", "store holds a password, which does not belong into this "
      .. "file; write ?password_file=PATH behind the URL")
  end
  if (edge.certificate == nil) ~= (edge.certificate_key == nil) then
    settings.complain("edge", "certificate", "certificate and certificate_key belong together")
  end
end

local function check_vendors(found)
  settings.callbacks = {}
  for _, vendor in ipairs { "zego", "aliyun" } do
    local options = found[vendor]
    if options then
      settings.callbacks[vendor], options.callback_secret = words_of(options.callback_secret), nil
      if settings.callbacks[vendor] and not settings.webhook_paths then
        settings.complain("edge", nil, "webhook_path_file is missing: it names a file with the "
          .. "random part of the webhooks' addresses; make that with: openssl rand -hex 16")
      end
    end
    settings[vendor] = options
  end
  local zego, aliyun = found.zego, found.aliyun
  if not zego and not aliyun then
    settings.complain(nil, nil, "no vendor is set up: write a section [zego] or [aliyun]")
  end
  if zego then
    settings.zego_app = ("%.0f"):format(zego.app_id or 0)
    settings.zego_prefix = zego.is_test and "zegotest-" .. settings.zego_app .. "-"
  end
  if aliyun then
    settings.callback_domains, aliyun.callback_domains = words_of(aliyun.callback_domains), nil
    if settings.callbacks.aliyun and not settings.callback_domains then
      settings.complain("aliyun", "callback_secret_file",
        "callback_domains is missing: the ingest domains that the secret was set for")
    end
    if aliyun.credentials and not CREDENTIALS[aliyun.credentials] then
      settings.complain("aliyun", "credentials", "credentials must be chain, ecs_role or oidc")
      aliyun.credentials = nil
    end
  end
end

-- Reads the file of this path. The problems are all that is wrong, and the notes what is unwise.
function settings.read(path)
  settings.path, settings.sections, settings.problems, settings.notes = path, {}, {}, {}
  local text, why = read_file(path)
  if not path:find(WORD) then
    return settings.complain(nil, nil, "nginx.conf cannot name this path")
  elseif not text then
    return settings.complain(nil, nil, "cannot be read: " .. why)
  end
  local list, stray = sections.read(text)
  local found = { edge = {} }
  if stray then settings.complain(nil, nil, ("line %d stands in no section"):format(stray)) end
  for _, section in ipairs(list) do
    settings.sections[section.name] = section
    if section.fault then settings.complain(section.name, nil, section.fault) end
    if FIELDS[section.name] then
      found[section.name] = read_section(section)
    else
      settings.complain(section.name, nil, ("there is no section [%s]%s"):format(
        section.name:sub(1, 40), suggest.hint(section.name, FIELDS)))
    end
  end
  for field, default in pairs(DEFAULTS) do
    if found.edge[field] == nil then found.edge[field] = default end
  end
  check_edge(found.edge)
  check_vendors(found)
  settings.edge, settings.time_limit = found.edge, found.edge.time_limit
end

return settings
