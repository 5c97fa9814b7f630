-- Hash functions for handwritten.lua: libcrypto through LuaJIT's FFI, with fetched algorithms, kept
-- contexts and keys that are set once.

local ffi = require "ffi"

ffi.cdef [[
typedef struct evp_md_st EVP_MD;
typedef struct evp_md_ctx_st EVP_MD_CTX;
typedef struct evp_mac_st EVP_MAC;
typedef struct evp_mac_ctx_st EVP_MAC_CTX;
typedef struct { const char *key; unsigned int type; void *data; size_t size, used; } OSSL_PARAM;
EVP_MD *EVP_MD_fetch(void *ctx, const char *algorithm, const char *properties);
EVP_MD_CTX *EVP_MD_CTX_new(void);
int EVP_DigestInit_ex2(EVP_MD_CTX *ctx, const EVP_MD *md, const OSSL_PARAM *params);
int EVP_DigestUpdate(EVP_MD_CTX *ctx, const char *text, size_t len);
int EVP_DigestFinal_ex(EVP_MD_CTX *ctx, unsigned char *out, unsigned int *out_len);
EVP_MAC *EVP_MAC_fetch(void *ctx, const char *algorithm, const char *properties);
EVP_MAC_CTX *EVP_MAC_CTX_new(EVP_MAC *mac);
int EVP_MAC_init(EVP_MAC_CTX *ctx, const char *key, size_t len, const OSSL_PARAM *params);
int EVP_MAC_update(EVP_MAC_CTX *ctx, const char *text, size_t len);
int EVP_MAC_final(EVP_MAC_CTX *ctx, unsigned char *out, size_t *out_len, size_t size);
OSSL_PARAM OSSL_PARAM_construct_utf8_string(const char *key, char *text, size_t size);
OSSL_PARAM OSSL_PARAM_construct_end(void);
int RAND_bytes(unsigned char *out, int count);
int EVP_EncodeBlock(unsigned char *out, const unsigned char *bytes, int count);
]]

local C = ffi.load "crypto"
local out, out_len = ffi.new "uint8_t[64]", ffi.new "size_t[1]"
local random_out, base64_out = ffi.new "uint8_t[4096]", ffi.new "uint8_t[64]"
local here = debug.getinfo(1, "S").source:match("^@(.*)/[^/]*$") or "."
local text = assert(loadfile(here .. "/ffi_text.lua"))()

local function hash(algorithm, len)
  local md, ctx = C.EVP_MD_fetch(nil, algorithm, nil), C.EVP_MD_CTX_new()
  return function(message)
    assert(C.EVP_DigestInit_ex2(ctx, md, nil) == 1)
    assert(C.EVP_DigestUpdate(ctx, message, #message) == 1)
    assert(C.EVP_DigestFinal_ex(ctx, out, nil) == 1)
    return text.hex(out, len)
  end
end

-- Leaves the MAC of a text in `out`.
local function mac(algorithm, key)
  local ctx = C.EVP_MAC_CTX_new(C.EVP_MAC_fetch(nil, "HMAC", nil))
  local name, params = ffi.new("char[16]", algorithm), ffi.new "OSSL_PARAM[2]"
  params[0] = C.OSSL_PARAM_construct_utf8_string("digest", name, 0)
  params[1] = C.OSSL_PARAM_construct_end()
  assert(C.EVP_MAC_init(ctx, key, #key, params) == 1)
  return function(message)
    assert(C.EVP_MAC_init(ctx, nil, 0, nil) == 1)
    assert(C.EVP_MAC_update(ctx, message, #message) == 1)
    assert(C.EVP_MAC_final(ctx, out, out_len, 64) == 1)
  end
end

return function(account)
  local mac_sha256 = mac("SHA256", account.SECRET)
  local mac_sha1 = mac("SHA1", account.SECRET .. "&")
  return {
    encode = text.encode,
    sha256 = hash("SHA256", 32),
    md5 = hash("MD5", 16),
    hmac_sha256 = function(message)
      mac_sha256(message)
      return text.hex(out, 32)
    end,
    hmac_sha1 = function(message)
      mac_sha1(message)
      return ffi.string(base64_out, C.EVP_EncodeBlock(base64_out, out, 20))
    end,
    random = function(count)
      assert(C.RAND_bytes(random_out, count) == 1)
      return ffi.string(random_out, count)
    end,
    hex = text.hex_of,
  }
end
