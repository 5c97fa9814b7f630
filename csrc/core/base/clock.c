#include "clock.h"

#include <string.h>
#include <time.h>

#define DAY 86400
#define FIRST_SECOND (-62167219200.0) /* 0000-01-01T00:00:00Z */
#define LAST_SECOND 253402300799.0    /* 9999-12-31T23:59:59Z */

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
    return sctl_system_monotonic();
}

double sctl_system_monotonic(void)
{
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
    if (seconds > DAY)
        seconds = DAY;
    wait.tv_sec = (time_t)seconds;
    wait.tv_nsec = (long)((seconds - (double)wait.tv_sec) * 1e9);
    (void)nanosleep(&wait, NULL);
}

static bool is_leap(int64_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int days_of(int64_t year, int month)
{
    static const int DAYS[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return DAYS[month - 1] + (month == 2 && is_leap(year) ? 1 : 0);
}

/* Days from 0000-01-01 to the first day of a year. */
static int64_t days_before(int64_t year)
{
    int64_t past = year - 1;
    return year <= 0 ? 0 : 366 + past * 365 + past / 4 - past / 100 + past / 400;
}

/* Returns the place behind the digits and the sign that follows them. */
static char *write_digits(char *out, int64_t number, int digits)
{
    for (int i = digits - 1; i >= 0; i--, number /= 10)
        out[i] = (char)('0' + number % 10);
    return out + digits + 1;
}

/* Counts by itself, since the time_t of 32-bit systems ends in 2038. */
bool sctl_time_text(char *out, double unix_seconds)
{
    int64_t second, day, year;
    int month;
    if (!(unix_seconds >= FIRST_SECOND && unix_seconds < LAST_SECOND + 1))
        return false;
    second = (int64_t)(unix_seconds - FIRST_SECOND); /* rounds down: it is not negative */
    day = second / DAY;
    second %= DAY;
    year = day / 366; /* or a few years later */
    while (days_before(year + 1) <= day)
        year++;
    day -= days_before(year);
    for (month = 1; day >= days_of(year, month); month++)
        day -= days_of(year, month);
    memcpy(out, "0000-00-00T00:00:00Z", SCTL_TIME_TEXT);
    out = write_digits(out, year, 4);
    out = write_digits(out, month, 2);
    out = write_digits(out, day + 1, 2);
    out = write_digits(out, second / 3600, 2);
    out = write_digits(out, second / 60 % 60, 2);
    (void)write_digits(out, second % 60, 2);
    return true;
}

static int number_at(const char *text, int digits)
{
    int number = 0;
    while (digits-- > 0)
        number = number * 10 + (*text++ - '0');
    return number;
}

bool sctl_time_read(struct sctl_str text, double *unix_seconds)
{
    static const char SHAPE[] = "0000-00-00T00:00:00Z";
    int year, month, day, hour, minute, second, i;
    if (text.len != SCTL_TIME_TEXT)
        return false;
    for (i = 0; i < (int)SCTL_TIME_TEXT; i++) {
        bool digit = text.data[i] >= '0' && text.data[i] <= '9';
        if (SHAPE[i] == '0' ? !digit : text.data[i] != SHAPE[i])
            return false;
    }
    year = number_at(text.data, 4);
    month = number_at(text.data + 5, 2);
    day = number_at(text.data + 8, 2);
    hour = number_at(text.data + 11, 2);
    minute = number_at(text.data + 14, 2);
    second = number_at(text.data + 17, 2);
    if (month < 1 || month > 12 || day < 1 || day > days_of(year, month) || hour > 23 ||
        minute > 59 || second > 59)
        return false;
    for (i = 1; i < month; i++)
        day += days_of(year, i);
    *unix_seconds = FIRST_SECOND + (double)(days_before(year) + day - 1) * DAY + hour * 3600 +
                    minute * 60 + second;
    return true;
}
