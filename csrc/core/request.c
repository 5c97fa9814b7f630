#include "request.h"

#include <stdlib.h>
#include <string.h>

/* The texts of a call in a fixed order; 4 single ones, then two for each pair. */
#define SINGLES 4u

static size_t text_count(const struct sctl_waiting *waiting)
{
    return SINGLES + 2u * ((size_t)waiting->param_count + waiting->header_count);
}

static void put(uint32_t *lengths, char **at, struct sctl_str text)
{
    *lengths = (uint32_t)text.len;
    if (text.len > 0)
        memcpy(*at, text.data, text.len);
    *at += text.len;
}

static size_t pairs_bytes(const struct sctl_pair *pairs, size_t count)
{
    size_t i, bytes = 0;
    for (i = 0; i < count; i++)
        bytes += pairs[i].name.len + pairs[i].value.len;
    return bytes;
}

struct sctl_waiting *sctl_waiting_new(const struct sctl_request *request,
                                      struct sctl_err *err)
{
    const struct sctl_call *call = &request->call;
    struct sctl_waiting *waiting;
    struct sctl_result *result;
    uint32_t *lengths;
    size_t bytes, texts, i;
    char *at;

    if (call->param_count > SCTL_MAX_PAIRS ||
        call->header_count > SCTL_MAX_HEADER_COUNT) {
        (void)sctl_fail(err, SCTL_E_TOO_LARGE, 0, "more than %u parameters or %u headers",
                        SCTL_MAX_PAIRS, SCTL_MAX_HEADER_COUNT);
        return NULL;
    }
    bytes = pairs_bytes(call->params, call->param_count) +
            pairs_bytes(call->headers, call->header_count) + call->action.len +
            call->content_type.len + call->nonce.len;
    if (bytes > SCTL_MAX_TARGET || call->body.len > SCTL_MAX_BODY) {
        (void)sctl_fail(err, SCTL_E_TOO_LARGE, 0,
                        "the parameters are larger than %u bytes, or the body than %u",
                        SCTL_MAX_TARGET, SCTL_MAX_BODY);
        return NULL;
    }
    texts = SINGLES + 2 * (call->param_count + call->header_count);
    waiting = sctl_realloc(NULL, sizeof *waiting + texts * sizeof *lengths + bytes +
                                     call->body.len);
    result = sctl_realloc(NULL, sizeof *result);
    if (waiting == NULL || result == NULL) {
        sctl_free(waiting);
        sctl_free(result);
        (void)sctl_fail(err, SCTL_E_MEMORY, 0, "no memory for a request");
        return NULL;
    }
    memset(waiting, 0, sizeof *waiting);
    memset(result, 0, sizeof *result);
    sctl_buf_init(&result->body, request->endpoint->max_response, false);
    sctl_buf_init(&result->headers, SCTL_MAX_RESPONSE_HEADERS, false);
    waiting->result = result;
    waiting->connect_timeout = request->connect_timeout;
    waiting->fresh = request->fresh;
    waiting->post = call->post;
    waiting->timestamp = call->timestamp;
    waiting->param_count = (uint32_t)call->param_count;
    waiting->header_count = (uint32_t)call->header_count;
    waiting->endpoint = sctl_endpoint_ref(request->endpoint);
    waiting->signer = request->signer != NULL ? sctl_signer_ref(request->signer) : NULL;

    lengths = (uint32_t *)(waiting + 1);
    at = (char *)(lengths + texts);
    put(lengths++, &at, call->action);
    put(lengths++, &at, call->content_type);
    put(lengths++, &at, call->nonce);
    put(lengths++, &at, call->body);
    for (i = 0; i < call->param_count; i++) {
        put(lengths++, &at, call->params[i].name);
        put(lengths++, &at, call->params[i].value);
    }
    for (i = 0; i < call->header_count; i++) {
        put(lengths++, &at, call->headers[i].name);
        put(lengths++, &at, call->headers[i].value);
    }
    return waiting;
}

void sctl_waiting_free(struct sctl_waiting *waiting)
{
    if (waiting == NULL)
        return;
    sctl_result_free(waiting->result);
    sctl_endpoint_unref(waiting->endpoint);
    sctl_signer_unref(waiting->signer);
    sctl_free(waiting);
}

static struct sctl_str take(const uint32_t **lengths, const char **at)
{
    struct sctl_str text = {*at, **lengths};
    *at += text.len;
    (*lengths)++;
    return text;
}

enum sctl_status sctl_waiting_call(const struct sctl_waiting *waiting,
                                   struct sctl_call *call, struct sctl_pairs *params,
                                   struct sctl_pairs *headers, struct sctl_err *err)
{
    const uint32_t *lengths = (const uint32_t *)(waiting + 1);
    const char *at = (const char *)(lengths + text_count(waiting));
    enum sctl_status status = sctl_pairs_reserve(params, waiting->param_count, err);
    size_t i;
    if (status == SCTL_OK)
        status = sctl_pairs_reserve(headers, waiting->header_count, err);
    if (status != SCTL_OK)
        return status;
    memset(call, 0, sizeof *call);
    call->post = waiting->post;
    call->timestamp = waiting->timestamp;
    call->action = take(&lengths, &at);
    call->content_type = take(&lengths, &at);
    call->nonce = take(&lengths, &at);
    call->body = take(&lengths, &at);
    for (i = 0; i < waiting->param_count; i++) {
        params->items[i].name = take(&lengths, &at);
        params->items[i].value = take(&lengths, &at);
    }
    for (i = 0; i < waiting->header_count; i++) {
        headers->items[i].name = take(&lengths, &at);
        headers->items[i].value = take(&lengths, &at);
    }
    call->params = params->items;
    call->param_count = params->count = waiting->param_count;
    call->headers = headers->items;
    call->header_count = headers->count = waiting->header_count;
    return SCTL_OK;
}

void sctl_result_free(struct sctl_result *result)
{
    if (result == NULL)
        return;
    sctl_buf_clear(&result->headers);
    sctl_buf_clear(&result->body);
    sctl_free(result);
}
