/* The file of a store with any content: it is refused and left alone, or it is a store that works.
 *
 * The first byte says how the content is made. '0': the rest is the file. Else a store with an
 * account, two resources and a slot is changed by the rest, ten bytes each: a cell (or 'h' for the
 * header), a word of it, and its new value. 's' and 'l': it is also shorter, or longer. */
#include "fuzz.h"

#include <dirent.h>
#include <fcntl.h>
#include <math.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/cells_table.h"
#include "base/clock.h"

static char folder[] = "/tmp/streamctl-fuzz-XXXXXX", path[64];
static char *model;             /* the content of a good store */
static size_t in_use[4], found; /* its cells */
static char *content;
static size_t content_size;

static double fixed_time(void)
{
    return 1767323045;
}

static void remove_folder(void)
{
    (void)unlink(path);
    (void)rmdir(folder);
    free(model);
    free(content);
}

static void stamp_model(struct sctl_cells *cells)
{
    struct sctl_intent intents[2];
    struct sctl_stamp stamp;
    struct sctl_err err;
    double delay;
    memset(&stamp, 0, sizeof stamp);
    stamp.since = SCTL_FIRST_ATTEMPT;
    memset(intents, 0, sizeof intents);
    intents[0].resource = SCTL_STR("s");
    intents[1].resource = SCTL_STR("t");
    stamp.account = SCTL_STR("c");
    stamp.floor = 1000;
    stamp.intents = intents;
    stamp.count = 2;
    MUST(sctl_cells_stamp(cells, &stamp, &err) == SCTL_OK);
    MUST(sctl_cells_reserve(cells, SCTL_STR("r"), 1, INFINITY, &delay, &err) == SCTL_OK);
}

static void make_model(void)
{
    struct sctl_cells cells;
    struct sctl_err err;
    const struct sctl_cell *cell;
    size_t i;
    int fd;
    MUST(mkdtemp(folder) != NULL);
    (void)snprintf(path, sizeof path, "%s/cells", folder);
    MUST(sctl_cells_open(&cells, (struct sctl_str){path, strlen(path)}, 1, &err) == SCTL_OK);
    stamp_model(&cells);
    model = malloc(SCTL_CELLS_SIZE);
    content = malloc(SCTL_CELLS_SIZE + 4096);
    MUST(model != NULL && content != NULL);
    fd = open(path, O_RDONLY);
    MUST(read(fd, model, SCTL_CELLS_SIZE) == (ssize_t)SCTL_CELLS_SIZE);
    (void)close(fd);
    cell = (const struct sctl_cell *)(void *)(model + SCTL_CELLS_HEADER);
    for (i = 0; i < SCTL_CELLS_CAPACITY && found < 4; i++) {
        if (cell[i].kind != 0)
            in_use[found++] = i;
    }
    MUST(found == 4);
    sctl_cells_close(&cells);
    (void)atexit(remove_folder);
}

static void make_content(const uint8_t *data, size_t size)
{
    char kind = size > 0 ? (char)data[0] : '0';
    size_t i;
    if (kind == '0') {
        content_size = size > 0 ? size - 1 : 0;
        if (content_size > 0)
            memcpy(content, data + 1, content_size);
        return;
    }
    memcpy(content, model, SCTL_CELLS_SIZE);
    memset(content + SCTL_CELLS_SIZE, kind, 4096);
    content_size = SCTL_CELLS_SIZE;
    for (i = 1; i + 10 <= size; i += 10) {
        size_t cell = data[i], word = data[i + 1] % 8u;
        size_t at = cell == 'h' ? (data[i + 1] % 64u) * 8
                                : SCTL_CELLS_HEADER + 64 * in_use[cell % 4] + 8 * word;
        memcpy(content + at, data + i + 2, 8);
    }
    if (kind == 's')
        content_size -= size > 1 ? 1u + data[1] * 16000u : 1;
    if (kind == 'l')
        content_size += size > 1 ? 1u + data[1] * 8u : 1;
}

static void write_content(void)
{
    int fd = open(path, O_RDWR | O_CREAT, 0600);
    MUST(fd >= 0 && pwrite(fd, content, content_size, 0) == (ssize_t)content_size);
    MUST(ftruncate(fd, (off_t)content_size) == 0);
    (void)close(fd);
}

static void check_untouched(void)
{
    char *now = malloc(content_size + 1);
    int fd = open(path, O_RDONLY);
    MUST(now != NULL && fd >= 0);
    MUST(read(fd, now, content_size + 1) == (ssize_t)content_size);
    MUST(memcmp(now, content, content_size) == 0);
    (void)close(fd);
    free(now);
}

static void check_alone(void)
{
    struct dirent *entry;
    DIR *open_folder = opendir(folder);
    struct stat file;
    int files = 0;
    MUST(open_folder != NULL);
    while ((entry = readdir(open_folder)) != NULL)
        files += entry->d_name[0] != '.';
    (void)closedir(open_folder);
    MUST(files == 1 && stat(path, &file) == 0);
    MUST(file.st_size == (off_t)SCTL_CELLS_SIZE && file.st_nlink == 1);
}

/* The next number of a counter; 0 when the counter is used up. */
static uint64_t next_number(struct sctl_cells *cells, const char *counter)
{
    struct sctl_intent intents[3];
    struct sctl_stamp stamp;
    struct sctl_err err;
    memset(&stamp, 0, sizeof stamp);
    stamp.since = SCTL_FIRST_ATTEMPT;
    memset(intents, 0, sizeof intents);
    intents[0].resource = SCTL_STR("s");
    intents[1].resource = SCTL_STR("t");
    intents[2].resource = SCTL_STR("u");
    stamp.account = (struct sctl_str){counter, strlen(counter)};
    stamp.floor = 1;
    stamp.intents = intents;
    stamp.count = 3;
    if (sctl_cells_stamp(cells, &stamp, &err) != SCTL_OK) {
        MUST(err.status == SCTL_E_TOO_LARGE && err.message[0] != '\0');
        return 0;
    }
    MUST(stamp.outcome == SCTL_STAMPED);
    MUST(stamp.number >= 1 && stamp.number <= SCTL_MAX_NUMBER);
    MUST(stamp.number > stamp.last);
    return stamp.number;
}

static void check_works(struct sctl_cells *cells, const char *counter)
{
    uint64_t first = next_number(cells, counter), second = next_number(cells, counter);
    struct sctl_err err;
    double delay = -1;
    MUST(first == 0 ? second == 0 : second == first + 1 || first == SCTL_MAX_NUMBER);
    MUST(sctl_cells_reserve(cells, SCTL_STR("r"), 1, INFINITY, &delay, &err) == SCTL_OK);
    MUST(delay >= 0);
    MUST(sctl_cells_reserve(cells, SCTL_STR("r"), 1, 0, &delay, &err) == SCTL_OK);
    MUST(delay >= 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct sctl_clock CLOCK = {.wall = fixed_time, .monotonic = fixed_time};
    struct sctl_cells cells;
    struct sctl_err err;
    uint64_t number;
    if (size > 4096)
        return 0;
    sctl_clock_use(&CLOCK);
    if (model == NULL)
        make_model();
    make_content(data, size);
    write_content();
    if (sctl_cells_open(&cells, (struct sctl_str){path, strlen(path)}, 1, &err) != SCTL_OK) {
        MUST(err.status == SCTL_E_INVALID && err.message[0] != '\0');
        MUST(cells.path == NULL);
        check_untouched();
        MUST(live_blocks == 0);
        return 0;
    }
    check_works(&cells, "c");
    check_works(&cells, "new");
    number = next_number(&cells, "new");
    sctl_cells_close(&cells);
    check_alone();
    MUST(sctl_cells_open(&cells, (struct sctl_str){path, strlen(path)}, 1, &err) == SCTL_OK);
    MUST(next_number(&cells, "new") == number + 1);
    sctl_cells_close(&cells);
    MUST(live_blocks == 0);
    return 0;
}
