#include "lsctl.h"

#include <dlfcn.h>
#include <math.h>

const char LSCTL_REQUEST[] = "streamctl.request " SCTL_VERSION;
const char LSCTL_SIGNER[] = "streamctl.signer " SCTL_VERSION;
static const char BUFFER[] = "streamctl.buffer " SCTL_VERSION;

void lsctl_functions(lua_State *L, const luaL_Reg *functions)
{
    for (; functions->name != NULL; functions++) {
        lua_pushcfunction(L, functions->func);
        lua_setfield(L, -2, functions->name);
    }
}

static int show_name(lua_State *L)
{
    lua_pushvalue(L, lua_upvalueindex(1));
    return 1;
}

void lsctl_metatable(lua_State *L, const char *name, const luaL_Reg *functions)
{
    luaL_getmetatable(L, name);
    if (lua_isnil(L, -1)) {
        lua_newtable(L);
        lua_pushlstring(L, name, strcspn(name, " "));
        lua_pushcclosure(L, show_name, 1);
        lua_setfield(L, -2, "__tostring");
        lua_newtable(L);
        for (; functions->name != NULL; functions++) {
            lua_pushcfunction(L, functions->func);
            lua_setfield(L, strncmp(functions->name, "__", 2) == 0 ? -3 : -2, functions->name);
        }
        lua_setfield(L, -2, "__index");
        lua_pushstring(L, name);
        lua_setfield(L, -2, "__name");
        lua_pushboolean(L, 0); /* getmetatable() is false */
        lua_setfield(L, -2, "__metatable");
        /* last: without memory for the rest, all is tried again */
        lua_setfield(L, LUA_REGISTRYINDEX, name);
    }
    lua_pop(L, 1);
}

void lsctl_library(lua_State *L, const luaL_Reg *functions)
{
    static char anchor;
    Dl_info self;
#if LUA_VERSION_NUM >= 502
    luaL_checkversion(L);
#endif
    if (dladdr(&anchor, &self) != 0 && self.dli_fname != NULL)
        (void)dlopen(self.dli_fname, RTLD_NOW | RTLD_NOLOAD | RTLD_NODELETE);
    lua_newtable(L);
    lsctl_functions(L, functions);
    lua_pushliteral(L, SCTL_VERSION);
    lua_setfield(L, -2, "_VERSION");
}

void *lsctl_new(lua_State *L, size_t size, const char *name)
{
    char *data = lua_newuserdata(L, size + sizeof name);
    memset(data, 0, size);
    memcpy(data + size, &name, sizeof name);
    luaL_getmetatable(L, name);
    lua_setmetatable(L, -2);
    return data;
}

/* Our userdata ends with the address of its type's name, which nobody else's memory holds. */
const char *lsctl_type(lua_State *L, int index)
{
    const char *data = lua_touserdata(L, index), *name = NULL;
    size_t size = data != NULL ? lsctl_length(L, index) : 0;
    if (size > sizeof name)
        memcpy(&name, data + size - sizeof name, sizeof name);
    return name;
}

/* To look a metatable up by its name takes five times as long. */
void *lsctl_check(lua_State *L, int index, const char *name)
{
    return lsctl_type(L, index) == name ? lua_touserdata(L, index)
                                        : luaL_checkudata(L, index, name);
}

static int buffer_gc(lua_State *L)
{
    sctl_buf_clear(lsctl_check(L, 1, BUFFER));
    return 0;
}

struct sctl_buf *lsctl_buffer(lua_State *L, size_t cap)
{
    static const luaL_Reg FUNCTIONS[] = {{"__gc", buffer_gc}, {NULL, NULL}};
    lsctl_metatable(L, BUFFER, FUNCTIONS);
    struct sctl_buf *buf = lsctl_new(L, sizeof *buf, BUFFER);
    sctl_buf_init(buf, cap, true);
    return buf;
}

int lsctl_push_buffer(lua_State *L, struct sctl_buf *buf)
{
    struct sctl_err err;
    if (sctl_buf_ok(buf, "the text", &err) != SCTL_OK)
        return lsctl_fail(L, &err);
    lsctl_push_text(L, sctl_buf_str(buf));
    sctl_buf_clear(buf);
    return 1;
}

int lsctl_fail(lua_State *L, const struct sctl_err *err)
{
    SCTL_ASSERT(err->status != SCTL_OK);
    const char *code = sctl_status_name(err->status);
    lua_pushnil(L);
    lua_pushfstring(L, "%s: %s", code, err->message);
    lua_pushstring(L, code);
    lua_pushinteger(L, err->native);
    return 4;
}

int lsctl_result(lua_State *L, enum sctl_status status, const struct sctl_err *err)
{
    if (status != SCTL_OK)
        return lsctl_fail(L, err);
    lua_pushboolean(L, 1);
    return 1;
}

void lsctl_push_integer(lua_State *L, uint64_t number)
{
#if LUA_VERSION_NUM >= 503
    lua_pushinteger(L, (lua_Integer)number);
#else
    lua_pushnumber(L, (lua_Number)number);
#endif
}

struct sctl_str lsctl_text(lua_State *L, int index)
{
    if (lua_isnoneornil(L, index))
        return SCTL_STR("");
    luaL_checktype(L, index, LUA_TSTRING);
    return lsctl_string(L, index);
}

void lsctl_push_field(lua_State *L, int index, const char *name)
{
    SCTL_ASSERT(index > 0 || index <= LUA_REGISTRYINDEX);
    lua_pushstring(L, name);
    lua_rawget(L, index);
}

struct sctl_str lsctl_field(lua_State *L, int index, const char *name)
{
    lsctl_push_field(L, index, name);
    if (lua_type(L, -1) != LUA_TSTRING && !lua_isnil(L, -1))
        luaL_error(L, "field '%s' must be a string", name);
    return lsctl_text(L, -1);
}

double lsctl_number(lua_State *L, int index, const char *name, double none)
{
    double number = none;
    lsctl_push_field(L, index, name);
    if (lua_type(L, -1) == LUA_TNUMBER)
        number = (double)lua_tonumber(L, -1);
    else if (!lua_isnil(L, -1) || isnan(none))
        luaL_error(L, "field '%s' must be a number", name);
    lua_pop(L, 1);
    return number;
}

bool lsctl_flag(lua_State *L, int index, const char *name)
{
    lsctl_push_field(L, index, name);
    bool flag = lua_toboolean(L, -1) != 0;
    lua_pop(L, 1);
    return flag;
}

size_t lsctl_length(lua_State *L, int index)
{
#if LUA_VERSION_NUM >= 502
    return lua_rawlen(L, index);
#else
    return lua_objlen(L, index);
#endif
}
