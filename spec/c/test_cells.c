/* Cells: numbers and slots in a file that processes share. */
#include "check.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <math.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>

#include "cells_file.h"
#include "clock.h"
#include "nonce.h"

static char folder[64];
static double wall, monotonic;

static double read_wall(void *context)
{
    (void)context;
    return wall;
}

static double read_monotonic(void *context)
{
    (void)context;
    return monotonic;
}

static const char *path_of(const char *name)
{
    static char path[128];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static bool open_cells(struct sctl_cells *cells, const char *name, struct sctl_err *err)
{
    return sctl_cells_open(cells, str(path_of(name)), 60, err) == SCTL_OK;
}

static uint64_t sequence(struct sctl_cells *cells, const char *key, uint64_t floor)
{
    struct sctl_stamp stamp = {.since = SCTL_FIRST_ATTEMPT};
    struct sctl_err err;
    stamp.account = str(key);
    stamp.floor = floor;
    return sctl_cells_stamp(cells, &stamp, &err) == SCTL_OK ? stamp.number : 0;
}

/* The number of the account or, with a thing, of its last intent. */
static uint64_t latest(struct sctl_cells *cells, const char *account, const char *thing)
{
    struct sctl_str text = {NULL, 0};
    struct sctl_err err;
    uint64_t number;
    bool found;
    if (thing != NULL)
        text = str(thing);
    CHECK_INT(SCTL_OK,
              sctl_cells_latest(cells, str(account), text, &number, &found, &err));
    return number;
}

/* The cells that the file holds. */
static const struct sctl_cell *read_cells(const char *name)
{
    static struct sctl_cell cells[SCTL_CELLS_CAPACITY];
    int fd = open(path_of(name), O_RDONLY);
    CHECK(pread(fd, cells, sizeof cells, SCTL_CELLS_HEADER) == (ssize_t)sizeof cells);
    (void)close(fd);
    return cells;
}

TEST(numbers_rise)
{
    struct sctl_cells cells;
    struct sctl_err err;
    REQUIRE(open_cells(&cells, "rise", &err));
    CHECK_INT(10, sequence(&cells, "a", 10));
    CHECK_INT(11, sequence(&cells, "a", 10));
    CHECK_INT(20, sequence(&cells, "a", 20));
    CHECK_INT(1, sequence(&cells, "b", 1));
    CHECK_INT(20, latest(&cells, "a", NULL));
    sctl_cells_close(&cells);
    sctl_cells_close(&cells);
    CHECK_INT(0, sequence(&cells, "a", 1));
    REQUIRE(open_cells(&cells, "rise", &err));
    CHECK_INT(21, sequence(&cells, "a", 10));
    sctl_cells_close(&cells);
}

TEST(numbers_end_at_the_largest)
{
    struct sctl_cells cells;
    struct sctl_stamp stamp = {.since = SCTL_FIRST_ATTEMPT};
    struct sctl_err err;
    REQUIRE(open_cells(&cells, "largest", &err));
    CHECK_INT(SCTL_MAX_NUMBER, sequence(&cells, "a", SCTL_MAX_NUMBER));
    stamp.account = str("a");
    CHECK_INT(SCTL_E_TOO_LARGE, sctl_cells_stamp(&cells, &stamp, &err));
    CHECK_INT(SCTL_MAX_NUMBER, latest(&cells, "a", NULL));
    stamp.account = str("b");
    stamp.floor = SCTL_MAX_NUMBER + 1;
    CHECK_INT(SCTL_E_TOO_LARGE, sctl_cells_stamp(&cells, &stamp, &err));
    sctl_cells_close(&cells);
}

TEST(repeats_give_way)
{
    struct sctl_intent intents[3];
    struct sctl_stamp stamp = {.since = SCTL_FIRST_ATTEMPT};
    struct sctl_cells cells;
    struct sctl_err err;
    REQUIRE(open_cells(&cells, "repeats", &err));
    memset(intents, 0, sizeof intents);
    intents[0].thing = str("x");
    intents[1].thing = str("y");
    intents[2].thing = str("x");
    stamp.account = str("c");
    stamp.floor = 100;
    stamp.intents = intents;
    stamp.count = 3;
    CHECK_INT(SCTL_OK, sctl_cells_stamp(&cells, &stamp, &err));
    CHECK_INT(SCTL_STAMPED, stamp.outcome);
    CHECK_INT(100, stamp.number);
    stamp.count = 1;
    CHECK_INT(SCTL_OK, sctl_cells_stamp(&cells, &stamp, &err));
    stamp.count = 3;
    stamp.since = 100;
    CHECK_INT(SCTL_OK, sctl_cells_stamp(&cells, &stamp, &err));
    CHECK_INT(102, stamp.number);
    CHECK(intents[0].dropped && !intents[1].dropped && intents[2].dropped);
    CHECK_INT(101, latest(&cells, "c", "x"));
    CHECK_INT(100, latest(&cells, "c", "y")); /* as old as before */
    stamp.since = 99;
    CHECK_INT(SCTL_OK, sctl_cells_stamp(&cells, &stamp, &err));
    CHECK_INT(SCTL_SUPERSEDED, stamp.outcome);
    wall += SCTL_CELLS_FORGET + 1;
    CHECK_INT(0, latest(&cells, "c", "x"));
    CHECK_INT(SCTL_OK, sctl_cells_stamp(&cells, &stamp, &err));
    CHECK_INT(103, stamp.number);
    CHECK_INT(99, latest(&cells, "c", "x"));
    stamp.exact = true;
    CHECK_INT(SCTL_OK, sctl_cells_stamp(&cells, &stamp, &err));
    CHECK_INT(SCTL_BELOW_LAST, stamp.outcome);
    CHECK_INT(103, stamp.last);
    stamp.count = SCTL_MAX_RESOURCES + 1;
    CHECK_INT(SCTL_E_TOO_LARGE, sctl_cells_stamp(&cells, &stamp, &err));
    sctl_cells_close(&cells);
}

TEST(slots_are_spaced)
{
    struct sctl_cells cells;
    struct sctl_err err;
    double delay;
    int i;
    REQUIRE(open_cells(&cells, "slots", &err));
    for (i = 0; i < 5; i++) {
        CHECK_INT(SCTL_OK,
                  sctl_cells_reserve(&cells, str("r"), 2, 1, INFINITY, &delay, &err));
        CHECK(delay == (i < 2 ? 0 : (i - 1) * 2));
    }
    CHECK_INT(SCTL_OK, sctl_cells_reserve(&cells, str("r"), 2, 1, 7.9, &delay, &err));
    CHECK(delay == 8);
    CHECK_INT(SCTL_OK, sctl_cells_reserve(&cells, str("r"), 2, 1, 8, &delay, &err));
    CHECK(delay == 8);
    CHECK_INT(SCTL_OK, sctl_cells_reserve(&cells, str("r"), 2, 1, 9, &delay, &err));
    CHECK(delay == 10); /* that slot was reserved */
    sctl_cells_close(&cells);
}

/* ---- starts of the machine ---- */

/* The kernel's name for this start of the machine is `name`; NULL: it has none. */
static void start_machine(const char *name)
{
    static char path[128];
    (void)snprintf(path, sizeof path, "%s", path_of("boot-id"));
    (void)unlink(path);
    if (name != NULL) {
        FILE *file = fopen(path, "w");
        CHECK(file != NULL && fputs(name, file) >= 0 && fclose(file) == 0);
    }
    sctl_boot_use(path);
}

/* Whether a process that opens the file now finds the lock and the slot that are in it. */
static bool keeps_times(const char *name)
{
    struct sctl_cells cells;
    struct sctl_err err;
    char token[SCTL_LOCK_TOKEN + 1];
    double left = 0, delay = 0;
    CHECK(open_cells(&cells, name, &err));
    CHECK_INT(SCTL_OK, sctl_cells_lock(&cells, str("l"), 1000, token, &left, &err));
    CHECK_INT(SCTL_OK, sctl_cells_reserve(&cells, str("r"), 1000, 0, 1, &delay, &err));
    CHECK((left > 0) == (delay > 0));
    sctl_cells_close(&cells);
    return left > 0;
}

TEST(times_end_with_the_machine_and_not_with_a_step_of_its_clock)
{
    double wall_before = wall;
    start_machine("7f9e0c66-4f5c-4f8e-9f3a-6f1f8f4e1c02\n");
    CHECK(!keeps_times("boot"));
    CHECK(keeps_times("boot"));
    wall += 3600; /* it was set, or the machine was suspended */
    CHECK(keeps_times("boot"));
    wall -= 100000;
    CHECK(keeps_times("boot"));
    start_machine("0b8e6d0a-1a44-4a5e-8c9a-0f9c3a2d7b11\n"); /* again, at the same time */
    CHECK(!keeps_times("boot"));
    CHECK(keeps_times("boot"));
    wall = wall_before;
    sctl_boot_use(NULL);
}

/* As for a process without /proc: it goes by the clock, and so do others where it made the file. */
TEST(without_a_name_a_start_of_the_machine_is_told_by_its_time)
{
    double wall_before = wall, monotonic_before = monotonic;
    start_machine(NULL);
    CHECK(!keeps_times("no-boot"));
    wall += 4;
    CHECK(keeps_times("no-boot"));
    start_machine("7f9e0c66-4f5c-4f8e-9f3a-6f1f8f4e1c02\n");
    CHECK(keeps_times("no-boot"));
    start_machine(NULL);
    wall += 1000;
    monotonic = 5;
    CHECK(!keeps_times("no-boot"));
    CHECK(keeps_times("no-boot"));
    wall = wall_before;
    monotonic = monotonic_before;
    sctl_boot_use(NULL);
}

/* ---- what others do to the file, and what the system refuses ---- */

static int writes, empty_at, fail_write_at;
static char empty_path[128];

/* Instead of the one of libc: empties the file before one write, or fails. */
ssize_t pwrite64(int fd, const void *data, size_t size, off64_t offset)
{
    ssize_t (*real)(int, const void *, size_t, off64_t);
    *(void **)&real = dlsym(RTLD_NEXT, "pwrite64");
    writes++;
    if (writes == empty_at)
        CHECK(truncate(empty_path, 0) == 0);
    if (writes == fail_write_at) {
        errno = ENOSPC;
        return -1;
    }
    return real(fd, data, size, offset);
}

static enum sctl_status stamp_three(struct sctl_cells *cells, uint64_t *number,
                                    struct sctl_err *err)
{
    struct sctl_intent intents[3];
    struct sctl_stamp stamp = {.since = SCTL_FIRST_ATTEMPT};
    enum sctl_status status;
    memset(intents, 0, sizeof intents);
    intents[0].thing = str("x");
    intents[1].thing = str("y");
    intents[2].thing = str("z");
    stamp.account = str("a");
    stamp.floor = 100;
    stamp.intents = intents;
    stamp.count = 3;
    status = sctl_cells_stamp(cells, &stamp, err);
    *number = stamp.number;
    return status;
}

/* What is written after that makes the file longer again, and has no header before it. */
TEST(a_file_that_is_emptied_between_two_writes_is_made_anew)
{
    struct sctl_cells cells, other;
    struct sctl_err err;
    uint64_t number;
    int at;
    REQUIRE(open_cells(&cells, "emptied", &err));
    REQUIRE(open_cells(&other, "emptied", &err));
    (void)snprintf(empty_path, sizeof empty_path, "%s", path_of("emptied"));
    for (at = 1; at <= 6; at++) { /* a header, a number, three intents, and none */
        CHECK(truncate(empty_path, 0) == 0);
        writes = 0;
        empty_at = at;
        CHECK_INT(SCTL_OK, stamp_three(&cells, &number, &err));
        CHECK_INT(at == 1 ? 6 : 5, writes);
        empty_at = 0;
        CHECK_INT(SCTL_OK, stamp_three(&other, &number, &err));
        CHECK(number >= 100);
        CHECK_INT(SCTL_OK, stamp_three(&cells, &number, &err));
        CHECK(number >= 101);
        CHECK_INT(number, latest(&other, "a", "z"));
    }
    sctl_cells_close(&cells);
    sctl_cells_close(&other);
}

/* The name of another start of the machine is written into the file then. */
TEST(a_file_that_is_emptied_while_its_times_are_freed_is_made_anew)
{
    struct sctl_cells cells;
    struct sctl_err err;
    uint64_t number;
    int at;
    (void)snprintf(empty_path, sizeof empty_path, "%s", path_of("freed"));
    for (at = 1; at <= 3; at++) { /* a lock, a slot, the start of the file */
        char name[] = "start 0 of the machine";
        start_machine(name);
        (void)keeps_times("freed");
        name[6] = (char)('0' + at);
        start_machine(name);
        writes = 0;
        empty_at = at;
        REQUIRE(open_cells(&cells, "freed", &err));
        CHECK(writes > at);
        empty_at = 0;
        CHECK_INT(SCTL_OK, stamp_three(&cells, &number, &err));
        CHECK_INT(100, number);
        sctl_cells_close(&cells);
    }
    sctl_boot_use(NULL);
}

TEST(a_write_that_fails_is_an_error_and_no_number_is_given_twice)
{
    struct sctl_cells cells;
    struct sctl_err err;
    uint64_t number, last = 0;
    int at;
    REQUIRE(open_cells(&cells, "full-disk", &err));
    for (at = 1; at <= 4; at++) {
        CHECK_INT(SCTL_OK, stamp_three(&cells, &number, &err));
        CHECK(number > last);
        last = number;
        writes = 0;
        fail_write_at = at;
        CHECK_INT(SCTL_E_SYSTEM, stamp_three(&cells, &number, &err));
        CHECK_INT(at, writes); /* nothing is written after that */
        fail_write_at = 0;
        CHECK_INT(ENOSPC, err.native);
        CHECK(strstr(err.message, "cannot write the store file: No space") != NULL);
        if (at == 1)
            CHECK_INT(last, latest(&cells, "a", NULL)); /* nothing has changed */
    }
    sctl_cells_close(&cells);
}

TEST(a_limit_on_the_size_of_files_is_an_error_and_no_signal)
{
    const struct rlimit low = {1000 * 1024, RLIM_INFINITY};
    struct sctl_cells cells, other;
    struct rlimit before;
    struct sctl_err err;
    CHECK(signal(SIGXFSZ, SIG_DFL) != SIG_ERR);
    REQUIRE(open_cells(&cells, "limit", &err));
    CHECK_INT(5, sequence(&cells, "a", 5));
    CHECK(getrlimit(RLIMIT_FSIZE, &before) == 0 && setrlimit(RLIMIT_FSIZE, &low) == 0);
    CHECK_INT(0, sequence(&cells, "a", 5));
    CHECK(!open_cells(&other, "no-room", &err));
    CHECK_INT(SCTL_E_SYSTEM, err.status);
    CHECK_INT(EFBIG, err.native);
    CHECK(strstr(err.message,
                 "the limit on the size of files is 1024000 bytes, the store "
                 "file needs 4198400; raise it (ulimit -f)") != NULL);
    CHECK(access(path_of("no-room"), F_OK) != 0);
    CHECK(setrlimit(RLIMIT_FSIZE, &before) == 0);
    CHECK_INT(6, sequence(&cells, "a", 5));
    REQUIRE(open_cells(&other, "no-room", &err));
    sctl_cells_close(&cells);
    sctl_cells_close(&other);
}

/* A child that was forked must not share the parent's lock: both count, at the same time. */
TEST(a_fork_opens_the_file_for_itself)
{
    struct sctl_cells cells;
    struct sctl_err err;
    pid_t children[4];
    int i, n, status;
    REQUIRE(open_cells(&cells, "fork", &err));
    CHECK_INT(1, sequence(&cells, "a", 1));
    for (i = 0; i < 4; i++) {
        children[i] = fork();
        REQUIRE(children[i] >= 0);
        if (children[i] == 0) {
            int before = cells.table.file->fd;
            uint64_t last = 0, parent = cells.table.file->process;
            for (n = 0; n < 2000; n++) {
                uint64_t number = sequence(&cells, "a", 1);
                if (number <= last || cells.table.file->process == parent)
                    _exit(1);
                last = number;
            }
            _exit(before < 0);
        }
    }
    for (n = 0; n < 2000; n++)
        CHECK(sequence(&cells, "a", 1) > 0);
    for (i = 0; i < 4; i++) {
        CHECK(waitpid(children[i], &status, 0) == children[i]);
        CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    }
    CHECK_INT(5 * 2000 + 1, latest(&cells, "a", NULL));
    sctl_cells_close(&cells);
}

TEST(a_kill_at_any_moment_leaves_a_valid_file)
{
    const struct sctl_cell *left;
    struct sctl_cells cells;
    struct sctl_err err;
    uint64_t before = 0;
    int i, status;
    for (i = 0; i < 60; i++) {
        pid_t child = fork();
        REQUIRE(child >= 0);
        if (child == 0) {
            struct sctl_intent intents[8];
            struct sctl_stamp stamp = {.since = SCTL_FIRST_ATTEMPT};
            char names[8][16];
            int n = 0, j;
            if (!open_cells(&cells, "kill", &err))
                _exit(1);
            memset(intents, 0, sizeof intents);
            stamp.account = str("c");
            stamp.intents = intents;
            stamp.count = LENGTH(intents);
            for (;;) {
                for (j = 0; j < 8; j++) {
                    (void)snprintf(names[j], sizeof names[j], "%d", (n * 8 + j) % 5000);
                    intents[j].thing = str(names[j]);
                }
                n++;
                if (sctl_cells_stamp(&cells, &stamp, &err) != SCTL_OK)
                    _exit(1);
                wall += 0.1; /* so that cells are used again */
            }
        }
        (void)usleep(1000 + next_number() % 20000);
        CHECK(kill(child, SIGKILL) == 0);
        CHECK(waitpid(child, &status, 0) == child);
        CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
        REQUIRE(open_cells(&cells, "kill", &err));
        CHECK(latest(&cells, "c", NULL) >= before);
        before = sequence(&cells, "c", 1);
        CHECK(before > 0);
        sctl_cells_close(&cells);
        left = read_cells("kill");
        for (size_t k = 0; k < SCTL_CELLS_CAPACITY; k++) {
            CHECK(left[k].kind <= SCTL_SLOT);
            CHECK(left[k].kind == SCTL_FREE || left[k].number <= before);
        }
    }
    CHECK(before > 60);
}

TEST(a_file_that_is_replaced_is_opened_again)
{
    struct sctl_cells cells, other;
    struct sctl_err err;
    REQUIRE(open_cells(&cells, "replaced", &err));
    CHECK_INT(50, sequence(&cells, "a", 50));
    CHECK(unlink(path_of("replaced")) == 0);
    REQUIRE(open_cells(&other, "replaced", &err));
    CHECK_INT(7, sequence(&other, "a", 7));
    CHECK_INT(8, sequence(&cells, "a", 7));
    CHECK(truncate(path_of("replaced"), 0) == 0);
    CHECK_INT(9, sequence(&cells, "a", 9));
    CHECK_INT(10, sequence(&other, "a", 9));
    CHECK(truncate(path_of("replaced"), 5000) == 0);
    CHECK_INT(0, sequence(&cells, "a", 9)); /* refused */
    CHECK(unlink(path_of("replaced")) == 0);
    CHECK_INT(11, sequence(&cells, "a", 11));
    sctl_cells_close(&cells);
    sctl_cells_close(&other);
}

TEST(a_file_that_is_moved_away_is_left_within_a_second)
{
    struct sctl_cells cells, other;
    struct sctl_err err;
    char there[128];
    (void)snprintf(there, sizeof there, "%s", path_of("moved-there"));
    REQUIRE(open_cells(&cells, "moved", &err));
    CHECK_INT(50, sequence(&cells, "a", 50));
    CHECK(rename(path_of("moved"), there) == 0);
    REQUIRE(open_cells(&other, "moved", &err));
    CHECK_INT(7, sequence(&other, "a", 7));
    CHECK_INT(51, sequence(&cells, "a", 7)); /* nobody looks at each call */
    monotonic += 1;
    CHECK_INT(8, sequence(&cells, "a", 7));
    CHECK_INT(9, sequence(&other, "a", 7));
    CHECK(rename(path_of("moved"), there) == 0);
    monotonic += 1;
    CHECK_INT(5, sequence(&cells, "a", 5)); /* a file of its own making */
    CHECK_INT(6, sequence(&other, "a", 5));
    monotonic -= 100; /* another clock, which a test has put in place */
    CHECK(rename(path_of("moved"), there) == 0);
    CHECK_INT(4, sequence(&cells, "a", 4));
    CHECK(rename(path_of("moved"), there) == 0);
    CHECK(mkdir(path_of("moved"), 0700) == 0);
    monotonic += 1;
    CHECK_INT(0, sequence(&cells, "a", 4)); /* a folder is no store */
    CHECK(rmdir(path_of("moved")) == 0);
    CHECK_INT(3, sequence(&cells, "a", 3));
    sctl_cells_close(&cells);
    sctl_cells_close(&other);
}

/* The child has the file open, and with it a lock that is not ended before the file is closed. */
TEST(a_file_that_is_replaced_is_let_go_of_though_a_child_has_it_open)
{
    struct sctl_cells cells, other;
    struct sctl_err err;
    pid_t child;
    int status;
    REQUIRE(open_cells(&cells, "let-go", &err));
    CHECK_INT(1, sequence(&cells, "a", 1));
    child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        for (;;)
            (void)pause();
    }
    CHECK(truncate(path_of("let-go"), 0) == 0);
    CHECK_INT(5, sequence(&cells, "a", 5));
    CHECK(truncate(path_of("let-go"), 0) == 0 &&
          truncate(path_of("let-go"), (off_t)SCTL_CELLS_SIZE) == 0);
    CHECK_INT(7, sequence(&cells, "a", 7));
    REQUIRE(open_cells(&other, "let-go", &err)); /* it is a store again, with a header */
    CHECK_INT(8, sequence(&other, "a", 7));
    sctl_cells_close(&other);
    CHECK(kill(child, SIGKILL) == 0 && waitpid(child, &status, 0) == child);
    sctl_cells_close(&cells);
}

static unsigned char next_random;

static bool count_up(unsigned char *out, size_t len)
{
    memset(out, ++next_random, len);
    return true;
}

/* The only cell in use. */
static size_t cell_in_use(const char *name)
{
    const struct sctl_cell *cells = read_cells(name);
    size_t i = 0;
    while (i < SCTL_CELLS_CAPACITY && cells[i].kind == SCTL_FREE)
        i++;
    return i;
}

/* Who names streams must not be able to tell which of them share a bucket. */
TEST(a_file_has_a_secret_that_its_users_share)
{
    struct sctl_cells one, same, other;
    struct sctl_err err;
    sctl_random_use(count_up);
    REQUIRE(open_cells(&one, "secret1", &err));
    sctl_random_use(count_up);
    REQUIRE(open_cells(&same, "secret1", &err));
    REQUIRE(open_cells(&other, "secret2", &err));
    sctl_random_use(NULL);
    CHECK_INT(5, sequence(&one, "a", 5));
    CHECK_INT(6, sequence(&same, "a", 5));
    CHECK_INT(5, sequence(&other, "a", 5));
    CHECK(cell_in_use("secret1") != cell_in_use("secret2"));
    sctl_cells_close(&one);
    sctl_cells_close(&same);
    sctl_cells_close(&other);
}

static bool no_random(unsigned char *out, size_t len)
{
    (void)out;
    (void)len;
    return false;
}

TEST(no_random_numbers_make_no_file)
{
    struct sctl_cells cells;
    struct sctl_err err;
    sctl_random_use(no_random);
    CHECK(!open_cells(&cells, "random", &err));
    CHECK_INT(SCTL_E_SYSTEM, err.status);
    sctl_random_use(NULL);
    REQUIRE(open_cells(&cells, "random", &err));
    sctl_cells_close(&cells);
}

static double slept; /* seconds that were asked for */

/* Instead of the one of libc. */
int nanosleep(const struct timespec *time, struct timespec *left)
{
    slept += (double)time->tv_sec + (double)time->tv_nsec / 1e9;
    return clock_nanosleep(CLOCK_MONOTONIC, 0, time, left);
}

TEST(a_lock_that_is_kept_ends_in_an_error)
{
    struct sctl_stamp stamp = {.since = SCTL_FIRST_ATTEMPT};
    struct sctl_cells cells, holder;
    struct sctl_err err;
    stamp.account = str("a");
    CHECK_INT(SCTL_OK, sctl_cells_open(&cells, str(path_of("lock")), 0.01, &err));
    REQUIRE(open_cells(&holder, "lock", &err));
    REQUIRE(sctl_cells_enter(&holder, &err) == SCTL_OK);
    slept = 0;
    CHECK_INT(SCTL_E_TIMEOUT, sctl_cells_stamp(&cells, &stamp, &err));
    CHECK(slept > 0.01 && slept < 0.012);
    CHECK(strstr(err.message, "0.01 seconds") != NULL);
    CHECK_INT(SCTL_OK, sctl_cells_leave(&holder, &err));
    CHECK_INT(3, sequence(&cells, "a", 3));
    sctl_cells_close(&cells);
    sctl_cells_close(&holder);
}

TEST(no_memory_leaves_nothing_open)
{
    struct sctl_cells cells;
    struct sctl_err err;
    int before = dup(0), after, fail_at;
    (void)close(before);
    for (fail_at = 1; fail_at <= 2; fail_at++) {
        memory.armed = true;
        memory.calls = 0;
        memory.fail_at = fail_at;
        CHECK(!open_cells(&cells, "memory", &err));
        memory.armed = false;
        CHECK_INT(SCTL_E_MEMORY, err.status);
        CHECK(cells.path == NULL);
        sctl_cells_close(&cells);
    }
    CHECK(open_cells(&cells, "memory", &err));
    sctl_cells_close(&cells);
    CHECK(!open_cells(&cells, "", &err)); /* the folder */
    CHECK_INT(SCTL_E_INVALID, sctl_cells_open(&cells, str(""), 1, &err));
    after = dup(0);
    (void)close(after);
    CHECK_INT(before, after); /* no descriptor is left */
    CHECK_INT(0, memory.live);
}

int main(void)
{
    static const struct sctl_clock CLOCK = {.wall = read_wall,
                                            .monotonic = read_monotonic};
    char command[128];
    int status;
    check_limit(240);
    wall = 1700000000;
    monotonic = 1000;
    sctl_clock_use(&CLOCK);
    (void)snprintf(folder, sizeof folder, "/tmp/cells-XXXXXX");
    if (mkdtemp(folder) == NULL) {
        perror("mkdtemp");
        return 1;
    }
    RUN(numbers_rise);
    RUN(numbers_end_at_the_largest);
    RUN(repeats_give_way);
    RUN(slots_are_spaced);
    RUN(times_end_with_the_machine_and_not_with_a_step_of_its_clock);
    RUN(without_a_name_a_start_of_the_machine_is_told_by_its_time);
    RUN(a_file_that_is_emptied_between_two_writes_is_made_anew);
    RUN(a_file_that_is_emptied_while_its_times_are_freed_is_made_anew);
    RUN(a_write_that_fails_is_an_error_and_no_number_is_given_twice);
    RUN(a_limit_on_the_size_of_files_is_an_error_and_no_signal);
    RUN(a_fork_opens_the_file_for_itself);
    RUN(a_kill_at_any_moment_leaves_a_valid_file);
    RUN(a_file_that_is_replaced_is_opened_again);
    RUN(a_file_that_is_moved_away_is_left_within_a_second);
    RUN(a_file_that_is_replaced_is_let_go_of_though_a_child_has_it_open);
    RUN(a_file_has_a_secret_that_its_users_share);
    RUN(no_random_numbers_make_no_file);
    RUN(a_lock_that_is_kept_ends_in_an_error);
    RUN(no_memory_leaves_nothing_open);
    (void)snprintf(command, sizeof command, "rm -rf %s", folder);
    status = check_report();
    return system(command) != 0 || status != 0;
}
