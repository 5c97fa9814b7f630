/* Setting options of libcurl one after the other. */
#pragma once

#include <curl/curl.h>

/* Sets an option of the handle `easy`, unless one before it failed. `code` is what libcurl said of
 * the last one that was set; both are variables of the function that uses this. */
#define SET(option, value)                                                                         \
    do {                                                                                           \
        if (code == CURLE_OK)                                                                      \
            code = curl_easy_setopt(easy, option, value);                                          \
    } while (0)
