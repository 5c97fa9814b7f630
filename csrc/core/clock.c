#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "clock.h"

#include <string.h>
#include <time.h>

static const struct sctl_clock *replacement;

static double read_clock(clockid_t id)
{
    struct timespec now;
    if (clock_gettime(id, &now) != 0)
        return 0;
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

void sctl_clock_use(const struct sctl_clock *clock)
{
    replacement = clock;
}

double sctl_wall(void)
{
    if (replacement != NULL)
        return replacement->wall(replacement->context);
    return read_clock(CLOCK_REALTIME);
}

double sctl_monotonic(void)
{
    if (replacement != NULL)
        return replacement->monotonic(replacement->context);
    return read_clock(CLOCK_MONOTONIC);
}

static void put_digits(char *out, int number, int digits)
{
    while (digits-- > 0) {
        out[digits] = (char)('0' + number % 10);
        number /= 10;
    }
}

bool sctl_time_text(char *out, int64_t unix_seconds)
{
    struct tm parts;
    time_t seconds = (time_t)unix_seconds;
    if (gmtime_r(&seconds, &parts) == NULL || parts.tm_year < -1900 ||
        parts.tm_year > 9999 - 1900)
        return false;
    memcpy(out, "0000-00-00T00:00:00Z", SCTL_TIME_TEXT);
    put_digits(out, parts.tm_year + 1900, 4);
    put_digits(out + 5, parts.tm_mon + 1, 2);
    put_digits(out + 8, parts.tm_mday, 2);
    put_digits(out + 11, parts.tm_hour, 2);
    put_digits(out + 14, parts.tm_min, 2);
    put_digits(out + 17, parts.tm_sec, 2);
    return true;
}
