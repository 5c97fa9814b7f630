#include "queued.h"

struct sctl_queued *sctl_queued_new(struct sctl_request *request, uint64_t sequence,
                                    struct sctl_endpoint *endpoint, struct sctl_err *err)
{
    struct sctl_queued *queued = sctl_new(sizeof *queued, "a request", err);
    if (queued == NULL)
        return NULL;
    sctl_buf_init(&queued->result.body, endpoint->max_response, true); /* may hold keys */
    sctl_buf_init(&queued->result.head, SCTL_MAX_TARGET + 2 * SCTL_MAX_REQUEST_HEADERS, true);
    sctl_buf_init(&queued->result.headers, SCTL_MAX_RESPONSE_HEADERS, false);
    queued->endpoint = sctl_endpoint_ref(endpoint);
    queued->request = sctl_request_ref(request);
    queued->sequence = sequence;
    return queued;
}

struct sctl_result *sctl_queued_end(struct sctl_queued *queued)
{
    sctl_endpoint_unref(queued->endpoint);
    sctl_request_unref(queued->request);
    return &queued->result;
}

void sctl_result_fail(struct sctl_result *result, const struct sctl_err *err)
{
    size_t size = strlen(err->message) + 1;
    result->status = err->status;
    result->native = err->native;
    result->message = sctl_realloc(NULL, size);
    if (result->message != NULL)
        memcpy(result->message, err->message, size);
}

void sctl_result_free(struct sctl_result *result)
{
    sctl_free(result->message);
    sctl_buf_clear(&result->head);
    sctl_buf_clear(&result->headers);
    sctl_buf_clear(&result->body);
    sctl_free(result);
}
