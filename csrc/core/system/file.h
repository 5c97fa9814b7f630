/* Files that others write, and folders of our own. */
#pragma once

#include "../base/sctl.h"
SCTL_HIDDEN_BEGIN

#define SCTL_FILE_STAMP 160u /* room for any stamp, and its NUL */

/* Writes a text that changes when the content of the file changes, or when another file takes its
 * place. Follows links. The file is not opened. SCTL_E_SYSTEM: errno says why. */
enum sctl_status sctl_file_stamp(const char *path, char *out, struct sctl_err *err) SCTL_MUST_CHECK;

/* The mode of a file, as chmod takes the mode, whether the file is a regular file, and sctl_is_ours.
 * Follows links. SCTL_E_SYSTEM: errno says why. */
enum sctl_status sctl_file_mode(const char *path, unsigned *mode, bool *is_regular, bool *is_ours,
                                struct sctl_err *err) SCTL_MUST_CHECK;
/* Makes a folder and the missing folders above it, for their owner only (0700). Other folders stay
 * as they are. SCTL_E_SYSTEM: errno says why; folders above may have been made. */
enum sctl_status sctl_folder_make(const char *path, struct sctl_err *err) SCTL_MUST_CHECK;
SCTL_HIDDEN_END
