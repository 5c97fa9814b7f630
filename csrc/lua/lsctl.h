/* Shared by the binding's files: one source for Lua 5.1 to 5.4 and LuaJIT, errors.
 *
 * The binding takes arguments in and hands results out. It decides nothing, calls no Lua from a C
 * callback and never yields. Userdata is made closed and with its metatable before it acquires
 * anything, so that an error in between leaks nothing. */
#ifndef LSCTL_H
#define LSCTL_H

#if defined(__has_include)
#if !__has_include(<lua.h>)
#error "streamctl: lua.h not found; install Lua's headers (Debian: liblua5.4-dev)"
#endif
#endif

#include <lauxlib.h>
#include <lua.h>

#include "../core/base/buf.h"

#define LSCTL_EXPORT __attribute__((visibility("default")))

SCTL_HIDDEN_BEGIN

/* Names of types of userdata; with the version, since two shared objects pass structs to each
 * other. */
extern const char LSCTL_SIGNER[], LSCTL_ENDPOINT[], LSCTL_ENGINE[], LSCTL_REQUEST[], LSCTL_CELLS[],
    LSCTL_BUFFER[];

/* What both shared objects know of userdata that only one of them makes. */
struct sctl_signer;
struct lsctl_signer_ref {
    struct sctl_signer *signer; /* NULL once closed */
};
struct sctl_request;
struct lsctl_request {
    struct sctl_request *request; /* NULL once collected */
    uint64_t sequence;            /* of the next attempt; 0: none */
};

/* Makes the metatable `name` with its methods (in a table apart; NULL: none) and metamethods,
 * unless it is there. It is registered when it is complete. Leaves nothing on the stack. Without a
 * __tostring of its own it shows the name. */
void lsctl_metatable(lua_State *L, const char *name, const luaL_Reg *methods,
                     const luaL_Reg *metamethods);

/* What luaL_checkudata does, faster for userdata that this shared object has made. */
void *lsctl_check(lua_State *L, int index, const char *name);

/* The `name` that the userdata at `index` was made with, in either shared object. */
const char *lsctl_type(lua_State *L, int index);

/* Adds functions to the table on the top. */
void lsctl_functions(lua_State *L, const luaL_Reg *functions);

/* Pushes a table with the functions. */
void lsctl_library(lua_State *L, const luaL_Reg *functions);

/* Zeroed userdata with its metatable. `name` is one of the arrays above, or of one's own. */
void *lsctl_new(lua_State *L, size_t size, const char *name);

/* Pushes a buffer that the collector wipes and frees, also when pushing its content fails. */
struct sctl_buf *lsctl_buffer(lua_State *L, size_t cap);

/* Pushes what is in it and empties it, or what lsctl_fail pushes. Returns how much that is. */
int lsctl_push_buffer(lua_State *L, struct sctl_buf *buf);

/* Keeps this shared object mapped: libcurl and OpenSSL hold on to things in the process. */
void lsctl_pin(void);

/* Pushes nil, "code: text", code, native number; returns 4. */
int lsctl_fail(lua_State *L, const struct sctl_err *err);

/* Pushes true, or what lsctl_fail pushes; returns how many values. */
int lsctl_result(lua_State *L, enum sctl_status status, const struct sctl_err *err);

/* Pushes a whole number up to 2^53, for which an integer of Lua 5.1 may be too short. */
void lsctl_push_whole(lua_State *L, uint64_t number);

/* Pushes a field of the table at the absolute `index`, without metamethods: what they return is
 * held by nobody. */
void lsctl_push_field(lua_State *L, int index, const char *name);

/* A text field (nil: empty); raises an error that names it when it is no string. Pushes it: the
 * text is valid as long as it is on the stack. The table alone does not keep it, since a later
 * allocation may run a finalizer that changes the table. */
struct sctl_str lsctl_field(lua_State *L, int index, const char *name);

/* A number field. `none` is the number when there is no field; NaN: there must be one. Raises an
 * error that names the field when it is no number. */
double lsctl_number(lua_State *L, int index, const char *name, double none);

/* Whether a field is true. */
bool lsctl_flag(lua_State *L, int index, const char *name);

/* The length of the list at `index`, without metamethods. */
size_t lsctl_length(lua_State *L, int index);

/* The length of the list at `index`, each of whose items may be a null; SIZE_MAX for any other
 * table. */
size_t lsctl_list_length(lua_State *L, int index);

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

#endif
