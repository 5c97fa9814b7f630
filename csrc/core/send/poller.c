#include "poller.h"

#include <unistd.h>

/* Seconds. A longer alarm comes too early, and the loop that waits for it sets it again. */
#define LONGEST_ALARM 1e6

#ifdef __linux__

#include <sys/epoll.h>
#include <sys/timerfd.h>

#define INHERITED true

enum sctl_status sctl_poller_open(struct sctl_poller *self, struct sctl_err *err)
{
    self->timer = -1;
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

/* Most programs never set an alarm, so the timer is made with the first. */
static enum sctl_status make_timer(struct sctl_poller *self, struct sctl_err *err)
{
    struct epoll_event event = {0};
    int timer = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
    event.events = EPOLLIN;
    event.data.fd = timer;
    if (timer < 0 || epoll_ctl(self->fd, EPOLL_CTL_ADD, timer, &event) != 0) {
        (void)sctl_fail(err, SCTL_E_SYSTEM, errno, "timerfd: %s", strerror(errno));
        if (timer >= 0)
            (void)close(timer);
        return SCTL_E_SYSTEM;
    }
    self->timer = timer;
    return SCTL_OK;
}

enum sctl_status sctl_poller_alarm(struct sctl_poller *self, double seconds, struct sctl_err *err)
{
    struct itimerspec due = {{0, 0}, {0, 0}};
    if (self->timer < 0) {
        enum sctl_status status = seconds < 0 ? SCTL_OK : make_timer(self, err);
        if (self->timer < 0)
            return status;
    }
    if (seconds > LONGEST_ALARM)
        seconds = LONGEST_ALARM;
    if (seconds >= 0) {
        due.it_value.tv_sec = (time_t)seconds;
        due.it_value.tv_nsec = (long)((seconds - (double)due.it_value.tv_sec) * 1e9);
        if (due.it_value.tv_sec == 0 && due.it_value.tv_nsec == 0)
            due.it_value.tv_nsec = 1; /* 0 would disarm it */
    }
    if (timerfd_settime(self->timer, 0, &due, NULL) != 0)
        return sctl_fail(err, SCTL_E_SYSTEM, errno, "timerfd: %s", strerror(errno));
    return SCTL_OK;
}

int sctl_poller_wait(const struct sctl_poller *self, double seconds,
                     struct sctl_ready ready[SCTL_READY_MAX])
{
    struct epoll_event events[SCTL_READY_MAX];
    /* rounded up, so that a timer is due when the wait for it is over */
    int ms = seconds <= 0 ? 0 : seconds > 3600 ? 3600000 : (int)(seconds * 1000) + 1;
    int i, count = 0, n = epoll_wait(self->fd, events, SCTL_READY_MAX, ms);
    for (i = 0; i < n; i++) {
        struct sctl_ready *at = &ready[count];
        if (events[i].data.fd == self->timer) {
            uint64_t times;
            ssize_t size = read(self->timer, &times, sizeof times);
            (void)size; /* read, or it stays readable; none when it was set again */
            continue;
        }
        at->fd = events[i].data.fd;
        at->events = 0;
        if ((events[i].events & EPOLLIN) != 0)
            at->events |= SCTL_READ;
        if ((events[i].events & EPOLLOUT) != 0)
            at->events |= SCTL_WRITE;
        if ((events[i].events & (EPOLLERR | EPOLLHUP)) != 0)
            at->events |= SCTL_FAILED;
        count++;
    }
    return count;
}

#else

/* types.h first */
#include <sys/event.h>
#include <sys/time.h>

enum sctl_status sctl_poller_open(struct sctl_poller *self, struct sctl_err *err)
{
    self->timer = -1;
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

enum sctl_status sctl_poller_alarm(struct sctl_poller *self, double seconds, struct sctl_err *err)
{
    struct kevent event;
    EV_SET(&event, 0, EVFILT_TIMER, EV_DELETE, 0, 0, NULL);
    (void)kevent(self->fd, &event, 1, NULL, 0, NULL); /* even one that is due */
    if (seconds < 0)
        return SCTL_OK;
    if (seconds > LONGEST_ALARM)
        seconds = LONGEST_ALARM;
    /* milliseconds, the unit without a flag; rounded up */
    EV_SET(&event, 0, EVFILT_TIMER, EV_ADD | EV_ONESHOT, 0, (int)(seconds * 1000) + 1, NULL);
    if (kevent(self->fd, &event, 1, NULL, 0, NULL) != 0)
        return sctl_fail(err, SCTL_E_SYSTEM, errno, "kqueue: %s", strerror(errno));
    return SCTL_OK;
}

int sctl_poller_wait(const struct sctl_poller *self, double seconds,
                     struct sctl_ready ready[SCTL_READY_MAX])
{
    struct kevent events[SCTL_READY_MAX];
    struct timespec timeout = {0, 0};
    int n, count = 0;
    if (seconds > 3600)
        seconds = 3600;
    if (seconds > 0) {
        timeout.tv_sec = (time_t)seconds;
        timeout.tv_nsec = (long)((seconds - (double)timeout.tv_sec) * 1e9);
    }
    n = kevent(self->fd, NULL, 0, events, SCTL_READY_MAX, &timeout);
    for (int i = 0; i < n; i++) {
        struct sctl_ready *at = &ready[count];
        if (events[i].filter == EVFILT_TIMER)
            continue;
        at->fd = (int)events[i].ident;
        at->events = events[i].filter == EVFILT_READ ? SCTL_READ : SCTL_WRITE;
        if ((events[i].flags & EV_ERROR) != 0)
            at->events |= SCTL_FAILED;
        count++;
    }
    return count;
}

#endif

void sctl_poller_close(struct sctl_poller *self, bool forked)
{
    if (self->fd >= 0 && (INHERITED || !forked))
        (void)close(self->fd);
    if (self->timer >= 0)
        (void)close(self->timer);
    self->fd = self->timer = -1;
}
