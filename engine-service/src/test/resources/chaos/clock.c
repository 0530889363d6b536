/* A wall clock that is off by RATCHET_TEST_CLOCK_OFF seconds, for a process that loads this first. */
#define _GNU_SOURCE
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static long off(void) {
    const char *seconds = getenv("RATCHET_TEST_CLOCK_OFF");
    return seconds ? atol(seconds) : 0;
}

int clock_gettime(clockid_t id, struct timespec *time) {
    int status = (int) syscall(SYS_clock_gettime, id, time);
    if (status == 0 && id == CLOCK_REALTIME) time->tv_sec += off();
    return status;
}

int gettimeofday(struct timeval *restrict time, void *restrict zone) {
    int status = (int) syscall(SYS_gettimeofday, time, zone);
    if (status == 0 && time) time->tv_sec += off();
    return status;
}
