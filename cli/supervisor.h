/* supervisor.h - `renda run`: starts a producer, the workers and a sink by executing this program once for each, starts
 * again what dies, and merges their logs on stderr. */
#ifndef RENDA_CLI_SUPERVISOR_H
#define RENDA_CLI_SUPERVISOR_H

#include "cli/progress.h"
#include "cli/screen.h"
#include "common/config.h"
#include "common/err.h"

struct supervisor_plan {
    const struct config *config; /* the roles read config->path again */
    bool locked;                 /* the caller has taken role_lock(config, "run") */
    /* Called each second with the latest numbers; may be NULL. Another value than 0 ends the watching as SIGTERM does.
     * What it prints goes between screen_pause() and screen_resume(). */
    int (*each_second)(void *ctx, struct screen *s, const struct progress *p);
    void *ctx;
};

/* Runs until SIGTERM, SIGINT, SIGHUP or each_second ends it: 0 after draining, 130 after a second signal, 1 when a
 * role's first start failed (which has printed its own line; *e is empty then) or nothing could be started (*e says
 * why). */
int supervisor_run(const struct supervisor_plan *plan, struct err *e);

#endif
