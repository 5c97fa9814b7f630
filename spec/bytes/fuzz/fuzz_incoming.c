/* What others send and Lua reads: webhooks of both vendors. */
#include "fuzz_lua.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    run_script("spec/bytes/fuzz/incoming.lua", data, size, false);
    return 0;
}
