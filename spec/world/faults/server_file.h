/* How server.c, of which this is a part, reads its SCRIPTS: see there. */
#ifndef SERVER_FILE_H
#define SERVER_FILE_H

static void set_tls(struct listener *self, const char *option)
{
    const char *value = strchr(option, '=') + 1;
    if (self->tls == NULL) {
        self->tls = SSL_CTX_new(TLS_server_method());
        SSL_CTX_set_security_level(self->tls, 0);
        (void)SSL_CTX_set_min_proto_version(self->tls, TLS1_VERSION);
    }
    if (strncmp(option, "cert=", 5) == 0) {
        if (SSL_CTX_use_certificate_chain_file(self->tls, value) != 1)
            die("no certificate in %s", value);
    } else if (strncmp(option, "key=", 4) == 0) {
        if (SSL_CTX_use_PrivateKey_file(self->tls, value, SSL_FILETYPE_PEM) != 1)
            die("no key in %s", value);
    } else if (strncmp(option, "max=1.", 6) == 0) {
        (void)SSL_CTX_set_max_proto_version(self->tls, TLS1_VERSION + atoi(value + 2));
        (void)SSL_CTX_set_cipher_list(self->tls, "ALL:@SECLEVEL=0");
    } else if (strncmp(option, "cut=", 4) == 0) {
        self->cut = strtoul(value, NULL, 10);
    } else if (strncmp(option, "after=", 6) == 0) {
        (void)snprintf(self->after, sizeof self->after, "%s", value);
    }
}

static char *unescape(char *text, size_t *len)
{
    char *from = text, *to = text;
    for (; *from != '\0'; from++) {
        unsigned byte = (unsigned char)*from;
        if (byte == '\\') {
            if (sscanf(from, "\\x%2x", &byte) != 1)
                die("no \\xhh: %s", from);
            from += 3;
        }
        *to++ = (char)byte;
    }
    *len = (size_t)(to - text);
    return text;
}

static void read_file(struct text *text, const char *path)
{
    FILE *file = fopen(path, "rb");
    text->data = malloc(1u << 24);
    if (file == NULL || text->data == NULL)
        die("cannot read %s", path);
    text->len = fread(text->data, 1, 1u << 24, file);
    (void)fclose(file);
}

static void listen_on(struct listener *self)
{
    struct sockaddr_in address;
    socklen_t size = sizeof address;
    memset(&address, 0, sizeof address);
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    self->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (self->fd < 0 || bind(self->fd, (struct sockaddr *)&address, size) != 0 ||
        listen(self->fd, 1024) != 0 ||
        getsockname(self->fd, (struct sockaddr *)&address, &size) != 0)
        die("listen: %s", strerror(errno));
    self->port = ntohs(address.sin_port);
}

static void read_item(char *line)
{
    char *rest = line;
    const char *kind = strtok_r(rest, " ", &rest), *name = strtok_r(rest, " ", &rest);
    if (text_count == MOST || script_count == MOST || listener_count == MOST)
        die("too many items");
    if (strcmp(kind, "text") == 0 || strcmp(kind, "file") == 0) {
        struct text *text = &texts[text_count++];
        (void)snprintf(text->name, sizeof text->name, "%s", name);
        if (kind[0] == 'f')
            read_file(text, rest);
        else
            text->data = unescape(strdup(rest), &text->len);
    } else if (strcmp(kind, "script") == 0) {
        struct script *script = &scripts[script_count++];
        (void)snprintf(script->name, sizeof script->name, "%s", name);
        script->actions = strdup(rest);
    } else {
        struct listener *listener = &listeners[listener_count++];
        const char *option = strtok_r(rest, " ", &rest);
        (void)snprintf(listener->name, sizeof listener->name, "%s", name);
        if (strcmp(option, "-") != 0 && (listener->script = find_script(option)) == NULL)
            die("no script '%s'", option);
        while ((option = strtok_r(rest, " ", &rest)) != NULL)
            set_tls(listener, option);
        listen_on(listener);
    }
}

#endif
