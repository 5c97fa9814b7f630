#include "clock.h"

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
    SCTL_ASSERT(clock == NULL || (clock->wall != NULL && clock->monotonic != NULL));
    replacement = clock;
}

double sctl_wall(void)
{
    if (replacement != NULL)
        return replacement->wall();
    return read_clock(CLOCK_REALTIME);
}

double sctl_monotonic(void)
{
    if (replacement != NULL)
        return replacement->monotonic();
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
        replacement->sleep(seconds);
        return;
    }
    if (seconds > DAY)
        seconds = DAY;
    wait.tv_sec = (time_t)seconds;
    wait.tv_nsec = (long)((seconds - (double)wait.tv_sec) * 1e9);
    (void)nanosleep(&wait, NULL);
}

/* Counts days from a day long ago. A year begins in March here, so that a leap day ends it. */
static int64_t day_number(int64_t year, int64_t month, int64_t day)
{
    year += month < 3 ? 399 : 400; /* not negative; after 400 years the calendar repeats itself */
    month = (month + 9) % 12;
    return year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + day;
}

/* Returns the place behind the digits and the sign that follows them. */
static char *time_write_digits(char *out, uint32_t number, int digits)
{
    for (int i = digits - 1; i >= 0; i--, number /= 10)
        out[i] = (char)('0' + number % 10);
    return out + digits + 1;
}

/* Counts by itself, since the time_t of 32-bit systems ends in 2038. Years begin in March here, too;
 * 400 of them have 146097 days. */
bool sctl_time_text(char *out, double unix_seconds)
{
    if (!(unix_seconds >= FIRST_SECOND && unix_seconds < LAST_SECOND + 1))
        return false;
    uint64_t seconds = (uint64_t)(unix_seconds - FIRST_SECOND); /* rounds down */
    uint32_t day = (uint32_t)(seconds / DAY) + 146097 - 60; /* since 1 March of 400 years before */
    uint32_t second = (uint32_t)(seconds % DAY), cycle = day / 146097, year, month;
    day %= 146097;
    year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
    day -= year * 365 + year / 4 - year / 100;
    month = (5 * day + 2) / 153;
    day -= (153 * month + 2) / 5;
    memcpy(out, "0000-00-00T00:00:00Z", SCTL_TIME_TEXT);
    out = time_write_digits(out, (cycle - 1) * 400 + year + (month > 9), 4);
    out = time_write_digits(out, (month + 2) % 12 + 1, 2);
    out = time_write_digits(out, day + 1, 2);
    out = time_write_digits(out, second / 3600, 2);
    out = time_write_digits(out, second / 60 % 60, 2);
    (void)time_write_digits(out, second % 60, 2);
    return true;
}

static int64_t number_at(const char *text, int digits)
{
    int64_t number = 0;
    while (digits-- > 0)
        number = number * 10 + (*text++ - '0');
    return number;
}

bool sctl_time_read(struct sctl_str text, double *unix_seconds)
{
    char same[SCTL_TIME_TEXT];
    if (text.len != SCTL_TIME_TEXT)
        return false;
    int64_t days = day_number(number_at(text.data, 4), number_at(text.data + 5, 2),
                              number_at(text.data + 8, 2)) -
                   day_number(1970, 1, 1);
    int64_t minutes = (days * 24 + number_at(text.data + 11, 2)) * 60 +
                      number_at(text.data + 14, 2);
    int64_t seconds = minutes * 60 + number_at(text.data + 17, 2);
    /* other bytes than digits, and 30 February, make some second, which has another text */
    if (!sctl_time_text(same, (double)seconds) || memcmp(same, text.data, sizeof same) != 0)
        return false;
    *unix_seconds = (double)seconds;
    return true;
}
