#include "common/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>

#define LINE_MAX_BYTES 2048

static const char *const level_names[] = { "debug", "info", "warn", "error" };
static const char *who_am_i = "renda";
static enum log_level least = LOG_INFO;

void log_init(const char *who)
{
    who_am_i = who;
    const char *wanted = getenv("RENDA_LOG");
    for (int i = 0; wanted != NULL && i < 4; i++) {
        if (strcasecmp(wanted, level_names[i]) == 0)
            least = (enum log_level)i;
    }
}

void log_at(enum log_level level, const char *fmt, ...)
{
    if (level < least)
        return;
    char line[LINE_MAX_BYTES];
    struct timespec t;
    struct tm tm;
    clock_gettime(CLOCK_REALTIME, &t);
    gmtime_r(&t.tv_sec, &tm);
    size_t n = strftime(line, sizeof(line), "%Y-%m-%dT%H:%M:%S", &tm);
    n += (size_t)snprintf(line + n, sizeof(line) - n, ".%03ldZ %s[%d] %s: ", t.tv_nsec / 1000000, who_am_i,
                          (int)getpid(), level_names[level]);
    va_list ap;
    va_start(ap, fmt);
    int more = vsnprintf(line + n, sizeof(line) - n - 1, fmt, ap);
    va_end(ap);
    if (more > 0)
        n += (size_t)more < sizeof(line) - n - 1 ? (size_t)more : sizeof(line) - n - 2;
    line[n++] = '\n';
    if (write(STDERR_FILENO, line, n) < 0)
        return; /* nobody reads; there is no one to tell */
}
