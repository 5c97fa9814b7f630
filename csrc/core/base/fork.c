#include "fork.h"

#include <pthread.h>
#include <unistd.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;
static bool watched;
static uint64_t forks; /* since the first process that asked */

static void in_child(void)
{
    forks++;
}

static void watch(void)
{
    watched = pthread_atfork(NULL, NULL, in_child) == 0;
}

uint64_t sctl_process(void)
{
    (void)pthread_once(&once, watch);
    return watched ? forks : (uint64_t)getpid(); /* there was no memory to watch forks */
}
