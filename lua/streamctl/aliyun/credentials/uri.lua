--- Temporary keys from a URL, which answers as the metadata service of an instance does. Never
-- through a proxy.
-- @public streamctl.aliyun.credentials.uri

local answers = require "streamctl.aliyun.credentials.answers"
local core = require "streamctl.core"
local define = require "streamctl.aliyun.credentials.define"
local http = require "streamctl.aliyun.credentials.http"
local session = require "streamctl.session"
local surroundings = require "streamctl.aliyun.credentials.surroundings"

local NAME, VARIABLE = "uri", "ALIBABA_CLOUD_CREDENTIALS_URI"

local refuse = define.refuser(NAME)

--- What `uri` takes.
-- @table options
-- @tfield string url is asked as it is written; without it that of the variable
-- `ALIBABA_CLOUD_CREDENTIALS_URI`, and without that the source is `absent`
-- @tfield number timeout seconds for a request, 10
-- @tfield number connect_timeout seconds for its connection, 5
local FIELDS = define.timed { { "url", http.check_url } }

-- What of a URL may be a secret: long words of the path, and of the query the shorter ones too; as
-- they are and decoded.
local function secrets_of(url)
  local path, query = url:match("^%a+://[^/?]+([^?]*)(.*)$")
  local list = {}
  local function add(text, least)
    for word in text:gmatch("[^/?&=]+") do
      if #word >= least then
        list[#list + 1] = word
        list[#list + 1] = word:gsub("%%(%x%x)", function(hex)
          return string.char(tonumber(hex, 16))
        end)
      end
    end
  end
  add(path, 20)
  add(query, 8)
  return list
end

local function fetch(it, context)
  if it.broken then return refuse(it.broken) end
  if not it.url then return refuse("there is no url, and " .. VARIABLE .. " is not set", true) end
  return answers.ask(context, {
    name = NAME, who = "the credentials URI", provider = "credential_uri",
    method = "GET", url = it.url, direct = true,
    timeout = it.timeout, connect_timeout = it.connect_timeout, secrets = secrets_of(it.url),
  })
end

--- What a URL hands out, as a source.
-- @function credentials.uri
-- @tparam[opt] table given see @{options}
-- @treturn table source
return define.source(NAME, FIELDS, function(it)
  if not it.url then
    it.url = surroundings.variable(VARIABLE)
    local why = it.url and http.check_url(it.url)
    it.broken = why and "the variable " .. VARIABLE .. " " .. why
  end
  -- a hash, since the URL may hold a secret
  local account = it.url and NAME .. "." .. assert(core.sha1(it.url)):sub(1, 16) or NAME
  return session.new {
    name = NAME, account = account, fetch = function(context) return fetch(it, context) end,
  }
end)
