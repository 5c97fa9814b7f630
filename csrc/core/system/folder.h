/* Makes folders of our own. */
#pragma once

#include "../base/err.h"

SCTL_HIDDEN_BEGIN

/* Makes a folder with those above it, each that is made for its owner only (0700); those that are
 * there stay as they are. SCTL_E_SYSTEM: errno says why; folders above may have been made. */
enum sctl_status sctl_folder_make(const char *path, struct sctl_err *err) SCTL_MUST_CHECK;

SCTL_HIDDEN_END
