#include "poller.h"

#include <unistd.h>

#ifdef __linux__

#include <sys/epoll.h>

#define INHERITED true

enum sctl_status sctl_poller_open(struct sctl_poller *self, struct sctl_err *err)
{
    self->fd = epoll_create1(EPOLL_CLOEXEC);
    if (self->fd < 0)
        return sctl_fail(err, SCTL_E_SYSTEM, errno, "epoll: %s", strerror(errno));
    return SCTL_OK;
}

bool sctl_poller_watch(const struct sctl_poller *self, int fd, unsigned events)
{
    struct epoll_event event = {0};
    event.data.fd = fd;
    if ((events & SCTL_READ) != 0)
        event.events |= EPOLLIN;
    if ((events & SCTL_WRITE) != 0)
        event.events |= EPOLLOUT;
    if (events == 0) {
        (void)epoll_ctl(self->fd, EPOLL_CTL_DEL, fd, &event);
        return true;
    }
    if (epoll_ctl(self->fd, EPOLL_CTL_MOD, fd, &event) == 0)
        return true;
    return errno == ENOENT && epoll_ctl(self->fd, EPOLL_CTL_ADD, fd, &event) == 0;
}

int sctl_poller_wait(const struct sctl_poller *self, double seconds,
                     struct sctl_ready ready[SCTL_READY_MAX])
{
    struct epoll_event events[SCTL_READY_MAX];
    /* rounded up, so that a timer is due when the wait for it is over */
    int ms = seconds <= 0 ? 0 : seconds > 3600 ? 3600000 : (int)(seconds * 1000) + 1;
    int i, n = epoll_wait(self->fd, events, SCTL_READY_MAX, ms);
    for (i = 0; i < n; i++) {
        struct sctl_ready *at = &ready[i];
        at->fd = events[i].data.fd;
        at->events = 0;
        if ((events[i].events & EPOLLIN) != 0)
            at->events |= SCTL_READ;
        if ((events[i].events & EPOLLOUT) != 0)
            at->events |= SCTL_WRITE;
        if ((events[i].events & (EPOLLERR | EPOLLHUP)) != 0)
            at->events |= SCTL_FAILED;
    }
    return n > 0 ? n : 0;
}

#else

/* types.h first */
#include <sys/event.h>
#include <sys/time.h>

enum sctl_status sctl_poller_open(struct sctl_poller *self, struct sctl_err *err)
{
    self->fd = kqueue();
    if (self->fd < 0)
        return sctl_fail(err, SCTL_E_SYSTEM, errno, "kqueue: %s", strerror(errno));
    return SCTL_OK;
}

static bool change(int poller, int fd, int filter, bool on)
{
    struct kevent event;
    EV_SET(&event, fd, filter, on ? EV_ADD : EV_DELETE, 0, 0, NULL);
    return kevent(poller, &event, 1, NULL, 0, NULL) == 0 || !on;
}

bool sctl_poller_watch(const struct sctl_poller *self, int fd, unsigned events)
{
    return change(self->fd, fd, EVFILT_READ, (events & SCTL_READ) != 0) &&
           change(self->fd, fd, EVFILT_WRITE, (events & SCTL_WRITE) != 0);
}

#define INHERITED false

int sctl_poller_wait(const struct sctl_poller *self, double seconds,
                     struct sctl_ready ready[SCTL_READY_MAX])
{
    struct kevent events[SCTL_READY_MAX];
    struct timespec timeout = {0, 0};
    int n;
    if (seconds > 3600)
        seconds = 3600;
    if (seconds > 0) {
        timeout.tv_sec = (time_t)seconds;
        timeout.tv_nsec = (long)((seconds - (double)timeout.tv_sec) * 1e9);
    }
    n = kevent(self->fd, NULL, 0, events, SCTL_READY_MAX, &timeout);
    for (int i = 0; i < n; i++) {
        struct sctl_ready *at = &ready[i];
        at->fd = (int)events[i].ident;
        at->events = events[i].filter == EVFILT_READ ? SCTL_READ : SCTL_WRITE;
        if ((events[i].flags & EV_ERROR) != 0)
            at->events |= SCTL_FAILED;
    }
    return n > 0 ? n : 0;
}

#endif

void sctl_poller_close(struct sctl_poller *self, bool forked)
{
    if (self->fd >= 0 && (INHERITED || !forked))
        (void)close(self->fd);
    self->fd = -1;
}
