/* child.h - one supervised process of the ring: started, its log lines forwarded, started again after it died.
 * Times are milliseconds on the monotonic clock. */
#ifndef RENDA_CLI_CHILD_H
#define RENDA_CLI_CHILD_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "cli/screen.h"
#include "common/err.h"

#define CHILD_LINE_BYTES 16384 /* a longer line is broken */

struct child {
    const char *role;        /* "worker" */
    char name[32];           /* "worker 2" */
    pid_t pid;               /* 0: not running */
    int log_read, log_write; /* one pipe for all its lives, so that no last words are lost */
    int starts;
    int quick_deaths; /* in a row, each within a second of starting */
    int64_t started_at;
    int64_t start_at; /* when it is to be started, while it is not running */
    size_t line_bytes;
    char line[CHILD_LINE_BYTES];
};

int child_init(struct child *c, const char *role, int number, struct err *e);
void child_fini(struct child *c);

/* This same program as `renda ROLE -c CONFIG --supervised`, in a process group of its own (Ctrl-C reaches only the
 * supervisor); dies with this process. */
int child_start(struct child *c, const char *config_path, int64_t now, struct err *e);

/* True when it has ended: *status as from waitpid(); start_at is then when to start it again. */
bool child_ended(struct child *c, int64_t now, int *status);
/* "exit code 1", "signal 9 (Killed)" */
void child_why(int status, char *out, size_t size);

/* Reads what it has written and hands whole lines to the screen. all: a last line without its end, too. */
void child_forward(struct child *c, struct screen *s, bool all);

#endif
