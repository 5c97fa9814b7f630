/* Operations of any shape, and parameters of any kind for them. */
#include "fuzz_lua.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    run_script("spec/bytes/fuzz/walk.lua", data, size, false);
    return 0;
}
