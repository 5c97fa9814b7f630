/* Answers, good and hostile: what the reader makes of them, in one piece and in single bytes, and
 * what becomes of a request that gets them. */
#include "engine_help.h"

#include "send/reader.h"

#define HEAD "HTTP/1.1 200 OK\r\n"
#define CHUNKS HEAD "Transfer-Encoding: chunked\r\n\r\n"

struct row {
    const char *what;
    struct sctl_str text;
    enum { STAYS, CLOSES, ENDS } server; /* it stays; it says that it closes; it hangs up */
    enum sctl_status status;
    int http_status;
    const char *body;
};

/* clang-format off */
#define GOOD(what, text, server, status, body) \
    {what, SCTL_STR(text), server, SCTL_OK, status, body},
#define BAD(what, text, server, status) \
    {what, SCTL_STR(text), server, SCTL_E_RESPONSE, status, ""},

static const struct row ROWS[] = {
    GOOD("a length", HEAD "Content-Length: 2\r\n\r\nok", STAYS, 200, "ok")
    GOOD("no body", HEAD "content-length:0\r\n\r\n", STAYS, 200, "")
    GOOD("no reason", "HTTP/1.1 503\r\nContent-Length: 1\r\n\r\nx", STAYS, 503, "x")
    GOOD("a length twice", HEAD "Content-Length: 2\r\nContent-Length: 2\r\n\r\nok", STAYS, 200, "ok")
    GOOD("blanks", HEAD "Content-Length: \t 2 \t\r\n\r\nok", STAYS, 200, "ok")
    GOOD("close", HEAD "Connection: a, Close\r\nContent-Length: 2\r\n\r\nok", CLOSES, 200, "ok")
    GOOD("until the end", HEAD "\r\nok", ENDS, 200, "ok")
    GOOD("204", "HTTP/1.1 204 No\r\n\r\n", STAYS, 204, "")
    GOOD("204 with a length", "HTTP/1.1 204 No\r\nContent-Length: 5\r\n\r\n", STAYS, 204, "")
    GOOD("304", "HTTP/1.1 304 Same\r\nContent-Length: 5\r\n\r\n", STAYS, 304, "")
    GOOD("1xx", "HTTP/1.1 100 Go\r\n\r\nHTTP/1.1 103 x\r\nConnection: close\r\n"
         "Content-Length: 9\r\n\r\n" HEAD "Content-Length: 2\r\n\r\nok", STAYS, 200, "ok")
    GOOD("chunks", CHUNKS "1\r\no\r\n1\r\nk\r\n0\r\n\r\n", STAYS, 200, "ok")
    GOOD("sizes of chunks", CHUNKS "0002 ;a=b\r\nok\r\n000\r\n\r\n", STAYS, 200, "ok")
    GOOD("trailers", CHUNKS "2\r\nok\r\n0\r\nContent-Length: 9\r\nX: y\r\n\r\n", STAYS, 200, "ok")
    GOOD("999", "HTTP/1.1 999 x\r\nContent-Length: 2\r\n\r\nok", STAYS, 999, "ok")
    GOOD("HTTP/1.0", "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok", CLOSES, 200, "ok")
    GOOD("HTTP/1.0 kept", "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nok",
         STAYS, 200, "ok")
    GOOD("two answers", HEAD "Content-Length: 2\r\n\r\nok" HEAD "Content-Length: 2\r\n\r\nno",
         CLOSES, 200, "ok")
    GOOD("a byte too many", HEAD "Content-Length: 2\r\n\r\nok!", CLOSES, 200, "ok")

    BAD("length and chunks", HEAD "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n"
        "2\r\nok\r\n0\r\n\r\n", STAYS, 200)
    BAD("chunks and length", HEAD "Transfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n"
        "2\r\nok\r\n0\r\n\r\n", STAYS, 200)
    BAD("two lengths", HEAD "Content-Length: 2\r\nContent-Length: 3\r\n\r\nok", STAYS, 200)
    BAD("a list of lengths", HEAD "Content-Length: 2, 2\r\n\r\nok", STAYS, 200)
    BAD("no length", HEAD "Content-Length:\r\n\r\n", STAYS, 200)
    BAD("a signed length", HEAD "Content-Length: +2\r\n\r\nok", STAYS, 200)
    BAD("two codings", HEAD "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", STAYS, 200)
    BAD("chunked twice", HEAD "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n"
        "0\r\n\r\n", STAYS, 200)
    BAD("chunks of 1.0", "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", STAYS, 200)
    BAD("a bare LF", "HTTP/1.1 200 OK\nContent-Length: 2\n\nok", STAYS, 0)
    BAD("a bare LF in the head", HEAD "X: y\nContent-Length: 2\r\n\r\nok", STAYS, 200)
    BAD("a bare LF at the end", HEAD "Content-Length: 2\r\n\nok", STAYS, 200)
    BAD("a bare CR", HEAD "X: y\rContent-Length: 2\r\n\r\nok", STAYS, 200)
    BAD("a NUL", HEAD "X: a\0b\r\n\r\n", STAYS, 200)
    BAD("a folded header", HEAD "X: y\r\n Content-Length: 2\r\n\r\nok", STAYS, 200)
    BAD("a blank before the colon", HEAD "Content-Length : 2\r\n\r\nok", STAYS, 200)
    BAD("no name", HEAD ": 2\r\n\r\n", STAYS, 200)
    BAD("no colon", HEAD "nonsense\r\n\r\n", STAYS, 200)
    BAD("a chunk too long", CHUNKS "1\r\nok\r\n0\r\n\r\n", STAYS, 200)
    BAD("no size", CHUNKS "\r\nok\r\n0\r\n\r\n", STAYS, 200)
    BAD("a size of 16 digits", CHUNKS "0000000000000002\r\nok\r\n0\r\n\r\n", STAYS, 200)
    BAD("0x", CHUNKS "0x2\r\nok\r\n0\r\n\r\n", STAYS, 200)
    BAD("no status line", "220 ftp\r\n", STAYS, 0)
    BAD("another protocol", "SSH-2.0-x", STAYS, 0)
    BAD("HTTP/2", "HTTP/2 200\r\nContent-Length: 2\r\n\r\nok", STAYS, 0)
    BAD("HTTP/9.9", "HTTP/9.9 200\r\nContent-Length: 2\r\n\r\nok", STAYS, 0)
    BAD("four digits", "HTTP/1.1 2000\r\nContent-Length: 2\r\n\r\nok", STAYS, 0)
    BAD("status 99", "HTTP/1.1 099 x\r\nContent-Length: 2\r\n\r\nok", STAYS, 0)
    BAD("an upgrade", "HTTP/1.1 101 x\r\nUpgrade: h2c\r\n\r\n", STAYS, 101)
    BAD("half a head", HEAD "Content-Le", ENDS, 200)
    BAD("half a body", HEAD "Content-Length: 3\r\n\r\nok", ENDS, 200)
    BAD("half a chunk", CHUNKS "3\r\nok", ENDS, 200)
    BAD("no last chunk", CHUNKS "2\r\nok\r\n", ENDS, 200)
    BAD("half of the trailers", CHUNKS "2\r\nok\r\n0\r\n", ENDS, 200)
    BAD("only a 1xx", "HTTP/1.1 100 Go\r\n\r\n", ENDS, 100)
    {"a body too large", SCTL_STR(HEAD "Content-Length: 1001\r\n\r\n"), STAYS, SCTL_E_TOO_LARGE,
     200, ""},
    {"a length beyond all", SCTL_STR(HEAD "Content-Length: 99999999999999999999\r\n\r\n"), STAYS,
     SCTL_E_TOO_LARGE, 200, ""},
    {"a chunk too large", SCTL_STR(CHUNKS "fffffffffffffff\r\n"), STAYS, SCTL_E_TOO_LARGE, 200, ""},
};
/* clang-format on */

/* Feeds `piece` bytes at a time. */
static void check_read(const struct row *row, size_t piece)
{
    struct sctl_reader reader;
    struct sctl_err err = {SCTL_OK, 0, ""};
    enum sctl_status status = SCTL_OK;
    size_t at = 0, used;
    BUF(headers, SCTL_MAX_RESPONSE_HEADERS);
    BUF(body, 1000);
    sctl_reader_begin(&reader, &headers, &body);
    while (status == SCTL_OK && at < row->text.len && !sctl_reader_done(&reader)) {
        size_t len = row->text.len - at < piece ? row->text.len - at : piece;
        status = sctl_reader_feed(&reader, row->text.data + at, len, &used, &err);
        at += used;
    }
    if (status == SCTL_OK && row->server == ENDS)
        status = sctl_reader_end(&reader, &err);
    CHECK_INT(row->status, status);
    CHECK_INT(row->http_status, reader.status);
    CHECK_INT(status == SCTL_OK, sctl_reader_done(&reader));
    CHECK_INT(status == SCTL_OK, err.message[0] == '\0');
    if (status == SCTL_OK) {
        CHECK_STR(row->body, sctl_buf_str(&body));
        CHECK_INT(row->server == STAYS, sctl_reader_keeps(&reader) && at == row->text.len);
    }
}

TEST(the_reader_takes_them_however_they_come)
{
    size_t i, piece;
    for (i = 0; i < LENGTH(ROWS); i++) {
        bool bad = check.bad;
        for (piece = 1; piece < 4; piece++)
            check_read(&ROWS[i], piece);
        check_read(&ROWS[i], SIZE_MAX);
        if (check.bad && !bad)
            printf("  by \"%s\"\n", ROWS[i].what);
    }
}

/* Half an answer is none, wherever it is cut; but the last line feed of chunks tells nothing. */
TEST(an_answer_that_is_cut_is_none)
{
    size_t i, cut;
    for (i = 0; i < LENGTH(ROWS); i++) {
        for (cut = 0; cut < ROWS[i].text.len; cut++) {
            struct sctl_reader reader;
            struct sctl_err err;
            enum sctl_status status;
            size_t used;
            BUF(headers, SCTL_MAX_RESPONSE_HEADERS);
            BUF(body, 1000);
            sctl_reader_begin(&reader, &headers, &body);
            status = sctl_reader_feed(&reader, ROWS[i].text.data, cut, &used, &err);
            if (ROWS[i].server == ENDS || status != SCTL_OK || sctl_reader_done(&reader))
                break;
            CHECK_INT(SCTL_E_RESPONSE, sctl_reader_end(&reader, &err));
        }
    }
}

/* A connection on which anything was odd carries no other request. */
TEST(the_engine_ends_requests_as_the_reader_says)
{
    size_t i;
    for (i = 0; i < LENGTH(ROWS); i++) {
        const struct row *row = &ROWS[i];
        struct sctl_result *result;
        bool bad = check.bad;
        ENGINE(engine, 1);
        server_start(&server);
        ENDPOINT(endpoint, endpoint_of(server.url));
        server.answer =
            (struct server_answer){row->text, row->server == ENDS ? SERVER_CLOSE : SERVER_KEEP};
        result = fetch(engine, get(endpoint, "/"));
        if (row->status == SCTL_OK)
            CHECK_STR(row->body, sctl_buf_str(&result->body));
        check_end(result, row->status, row->http_status, true);
        server.answer = ANSWER_OK;
        check_works(engine, endpoint);
        CHECK_INT(row->status == SCTL_OK && row->server == STAYS ? 1 : 2, server.accepted);
        server_stop(&server);
        if (check.bad && !bad)
            printf("  by \"%s\"\n", row->what);
    }
}

/* What the server says in the end, trailers too; of an answer before that, nothing. */
TEST(the_headers_are_those_of_the_last_answer)
{
    struct sctl_reader reader;
    struct sctl_err err;
    size_t used;
    struct sctl_str text =
        SCTL_STR("HTTP/1.1 100 Go\r\nX: 1\r\n\r\n" CHUNKS "2;x\r\nok\r\n0\r\nY: 2\r\n\r\n");
    BUF(headers, SCTL_MAX_RESPONSE_HEADERS);
    BUF(body, 1000);
    sctl_reader_begin(&reader, &headers, &body);
    CHECK_INT(SCTL_OK, sctl_reader_feed(&reader, text.data, text.len, &used, &err));
    CHECK_STR(CHUNKS "Y: 2\r\n\r\n", sctl_buf_str(&headers));
}

CHECK_MAIN(60)
