#include "engine.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/clock.h"
#include "multi.h"
#include "transfer.h"

struct sctl_engine {
    uint64_t process; /* that made it */
    struct sctl_multi multi;
    struct sctl_poller poller;
    unsigned max_in_flight;
    uint64_t last_id;
    double next_deadline; /* no request is due before this */
    struct sctl_transfer *running;
    struct sctl_transfer *idle;
    unsigned idle_count;
    struct sctl_queued *queue, **queue_end; /* the requests of a signer stand together */
    struct sctl_result *done, **done_end;
    struct sctl_engine_counts counts;
    struct sctl_pairs params; /* scratch */
};

/* ---- life ---- */

struct sctl_engine *sctl_engine_new(unsigned max_in_flight, struct sctl_err *err)
{
    struct sctl_engine *self;
    if (max_in_flight < 1 || max_in_flight > 1000) {
        (void)sctl_fail(err, SCTL_E_INVALID, 0, "max_in_flight is not from 1 to 1000");
        return NULL;
    }
    self = sctl_new(sizeof *self, "an engine", err);
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

static void unlink_running(struct sctl_engine *self, struct sctl_transfer *transfer)
{
    if (transfer->prev != NULL)
        transfer->prev->next = transfer->next;
    else
        self->running = transfer->next;
    if (transfer->next != NULL)
        transfer->next->prev = transfer->prev;
    transfer->next = transfer->prev = NULL;
    self->counts.running--;
}

/* Connections and idle transfers that are kept */
#define KEPT 100u

static void make_idle(struct sctl_engine *self, struct sctl_transfer *transfer)
{
    if (self->idle_count == KEPT) {
        sctl_transfer_free(transfer);
        return;
    }
    self->idle_count++;
    transfer->next = self->idle;
    self->idle = transfer;
}

/* An idle transfer, one for the same endpoint if there is one, or a new one. */
static struct sctl_transfer *take_idle(struct sctl_engine *self,
                                       const struct sctl_endpoint *endpoint, struct sctl_err *err)
{
    struct sctl_transfer **at = &self->idle;
    struct sctl_transfer *transfer;
    while (*at != NULL && (*at)->endpoint != endpoint)
        at = &(*at)->next;
    if (*at == NULL)
        at = &self->idle;
    transfer = *at;
    if (transfer == NULL)
        return sctl_transfer_new(&self->multi.sockets, self->multi.share, err);
    *at = transfer->next;
    transfer->next = NULL;
    self->idle_count--;
    return transfer;
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

static void end_running(struct sctl_engine *self, struct sctl_transfer *transfer,
                        const struct sctl_err *err)
{
    (void)curl_multi_remove_handle(self->multi.handle, transfer->easy);
    unlink_running(self, transfer);
    push_done(self, sctl_transfer_stop(transfer, err));
    make_idle(self, transfer);
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
    struct sctl_transfer *transfer = self->running;
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

/* Starts the first request of the queue. */
static void start_one(struct sctl_engine *self, double now)
{
    struct sctl_err err = {SCTL_OK, 0, ""};
    struct sctl_queued *queued = take_next(self);
    struct sctl_transfer *transfer = NULL;
    CURLMcode code;
    if (sctl_multi_renew(&self->multi, &err) == SCTL_OK)
        transfer = take_idle(self, queued->endpoint, &err);
    if (transfer == NULL) {
        end_queued(self, queued, &err);
        return;
    }
    if (sctl_transfer_start(transfer, queued, now, &self->params, &err) == SCTL_OK) {
        code = curl_multi_add_handle(self->multi.handle, transfer->easy);
        if (code == CURLM_OK) {
            transfer->next = self->running;
            if (self->running != NULL)
                self->running->prev = transfer;
            self->running = transfer;
            self->counts.running++;
            self->counts.events++;
            return;
        }
        (void)sctl_fail(&err, SCTL_E_MEMORY, (int)code, "libcurl: %s", curl_multi_strerror(code));
    }
    push_done(self, sctl_transfer_refuse(transfer, &err));
    make_idle(self, transfer);
}

/* Takes over a request that libcurl has finished. */
static void collect_one(struct sctl_engine *self, CURL *easy, CURLcode code)
{
    char *owner = NULL;
    struct sctl_transfer *transfer;
    (void)curl_easy_getinfo(easy, CURLINFO_PRIVATE, &owner);
    transfer = (struct sctl_transfer *)(void *)owner;
    sctl_transfer_keep_connection(transfer);
    (void)curl_multi_remove_handle(self->multi.handle, easy);
    if (sctl_transfer_again(transfer, sctl_monotonic()) &&
        curl_multi_add_handle(self->multi.handle, easy) == CURLM_OK)
        return;
    unlink_running(self, transfer);
    push_done(self, sctl_transfer_finish(transfer, code));
    make_idle(self, transfer);
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

/* Lets libcurl work, and takes over what it has finished. After a failure, what runs ends. */
static void act(struct sctl_engine *self, const struct sctl_ready *ready, int count)
{
    struct sctl_err err;
    /* with more requests on their way a connection for each, or none would meet a kept one */
    size_t most = self->counts.running > KEPT ? self->counts.running : KEPT;
    enum sctl_status status =
        sctl_multi_act(&self->multi, ready, count,
                       (long)(most < self->max_in_flight ? most : self->max_in_flight), &err);
    self->counts.events += (unsigned)count;
    collect(self);
    if (status == SCTL_OK)
        return;
    while (self->running != NULL)
        end_running(self, self->running, &err);
    if (sctl_multi_renew(&self->multi, &err) != SCTL_OK)
        return; /* there is no memory for it: the next request tries again */
}

/* Transfers that a step starts at most; while more can start, the timeout is 0. */
#define START_MAX 16

static bool can_start(const struct sctl_engine *self)
{
    return self->queue != NULL && self->counts.running < self->max_in_flight;
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
    struct sctl_queued *queued;
    enum sctl_status status = check_usable(self, err);
    if (status != SCTL_OK)
        return status;
    if (isnan(limits.timeout) || isnan(limits.connect))
        return sctl_fail(err, SCTL_E_INVALID, 0, "a time limit is not a number");
    queued = sctl_queued_new(request, sequence, endpoint, err);
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
    double due;
    int count, room = START_MAX;
    enum sctl_status status = check_usable(self, err);
    if (status != SCTL_OK)
        return status;
    if (can_start(self)) /* it goes out before the wait */
        room = work(self, NULL, 0, room);
    due = sctl_engine_timeout(self);
    if (due >= 0 && due < seconds)
        seconds = due;
    count = sctl_poller_wait(&self->poller, seconds, ready);
    count = sctl_sockets_drop_unwanted(&self->multi.sockets, ready, count);
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

enum sctl_status sctl_engine_alarm(struct sctl_engine *self, double seconds, struct sctl_err *err)
{
    enum sctl_status status = check_usable(self, err);
    return status == SCTL_OK ? sctl_poller_alarm(&self->poller, seconds, err) : status;
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
    for (transfer = self->running; transfer != NULL; transfer = transfer->next) {
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

static void free_transfers(struct sctl_transfer *transfer)
{
    while (transfer != NULL) {
        struct sctl_transfer *next = transfer->next;
        sctl_transfer_free(transfer);
        transfer = next;
    }
}

void sctl_engine_close(struct sctl_engine *self)
{
    if (self->multi.handle == NULL)
        return;
    if (forked(self)) {
        /* In a forked child everything stays as it is: a clean-up would write a TLS close into the
         * parent's connections, and drop sockets from the parent's epoll set. */
        sctl_multi_close(&self->multi, true);
        self->running = self->idle = NULL;
        self->queue = NULL;
        self->counts.running = self->counts.queued = 0;
    } else {
        struct sctl_err err;
        enum sctl_status silenced;
        (void)sctl_fail(&err, SCTL_E_CLOSED, 0, "the engine was closed");
        end_due(self, SCTL_NEVER, &err);
        /* no step could silence the alarm after this; should it ring, a loop wakes for nothing */
        silenced = sctl_poller_alarm(&self->poller, -1, &err);
        (void)silenced;
        free_transfers(self->idle);
        self->idle = NULL;
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
    return self->counts;
}
