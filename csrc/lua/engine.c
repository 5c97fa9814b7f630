/* streamctl.engine: many HTTP requests at once, for any event loop. */
#include "../check/lsctl.h"

#include <math.h>

#include "../core/send/engine.h"

static const char ENDPOINT[] = "streamctl.endpoint " SCTL_VERSION;
static const char ENGINE[] = "streamctl.engine " SCTL_VERSION;

/* ---- endpoint ---- */

struct endpoint {
    struct sctl_endpoint *endpoint;
};

/* endpoint(options) -> userdata | nil, message, code: Where requests go. options: `url`, `ca_file`,
 * `ca_path`, `insecure`, `proxy`, `proxy_from_env`, `user_agent`, `max_response` (bytes),
 * `keep_head` (results have `request_head`). */
static int endpoint_new(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_Number max_response = lsctl_number(L, 1, "max_response", NAN);
    luaL_argcheck(L, max_response >= 1 && max_response <= 1073741824.0, 1,
                  "max_response must be from 1 to 2^30");
    struct sctl_endpoint_options options = {
        .url = lsctl_field(L, 1, "url"),
        .ca_file = lsctl_field(L, 1, "ca_file"),
        .ca_path = lsctl_field(L, 1, "ca_path"),
        .insecure = lsctl_flag(L, 1, "insecure"),
        .proxy = lsctl_field(L, 1, "proxy"),
        .proxy_from_env = lsctl_flag(L, 1, "proxy_from_env"),
        .user_agent = lsctl_field(L, 1, "user_agent"),
        .max_response = (size_t)max_response,
        .keep_head = lsctl_flag(L, 1, "keep_head"),
    };
    struct endpoint *self = lsctl_new(L, sizeof *self, ENDPOINT);
    struct sctl_err err;
    self->endpoint = sctl_endpoint_new(&options, &err);
    return self->endpoint != NULL ? 1 : lsctl_fail(L, &err);
}

static int endpoint_gc(lua_State *L)
{
    struct endpoint *self = lsctl_check(L, 1, ENDPOINT);
    sctl_endpoint_unref(self->endpoint);
    self->endpoint = NULL;
    return 0;
}

static int endpoint_show(lua_State *L)
{
    struct endpoint *self = lsctl_check(L, 1, ENDPOINT);
    lua_pushfstring(L, "streamctl.endpoint: %s",
                    self->endpoint != NULL ? self->endpoint->url : "closed");
    return 1;
}

/* ---- engine ---- */

struct engine {
    struct sctl_engine *engine;
    struct sctl_result *results; /* whose hand-over an error interrupted */
    struct sctl_result *pushed;  /* for push_result() */
};

static struct engine *check_engine(lua_State *L)
{
    struct engine *self = lsctl_check(L, 1, ENGINE);
    if (self->engine == NULL)
        luaL_error(L, "the engine is closed and gone");
    return self;
}

/* new([max_in_flight]) -> userdata | nil, message, code: An engine that has 64 requests, or as many
 * as are asked for, on their way at a time. */
static int engine_new(lua_State *L)
{
    lua_Integer max_in_flight = luaL_optinteger(L, 1, 64);
    luaL_argcheck(L, max_in_flight >= 1 && max_in_flight <= 1000, 1,
                  "max_in_flight must be from 1 to 1000");
    struct engine *self = lsctl_new(L, sizeof *self, ENGINE);
    struct sctl_err err;
    self->engine = sctl_engine_new((unsigned)max_in_flight, &err);
    return self->engine != NULL ? 1 : lsctl_fail(L, &err);
}

static int engine_gc(lua_State *L)
{
    struct engine *self = lsctl_check(L, 1, ENGINE);
    sctl_engine_free(self->engine);
    self->engine = NULL;
    while (self->results != NULL) {
        struct sctl_result *next = self->results->next;
        sctl_result_free(self->results);
        self->results = next;
    }
    return 0;
}

/* engine:submit(request, endpoint, timeout, connect_timeout) -> integer (id) | nil, message, code:
 * Queues a request with its present number, to be signed when its turn comes. Seconds count from
 * now. */
static int engine_submit(lua_State *L)
{
    struct engine *self = check_engine(L);
    struct lsctl_request *request = luaL_checkudata(L, 2, LSCTL_REQUEST); /* of core.so */
    struct endpoint *endpoint = lsctl_check(L, 3, ENDPOINT);
    struct sctl_timeouts limits = {luaL_checknumber(L, 4), luaL_checknumber(L, 5)};
    luaL_argcheck(L, request->request != NULL, 2, "the request was collected");
    luaL_argcheck(L, endpoint->endpoint != NULL, 3, "the endpoint is closed");
    struct sctl_err err;
    uint64_t id;
    if (sctl_engine_submit(self->engine, request->request, request->sequence, endpoint->endpoint,
                           limits, &id, &err) != SCTL_OK)
        return lsctl_fail(L, &err);
    lsctl_push_integer(L, id);
    return 1;
}

/* engine:wait(seconds) -> true | nil, message, code: Waits until something may have happened, at
 * most so long, and moves bytes. A signal ends the wait early. engine:step() does not wait. */
static int engine_wait(lua_State *L)
{
    struct engine *self = check_engine(L);
    lua_Number seconds = luaL_optnumber(L, 2, 0);
    luaL_argcheck(L, !isnan(seconds), 2, "seconds is not a number");
    struct sctl_err err;
    return lsctl_result(L, sctl_engine_wait(self->engine, seconds, &err), &err);
}

/* engine:timeout() -> number | nil (no need): Seconds after which to step at the latest. */
static int engine_timeout(lua_State *L)
{
    double seconds = sctl_engine_timeout(check_engine(L)->engine);
    if (seconds < 0)
        lua_pushnil(L);
    else
        lua_pushnumber(L, seconds);
    return 1;
}

/* engine:pollfd() -> integer | nil (closed): A descriptor that is readable when there is work. */
static int engine_pollfd(lua_State *L)
{
    int fd = sctl_engine_pollfd(check_engine(L)->engine);
    if (fd < 0)
        lua_pushnil(L);
    else
        lua_pushinteger(L, fd);
    return 1;
}

/* engine:events() -> "r": as cqueues asks what to poll the descriptor for. */
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

/* Pushes the engine's result that is ready. */
static int push_result(lua_State *L)
{
    /* first of all: a finalizer may have others pushed as soon as something is allocated */
    const struct sctl_result *result = ((struct engine *)lua_touserdata(L, 1))->pushed;
    bool failed = result->status != SCTL_OK;
    lsctl_push_integer(L, result->id);
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
    if (result->head.len > 0 && result->head.status == SCTL_OK)
        set_text(L, "request_head", &result->head);
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

/* engine:next_done() -> integer (id), table, boolean (more are done) | nil: The next result. Its
 * `maybe_sent`: bytes may have reached the server; `reused`: a kept connection carried them. */
static int engine_next_done(lua_State *L)
{
    struct engine *self = check_engine(L);
    lua_pushcfunction(L, push_result); /* may raise an error: nothing is taken yet */
    lua_pushvalue(L, 1);
    struct sctl_result *result = self->results;
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
    lua_pushboolean(L, self->results != NULL || sctl_engine_count(self->engine).done > 0);
    return 3;
}

/* engine:cancel(id) -> boolean (the request was under way): Its result comes from next_done. */
static int engine_cancel(lua_State *L)
{
    struct engine *self = check_engine(L);
    lua_Number id = luaL_checknumber(L, 2);
    bool found = id >= 1 && id < (double)SCTL_MAX_NUMBER &&
                 sctl_engine_cancel(self->engine, (uint64_t)id);
    lua_pushboolean(L, found);
    return 1;
}

/* engine:close(): Ends every request with the code "closed". Twice is fine. */
static int engine_close(lua_State *L)
{
    sctl_engine_close(check_engine(L)->engine);
    return 0;
}

/* engine:count() -> integer (running), integer (queued), integer (done and not yet taken), integer
 * (events so far: they grow as long as bytes move). */
static int engine_count(lua_State *L)
{
    struct sctl_engine_counts counts = sctl_engine_count(check_engine(L)->engine);
    lua_pushinteger(L, (lua_Integer)counts.running);
    lua_pushinteger(L, (lua_Integer)counts.queued);
    lua_pushinteger(L, (lua_Integer)counts.done);
    lsctl_push_integer(L, counts.events);
    return 4;
}

/* libraries() -> string: libcurl and its libraries, "libcurl/7.88.1 OpenSSL/3.0.11 zlib/1.2.13". */
static int engine_libraries(lua_State *L)
{
    lua_pushstring(L, curl_version());
    return 1;
}

LSCTL_OPEN(luaopen_streamctl_engine)
{
    static const luaL_Reg FUNCTIONS[] = {
        {"new", engine_new},
        {"endpoint", endpoint_new},
        {"libraries", engine_libraries},
        {NULL, NULL},
    };
    static const luaL_Reg ENDPOINT_METHODS[] = {
        {"__gc", endpoint_gc}, {"__tostring", endpoint_show}, {NULL, NULL}};
    static const luaL_Reg ENGINE_METHODS[] = {
        {"submit", engine_submit},       {"step", engine_wait},     {"wait", engine_wait},
        {"timeout", engine_timeout},     {"pollfd", engine_pollfd}, {"events", engine_events},
        {"next_done", engine_next_done}, {"cancel", engine_cancel}, {"close", engine_close},
        {"count", engine_count},         {"__gc", engine_gc},       {NULL, NULL},
    };
    lsctl_metatable(L, ENDPOINT, ENDPOINT_METHODS);
    lsctl_metatable(L, ENGINE, ENGINE_METHODS);
    lsctl_library(L, FUNCTIONS);
    return 1;
}
