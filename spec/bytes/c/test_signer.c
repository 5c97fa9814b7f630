/* Signers: what they send, what they refuse, what they keep to themselves. The golden vectors are
 * in spec/bytes/vectors. */
#include "signers.h"

#include "base/encode.h"

/* The text after `name: `; empty when there is no such header. */
static struct sctl_str header(const struct sctl_signed *request, const char *name)
{
    const char *at = request->headers.data;
    size_t i, len = strlen(name);
    for (i = 0; i < request->header_count; i++) {
        if (strncmp(at, name, len) == 0 && strncmp(at + len, ": ", 2) == 0)
            return str(at + len + 2);
        at += strlen(at) + 1;
    }
    return SCTL_STR("");
}

static void check_refused(enum kind from, enum kind to, struct sctl_aliyun_options options,
                          enum sctl_status expected)
{
    for (; from <= to; from++) {
        err = (struct sctl_err){SCTL_OK, 0, ""};
        CHECK(new_signer(from, &options) == NULL);
        CHECK_INT(expected, err.status);
        CHECK(!contains(str(err.message), SECRET));
    }
}

TEST(bad_credentials_are_refused)
{
    static char huge[SCTL_MAX_CREDENTIAL + 1];
    const struct sctl_str too_long = {huge, sizeof huge};
    struct sctl_aliyun_options options;
    struct sctl_zego_options zego = {0, SCTL_STR("s"), false};
    long live = memory.live;
    int kind;
    memset(huge, 'k', sizeof huge);
#define REFUSED(last, field, value, expected)                                                      \
    options = aliyun_options();                                                                    \
    options.field = (value);                                                                       \
    check_refused(ACS3, last, options, expected)
    REFUSED(RPC, access_key_id, SCTL_STR(""), SCTL_E_INVALID);
    REFUSED(RPC, access_key_id, SCTL_STR("a\r\nb: c"), SCTL_E_INVALID);
    REFUSED(RPC, access_key_id, SCTL_STR("a\0b"), SCTL_E_INVALID);
    REFUSED(RPC, access_key_id, too_long, SCTL_E_TOO_LARGE);
    REFUSED(ZEGO, access_key_secret, SCTL_STR(""), SCTL_E_INVALID);
    REFUSED(RPC, access_key_secret, SCTL_STR(SECRET "\n"), SCTL_E_INVALID);
    REFUSED(ZEGO, access_key_secret, too_long, SCTL_E_TOO_LARGE);
    REFUSED(RPC, security_token, SCTL_STR("t\n"), SCTL_E_INVALID);
    REFUSED(RPC, security_token, too_long, SCTL_E_TOO_LARGE);
    REFUSED(RPC, host, SCTL_STR(""), SCTL_E_INVALID);
    REFUSED(RPC, host, SCTL_STR("h\rx"), SCTL_E_INVALID);
    REFUSED(RPC, version, SCTL_STR(""), SCTL_E_INVALID);
#undef REFUSED
    CHECK(sctl_zego_new(&zego, &err) == NULL); /* there is no app 0 */
    CHECK_INT(SCTL_E_INVALID, err.status);
    CHECK_INT(live, memory.live);
    options = aliyun_options(); /* the longest ones are fine */
    options.access_key_secret = (struct sctl_str){huge, SCTL_MAX_CREDENTIAL};
    for (kind = ACS3; kind <= ZEGO; kind++)
        drop_signer(&(struct sctl_signer *){made(new_signer((enum kind)kind, &options))});
    sctl_signer_unref(NULL);
}

TEST(bad_calls_are_refused)
{
    static char big[SCTL_MAX_BODY + 1];
    int kind;
    for (kind = ACS3; kind <= ZEGO; kind++) {
        SIGNER(signer, make((enum kind)kind, SCTL_STR("")));
        struct sctl_pair pair = {SCTL_STR("a"), SCTL_STR("1")};
        struct sctl_call call;
        SIGNED(request);
#define REFUSED(change, expected)                                                                  \
    call = call_of(&pair, 1);                                                                      \
    pair = (struct sctl_pair){SCTL_STR("a"), SCTL_STR("1")};                                       \
    change;                                                                                        \
    err.status = SCTL_OK;                                                                          \
    CHECK_INT(expected, sctl_sign(signer, &call, &request, &err));                                 \
    CHECK_INT(expected, err.status)
        REFUSED(call.action = SCTL_STR(""), SCTL_E_INVALID);
        REFUSED(call.action = SCTL_STR("A\nB"), SCTL_E_INVALID);
        REFUSED(call.nonce = SCTL_STR("a\rb"), SCTL_E_INVALID);
        REFUSED(call.content_type = SCTL_STR("a\r\nb: c"), SCTL_E_INVALID);
        REFUSED(call.body = ((struct sctl_str){big, sizeof big}), SCTL_E_TOO_LARGE);
        REFUSED(pair.value = ((struct sctl_str){big, SCTL_MAX_TARGET}), SCTL_E_TOO_LARGE);
        if (kind == ZEGO) {
            REFUSED(call.timestamp = -1, SCTL_E_INVALID);
        } else {
            REFUSED(call.timestamp = 253402300800, SCTL_E_INVALID);
        }
#undef REFUSED
        /* a value may be anything */
        pair.value = SCTL_STR("\0\r\n\x7f");
        call = call_of(&pair, 1);
        CHECK_INT(SCTL_OK, sctl_sign(signer, &call, &request, &err));
        CHECK(contains(sctl_buf_str(&request.target), "a=%00%0D%0A%7F"));
    }
}

/* Where a parameter travels makes no difference to what is signed, but the target has only those of
 * the query. */
TEST(rpc_signs_the_fields_of_a_form)
{
    struct sctl_pair params[] = {{SCTL_STR("Zero"), SCTL_STR("0")},
                                 {SCTL_STR("Data"), SCTL_STR("a b+c&d=%~\xe4\xb8\xad")},
                                 {SCTL_STR("A"), SCTL_STR("")}};
    struct sctl_call in_query = call_of(params, 3), in_form = call_of(params, 1);
    SIGNED(a);
    SIGNED(b);
    SIGNER(signer, make(RPC, SCTL_STR("")));
    in_query.method = in_form.method = SCTL_POST;
    in_form.body = SCTL_STR("A&Data=a+b%2Bc%26d=%25~%E4%b8%ad&");
    in_form.content_type = SCTL_STR("application/x-www-form-urlencoded");
    REQUIRE(sctl_sign(signer, &in_query, &a, &err) == SCTL_OK);
    REQUIRE(sctl_sign(signer, &in_form, &b, &err) == SCTL_OK);
    CHECK(sctl_str_compare(sctl_buf_str(&a.canonical), sctl_buf_str(&b.canonical)) == 0);
    CHECK(sctl_str_compare(sctl_buf_str(&a.to_sign), sctl_buf_str(&b.to_sign)) == 0);
    CHECK(memmem(a.target.data, a.target.len, "Data=", 5) != NULL);
    CHECK(memmem(b.target.data, b.target.len, "Data=", 5) == NULL);
    CHECK(memmem(b.target.data, b.target.len, "&Zero=0&Signature=", 18) != NULL);
    in_form.content_type = SCTL_STR("application/json");
    REQUIRE(sctl_sign(signer, &in_form, &b, &err) == SCTL_OK);
    CHECK(sctl_str_compare(sctl_buf_str(&a.to_sign), sctl_buf_str(&b.to_sign)) != 0);
}

TEST(rpc_takes_forms_up_to_a_size)
{
    static char body[3 * SCTL_MAX_PAIRS];
    struct sctl_call call = call_of(NULL, 0);
    SIGNED(request);
    size_t i;
    SIGNER(signer, make(RPC, SCTL_STR("")));
    call.content_type = SCTL_STR("application/x-www-form-urlencoded; charset=UTF-8");
    for (i = 0; i < sizeof body; i += 2) {
        body[i] = 'a';
        body[i + 1] = '&';
    }
    call.body = (struct sctl_str){body, 2 * 1000};
    CHECK_INT(SCTL_OK, sctl_sign(signer, &call, &request, &err));
    call.body.len = sizeof body;
    CHECK_INT(SCTL_E_TOO_LARGE, sctl_sign(signer, &call, &request, &err));
    memset(body, '%', sizeof body);
    CHECK_INT(SCTL_OK, sctl_sign(signer, &call, &request, &err));
}

/* All that is done with secrets: signing, and hiding them in every form in which they may come. */
static void use_secrets(enum kind kind, const char *text, char *signature)
{
    struct sctl_pair pair = {SCTL_STR("a"), SCTL_STR("1")};
    SIGNER(signer, make(kind, SCTL_STR(TOKEN)));
    struct sctl_call call = call_of(&pair, 1);
    SIGNED(request);
    BUF(out, 1000);
    const char *from;
    CHECK_INT(SCTL_OK, sctl_sign(signer, &call, &request, &err));
    CHECK_INT(SCTL_OK, sctl_sign(signer, &call, &request, &err));
    if (signature != NULL) { /* of 20 bytes at least, as it is sent */
        sctl_buf_add_char(&request.target, '\0');
        from = kind == ACS3 ? header(&request, "Authorization").data : request.target.data;
        from = strstr(from, "Signature=");
        REQUIRE(from != NULL);
        (void)snprintf(signature, 21, "%s", from + strlen("Signature="));
        CHECK_INT(20, strlen(signature));
    }
    sctl_signer_redact(signer, str(text), &out);
    CHECK(!contains(sctl_buf_str(&out), "key"));
}

TEST(no_secret_stays_in_freed_memory)
{
    /* raw, percent-encoded, and percent-encoded twice */
    static const char *const SECRETS[] = {
        SECRET, "the%2Fsecret%2Bkey%20123",  "the%252Fsecret%252Bkey%2520123",
        TOKEN,  "CAIS%2Btoken%2F0123%3D%3D", "CAIS%252Btoken%252F0123%253D%253D"};
    char text[400] = "", signature[21] = "";
    size_t i;
    int kind;
    for (i = 0; i < LENGTH(SECRETS); i++)
        (void)snprintf(text + strlen(text), sizeof text - strlen(text), "%s, ", SECRETS[i]);
    for (i = 0; i < LENGTH(SECRETS); i++) {
        look_for(SECRETS[i]);
        for (kind = ACS3; kind <= ZEGO; kind++)
            use_secrets((enum kind)kind, text, NULL);
        look_for(NULL);
    }
    for (kind = ACS3; kind <= ZEGO; kind++) {
        use_secrets((enum kind)kind, text, signature);
        look_for(signature);
        use_secrets((enum kind)kind, text, NULL);
        look_for(NULL);
    }
}

static void check_redacted(const struct sctl_signer *signer, const char *text, const char *expected)
{
    BUF(out, 1000);
    sctl_signer_redact(signer, str(text), &out);
    CHECK_STR(expected, sctl_buf_str(&out));
    CHECK_INT(SCTL_OK, out.status);
}

TEST(redact_hides_every_form)
{
    static const char *const CASES[][2] = {
        {"", ""},
        {"nothing", "nothing"},
        {SECRET, "***"},
        {SECRET SECRET "x" SECRET, "******x***"},
        {"a " SECRET " b", "a *** b"},
        {"once the%2Fsecret%2Bkey%20123.", "once ***."},
        {"twice the%252Fsecret%252Bkey%2520123.", "twice ***."},
        {"once the%2fsecret%2Bkey%20123.", "once ***."},
        {"twice the%252Fsecret%252bkey%2520123.", "twice ***."},
        {"THE%2Fsecret%2Bkey%20123.", "THE%2Fsecret%2Bkey%20123."},
        {"json the\\/secret+key 123.", "json ***."},
        {"the\\", "the\\"},
        {"t=" TOKEN "&CAIS%2Btoken%2F0123%3D%3D&CAIS%252Btoken%252F0123%253D%253D",
         "t=***&***&***"},
        {"the/secret+key 12", "the/secret+key 12"},
    };
    struct sctl_aliyun_options options = aliyun_options();
    SIGNER(signer, make(ACS3, SCTL_STR(TOKEN)));
    size_t i;
    for (i = 0; i < LENGTH(CASES); i++)
        check_redacted(signer, CASES[i][0], CASES[i][1]);
    options.access_key_secret = SCTL_STR("abc"); /* would hide ordinary letters */
    SIGNER(of_three, new_signer(RPC, &options));
    check_redacted(of_three, "abcdef", "abcdef");
    options.access_key_secret = SCTL_STR("abcd");
    SIGNER(of_four, new_signer(RPC, &options));
    check_redacted(of_four, "abcdef", "***ef");
}

static const struct sctl_pair PLAIN[] = {
    {SCTL_STR("X-Token-Ttl"), SCTL_STR("21600")},
    {SCTL_STR("Authorization"), SCTL_STR("Bearer " TOKEN)},
};

TEST(a_plain_signer_refuses_headers)
{
    static char huge[SCTL_MAX_REQUEST_HEADERS];
    struct sctl_pair large;
    static const struct {
        struct sctl_pair header;
        const char *why;
    } BAD[] = {
        {{SCTL_STR(""), SCTL_STR("x")}, "a header has no proper name"},
        {{SCTL_STR("a b"), SCTL_STR("x")}, "no proper name"},
        {{SCTL_STR("a:"), SCTL_STR("x")}, "no proper name"},
        {{SCTL_STR("a\0"), SCTL_STR("x")}, "no proper name"},
        {{SCTL_STR("a\r\nb"), SCTL_STR("x")}, "no proper name"},
        {{SCTL_STR("a"), SCTL_STR("")}, "header a is empty"},
        {{SCTL_STR("a"), SCTL_STR(" x")}, "with a blank"},
        {{SCTL_STR("a"), SCTL_STR("x ")}, "with a blank"},
        {{SCTL_STR("a"), SCTL_STR("x\r\nb: c")}, "a control character"},
    };
    size_t i;
    for (i = 0; i < LENGTH(BAD); i++) {
        CHECK(sctl_plain_new(&BAD[i].header, 1, &err) == NULL && err.status == SCTL_E_INVALID);
        CHECK(contains(str(err.message), BAD[i].why));
    }
    memset(huge, 'x', sizeof huge);
    large = (struct sctl_pair){SCTL_STR("a"), {huge, sizeof huge}};
    CHECK(sctl_plain_new(&large, 1, &err) == NULL && err.status == SCTL_E_TOO_LARGE);
}

TEST(a_plain_signer_hides_the_values_of_its_headers)
{
    struct sctl_signer *signer = made(sctl_plain_new(PLAIN, LENGTH(PLAIN), &err));
    check_redacted(signer, "Bearer " TOKEN ", " TOKEN, "***, ***");
    check_redacted(signer, "CAIS%2Btoken%2F0123%3D%3D lasts 21600", "*** lasts ***");
    check_redacted(signer, "Authorization", "Authorization");
    look_for(TOKEN);
    sctl_signer_unref(signer);
    look_for(NULL);
}

static struct sctl_credentials credentials_of(enum kind kind, const char *secret, const char *token)
{
    struct sctl_credentials credentials = {.expires = SCTL_FOREVER};
    credentials.secret = str(secret);
    if (kind != ZEGO) {
        credentials.id = SCTL_STR("newid");
        credentials.token = str(token);
    }
    return credentials;
}

static struct sctl_signer *make_empty(enum kind kind)
{
    struct sctl_aliyun_options options = aliyun_options();
    options.access_key_id = options.access_key_secret = (struct sctl_str){NULL, 0};
    return new_signer(kind, &options);
}

static void check_signs_alike(struct sctl_signer *a, struct sctl_signer *b)
{
    struct sctl_call call = call_of(NULL, 0);
    SIGNED(one);
    SIGNED(other);
    CHECK_INT(SCTL_OK, sctl_sign(a, &call, &one, &err));
    CHECK_INT(SCTL_OK, sctl_sign(b, &call, &other, &err));
    check_same(&one, &other);
}

TEST(without_credentials_nothing_is_signed)
{
    struct sctl_call call = call_of(NULL, 0);
    SIGNED(request);
    int kind;
    for (kind = ACS3; kind <= ZEGO; kind++) {
        struct sctl_credentials credentials = credentials_of((enum kind)kind, SECRET, "");
        SIGNER(signer, make_empty((enum kind)kind));
        CHECK_INT(SCTL_E_CREDENTIALS, sctl_sign(signer, &call, &request, &err));
        CHECK_STR("there are no credentials yet", str(err.message));
        CHECK_INT(0, request.target.len + request.headers.len);
        check_redacted(signer, "nothing", "nothing");
        CHECK_INT(SCTL_OK, sctl_signer_renew(signer, &credentials, &err));
        CHECK_INT(SCTL_OK, sctl_sign(signer, &call, &request, &err));
    }
}

/* All the memory that the signer's head has, also what is not in use of it. */
static bool head_holds(const struct sctl_signer *signer, const char *text)
{
    const struct sctl_buf *const bufs[] = {&signer->secret, &signer->token, &signer->hidden};
    size_t i;
    for (i = 0; i < LENGTH(bufs); i++) {
        if (bufs[i]->data != NULL &&
            contains((struct sctl_str){bufs[i]->data, bufs[i]->size}, text))
            return true;
    }
    return false;
}

TEST(the_credentials_before_are_hidden_once_more_and_then_gone)
{
    int kind;
    for (kind = ACS3; kind <= ZEGO; kind++) {
        struct sctl_signer *signer = make_empty((enum kind)kind);
        struct sctl_credentials first = credentials_of((enum kind)kind, "one/1", "tok/1"),
                                second = credentials_of((enum kind)kind, "two/2", ""),
                                third = credentials_of((enum kind)kind, "three/3", "tok/3");
        REQUIRE(signer != NULL);
        look_for("one/1");
        CHECK_INT(SCTL_OK, sctl_signer_renew(signer, &first, &err));
        CHECK_INT(SCTL_OK, sctl_signer_renew(signer, &second, &err));
        CHECK(head_holds(signer, "one/1"));
        look_for(NULL);
        check_redacted(signer, "one/1 one%2F1 two/2 two%252F2", "*** *** *** ***");
        if (kind != ZEGO)
            check_redacted(signer, "tok/1, tok%2F1", "***, ***");
        look_for("one/1");
        CHECK_INT(SCTL_OK, sctl_signer_renew(signer, &third, &err));
        CHECK(!head_holds(signer, "one/1") && !head_holds(signer, "tok/1"));
        look_for(NULL);
        check_redacted(signer, "one/1, two/2, three/3", "one/1, ***, ***");
        look_for("two/2");
        sctl_signer_unref(signer);
        look_for(NULL);
    }
}

static void check_no_renewal(struct sctl_signer *signer, struct sctl_credentials credentials,
                             enum sctl_status expected)
{
    err = (struct sctl_err){SCTL_OK, 0, ""};
    CHECK_INT(expected, sctl_signer_renew(signer, &credentials, &err));
    CHECK_INT(expected, err.status);
    CHECK(!contains(str(err.message), SECRET));
}

TEST(a_renewal_that_is_refused_changes_nothing)
{
    static char huge[SCTL_MAX_CREDENTIAL + 1];
    SIGNER(plain, sctl_plain_new(PLAIN, LENGTH(PLAIN), &err));
    int kind;
    memset(huge, 'k', sizeof huge);
    for (kind = ACS3; kind <= ZEGO; kind++) {
        SIGNER(signer, make((enum kind)kind, SCTL_STR(TOKEN)));
        SIGNER(other, make((enum kind)kind, SCTL_STR(TOKEN)));
        struct sctl_credentials good = credentials_of((enum kind)kind, "new", "tok"), bad;
        good.expires = 1;
#define REFUSED(field, value, expected)                                                            \
    bad = good;                                                                                    \
    bad.field = (value);                                                                           \
    check_no_renewal(signer, bad, expected)
        REFUSED(secret, SCTL_STR(""), SCTL_E_INVALID);
        REFUSED(secret, ((struct sctl_str){huge, sizeof huge}), SCTL_E_TOO_LARGE);
        if (kind == ZEGO) {
            REFUSED(id, SCTL_STR("id"), SCTL_E_INVALID);
            REFUSED(token, SCTL_STR("token"), SCTL_E_INVALID);
        } else {
            REFUSED(id, SCTL_STR(""), SCTL_E_INVALID);
            REFUSED(id, SCTL_STR("a\nb"), SCTL_E_INVALID);
            REFUSED(secret, SCTL_STR(SECRET "\n"), SCTL_E_INVALID);
            REFUSED(token, SCTL_STR("t\n"), SCTL_E_INVALID);
            REFUSED(token, ((struct sctl_str){huge, sizeof huge}), SCTL_E_TOO_LARGE);
        }
#undef REFUSED
        check_signs_alike(other, signer);
        check_redacted(signer, SECRET, "***");
        CHECK(!head_holds(signer, "new"));
    }
    check_no_renewal(plain, credentials_of(ACS3, "new", "tok"), SCTL_E_INVALID);
}

CHECK_MAIN(60)
