#include "request.h"

#include <stdlib.h>
#include <string.h>

/* The texts of a call in a fixed order: three single ones, then two for each parameter. */
#define SINGLES 3u

static size_t text_count(size_t param_count)
{
    return SINGLES + 2u * param_count;
}

static void put_text(uint32_t **lengths, char **at, struct sctl_str text)
{
    *(*lengths)++ = (uint32_t)text.len;
    if (text.len > 0)
        memcpy(*at, text.data, text.len);
    *at += text.len;
}

/* What is beyond the cap is not counted: the sum could wrap. */
static size_t call_bytes(const struct sctl_call *call)
{
    size_t i, bytes = call->action.len + call->content_type.len;
    for (i = 0; i < call->param_count && bytes <= SCTL_MAX_TARGET; i++)
        bytes += call->params[i].name.len + call->params[i].value.len;
    return bytes;
}

struct sctl_queued *sctl_queued_new(const struct sctl_request *request,
                                    struct sctl_err *err)
{
    const struct sctl_call *call = &request->call;
    size_t texts = text_count(call->param_count), bytes, i;
    struct sctl_queued *queued;
    uint32_t *lengths;
    char *at;

    if (call->param_count > SCTL_MAX_PAIRS) {
        (void)sctl_fail(err, SCTL_E_TOO_LARGE, 0, "more than %u parameters",
                        SCTL_MAX_PAIRS);
        return NULL;
    }
    bytes = call_bytes(call);
    if (bytes > SCTL_MAX_TARGET || call->body.len > SCTL_MAX_BODY) {
        (void)sctl_fail(err, SCTL_E_TOO_LARGE, 0,
                        "the parameters are larger than %u bytes, or the body than %u",
                        SCTL_MAX_TARGET, SCTL_MAX_BODY);
        return NULL;
    }
    queued = sctl_realloc(NULL, sizeof *queued + texts * sizeof *lengths + bytes +
                                    call->body.len);
    if (queued == NULL) {
        (void)sctl_fail(err, SCTL_E_MEMORY, 0, "no memory for a request");
        return NULL;
    }
    memset(queued, 0, sizeof *queued);
    sctl_buf_init(&queued->result.body, request->endpoint->max_response, false);
    sctl_buf_init(&queued->result.headers, SCTL_MAX_RESPONSE_HEADERS, false);
    queued->connect_timeout = request->connect_timeout;
    queued->fresh = request->fresh;
    queued->post = call->post;
    queued->param_count = (uint32_t)call->param_count;
    queued->endpoint = sctl_endpoint_ref(request->endpoint);
    queued->signer = sctl_signer_ref(request->signer);

    lengths = (uint32_t *)(queued + 1);
    at = (char *)(lengths + texts);
    put_text(&lengths, &at, call->action);
    put_text(&lengths, &at, call->content_type);
    put_text(&lengths, &at, call->body);
    for (i = 0; i < call->param_count; i++) {
        put_text(&lengths, &at, call->params[i].name);
        put_text(&lengths, &at, call->params[i].value);
    }
    return queued;
}

static struct sctl_str next_text(const uint32_t **lengths, const char **at)
{
    struct sctl_str text = {*at, *(*lengths)++};
    *at += text.len;
    return text;
}

enum sctl_status sctl_queued_call(const struct sctl_queued *queued,
                                  struct sctl_call *call, struct sctl_pairs *params,
                                  struct sctl_err *err)
{
    const uint32_t *lengths = (const uint32_t *)(queued + 1);
    const char *at = (const char *)(lengths + text_count(queued->param_count));
    enum sctl_status status = sctl_pairs_reserve(params, queued->param_count, err);
    size_t i;
    if (status != SCTL_OK)
        return status;
    memset(call, 0, sizeof *call);
    call->post = queued->post;
    call->timestamp = SCTL_NOW;
    call->action = next_text(&lengths, &at);
    call->content_type = next_text(&lengths, &at);
    call->body = next_text(&lengths, &at);
    for (i = 0; i < queued->param_count; i++) {
        params->items[i].name = next_text(&lengths, &at);
        params->items[i].value = next_text(&lengths, &at);
    }
    call->params = params->items;
    call->param_count = params->count = queued->param_count;
    return SCTL_OK;
}

struct sctl_result *sctl_queued_end(struct sctl_queued *queued)
{
    sctl_endpoint_unref(queued->endpoint);
    sctl_signer_unref(queued->signer);
    return &queued->result;
}

void sctl_result_free(struct sctl_result *result)
{
    sctl_buf_clear(&result->headers);
    sctl_buf_clear(&result->body);
    sctl_free(result);
}
