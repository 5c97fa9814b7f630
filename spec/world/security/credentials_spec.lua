-- No error of a source of credentials holds a secret, whatever a server answers, a file holds or a
-- program prints: not one that we sent, not one that is handed out, not one that is only called so.

local core = require "streamctl.core"
local credentials = require "streamctl.aliyun.credentials"
local encode_uri = require "spec.support.encode_uri"
local helper = require "spec.pieces.helper"
local hidden = require "spec.support.hidden"
local loops = require "streamctl.loop.pick"
local reach = require "spec.support.reach"
local sources = require "streamctl.credentials.source"

-- Secrets with no run of 8 bytes in common with anything else: of ours, and of the server.
local OURS = {
  secret = "kQ7vTz/Wm3Xp+Lr9Hd=Zs5Nc8Jb", token = "CAIS+mRq7/tXo3wPzD5hYkU9bL==",
  oidc = "eyJhbGciOi.Jt4xWq9Zk2.Vn7_Rp-3Ls", access = "cloudSso6Yb0Gf8Dw3Hx5",
}
local THEIRS = {
  secret = "uB4yNc/Gs8Ja+Ve2Kf=Tq6Mx1Pd", token = "STSt+9Wd2/fLk7vBn4cXz6Aj==",
  metadata = "imdsToken5Qp8Zr3Lk6Vt1Ws",
}

local function assert_hidden(text, where)
  hidden(text, OURS, where)
  hidden(text, THEIRS, where)
end

local function context_of(answer)
  return { loop = loops.current(), deadline = core.monotonic() + 5, options = {
    transport = helper.transport(answer), user_agent = "spec",
  } }
end

-- That it fails, unless it `may_succeed`, and that its error holds no secret.
local function check_failure(where, source, answer, may_succeed)
  local got, message, err = source:get(context_of(answer))
  if got and may_succeed then return end
  assert.is_nil(got, where)
  assert_hidden(message, where)
  assert.is_true(#message < 4096)
  assert.is_nil(message:find("%c"), where)
  reach({ message, err, tostring(err), tostring(source) }, function(text)
    assert_hidden(text, where)
  end, { [_G] = true, [package.loaded] = true, [debug.getregistry()] = true })
  return message
end

local token_file

-- The sources that ask over HTTP: `sends`, the secrets that a server learns from the request;
-- `first` answers requests before the one that hands out keys; `place` of these in the answer.
local function metadata(request)
  if request.method == "PUT" then return helper.response(200, THEIRS.metadata) end
  return request.action:find("/$") and helper.response(200, "role") or nil
end

local SOURCES = {
  ecs_role = { sends = { THEIRS.metadata }, first = metadata,
    new = function() return credentials.ecs_role {} end },
  uri = { sends = { OURS.secret, OURS.oidc }, new = function()
    return credentials.uri { url = "http://127.0.0.1:1/keys/" .. OURS.oidc .. "?secret="
      .. encode_uri(OURS.secret) }
  end },
  oidc = { sends = { OURS.oidc }, place = "Credentials", new = function()
    return credentials.oidc { provider_arn = "acs:ram::1:oidc-provider/p", token_file = token_file,
      role_arn = "acs:ram::1:role/r", session_name = "s" }
  end },
  assume_role = { sends = { OURS.secret, OURS.token }, place = "Credentials", new = function()
    return credentials.assume_role { role_arn = "acs:ram::1:role/r", session_name = "s",
      source = sources.new { name = "keys", fetch = function()
        return { access_key_id = "STS.id", access_key_secret = OURS.secret,
          security_token = OURS.token }
      end } }
  end },
}

-- What a server can echo of a request: as it is, and with each secret as it is and percent-encoded.
local function echo(of, request)
  local target, headers = request:sign("nonce", helper.NOW)
  local list = { tostring(target), table.concat(headers or {}, " "), request.body or "" }
  for _, secret in ipairs(of.sends) do
    list[#list + 1] = secret .. " " .. encode_uri(secret) .. " " .. encode_uri(encode_uri(secret))
  end
  return table.concat(list, " ")
end

local function their_secrets()
  local list = {}
  for _, secret in pairs(THEIRS) do list[#list + 1] = secret .. " " .. encode_uri(secret) end
  return table.concat(list, " ")
end

local function quoted(text) return (text:gsub('[\\"%c]', " ")) end

-- Bodies by name: functions of the text and the place of the keys.
local BODIES = {
  ["an error that quotes everything"] = function(text)
    text = quoted(text)
    return ('{"Code":"%s","Message":"%s","RequestId":"%s","AccessKeySecret":"%s",'
      .. '"SecurityToken":"%s","metadata_token":"%s"}'):format("Bad " .. text, text, text,
      THEIRS.secret, THEIRS.token, THEIRS.metadata)
  end,
  ["an error with secrets deep inside"] = function(text)
    return ('{"Code":"Bad","Message":"%s","Credentials":{"a":[{"AccessKeySecret":"%s",'
      .. '"SecurityToken":"%s","Metadata_Token":"%s"}]}}'):format(quoted(text), THEIRS.secret,
      THEIRS.token, THEIRS.metadata)
  end,
  ["an error too deep to look into"] = function(text)
    return '{"Code":"Bad","Message":"' .. quoted(text) .. '","a":' .. ('{"a":'):rep(50)
      .. '{"SecurityToken":"' .. THEIRS.token .. '"}' .. ("}"):rep(50) .. "}"
  end,
  ["an error with more secrets than are looked at"] = function(text)
    local fields = {}
    for i = 1, 3000 do fields[i] = ('"Secret%d":"%s%d"'):format(i, THEIRS.secret, i) end
    return '{"Code":"Bad","Message":"' .. quoted(text) .. '",' .. table.concat(fields, ",") .. "}"
  end,
  ["text"] = function(text) return text end,
  ["half a document"] = function(text, place)
    return ('{"%s":{"AccessKeySecret":"%s"'):format(place or "Code", quoted(text))
  end,
  ["a list"] = function(text) return '["' .. quoted(text) .. '"]' end,
  ["nothing"] = function() return "" end,
  ["bytes"] = function(text) return "\255\254" .. text:gsub(".", "%0\0") end,
}

-- Keys that cannot be used, by what is wrong with them.
local WRONG = {
  ["no end"] = { Expiration = false }, ["an end that is none"] = { Expiration = THEIRS.secret },
  ["an end that is over"] = { Expiration = "2020-01-01T00:00:00Z" },
  ["no id"] = { AccessKeyId = false }, ["no secret"] = { AccessKeySecret = false },
  ["a secret of two lines"] = { AccessKeySecret = THEIRS.secret .. "\\n" .. THEIRS.secret },
  ["another Code"] = { Code = THEIRS.token },
}

local function keys_of(changes, place)
  local fields = helper.merged({ Code = "Success", AccessKeyId = "STS.new",
    AccessKeySecret = THEIRS.secret, SecurityToken = THEIRS.token,
    Expiration = "2096-01-01T00:00:00Z" }, changes)
  local list = {}
  for name, value in pairs(fields) do
    if value then list[#list + 1] = ('"%s":"%s"'):format(name, value) end
  end
  local keys = "{" .. table.concat(list, ",") .. "}"
  return place and '{"' .. place .. '":' .. keys .. "}" or keys
end

describe("a source of credentials", function()
  setup(function()
    token_file = os.tmpname()
    local file = assert(io.open(token_file, "w"))
    file:write(OURS.oidc, "\n")
    file:close()
  end)
  teardown(function() os.remove(token_file) end)

  for name, of in pairs(SOURCES) do
    it(name .. " tells no secret that an answer holds", function()
      for what, body in pairs(BODIES) do
        for _, status in ipairs { 200, 302, 400, 404, 500 } do
          check_failure(name .. ", " .. what .. ", " .. status, of.new(), function(request)
            local before = of.first and of.first(request)
            if before then return before end
            local text = echo(of, request)
            local headers = "HTTP/1.1 " .. status .. " " .. quoted(text) .. "\r\nx-acs-request-id: "
              .. quoted(text) .. "\r\nLocation: https://127.0.0.1/" .. encode_uri(text)
              .. "\r\n\r\n"
            return helper.response(status, body(text .. " " .. their_secrets(), of.place), headers)
          end)
        end
      end
    end)

    it(name .. " tells nothing of keys that cannot be used", function()
      for what, changes in pairs(WRONG) do
        check_failure(name .. ", " .. what, of.new(), function(request)
          return of.first and of.first(request) or helper.response(200, keys_of(changes, of.place))
        end)
      end
      -- and they can, but for that
      assert.equal("STS.new", assert(of.new():get(context_of(function(request)
        return of.first and of.first(request) or helper.response(200, keys_of({}, of.place))
      end))).access_key_id)
    end)

    it(name .. " tells no secret when the network fails", function()
      for _, code in ipairs { "dns", "connect", "tls", "timeout", "bad_response", "too_large" } do
        check_failure(name .. ", " .. code, of.new(), function(request)
          return of.first and of.first(request)
            or { code = code, maybe_sent = true, message = "at " .. echo(of, request) }
        end)
      end
    end)
  end

  it("is searched for what is there", function()
    assert.has_error(function() assert_hidden("x" .. OURS.oidc:sub(3, 10), "here") end)
  end)
end)
