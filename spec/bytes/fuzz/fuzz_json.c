/* Reading JSON: it stays inside the text, and core.json gives what lua-cjson gives when integers
 * beyond 2^53 are quoted before and the values are tidied up afterwards: base/json.lua compares. */
#include "fuzz_lua.h"

#include "../../csrc/check/operation.h"

/* Whether it is JSON. The data is a block that ends where the text ends. */
static bool is_json(const uint8_t *data, size_t size)
{
    lua_State *L = luaL_newstate();
    MUST(L != NULL);
    int results = lsctl_json_push(L, (struct sctl_str){(const char *)data, size}, true);
    MUST(results >= 1 && results <= 3 && lua_gettop(L) == results);
    lua_close(L);
    return results < 3;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    run_script("spec/bytes/fuzz/json.lua", data, size, is_json(data, size));
    return 0;
}
