/* Files that others write, and folders of our own. */
#pragma once

#include "../base/sctl.h"
SCTL_HIDDEN_BEGIN

#define SCTL_FILE_STAMP 160u /* room for any stamp, and its NUL */

/* Writes a text that is another one once somebody has written to the file or put another one in its
 * place, also where `path` is a link to it. It is not opened. SCTL_E_SYSTEM: errno says why. */
enum sctl_status sctl_file_stamp(const char *path, char *out, struct sctl_err *err) SCTL_MUST_CHECK;

/* Who may read and write a file, as chmod has it, and whether it is a regular one, which holds what
 * was written to it; links are followed. SCTL_E_SYSTEM: errno says why. */
enum sctl_status sctl_file_mode(const char *path, unsigned *mode, bool *is_regular,
                                struct sctl_err *err) SCTL_MUST_CHECK;
/* Makes a folder with those above it, each that is made for its owner only (0700); those that are
 * there stay as they are. SCTL_E_SYSTEM: errno says why; folders above may have been made. */
enum sctl_status sctl_folder_make(const char *path, struct sctl_err *err) SCTL_MUST_CHECK;
SCTL_HIDDEN_END
