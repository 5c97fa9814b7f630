/* Programs that are run for what they print. */
#include "process.h"

#include <string.h>

#include "../core/system/process.h"

static const char PROCESS[] = "streamctl.process " SCTL_VERSION;

#define MAX_WORDS 200u   /* they all stand on the stack */
#define READ_SIZE 16384u /* bytes */

static struct sctl_child *check_child(lua_State *L)
{
    return lsctl_check(L, 1, PROCESS);
}

static int process_gc(lua_State *L)
{
    sctl_child_clear(check_child(L));
    return 0;
}

/* Pushes an array of the words at `index`, which stay on the stack above it. */
static char **push_words(lua_State *L, int index)
{
    size_t i, count = lsctl_length(L, index);
    char **words;
    luaL_argcheck(L, count >= 1 && count <= MAX_WORDS, index, "from 1 to 200 words");
    luaL_checkstack(L, (int)count + 2, "too many words");
    words = lua_newuserdata(L, (count + 1) * sizeof *words);
    for (i = 0; i < count; i++) {
        struct sctl_str word;
        lua_rawgeti(L, index, (int)i + 1);
        if (lua_type(L, -1) != LUA_TSTRING)
            luaL_error(L, "a command must hold strings only");
        word = lsctl_string(L, -1);
        if (strlen(word.data) != word.len)
            luaL_error(L, "a word of a command holds a NUL");
        words[i] = (char *)(uintptr_t)word.data; /* which posix_spawn does not change */
    }
    words[count] = NULL;
    return words;
}

/* spawn(words) -> userdata (process) | nil, message, code, errno: Starts a program, without a
 * shell. It has a process group of its own, reads nothing, and its complaints go nowhere. The
 * collector kills it. words: list: the program, looked for in PATH when no "/" is in it, and its
 * arguments. */
int lsctl_process_spawn(lua_State *L)
{
    struct sctl_child *self;
    struct sctl_err err;
    char **words;
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    self = lsctl_new(L, sizeof *self, PROCESS); /* 2 */
    *self = sctl_child_none();
    words = push_words(L, 1);
    if (sctl_child_start(self, words, &err) != SCTL_OK)
        return lsctl_fail(L, &err);
    lua_settop(L, 2);
    return 1;
}

/* process:read() -> string ("" when there is nothing yet) | nil (at the end, which is when all that
 * have its output have closed it) | nil, message (there is no memory), code: Reads what it has
 * printed; never waits. */
static int process_read(lua_State *L)
{
    struct sctl_child *self = check_child(L);
    struct sctl_buf *out = lsctl_buffer(L, READ_SIZE); /* it may be a secret */
    char *room = sctl_buf_reserve(out, READ_SIZE);
    ssize_t got;
    if (room == NULL)
        return lsctl_push_buffer(L, out);
    got = sctl_child_read(self, room, READ_SIZE);
    if (got == SCTL_CHILD_OVER)
        return 0;
    out->len = (size_t)got;
    return lsctl_push_buffer(L, out);
}

/* process:status() -> integer (its exit status; 128 and the signal that ended it; -1 when something
 * else in this process (nginx does) has waited for it, so that nobody can tell) | nil (it runs):
 * How it ended. */
static int process_status(lua_State *L)
{
    int status;
    if (!sctl_child_status(check_child(L), &status))
        return 0;
    lua_pushinteger(L, status);
    return 1;
}

/* process:kill(): Kills it, with what it has started. */
static int process_kill(lua_State *L)
{
    sctl_child_kill(check_child(L));
    return 0;
}

/* process:leave(): Closes its output, once it has ended, and leaves alone what it has started. */
static int process_leave(lua_State *L)
{
    sctl_child_leave(check_child(L));
    return 0;
}

void lsctl_process_open(lua_State *L)
{
    static const luaL_Reg METHODS[] = {
        {"kill", process_kill}, {"leave", process_leave},
        {"read", process_read}, {"status", process_status},
        {NULL, NULL},
    };
    static const luaL_Reg METAMETHODS[] = {
        {"__gc", process_gc},
        {"__close", process_gc},
        {NULL, NULL},
    };
    lsctl_metatable(L, PROCESS, METHODS, METAMETHODS);
}
