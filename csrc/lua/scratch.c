#include "scratch.h"

#include <stdlib.h>

#define MOST (64u * 1024u * 1024u) /* bytes */
static const char SCRATCH[] = "streamctl.scratch " SCTL_VERSION;

static int scratch_gc(lua_State *L)
{
    struct lsctl_scratch *self = lua_touserdata(L, 1);
    sctl_signed_clear(&self->signed_request);
    sctl_pairs_clear(&self->params);
    sctl_buf_clear(&self->text);
    sctl_buf_clear(&self->out);
    sctl_buf_clear(&self->name);
    sctl_buf_clear(&self->path);
    sctl_buf_clear(&self->names);
    sctl_free(self->sent);
    self->sent = NULL;
    self->sent_count = self->sent_size = 0;
    sctl_free(self->resources);
    self->resources = NULL;
    self->resource_size = 0;
    return 0;
}

static struct lsctl_scratch *push_new(lua_State *L)
{
    struct lsctl_scratch *self = lsctl_new(L, sizeof *self, SCRATCH);
    sctl_signed_init(&self->signed_request);
    sctl_request_text(&self->text);
    sctl_buf_init(&self->out, MOST, true);
    sctl_buf_init(&self->name, MOST, true); /* a form, too */
    sctl_buf_init(&self->path, MOST, false);
    sctl_buf_init(&self->names, MOST, false);
    return self;
}

void lsctl_scratch_push(lua_State *L)
{
    static const luaL_Reg METAMETHODS[] = {{"__gc", scratch_gc}, {NULL, NULL}};
    lsctl_metatable(L, SCRATCH, NULL, METAMETHODS);
    luaL_getmetatable(L, SCRATCH);
    lua_rawgeti(L, -1, 1);
    if (lua_isnil(L, -1)) {
        lua_pop(L, 1);
        (void)push_new(L);
        lua_pushvalue(L, -1);
        lua_rawseti(L, -3, 1);
    }
    lua_remove(L, -2);
}

struct lsctl_scratch *lsctl_scratch_use(lua_State *L, int index)
{
    struct lsctl_scratch *self = lua_touserdata(L, index);
    return self->busy ? push_new(L) : self;
}

static struct sctl_str list_text(lua_State *L, int index, size_t at)
{
    struct sctl_str text;
    lua_rawgeti(L, index, (int)at);
    if (lua_type(L, -1) != LUA_TSTRING)
        luaL_error(L, "a list of names and values must hold strings only");
    text = lsctl_string(L, -1);
    lua_pop(L, 1);
    return text;
}

enum sctl_status lsctl_read_pairs(lua_State *L, int index, struct sctl_pairs *pairs,
                                  struct sctl_err *err)
{
    enum sctl_status status;
    size_t count, i;
    pairs->count = 0;
    if (lua_isnoneornil(L, index))
        return SCTL_OK;
    luaL_checktype(L, index, LUA_TTABLE);
    count = lsctl_length(L, index);
    if (count % 2 != 0)
        luaL_error(L, "a list of names and values must have an even length");
    status = sctl_pairs_reserve(pairs, count / 2, err);
    if (status != SCTL_OK)
        return status;
    for (i = 0; i < count / 2; i++) {
        pairs->items[i].name = list_text(L, index, 2 * i + 1);
        pairs->items[i].value = list_text(L, index, 2 * i + 2);
    }
    pairs->count = count / 2;
    return SCTL_OK;
}
