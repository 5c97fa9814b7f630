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

void sctl_sleep(double seconds)
{
    struct timespec wait;
    if (!(seconds > 0))
        return;
    if (replacement != NULL) {
        replacement->sleep(replacement->context, seconds);
        return;
    }
    if (seconds > 86400)
        seconds = 86400;
    wait.tv_sec = (time_t)seconds;
    wait.tv_nsec = (long)((seconds - (double)wait.tv_sec) * 1e9);
    (void)nanosleep(&wait, NULL);
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

static int number_at(const char *text, int digits)
{
    int number = 0;
    while (digits-- > 0)
        number = number * 10 + (*text++ - '0');
    return number;
}

bool sctl_time_valid(struct sctl_str text)
{
    static const char SHAPE[] = "0000-00-00T00:00:00Z";
    static const int DAYS[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int year, month, day, days;
    size_t i;
    if (text.len != SCTL_TIME_TEXT)
        return false;
    for (i = 0; i < SCTL_TIME_TEXT; i++) {
        bool digit = text.data[i] >= '0' && text.data[i] <= '9';
        if (SHAPE[i] == '0' ? !digit : text.data[i] != SHAPE[i])
            return false;
    }
    year = number_at(text.data, 4);
    month = number_at(text.data + 5, 2);
    day = number_at(text.data + 8, 2);
    if (month < 1 || month > 12)
        return false;
    days = DAYS[month - 1];
    if (month == 2 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0))
        days = 29;
    return day >= 1 && day <= days && number_at(text.data + 11, 2) <= 23 &&
           number_at(text.data + 14, 2) <= 59 && number_at(text.data + 17, 2) <= 59;
}
