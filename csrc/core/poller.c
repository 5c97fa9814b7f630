#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "poller.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#ifdef __linux__

#include <sys/epoll.h>

int sctl_poller_open(struct sctl_err *err)
{
    int poller = epoll_create1(EPOLL_CLOEXEC);
    if (poller < 0)
        (void)sctl_fail(err, SCTL_E_SYSTEM, errno, "epoll: %s", strerror(errno));
    return poller;
}

void sctl_poller_watch(int poller, int fd, unsigned events)
{
    struct epoll_event event = {0};
    event.data.fd = fd;
    if ((events & SCTL_READ) != 0)
        event.events |= EPOLLIN;
    if ((events & SCTL_WRITE) != 0)
        event.events |= EPOLLOUT;
    if (events == 0)
        (void)epoll_ctl(poller, EPOLL_CTL_DEL, fd, &event);
    else if (epoll_ctl(poller, EPOLL_CTL_MOD, fd, &event) != 0 && errno == ENOENT)
        (void)epoll_ctl(poller, EPOLL_CTL_ADD, fd, &event);
}

int sctl_poller_wait(int poller, double seconds, struct sctl_ready ready[SCTL_READY_MAX])
{
    struct epoll_event events[SCTL_READY_MAX];
    /* rounded up, so that a timer is due when the wait for it is over */
    int ms = seconds <= 0 ? 0 : seconds > 3600 ? 3600000 : (int)(seconds * 1000) + 1;
    int i, n = epoll_wait(poller, events, SCTL_READY_MAX, ms);
    for (i = 0; i < n; i++) {
        ready[i].fd = events[i].data.fd;
        ready[i].events = 0;
        if ((events[i].events & EPOLLIN) != 0)
            ready[i].events |= SCTL_READ;
        if ((events[i].events & EPOLLOUT) != 0)
            ready[i].events |= SCTL_WRITE;
        if ((events[i].events & (EPOLLERR | EPOLLHUP)) != 0)
            ready[i].events |= SCTL_FAILED;
    }
    return n > 0 ? n : 0;
}

#else

#include <sys/types.h>
/* types.h first */
#include <sys/event.h>
#include <sys/time.h>

int sctl_poller_open(struct sctl_err *err)
{
    int poller = kqueue();
    if (poller < 0)
        (void)sctl_fail(err, SCTL_E_SYSTEM, errno, "kqueue: %s", strerror(errno));
    return poller;
}

static void change(int poller, int fd, int filter, bool on)
{
    struct kevent event;
    EV_SET(&event, fd, filter, on ? EV_ADD : EV_DELETE, 0, 0, NULL);
    (void)kevent(poller, &event, 1, NULL, 0, NULL);
}

void sctl_poller_watch(int poller, int fd, unsigned events)
{
    change(poller, fd, EVFILT_READ, (events & SCTL_READ) != 0);
    change(poller, fd, EVFILT_WRITE, (events & SCTL_WRITE) != 0);
}

int sctl_poller_wait(int poller, double seconds, struct sctl_ready ready[SCTL_READY_MAX])
{
    struct kevent events[SCTL_READY_MAX];
    struct timespec timeout = {0, 0};
    int i, n;
    if (seconds > 3600)
        seconds = 3600;
    if (seconds > 0) {
        timeout.tv_sec = (time_t)seconds;
        timeout.tv_nsec = (long)((seconds - (double)timeout.tv_sec) * 1e9);
    }
    n = kevent(poller, NULL, 0, events, SCTL_READY_MAX, &timeout);
    for (i = 0; i < n; i++) {
        ready[i].fd = (int)events[i].ident;
        ready[i].events = events[i].filter == EVFILT_READ ? SCTL_READ : SCTL_WRITE;
        if ((events[i].flags & EV_ERROR) != 0)
            ready[i].events |= SCTL_FAILED;
    }
    return n > 0 ? n : 0;
}

#endif

void sctl_poller_close(int poller)
{
    if (poller >= 0)
        (void)close(poller);
}
