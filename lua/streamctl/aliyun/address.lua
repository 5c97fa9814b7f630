--- Signs addresses for ingest and playback (type A, which ApsaraVideo Live uses).
--
--     local address = streamctl.aliyun.address
--     local url = address.sign { url = "rtmp://push.example.com/app/stream", key = "...",
--       expires = os.time() + 3600 }
--
-- The signature covers the path alone: while the address is valid, it works on every domain with
-- the same key, and with other parameters. Nothing here is sent, and nothing waits.
-- @public streamctl.aliyun.address

local checks = require "streamctl.base.checks"
local core = require "streamctl.core"
local encode = require "streamctl.base.encode"
local errors = require "streamctl.base.errors"

local address = {}

local function refuse(code, text)
  return errors.refuse("aliyun", "address", code, text)
end

local SHAPE = "must be an address such as rtmp://push.example.com/app/stream"
local SRT = "must be an address such as srt://push.example.com:1105?streamid=#!::h="
  .. "push.example.com,r=/app/stream,m=publish"

-- Splits an address into the texts `before`, `path`, `query` and `after`; or returns nil and what
-- is wrong with it.
-- An SRT address has path and query in its streamid. Players end a streamid at the next '&', and
-- the vendor may not: so the path ends there, and auth_key goes `first` into the query. The path is
-- returned as it is sent and signed: bytes that no address may have are percent-encoded.
local function parse(url)
  local scheme, host, rest = url:match("^(%a[%w+.-]*)://([^/?#]+)(.*)$")
  if not scheme then return nil, SHAPE end
  local is_srt = scheme:lower() == "srt"
  local before, after, path, query = "", ""
  if is_srt then
    before, path, query, after =
      rest:match("^(/?%?.*streamid=#!::.-r=)(/[^?,&]*)[?&]?([^,]*)(.*)$")
    if not path or not before:find("[:,]r=$") then return nil, SRT end
  else
    path, query = rest:match("^(/[^?#]*)%??([^#]*)$")
    if not path then return nil, SHAPE .. "; what is behind a '#' is never sent" end
  end
  if not path:find("^/[^/]+/.") then return nil, "must name an application and a stream" end
  if path:gsub("%%%x%x", ""):find("%", 1, true) then
    return nil, "has a '%' that encodes nothing; write it as %25"
  end
  path = encode.percent_encoded(path, '[%c\127-\255 "<>\\^`{|}]')
  return { before = scheme .. "://" .. host .. before, path = path, query = query, after = after,
    first = is_srt }
end

-- Longer texts are no addresses, and take long to read.
local URL = { "url", checks.string, true, function(value)
  return checks.text(value) or #value > 8192 and "must be at most 8192 bytes"
    or select(2, parse(value))
end }

--- What `sign` takes.
-- @table options
-- @tfield string url of RTMP, ARTC, FLV or HLS, such as
-- `https://play.example.com/app/stream.m3u8`; or of SRT, such as
-- `srt://push.example.com:1105?streamid=#!::h=push.example.com,r=/app/stream,m=publish`. Its query
-- stays, but for another auth_key. What is not ASCII is percent-encoded.
-- @tfield string key of the domain: of the ingest domain for publishing, of the streaming domain
-- for playing
-- @tfield integer expires Unix seconds. By one page of the vendor the address ends then, by another
-- the validity of the domain later
-- @tfield integer lifetime instead of `expires`: seconds from now
local SIGN = {
  URL, { "key", checks.string, true, checks.text }, checks.expires, checks.lifetime,
  misuse = checks.misuse_of_end,
}

--- Signs an address.
-- @tparam table opts see @{options}
-- @treturn[1] string the address, with its auth_key
-- @failure see `streamctl.errors`
function address.sign(opts)
  local checked, why = checks.take_from_user(opts, SIGN, "streamctl.aliyun.address.sign")
  if not checked then return refuse("invalid_parameter", why) end
  local url, query = parse(checked.url), {}
  local beginning = encode.number(checks.end_of(checked)) .. "-0-0-"
  local hash, message = core.md5(url.path .. "-" .. beginning, checked.key)
  if not hash then return refuse("signature", errors.text_of(message)) end
  for pair in url.query:gmatch("[^&]+") do
    if not pair:find("^auth_key=") then query[#query + 1] = pair end
  end
  table.insert(query, url.first and 1 or #query + 1, "auth_key=" .. beginning .. hash)
  return url.before .. url.path .. "?" .. table.concat(query, "&") .. url.after
end

return address
