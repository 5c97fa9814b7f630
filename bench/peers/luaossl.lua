-- Hash functions for handwritten.lua: luaossl, and LuaSocket for base64.

local digest = require "openssl.digest"
local hmac = require "openssl.hmac"
local rand = require "openssl.rand"
local base64 = require("mime").b64

local function hex(bytes)
  return (bytes:gsub(".", function(byte) return string.format("%02x", byte:byte()) end))
end

return {
  sha256 = function(text) return hex(digest.new("sha256"):final(text)) end,
  md5 = function(text) return hex(digest.new("md5"):final(text)) end,
  hmac_sha256 = function(key, text) return hex(hmac.new(key, "sha256"):final(text)) end,
  hmac_sha1 = function(key, text) return (base64(hmac.new(key, "sha1"):final(text))) end,
  random = function(count) return hex(rand.bytes(count)) end,
}
