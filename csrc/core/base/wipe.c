/* wipe.h lists the memory that is wiped. */
#include "wipe.h"

#include <string.h>

void sctl_wipe(void *data, size_t len)
{
    if (len == 0)
        return;
    memset(data, 0, len);
    /* The compiler may not drop the memset: it takes the memory for read here. */
    __asm__ __volatile__("" : : "r"(data) : "memory");
}
