--- Temporary keys from a URL that answers in the form of the metadata service. The request never
-- goes through a proxy.
-- @public streamctl.aliyun.credentials.uri

local checks = require "streamctl.base.checks"
local core = require "streamctl.core"
local encode = require "streamctl.base.encode"
local http = require "streamctl.aliyun.credentials.http"
local kind = require "streamctl.credentials.kind"

local VARIABLE = "ALIBABA_CLOUD_CREDENTIALS_URI"

--- What `uri` takes.
-- @table options
-- @tfield string url is asked as it is written; without it that of the variable
-- `ALIBABA_CLOUD_CREDENTIALS_URI`, and without that the source is `absent`
-- @tfield number timeout seconds for a request, 10
local FIELDS = { { "url", http.check_url, variable = VARIABLE }, { "timeout", checks.seconds } }

-- Lists the parts of a URL that may be secrets, as they are and decoded: long words of the path,
-- and also shorter words of the query.
local function secrets_of(url)
  local path, query = url:match("^%a+://[^/?]+([^?]*)(.*)$")
  local list = {}
  for text, min_length in pairs { [path] = 20, [query] = 8 } do
    for word in text:gmatch("[^/?&=]+") do
      if #word >= min_length then
        list[#list + 1] = word
        list[#list + 1] = encode.percent_decoded(word)
      end
    end
  end
  return list
end

local function fetch(self, context)
  local url = self.options.url
  if self.broken then return self:fail(self.broken) end
  if not url then
    return self:fail("there is no url, and " .. VARIABLE .. " is not set", { absent = true })
  end
  return http.ask(self, context, { service = "the credentials URI", provider = "credential_uri",
    method = "GET", url = url, direct = true, secrets = secrets_of(url) })
end

--- What a URL hands out, as a source.
-- @function credentials.uri
-- @tparam[opt] table options see @{options}
-- @treturn table source
return kind.define("aliyun", "uri", FIELDS, fetch, function(self, opts)
  -- a hash, since the URL may hold a secret
  if opts.url then self.account = "uri." .. assert(core.sha1(opts.url)):sub(1, 16) end
end)
