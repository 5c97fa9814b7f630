/* Reading JSON: the core's steps stay inside the text, and core.json gives what lua-cjson gives
 * when integers beyond 2^53 are quoted before and the values are tidied up afterwards: base/json.lua
 * compares. */
#include "fuzz_lua.h"

#include "base/json.h"

static void check_text(const struct sctl_json *json, struct sctl_str whole)
{
    struct sctl_str text = json->text;
    char *copy = malloc(text.len + (text.len == 0)); /* ends where the text ends */
    MUST(copy != NULL);
    MUST(text.data >= whole.data && text.data + text.len <= whole.data + whole.len);
    if (json->escaped)
        MUST(sctl_json_unescape(text, copy) < text.len);
    free(copy);
}

/* Whether it is JSON. `whole` is a block that ends where the text ends. */
static bool walk(struct sctl_str whole)
{
    struct sctl_json json;
    enum sctl_json_step step;
    size_t steps = 0, open = 0;
    sctl_json_begin(&json, whole);
    while ((step = sctl_json_next(&json)) > SCTL_JSON_END) {
        MUST(++steps <= whole.len);
        open += step == SCTL_JSON_OBJECT || step == SCTL_JSON_LIST;
        open -= step == SCTL_JSON_CLOSE;
        MUST(open == json.depth && open <= SCTL_JSON_DEPTH);
        if (step == SCTL_JSON_NAME || step == SCTL_JSON_TEXT)
            check_text(&json, whole);
    }
    MUST(json.at >= whole.data && json.at <= whole.data + whole.len);
    MUST(step == SCTL_JSON_FAULT || (open == 0 && json.at == json.end));
    return step == SCTL_JSON_END;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    bool is_json = walk((struct sctl_str){(const char *)data, size});
    run_script("spec/fuzz/json.lua", data, size, is_json);
    return 0;
}
