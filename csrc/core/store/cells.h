/* Numbers of accounts, intents, rate slots, locks and notes: in a file that the processes of one host
 * share, or in the memory of this process. The rules are the same for both.
 *
 * A file: every operation holds its lock (flock) for some microseconds, and reads and writes the
 * cells of its keys. The file is never mapped, so nobody who empties, cuts or replaces it can end a
 * process. A process may be killed at any moment: a cell is written whole, and an account's number
 * before its intents, so numbers have only grown. A file that was deleted, moved away or emptied is
 * made anew; a file of others or one that was cut is never written to. A file that cannot be read
 * or written, or is larger than RLIMIT_FSIZE allows, is an error (SCTL_E_SYSTEM); after a failed
 * write a number may be used up. Slots and locks are times of one start of the machine, which the
 * file names. The file belongs on a local file system. Symbolic links are followed.
 *
 * Memory: nothing is allocated before the first use; then the table grows with its keys. A forked
 * child goes on with a copy of its own. */
#pragma once

#include "../base/buf.h"
SCTL_HIDDEN_BEGIN

#define SCTL_CELLS_CAPACITY 65536u  /* keys of one file */
#define SCTL_CELLS_MEMORY_FIRST 64u /* cells of a table in memory, at first */
#define SCTL_CELLS_FORGET 60.0      /* seconds for which an intent is kept */
#define SCTL_LOCK_TOKEN 16u         /* characters */

struct sctl_cell;
struct sctl_cells_file;

struct sctl_table {
    struct sctl_cell *cells;      /* NULL: in memory, before the first use */
    size_t buckets;               /* a power of two */
    struct sctl_cells_file *file; /* that the cells are read from; NULL: they live in memory */
};

/* Zeroed means closed. For one thread at a time. */
struct sctl_cells {
    bool open;
    struct sctl_table table;
    uint64_t secret[2]; /* of the hash; of the table, and valid as long */
    char *path;         /* of the file, absolute; NULL: in memory, or closed */
    double patience;    /* seconds that a call waits for the file's lock */
};

/* Opens the file, and makes it (mode 0600) when there is none or an empty one. On failure `cells`
 * is closed. */
enum sctl_status sctl_cells_open(struct sctl_cells *cells, struct sctl_str path, double patience,
                                 struct sctl_err *err) SCTL_MUST_CHECK;

/* Cells in memory, empty. */
void sctl_cells_open_memory(struct sctl_cells *cells);

void sctl_cells_close(struct sctl_cells *cells);

/* One resource that a stamp is about. */
struct sctl_intent {
    struct sctl_str resource; /* in */
    bool dropped;             /* out: it has a newer intent */
    /* private */
    uint64_t key[2];
    struct sctl_cell *cell;
};

enum sctl_stamped {
    SCTL_STAMPED,    /* `number` was taken */
    SCTL_SUPERSEDED, /* every resource has a newer intent; nothing changed */
    SCTL_BELOW_LAST, /* exact, and not above `last`; nothing changed */
};

#define SCTL_FIRST_ATTEMPT UINT64_MAX

struct sctl_stamp {
    struct sctl_str account;
    uint64_t floor;              /* up to SCTL_MAX_NUMBER */
    struct sctl_intent *intents; /* `count` of them, up to SCTL_MAX_RESOURCES */
    size_t count;
    uint64_t since; /* of a repeat: the intent's age; else SCTL_FIRST_ATTEMPT */
    bool exact;     /* only `floor` will do */
    uint64_t back;  /* of a repeat whose number nobody has used, nor a higher number; else 0 */
    /* out */
    enum sctl_stamped outcome;
    uint64_t number;
    uint64_t last;
};

/* Takes the account's next number, and records it as the last intent of the resources, in one step.
 * An intent with an age keeps it, unless the number is lower. On failure nothing has changed. */
enum sctl_status sctl_cells_stamp(struct sctl_cells *cells, struct sctl_stamp *stamp,
                                  struct sctl_err *err) SCTL_MUST_CHECK;

/* Reserves the next slot of `key`. Slots are `interval` seconds apart. *delay is the time to the
 * slot; above `limit` the slot was not reserved. */
enum sctl_status sctl_cells_reserve(struct sctl_cells *cells, struct sctl_str key, double interval,
                                    double limit, double *delay,
                                    struct sctl_err *err) SCTL_MUST_CHECK;

/* Takes the lock `key` for `seconds`, after which it ends by itself. Taken: *left is 0, and `token`
 * is a text that names this holder. Held by somebody: *left is the time until it ends. */
enum sctl_status sctl_cells_lock(struct sctl_cells *cells, struct sctl_str key, double seconds,
                                 char token[SCTL_LOCK_TOKEN + 1], double *left,
                                 struct sctl_err *err) SCTL_MUST_CHECK;

/* Ends the lock `key`, now or `after` so many seconds (0: now), if the holder of `token` has it;
 * else *ended is false. */
enum sctl_status sctl_cells_unlock(struct sctl_cells *cells, struct sctl_str key,
                                   struct sctl_str token, double after, bool *ended,
                                   struct sctl_err *err) SCTL_MUST_CHECK;

/* Notes `number` (0: none) under `key` for `seconds`, unless a higher number is noted there.
 * *highest is the number that is noted then; 0: none. */
enum sctl_status sctl_cells_note(struct sctl_cells *cells, struct sctl_str key, uint64_t number,
                                 double seconds, uint64_t *highest,
                                 struct sctl_err *err) SCTL_MUST_CHECK;
SCTL_HIDDEN_END
