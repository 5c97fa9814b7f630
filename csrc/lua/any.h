/* Values that nothing says the shape of: maps, and all of an operation that is not checked.
 *
 * Each function writes the value at `index`, which may hold others, and returns false when it has
 * no such form: the fault is in the walk (see walk.h), and what was written counts for nothing. */
#ifndef LSCTL_ANY_H
#define LSCTL_ANY_H

#include "../core/encode.h"
#include "walk.h"

SCTL_HIDDEN_BEGIN

/* Appends it as JSON. `step`: where it is. `may_be_empty`: a table without anything is an object,
 * as one that is an item of a list always is; else it is refused. */
bool lsctl_any_json(struct lsctl_walk *walk, const struct lsctl_step *step, int index,
                    bool may_be_empty);

/* Appends a list of texts, numbers and booleans with commas. */
bool lsctl_any_commas(struct lsctl_walk *walk, const struct lsctl_step *step, int index);

/* Sends it as pairs, whose names begin with that of the walk. */
bool lsctl_any_flatten(struct lsctl_walk *walk, int index);

/* Writes all parameters of an open operation as they are given: pairs, and in `body` what a JSON body
 * is. The values of its fields stay on the stack from walk->first on, defaults filled in. */
bool lsctl_any_read(struct lsctl_walk *walk, const struct lsctl_operation *operation,
                    struct lsctl_text *body) SCTL_MUST_CHECK;

/* ---- between any.c and open.c ---- */

/* The text of a number, in `space`; a whole one is exact, whatever its size. False for one that is not
 * finite. */
bool lsctl_any_number(lua_State *L, int index, char space[SCTL_NUMBER_TEXT],
                      struct sctl_str *text);

/* Whether it is the null of JSON. */
bool lsctl_any_is_null(lua_State *L, int index);

/* Names of a table, in byte order. */

struct lsctl_name {
    struct sctl_str text;
    int value; /* where it is on the stack; the name is before it */
};

struct lsctl_names {
    size_t from, count; /* which ones of the scratch's */
    int odd;            /* where on the stack is: nil, or the first key that is no text */
};

/* Adds `names` to the scratch: begin, with each name and value of lua_next() take, then sort. False:
 * a fault. */
bool lsctl_names_begin(struct lsctl_walk *walk, struct lsctl_names *names);
bool lsctl_names_take(struct lsctl_walk *walk, struct lsctl_names *names);
bool lsctl_names_add(struct lsctl_walk *walk, struct lsctl_names *names,
                     struct lsctl_name name);
void lsctl_names_sort(struct lsctl_walk *walk, const struct lsctl_names *names);

struct lsctl_name lsctl_names_get(struct lsctl_walk *walk,
                                  const struct lsctl_names *names, size_t at);

/* Whether there is a key that is no text: below 0 before all texts, above 0 behind them, 0 none. */
int lsctl_names_odd(struct lsctl_walk *walk, const struct lsctl_names *names);

/* Whether a text can be the name of a parameter. */
bool lsctl_names_fine(struct sctl_str name);

/* The length of a list, each of whose items may be a null; SIZE_MAX for any other table. */
size_t lsctl_any_length(lua_State *L, int index);

SCTL_HIDDEN_END

#endif
