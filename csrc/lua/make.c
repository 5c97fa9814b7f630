/* Operations as functions of Lua: parameters in, a request out. */
#include "core.h"

/* Pushes false, message, code; returns how many values. */
static int refused(lua_State *L, const struct sctl_err *err)
{
    lua_pushboolean(L, 0);
    int results = lsctl_fail(L, err);
    lua_remove(L, -results);
    return results;
}

/* The function that lsctl_operation_new pushes. A request's userdata is made before anything is
 * read, since to make it may run finalizers. */
static int operation_make(lua_State *L)
{
    const struct lsctl_operation *self = lua_touserdata(L, LSCTL_SELF);
    luaL_checktype(L, 1, LUA_TTABLE);
    luaL_checktype(L, 2, LUA_TTABLE);
    lua_settop(L, 7);
    struct lsctl_signer *signer = lsctl_check(L, 3, LSCTL_SIGNER);
    struct sctl_str origin = lsctl_text(L, 5), nonce = lsctl_text(L, 6);
    int64_t timestamp = lsctl_timestamp(L, 7);
    luaL_argcheck(L, lua_isnil(L, 5) || !self->sequence, 5, "it has to be stamped before");
    struct lsctl_scratch *scratch = lsctl_scratch_use(L, LSCTL_SCRATCH);
    struct lsctl_request *made = NULL;
    if (lua_isnil(L, 5))
        made = lsctl_new(L, sizeof *made, LSCTL_REQUEST);
    int top = lua_gettop(L);
    struct lsctl_walk walk;
    struct sctl_parts parts;
    struct sctl_err err;
    bool fine = lsctl_operation_read(L, &walk, scratch, made != NULL, &parts, &err);
    luaL_argcheck(L, signer->signer != NULL, 3, "the signer is closed");
    if (fine && made == NULL) { /* signed where it is: nobody keeps a request of it */
        parts.call.nonce = nonce;
        parts.call.timestamp = timestamp;
        fine = sctl_sign(signer->signer, &parts.call, &scratch->signed_request, &err) == SCTL_OK &&
               lsctl_push_signed(L, scratch, &parts.call, origin, &err) == SCTL_OK;
    } else if (fine) {
        parts.signer = signer->signer;
        parts.safe = lua_toboolean(L, 4) != 0;
        lsctl_request_hold(made, sctl_request_new(&parts, &err));
        lua_settop(L, top);
        fine = made->request != NULL;
    }
    int results = fine ? 1 : walk.found != NULL ? lsctl_walk_push_fault(&walk) : refused(L, &err);
    lsctl_scratch_trim(scratch);
    return results;
}

/* operation(row) -> make(params, context, signer, safe, [origin], [nonce], [timestamp]): Compiles
 * an expanded row (`streamctl.call.rows`). With `open` parameters are sent unchecked; parameters
 * without a field go in `rest_style`, and with `rest_in_query` in the query. make() -> request,
 * or with an origin what request:signed returns | nil, a word of `streamctl.call.faults`, the path
 * to the value, its spec, the value, the rule that is broken | false, message, code. context: holds
 * `stream_prefix`, `from_zero` and what fills parameters in. */
int lsctl_operation_new(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    lsctl_operation_compile(L);
    lua_pushcclosure(L, operation_make, 3);
    return 1;
}
