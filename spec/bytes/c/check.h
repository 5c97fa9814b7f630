/* Checks, counted by test, and the allocator that the core is built with for tests.
 *
 *   TEST(adds) { CHECK_INT(2, 1 + 1); }
 *   int main(void) { return check_main(60); }
 *
 * Include this before anything else. A failed check is shown and its test counts as failed, but
 * goes on; REQUIRE also ends it.
 */
#pragma once

#define _GNU_SOURCE 1

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef __APPLE__
#include <malloc/malloc.h>
#define block_size malloc_size
#else
#include <malloc.h>
#define block_size malloc_usable_size
#endif

#include "base/buf.h"

#define UNUSED __attribute__((unused))
/* A test, which runs by itself in the order of the file. */
#define TEST(name)                                                                                 \
    static void name(void);                                                                        \
    __attribute__((constructor)) static void add_##name(void)                                      \
    {                                                                                              \
        check_add(#name, name);                                                                    \
    }                                                                                              \
    static void name(void)
#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

static struct {
    const char *test;
    int passed, failed;
    bool bad; /* the running test has failed */
    struct {
        const char *name;
        void (*run)(void);
    } tests[64];
    size_t count;
} check;

UNUSED static void check_add(const char *name, void (*run)(void))
{
    if (check.count >= LENGTH(check.tests))
        abort();
    check.tests[check.count].name = name;
    check.tests[check.count++].run = run;
}

UNUSED static bool check_that(bool ok, const char *file, int line, const char *text)
{
    if (!ok) {
        printf("%s:%d: %s: %s\n", file, line, check.test, text);
        check.bad = true;
    }
    return ok;
}

UNUSED static bool check_int(long long expected, long long actual, const char *file, int line,
                             const char *text)
{
    if (expected != actual)
        printf("  expected %lld, got %lld\n", expected, actual);
    return check_that(expected == actual, file, line, text);
}

UNUSED static bool check_str(struct sctl_str expected, struct sctl_str actual, const char *file,
                             int line, const char *text)
{
    bool same = expected.len == actual.len &&
                (actual.len == 0 || memcmp(expected.data, actual.data, actual.len) == 0);
    if (!same)
        printf("  expected \"%.*s\"\n  got      \"%.*s\"\n", (int)expected.len, expected.data,
               (int)actual.len, actual.len > 0 ? actual.data : "");
    return check_that(same, file, line, text);
}

#define CHECK(condition) ((void)check_that((condition), __FILE__, __LINE__, #condition))
#define CHECK_INT(expected, actual)                                                                \
    ((void)check_int((long long)(expected), (long long)(actual), __FILE__, __LINE__, #actual))
#define CHECK_STR(expected, actual)                                                                \
    ((void)check_str(str(expected), (actual), __FILE__, __LINE__, #actual))
#define CHECK_TEXT(expected, actual)                                                               \
    ((void)check_str((expected), (actual), __FILE__, __LINE__, #actual))
#define REQUIRE(condition)                                                                         \
    do {                                                                                           \
        if (!check_that((condition), __FILE__, __LINE__, #condition))                              \
            return;                                                                                \
    } while (0)

/* In a process of its own, which has a copy of everything. */
#define CHECK_IN_CHILD(condition)                                                                  \
    do {                                                                                           \
        int check_status = -1;                                                                     \
        pid_t check_pid = fork();                                                                  \
        if (check_pid == 0)                                                                        \
            _exit((condition) ? 0 : 1);                                                            \
        CHECK(check_pid > 0 && waitpid(check_pid, &check_status, 0) == check_pid);                 \
        CHECK_INT(0, check_status);                                                                \
    } while (0)

UNUSED static void check_run(const char *name, void (*test)(void))
{
    check.test = name;
    check.bad = false;
    test();
    if (check.bad)
        check.failed++;
    else
        check.passed++;
}

/* Runs what TEST() has defined. */
UNUSED static void check_tests(void)
{
    size_t i;
    for (i = 0; i < check.count; i++)
        check_run(check.tests[i].name, check.tests[i].run);
}

/* The last line of the output, and the exit status. */
UNUSED static int check_report(void)
{
    printf("%d passed, %d failed\n", check.passed, check.failed);
    (void)fflush(stdout);
    return check.failed > 0;
}

/* Ends a test program that hangs; a test that needs this has failed. `seconds` is ample on a quiet
 * machine; a busy one has ten times as long. */
UNUSED static void check_limit(unsigned seconds)
{
    (void)setvbuf(stdout, NULL, _IOLBF, 0);
    (void)alarm(10 * seconds);
}

UNUSED static int check_main(unsigned seconds)
{
    check_limit(seconds);
    check_tests();
    return check_report();
}

/* The whole program, for most tests. */
#define CHECK_MAIN(seconds)                                                                        \
    int main(void)                                                                                 \
    {                                                                                              \
        return check_main(seconds);                                                                \
    }

/* The same in a folder that is made for it. */
UNUSED static int check_main_in_folder(unsigned seconds)
{
    char dir[] = "/tmp/streamctl-c.XXXXXX", command[64];
    check_limit(seconds);
    if (mkdtemp(dir) == NULL || chdir(dir) != 0)
        return 1;
    check_tests();
    (void)snprintf(command, sizeof command, "rm -rf %s", dir);
    CHECK(chdir("/") == 0 && system(command) == 0);
    return check_report();
}

/* The next descriptor: the same as before when none was left open. */
UNUSED static int free_descriptor(void)
{
    int fd = dup(0);
    (void)close(fd);
    return fd;
}

UNUSED static struct sctl_str str(const char *text)
{
    return (struct sctl_str){text, strlen(text)};
}

UNUSED static bool contains(struct sctl_str text, const char *part)
{
    size_t i, len = strlen(part);
    for (i = 0; i + len <= text.len; i++) {
        if (memcmp(text.data + i, part, len) == 0)
            return true;
    }
    return false;
}

UNUSED static struct sctl_buf buf_of(size_t cap)
{
    struct sctl_buf buf;
    sctl_buf_init(&buf, cap, true);
    return buf;
}

/* A buffer that is cleared at the end of its block. */
#define BUF(name, cap) struct sctl_buf name __attribute__((cleanup(sctl_buf_clear))) = buf_of(cap)

/* The same numbers in every run. */
UNUSED static uint32_t next_number(void)
{
    static uint32_t state = 2463534242u;
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    return state;
}

static struct {
    bool armed;         /* count, and fail */
    bool for_good;      /* all from the n-th on, else only the n-th */
    long fail_at;       /* n, from 1 */
    long calls;         /* counted while armed */
    long live;          /* blocks of the core that are not freed */
    bool zero;          /* each block of the core must be zero when it is freed */
    long not_zero;      /* how many were not */
    const char *secret; /* may be in no block of the core that is freed */
    long spilled;       /* in how many it was */
} memory;

/* Runs a statement in which the allocations from the first on fail. */
#define WITHOUT_MEMORY(statement)                                                                  \
    do {                                                                                           \
        memory.armed = memory.for_good = true;                                                     \
        memory.fail_at = 1;                                                                        \
        memory.calls = 0;                                                                          \
        statement;                                                                                 \
        memory.armed = memory.for_good = false;                                                    \
    } while (0)

/* From now on no freed block may hold this text; NULL ends it, and checks. */
UNUSED static void look_for(const char *secret)
{
    if (secret == NULL)
        CHECK_INT(0, memory.spilled);
    memory.secret = secret;
    memory.spilled = 0;
}

UNUSED static bool allocation_fails(void)
{
    if (!memory.armed)
        return false;
    memory.calls++;
    return memory.for_good ? memory.calls >= memory.fail_at : memory.calls == memory.fail_at;
}

static void inspect(const char *block)
{
    size_t i, size = block_size((void *)(uintptr_t)block);
    for (i = 0; memory.zero && i < size; i++) {
        if (block[i] != 0) {
            memory.not_zero++;
            break;
        }
    }
    if (memory.secret != NULL && contains((struct sctl_str){block, size}, memory.secret))
        memory.spilled++;
}

void sctl_test_free(void *old)
{
    if (old == NULL)
        return;
    inspect(old);
    memory.live--;
    free(old);
}

/* Always moves, so that a stale pointer is found. */
void *sctl_test_realloc(void *old, size_t size)
{
    void *block;
    size_t old_size = old != NULL ? block_size(old) : 0;
    if (allocation_fails())
        return NULL;
    block = malloc(size);
    if (block == NULL)
        return NULL;
    memory.live++;
    if (old != NULL)
        memcpy(block, old, old_size < size ? old_size : size);
    sctl_test_free(old);
    return block;
}
