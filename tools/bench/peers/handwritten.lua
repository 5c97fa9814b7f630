-- Signing by hand, as fast as Lua with somebody's hash functions can be made to: what is the same
-- for every request is computed once.
--
--   local sign = handwritten(crypto, account)
--   local target, headers = sign.v3(method, action, params, nonce, time)
--
-- `crypto`: sha256(text), hmac_sha256(text), md5(text) in hexadecimal, hmac_sha1(text) in base64,
-- both with the account's key; random(bytes), hex(bytes); `encode(text)` if it has one.
-- `account`: ID, SECRET, HOST, VERSION, APP_ID, ZEGO_SECRET. Without `nonce` and `time` they are
-- fresh, as they are for everybody else. Nothing is checked, values are texts, and all calls of
-- one action have the same parameters. v3 and v1 also return the texts that they hash.

local concat, find, format, gsub = table.concat, string.find, string.format, string.gsub

local ESCAPED = {}
for byte = 0, 255 do ESCAPED[string.char(byte)] = format("%%%02X", byte) end

local function encode_text(text)
  if not find(text, "[^%w%-%._~]") then return text end
  return (gsub(text, "[^%w%-%._~]", ESCAPED))
end

return function(crypto, account)
  local sign, encode = {}, crypto.encode or encode_text
  local second, date, pool, at -- the date of the last second; random bytes and how many are used

  local function date_of(time)
    if time then return os.date("!%Y-%m-%dT%H:%M:%SZ", time) end
    time = os.time()
    if time ~= second then second, date = time, os.date("!%Y-%m-%dT%H:%M:%SZ", time) end
    return date
  end

  local function fresh(count)
    if not pool or at + count > #pool then pool, at = crypto.random(4096), 0 end
    at = at + count
    return crypto.hex(pool:sub(at - count + 1, at))
  end

  -- The names of an action's parameters and `more`, in order, with "name=" or "&name=" of each.
  local known = {}
  local function names_of(action, params, more)
    if known[action] then return known[action] end
    local list = { before = {}, parts = {} }
    for name in pairs(params) do list[#list + 1] = name end
    for name in pairs(more) do list[#list + 1] = name end
    table.sort(list)
    for i, name in ipairs(list) do list.before[i] = (i > 1 and "&" or "") .. encode(name) .. "=" end
    known[action] = list
    return list
  end

  local function query_of(names, params, more)
    local parts, before = names.parts, names.before
    for i = 1, #names do
      local name = names[i]
      parts[2 * i - 1], parts[2 * i] = before[i], encode(params[name] or more[name])
    end
    return concat(parts)
  end

  local NO_BODY, NONE = crypto.sha256(""), {}
  local HEADERS = "host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce"
    .. ";x-acs-version"
  local CREDENTIAL = "ACS3-HMAC-SHA256 Credential=" .. account.ID .. ",SignedHeaders=" .. HEADERS
    .. ",Signature="
  local LAST = "\nx-acs-version:" .. account.VERSION .. "\n\n" .. HEADERS .. "\n" .. NO_BODY

  function sign.v3(method, action, params, nonce, time)
    local query = query_of(names_of(action, params, NONE), params, NONE)
    nonce, time = nonce or fresh(16), date_of(time)
    local canonical = method .. "\n/\n" .. query .. "\nhost:" .. account.HOST .. "\nx-acs-action:"
      .. action .. "\nx-acs-content-sha256:" .. NO_BODY .. "\nx-acs-date:" .. time
      .. "\nx-acs-signature-nonce:" .. nonce .. LAST
    local to_sign = "ACS3-HMAC-SHA256\n" .. crypto.sha256(canonical)
    return "/?" .. query, {
      host = account.HOST, ["x-acs-action"] = action, ["x-acs-version"] = account.VERSION,
      ["x-acs-date"] = time, ["x-acs-content-sha256"] = NO_BODY,
      ["x-acs-signature-nonce"] = nonce, accept = "application/json",
      Authorization = CREDENTIAL .. crypto.hmac_sha256(to_sign),
    }, canonical, to_sign
  end

  local FIXED = {
    AccessKeyId = account.ID, Format = "json", SignatureMethod = "HMAC-SHA1",
    SignatureVersion = "1.0", Version = account.VERSION, Action = "", SignatureNonce = "",
    Timestamp = "",
  }

  function sign.v1(method, action, params, nonce, time)
    FIXED.Action, FIXED.SignatureNonce, FIXED.Timestamp = action, nonce or fresh(16), date_of(time)
    local query = query_of(names_of(action .. " v1", params, FIXED), params, FIXED)
    local to_sign = method .. "&%2F&" .. encode(query)
    local signature = crypto.hmac_sha1(to_sign)
    return "/?" .. query .. "&Signature=" .. encode(signature), nil, nil, to_sign
  end

  function sign.zego(_, action, params, nonce, time)
    time, nonce = format("%d", time or os.time()), nonce or fresh(8)
    local parts = {
      "/?Action=", action, "&AppId=", account.APP_ID, "&SignatureNonce=", nonce, "&Timestamp=",
      time, "&Signature=", crypto.md5(account.APP_ID .. nonce .. account.ZEGO_SECRET .. time),
      "&SignatureVersion=2.0",
    }
    local n, ids = #parts, params.StreamId
    for i = 1, #ids do
      parts[n + 1], parts[n + 2] = "&StreamId%5B%5D=", encode(ids[i])
      n = n + 2
    end
    parts[n + 1], parts[n + 2] = "&Sequence=", params.Sequence
    return concat(parts)
  end

  return sign
end
