#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "nonce.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "buf.h"
#include "encode.h"
#include "fork.h"

#define POOL_BYTES 1024u

struct pool {
    size_t left; /* unused bytes, at the end of `bytes`; a forked child sees 0 */
    pid_t pid;
    unsigned char bytes[POOL_BYTES];
};

/* A page of its own per thread: the kernel can then hand it to a child process zeroed. */
static _Thread_local struct pool *pool;
static _Thread_local bool wiped_on_fork;

static bool system_random(unsigned char *out, size_t len)
{
    while (len > 0) {
        /* up to 256 bytes come in one piece, on Linux and on the BSDs alike */
        size_t want = len < 256 ? len : 256;
        if (getentropy(out, want) != 0) {
            if (errno == EINTR)
                continue;
            return false;
        }
        out += want;
        len -= want;
    }
    return true;
}

static sctl_random_fn source = system_random;

void sctl_random_use(sctl_random_fn replacement)
{
    source = replacement != NULL ? replacement : system_random;
    if (pool != NULL)
        pool->left = 0;
}

static bool make_pool(void)
{
    void *page = mmap(NULL, sizeof *pool, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (page == MAP_FAILED)
        return false;
    pool = page;
    wiped_on_fork = sctl_wipe_on_fork(page, sizeof *pool);
    return true;
}

/* Takes bytes out of the pool; whoever uses them wipes them. NULL: there are none. */
static unsigned char *draw(size_t need, struct sctl_err *err)
{
    unsigned char *from;
    if (pool == NULL && !make_pool()) {
        (void)sctl_fail(err, SCTL_E_SYSTEM, errno, "no memory for random numbers");
        return NULL;
    }
    if (!wiped_on_fork && pool->pid != getpid()) {
        pool->left = 0;
        pool->pid = getpid();
    }
    if (pool->left < need) {
        if (!source(pool->bytes, POOL_BYTES)) {
            pool->left = 0;
            (void)sctl_fail(err, SCTL_E_SYSTEM, errno,
                            "the operating system gives no random numbers");
            return NULL;
        }
        pool->left = POOL_BYTES;
    }
    from = pool->bytes + POOL_BYTES - pool->left;
    pool->left -= need;
    return from;
}

enum sctl_status sctl_nonce(char *out, size_t digits, struct sctl_err *err)
{
    unsigned char *from = draw(digits / 2, err);
    if (from == NULL)
        return SCTL_E_SYSTEM;
    sctl_encode_hex(out, from, digits / 2);
    sctl_wipe(from, digits / 2);
    return SCTL_OK;
}

enum sctl_status sctl_random(void *out, size_t len, struct sctl_err *err)
{
    unsigned char *from = draw(len, err);
    if (from == NULL)
        return SCTL_E_SYSTEM;
    memcpy(out, from, len);
    sctl_wipe(from, len);
    return SCTL_OK;
}
