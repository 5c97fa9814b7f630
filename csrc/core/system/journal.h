/* A file that records are appended to, for a program that must know after any end what it had
 * written. Nothing here waits but for the disk.
 *
 * One process at a time has it: a lock (flock) tells others, and ends with the process. A forked
 * child may only close it, which leaves the lock with its parent. Under a limit on the size of
 * files SIGXFSZ has to be ignored (see interrupt.h), or it ends the process. */
#pragma once

#include "../base/sctl.h"
SCTL_HIDDEN_BEGIN

struct sctl_journal {
    int fd;           /* -1 once closed */
    int64_t torn;     /* bytes to cut back to, since half a record is behind them; or -1 */
    bool unsynced;    /* the disk has lost something, for good */
    uint64_t process; /* that opened it */
};

/* No journal: may be closed. */
static inline struct sctl_journal sctl_journal_none(void)
{
    return (struct sctl_journal){.fd = -1, .torn = -1};
}

/* Opens `path`, or makes it, for its owner only (0600). When it returns, a file that is new
 * outlives a loss of power. It is a regular file of our own (sctl_open), and no link to one, or
 * SCTL_E_INVALID.
 * SCTL_E_SYSTEM: errno says why; EWOULDBLOCK when another process has it. After a failure there is
 * no journal; a file that was made stays. */
enum sctl_status sctl_journal_open(struct sctl_journal *journal, const char *path,
                                   struct sctl_err *err) SCTL_MUST_CHECK;

/* Appends all of `text` or, when the disk is full or fails, nothing of it. It is on the disk only
 * after the next sync. SCTL_E_SYSTEM: errno says why; ENOENT when the file has no name any more. */
enum sctl_status sctl_journal_append(struct sctl_journal *journal, struct sctl_str text,
                                     struct sctl_err *err) SCTL_MUST_CHECK;

/* Waits until all that was appended outlives a loss of power. After a failure nobody knows what the
 * disk has, so that all further syncs fail. */
enum sctl_status sctl_journal_sync(struct sctl_journal *journal,
                                   struct sctl_err *err) SCTL_MUST_CHECK;

/* How many bytes it has. */
enum sctl_status sctl_journal_size(const struct sctl_journal *journal, uint64_t *size,
                                   struct sctl_err *err) SCTL_MUST_CHECK;

/* Cuts off all behind the first `size` bytes. SCTL_E_INVALID: it has fewer. */
enum sctl_status sctl_journal_cut(struct sctl_journal *journal, uint64_t size,
                                  struct sctl_err *err) SCTL_MUST_CHECK;

/* Lets everybody read it (0644), whatever the umask is. */
enum sctl_status sctl_journal_share(struct sctl_journal *journal,
                                    struct sctl_err *err) SCTL_MUST_CHECK;

/* Ends the lock and closes it, without a sync; twice is fine. */
void sctl_journal_close(struct sctl_journal *journal);
SCTL_HIDDEN_END
