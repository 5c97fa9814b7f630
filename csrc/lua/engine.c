/* The transfer engine: many HTTP requests at once, for any event loop. */
#include "lsctl.h"

#include <math.h>
#include <string.h>

#include "../core/send/engine.h"

/* ---- endpoint ---- */

struct endpoint {
    struct sctl_endpoint *endpoint;
};

/* endpoint(options) -> userdata (endpoint) | nil, message, code: Where requests go, and on what
 * terms. options: `url` ("https://host[:port]"), `ca_file`, `ca_path`, `insecure` (verify nothing),
 * `proxy`, `proxy_from_env`, `user_agent`, `max_response` (bytes). */
static int endpoint_new(lua_State *L)
{
    struct sctl_endpoint_options options;
    struct endpoint *self;
    struct sctl_err err;
    lua_Number max_response;
    luaL_checktype(L, 1, LUA_TTABLE);
    options.url = lsctl_field(L, 1, "url");
    options.ca_file = lsctl_field(L, 1, "ca_file");
    options.ca_path = lsctl_field(L, 1, "ca_path");
    options.insecure = lsctl_flag(L, 1, "insecure");
    options.proxy = lsctl_field(L, 1, "proxy");
    options.proxy_from_env = lsctl_flag(L, 1, "proxy_from_env");
    options.user_agent = lsctl_field(L, 1, "user_agent");
    max_response = lsctl_number(L, 1, "max_response", NAN);
    luaL_argcheck(L, max_response >= 1 && max_response <= 1073741824.0, 1,
                  "max_response must be from 1 to 2^30");
    options.max_response = (size_t)max_response;
    self = lsctl_new(L, sizeof *self, LSCTL_ENDPOINT);
    self->endpoint = sctl_endpoint_new(&options, &err);
    return self->endpoint != NULL ? 1 : lsctl_fail(L, &err);
}

static int endpoint_gc(lua_State *L)
{
    struct endpoint *self = lsctl_check(L, 1, LSCTL_ENDPOINT);
    sctl_endpoint_unref(self->endpoint);
    self->endpoint = NULL;
    return 0;
}

static int endpoint_tostring(lua_State *L)
{
    struct endpoint *self = lsctl_check(L, 1, LSCTL_ENDPOINT);
    lua_pushfstring(L, "streamctl.endpoint: %s",
                    self->endpoint != NULL ? self->endpoint->url : "closed");
    return 1;
}

/* ---- engine ---- */

struct engine {
    struct sctl_engine *engine;
    struct sctl_result *results; /* an error interrupted their hand-over */
    struct sctl_result *pushed;  /* what push_result() is to push */
};

/* Each shared object has names of types of its own: what core.so calls a request is learnt from the
 * first one. */
static struct lsctl_request *check_request(lua_State *L, int index)
{
    static const char *type = LSCTL_REQUEST;
    struct lsctl_request *self = lsctl_check(L, index, type);
    if (type == LSCTL_REQUEST)
        type = lsctl_type(L, index);
    return self;
}

static struct engine *check_engine(lua_State *L)
{
    struct engine *self = lsctl_check(L, 1, LSCTL_ENGINE);
    if (self->engine == NULL)
        luaL_error(L, "the engine is closed and gone");
    return self;
}

/* new([max_in_flight]) -> userdata (engine) | nil, message, code: Makes an engine. max_in_flight:
 * requests that run at a time, 1 to 1000. */
static int engine_new(lua_State *L)
{
    lua_Integer max_in_flight = luaL_optinteger(L, 1, 64);
    struct engine *self;
    struct sctl_err err;
    luaL_argcheck(L, max_in_flight >= 1 && max_in_flight <= 1000, 1,
                  "max_in_flight must be from 1 to 1000");
    self = lsctl_new(L, sizeof *self, LSCTL_ENGINE);
    self->engine = sctl_engine_new((unsigned)max_in_flight, &err);
    return self->engine != NULL ? 1 : lsctl_fail(L, &err);
}

static int engine_gc(lua_State *L)
{
    struct engine *self = lsctl_check(L, 1, LSCTL_ENGINE);
    sctl_engine_free(self->engine);
    self->engine = NULL;
    while (self->results != NULL) {
        struct sctl_result *next = self->results->next;
        sctl_result_free(self->results);
        self->results = next;
    }
    return 0;
}

static int engine_tostring(lua_State *L)
{
    struct engine *self = lsctl_check(L, 1, LSCTL_ENGINE);
    if (self->engine == NULL || sctl_engine_pollfd(self->engine) < 0) {
        lua_pushliteral(L, "streamctl.engine: closed");
    } else {
        struct sctl_engine_counts counts = sctl_engine_count(self->engine);
        lua_pushfstring(L, "streamctl.engine: %d running, %d queued", (int)counts.running,
                        (int)counts.queued);
    }
    return 1;
}

/* engine:submit(request, endpoint, timeout, connect_timeout) -> integer (id) | nil, message, code:
 * Hands a request over with the number that it has now. It is signed when its turn comes. request:
 * of streamctl.core; timeout: seconds from now to the end; connect_timeout: seconds for name,
 * connection and TLS. */
static int engine_submit(lua_State *L)
{
    struct engine *self = check_engine(L);
    struct lsctl_request *request = check_request(L, 2);
    struct endpoint *endpoint = lsctl_check(L, 3, LSCTL_ENDPOINT);
    struct sctl_limits limits = {luaL_checknumber(L, 4), luaL_checknumber(L, 5)};
    struct sctl_err err;
    uint64_t id;
    luaL_argcheck(L, request->request != NULL, 2, "the request was collected");
    luaL_argcheck(L, endpoint->endpoint != NULL, 3, "the endpoint is closed");
    if (sctl_engine_submit(self->engine, request->request, request->sequence, endpoint->endpoint,
                           limits, &id, &err) != SCTL_OK)
        return lsctl_fail(L, &err);
    lsctl_push_whole(L, id);
    return 1;
}

/* engine:step() -> boolean (true) | nil, message, code: Moves bytes; never blocks. */
static int engine_step(lua_State *L)
{
    struct engine *self = check_engine(L);
    struct sctl_err err;
    return lsctl_result(L, sctl_engine_step(self->engine, &err), &err);
}

/* engine:wait(seconds) -> boolean (true) | nil, message, code: Starts what can start, waits until
 * something may have happened and moves bytes. A signal ends the wait early. seconds: at most. */
static int engine_wait(lua_State *L)
{
    struct engine *self = check_engine(L);
    struct sctl_err err;
    lua_Number seconds = luaL_checknumber(L, 2);
    luaL_argcheck(L, !isnan(seconds), 2, "seconds is not a number");
    return lsctl_result(L, sctl_engine_wait(self->engine, seconds, &err), &err);
}

/* engine:timeout() -> number (seconds; 0: now) | nil (no need): When to step at the latest. */
static int engine_timeout(lua_State *L)
{
    double seconds = sctl_engine_timeout(check_engine(L)->engine);
    if (seconds < 0)
        lua_pushnil(L);
    else
        lua_pushnumber(L, seconds);
    return 1;
}

/* engine:pollfd() -> integer | nil (the engine is closed): A descriptor that is readable when there
 * is work. */
static int engine_pollfd(lua_State *L)
{
    int fd = sctl_engine_pollfd(check_engine(L)->engine);
    if (fd < 0)
        lua_pushnil(L);
    else
        lua_pushinteger(L, fd);
    return 1;
}

/* engine:alarm([seconds]) -> boolean (true) | nil, message, code: Makes the descriptor readable
 * also when a time has passed, until a step after that; for loops that have no timers. Each alarm
 * takes the place of the one before. seconds: nil: no alarm. */
static int engine_alarm(lua_State *L)
{
    struct engine *self = check_engine(L);
    struct sctl_err err;
    lua_Number seconds = luaL_optnumber(L, 2, -1);
    luaL_argcheck(L, !isnan(seconds), 2, "seconds is not a number");
    if (!lua_isnoneornil(L, 2) && seconds < 0)
        seconds = 0;
    return lsctl_result(L, sctl_engine_alarm(self->engine, seconds, &err), &err);
}

/* engine:events() -> string ("r"): What to poll the descriptor for. */
static int engine_events(lua_State *L)
{
    (void)check_engine(L);
    lua_pushliteral(L, "r");
    return 1;
}

static void set_text(lua_State *L, const char *name, const struct sctl_buf *buf)
{
    lsctl_push_text(L, sctl_buf_str(buf));
    lua_setfield(L, -2, name);
}

/* Takes the engine, and pushes the result that it holds ready. */
static int push_result(lua_State *L)
{
    /* first of all: a finalizer may have others pushed as soon as something is allocated */
    const struct sctl_result *result = ((struct engine *)lua_touserdata(L, 1))->pushed;
    bool failed = result->status != SCTL_OK;
    lsctl_push_whole(L, result->id);
    lua_createtable(L, 0, failed ? 9 : 7);
    lua_pushstring(L, sctl_status_name(result->status));
    lua_setfield(L, -2, "code");
    if (failed) {
        lua_pushstring(L, sctl_result_message(result));
        lua_setfield(L, -2, "message");
        lua_pushinteger(L, result->native);
        lua_setfield(L, -2, "native");
    }
    if (result->http_status != 0) {
        lua_pushinteger(L, (lua_Integer)result->http_status);
        lua_setfield(L, -2, "http_status");
    }
    set_text(L, "headers", &result->headers);
    set_text(L, "body", &result->body);
    lua_pushboolean(L, result->maybe_sent);
    lua_setfield(L, -2, "maybe_sent");
    lua_pushboolean(L, result->reused);
    lua_setfield(L, -2, "reused");
    lua_pushnumber(L, result->elapsed);
    lua_setfield(L, -2, "elapsed");
    return 2;
}

/* engine:next_done() -> integer (id), table (result: `code` ("ok", or what went wrong),
 * `http_status` (absent when no status line came), `headers` (text as received), `body`,
 * `maybe_sent` (bytes of the request may have reached the server), `reused` (a kept connection
 * carried it), `elapsed` (seconds); after a failure also `message` and `native` (errno or libcurl's
 * code)), boolean (whether more is done) | nil (nothing is done): The next finished request. */
static int engine_next_done(lua_State *L)
{
    struct engine *self = check_engine(L);
    struct sctl_result *result;
    lua_pushcfunction(L, push_result); /* may raise an error: nothing is taken yet */
    lua_pushvalue(L, 1);
    result = self->results;
    if (result != NULL)
        self->results = result->next;
    else
        result = sctl_engine_next_done(self->engine);
    if (result == NULL) {
        lua_pushnil(L);
        return 1;
    }
    self->pushed = result;
    if (lua_pcall(L, 1, 2, 0) != 0) {
        result->next = self->results;
        self->results = result;
        return lua_error(L);
    }
    sctl_result_free(result);
    lua_pushboolean(L, self->results != NULL || sctl_engine_has_done(self->engine));
    return 3;
}

/* engine:cancel(id) -> boolean (false when it was not under way): Ends a request; its result, with
 * the code "cancelled", comes from next_done. */
static int engine_cancel(lua_State *L)
{
    struct engine *self = check_engine(L);
    lua_Number id = luaL_checknumber(L, 2);
    bool found = id >= 1 && id < (double)SCTL_MAX_NUMBER &&
                 sctl_engine_cancel(self->engine, (uint64_t)id);
    lua_pushboolean(L, found);
    return 1;
}

/* engine:close(): Ends every request with the code "closed" and drops the connections. Twice is
 * fine. */
static int engine_close(lua_State *L)
{
    sctl_engine_close(check_engine(L)->engine);
    return 0;
}

/* engine:count() -> integer (running), integer (queued, until it is their turn), integer (done and
 * not yet taken), integer (events so far: as long as it grows, bytes move): How much is under
 * way. */
static int engine_count(lua_State *L)
{
    struct sctl_engine_counts counts = sctl_engine_count(check_engine(L)->engine);
    lua_pushinteger(L, (lua_Integer)counts.running);
    lua_pushinteger(L, (lua_Integer)counts.queued);
    lua_pushinteger(L, (lua_Integer)counts.done);
    lsctl_push_whole(L, counts.events);
    return 4;
}

/* libraries() -> string (such as "libcurl/7.88.1 OpenSSL/3.0.11 zlib/1.2.13"): Which libcurl it is,
 * and what that is linked with, as libcurl says it. */
static int engine_libraries(lua_State *L)
{
    lua_pushstring(L, sctl_engine_libraries());
    return 1;
}

LSCTL_EXPORT int luaopen_streamctl_engine(lua_State *L);

LSCTL_EXPORT int luaopen_streamctl_engine(lua_State *L)
{
    static const luaL_Reg FUNCTIONS[] = {
        {"new", engine_new},
        {"endpoint", endpoint_new},
        {"libraries", engine_libraries},
        {NULL, NULL},
    };
    static const luaL_Reg ENDPOINT_METAMETHODS[] = {
        {"__gc", endpoint_gc},
        {"__close", endpoint_gc},
        {"__tostring", endpoint_tostring},
        {NULL, NULL},
    };
    static const luaL_Reg ENGINE_METHODS[] = {
        {"submit", engine_submit},   {"step", engine_step},           {"wait", engine_wait},
        {"timeout", engine_timeout}, {"pollfd", engine_pollfd},       {"events", engine_events},
        {"alarm", engine_alarm},     {"next_done", engine_next_done}, {"cancel", engine_cancel},
        {"close", engine_close},     {"count", engine_count},         {NULL, NULL},
    };
    static const luaL_Reg ENGINE_METAMETHODS[] = {
        {"__gc", engine_gc},
        {"__close", engine_close},
        {"__tostring", engine_tostring},
        {NULL, NULL},
    };
#if LUA_VERSION_NUM >= 502
    luaL_checkversion(L);
#endif
    lsctl_pin();
    lsctl_metatable(L, LSCTL_ENDPOINT, NULL, ENDPOINT_METAMETHODS);
    lsctl_metatable(L, LSCTL_ENGINE, ENGINE_METHODS, ENGINE_METAMETHODS);
    lsctl_library(L, FUNCTIONS);
    return 1;
}
