#include "nonce.h"

#include <sys/random.h>
#include <unistd.h>

#include "buf.h"
#include "encode.h"

#define POOL_BYTES 256u /* as many as getentropy gives at once */

static _Thread_local struct {
    size_t left;      /* unused bytes, at the end of `bytes` */
    uint64_t process; /* that filled it */
    unsigned char bytes[POOL_BYTES];
} pool;

static bool system_random(unsigned char *out, size_t len)
{
    return getentropy(out, len) == 0;
}

static sctl_random_fn source = system_random;

void sctl_random_use(sctl_random_fn replacement)
{
    source = replacement != NULL ? replacement : system_random;
    pool.left = 0;
}

enum sctl_status sctl_random(void *out, size_t len, struct sctl_err *err)
{
    SCTL_ASSERT(len <= SCTL_RANDOM_MAX);
    if (pool.process != sctl_fork_id() || pool.left < len) {
        pool.left = 0;
        if (!source(pool.bytes, POOL_BYTES))
            return sctl_fail(err, SCTL_E_SYSTEM, errno,
                             "the operating system gives no random numbers");
        pool.left = POOL_BYTES;
        pool.process = sctl_fork_id();
    }
    unsigned char *from = pool.bytes + POOL_BYTES - pool.left;
    pool.left -= len;
    memcpy(out, from, len);
    sctl_wipe(from, len); /* the salt of a store is drawn here, too */
    return SCTL_OK;
}

enum sctl_status sctl_nonce(char *out, size_t digits, struct sctl_err *err)
{
    SCTL_ASSERT(digits % 2 == 0 && digits <= 2 * SCTL_RANDOM_MAX);
    unsigned char bytes[SCTL_RANDOM_MAX];
    enum sctl_status status = sctl_random(bytes, digits / 2, err);
    if (status == SCTL_OK)
        sctl_encode_hex(out, bytes, digits / 2);
    return status;
}
