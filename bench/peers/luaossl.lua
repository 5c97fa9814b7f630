-- Hash functions for handwritten.lua: luaossl, and LuaSocket for base64. luaossl makes a new
-- context for each text; it has no way to use one again.

local digest = require "openssl.digest"
local hmac = require "openssl.hmac"
local rand = require "openssl.rand"
local base64 = require("mime").b64

local byte, format = string.byte, string.format
local FORMATS = {}
for count = 1, 32 do FORMATS[count] = ("%02x"):rep(count) end

local function hex(bytes)
  return format(FORMATS[#bytes], byte(bytes, 1, -1))
end

return function(account)
  return {
    sha256 = function(text) return hex(digest.new("sha256"):final(text)) end,
    md5 = function(text) return hex(digest.new("md5"):final(text)) end,
    hmac_sha256 = function(text) return hex(hmac.new(account.SECRET, "sha256"):final(text)) end,
    hmac_sha1 = function(text)
      return (base64(hmac.new(account.SECRET .. "&", "sha1"):final(text)))
    end,
    random = rand.bytes,
    hex = hex,
  }
end
