#include "engine.h"

#include <math.h>

#include "../base/clock.h"
#include "pool.h"

struct sctl_engine {
    uint64_t process; /* that made it */
    struct sctl_multi multi;
    struct sctl_poller poller;
    unsigned max_in_flight;
    uint64_t last_id;
    double next_deadline; /* no request is due before this */
    struct sctl_list running, pool;
    size_t most; /* connections that there may be, kept ones and others */
    struct sctl_queued *queue, **queue_end; /* the requests of a signer stand together */
    struct sctl_result *done, **done_end;
    struct sctl_engine_counts counts;
    struct sctl_pairs params; /* scratch */
    char space[SCTL_READ_SIZE];
};

/* ---- life ---- */

struct sctl_engine *sctl_engine_new(unsigned max_in_flight, struct sctl_err *err)
{
    if (max_in_flight < 1 || max_in_flight > 1000) {
        (void)sctl_fail(err, SCTL_E_INVALID, 0, "max_in_flight is not from 1 to 1000");
        return NULL;
    }
    struct sctl_engine *self = sctl_new(sizeof *self, "an engine", err);
    if (self == NULL)
        return NULL;
    self->process = sctl_fork_id();
    self->max_in_flight = max_in_flight;
    self->next_deadline = SCTL_NEVER;
    self->queue_end = &self->queue;
    self->done_end = &self->done;
    if (sctl_poller_open(&self->poller, err) == SCTL_OK &&
        sctl_multi_open(&self->multi, &self->poller, err) == SCTL_OK)
        return self;
    sctl_engine_free(self);
    return NULL;
}

static bool forked(const struct sctl_engine *self)
{
    return self->process != sctl_fork_id();
}

static enum sctl_status check_usable(const struct sctl_engine *self, struct sctl_err *err)
{
    if (forked(self))
        return sctl_fail(err, SCTL_E_FORKED, 0,
                         "the engine was made by another process; make one after the fork");
    if (self->multi.handle == NULL)
        return sctl_fail(err, SCTL_E_CLOSED, 0, "the engine is closed");
    return SCTL_OK;
}

/* ---- lists ---- */

static void push_done(struct sctl_engine *self, struct sctl_result *result)
{
    result->next = NULL;
    *self->done_end = result;
    self->done_end = &result->next;
    self->counts.done++;
}

/* The first request of the signer in the queue, or NULL. */
static struct sctl_queued *first_of(const struct sctl_engine *self,
                                    const struct sctl_signer *signer)
{
    struct sctl_queued *first = self->queue;
    while (first != NULL && first->request->signer != signer)
        first = *first->end;
    return first;
}

static void enqueue(struct sctl_engine *self, struct sctl_queued *queued)
{
    struct sctl_queued *first = first_of(self, queued->request->signer);
    struct sctl_queued **at = first != NULL ? first->end : self->queue_end;
    queued->next = *at;
    *at = queued;
    if (queued->next == NULL)
        self->queue_end = &queued->next;
    (first != NULL ? first : queued)->end = &queued->next;
    self->counts.queued++;
}

static struct sctl_queued *take_queued(struct sctl_engine *self, struct sctl_queued **at)
{
    struct sctl_queued *queued = *at, *first = first_of(self, queued->request->signer);
    if (first->end == &queued->next)
        first->end = at;
    else if (first == queued)
        queued->next->end = queued->end;
    *at = queued->next;
    if (*at == NULL)
        self->queue_end = at;
    queued->next = NULL;
    self->counts.queued--;
    return queued;
}

/* Takes the first request. Then the next signer has its turn: what this one has left goes to the
 * end, so that nobody waits until all that another one has submitted is done. */
static struct sctl_queued *take_next(struct sctl_engine *self)
{
    struct sctl_queued *queued = take_queued(self, &self->queue), *first = self->queue;
    if (first == NULL || first->request->signer != queued->request->signer)
        return queued;
    *self->queue_end = first; /* a ring, which is cut behind the signer's last request */
    self->queue_end = first->end;
    self->queue = *first->end;
    *first->end = NULL;
    return queued;
}

/* ---- ends ---- */

/* Takes the result; the connection is kept, or closed. */
static void retire(struct sctl_engine *self, struct sctl_transfer *transfer,
                   const struct sctl_err *err, double now)
{
    size_t running = self->running.count;
    push_done(self, sctl_transfer_end(transfer, err, now));
    if (transfer->phase == SCTL_KEPT)
        sctl_pool_put(&self->pool, transfer, self->most > running ? self->most - running : 0);
    else
        sctl_transfer_free(transfer);
}

/* `err` NULL: with success. */
static void end_running(struct sctl_engine *self, struct sctl_transfer *transfer,
                        const struct sctl_err *err)
{
    sctl_list_remove(&self->running, transfer);
    retire(self, transfer, err, sctl_monotonic());
}

static void end_queued(struct sctl_engine *self, struct sctl_queued *queued,
                       const struct sctl_err *err)
{
    struct sctl_result *result = sctl_queued_end(queued);
    sctl_result_fail(result, err);
    push_done(self, result);
}

/* Ends every request, running or queued, whose deadline is `until` or earlier. */
static void end_due(struct sctl_engine *self, double until, const struct sctl_err *err)
{
    struct sctl_transfer *transfer = self->running.first;
    struct sctl_queued **at = &self->queue;
    double next = SCTL_NEVER;
    while (transfer != NULL) {
        struct sctl_transfer *following = transfer->next;
        if (transfer->queued->deadline <= until)
            end_running(self, transfer, err);
        else if (transfer->queued->deadline < next)
            next = transfer->queued->deadline;
        transfer = following;
    }
    while (*at != NULL) {
        if ((*at)->deadline <= until) {
            end_queued(self, take_queued(self, at), err);
            continue;
        }
        if ((*at)->deadline < next)
            next = (*at)->deadline;
        at = &(*at)->next;
    }
    self->next_deadline = next;
}

/* Lets a transfer write and read. */
static void step(struct sctl_engine *self, struct sctl_transfer *transfer, unsigned events)
{
    struct sctl_err err;
    bool done;
    if (sctl_transfer_step(transfer, events, self->space, &done, &err) != SCTL_OK)
        end_running(self, transfer, &err);
    else if (done)
        end_running(self, transfer, NULL);
}

/* Starts the first request of the queue. One that must not be sent twice has a connection to
 * itself: that a kept one is open no more may show after the request was written. */
static void start_one(struct sctl_engine *self, double now)
{
    struct sctl_err err = {SCTL_OK, 0, ""};
    struct sctl_queued *queued = take_next(self);
    struct sctl_transfer *transfer = NULL;
    if (queued->request->safe)
        transfer = sctl_pool_take(&self->pool, queued->endpoint);
    if (transfer == NULL && sctl_multi_renew(&self->multi, &err) == SCTL_OK)
        transfer = sctl_transfer_new(&self->multi, queued->endpoint, &err);
    if (transfer == NULL) {
        end_queued(self, queued, &err);
        return;
    }
    if (sctl_transfer_start(transfer, queued, now, &self->params, &err) != SCTL_OK) {
        retire(self, transfer, &err, now);
        return;
    }
    sctl_list_add(&self->running, transfer);
    self->counts.events++;
    if (transfer->phase == SCTL_WRITING)
        step(self, transfer, 0);
}

/* Takes over a connection that libcurl has made, or could not make. What it sends first goes out at
 * once: libcurl 8 would close a connection on which bytes wait before that. */
static void collect_one(struct sctl_engine *self, CURL *easy, CURLcode code)
{
    char *owner = NULL;
    struct sctl_err err;
    (void)curl_easy_getinfo(easy, CURLINFO_PRIVATE, &owner);
    struct sctl_transfer *transfer = (struct sctl_transfer *)(void *)owner;
    if (sctl_transfer_connected(transfer, code, &err) == SCTL_OK)
        step(self, transfer, 0);
    else
        end_running(self, transfer, &err);
}

static void collect(struct sctl_engine *self)
{
    CURLMsg *message;
    int left;
    do {
        message = curl_multi_info_read(self->multi.handle, &left);
        if (message != NULL && message->msg == CURLMSG_DONE)
            collect_one(self, message->easy_handle, message->data.result);
    } while (message != NULL);
}

/* ---- work ---- */

/* Ends what is on connections that libcurl has closed by itself. */
static void end_lost(struct sctl_engine *self)
{
    struct sctl_transfer *transfer, *following;
    self->multi.sockets.lost = false;
    for (transfer = self->running.first; transfer != NULL; transfer = following) {
        following = transfer->next;
        if (sctl_transfer_lost(transfer))
            step(self, transfer, 0);
    }
    for (transfer = self->pool.first; transfer != NULL; transfer = following) {
        following = transfer->next;
        if (sctl_transfer_lost(transfer))
            sctl_pool_drop(&self->pool, transfer);
    }
}

/* Works on what is ready. After a failure of libcurl, what runs ends. */
static void act(struct sctl_engine *self, const struct sctl_ready *ready, int count)
{
    struct sctl_err err;
    /* before any ends: with more requests on their way than are kept, none would meet a kept one */
    self->most = self->running.count > SCTL_KEPT_MAX ? self->running.count : SCTL_KEPT_MAX;
    if (self->most > self->max_in_flight)
        self->most = self->max_in_flight;
    for (int i = 0; i < count; i++) {
        struct sctl_transfer *owner = sctl_sockets_owner(&self->multi.sockets, ready[i].fd);
        bool is_kept = owner != NULL && owner->phase == SCTL_KEPT;
        self->counts.events += !is_kept;
        if (is_kept && !sctl_transfer_sound(owner))
            sctl_pool_drop(&self->pool, owner);
        else if (owner != NULL && !is_kept)
            step(self, owner, ready[i].events);
    }
    enum sctl_status status = sctl_multi_act(&self->multi, ready, count, &err);
    collect(self);
    if (self->multi.sockets.lost)
        end_lost(self);
    if (status == SCTL_OK)
        return;
    while (self->running.first != NULL)
        end_running(self, self->running.first, &err);
    sctl_pool_clear(&self->pool);
    if (sctl_multi_renew(&self->multi, &err) != SCTL_OK)
        return; /* there is no memory for it: the next request tries again */
}

/* Transfers that a step starts at most; while more can start, the timeout is 0. */
#define START_MAX 16

static bool can_start(const struct sctl_engine *self)
{
    return self->queue != NULL && self->running.count < self->max_in_flight;
}

/* Works on what a wait has found, and starts at most `room` requests, which are also sent. Returns
 * how many more the step may start. */
static int work(struct sctl_engine *self, const struct sctl_ready *ready, int count, int room)
{
    bool started;
    do {
        double now;
        act(self, ready, count);
        count = 0;
        started = false;
        now = sctl_monotonic();
        if (self->next_deadline <= now) {
            struct sctl_err err;
            (void)sctl_fail(&err, SCTL_E_TIMEOUT, 0, "the time limit of the request passed");
            end_due(self, now, &err);
        }
        while (can_start(self) && room > 0) {
            room--;
            start_one(self, now);
            started = true;
        }
    } while (started);
    return room;
}

enum sctl_status sctl_engine_submit(struct sctl_engine *self, struct sctl_request *request,
                                    uint64_t sequence, struct sctl_endpoint *endpoint,
                                    struct sctl_timeouts limits, uint64_t *id, struct sctl_err *err)
{
    if (check_usable(self, err) != SCTL_OK)
        return err->status;
    if (isnan(limits.timeout) || isnan(limits.connect))
        return sctl_fail(err, SCTL_E_INVALID, 0, "a time limit is not a number");
    struct sctl_queued *queued = sctl_queued_new(request, sequence, endpoint, err);
    if (queued == NULL)
        return err->status;
    queued->result.id = *id = ++self->last_id;
    queued->deadline = sctl_monotonic() + limits.timeout;
    queued->connect_timeout = limits.connect;
    if (queued->deadline < self->next_deadline)
        self->next_deadline = queued->deadline;
    enqueue(self, queued);
    return SCTL_OK;
}

enum sctl_status sctl_engine_wait(struct sctl_engine *self, double seconds, struct sctl_err *err)
{
    struct sctl_ready ready[SCTL_READY_MAX];
    int count, room = START_MAX;
    if (check_usable(self, err) != SCTL_OK)
        return err->status;
    if (can_start(self)) /* it goes out before the wait */
        room = work(self, NULL, 0, room);
    double due = sctl_engine_timeout(self);
    if (due >= 0 && due < seconds)
        seconds = due;
    count = sctl_poller_wait(&self->poller, seconds, ready);
    (void)work(self, ready, count, room);
    return SCTL_OK;
}

double sctl_engine_timeout(const struct sctl_engine *self)
{
    double due = self->multi.due < self->next_deadline ? self->multi.due : self->next_deadline;
    if (self->multi.handle == NULL)
        return self->done != NULL ? 0 : -1;
    if (self->done != NULL || can_start(self))
        return 0;
    if (due == SCTL_NEVER)
        return -1;
    due -= sctl_monotonic();
    return due > 0 ? due : 0;
}

int sctl_engine_pollfd(const struct sctl_engine *self)
{
    return self->multi.handle != NULL ? self->poller.fd : -1;
}

struct sctl_result *sctl_engine_next_done(struct sctl_engine *self)
{
    struct sctl_result *result = self->done;
    if (result == NULL || forked(self)) /* the results are the parent's */
        return NULL;
    self->done = result->next;
    if (self->done == NULL)
        self->done_end = &self->done;
    self->counts.done--;
    result->next = NULL;
    return result;
}

bool sctl_engine_cancel(struct sctl_engine *self, uint64_t id)
{
    struct sctl_err err;
    struct sctl_transfer *transfer;
    struct sctl_queued **at;
    if (self->multi.handle == NULL || forked(self))
        return false;
    (void)sctl_fail(&err, SCTL_E_CANCELLED, 0, "the request was cancelled");
    for (transfer = self->running.first; transfer != NULL; transfer = transfer->next) {
        if (transfer->queued->result.id == id) {
            end_running(self, transfer, &err);
            return true;
        }
    }
    for (at = &self->queue; *at != NULL; at = &(*at)->next) {
        if ((*at)->result.id == id) {
            end_queued(self, take_queued(self, at), &err);
            return true;
        }
    }
    return false;
}

void sctl_engine_close(struct sctl_engine *self)
{
    if (self->multi.handle == NULL)
        return;
    if (forked(self)) {
        /* In a forked child everything stays as it is: a clean-up would write a TLS close into the
         * parent's connections, and drop sockets from the parent's epoll set. */
        sctl_multi_close(&self->multi, true);
        self->running = self->pool = (struct sctl_list){NULL, NULL, 0};
        self->queue = NULL;
        self->counts.queued = 0;
    } else {
        struct sctl_err err;
        (void)sctl_fail(&err, SCTL_E_CLOSED, 0, "the engine was closed");
        end_due(self, SCTL_NEVER, &err);
        sctl_pool_clear(&self->pool);
        sctl_multi_close(&self->multi, false);
    }
    sctl_pairs_clear(&self->params);
}

void sctl_engine_free(struct sctl_engine *self)
{
    if (self == NULL)
        return;
    sctl_engine_close(self);
    /* not before: an event loop may still watch it */
    sctl_poller_close(&self->poller, forked(self));
    while (self->done != NULL) {
        struct sctl_result *next = self->done->next;
        sctl_result_free(self->done);
        self->done = next;
    }
    sctl_free(self);
}

struct sctl_engine_counts sctl_engine_count(const struct sctl_engine *self)
{
    struct sctl_engine_counts counts = self->counts;
    counts.running = self->running.count;
    return counts;
}
