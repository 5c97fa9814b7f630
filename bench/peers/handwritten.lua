-- Signing as scripts do it that have no library for it: strings, table.sort and somebody's hash functions.
--
--   local sign = handwritten(crypto, account)
--   local target, headers = sign.v3(method, action, params, nonce, time)
--
-- `crypto`: sha256(text), hmac_sha256(key, text), md5(text) in hexadecimal; hmac_sha1(key, text) in base64; and
-- random(bytes) in hexadecimal. `account`: ID, SECRET, HOST, VERSION, APP_ID, ZEGO_SECRET. Without `nonce` and `time`
-- they are fresh, as they are for everybody else.

local concat, sort, format = table.concat, table.sort, string.format

local function escape(char)
  return format("%%%02X", char:byte())
end

local function encode(text)
  return (tostring(text):gsub("[^%w%-%._~]", escape))
end

-- "name=value&..." in the order of the names.
local function query_of(params)
  local names, parts = {}, {}
  for name in pairs(params) do names[#names + 1] = name end
  sort(names)
  for i, name in ipairs(names) do parts[i] = encode(name) .. "=" .. encode(params[name]) end
  return concat(parts, "&")
end

return function(crypto, account)
  local sign = {}

  function sign.v3(method, action, params, nonce, time)
    local query, body_hash = query_of(params), crypto.sha256("")
    local headers = {
      host = account.HOST, ["x-acs-action"] = action, ["x-acs-version"] = account.VERSION,
      ["x-acs-date"] = os.date("!%Y-%m-%dT%H:%M:%SZ", time), ["x-acs-content-sha256"] = body_hash,
      ["x-acs-signature-nonce"] = nonce or crypto.random(16),
    }
    local names, lines = {}, {}
    for name in pairs(headers) do names[#names + 1] = name end
    sort(names)
    for i, name in ipairs(names) do lines[i] = name .. ":" .. headers[name] .. "\n" end
    local signed = concat(names, ";")
    local canonical = concat({ method, "/", query, concat(lines), signed, body_hash }, "\n")
    local signature = crypto.hmac_sha256(account.SECRET, "ACS3-HMAC-SHA256\n" .. crypto.sha256(canonical))
    headers.Authorization = "ACS3-HMAC-SHA256 Credential=" .. account.ID .. ",SignedHeaders=" .. signed .. ",Signature="
      .. signature
    return "/?" .. query, headers
  end

  function sign.v1(method, action, params, nonce, time)
    local all = {
      AccessKeyId = account.ID, Action = action, Format = "JSON", SignatureMethod = "HMAC-SHA1",
      SignatureNonce = nonce or crypto.random(16), SignatureVersion = "1.0",
      Timestamp = os.date("!%Y-%m-%dT%H:%M:%SZ", time), Version = account.VERSION,
    }
    for name, value in pairs(params) do all[name] = value end
    local query = query_of(all)
    local signature = crypto.hmac_sha1(account.SECRET .. "&", method .. "&%2F&" .. encode(query))
    return "/?" .. query .. "&Signature=" .. encode(signature)
  end

  function sign.zego(_, action, params, nonce, time)
    time, nonce = format("%d", time or os.time()), nonce or crypto.random(8)
    local parts = {
      "/?Action=" .. action, "AppId=" .. account.APP_ID, "SignatureNonce=" .. nonce, "Timestamp=" .. time,
      "Signature=" .. crypto.md5(account.APP_ID .. nonce .. account.ZEGO_SECRET .. time), "SignatureVersion=2.0",
    }
    for _, id in ipairs(params.StreamId) do parts[#parts + 1] = encode("StreamId[]") .. "=" .. encode(id) end
    parts[#parts + 1] = "Sequence=" .. params.Sequence
    return concat(parts, "&")
  end

  return sign
end
