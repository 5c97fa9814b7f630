/* Memory of this process: `require "heap"()` gives the bytes that malloc has handed out, which are
 * all of C and, but for LuaJIT, all of Lua. */
#include <malloc.h>

#include <lauxlib.h>
#include <lua.h>

static int heap(lua_State *L)
{
    struct mallinfo2 info = mallinfo2();
    lua_pushnumber(L, (lua_Number)info.uordblks + (lua_Number)info.hblkhd);
    return 1;
}

int luaopen_heap(lua_State *L);

int luaopen_heap(lua_State *L)
{
    lua_pushcfunction(L, heap);
    return 1;
}
