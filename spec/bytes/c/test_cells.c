/* Cells, where Lua cannot look: the tables, the file under them, and what the system refuses. The
 * promises of all stores are in spec/world/store/contract.lua. */
#define _FILE_OFFSET_BITS 64 /* as the file under test has it, so that it calls ours */
#include "check.h"
#include "guard.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <math.h>
#include <signal.h>
#include <sys/stat.h>

#include "store/cells_table.h"
#include "base/clock.h"
#include "base/nonce.h"

#define MANY SCTL_MAX_RESOURCES

static struct sctl_err err;
static double wall = 1700000000, monotonic = 1000;

static double read_wall(void)
{
    return wall;
}

static double read_monotonic(void)
{
    return monotonic;
}

static bool open_cells(struct sctl_cells *cells, const char *name)
{
    return sctl_cells_open(cells, str(name), 60, &err) == SCTL_OK;
}

/* Stamps streams "s<from>", "s<from + 1>" ... */
static enum sctl_status stamp(struct sctl_cells *cells, const char *account, uint64_t floor,
                              unsigned from, unsigned count, uint64_t *number)
{
    static char names[MANY][24];
    static struct sctl_intent intents[MANY];
    struct sctl_stamp stamp = {.since = SCTL_FIRST_ATTEMPT};
    enum sctl_status status;
    unsigned i;
    memset(intents, 0, sizeof intents);
    for (i = 0; i < count; i++) {
        (void)snprintf(names[i], sizeof names[i], "s%u", from + i);
        intents[i].resource = str(names[i]);
    }
    stamp.account = str(account);
    stamp.floor = floor;
    stamp.intents = intents;
    stamp.count = count;
    status = sctl_cells_stamp(cells, &stamp, &err);
    *number = stamp.number;
    return status;
}

/* The number; 0 when the store fails. */
static uint64_t take(struct sctl_cells *cells, const char *account, uint64_t floor, unsigned from,
                     unsigned count)
{
    uint64_t number;
    return stamp(cells, account, floor, from, count, &number) == SCTL_OK ? number : 0;
}

static uint64_t sequence(struct sctl_cells *cells, const char *account, uint64_t floor)
{
    return take(cells, account, floor, 0, 0);
}

/* The number of the account or, with a resource, of its last intent. */
static uint64_t latest(struct sctl_cells *cells, const char *account, const char *resource)
{
    struct sctl_moment now = sctl_moment_now();
    const struct sctl_cell *cell;
    uint64_t key[2], number = 0;
    CHECK_INT(SCTL_OK, cells->path != NULL ? sctl_cells_enter_file(cells, &err)
                                           : sctl_table_make(cells, &err));
    sctl_siphash(cells->secret, str(account), key);
    if (resource != NULL)
        sctl_siphash(key, str(resource), key);
    cell = sctl_table_find(&cells->table, resource == NULL ? SCTL_COUNTER : SCTL_INTENT, key);
    if (cell != NULL && sctl_cell_is_live(cell, now))
        number = resource == NULL ? cell->counter.last : cell->intent.age;
    if (cells->path != NULL)
        CHECK_INT(SCTL_OK, sctl_cells_leave_file(cells, &err));
    return number;
}

static uint64_t latest_stream(struct sctl_cells *cells, unsigned stream)
{
    char name[24];
    (void)snprintf(name, sizeof name, "s%u", stream);
    return latest(cells, "c", name);
}

TEST(hashes_are_those_of_siphash)
{
    static const struct {
        size_t len;
        uint64_t hash[2];
    } CASES[] = {
        {0, {UINT64_C(0xbea58827b2bc7ee7), UINT64_C(0x013030dd6adb62fd)}},
        {1, {UINT64_C(0xa8edd36004376ffc), UINT64_C(0x63f02f2bcc73055e)}},
        {7, {UINT64_C(0xc3e0aaf223b98410), UINT64_C(0x77ab4808c82e2fa6)}},
        {8, {UINT64_C(0xb4dae3d5e1fe12aa), UINT64_C(0x99c7f935ab164f72)}},
        {9, {UINT64_C(0x9439f32c04b8dd81), UINT64_C(0x427c1394000e72f4)}},
        {15, {UINT64_C(0x6c52bdb205557ec1), UINT64_C(0x09017e1eeccd2129)}},
        {16, {UINT64_C(0xeb8e511557d9a8d0), UINT64_C(0x93179e3df8b013b5)}},
        {63, {UINT64_C(0x6f42fe4ee300584c), UINT64_C(0xad6052a70a6b9f07)}},
    };
    const uint64_t key[2] = {UINT64_C(0x0706050403020100), UINT64_C(0x0f0e0d0c0b0a0908)};
    struct guard guard = guard_new(64);
    char bytes[64];
    size_t i;
    for (i = 0; i < sizeof bytes; i++)
        bytes[i] = (char)i;
    for (i = 0; i < LENGTH(CASES); i++) {
        uint64_t hash[2];
        sctl_siphash(key, guard_text(&guard, bytes, CASES[i].len), hash);
        CHECK(hash[0] == CASES[i].hash[0] && hash[1] == CASES[i].hash[1]);
    }
    guard_free(&guard);
}

/* `second`: the bucket of the second choice; when that is the first one, the next one is. */
static void check_shared_buckets(uint64_t second)
{
    struct sctl_table table = {.buckets = 4};
    struct sctl_moment now = sctl_moment_now();
    struct sctl_intent shared[2 * SCTL_BUCKET + 1];
    struct sctl_cell *cell;
    uint64_t i, j;
    table.cells = calloc(4 * SCTL_BUCKET, sizeof *table.cells);
    REQUIRE(table.cells != NULL);
    memset(shared, 0, sizeof shared);
    for (i = 0; i < LENGTH(shared); i++) { /* that differ in one word only */
        shared[i].key[0] = 1 + (i % 2 == 0 ? 4 * i : 0);
        shared[i].key[1] = second + (i % 2 == 0 ? 0 : 4 * i);
        cell = sctl_table_room(&table, shared[i].key, now);
        CHECK((cell != NULL) == (i < 2 * SCTL_BUCKET));
        if (cell == NULL)
            continue;
        for (j = 0; j < i; j++)
            CHECK(shared[j].cell != cell);
        shared[i].cell = cell;
        *cell =
            (struct sctl_cell){.kind = SCTL_COUNTER, .key = {shared[i].key[0], shared[i].key[1]}};
    }
    for (i = 0; i < LENGTH(shared); i++) {
        cell = sctl_table_find(&table, SCTL_COUNTER, shared[i].key);
        CHECK(cell == shared[i].cell);
        CHECK(sctl_table_find(&table, SCTL_INTENT, shared[i].key) == NULL);
    }
    free(table.cells);
}

TEST(keys_that_share_buckets_are_told_apart)
{
    check_shared_buckets(2);
    check_shared_buckets(1);
}

static size_t size_of(const struct sctl_cells *cells)
{
    return cells->table.buckets * SCTL_BUCKET;
}

static size_t used_cells(const struct sctl_cells *cells)
{
    size_t i, count = 0;
    for (i = 0; i < size_of(cells); i++)
        count += cells->table.cells[i].kind != SCTL_FREE ? 1 : 0;
    return count;
}

TEST(a_store_in_memory_has_its_own_secret_and_nothing_before_the_first_use)
{
    struct sctl_cells one, other;
    long before = memory.live;
    sctl_cells_open_memory(&one);
    sctl_cells_open_memory(&other);
    CHECK_INT(before, memory.live);
    CHECK_INT(1, take(&one, "c", 1, 1, 20));
    CHECK_INT(before + 1, memory.live);
    CHECK_INT(SCTL_CELLS_MEMORY_FIRST, size_of(&one));
    CHECK_INT(1, take(&other, "c", 1, 1, 1));
    CHECK(memcmp(one.secret, other.secret, sizeof one.secret) != 0);
    CHECK(one.secret[0] != 0 && one.secret[1] != 0);
    wall += SCTL_CELLS_FORGET + 1; /* what is forgotten is left behind when it grows */
    CHECK_INT(SCTL_OK, sctl_table_grow(&one, sctl_moment_now(), &err));
    CHECK_INT(1, used_cells(&one)); /* the account's */
    CHECK_INT(2, take(&one, "c", 1, 1000, 300));
    CHECK_INT(301, used_cells(&one));
    sctl_cells_close(&other);
    sctl_cells_close(&one);
    sctl_cells_close(&one);
    CHECK_INT(before, memory.live);
    CHECK_INT(0, take(&one, "c", 1, 1, 1));
}

static bool no_random(unsigned char *out, size_t len)
{
    (void)out;
    (void)len;
    errno = EIO;
    return false;
}

TEST(what_the_system_refuses_changes_nothing)
{
    struct sctl_cells cells;
    char token[SCTL_LOCK_TOKEN + 1];
    uint64_t number;
    double left;
    long before = memory.live;
    int i;
    sctl_cells_open_memory(&cells);
    sctl_random_use(no_random);
    CHECK_INT(SCTL_E_SYSTEM, stamp(&cells, "c", 1, 0, 1, &number));
    CHECK_INT(SCTL_E_SYSTEM, sctl_cells_lock(&cells, str("l"), 1, token, &left, &err));
    sctl_random_use(NULL);
    WITHOUT_MEMORY(CHECK_INT(SCTL_E_MEMORY, stamp(&cells, "c", 1, 0, 20, &number)));
    CHECK_INT(1, take(&cells, "c", 1, 0, 20));
    for (i = 0; i < 2; i++) { /* to grow: for a known account, and for a new one */
        const char *account = i == 0 ? "c" : "new";
        WITHOUT_MEMORY(CHECK_INT(SCTL_E_MEMORY, stamp(&cells, account, 5, 100, 500, &number)));
        CHECK_INT(i == 0 ? 1 : 0, latest(&cells, account, NULL));
    }
    CHECK_INT(1, latest_stream(&cells, 19));
    CHECK_INT(5, take(&cells, "c", 5, 100, 500));
    sctl_cells_close(&cells);
    CHECK_INT(before, memory.live);
}

/* The kernel's name for this start of the machine is `name`; NULL: it has none. */
static void start_machine(const char *name)
{
    (void)unlink("boot-id");
    if (name != NULL) {
        FILE *file = fopen("boot-id", "w");
        CHECK(file != NULL && fputs(name, file) >= 0 && fclose(file) == 0);
    }
    sctl_boot_use("boot-id");
}

/* Whether a process that opens the file now finds the lock and the slot that are in it. */
static bool keeps_times(const char *name)
{
    struct sctl_cells cells;
    char token[SCTL_LOCK_TOKEN + 1];
    double left = 0, delay = 0;
    CHECK(open_cells(&cells, name));
    CHECK_INT(SCTL_OK, sctl_cells_lock(&cells, str("l"), 1000, token, &left, &err));
    CHECK_INT(SCTL_OK, sctl_cells_reserve(&cells, str("r"), 1000, 1, &delay, &err));
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

TEST(a_note_outlasts_a_start_of_the_machine)
{
    struct sctl_cells cells;
    uint64_t highest;
    start_machine("7f9e0c66-4f5c-4f8e-9f3a-6f1f8f4e1c02\n");
    REQUIRE(open_cells(&cells, "notes"));
    CHECK_INT(SCTL_OK, sctl_cells_note(&cells, str("n"), 7, 1000, &highest, &err));
    sctl_cells_close(&cells);
    start_machine("0b8e6d0a-1a44-4a5e-8c9a-0f9c3a2d7b11\n");
    REQUIRE(open_cells(&cells, "notes"));
    CHECK_INT(SCTL_OK, sctl_cells_note(&cells, str("n"), 0, 0, &highest, &err));
    CHECK_INT(7, highest);
    wall += 1001;
    CHECK_INT(SCTL_OK, sctl_cells_note(&cells, str("n"), 0, 0, &highest, &err));
    CHECK_INT(0, highest);
    wall -= 1001;
    sctl_cells_close(&cells);
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

#ifdef __GLIBC__
#define PREAD "pread64" /* as they are called where offsets have 64 bits */
#define PWRITE "pwrite64"
#else
#define PREAD "pread"
#define PWRITE "pwrite"
#endif

static int writes, empty_at, fail_write_at;
static int reads, fail_read_at; /* of what is behind the header */
static const char *empty_path;

/* Instead of the one of libc: empties the file before one write, or fails. */
ssize_t pwrite(int fd, const void *data, size_t size, off_t offset)
{
    ssize_t (*real)(int, const void *, size_t, off_t);
    *(void **)&real = dlsym(RTLD_NEXT, PWRITE);
    writes++;
    if (writes == empty_at)
        CHECK(truncate(empty_path, 0) == 0);
    if (writes == fail_write_at) {
        errno = ENOSPC;
        return -1;
    }
    return real(fd, data, size, offset);
}

ssize_t pread(int fd, void *data, size_t size, off_t offset)
{
    ssize_t (*real)(int, void *, size_t, off_t);
    *(void **)&real = dlsym(RTLD_NEXT, PREAD);
    if (offset < (off_t)SCTL_CELLS_HEADER || ++reads != fail_read_at)
        return real(fd, data, size, offset);
    errno = EIO;
    return -1;
}

/* What is written after that makes the file longer again, and has no header before it. */
TEST(a_file_that_is_emptied_between_two_writes_is_made_anew)
{
    struct sctl_cells cells, other;
    uint64_t number;
    int at;
    REQUIRE(open_cells(&cells, "emptied"));
    REQUIRE(open_cells(&other, "emptied"));
    empty_path = "emptied";
    for (at = 1; at <= 6; at++) { /* a header, a number, three intents, and none */
        CHECK(truncate(empty_path, 0) == 0);
        writes = 0;
        empty_at = at;
        CHECK_INT(SCTL_OK, stamp(&cells, "a", 100, 0, 3, &number));
        CHECK_INT(at == 1 ? 6 : 5, writes);
        empty_at = 0;
        CHECK_INT(SCTL_OK, stamp(&other, "a", 100, 0, 3, &number));
        CHECK(number >= 100);
        CHECK_INT(SCTL_OK, stamp(&cells, "a", 100, 0, 3, &number));
        CHECK(number >= 101);
        CHECK_INT(number, latest(&other, "a", "s2"));
    }
    sctl_cells_close(&cells);
    sctl_cells_close(&other);
}

TEST(a_write_that_fails_is_an_error_and_no_number_is_given_twice)
{
    struct sctl_cells cells;
    uint64_t number, last = 0;
    int at;
    REQUIRE(open_cells(&cells, "full-disk"));
    for (at = 1; at <= 4; at++) {
        CHECK_INT(SCTL_OK, stamp(&cells, "a", 100, 0, 3, &number));
        CHECK(number > last);
        last = number;
        writes = 0;
        fail_write_at = at;
        CHECK_INT(SCTL_E_SYSTEM, stamp(&cells, "a", 100, 0, 3, &number));
        CHECK_INT(at, writes); /* nothing is written after that */
        fail_write_at = 0;
        CHECK_INT(ENOSPC, err.native);
        CHECK(strstr(err.message, "cannot write the store file: No space") != NULL);
        if (at == 1)
            CHECK_INT(last, latest(&cells, "a", NULL)); /* nothing has changed */
    }
    sctl_cells_close(&cells);
}

TEST(a_read_that_fails_is_an_error_and_no_number_begins_anew)
{
    struct sctl_cells cells;
    uint64_t number, last;
    int at;
    REQUIRE(open_cells(&cells, "bad-disk"));
    CHECK_INT(SCTL_OK, stamp(&cells, "a", 100, 0, 3, &last));
    for (at = 1; at <= 4; at++) { /* buckets: of the account, of three intents */
        reads = 0;
        fail_read_at = at;
        CHECK_INT(SCTL_E_SYSTEM, stamp(&cells, "a", 1, 0, 3, &number));
        CHECK_INT(EIO, err.native);
        CHECK(strstr(err.message, "cannot read the store file: Input/output error") != NULL);
        fail_read_at = 0;
        CHECK_INT(SCTL_OK, stamp(&cells, "a", 1, 0, 3, &number));
        CHECK(number > last);
        CHECK_INT(number, latest(&cells, "a", "s2"));
        last = number;
    }
    sctl_cells_close(&cells);
}

/* A child that was forked must not share the parent's lock: both count, at the same time. */
TEST(a_fork_opens_the_file_for_itself)
{
    struct sctl_cells cells;
    pid_t children[4];
    int i, n, status;
    REQUIRE(open_cells(&cells, "fork"));
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

TEST(a_file_that_is_moved_away_is_left_within_a_second)
{
    struct sctl_cells cells, other;
    REQUIRE(open_cells(&cells, "moved"));
    CHECK_INT(50, sequence(&cells, "a", 50));
    CHECK(rename("moved", "moved-there") == 0);
    REQUIRE(open_cells(&other, "moved"));
    CHECK_INT(7, sequence(&other, "a", 7));
    CHECK_INT(51, sequence(&cells, "a", 7)); /* nobody looks at each call */
    monotonic += 1;
    CHECK_INT(8, sequence(&cells, "a", 7));
    CHECK_INT(9, sequence(&other, "a", 7));
    CHECK(rename("moved", "moved-there") == 0);
    monotonic += 1;
    CHECK_INT(5, sequence(&cells, "a", 5)); /* a file of its own making */
    CHECK_INT(6, sequence(&other, "a", 5));
    monotonic -= 100; /* another clock, which a test has put in place */
    CHECK(rename("moved", "moved-there") == 0);
    CHECK_INT(4, sequence(&cells, "a", 4));
    CHECK(rename("moved", "moved-there") == 0);
    CHECK(mkdir("moved", 0700) == 0);
    monotonic += 1;
    CHECK_INT(0, sequence(&cells, "a", 4)); /* a folder is no store */
    CHECK(rmdir("moved") == 0);
    CHECK_INT(3, sequence(&cells, "a", 3));
    sctl_cells_close(&cells);
    sctl_cells_close(&other);
}

int main(void)
{
    static const struct sctl_clock CLOCK = {.wall = read_wall, .monotonic = read_monotonic};
    sctl_clock_use(&CLOCK);
    return check_main_in_folder(240);
}
