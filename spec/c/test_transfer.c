/* What a transfer leaves behind: nothing of the request that it has sent, nor of its answer. */
#include "engine_help.h"

#include "send/transfer.h"

#define TOKEN "token-of-the-request"

static bool holds_token(const struct sctl_buf *buf)
{
    return contains((struct sctl_str){buf->data, buf->size}, TOKEN);
}

TEST(a_signed_request_is_wiped_when_it_ends)
{
    int port, fd = server_bind(&port); /* bound and not listening */
    char url[64];
    struct sctl_pair header = {SCTL_STR("x-token"), SCTL_STR(TOKEN)};
    struct sctl_pairs params = {NULL, 0, 0};
    struct sctl_sockets sockets;
    struct sctl_endpoint *endpoint;
    struct sctl_transfer *transfer;
    struct sending request;
    struct sctl_request *made;
    struct sctl_queued *queued;
    struct sctl_err err;
    (void)snprintf(url, sizeof url, "http://127.0.0.1:%d", port);
    endpoint = endpoint_of(url);
    sctl_sockets_init(&sockets, NULL);
    transfer = sctl_transfer_new(&sockets, NULL, &err);
    request = get(endpoint, "/?token=" TOKEN);
    request.call.params = &header;
    request.call.param_count = 1;
    made = request_of_sending(&request, &err);
    REQUIRE(transfer != NULL && made != NULL);
    queued = sctl_queued_new(made, 0, endpoint, &err);
    REQUIRE(queued != NULL);
    sctl_request_unref(made);
    queued->deadline = queued->connect_timeout = 1000;
    REQUIRE(sctl_transfer_start(transfer, queued, 0, &params, &err) == SCTL_OK);
    CHECK(holds_token(&transfer->signed_request.target));
    CHECK(holds_token(&transfer->signed_request.headers));
    CHECK(holds_token(&transfer->joined));
    sctl_result_free(sctl_transfer_finish(transfer, curl_easy_perform(transfer->easy)));
    CHECK(!holds_token(&transfer->signed_request.target));
    CHECK(!holds_token(&transfer->signed_request.headers));
    CHECK(!holds_token(&transfer->joined));
    sctl_transfer_free(transfer);
    sctl_pairs_clear(&params);
    sctl_sockets_clear(&sockets);
    sctl_endpoint_unref(endpoint);
    (void)close(fd);
}

ENGINE_TEST(an_answer_is_wiped_when_it_is_freed, 1)
{
    struct sctl_result *result;
    server.answer = ANSWER("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n" TOKEN, SERVER_KEEP);
    look_for(TOKEN);
    result = fetch(engine, get(endpoint, "/"));
    CHECK_STR(TOKEN, sctl_buf_str(&result->body));
    drop(result);
    look_for(NULL);
}

CHECK_MAIN(100)
