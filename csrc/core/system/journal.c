#include "journal.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* The reason comes first: a long path is cut off at its end. */
static enum sctl_status failed(const char *action, int why, const char *path, struct sctl_err *err)
{
    return sctl_fail(err, SCTL_E_SYSTEM, why, "cannot %s: %s%s%s", action, strerror(why),
                     path != NULL ? ": " : "", path != NULL ? path : "");
}

static enum sctl_status journal_check(const struct sctl_journal *journal, struct sctl_err *err)
{
    if (journal->fd < 0)
        return sctl_fail(err, SCTL_E_CLOSED, 0, "the file is closed");
    if (journal->process != sctl_fork_id())
        return sctl_fail(err, SCTL_E_FORKED, 0,
                         "the file belongs to the process that forked this one");
    return SCTL_OK;
}

/* A FIFO is opened without waiting for its reader. */
#define OPEN_FLAGS (O_WRONLY | O_APPEND | O_CLOEXEC | O_NOCTTY | O_NONBLOCK | O_NOFOLLOW)

static enum sctl_status not_regular(const char *path, struct sctl_err *err)
{
    return sctl_fail(err, SCTL_E_INVALID, 0,
                     "this is no regular file (nor may it be a link); name another: %s", path);
}

static enum sctl_status journal_lock(int fd, const char *path, struct sctl_err *err)
{
    if (SCTL_AGAIN(flock(fd, LOCK_EX | LOCK_NB)) == 0)
        return SCTL_OK;
    if (errno == EWOULDBLOCK)
        return sctl_fail(err, SCTL_E_SYSTEM, EWOULDBLOCK,
                         "another process is writing this file; wait until it has ended: "
                         "%s",
                         path);
    return failed("lock the file", errno, path, err);
}

static int sync_file(int fd)
{
#ifdef __APPLE__
    int done = SCTL_AGAIN(fcntl(fd, F_FULLFSYNC)); /* which not every file system has */
    return done < 0 ? SCTL_AGAIN(fsync(fd)) : done;
#else
    return SCTL_AGAIN(fdatasync(fd));
#endif
}

/* The folder that a file's name is in. The caller frees it; NULL: no memory. */
static char *folder_of(const char *path, struct sctl_err *err)
{
    const char *slash = strrchr(path, '/');
    size_t len = slash == NULL ? 0 : slash == path ? 1 : (size_t)(slash - path);
    char *folder = sctl_new(len + 2, "the name of a folder", err);
    if (folder != NULL)
        memcpy(folder, len == 0 ? "." : path, len == 0 ? 1 : len);
    return folder;
}

/* A new name is on the disk once its folder is. Folders that may not be read, or are of a kind that
 * knows no sync, have all that they can have. */
static enum sctl_status sync_folder(const char *path, struct sctl_err *err)
{
    char *folder = folder_of(path, err);
    if (folder == NULL)
        return err->status;
    int fd = SCTL_AGAIN(open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    int why = fd < 0 || SCTL_AGAIN(fsync(fd)) < 0 ? errno : 0;
    if (fd >= 0)
        (void)close(fd);
    sctl_free(folder);
    if (why == 0 || why == EACCES || why == EINVAL || why == ENOTSUP)
        return SCTL_OK;
    return failed("keep the folder of the file", why, path, err);
}

enum sctl_status sctl_journal_open(struct sctl_journal *journal, const char *path,
                                   struct sctl_err *err)
{
    struct stat found;
    enum sctl_status status = SCTL_OK;
    bool is_ours;
    int fd = sctl_open(path, OPEN_FLAGS, &is_ours);
    *journal = sctl_journal_none();
    if (fd < 0 && (errno == ELOOP || errno == EISDIR || errno == ENXIO))
        return not_regular(path, err);
    if (fd < 0)
        return failed("open the file", errno, path, err);
    if (fstat(fd, &found) != 0)
        status = failed("look at the file", errno, path, err);
    else if (!S_ISREG(found.st_mode))
        status = not_regular(path, err);
    else if (!is_ours)
        status = sctl_fail(err, SCTL_E_INVALID, 0,
                           "this file belongs to another user; remove it, or name another: %s",
                           path);
    else
        status = journal_lock(fd, path, err);
    /* the process that made the file may have been killed before the folder was synced */
    if (status == SCTL_OK && found.st_size == 0)
        status = sync_folder(path, err);
    if (status != SCTL_OK) {
        (void)close(fd);
        return status;
    }
    journal->fd = fd;
    journal->process = sctl_fork_id();
    return SCTL_OK;
}

static int write_all(int fd, struct sctl_str text)
{
    SCTL_ASSERT(fd >= 0);
    while (text.len > 0) {
        ssize_t written = SCTL_AGAIN(write(fd, text.data, text.len));
        if (written == 0)
            errno = ENOSPC; /* what else keeps a regular file from taking anything */
        if (written <= 0)
            return -1;
        text.data += written;
        text.len -= (size_t)written;
    }
    return 0;
}

/* Takes away half a record that could not be taken away when it was written. */
static enum sctl_status mend(struct sctl_journal *journal, struct sctl_err *err)
{
    if (journal->torn >= 0 && SCTL_AGAIN(ftruncate(journal->fd, (off_t)journal->torn)) != 0)
        return failed("cut half a record off the file", errno, NULL, err);
    journal->torn = -1;
    return SCTL_OK;
}

enum sctl_status sctl_journal_append(struct sctl_journal *journal, struct sctl_str text,
                                     struct sctl_err *err)
{
    struct stat before;
    enum sctl_status status = journal_check(journal, err);
    if (status == SCTL_OK)
        status = mend(journal, err);
    if (status != SCTL_OK)
        return status;
    if (fstat(journal->fd, &before) != 0)
        return failed("look at the file", errno, NULL, err);
    if (before.st_nlink == 0)
        return sctl_fail(err, SCTL_E_SYSTEM, ENOENT, "the file was removed");
    if (write_all(journal->fd, text) == 0)
        return SCTL_OK;
    status = failed("write to the file", errno, NULL, err);
    if (SCTL_AGAIN(ftruncate(journal->fd, (off_t)before.st_size)) != 0)
        journal->torn = (int64_t)before.st_size;
    return status;
}

enum sctl_status sctl_journal_sync(struct sctl_journal *journal, struct sctl_err *err)
{
    if (journal_check(journal, err) != SCTL_OK)
        return err->status;
    if (journal->unsynced)
        return failed("keep what was written to the file", EIO, NULL, err);
    if (sync_file(journal->fd) == 0)
        return SCTL_OK;
    journal->unsynced = true;
    return failed("keep what was written to the file", errno, NULL, err);
}

enum sctl_status sctl_journal_size(const struct sctl_journal *journal, uint64_t *size,
                                   struct sctl_err *err)
{
    struct stat found;
    if (journal_check(journal, err) != SCTL_OK)
        return err->status;
    if (fstat(journal->fd, &found) != 0)
        return failed("look at the file", errno, NULL, err);
    *size = (uint64_t)found.st_size;
    return SCTL_OK;
}

enum sctl_status sctl_journal_cut(struct sctl_journal *journal, uint64_t size, struct sctl_err *err)
{
    uint64_t now = 0;
    enum sctl_status status = sctl_journal_size(journal, &now, err);
    if (status != SCTL_OK)
        return status;
    if (size > now)
        return sctl_fail(err, SCTL_E_INVALID, 0, "the file has fewer bytes than that");
    if (SCTL_AGAIN(ftruncate(journal->fd, (off_t)size)) != 0)
        return failed("cut the file", errno, NULL, err);
    if (journal->torn > (int64_t)size)
        journal->torn = -1;
    return SCTL_OK;
}

enum sctl_status sctl_journal_share(struct sctl_journal *journal, struct sctl_err *err)
{
    enum sctl_status status = journal_check(journal, err);
    if (status == SCTL_OK && fchmod(journal->fd, 0644) != 0)
        status = failed("let others read the file", errno, NULL, err);
    return status;
}

void sctl_journal_close(struct sctl_journal *journal)
{
    if (journal->fd < 0)
        return;
    /* closing alone would not end the lock as long as a forked child has the file as well */
    if (journal->process == sctl_fork_id())
        (void)SCTL_AGAIN(flock(journal->fd, LOCK_UN));
    (void)close(journal->fd);
    *journal = sctl_journal_none();
}
