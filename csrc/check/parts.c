/* Has parameters walked, and fills in the parts of a request. */
#include "operation.h"

#include "../core/base/digest.h"

#define HEX_SHA1 40u

/* Where a text is, once nothing is written any more. */
static struct sctl_str resolved(const struct lsctl_scratch *scratch, struct lsctl_text text)
{
    return (struct sctl_str){sctl_buf_str(&scratch->out).data + text.at, text.len};
}

/* Takes the pairs of the form or of the query. */
static enum sctl_status take_pairs(struct lsctl_scratch *scratch, bool in_form,
                                   struct sctl_err *err)
{
    struct sctl_pairs *pairs = &scratch->params;
    pairs->count = 0;
    if (sctl_pairs_reserve(pairs, scratch->sent_count, err) != SCTL_OK)
        return err->status;
    for (size_t i = 0; i < scratch->sent_count; i++) {
        const struct lsctl_sent *sent = &scratch->sent[i];
        if (sent->in_form == in_form)
            pairs->items[pairs->count++] =
                (struct sctl_pair){resolved(scratch, sent->name), resolved(scratch, sent->value)};
    }
    return SCTL_OK;
}

/* Writes the form into scratch->name: its pairs, encoded and in byte order. */
static enum sctl_status write_form(struct lsctl_scratch *scratch, struct sctl_err *err)
{
    if (take_pairs(scratch, true, err) != SCTL_OK)
        return err->status;
    sctl_pairs_sort(&scratch->params);
    sctl_buf_reset(&scratch->name);
    sctl_encode_pairs(&scratch->name, scratch->params.items, scratch->params.count);
    return sctl_buf_ok(&scratch->name, "the text of the parameters", err);
}

/* ---- resources ---- */

/* Part `at` of a key: the value of a parameter, or its item `item`. */
static enum sctl_status add_part(struct lsctl_walk *walk, size_t at, size_t item,
                                 struct sctl_err *err)
{
    const struct lsctl_operation *self = walk->operation;
    lua_State *L = walk->L;
    struct sctl_buf *out = &walk->scratch->out;
    struct sctl_str text = {"", 0}, prefix = walk->prefix;
    char number[SCTL_NUMBER_TEXT], hex[HEX_SHA1];
    lua_pushvalue(L, walk->first + self->resource[at]);
    if (lua_istable(L, -1))
        lua_rawgeti(L, -1, (int)item);
    if (lua_type(L, -1) == LUA_TSTRING)
        text = lsctl_string(L, -1);
    else if (lua_type(L, -1) == LUA_TNUMBER)
        (void)lsctl_any_number(L, lua_gettop(L), number, &text);
    if (self->secret) {
        if (sctl_digest_hex(SCTL_SHA1, text, hex, err) != SCTL_OK)
            return err->status;
        text = (struct sctl_str){hex, sizeof hex};
    }
    size_t from = out->len;
    if (self->shape->fields[self->resource[at]].limits.prefixed && sctl_str_begins(text, prefix))
        sctl_buf_add(out, text.data + prefix.len, text.len - prefix.len);
    else
        sctl_buf_add_str(out, text);
    for (; self->lowered[at] && from < out->len; from++) {
        if (out->data[from] >= 'A' && out->data[from] <= 'Z')
            out->data[from] = (char)(out->data[from] + ('a' - 'A'));
    }
    return SCTL_OK;
}

/* Adds a key: "kind:", and the texts of the parameters' items with NUL between. The test environment
 * has resources of its own. */
static enum sctl_status add_key(struct lsctl_walk *walk, const size_t *items, struct sctl_err *err)
{
    const struct lsctl_operation *self = walk->operation;
    struct sctl_buf *out = &walk->scratch->out;
    int top = lua_gettop(walk->L);
    if (walk->prefix.len > 0)
        sctl_buf_add_lit(out, "test:");
    sctl_buf_add_str(out, self->kind);
    for (size_t i = 0; i < self->resource_count; i++) {
        sctl_buf_add_char(out, i == 0 ? ':' : '\0');
        if (add_part(walk, i, items[i], err) != SCTL_OK)
            return err->status;
        lua_settop(walk->L, top);
    }
    return sctl_buf_ok(out, "the text of the parameters", err);
}

/* Takes the next item of the last list, and behind its end the next of the list before. False:
 * there is no other key. */
static bool next_key(size_t *items, const size_t *counts, size_t i)
{
    while (i-- > 0) {
        if (++items[i] <= counts[i])
            return true;
        items[i] = 1;
    }
    return false;
}

/* Writes a key for each resource; a list makes a key of each item. */
static enum sctl_status add_resources(struct lsctl_walk *walk, struct sctl_parts *parts,
                                      struct sctl_err *err)
{
    const struct lsctl_operation *self = walk->operation;
    struct lsctl_scratch *scratch = walk->scratch;
    struct sctl_buf *out = &scratch->out;
    size_t counts[LSCTL_MAX_RESOURCE_FIELDS] = {0}, items[LSCTL_MAX_RESOURCE_FIELDS] = {0};
    size_t count = 1, from = out->len, begin, made = 0;
    for (size_t i = 0; i < self->resource_count; i++) {
        int index = walk->first + self->resource[i];
        counts[i] = lua_istable(walk->L, index) ? lsctl_length(walk->L, index) : 1;
        counts[i] += counts[i] == 0;
        items[i] = 1;
        count *= counts[i];
        if (count > SCTL_MAX_RESOURCES) {
            const struct lsctl_field *field = &self->shape->fields[self->resource[0]];
            struct lsctl_step step = {NULL, field->name, 0};
            walk->spec = field->spec;
            (void)lsctl_walk_fault(walk, "many_resources", &step, 0);
            return SCTL_E_INVALID;
        }
    }
    do {
        begin = out->len;
        if (add_key(walk, items, err) != SCTL_OK)
            return err->status;
        scratch->resources[made++].len = out->len - begin;
    } while (next_key(items, counts, self->resource_count));
    for (size_t k = 0; k < count; from += scratch->resources[k++].len)
        scratch->resources[k].data = out->data + from;
    parts->resources = scratch->resources;
    parts->resource_count = count;
    return SCTL_OK;
}

/* ---- requests ---- */

/* See lsctl_operation_read. Not SCTL_OK: there is a fault, or `err`. */
static enum sctl_status make_parts(struct lsctl_walk *walk, bool kept, struct sctl_parts *parts,
                                   struct sctl_err *err)
{
    const struct lsctl_operation *self = walk->operation;
    struct lsctl_scratch *scratch = walk->scratch;
    const struct sctl_pairs *pairs = &scratch->params;
    bool in_query = self->sequence && self->body == LSCTL_NO_BODY;
    enum sctl_status status = SCTL_OK;
    memset(parts, 0, sizeof *parts);
    if (self->body == LSCTL_FORM)
        status = write_form(scratch, err);
    if (status == SCTL_OK && !in_query && kept && self->resource_count > 0 && !self->read)
        status = add_resources(walk, parts, err);
    if (status == SCTL_OK)
        status = take_pairs(scratch, false, err);
    if (status != SCTL_OK)
        return status;
    parts->call.action = self->action;
    parts->call.method = self->method;
    parts->call.params = pairs->items;
    parts->call.param_count = pairs->count;
    if (self->body == LSCTL_FORM) {
        parts->call.body = sctl_buf_str(&scratch->name);
        parts->call.content_type = SCTL_STR("application/x-www-form-urlencoded");
    } else if (self->body == LSCTL_JSON_BODY) {
        parts->call.body = resolved(scratch, walk->body);
        parts->call.content_type = SCTL_STR("application/json");
    }
    parts->sequence = self->sequence;
    if (walk->sequence_text.len > 0)
        parts->sequence_text = resolved(scratch, walk->sequence_text);
    if (in_query) { /* all pairs are its, and those of resources are behind each other */
        parts->kind = self->kind;
        for (size_t i = 0; i < scratch->sent_count; i++) {
            if (scratch->sent[i].is_resource && parts->resource_count++ == 0)
                parts->first_resource = i;
        }
    }
    return SCTL_OK;
}

int lsctl_walk_push_fault(struct lsctl_walk *walk)
{
    lua_State *L = walk->L;
    const struct sctl_buf *path = &walk->scratch->path;
    if (walk->value == 0)
        lua_settop(L, walk->decoded); /* names may have filled the stack; below is the scratch */
    luaL_checkstack(L, 8, "parameters are nested too deeply");
    walk->scratch->busy = true;
    lua_pushnil(L);
    lua_pushlstring(L, path->data != NULL ? path->data : "", path->len);
    walk->scratch->busy = false;
    lua_pushstring(L, walk->found);
    lua_insert(L, -2);
    lua_rawgeti(L, LSCTL_HOLDER, walk->spec); /* nil at 0 */
    if (walk->value > 0)
        lua_pushvalue(L, walk->value);
    else
        lua_pushnil(L);
    lua_rawgeti(L, LSCTL_HOLDER, walk->rule);
    return 6;
}

/* ---- operations ---- */

/* Pushes a list of the parts of a text between commas. */
static void push_parts(lua_State *L, struct sctl_str text)
{
    const char *comma;
    int count = 0;
    lua_newtable(L);
    do {
        comma = text.len > 0 ? memchr(text.data, ',', text.len) : NULL;
        size_t len = comma != NULL ? (size_t)(comma - text.data) : text.len;
        lua_pushlstring(L, text.data, len);
        lua_rawseti(L, -2, ++count);
        text = (struct sctl_str){text.data + len + 1, text.len - len - (comma != NULL)};
    } while (comma != NULL);
}

/* Replaces the text on the top by its table, or by the reason why there is none. */
static void styled_decode(lua_State *L, const struct lsctl_field *field)
{
    if (field->style == LSCTL_COMMAS) {
        push_parts(L, lsctl_text(L, lua_gettop(L)));
        lua_remove(L, -2);
        return;
    }
    lua_pushcfunction(L, lsctl_json);
    lua_insert(L, -2);
    lua_pushstring(L, field->kind == LSCTL_LIST ? "[" : "{");
    lua_call(L, 2, 2);
    lua_remove(L, lua_isnil(L, -2) ? -2 : -1);
}

/* Pushes a value for each parameter that may come as the text of its style. This allocates, so the
 * walk comes later. */
static void push_decoded(lua_State *L, const struct lsctl_shape *shape)
{
    luaL_checkstack(L, (int)shape->styled_count + LUA_MINSTACK, "no memory for the parameters");
    for (size_t i = 0; i < shape->styled_count; i++) {
        const struct lsctl_field *field = &shape->fields[shape->styled[i]];
        lua_rawgeti(L, LSCTL_HOLDER, field->name_place);
        lua_rawget(L, 1);
        if (lua_type(L, -1) == LUA_TSTRING)
            styled_decode(L, field);
    }
}

/* Starts a walk; its context's fields stay on the stack. */
static void walk_begin(lua_State *L, const struct lsctl_operation *self, struct lsctl_walk *walk,
                       struct lsctl_scratch *scratch)
{
    memset(walk, 0, sizeof *walk);
    walk->L = L;
    walk->operation = self;
    walk->scratch = scratch;
    if (self->resource_count > 0)
        walk->resource = self->shape->fields[self->resource[0]].wire.data;
    lua_rawgeti(L, LSCTL_HOLDER, LSCTL_HELD_FROM_ZERO);
    lua_rawget(L, 2);
    walk->from_zero = lua_toboolean(L, -1) != 0;
    lua_rawgeti(L, LSCTL_HOLDER, LSCTL_HELD_PREFIX);
    lua_rawget(L, 2);
    walk->prefix = lsctl_text(L, lua_gettop(L));
    sctl_buf_reset(&scratch->out);
    sctl_buf_reset(&scratch->name);
    sctl_buf_reset(&scratch->names);
    scratch->sent_count = 0;
}

bool lsctl_operation_read(lua_State *L, struct lsctl_walk *walk, struct lsctl_scratch *scratch,
                          bool kept, struct sctl_parts *parts, struct sctl_err *err)
{
    const struct lsctl_operation *self = lua_touserdata(L, LSCTL_SELF);
    int top = lua_gettop(L);
    if (!self->open)
        push_decoded(L, self->shape);
    walk_begin(L, self, walk, scratch);
    walk->decoded = top;
    return lsctl_walk_params(walk) && make_parts(walk, kept, parts, err) == SCTL_OK;
}
