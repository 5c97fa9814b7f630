/* What the command and some sources of credentials need of the system: signals, journals,
 * terminals, folders, files and programs. */
#include "process.h"

#include <string.h>

#include "../core/system/file.h"
#include "../core/system/interrupt.h"
#include "../core/system/journal.h"
#include "../core/system/terminal.h"

static const char JOURNAL[] = "streamctl.journal " SCTL_VERSION;

/* People read these messages: the code is apart. */
static int fail(lua_State *L, const struct sctl_err *err)
{
    lua_pushnil(L);
    lua_pushstring(L, err->message);
    lua_pushstring(L, sctl_status_name(err->status));
    lua_pushinteger(L, err->native);
    return 4;
}

static int result(lua_State *L, enum sctl_status status, const struct sctl_err *err)
{
    if (status != SCTL_OK)
        return fail(L, err);
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

/* catch_signals([text]) -> boolean (true) | nil, message, code, errno: From now on the first SIGINT
 * or SIGTERM is noted, and a second one of either kind ends the process. A text is written to
 * stderr at once then, whatever the program does. Forgets what was noted. It ends sleeps early, and
 * ignores what `default_signals` ignores. For programs: what signals do belongs to the whole
 * process. text: its first 128 bytes. */
static int system_catch_signals(lua_State *L)
{
    struct sctl_str text = {"", 0};
    struct sctl_err err;
    if (!lua_isnoneornil(L, 1))
        text = lsctl_check_string(L, 1);
    return result(L, sctl_interrupt_catch(text, &err), &err);
}

/* caught_signal() -> integer|nil (1, 2 or 15, for SIGHUP, SIGINT or SIGTERM; nil: none): The signal
 * that was noted. */
static int system_caught_signal(lua_State *L)
{
    int number = sctl_interrupt_caught();
    if (number == 0)
        lua_pushnil(L);
    else
        lua_pushinteger(L, number);
    return 1;
}

/* default_signals() -> boolean (true) | nil, message, code, errno: SIGINT ends the process, which
 * `lua` would let end in an error; after `catch_signals` SIGTERM and SIGHUP do so again as well.
 * SIGPIPE and SIGXFSZ are ignored: writing to a reader that went away, or beyond the limit on the
 * size of files, fails instead. */
static int system_default_signals(lua_State *L)
{
    struct sctl_err err;
    return result(L, sctl_interrupt_default(&err), &err);
}

/* ---- journals ---- */

static struct sctl_journal *check_journal(lua_State *L)
{
    return lsctl_check(L, 1, JOURNAL);
}

/* journal(path) -> userdata (journal) | nil, message, code ("invalid_parameter": it is no regular
 * file), errno: Opens a file that records are appended to, or makes it, for its owner only (0600).
 * One process at a time has it; the lock ends with the process, however that ends. A file that is
 * new outlives a loss of power. Failures of its methods are nil, message, code, errno as well.
 * path: of a regular file, and no link. */
static int system_journal(lua_State *L)
{
    const char *path = check_path(L, 1);
    struct sctl_journal *self;
    struct sctl_err err;
    lua_settop(L, 1);
    self = lsctl_new(L, sizeof *self, JOURNAL);
    *self = sctl_journal_none();
    if (sctl_journal_open(self, path, &err) != SCTL_OK)
        return fail(L, &err);
    return 1;
}

/* journal:append(text) -> boolean|nil (true): Appends a text: all of it or, when the disk is full
 * or fails, nothing. */
static int journal_append(lua_State *L)
{
    struct sctl_journal *self = check_journal(L);
    struct sctl_str text = lsctl_check_string(L, 2);
    struct sctl_err err;
    return result(L, sctl_journal_append(self, text, &err), &err);
}

/* journal:sync() -> boolean|nil (true): Waits until all that was appended outlives a loss of
 * power. */
static int journal_sync(lua_State *L)
{
    struct sctl_err err;
    return result(L, sctl_journal_sync(check_journal(L), &err), &err);
}

/* journal:size() -> integer|nil (bytes): How long it is. */
static int journal_size(lua_State *L)
{
    uint64_t size;
    struct sctl_err err;
    if (sctl_journal_size(check_journal(L), &size, &err) != SCTL_OK)
        return fail(L, &err);
    lsctl_push_whole(L, size);
    return 1;
}

/* journal:cut(bytes) -> boolean|nil (true): Cuts off what is behind its first bytes. bytes: that
 * stay. */
static int journal_cut(lua_State *L)
{
    struct sctl_journal *self = check_journal(L);
    lua_Number size = luaL_checknumber(L, 2);
    struct sctl_err err;
    luaL_argcheck(
        L, size >= 0 && size <= (lua_Number)SCTL_MAX_NUMBER && (lua_Number)(uint64_t)size == size,
        2, "a whole number of bytes");
    return result(L, sctl_journal_cut(self, (uint64_t)size, &err), &err);
}

/* journal:close(): Ends the lock and closes it; twice is fine. The collector does it as well. */
static int journal_close(lua_State *L)
{
    sctl_journal_close(check_journal(L));
    return 0;
}

/* ---- terminals and folders ---- */

/* terminal(fd) -> integer|nil (its columns; 0 when it does not say; nil when it is none),
 * boolean|nil (whether this process is in its background, as a job of a shell): Whether a
 * descriptor is a terminal. fd: 0, 1 or 2. */
static int system_terminal(lua_State *L)
{
    lua_Integer fd = luaL_checkinteger(L, 1);
    int columns;
    luaL_argcheck(L, fd >= 0 && fd <= 2, 1, "must be 0, 1 or 2");
    columns = sctl_terminal_columns((int)fd);
    if (columns == SCTL_NO_TERMINAL) {
        lua_pushnil(L);
        return 1;
    }
    lua_pushinteger(L, columns);
    lua_pushboolean(L, sctl_terminal_is_behind((int)fd));
    return 2;
}

/* reserve_streams() -> boolean (true) | nil, message, code, errno: Takes those of stdin, stdout and
 * stderr that whoever started the program has closed, so that no file that is opened later gets
 * what is written there. They fail as before. */
static int system_reserve_streams(lua_State *L)
{
    struct sctl_err err;
    return result(L, sctl_terminal_reserve(&err), &err);
}

/* make_folder(path) -> boolean (true it is there) | nil, message, code, errno: Makes a folder with
 * those above it, each that is made for its owner only (0700). */
static int system_make_folder(lua_State *L)
{
    struct sctl_err err;
    return result(L, sctl_folder_make(check_path(L, 1), &err), &err);
}

/* file_stamp(path) -> string | nil, message, code, errno: What tells whether a file is still the
 * one that was read: another text once somebody has written to it or put another one in its place.
 * Links are followed. */
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

/* file_mode(path) -> integer (the bits of chmod: 384, which is 0600, for its owner only), boolean
 * (whether it is a regular file) | nil, message, code, errno: Who may read and write a file, or
 * what is in a folder. Links are followed. */
static int system_file_mode(lua_State *L)
{
    const char *path = check_path(L, 1);
    unsigned mode;
    bool is_regular;
    struct sctl_err err;
    if (sctl_file_mode(path, &mode, &is_regular, &err) != SCTL_OK)
        return lsctl_fail(L, &err);
    lua_pushinteger(L, (lua_Integer)mode);
    lua_pushboolean(L, is_regular);
    return 2;
}

LSCTL_EXPORT int luaopen_streamctl_system(lua_State *L);

LSCTL_EXPORT int luaopen_streamctl_system(lua_State *L)
{
    static const luaL_Reg FUNCTIONS[] = {
        {"catch_signals", system_catch_signals},
        {"caught_signal", system_caught_signal},
        {"default_signals", system_default_signals},
        {"file_mode", system_file_mode},
        {"file_stamp", system_file_stamp},
        {"journal", system_journal},
        {"make_folder", system_make_folder},
        {"reserve_streams", system_reserve_streams},
        {"spawn", lsctl_process_spawn},
        {"terminal", system_terminal},
        {NULL, NULL},
    };
    static const luaL_Reg METHODS[] = {
        {"append", journal_append}, {"close", journal_close}, {"cut", journal_cut},
        {"size", journal_size},     {"sync", journal_sync},   {NULL, NULL},
    };
    static const luaL_Reg METAMETHODS[] = {
        {"__gc", journal_close},
        {"__close", journal_close},
        {NULL, NULL},
    };
#if LUA_VERSION_NUM >= 502
    luaL_checkversion(L);
#endif
    lsctl_pin();
    lsctl_metatable(L, JOURNAL, METHODS, METAMETHODS);
    lsctl_process_open(L);
    lsctl_library(L, FUNCTIONS);
    return 1;
}
