/* Folders that are made, what is known of terminals, and descriptors that were closed. */
#include "check.h"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <termios.h>

#include "system/file.h"
#include "system/terminal.h"

static struct sctl_err err;

static int make(const char *path)
{
    return sctl_folder_make(path, &err) == SCTL_OK ? 0 : err.native;
}

/* 0 when there is none. */
static unsigned mode_of(const char *path)
{
    struct stat found;
    return stat(path, &found) == 0 ? (unsigned)found.st_mode & 07777u : 0;
}

TEST(a_folder_is_made_with_those_above_it)
{
    CHECK(mkdir("open", 0755) == 0);
    CHECK_INT(0, make("open/a/b/c"));
    CHECK_INT(0755, mode_of("open"));
    CHECK_INT(0700, mode_of("open/a"));
    CHECK_INT(0700, mode_of("open/a/b"));
    CHECK_INT(0700, mode_of("open/a/b/c"));
    CHECK_INT(0, make("open/a/b/c"));
    CHECK_INT(0, make("open//x///y/"));
    CHECK_INT(0700, mode_of("open/x/y"));
    CHECK_INT(0, make("./open/../up/./z"));
    CHECK_INT(0700, mode_of("up/z"));
    CHECK_INT(0, make("/"));
    CHECK_INT(0, make("."));
    CHECK_INT(0, make("/proc/self")); /* where none can be made */
}

TEST(links_are_followed)
{
    CHECK(mkdir("behind", 0700) == 0 && symlink("behind", "link") == 0);
    CHECK_INT(0, make("link/inner"));
    CHECK_INT(0700, mode_of("behind/inner"));
    CHECK_INT(0, make("link"));
    CHECK(symlink("nowhere", "dangling") == 0);
    CHECK_INT(EEXIST, make("dangling"));
}

TEST(what_cannot_be_made_is_told)
{
    int file = open("file", O_WRONLY | O_CREAT, 0600);
    (void)close(file);
    CHECK_INT(ENOTDIR, make("file"));
    CHECK_STR("cannot make the folder: Not a directory: file", str(err.message));
    CHECK_INT(SCTL_E_SYSTEM, err.status);
    CHECK_INT(ENOTDIR, make("new/../file/below"));
    CHECK_INT(ENOENT, make(""));
    CHECK_INT(ENOENT, make("/proc/nothing/here"));
    WITHOUT_MEMORY(CHECK_INT(SCTL_E_MEMORY, sctl_folder_make("new/one", &err)));
    CHECK_INT(0, mode_of("new/one"));
    CHECK_INT(0, memory.live);
}

TEST(terminals_tell_their_columns)
{
    struct winsize size = {24, 132, 0, 0};
    int ends[2], master = posix_openpt(O_RDWR | O_NOCTTY), terminal;
    REQUIRE(master >= 0 && grantpt(master) == 0 && unlockpt(master) == 0);
    terminal = open(ptsname(master), O_RDWR | O_NOCTTY);
    REQUIRE(terminal >= 0 && pipe(ends) == 0);
    CHECK_INT(0, sctl_terminal_columns(terminal));
    CHECK(ioctl(terminal, TIOCSWINSZ, &size) == 0);
    CHECK_INT(132, sctl_terminal_columns(terminal));
    CHECK_INT(SCTL_NO_TERMINAL, sctl_terminal_columns(ends[0]));
    /* neither is the terminal that controls this process */
    CHECK(!sctl_terminal_is_behind(terminal) && !sctl_terminal_is_behind(ends[0]));
    (void)close(terminal);
    CHECK_INT(SCTL_NO_TERMINAL, sctl_terminal_columns(terminal));
    (void)close(master);
    (void)close(ends[0]);
    (void)close(ends[1]);
}

TEST(closed_descriptors_are_taken)
{
    char byte = 0;
    int fd, kept[3];
    for (fd = 0; fd <= 2; fd++)
        kept[fd] = fcntl(fd, F_DUPFD_CLOEXEC, 10);
    for (fd = 0; fd <= 2; fd++)
        (void)close(fd);
    int status = (int)sctl_terminal_reserve(&err);
    int next = open("next", O_RDWR | O_CREAT, 0600);
    bool fails = read(0, &byte, 1) < 0 && write(1, &byte, 1) < 0 && write(2, &byte, 1) < 0;
    for (fd = 0; fd <= 2; fd++) {
        (void)dup2(kept[fd], fd);
        (void)close(kept[fd]);
    }
    CHECK_INT(SCTL_OK, status);
    CHECK(next > 2);
    CHECK(fails);
    (void)close(next);
    CHECK_INT(SCTL_OK, sctl_terminal_reserve(&err));
    CHECK(fcntl(next, F_GETFD) < 0); /* what is open is left alone */
}

int main(void)
{
    (void)umask(0);
    return check_main_in_folder(60);
}
