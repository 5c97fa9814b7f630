/* Cells in memory: the hash of their keys, growing, forgetting, and what finds no room. */
#include "check.h"
#include "guard.h"

#include <math.h>

#include "cells_file.h"
#include "clock.h"
#include "nonce.h"
#include "siphash.h"

#define MANY SCTL_MAX_RESOURCES

static double wall = 1700000000, monotonic = 1000;

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

static void pass(double seconds)
{
    wall += seconds;
    monotonic += seconds;
}

static char names[MANY][24];
static struct sctl_intent intents[MANY];

/* Streams "s<from>", "s<from + 1>", ... */
static struct sctl_stamp stamp_of(const char *counter, unsigned from, unsigned count)
{
    struct sctl_stamp stamp = {.since = SCTL_FIRST_ATTEMPT};
    unsigned i;
    memset(intents, 0, sizeof intents);
    for (i = 0; i < count; i++) {
        (void)snprintf(names[i], sizeof names[i], "s%u", from + i);
        intents[i].thing = str(names[i]);
    }
    stamp.account = str(counter);
    stamp.floor = 1;
    stamp.intents = intents;
    stamp.count = count;
    return stamp;
}

/* The number; 0 when the store fails. */
static uint64_t take(struct sctl_cells *cells, const char *counter, unsigned from,
                     unsigned count)
{
    struct sctl_stamp stamp = stamp_of(counter, from, count);
    struct sctl_err err;
    return sctl_cells_stamp(cells, &stamp, &err) == SCTL_OK ? stamp.number : 0;
}

/* The number of the account or, with a thing, of its last intent. */
static uint64_t latest_of(struct sctl_cells *cells, const char *account,
                          const char *thing)
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

static uint64_t latest(struct sctl_cells *cells, const char *account)
{
    return latest_of(cells, account, NULL);
}

static uint64_t latest_stream(struct sctl_cells *cells, unsigned number)
{
    char name[24];
    (void)snprintf(name, sizeof name, "s%u", number);
    return latest_of(cells, "c", name);
}

/* Whether a repeat of an intent of number `since` about one stream gives way. */
static bool gives_way(struct sctl_cells *cells, unsigned stream, uint64_t since)
{
    struct sctl_stamp stamp = stamp_of("c", stream, 1);
    struct sctl_err err;
    stamp.since = since;
    CHECK_INT(SCTL_OK, sctl_cells_stamp(cells, &stamp, &err));
    return stamp.outcome == SCTL_SUPERSEDED;
}

static size_t size_of(const struct sctl_cells *cells)
{
    return cells->table.buckets * SCTL_BUCKET;
}

static size_t live_cells(const struct sctl_cells *cells)
{
    struct sctl_moment now = sctl_moment_now();
    size_t i, count = 0;
    for (i = 0; i < size_of(cells); i++)
        count += sctl_cell_is_live(&cells->table.cells[i], now) ? 1 : 0;
    return count;
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

TEST(each_store_has_a_secret_of_its_own)
{
    struct sctl_cells one, other;
    sctl_cells_open_memory(&one);
    sctl_cells_open_memory(&other);
    CHECK_INT(1, take(&one, "c", 1, 1));
    CHECK_INT(1, take(&other, "c", 1, 1));
    CHECK(memcmp(one.secret, other.secret, sizeof one.secret) != 0);
    CHECK(one.secret[0] != 0 && one.secret[1] != 0);
    sctl_cells_close(&one);
    sctl_cells_close(&other);
}

TEST(nothing_is_allocated_before_the_first_use)
{
    struct sctl_cells cells;
    struct sctl_err err;
    long before = memory.live;
    sctl_cells_open_memory(&cells);
    CHECK_INT(before, memory.live);
    CHECK_INT(1, take(&cells, "c", 1, 20));
    CHECK_INT(before + 1, memory.live);
    CHECK_INT(SCTL_CELLS_MEMORY_FIRST, size_of(&cells));
    sctl_cells_close(&cells);
    sctl_cells_close(&cells);
    CHECK_INT(before, memory.live);
    CHECK_INT(0, take(&cells, "c", 1, 1));
    CHECK_INT(SCTL_E_CLOSED,
              sctl_cells_latest(&cells, str("c"), (struct sctl_str){NULL, 0},
                                &(uint64_t){0}, &(bool){false}, &err));
}

TEST(it_grows_with_what_it_holds)
{
    struct sctl_cells cells;
    unsigned i;
    sctl_cells_open_memory(&cells);
    for (i = 0; i < 20000; i += 20)
        REQUIRE(take(&cells, "c", i, 20) == i / 20 + 1);
    CHECK(size_of(&cells) >= 20001 && size_of(&cells) <= 4 * 20001);
    for (i = 0; i < 20000; i++)
        CHECK(latest_stream(&cells, i) == i / 20 + 1);
    CHECK_INT(20001, live_cells(&cells));
    sctl_cells_close(&cells);
}

TEST(it_leaves_behind_what_is_forgotten)
{
    struct sctl_cells cells;
    size_t i, used = 0;
    sctl_cells_open_memory(&cells);
    CHECK_INT(1, take(&cells, "c", 0, 30));
    pass(SCTL_CELLS_FORGET + 1);
    CHECK_INT(2, take(&cells, "c", 1000, 300));
    CHECK(size_of(&cells) > SCTL_CELLS_MEMORY_FIRST);
    for (i = 0; i < size_of(&cells); i++)
        used += cells.table.cells[i].kind != SCTL_FREE ? 1 : 0;
    CHECK_INT(301, used);
    sctl_cells_close(&cells);
}

/* One stamp: the table grows under it several times, and two streams never get one cell. */
TEST(a_stamp_of_many_streams_is_whole)
{
    struct sctl_cells cells;
    struct sctl_stamp stamp;
    struct sctl_err err;
    unsigned i;
    sctl_cells_open_memory(&cells);
    CHECK_INT(1, take(&cells, "c", 0, MANY));
    CHECK_INT(MANY + 1, live_cells(&cells));
    for (i = 0; i < MANY; i++)
        CHECK(latest_stream(&cells, i) == 1);
    pass(SCTL_CELLS_FORGET + 1);
    /* cells that they had, and streams that find theirs, are not given to others */
    CHECK_INT(2, take(&cells, "c", MANY / 2, MANY));
    for (i = MANY / 2; i < MANY / 2 + MANY; i++)
        CHECK(latest_stream(&cells, i) == 2);
    CHECK_INT(MANY + 1, live_cells(&cells));
    stamp = stamp_of("c", 100000, 10);
    for (i = 1; i < 10; i++)
        intents[i].thing = i % 2 == 1 ? intents[0].thing : intents[2].thing;
    CHECK_INT(SCTL_OK, sctl_cells_stamp(&cells, &stamp, &err));
    CHECK_INT(MANY + 1 + 2, live_cells(&cells)); /* a stream named twice has one cell */
    sctl_cells_close(&cells);
}

TEST(keys_that_share_buckets_are_told_apart)
{
    struct sctl_table table = {.buckets = 4};
    struct sctl_moment now = sctl_moment_now();
    struct sctl_intent shared[2 * SCTL_BUCKET + 1];
    struct sctl_cell *cell;
    uint64_t i, j;
    table.cells = calloc(4 * SCTL_BUCKET, sizeof *table.cells);
    REQUIRE(table.cells != NULL);
    memset(shared, 0, sizeof shared);
    for (i = 0; i < LENGTH(shared); i++) { /* all in buckets 1 and 2 */
        shared[i].key[0] = 1 + 4 * i;
        shared[i].key[1] = 2;
        cell = sctl_table_room(&table, shared[i].key, now);
        CHECK((cell != NULL) == (i < 2 * SCTL_BUCKET));
        if (cell == NULL)
            continue;
        for (j = 0; j < i; j++)
            CHECK(shared[j].cell != cell);
        shared[i].cell = cell;
        sctl_cell_fill(cell, SCTL_COUNTER, shared[i].key, i, 0);
    }
    for (i = 0; i < LENGTH(shared); i++) {
        cell = sctl_table_find(&table, SCTL_COUNTER, shared[i].key);
        CHECK(cell == shared[i].cell);
        CHECK(sctl_table_find(&table, SCTL_INTENT, shared[i].key) == NULL);
    }
    free(table.cells);
}

TEST(what_is_forgotten_makes_room)
{
    struct sctl_cells cells;
    struct sctl_err err;
    char name[24];
    double delay;
    unsigned i;
    sctl_cells_open_memory(&cells);
    CHECK_INT(SCTL_OK,
              sctl_cells_reserve(&cells, str("kept"), 1e6, 0, INFINITY, &delay, &err));
    for (i = 0; i < 200000; i += 20) {
        pass(1); /* 1200 streams in a minute */
        REQUIRE(take(&cells, "c", i, 20) > 0);
        (void)snprintf(name, sizeof name, "r%u", i);
        CHECK_INT(SCTL_OK,
                  sctl_cells_reserve(&cells, str(name), 5, 0, INFINITY, &delay, &err));
        CHECK(delay == 0);
    }
    CHECK(size_of(&cells) <= 4096);
    CHECK_INT(10000, latest(&cells, "c"));
    CHECK_INT(10000, latest_stream(&cells, 199999));
    CHECK_INT(0, latest_stream(&cells, 1));
    CHECK_INT(SCTL_OK,
              sctl_cells_reserve(&cells, str("kept"), 1e6, 0, INFINITY, &delay, &err));
    CHECK(delay == 1e6 - 10000);
    sctl_cells_close(&cells);
}

TEST(intents_without_room_are_summed_up)
{
    struct sctl_cells cells;
    uint64_t before;
    unsigned i;
    sctl_cells_open_memory(&cells);
    CHECK_INT(1, take(&cells, "c", 0, 1));
    CHECK_INT(1, take(&cells, "another", 0, 0));
    for (i = 1; i <= 300; i++)
        REQUIRE(take(&cells, "c", i * MANY, MANY) == i + 1);
    CHECK_INT(SCTL_CELLS_MEMORY_INTENTS, size_of(&cells));
    CHECK(live_cells(&cells) > 100000);
    CHECK_INT(301, latest(&cells, "c"));
    CHECK_INT(301, cells.overflow);
    CHECK_INT(1, latest_stream(&cells, 0));
    CHECK(!gives_way(&cells, 0, 1)); /* it has a cell, so it is known */
    CHECK(gives_way(&cells, 1, 300));
    CHECK(!gives_way(&cells, 2, 301));
    CHECK(sctl_is_to_come(cells.overflow_until, sctl_moment_now()));
    before = cells.overflow;
    /* a lower number takes nothing away */
    CHECK_INT(2, take(&cells, "another", 0, MANY));
    CHECK_INT(before, cells.overflow);
    pass(30);
    CHECK(take(&cells, "c", 500 * MANY, MANY) > before);
    CHECK(cells.overflow > before);
    pass(SCTL_CELLS_FORGET - 10);
    /* for a minute after the last of them */
    CHECK(gives_way(&cells, 900 * MANY, before));
    pass(SCTL_CELLS_FORGET + 1);
    CHECK(!gives_way(&cells, 1, 1));
    CHECK_INT(SCTL_CELLS_MEMORY_INTENTS, size_of(&cells));
    wall -= 86400; /* nor does a clock that was set back make anything of it */
    CHECK(!gives_way(&cells, 3, 1));
    sctl_cells_close(&cells);
}

/* A repeat gives way for a thing whose newer intent is only summed up, and takes it no cell, which
 * would know of no intent. */
TEST(what_is_summed_up_stays_so_when_a_repeat_gives_way)
{
    const unsigned unknown = 900 * MANY;
    struct sctl_cells cells;
    struct sctl_stamp stamp;
    struct sctl_err err;
    uint64_t number;
    unsigned i;
    sctl_cells_open_memory(&cells);
    REQUIRE(take(&cells, "c", 0, 1) == 1);
    for (i = 1; i <= 300; i++)
        REQUIRE(take(&cells, "c", i * MANY, MANY) != 0);
    pass(30);
    number = take(&cells, "c", 0, 1);
    REQUIRE(take(&cells, "c", 500 * MANY, MANY) > number);
    CHECK_INT(number, latest_stream(&cells, 0));
    CHECK(cells.overflow > number);
    pass(SCTL_CELLS_FORGET - 20); /* there is room by now */
    stamp = stamp_of("c", unknown, 2);
    intents[1].thing = str("s0");
    stamp.since = number;
    CHECK_INT(SCTL_OK, sctl_cells_stamp(&cells, &stamp, &err));
    CHECK_INT(SCTL_STAMPED, stamp.outcome);
    CHECK(intents[0].dropped && !intents[1].dropped);
    CHECK(gives_way(&cells, unknown, number));
    sctl_cells_close(&cells);
}

/* A slot of the past is no more; a stream may have its cell by the next call. */
TEST(slots_do_not_make_room_for_streams)
{
    struct sctl_cells cells;
    struct sctl_err err;
    unsigned i, given_up = 0;
    double delay;
    char name[24];
    sctl_cells_open_memory(&cells);
    for (i = 0; i < 400; i++) {
        REQUIRE(take(&cells, "c", i * MANY, MANY) == i + 1);
        (void)snprintf(name, sizeof name, "r%u", i);
        CHECK_INT(SCTL_OK,
                  sctl_cells_reserve(&cells, str(name), 1e-3, 0, INFINITY, &delay, &err));
        CHECK(delay == 0);
        CHECK_INT(SCTL_OK,
                  sctl_cells_reserve(&cells, str(name), 1e-3, 0, INFINITY, &delay, &err));
        CHECK(delay > 0);
        pass(0.01);
    }
    CHECK_INT(SCTL_CELLS_MEMORY_INTENTS, size_of(&cells));
    CHECK_INT(400, cells.overflow);
    for (i = 0; i < 300000; i += 100) /* a repeat gives way, or the stream is known */
        given_up += gives_way(&cells, i, i / MANY + 1) ? 1 : 0;
    CHECK(given_up > 0);
    sctl_cells_close(&cells);
}

static bool no_random(unsigned char *out, size_t len)
{
    (void)out;
    (void)len;
    errno = EIO;
    return false;
}

/* A slot takes the cell of an intent: a repeat that might undo it gives way from then on. */
TEST(an_intent_that_is_given_up_for_a_slot_is_not_forgotten)
{
    struct sctl_cells cells;
    struct sctl_err err;
    unsigned i, given_up = 0;
    double delay, until;
    char name[24];
    sctl_cells_open_memory(&cells);
    for (i = 1; i <= 110; i++) {
        REQUIRE(take(&cells, "c", i * MANY, MANY) == i);
        pass(0.1);
    }
    CHECK_INT(SCTL_CELLS_MEMORY_INTENTS, size_of(&cells));
    CHECK_INT(0, cells.overflow);
    for (i = 0; cells.overflow == 0 && i < SCTL_CELLS_MEMORY_INTENTS; i++) {
        (void)snprintf(name, sizeof name, "r%u", i);
        CHECK_INT(SCTL_OK,
                  sctl_cells_reserve(&cells, str(name), 1e6, 0, INFINITY, &delay, &err));
    }
    for (i = MANY; i < 111 * MANY; i++) {
        if (latest_stream(&cells, i) == 0)
            given_up = i;
    }
    CHECK_INT(given_up / MANY, cells.overflow);
    until = wall - (110 - given_up / MANY + 1) * 0.1 + SCTL_CELLS_FORGET;
    CHECK(fabs(cells.overflow_until - until) < 0.01);
    pass(until - wall - 1);
    CHECK(gives_way(&cells, given_up, given_up / MANY - 1));
    CHECK(!gives_way(&cells, given_up, given_up / MANY));
    sctl_cells_close(&cells);
}

TEST(locks_are_held_by_one)
{
    struct sctl_cells cells;
    struct sctl_err err;
    char first[SCTL_LOCK_TOKEN + 1], token[SCTL_LOCK_TOKEN + 1], name[24];
    double left = -1;
    bool ended = true;
    unsigned i;
    sctl_cells_open_memory(&cells);
    CHECK_INT(SCTL_OK, sctl_cells_lock(&cells, str("k"), 10, first, &left, &err));
    CHECK(left == 0 && strlen(first) == SCTL_LOCK_TOKEN);
    for (i = 0; i < 100; i++) { /* the table grows, and the lock stays */
        (void)snprintf(name, sizeof name, "k%u", i);
        CHECK_INT(SCTL_OK, sctl_cells_lock(&cells, str(name), 10, token, &left, &err));
        CHECK(left == 0 && strcmp(first, token) != 0);
    }
    CHECK_INT(SCTL_OK, sctl_cells_lock(&cells, str("k"), 10, token, &left, &err));
    CHECK(left == 10);
    CHECK_INT(SCTL_OK, sctl_cells_unlock(&cells, str("k"), str(token), 0, &ended, &err));
    CHECK(!ended);
    pass(10);
    CHECK_INT(SCTL_OK, sctl_cells_unlock(&cells, str("k"), str(first), 0, &ended, &err));
    CHECK(!ended);
    CHECK_INT(SCTL_OK, sctl_cells_lock(&cells, str("k"), 10, token, &left, &err));
    CHECK(left == 0);
    CHECK_INT(SCTL_OK, sctl_cells_unlock(&cells, str("k"), str(token), 0, &ended, &err));
    CHECK(ended);
    sctl_random_use(no_random);
    CHECK_INT(SCTL_E_SYSTEM, sctl_cells_lock(&cells, str("new"), 10, token, &left, &err));
    sctl_random_use(NULL);
    sctl_cells_close(&cells);
    CHECK_INT(SCTL_E_CLOSED, sctl_cells_lock(&cells, str("k"), 10, token, &left, &err));
    CHECK_INT(SCTL_E_CLOSED,
              sctl_cells_unlock(&cells, str("k"), str(token), 0, &ended, &err));
}

TEST(counters_and_slots_are_never_given_up)
{
    const unsigned most = SCTL_CELLS_MEMORY_INTENTS + 20000;
    struct sctl_cells cells;
    struct sctl_err err;
    char name[24];
    double delay;
    unsigned i, round;
    sctl_cells_open_memory(&cells);
    for (i = 0; i < most; i++) {
        (void)snprintf(name, sizeof name, "c%u", i);
        REQUIRE(take(&cells, name, 0, 0) == 1);
    }
    for (round = 0; round < 2; round++) {
        for (i = 0; i < 2000; i++) {
            (void)snprintf(name, sizeof name, "r%u", i);
            CHECK_INT(SCTL_OK, sctl_cells_reserve(&cells, str(name), 1e6, 0, INFINITY,
                                                  &delay, &err));
            CHECK(delay == (round == 0 ? 0 : 1e6));
        }
    }
    for (i = 0; i < most; i++) {
        (void)snprintf(name, sizeof name, "c%u", i);
        REQUIRE(latest(&cells, name) == 1);
    }
    sctl_cells_close(&cells);
}

TEST(no_memory_for_the_first_table_is_a_failure)
{
    struct sctl_cells cells;
    struct sctl_stamp stamp;
    struct sctl_err err;
    long before = memory.live;
    sctl_cells_open_memory(&cells);
    memory.armed = true;
    memory.calls = 0;
    memory.fail_at = 1;
    stamp = stamp_of("c", 1, 20);
    CHECK_INT(SCTL_E_MEMORY, sctl_cells_stamp(&cells, &stamp, &err));
    memory.armed = false;
    CHECK_INT(1, take(&cells, "c", 1, 20));
    sctl_cells_close(&cells);
    CHECK_INT(before, memory.live);
}

TEST(no_memory_to_grow_is_as_good_as_a_largest_table)
{
    struct sctl_cells cells;
    struct sctl_stamp stamp;
    struct sctl_err err;
    char name[24];
    uint64_t numbers = 0;
    int i;
    sctl_cells_open_memory(&cells);
    CHECK_INT(1, take(&cells, "c", 0, 1));
    memory.armed = memory.for_good = true;
    memory.calls = 0;
    memory.fail_at = 1;
    CHECK_INT(2, take(&cells, "c", 1, 500));
    CHECK_INT(2, cells.overflow);
    CHECK(memory.calls > 0);
    CHECK(gives_way(&cells, 10000, 1));
    CHECK(!gives_way(&cells, 0, 1));
    for (i = 0; i < 100; i++) { /* a counter cannot be summed up */
        (void)snprintf(name, sizeof name, "c%d", i);
        stamp = stamp_of(name, 0, 1);
        stamp.floor = 1000;
        if (sctl_cells_stamp(&cells, &stamp, &err) == SCTL_OK)
            numbers++;
        else
            CHECK_INT(SCTL_E_MEMORY, err.status);
    }
    CHECK(numbers < 64);
    memory.armed = memory.for_good = false;
    for (i = 0; i < 100; i++) {
        (void)snprintf(name, sizeof name, "c%d", i);
        CHECK(latest(&cells, name) == ((uint64_t)i < numbers ? 1000 : 0));
    }
    CHECK(take(&cells, "another", 1, 500) > 0);
    CHECK(latest_of(&cells, "another", "s400") > 0);
    sctl_cells_close(&cells);
}

TEST(no_random_numbers_are_a_failure)
{
    struct sctl_cells cells;
    struct sctl_stamp stamp = stamp_of("c", 1, 1);
    struct sctl_err err;
    sctl_cells_open_memory(&cells);
    sctl_random_use(no_random);
    CHECK_INT(SCTL_E_SYSTEM, sctl_cells_stamp(&cells, &stamp, &err));
    sctl_random_use(NULL);
    CHECK_INT(1, take(&cells, "c", 1, 1));
    sctl_cells_close(&cells);
}

TEST(all_memory_is_free)
{
    CHECK_INT(0, memory.live);
}

int main(void)
{
    static const struct sctl_clock CLOCK = {.wall = read_wall,
                                            .monotonic = read_monotonic};
    check_limit(240);
    sctl_clock_use(&CLOCK);
    RUN(hashes_are_those_of_siphash);
    RUN(each_store_has_a_secret_of_its_own);
    RUN(nothing_is_allocated_before_the_first_use);
    RUN(it_grows_with_what_it_holds);
    RUN(it_leaves_behind_what_is_forgotten);
    RUN(a_stamp_of_many_streams_is_whole);
    RUN(keys_that_share_buckets_are_told_apart);
    RUN(what_is_forgotten_makes_room);
    RUN(intents_without_room_are_summed_up);
    RUN(what_is_summed_up_stays_so_when_a_repeat_gives_way);
    RUN(slots_do_not_make_room_for_streams);
    RUN(an_intent_that_is_given_up_for_a_slot_is_not_forgotten);
    RUN(locks_are_held_by_one);
    RUN(counters_and_slots_are_never_given_up);
    RUN(no_memory_for_the_first_table_is_a_failure);
    RUN(no_memory_to_grow_is_as_good_as_a_largest_table);
    RUN(no_random_numbers_are_a_failure);
    RUN(all_memory_is_free);
    return check_report();
}
