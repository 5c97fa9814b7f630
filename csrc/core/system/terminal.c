#include "terminal.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

int sctl_terminal_size(int fd, int *rows)
{
    struct winsize size;
    *rows = 0;
    if (isatty(fd) == 0)
        return SCTL_NO_TERMINAL;
    if (ioctl(fd, TIOCGWINSZ, &size) != 0)
        return 0;
    *rows = size.ws_row;
    return size.ws_col;
}

bool sctl_terminal_is_behind(int fd)
{
    pid_t group = tcgetpgrp(fd);
    return group > 0 && group != getpgrp();
}

bool sctl_terminal_is_left(int fd)
{
    struct pollfd stream = {.fd = fd, .events = 0, .revents = 0};
    return poll(&stream, 1, 0) == 1 && (stream.revents & (POLLERR | POLLHUP)) != 0;
}

enum sctl_status sctl_terminal_reserve(struct sctl_err *err)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
        if (fcntl(fd, F_GETFD) >= 0)
            continue;
        /* the lowest that is free, which is this one; for the other direction only */
        if (open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) < 0)
            return sctl_fail(err, SCTL_E_SYSTEM, errno, "cannot open /dev/null: %s",
                             strerror(errno));
    }
    return SCTL_OK;
}
