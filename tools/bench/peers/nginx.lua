-- luacheck: std min+ngx_lua
-- Hash functions for handwritten.lua: those that come with nginx' Lua module and lua-resty-string,
-- which are kept where they can be.

local function either(name)
  local ok, module = pcall(require, "resty." .. name)
  return ok and module or require("nginx." .. name) -- as Debian calls them
end

local here = debug.getinfo(1, "S").source:match("^@(.*)/[^/]*$") or "."
local sha256, text = either "sha256", assert(loadfile(here .. "/ffi_text.lua"))()
local hex = text.hex_of

local function padded(key, with)
  return (key .. ("\0"):rep(64 - #key)):gsub(".", function(char)
    return string.char(bit.bxor(char:byte(), with))
  end)
end

return function(account)
  local inner, outer = padded(account.SECRET, 0x36), padded(account.SECRET, 0x5c)
  local hash, urandom = sha256:new(), assert(io.open("/dev/urandom", "rb"))

  local function digest(message)
    hash:reset()
    hash:update(message)
    return hash:final()
  end

  return {
    encode = text.encode,
    sha256 = function(message) return hex(digest(message)) end,
    md5 = ngx.md5,
    hmac_sha256 = function(message) return hex(digest(outer .. digest(inner .. message))) end,
    hmac_sha1 = function(message)
      return ngx.encode_base64(ngx.hmac_sha1(account.SECRET .. "&", message))
    end,
    random = function(count) return urandom:read(count) end,
    hex = hex,
  }
end
