/* Shared by csrc/check and csrc/lua: one source for Lua 5.1 to 5.4 and LuaJIT.
 *
 * csrc/lua takes arguments in and hands results out. It decides nothing, calls no Lua from a C
 * callback and never yields. Userdata gets its metatable before it acquires anything, so that an
 * error in between leaks nothing. */
#pragma once

#if defined(__has_include)
#if !__has_include(<lua.h>)
#error "streamctl: lua.h not found; install Lua's headers (Debian: liblua5.4-dev)"
#endif
#endif

#include "../core/base/buf.h"

#include <lauxlib.h>
#include <lua.h>

/* Defines the function by which `require` opens a shared object. */
#define LSCTL_OPEN(function)                                                                       \
    __attribute__((visibility("default"))) int function(lua_State *L);                             \
    int function(lua_State *L)
SCTL_HIDDEN_BEGIN

/* Names of types of userdata; with the version, since two shared objects pass structs to each
 * other. */
extern const char LSCTL_REQUEST[], LSCTL_SIGNER[];

/* Userdata that core.so makes; the engine reads requests, too. */
struct lsctl_signer {
    struct sctl_signer *signer; /* NULL once closed */
};
struct lsctl_request {
    struct sctl_request *request; /* NULL once collected */
    uint64_t sequence;            /* of the next attempt; 0: none */
};

/* Makes the metatable `name` unless it is there. Names that begin with "__" become metamethods, all
 * others methods. Without a __tostring of its own the type shows its name. */
void lsctl_metatable(lua_State *L, const char *name, const luaL_Reg *functions);

/* The same as luaL_checkudata, but faster for userdata of this shared object. */
void *lsctl_check(lua_State *L, int index, const char *name);

/* The `name` that the userdata at `index` was made with, in this shared object; or another. */
const char *lsctl_type(lua_State *L, int index);

/* Adds functions to the table on the top. */
void lsctl_functions(lua_State *L, const luaL_Reg *functions);

/* Pushes what `require` returns, and keeps this shared object mapped: libcurl and OpenSSL hold
 * addresses of its functions. */
void lsctl_library(lua_State *L, const luaL_Reg *functions);

/* Zeroed userdata with the metatable `name`, which is a static array. */
void *lsctl_new(lua_State *L, size_t size, const char *name);

/* Pushes a buffer that the collector wipes and frees, also when pushing its content fails. */
struct sctl_buf *lsctl_buffer(lua_State *L, size_t cap);

/* Pushes the content of a buffer and empties it, or what lsctl_fail pushes; returns how many
 * values. */
int lsctl_push_buffer(lua_State *L, struct sctl_buf *buf);

/* Pushes nil, "code: text", code, native number; returns 4. */
int lsctl_fail(lua_State *L, const struct sctl_err *err);

/* Pushes true, or what lsctl_fail pushes; returns how many values. */
int lsctl_result(lua_State *L, enum sctl_status status, const struct sctl_err *err);

/* Pushes a whole number up to 2^53, for which an integer of Lua 5.1 may be too short. */
void lsctl_push_integer(lua_State *L, uint64_t number);

/* Pushes a field of the table at the absolute `index`, without metamethods, whose results nobody
 * would hold. */
void lsctl_push_field(lua_State *L, int index, const char *name);

/* A text field (nil: empty), which stays on the stack. The table alone does not keep the text: an
 * allocation may run a finalizer that changes the table. Another value is an error. */
struct sctl_str lsctl_field(lua_State *L, int index, const char *name);

/* A number field, or `none` where the field is nil; NaN: there must be one. */
double lsctl_number(lua_State *L, int index, const char *name, double none);

/* Whether a field is true. */
bool lsctl_flag(lua_State *L, int index, const char *name);

/* The length of the list at `index`, without metamethods. */
size_t lsctl_length(lua_State *L, int index);

static inline void lsctl_push_text(lua_State *L, struct sctl_str text)
{
    lua_pushlstring(L, text.data, text.len);
}

/* The string at `index`. */
static inline struct sctl_str lsctl_string(lua_State *L, int index)
{
    struct sctl_str text;
    text.data = lua_tolstring(L, index, &text.len);
    return text;
}

/* The string or number at `index`, which must be one of them. */
static inline struct sctl_str lsctl_check_string(lua_State *L, int index)
{
    (void)luaL_checkstring(L, index);
    return lsctl_string(L, index);
}

/* A text argument (nil: empty). A number would become a text, which allocates. */
struct sctl_str lsctl_text(lua_State *L, int index);
SCTL_HIDDEN_END
