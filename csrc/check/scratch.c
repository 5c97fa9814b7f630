#include "scratch.h"

#define MOST (64u * 1024u * 1024u) /* bytes */
#define KEPT_BYTES (1024u * 1024u)
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
    static const luaL_Reg METHODS[] = {{"__gc", scratch_gc}, {NULL, NULL}};
    lsctl_metatable(L, SCRATCH, METHODS);
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
    SCTL_ASSERT(self != NULL);
    return self->busy ? push_new(L) : self;
}

void lsctl_scratch_trim(struct lsctl_scratch *scratch)
{
    struct sctl_buf *all[] = {&scratch->out, &scratch->names, &scratch->name, &scratch->path};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        if (all[i]->size > KEPT_BYTES)
            sctl_buf_clear(all[i]);
    }
}
