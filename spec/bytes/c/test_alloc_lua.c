/* Out of memory under Lua: the n-th allocation of Lua's, or of the core's under it, fails, n rising
 * until nothing fails any more. The scenarios are in alloc_lua.lua. Whatever happens: no crash, an
 * error that says so, no leak, and the same state does its work right afterwards. */
#include "check.h"
#include "server.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdatomic.h>

#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>

int luaopen_streamctl_core(lua_State *L);
int luaopen_streamctl_engine(lua_State *L);
int luaopen_streamctl_system(lua_State *L);

/* lua-cjson leaks its buffer when Lua has no memory for what it decodes into. */
#define EXPORT __attribute__((visibility("default")))
EXPORT const char *__lsan_default_suppressions(void);
EXPORT const char *__lsan_default_options(void);

const char *__lsan_default_suppressions(void)
{
    return "leak:cjson.so\n";
}

const char *__lsan_default_options(void)
{
    return "print_suppressions=0";
}

static struct {
    bool armed;
    long fail_at, calls;
    long in_a_row; /* how many fail: after the first one Lua collects and tries again */
    long live;
} lua_memory;

static bool lua_fails(void)
{
    if (!lua_memory.armed)
        return false;
    lua_memory.calls++;
    return lua_memory.calls >= lua_memory.fail_at &&
           lua_memory.calls - lua_memory.fail_at < lua_memory.in_a_row;
}

/* Blocks always move. To become smaller never fails, as Lua expects. */
static void *lua_alloc(void *context, void *old, size_t old_size, size_t size)
{
    void *block;
    (void)context;
    if (old == NULL)
        old_size = 0; /* it is the kind of the object */
    if (size > old_size && lua_fails())
        return NULL;
    block = size > 0 ? malloc(size) : NULL;
    if (size > 0 && block == NULL)
        return NULL;
    lua_memory.live += (size > 0) - (old != NULL);
    if (block != NULL && old != NULL)
        memcpy(block, old, old_size < size ? old_size : size);
    free(old);
    return block;
}

static struct server server;
static atomic_bool stopped;

static void *serve(void *context)
{
    (void)context;
    while (!atomic_load(&stopped)) {
        struct pollfd fds[SERVER_CONNECTIONS + 1];
        nfds_t count = 0;
        int i;
        fds[count++] = (struct pollfd){server.listener, POLLIN, 0};
        for (i = 0; i < SERVER_CONNECTIONS; i++) {
            if (server.connections[i].fd >= 0)
                fds[count++] = (struct pollfd){server.connections[i].fd, POLLIN, 0};
        }
        (void)poll(fds, count, 50);
        server_pump(&server);
    }
    return NULL;
}

static char store[] = "/tmp/streamctl-alloc-XXXXXX";

static void preload(lua_State *L, const char *name, lua_CFunction open)
{
    lua_getglobal(L, "package");
    lua_getfield(L, -1, "preload");
    lua_pushcfunction(L, open);
    lua_setfield(L, -2, name);
    lua_pop(L, 2);
}

/* Stays loaded, so that its leak is known by its name. */
static void keep_cjson(lua_State *L)
{
    if (luaL_dostring(L, "return package.searchpath('cjson', package.cpath)") == LUA_OK &&
        lua_isstring(L, -1))
        (void)dlopen(lua_tostring(L, -1), RTLD_NOW | RTLD_NODELETE);
    lua_settop(L, 1);
}

/* Leaves the table of scenarios at index 1. */
static lua_State *new_state(void)
{
    lua_State *L = lua_newstate(lua_alloc, NULL);
    if (L == NULL)
        return NULL;
    luaL_openlibs(L);
    preload(L, "streamctl.core", luaopen_streamctl_core);
    preload(L, "streamctl.engine", luaopen_streamctl_engine);
    preload(L, "streamctl.system", luaopen_streamctl_system);
    if (luaL_dostring(L, "package.path = 'lua/?.lua;lua/?/init.lua;' .. package.path") ||
        luaL_loadfile(L, "spec/bytes/c/alloc_lua.lua")) {
        printf("%s\n", lua_tostring(L, -1));
        lua_close(L);
        return NULL;
    }
    lua_pushstring(L, server.url);
    lua_pushstring(L, store);
    if (lua_pcall(L, 2, 1, 0) != LUA_OK) {
        printf("%s\n", lua_tostring(L, -1));
        lua_close(L);
        return NULL;
    }
    keep_cjson(L);
    return L;
}

/* Runs a scenario; what it returned is left at index 2, and what it said at 3. */
static int run(lua_State *L, const char *name)
{
    int status;
    lua_settop(L, 1);
    lua_getfield(L, 1, name);
    status = lua_pcall(L, 0, 2, 0);
    if (status != LUA_OK)
        lua_pushnil(L), lua_insert(L, 2);
    return status;
}

/* All that was short of memory says so. */
static bool is_short(lua_State *L, int status)
{
    const char *message = lua_tostring(L, 3);
    if (status == LUA_ERRMEM)
        return true;
    /* a text that cannot be redacted is not shown */
    return lua_isnil(L, 2) && message != NULL &&
           (strstr(message, "memory") != NULL || strstr(message, ": ***") != NULL);
}

static void check_clean(lua_State *L, const char *name, int wanted)
{
    int status = run(L, name);
    CHECK(status == LUA_OK && lua_rawequal(L, 2, 1) == 0);
    lua_rawgeti(L, LUA_REGISTRYINDEX, wanted);
    if (!lua_rawequal(L, 2, -1)) {
        CHECK(false && "the same result as ever");
        printf("  %s\n", lua_tostring(L, 3));
    }
}

struct sweep {
    const char *name;
    bool in_core; /* the core's allocator, else Lua's */
    long in_a_row;
};

static void arm(const struct sweep *sweep, long n)
{
    memory.calls = lua_memory.calls = 0;
    memory.fail_at = lua_memory.fail_at = n;
    memory.for_good = sweep->in_a_row > 1;
    lua_memory.in_a_row = sweep->in_a_row;
    memory.armed = sweep->in_core;
    lua_memory.armed = !sweep->in_core;
}

static long disarm(const struct sweep *sweep)
{
    memory.armed = lua_memory.armed = false;
    memory.for_good = false;
    return sweep->in_core ? memory.calls : lua_memory.calls;
}

/* Returns how many allocations there were when none failed. Large n are not all tried. */
static long sweep_through(lua_State *L, const struct sweep *sweep, int wanted)
{
    long n, calls;
    for (n = 1;; n += 1 + n / 200) {
        bool bad = check.bad, fine;
        int status;
        arm(sweep, n);
        status = run(L, sweep->name);
        calls = disarm(sweep);
        lua_rawgeti(L, LUA_REGISTRYINDEX, wanted);
        fine = status == LUA_OK && lua_rawequal(L, 2, -1);
        CHECK(fine || is_short(L, status));
        if (!fine && !is_short(L, status))
            printf("  %s\n", luaL_tolstring(L, 3, NULL));
        if (calls < n)
            CHECK(fine);
        lua_settop(L, 1);
        (void)lua_gc(L, LUA_GCCOLLECT); /* engines that were left behind hold connections */
        check_clean(L, sweep->name, wanted);
        if (check.bad && !bad)
            printf("  %s: when allocation %ld of %s failed, %ld in a row\n", sweep->name, n,
                   sweep->in_core ? "the core" : "Lua", sweep->in_a_row);
        if (calls < n || check.bad)
            return calls;
    }
}

static void try_all(const char *name, bool in_core, long at_least)
{
    static const long IN_A_ROW[] = {1, 2, 1000000};
    struct sweep sweep = {name, in_core, 1};
    lua_State *L = new_state();
    size_t i;
    int wanted;
    REQUIRE(L != NULL);
    CHECK_INT(LUA_OK, run(L, name)); /* what is loaded and kept for good is made now */
    CHECK_INT(LUA_OK, run(L, name));
    CHECK(!lua_isnil(L, 2));
    if (lua_isnil(L, 2))
        printf("  %s\n", lua_tostring(L, 3));
    lua_pushvalue(L, 2);
    wanted = luaL_ref(L, LUA_REGISTRYINDEX);
    for (i = 0; i < LENGTH(IN_A_ROW) && !check.bad; i++) {
        sweep.in_a_row = IN_A_ROW[i];
        CHECK(sweep_through(L, &sweep, wanted) >= at_least);
    }
    lua_close(L);
    CHECK_INT(0, lua_memory.live);
    CHECK_INT(0, memory.live);
}

/* All that the metatables of the modules hold, by name. */
static const char METATABLES[] =
    "local found = {}\n"
    "for name, metatable in pairs(debug.getregistry()) do\n"
    "  if type(name) == 'string' and name:find('^streamctl') then\n"
    "    for key, value in pairs(metatable) do\n"
    "      found[#found + 1] = name .. '.' .. key .. ':' .. type(value)\n"
    "      for method in pairs(type(value) == 'table' and value or {}) do\n"
    "        found[#found + 1] = name .. '.' .. key .. '.' .. method\n"
    "      end\n"
    "    end\n"
    "  end\n"
    "end\n"
    "table.sort(found)\n"
    "return table.concat(found, ' ')\n";

static int open_module(lua_State *L, lua_CFunction module)
{
    int status;
    lua_pushcfunction(L, module);
    status = lua_pcall(L, 0, 1, 0);
    CHECK(status == LUA_OK ? lua_istable(L, -1) : status == LUA_ERRMEM);
    lua_pop(L, 1);
    return status;
}

/* Opens a module in a new state, in which the n-th allocation fails, and again with memory: what
 * the first time has left behind must not last. Leaves the text of METATABLES in `out`. Returns
 * whether an allocation failed. */
static bool open_short(lua_CFunction module, long n, long in_a_row, char *out, size_t size)
{
    const struct sweep sweep = {"", false, in_a_row};
    lua_State *L = lua_newstate(lua_alloc, NULL);
    bool failed;
    if (!check_that(L != NULL, __FILE__, __LINE__, "a state"))
        return false;
    luaL_openlibs(L);
    arm(&sweep, n);
    (void)open_module(L, module);
    failed = disarm(&sweep) >= n;
    CHECK_INT(LUA_OK, open_module(L, module));
    CHECK_INT(LUA_OK, luaL_dostring(L, METATABLES));
    (void)snprintf(out, size, "%s", lua_tostring(L, -1));
    lua_close(L);
    CHECK_INT(0, lua_memory.live);
    return failed;
}

static void open_runs_short(lua_CFunction module, long at_least)
{
    static const long IN_A_ROW[] = {1, 2, 1000000};
    char whole[8192], found[sizeof whole];
    size_t i;
    CHECK(!open_short(module, 1000000, 1, whole, sizeof whole));
    CHECK(strlen(whole) > 100 && strlen(whole) < sizeof whole - 1);
    for (i = 0; i < LENGTH(IN_A_ROW); i++) {
        long n = 1;
        while (!check.bad && open_short(module, n, IN_A_ROW[i], found, sizeof found)) {
            CHECK_STR(whole, str(found));
            n++;
        }
        CHECK(n > at_least);
    }
}

TEST(opening_runs_short)
{
    open_runs_short(luaopen_streamctl_core, 40);
    open_runs_short(luaopen_streamctl_engine, 20);
    open_runs_short(luaopen_streamctl_system, 15);
}

TEST(the_keys_of_addresses_are_wiped)
{
    lua_State *L = new_state();
    REQUIRE(L != NULL);
    memory.secret = "a key";
    memory.spilled = 0;
    CHECK_INT(LUA_OK, run(L, "addresses"));
    lua_close(L);
    CHECK_INT(0, memory.spilled);
    memory.secret = NULL;
}

/* What is tried: how many allocations must have failed in Lua, and in the core (0: not tried). */
static const struct {
    const char *scenario;
    long at_least[2];
} SWEEPS[] = {
    {"sign", {40, 10}},     {"sign_bodies", {40, 10}}, {"decode", {10, 0}},
    {"refuse", {100, 0}},   {"operations", {100, 10}}, {"renew", {10, 10}},
    {"plain", {5, 4}},      {"spawn", {4, 1}},         {"tokens", {20, 2}},
    {"addresses", {10, 1}}, {"webhooks", {20, 4}},     {"transfer", {30, 20}},
    {"store", {8, 1}},      {"memory", {10, 4}},       {"stamp_request", {10, 2}},
    {"batch", {200, 5}},
};

static size_t tried;
static bool in_core;

static void sweep(void)
{
    try_all(SWEEPS[tried].scenario, in_core, SWEEPS[tried].at_least[in_core]);
}

static void run_sweeps(void)
{
    char name[64];
    for (tried = 0; tried < LENGTH(SWEEPS); tried++) {
        for (int core = 0; core < 2; core++) {
            in_core = core == 1;
            (void)snprintf(name, sizeof name, "%s runs short in %s", SWEEPS[tried].scenario,
                           in_core ? "the core" : "Lua");
            if (SWEEPS[tried].at_least[core] > 0)
                check_run(name, sweep);
        }
    }
}

int main(void)
{
    pthread_t thread;
    int fd = mkstemp(store);
    check_limit(240);
    check.test = "main";
    server_start(&server);
    server.answer = ANSWER("HTTP/1.1 200 OK\r\nContent-Length: 44\r\n\r\n"
                           "{\"Code\":0,\"Message\":\"\",\"RequestId\":\"123456\"}",
                           SERVER_KEEP);
    if (fd < 0 || pthread_create(&thread, NULL, serve, NULL) != 0) {
        perror("test_alloc_lua");
        return 1;
    }
    check_tests();
    run_sweeps();
    atomic_store(&stopped, true);
    (void)pthread_join(thread, NULL);
    server_stop(&server);
    (void)close(fd);
    (void)unlink(store);
    return check_report();
}
