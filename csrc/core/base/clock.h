/* Wall and monotonic time, replaceable by tests, and the vendors' time format. */
#pragma once

#include "sctl.h"
SCTL_HIDDEN_BEGIN

/* Seconds since 1970-01-01T00:00:00Z; it may jump. */
double sctl_wall(void);

/* Seconds since an arbitrary point; it never goes back. */
double sctl_monotonic(void);

/* The same of the system alone, also where a test replaces the clock: for waits that other processes
 * end. */
double sctl_system_monotonic(void);

/* Waits, a day at most; a signal ends it early. */
void sctl_sleep(double seconds);

struct sctl_clock {
    double (*wall)(void);
    double (*monotonic)(void);
    void (*sleep)(double seconds);
};

/* Replaces the clock of this shared object. `clock` must outlive its use; NULL restores. */
void sctl_clock_use(const struct sctl_clock *clock);

#define SCTL_TIME_TEXT 20u /* bytes of "yyyy-MM-ddTHH:mm:ssZ" */

/* Writes SCTL_TIME_TEXT bytes, UTC, of the second that has begun; false, and nothing is written,
 * when the year does not have four digits. */
bool sctl_time_text(char *out, double unix_seconds) SCTL_MUST_CHECK;

/* The second of such a time, of a day that the calendar has; false where the text is none. */
bool sctl_time_read(struct sctl_str text, double *unix_seconds) SCTL_MUST_CHECK;
SCTL_HIDDEN_END
