/* Files that records are appended to: whole records, one writer, on the disk when told so. */
#define _FILE_OFFSET_BITS 64 /* as the file under test has it, so that it calls ours */
#include "check.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include "system/file.h"
#include "system/journal.h"

static struct sctl_err err;
static struct sctl_journal journal;

#ifdef __linux__
#include <sys/syscall.h>

static struct fault {
    int times, why; /* how often it fails, with which errno */
    int calls;
} in_truncate, in_sync, in_folder, in_lock, in_write;

static bool strikes(struct fault *fault)
{
    fault->calls++;
    if (fault->times == 0)
        return false;
    fault->times--;
    errno = fault->why;
    return true;
}

int ftruncate(int fd, off_t size)
{
    return strikes(&in_truncate) ? -1 : (int)syscall(SYS_ftruncate, fd, (long)size);
}

int fdatasync(int fd)
{
    return strikes(&in_sync) ? -1 : (int)syscall(SYS_fdatasync, fd);
}

int fsync(int fd)
{
    struct stat found;
    CHECK(fstat(fd, &found) == 0 && S_ISDIR(found.st_mode));
    return strikes(&in_folder) ? -1 : (int)syscall(SYS_fsync, fd);
}

int flock(int fd, int operation)
{
    return strikes(&in_lock) ? -1 : (int)syscall(SYS_flock, fd, operation);
}

ssize_t write(int fd, const void *data, size_t size)
{
    return strikes(&in_write) ? -1 : (ssize_t)syscall(SYS_write, fd, data, size);
}

#endif

static enum sctl_status open_as(const char *path)
{
    return sctl_journal_open(&journal, path, &err);
}

static enum sctl_status append(const char *text)
{
    return sctl_journal_append(&journal, str(text), &err);
}

static long long size_of(const struct sctl_journal *of)
{
    uint64_t size = 0;
    return sctl_journal_size(of, &size, &err) == SCTL_OK ? (long long)size : -1;
}

/* A limit on the size of files plays the full disk: the write that meets it is cut short. */
static void check_too_long(rlim_t size, const char *text)
{
    struct rlimit before, few;
    CHECK(getrlimit(RLIMIT_FSIZE, &before) == 0);
    few = before;
    few.rlim_cur = size;
    (void)signal(SIGXFSZ, SIG_IGN);
    CHECK(setrlimit(RLIMIT_FSIZE, &few) == 0);
    CHECK_INT(SCTL_E_SYSTEM, append(text));
    CHECK_INT(EFBIG, err.native);
    CHECK(setrlimit(RLIMIT_FSIZE, &before) == 0);
}

static void check_content(const char *expected, const char *path)
{
    char text[1000];
    int fd = open(path, O_RDONLY);
    ssize_t got = read(fd, text, sizeof text);
    (void)close(fd);
    CHECK_STR(expected, ((struct sctl_str){text, got > 0 ? (size_t)got : 0}));
}

static void make_file(const char *path, const char *content, mode_t mode)
{
    FILE *file = fopen(path, "w");
    REQUIRE(file != NULL);
    (void)fputs(content, file);
    (void)fclose(file);
    CHECK(chmod(path, mode) == 0);
}

static void check_no_file(const char *path, enum sctl_status status, int native)
{
    int fd = free_descriptor();
    CHECK_INT(status, open_as(path));
    CHECK_INT(native, err.native);
    CHECK(contains(str(err.message), path));
    CHECK_INT(-1, journal.fd);
    CHECK_INT(fd, free_descriptor());
    sctl_journal_close(&journal);
}

TEST(only_regular_files_will_do)
{
    static const char *const OTHERS[] = {"fifo",     "folder", "link",
                                         "dangling", "socket", "/dev/null"};
    struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = "socket"};
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    size_t i;
    make_file("real", "", 0600);
    CHECK(mkfifo("fifo", 0600) == 0 && mkdir("folder", 0700) == 0);
    CHECK(symlink("real", "link") == 0 && symlink("nowhere", "dangling") == 0);
    CHECK(bind(fd, (struct sockaddr *)&address, sizeof address) == 0);
    (void)close(fd);
    for (i = 0; i < LENGTH(OTHERS); i++) /* and nobody waits for a reader of the first */
        check_no_file(OTHERS[i], SCTL_E_INVALID, 0);
    fd = open("fifo", O_RDONLY | O_NONBLOCK);
    check_no_file("fifo", SCTL_E_INVALID, 0);
    (void)close(fd);
    check_no_file("", SCTL_E_SYSTEM, ENOENT);
    check_no_file("no/such", SCTL_E_SYSTEM, ENOENT);
    check_no_file("real/file", SCTL_E_SYSTEM, ENOTDIR);
    CHECK(access("nowhere", F_OK) != 0);
}

TEST(a_file_of_another_user_will_not_do)
{
    make_file("foreign", "", 0600);
    if (geteuid() != 0)
        return; /* nobody else can be two users */
    CHECK(chown("foreign", 65534, 65534) == 0);
    check_no_file("foreign", SCTL_E_INVALID, 0);
    CHECK(contains(str(err.message), "belongs to another user"));
}

TEST(a_fork_has_no_part_in_it)
{
    struct sctl_journal saved;
    int ends[2], status = -1;
    char byte;
    pid_t pid;
    REQUIRE(open_as("forked") == SCTL_OK && pipe(ends) == 0);
    CHECK_IN_CHILD(append("child\n") == SCTL_E_FORKED && size_of(&journal) == -1 &&
                   sctl_journal_sync(&journal, &err) == SCTL_E_FORKED &&
                   sctl_journal_cut(&journal, 0, &err) == SCTL_E_FORKED &&
                   sctl_journal_share(&journal, &err) == SCTL_E_FORKED &&
                   (sctl_journal_close(&journal), true));
    saved = journal;
    check_no_file("forked", SCTL_E_SYSTEM, EWOULDBLOCK); /* the child took no lock away */
    journal = saved;
    CHECK_INT(SCTL_OK, append("parent\n"));
    pid = fork(); /* one that stays */
    REQUIRE(pid >= 0);
    if (pid == 0) {
        (void)close(ends[1]);
        _exit(read(ends[0], &byte, 1) == 0 ? 0 : 1);
    }
    sctl_journal_close(&journal);
    CHECK_INT(SCTL_OK, open_as("forked")); /* although the child has the file open */
    check_content("parent\n", "forked");
    sctl_journal_close(&journal);
    (void)close(ends[1]);
    (void)close(ends[0]);
    CHECK(waitpid(pid, &status, 0) == pid);
    CHECK_INT(0, status);
}

TEST(what_does_not_fit_leaves_no_trace)
{
    REQUIRE(open_as("full") == SCTL_OK);
    CHECK_INT(SCTL_OK, append("first\n"));
    check_too_long(10, "too long\n");
    CHECK_STR("cannot write to the file: File too large", str(err.message));
    CHECK_INT(6, size_of(&journal));
    CHECK_INT(SCTL_OK, append("abc\n"));
    check_too_long(10, "\n");
    CHECK_INT(SCTL_OK, append("last\n"));
    check_content("first\nabc\nlast\n", "full");
    sctl_journal_close(&journal);
}

#ifdef __linux__

static void fail(struct fault *fault, int times, int why)
{
    *fault = (struct fault){times, why, 0};
}

TEST(half_a_record_is_cut_off_before_the_next_one)
{
    REQUIRE(open_as("torn") == SCTL_OK);
    fail(&in_truncate, 2, EIO);
    check_too_long(4, "too long\n");
    check_content("too ", "torn");
    CHECK_INT(SCTL_E_SYSTEM, append("second\n"));
    CHECK_INT(EIO, err.native);
    check_content("too ", "torn");
    CHECK_INT(SCTL_OK, append("third\n"));
    check_content("third\n", "torn");
    CHECK_INT(SCTL_OK, append("fourth\n"));
    check_content("third\nfourth\n", "torn");
    /* whoever cuts it has cut that off as well */
    fail(&in_truncate, 1, EIO);
    check_too_long(15, "too long\n");
    CHECK_INT(SCTL_OK, sctl_journal_cut(&journal, 6, &err));
    CHECK_INT(SCTL_OK, append("fifth\n"));
    check_content("third\nfifth\n", "torn");
    sctl_journal_close(&journal);
}

TEST(signals_interrupt_nothing)
{
    fail(&in_lock, 2, EINTR);
    fail(&in_folder, 2, EINTR);
    REQUIRE(open_as("signals") == SCTL_OK);
    fail(&in_write, 2, EINTR);
    fail(&in_sync, 2, EINTR);
    fail(&in_truncate, 2, EINTR);
    CHECK_INT(SCTL_OK, append("one\n"));
    CHECK_INT(SCTL_OK, sctl_journal_sync(&journal, &err));
    CHECK_INT(SCTL_OK, sctl_journal_cut(&journal, 0, &err));
    check_content("", "signals");
    CHECK(in_write.calls == 3 && in_sync.calls == 3 && in_truncate.calls == 3);
    CHECK(in_lock.calls == 3 && in_folder.calls == 3);
    fail(&in_lock, 2, EINTR);
    sctl_journal_close(&journal);
    CHECK_INT(3, in_lock.calls);
    CHECK_INT(SCTL_OK, open_as("signals"));
    sctl_journal_close(&journal);
}

TEST(what_the_disk_lost_stays_lost)
{
    REQUIRE(open_as("lost") == SCTL_OK);
    CHECK_INT(SCTL_OK, append("one\n"));
    fail(&in_sync, 1, EIO);
    CHECK_INT(SCTL_E_SYSTEM, sctl_journal_sync(&journal, &err));
    CHECK_INT(EIO, err.native);
    CHECK_INT(SCTL_E_SYSTEM, sctl_journal_sync(&journal, &err));
    CHECK_INT(1, in_sync.calls); /* the system forgets what it could not write */
    sctl_journal_close(&journal);
}

TEST(a_new_name_is_kept_with_its_folder)
{
    struct sctl_journal first;
    CHECK(mkdir("below", 0700) == 0);
    fail(&in_folder, 0, 0);
    REQUIRE(open_as("below/kept") == SCTL_OK);
    CHECK_INT(1, in_folder.calls);
    sctl_journal_close(&journal);
    /* who made it may have been killed before that */
    CHECK_INT(SCTL_OK, open_as("below/kept"));
    CHECK_INT(2, in_folder.calls);
    CHECK_INT(SCTL_OK, append("record\n"));
    sctl_journal_close(&journal);
    CHECK_INT(SCTL_OK, open_as("below/kept"));
    CHECK_INT(2, in_folder.calls);
    sctl_journal_close(&journal);
    fail(&in_folder, 1, EINVAL); /* as of a file system that knows no such thing */
    CHECK_INT(SCTL_OK, open_as("below/simple"));
    sctl_journal_close(&journal);
    fail(&in_folder, 1, EIO);
    check_no_file("below/broken", SCTL_E_SYSTEM, EIO);
    WITHOUT_MEMORY(CHECK_INT(SCTL_E_MEMORY, open_as("below/memory")));
    CHECK_INT(0, memory.live);
    CHECK_INT(SCTL_OK, open_as("below/memory")); /* nobody has it locked */
    first = journal;
    fail(&in_lock, 1, ENOLCK);
    check_no_file("below/lockless", SCTL_E_SYSTEM, ENOLCK);
    sctl_journal_close(&first);
}

#endif

int main(void)
{
    return check_main_in_folder(60);
}
