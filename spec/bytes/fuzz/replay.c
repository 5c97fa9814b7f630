/* Runs a fuzz target over the files of a folder, where there is no libFuzzer. */
#define REPLAY
#include "fuzz.h"

#include <dirent.h>
#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/common_interface_defs.h>
#endif

static char path[4096];

static void show_path(void)
{
    (void)!write(2, path, strlen(path));
    (void)!write(2, "\n", 1);
}

static void on_abort(int number)
{
    show_path();
    (void)signal(number, SIG_DFL);
    (void)raise(number);
}

static void run_file(void)
{
    static uint8_t space[1u << 20];
    FILE *file = fopen(path, "rb");
    size_t size = file != NULL ? fread(space, 1, sizeof space, file) : 0;
    size_t page = (size_t)sysconf(_SC_PAGESIZE), room = (size / page + 1) * page;
    uint8_t *data; /* ends where the input ends: one byte more is a crash */
    MUST(file != NULL);
    (void)fclose(file);
    data = mmap(NULL, room + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    MUST(data != MAP_FAILED && mprotect(data + room, page, PROT_NONE) == 0);
    memcpy(data + room - size, space, size);
    (void)LLVMFuzzerTestOneInput(data + room - size, size);
    (void)munmap(data, room + page);
}

int main(int count, char **arguments)
{
    int i, passed = 0;
#ifdef __SANITIZE_ADDRESS__
    __sanitizer_set_death_callback(show_path);
#endif
    (void)signal(SIGABRT, on_abort);
    for (i = 1; i < count; i++) {
        struct dirent *entry;
        DIR *folder = opendir(arguments[i]);
        MUST(folder != NULL);
        while ((entry = readdir(folder)) != NULL) {
            if (entry->d_name[0] == '.')
                continue;
            (void)snprintf(path, sizeof path, "%s/%s", arguments[i], entry->d_name);
            run_file();
            passed++;
        }
        (void)closedir(folder);
    }
    (void)LLVMFuzzerTestOneInput((const uint8_t *)"", 0);
    MUST(live_blocks == 0);
    printf("%d passed, 0 failed\n", passed + 1);
    return 0;
}
