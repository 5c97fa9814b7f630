/* Compiles operations: see lsctl_operation_compile at the end. */
#include "operation.h"

#include <math.h>

#define MAX_LEVELS 8u /* of fields in fields */

/* The list at `holder` keeps all texts, specs and memory of an operation. */
struct compiler {
    lua_State *L;
    int holder, anchored;
};

static struct lsctl_shape *read_shape(struct compiler *c, int index, int rules, size_t level);

/* ---- the holder ---- */

/* Pops a value into the holder, since the caller's tables may change. Returns its place. */
static int hold(struct compiler *c)
{
    lua_rawseti(c->L, c->holder, ++c->anchored);
    return c->anchored;
}

static void *hold_new(struct compiler *c, size_t size)
{
    void *data = lua_newuserdata(c->L, size);
    memset(data, 0, size);
    (void)hold(c);
    return data;
}

static struct sctl_str held_field(struct compiler *c, int index, const char *name)
{
    struct sctl_str text = lsctl_field(c->L, index, name);
    (void)hold(c);
    return text;
}

/* Keeps the value of a field of the spec. Its place, or 0 when there is none. */
static int held_value(struct compiler *c, int index, const char *name)
{
    lsctl_push_field(c->L, index, name);
    if (!lua_isnil(c->L, -1))
        return hold(c);
    lua_pop(c->L, 1);
    return 0;
}

/* Which word of a list a field is; false stands for none. */
static int option(lua_State *L, int index, const char *name, const char *const list[],
                  const char *otherwise)
{
    int top = lua_gettop(L);
    lsctl_push_field(L, index, name);
    if (lua_isboolean(L, -1))
        lua_pushnil(L);
    int value = luaL_checkoption(L, -1, otherwise, list);
    lua_settop(L, top);
    return value;
}

/* ---- scalars ---- */

static size_t count_limit(lua_State *L, int index, const char *name, double otherwise)
{
    double value = lsctl_number(L, index, name, otherwise);
    if (!(value >= 0))
        luaL_error(L, "field '%s' must not be negative", name);
    return value < 1e9 ? (size_t)value : SIZE_MAX;
}

static void read_allowed(struct compiler *c, int index, struct sctl_limits *limits)
{
    lua_State *L = c->L;
    lsctl_push_field(L, index, "enum");
    if (!lua_isnil(L, -1)) {
        luaL_checktype(L, -1, LUA_TTABLE);
        limits->allowed_count = lsctl_length(L, -1);
        struct sctl_str *allowed = hold_new(c, (limits->allowed_count + 1) * sizeof *allowed);
        for (size_t i = 0; i < limits->allowed_count; i++) {
            lua_rawgeti(L, -1, (int)i + 1);
            (void)luaL_checkstring(L, -1); /* a number as its text */
            allowed[i] = lsctl_string(L, -1);
            (void)hold(c);
        }
        limits->allowed = allowed;
    }
    lua_pop(L, 1);
}

static void read_limits(struct compiler *c, int index, struct sctl_limits *limits)
{
    lua_State *L = c->L;
    limits->required = lsctl_flag(L, index, "required");
    limits->prefixed = lsctl_flag(L, index, "prefixed");
    limits->word = lsctl_flag(L, index, "word");
    limits->lines = lsctl_flag(L, index, "lines");
    limits->above = lsctl_number(L, index, "above", -INFINITY);
    limits->min = lsctl_number(L, index, "min", -INFINITY);
    limits->max = lsctl_number(L, index, "max", INFINITY);
    limits->max_length = count_limit(L, index, "max_length", INFINITY);
    limits->max_bytes = count_limit(L, index, "max_bytes", INFINITY);
    read_allowed(c, index, limits);
}

/* ---- fields ---- */

enum { JSON_LIST = LSCTL_MAP + 1, STREAM_IDS };

static const char *const STYLES[] = {"flat", "json", "commas", NULL};

/* The kind of a type, or one of the two lists that have a name. */
static unsigned read_type(lua_State *L, int index, const char *name, const char *otherwise,
                          enum sctl_type *type)
{
    static const char *const TYPES[] = {"list",      "object",     "map",
                                        "json_list", "stream_ids", SCTL_TYPES(SCTL_NAME) NULL};
    int found = option(L, index, name, TYPES, otherwise);
    *type = found >= (int)STREAM_IDS ? (enum sctl_type)(found - (int)STREAM_IDS) : SCTL_TEXT;
    return found >= (int)STREAM_IDS ? LSCTL_SCALAR : (unsigned)found + LSCTL_LIST;
}

static void read_list(struct compiler *c, int index, unsigned kind, struct lsctl_field *field)
{
    lua_State *L = c->L;
    unsigned items = LSCTL_SCALAR;
    field->kind = LSCTL_LIST;
    if (kind == LSCTL_LIST)
        items = read_type(L, index, "items", "text", &field->limits.type);
    else if (kind == STREAM_IDS)
        field->limits.type = SCTL_STREAM_ID;
    if (items == LSCTL_LIST || items > LSCTL_MAP)
        luaL_error(L, "a list cannot hold lists");
    field->item_kind = (enum lsctl_kind)items;
    field->same_name = kind != LSCTL_LIST;
    if (kind == JSON_LIST)
        sctl_limits_init(&field->limits, SCTL_TEXT);
    field->limits.required = true; /* an item is not empty */
    field->min_items = count_limit(L, index, "min_items", 1);
    field->max_items = count_limit(L, index, "max_items", INFINITY);
}

static void field_read_names(struct compiler *c, int index, struct lsctl_field *field)
{
    field->name = held_field(c, index, "name");
    field->name_place = c->anchored;
    if (field->name.len == 0)
        luaL_error(c->L, "a field has no name");
    field->wire = held_field(c, index, "wire");
    if (field->wire.len == 0)
        field->wire = field->name;
    struct sctl_buf *json = lsctl_buffer(c->L, SCTL_MAX_TARGET);
    sctl_encode_json(json, field->wire);
    sctl_buf_add_char(json, ':');
    if (lsctl_push_buffer(c->L, json) != 1)
        luaL_error(c->L, "not enough memory");
    field->key = lsctl_string(c->L, -1);
    (void)hold(c);
    lua_pop(c->L, 1);
}

static void read_inner(struct compiler *c, int index, struct lsctl_field *field, size_t level)
{
    lua_State *L = c->L;
    int top = lua_gettop(L);
    lsctl_push_field(L, index, "fields");
    lsctl_push_field(L, index, "rules");
    if (!lua_isnil(L, top + 1)) {
        field->inner = read_shape(c, top + 1, top + 2, level + 1);
        field->inner->spec = field->spec;
    }
    lua_settop(L, top);
}

static void read_field(struct compiler *c, int index, struct lsctl_field *field, size_t level)
{
    enum sctl_type type;
    unsigned kind = read_type(c->L, index, "type", NULL, &type);
    sctl_limits_init(&field->limits, type);
    read_limits(c, index, &field->limits);
    field->required = field->limits.required;
    field->kind = (enum lsctl_kind)kind;
    if (kind == LSCTL_LIST || kind > LSCTL_MAP)
        read_list(c, index, kind, field);
    field->style =
        (enum lsctl_style)option(c->L, index, "style", STYLES, kind == JSON_LIST ? "json" : "flat");
    field_read_names(c, index, field);
    field->in_query = lsctl_flag(c->L, index, "query") ||
                      (kind == LSCTL_SCALAR && type == SCTL_SEQUENCE);
    field->fill = held_value(c, index, "value");
    field->option = held_value(c, index, "option");
    lua_pushvalue(c->L, index);
    field->spec = hold(c);
    if (field->kind == LSCTL_OBJECT || field->item_kind == LSCTL_OBJECT)
        read_inner(c, index, field, level);
}

/* ---- tables with names ---- */

size_t lsctl_shape_find(lua_State *L, int names, int index)
{
    lua_pushvalue(L, index);
    lua_rawget(L, names);
    size_t found = (size_t)lua_tointeger(L, -1);
    lua_pop(L, 1);
    return found - 1;
}

static void put_in_order(struct lsctl_shape *shape)
{
    for (size_t i = 0; i < shape->count; i++) {
        struct lsctl_field *field = &shape->fields[i];
        size_t at = i;
        if (field->fill > 0 || field->option > 0)
            shape->fills[shape->fill_count++] = (unsigned char)i;
        if (field->style != LSCTL_FLAT) {
            shape->styled[shape->styled_count++] = (unsigned char)i;
            field->styled = (int)shape->styled_count;
        }
        for (; at > 0; at--) {
            if (sctl_str_compare(shape->fields[shape->writes[at - 1]].wire, field->wire) <= 0)
                break;
            shape->writes[at] = shape->writes[at - 1];
        }
        shape->writes[at] = (unsigned char)i;
    }
}

static size_t list_length(lua_State *L, int index)
{
    luaL_checktype(L, index, LUA_TTABLE);
    size_t count = lsctl_length(L, index);
    if (count > LSCTL_MAX_FIELDS)
        luaL_error(L, "a table has more than %d fields or rules", (int)LSCTL_MAX_FIELDS);
    return count;
}

/* The index of the field whose name is item `item` of the rule at `index`. */
static size_t named_field(const struct compiler *c, int index, int item,
                          const struct lsctl_shape *shape)
{
    lua_State *L = c->L;
    int top = lua_gettop(L);
    lua_rawgeti(L, c->holder, shape->names);
    lua_rawgeti(L, index, item);
    size_t field = lsctl_shape_find(L, top + 1, top + 2);
    if (field == SIZE_MAX)
        luaL_error(L, "a rule needs the name of a field");
    lua_settop(L, top);
    return field;
}

/* { kind, name, other, text }, or { "future", name, seconds } */
static void read_rule(struct compiler *c, int index, const struct lsctl_shape *shape,
                      struct lsctl_rule *rule)
{
    static const char *const NAMES[] = {SCTL_RULE_KINDS(SCTL_NAME) NULL};
    lua_State *L = c->L;
    luaL_checktype(L, index, LUA_TTABLE);
    lua_rawgeti(L, index, 1);
    rule->kind = (enum sctl_rule_kind)luaL_checkoption(L, -1, NULL, NAMES);
    lua_pop(L, 1);
    bool alone = rule->kind == SCTL_RULE_FUTURE;
    rule->field = named_field(c, index, 2, shape);
    rule->other = alone ? rule->field : named_field(c, index, 3, shape);
    lua_rawgeti(L, index, alone ? 3 : 4);
    rule->text = lsctl_text(L, lua_gettop(L));
    (void)hold(c);
    lua_pushvalue(L, index);
    rule->spec = hold(c);
}

static struct lsctl_shape *read_shape(struct compiler *c, int index, int rules, size_t level)
{
    lua_State *L = c->L;
    luaL_checkstack(L, 16, "fields are nested too deeply");
    if (level > MAX_LEVELS)
        luaL_error(L, "fields are nested too deeply");
    struct lsctl_shape *shape = hold_new(c, sizeof *shape);
    shape->count = list_length(L, index);
    shape->fields = hold_new(c, (shape->count + 1) * sizeof *shape->fields);
    lua_newtable(L);
    for (size_t i = 0; i < shape->count; i++) {
        lua_rawgeti(L, index, (int)i + 1);
        luaL_checktype(L, -1, LUA_TTABLE);
        read_field(c, lua_gettop(L), &shape->fields[i], level);
        lua_rawgeti(L, c->holder, shape->fields[i].name_place);
        lua_pushinteger(L, (lua_Integer)i + 1);
        lua_rawset(L, -4);
        lua_pop(L, 1);
    }
    shape->names = hold(c);
    put_in_order(shape);
    shape->rule_count = lua_isnil(L, rules) ? 0 : list_length(L, rules);
    shape->rules = hold_new(c, (shape->rule_count + 1) * sizeof *shape->rules);
    for (size_t i = 0; i < shape->rule_count; i++) {
        lua_rawgeti(L, rules, (int)i + 1);
        read_rule(c, lua_gettop(L), shape, &shape->rules[i]);
        lua_pop(L, 1);
    }
    return shape;
}

/* ---- operations ---- */

/* The kind of resources: the field `of`, or the names at `index` with commas. */
static void read_kind(struct compiler *c, int index, struct lsctl_operation *self)
{
    lua_State *L = c->L;
    self->kind = held_field(c, index, "of");
    if (self->kind.len > 0 || (self->sequence && self->body == LSCTL_NO_BODY))
        return; /* ids of streams stand by themselves */
    lua_pushliteral(L, "");
    for (size_t i = 0; i < self->resource_count; i++) {
        lua_pushstring(L, i > 0 ? "," : "");
        lua_rawgeti(L, index, (int)i + 1);
        lua_concat(L, 3);
    }
    self->kind = lsctl_string(L, -1);
    (void)hold(c);
}

/* The parameters that name the resources: `resource` of the row. */
static void read_resource(struct compiler *c, int index, struct lsctl_operation *self)
{
    lua_State *L = c->L;
    int resource = lua_gettop(L) + 1;
    lsctl_push_field(L, index, "resource");
    if (!lua_isnil(L, resource)) {
        luaL_checktype(L, resource, LUA_TTABLE);
        lsctl_push_field(L, resource, "domains");
        self->resource_count = lsctl_length(L, resource);
        luaL_argcheck(L, self->resource_count <= LSCTL_MAX_RESOURCE_FIELDS, 1,
                      "resource has too many names");
        for (size_t i = 0; i < self->resource_count; i++) {
            self->resource[i] = (unsigned char)named_field(c, resource, (int)i + 1, self->shape);
            if (lua_istable(L, resource + 1)) {
                lua_rawgeti(L, resource, (int)i + 1);
                lua_rawget(L, resource + 1);
                self->lowered[i] = lua_toboolean(L, -1) != 0;
                lua_pop(L, 1);
            }
        }
        lua_pop(L, 1);
        self->secret = lsctl_flag(L, resource, "secret");
        read_kind(c, resource, self);
    }
    lua_settop(L, resource - 1);
}

void lsctl_operation_compile(lua_State *L)
{
    static const char *const METHODS[] = {"GET", "POST", NULL};
    static const char *const BODIES[] = {"none", "form", "json", NULL};
    struct compiler c = {L, 3, 0};
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    struct lsctl_operation *self = lua_newuserdata(L, sizeof *self); /* 2 */
    memset(self, 0, sizeof *self);
    lua_newtable(L); /* 3 */
    lua_pushliteral(L, "stream_prefix");
    (void)hold(&c);
    lua_pushliteral(L, "from_zero");
    (void)hold(&c);
    self->action = held_field(&c, 1, "action");
    self->method = option(L, 1, "method", METHODS, NULL) == 1 ? SCTL_POST : SCTL_GET;
    self->body = (enum lsctl_body)option(L, 1, "body", BODIES, "none");
    self->sequence = lsctl_flag(L, 1, "sequence");
    self->read = lsctl_flag(L, 1, "read");
    lsctl_push_field(L, 1, "params"); /* 4 */
    lsctl_push_field(L, 1, "rules");  /* 5 */
    self->shape = read_shape(&c, 4, 5, 1);
    lua_pushvalue(L, 1);
    self->shape->spec = hold(&c);
    read_resource(&c, 1, self);
    self->open = lsctl_flag(L, 1, "open");
    for (size_t i = 0; self->open && i < self->shape->count; i++) {
        struct lsctl_field *field = &self->shape->fields[i];
        field->item_kind = field->kind;
        field->kind = LSCTL_ANY;
        field->required = false;
    }
    self->rest.kind = LSCTL_ANY;
    self->rest.item_kind = LSCTL_LIST;
    self->rest.style = (enum lsctl_style)option(L, 1, "rest_style", STYLES, "flat");
    self->rest.in_query = lsctl_flag(L, 1, "rest_in_query");
    lua_settop(L, 3);
    lua_remove(L, 1);
    lsctl_scratch_push(L);
}
