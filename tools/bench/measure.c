/* Runs a command and prints what it took.
 *
 *   measure COMMAND [ARGUMENT...]
 *
 * Prints, after what the command printed: the seconds until it printed anything, the seconds
 * until it ended, its CPU seconds, and the KiB of its largest resident set. Ends with the
 * command's status.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
    struct timespec time;
    (void)clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static double seconds(struct timeval time)
{
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

int main(int argc, char **argv)
{
    struct rusage usage;
    char text[4096];
    int output[2], status = 0;
    double begun, first = 0;
    ssize_t got;
    pid_t child;
    if (argc < 2 || pipe(output) != 0)
        return 2;
    begun = now();
    child = fork();
    if (child == 0) {
        if (dup2(output[1], STDOUT_FILENO) >= 0 && close(output[0]) == 0)
            (void)execvp(argv[1], argv + 1);
        _exit(127);
    }
    (void)close(output[1]);
    while ((got = read(output[0], text, sizeof text)) > 0) {
        if (first == 0)
            first = now() - begun;
        (void)fwrite(text, 1, (size_t)got, stdout);
    }
    if (child < 0 || wait4(child, &status, 0, &usage) != child)
        return 1;
    printf("%.6f %.6f %.6f %ld\n", first, now() - begun,
           seconds(usage.ru_utime) + seconds(usage.ru_stime), usage.ru_maxrss);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
