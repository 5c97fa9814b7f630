-- Hash functions for handwritten.lua: libcrypto's simple functions through LuaJIT's FFI.

local ffi = require "ffi"

ffi.cdef [[
typedef struct evp_md_st EVP_MD;
const EVP_MD *EVP_sha256(void);
const EVP_MD *EVP_sha1(void);
unsigned char *SHA256(const char *text, size_t len, unsigned char *out);
unsigned char *MD5(const char *text, size_t len, unsigned char *out);
unsigned char *HMAC(const EVP_MD *md, const char *key, int key_len, const char *text, size_t len,
  unsigned char *out, unsigned int *out_len);
int RAND_bytes(unsigned char *out, int count);
int EVP_EncodeBlock(unsigned char *out, const unsigned char *bytes, int count);
]]

local crypto = ffi.load "crypto"
local out, text_out = ffi.new "unsigned char[64]", ffi.new "unsigned char[128]"
local sha256, sha1 = crypto.EVP_sha256(), crypto.EVP_sha1()
local DIGITS = "0123456789abcdef"

local function hex(count)
  for i = 0, count - 1 do
    local byte = out[i]
    local high = (byte - byte % 16) / 16
    text_out[2 * i], text_out[2 * i + 1] = DIGITS:byte(high + 1), DIGITS:byte(byte % 16 + 1)
  end
  return ffi.string(text_out, 2 * count)
end

return {
  sha256 = function(text)
    crypto.SHA256(text, #text, out)
    return hex(32)
  end,
  md5 = function(text)
    crypto.MD5(text, #text, out)
    return hex(16)
  end,
  hmac_sha256 = function(key, text)
    crypto.HMAC(sha256, key, #key, text, #text, out, nil)
    return hex(32)
  end,
  hmac_sha1 = function(key, text)
    crypto.HMAC(sha1, key, #key, text, #text, out, nil)
    return ffi.string(text_out, crypto.EVP_EncodeBlock(text_out, out, 20))
  end,
  random = function(count)
    assert(crypto.RAND_bytes(out, count) == 1)
    return hex(count)
  end,
}
