/* Notes SIGINT, SIGTERM and SIGHUP for a program that finishes its work before it ends.
 *
 * Signal handlers belong to the whole process, so only a program installs them, never a library. A
 * signal to any thread is noted. A forked child begins with a copy of the note; a program that is
 * started with exec gets signals as usual. */
#pragma once

#include "../base/sctl.h"
SCTL_HIDDEN_BEGIN

#define SCTL_INTERRUPT_TEXT 128u /* bytes */

/* From now on the first SIGINT, SIGTERM or SIGHUP is noted, and what was noted before is forgotten;
 * `text` (its first SCTL_INTERRUPT_TEXT bytes) is written to stderr then. A SIGINT or SIGTERM after
 * that ends the process, also while nobody reads stderr. Another SIGHUP does not: a terminal that
 * is closed sends two. A SIGHUP that was ignored before stays ignored. Interrupted reads and writes
 * go on by themselves; sleeps and waits for descriptors end. Ignores what sctl_interrupt_default
 * ignores. SCTL_E_SYSTEM: errno says why. */
enum sctl_status sctl_interrupt_catch(struct sctl_str text, struct sctl_err *err) SCTL_MUST_CHECK;

/* SIGINT, SIGTERM or SIGHUP, whichever was noted; 0: none. */
int sctl_interrupt_caught(void);

/* SIGINT ends the process, as in programs without a handler (an interpreter has one), and so do
 * SIGTERM and SIGHUP if sctl_interrupt_catch was called before. SIGPIPE and SIGXFSZ are ignored:
 * such writes fail with EPIPE or EFBIG instead. SCTL_E_SYSTEM: errno says why. */
enum sctl_status sctl_interrupt_default(struct sctl_err *err) SCTL_MUST_CHECK;
SCTL_HIDDEN_END
