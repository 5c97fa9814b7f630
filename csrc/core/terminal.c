#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "terminal.h"

#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

int sctl_terminal_columns(int fd)
{
    struct winsize size;
    if (isatty(fd) == 0)
        return SCTL_NO_TERMINAL;
    return ioctl(fd, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}
