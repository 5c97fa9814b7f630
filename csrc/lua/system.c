/* streamctl.system: what the command and some sources of credentials need of the system. All
 * functions that fail return nil, message, code, errno. */
#include "../check/lsctl.h"

#include <stdio.h>
#include <unistd.h>

#include "../core/system/file.h"
#include "../core/system/interrupt.h"
#include "../core/system/journal.h"
#include "../core/system/process.h"
#include "../core/system/terminal.h"

static const char JOURNAL[] = "streamctl.journal " SCTL_VERSION;
static const char PROCESS[] = "streamctl.process " SCTL_VERSION;

#define MAX_WORDS 200u   /* of a command: they all stand on the stack */
#define READ_SIZE 16384u /* bytes */

/* People read these messages: the code is apart. */
static int system_fail(lua_State *L, const struct sctl_err *err)
{
    lua_pushnil(L);
    lua_pushstring(L, err->message);
    lua_pushstring(L, sctl_status_name(err->status));
    lua_pushinteger(L, err->native);
    return 4;
}

static int system_result(lua_State *L, enum sctl_status status, const struct sctl_err *err)
{
    if (status != SCTL_OK)
        return system_fail(L, err);
    lua_pushboolean(L, 1);
    return 1;
}

static const char *check_path(lua_State *L, int index)
{
    size_t len;
    const char *path = luaL_checklstring(L, index, &len);
    luaL_argcheck(L, strlen(path) == len, index, "a path has no NUL in it");
    return path;
}

/* ---- signals ---- */

/* catch_signals([text]) -> true | nil, ...: Notes the first SIGINT, SIGTERM or SIGHUP, and writes
 * the text to stderr at once; SIGINT or SIGTERM after that ends the process. Forgets an earlier
 * signal. */
static int system_catch_signals(lua_State *L)
{
    struct sctl_str text = {"", 0};
    struct sctl_err err;
    if (!lua_isnoneornil(L, 1))
        text = lsctl_check_string(L, 1);
    return system_result(L, sctl_interrupt_catch(text, &err), &err);
}

/* caught_signal() -> integer | nil: The signal that was noted. */
static int system_caught_signal(lua_State *L)
{
    int number = sctl_interrupt_caught();
    if (number == 0)
        lua_pushnil(L);
    else
        lua_pushinteger(L, number);
    return 1;
}

/* default_signals() -> true | nil, ...: SIGINT, SIGTERM and SIGHUP end the process. SIGPIPE and
 * SIGXFSZ are ignored: what is written then fails instead. */
static int system_default_signals(lua_State *L)
{
    struct sctl_err err;
    return system_result(L, sctl_interrupt_default(&err), &err);
}

/* ---- journals ---- */

static struct sctl_journal *check_journal(lua_State *L)
{
    return lsctl_check(L, 1, JOURNAL);
}

/* journal(path) -> userdata | nil, ...: Opens a regular file, or makes it (0600), for one process
 * at a time. A new file outlives a loss of power. */
static int system_journal(lua_State *L)
{
    const char *path = check_path(L, 1);
    struct sctl_err err;
    lua_settop(L, 1);
    struct sctl_journal *self = lsctl_new(L, sizeof *self, JOURNAL);
    *self = sctl_journal_none();
    if (sctl_journal_open(self, path, &err) != SCTL_OK)
        return system_fail(L, &err);
    return 1;
}

/* journal:append(text) -> true | nil, ...: All of the text, or nothing. */
static int journal_append(lua_State *L)
{
    struct sctl_journal *self = check_journal(L);
    struct sctl_str text = lsctl_check_string(L, 2);
    struct sctl_err err;
    return system_result(L, sctl_journal_append(self, text, &err), &err);
}

/* journal:sync() -> true | nil, ...: After that all appended text outlives a loss of power. */
static int journal_sync(lua_State *L)
{
    struct sctl_err err;
    return system_result(L, sctl_journal_sync(check_journal(L), &err), &err);
}

/* journal:size() -> integer (bytes) | nil, ... */
static int journal_size(lua_State *L)
{
    uint64_t size;
    struct sctl_err err;
    if (sctl_journal_size(check_journal(L), &size, &err) != SCTL_OK)
        return system_fail(L, &err);
    lsctl_push_integer(L, size);
    return 1;
}

/* journal:cut(bytes) -> true | nil, ...: Keeps the first bytes. */
static int journal_cut(lua_State *L)
{
    struct sctl_journal *self = check_journal(L);
    lua_Number size = luaL_checknumber(L, 2);
    struct sctl_err err;
    luaL_argcheck(
        L, size >= 0 && size <= (lua_Number)SCTL_MAX_NUMBER && (lua_Number)(uint64_t)size == size,
        2, "a whole number of bytes");
    return system_result(L, sctl_journal_cut(self, (uint64_t)size, &err), &err);
}

/* journal:share() -> true | nil, ...: Everybody may read it then (0644). */
static int journal_share(lua_State *L)
{
    struct sctl_err err;
    return system_result(L, sctl_journal_share(check_journal(L), &err), &err);
}

/* journal:close(): Ends the lock, too; twice is fine. The collector does the same. */
static int journal_close(lua_State *L)
{
    sctl_journal_close(check_journal(L));
    return 0;
}

/* ---- terminals and folders ---- */

/* terminal(fd) -> integer (columns; 0: unknown), boolean (this process is a background job),
 * integer (rows; 0: unknown) | nil: Whether stdin, stdout or stderr is a terminal. */
static int system_terminal(lua_State *L)
{
    lua_Integer fd = luaL_checkinteger(L, 1);
    int rows;
    luaL_argcheck(L, fd >= 0 && fd <= 2, 1, "must be 0, 1 or 2");
    int columns = sctl_terminal_size((int)fd, &rows);
    if (columns == SCTL_NO_TERMINAL) {
        lua_pushnil(L);
        return 1;
    }
    lua_pushinteger(L, columns);
    lua_pushboolean(L, sctl_terminal_is_behind((int)fd));
    lua_pushinteger(L, rows);
    return 3;
}

/* is_left(fd) -> boolean: Whether the reader of stdout or stderr has gone. */
static int system_is_left(lua_State *L)
{
    lua_Integer fd = luaL_checkinteger(L, 1);
    luaL_argcheck(L, fd >= 0 && fd <= 2, 1, "must be 0, 1 or 2");
    lua_pushboolean(L, sctl_terminal_is_left((int)fd));
    return 1;
}

/* reserve_streams() -> true | nil, ...: Opens /dev/null for each of stdin, stdout and stderr that
 * is closed. Otherwise a file that is opened later would get their output. */
static int system_reserve_streams(lua_State *L)
{
    struct sctl_err err;
    return system_result(L, sctl_terminal_reserve(&err), &err);
}

/* make_folder(path) -> true | nil, ...: Makes a folder, and those above it, with the mode 0700. */
static int system_make_folder(lua_State *L)
{
    struct sctl_err err;
    return system_result(L, sctl_folder_make(check_path(L, 1), &err), &err);
}

/* file_stamp(path) -> string | nil, ...: Another text once somebody has written to the file, or put
 * another in its place. */
static int system_file_stamp(lua_State *L)
{
    const char *path = check_path(L, 1);
    char stamp[SCTL_FILE_STAMP];
    struct sctl_err err;
    if (sctl_file_stamp(path, stamp, &err) != SCTL_OK)
        return lsctl_fail(L, &err);
    lua_pushstring(L, stamp);
    return 1;
}

/* file_mode(path) -> integer (0600 is 384), boolean (a regular file), boolean (the user's own, or
 * root's) | nil, ...: Follows links. */
static int system_file_mode(lua_State *L)
{
    const char *path = check_path(L, 1);
    unsigned mode;
    bool is_regular, is_ours;
    struct sctl_err err;
    if (sctl_file_mode(path, &mode, &is_regular, &is_ours, &err) != SCTL_OK)
        return lsctl_fail(L, &err);
    lua_pushinteger(L, (lua_Integer)mode);
    lua_pushboolean(L, is_regular);
    lua_pushboolean(L, is_ours);
    return 3;
}

/* ---- programs ---- */

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
    size_t count = lsctl_length(L, index);
    luaL_argcheck(L, count >= 1 && count <= MAX_WORDS, index, "from 1 to 200 words");
    luaL_checkstack(L, (int)count + 2, "too many words");
    char **words = lua_newuserdata(L, (count + 1) * sizeof *words);
    for (size_t i = 0; i < count; i++) {
        lua_rawgeti(L, index, (int)i + 1);
        if (lua_type(L, -1) != LUA_TSTRING)
            luaL_error(L, "a command must hold strings only");
        struct sctl_str word = lsctl_string(L, -1);
        if (strlen(word.data) != word.len)
            luaL_error(L, "a word of a command holds a NUL");
        words[i] = (char *)(uintptr_t)word.data; /* which posix_spawn does not change */
    }
    words[count] = NULL;
    return words;
}

/* spawn(words) -> userdata | nil, ...: Starts a program without a shell, in a process group of its
 * own. It reads nothing, and its complaints go nowhere. The collector kills it. */
static int system_spawn(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    struct sctl_child *self = lsctl_new(L, sizeof *self, PROCESS); /* 2 */
    *self = sctl_child_none();
    char **words = push_words(L, 1);
    struct sctl_err err;
    if (sctl_child_start(self, words, &err) != SCTL_OK)
        return lsctl_fail(L, &err);
    lua_settop(L, 2);
    return 1;
}

/* exec(words) -> nil, message, code, errno: Replaces this process by a program, which keeps the
 * process id, the files and the environment. Returns only after a failure. */
static int system_exec(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    char **words = push_words(L, 1);
    struct sctl_err err;
    (void)fflush(NULL);
    if (words[0] != NULL) /* as push_words has seen to */
        (void)execvp(words[0], words);
    return system_result(
        L, sctl_fail(&err, SCTL_E_SYSTEM, errno, "cannot start %s: %s", words[0], strerror(errno)),
        &err);
}

/* process:read() -> string | nil (the end) | nil, message, code: New output, "" when there is none
 * yet. The end comes when all that have the output have closed it. */
static int process_read(lua_State *L)
{
    struct sctl_child *self = check_child(L);
    struct sctl_buf *out = lsctl_buffer(L, READ_SIZE); /* which is wiped */
    char *room = sctl_buf_reserve(out, READ_SIZE);
    if (room == NULL)
        return lsctl_push_buffer(L, out);
    ssize_t got = sctl_child_read(self, room, READ_SIZE);
    if (got == SCTL_CHILD_OVER)
        return 0;
    out->len = (size_t)got;
    return lsctl_push_buffer(L, out);
}

/* process:status() -> integer | nil (it runs): As a shell has it; -1 when nginx waited for it. */
static int process_status(lua_State *L)
{
    int status;
    if (!sctl_child_status(check_child(L), &status))
        return 0;
    lua_pushinteger(L, status);
    return 1;
}

/* process:kill(): Kills the program, and what it has started. */
static int process_kill(lua_State *L)
{
    sctl_child_kill(check_child(L));
    return 0;
}

/* process:leave(): Closes the output of a program that ended, and leaves what it has started. */
static int process_leave(lua_State *L)
{
    sctl_child_leave(check_child(L));
    return 0;
}

LSCTL_OPEN(luaopen_streamctl_system)
{
    static const luaL_Reg FUNCTIONS[] = {
        {"catch_signals", system_catch_signals},
        {"caught_signal", system_caught_signal},
        {"default_signals", system_default_signals},
        {"exec", system_exec},
        {"file_mode", system_file_mode},
        {"file_stamp", system_file_stamp},
        {"is_left", system_is_left},
        {"journal", system_journal},
        {"make_folder", system_make_folder},
        {"reserve_streams", system_reserve_streams},
        {"spawn", system_spawn},
        {"terminal", system_terminal},
        {NULL, NULL},
    };
    static const luaL_Reg JOURNAL_METHODS[] = {
        {"append", journal_append}, {"close", journal_close},
        {"cut", journal_cut},       {"share", journal_share},
        {"size", journal_size},     {"sync", journal_sync},
        {"__gc", journal_close},    {NULL, NULL},
    };
    static const luaL_Reg PROCESS_METHODS[] = {
        {"kill", process_kill},     {"leave", process_leave}, {"read", process_read},
        {"status", process_status}, {"__gc", process_gc},     {NULL, NULL},
    };
    lsctl_metatable(L, JOURNAL, JOURNAL_METHODS);
    lsctl_metatable(L, PROCESS, PROCESS_METHODS);
    lsctl_library(L, FUNCTIONS);
    return 1;
}
