/* role.h - what every role of the ring is started with. */
#ifndef RENDA_COMMON_ROLE_H
#define RENDA_COMMON_ROLE_H

#include <stdbool.h>

#include "common/config.h"
#include "common/err.h"

/* Set by the first SIGTERM or SIGINT: finish what is begun, then end. A second signal ends the process at once. */
extern volatile int role_stop;

/* Takes the signals (role_stop), ignores SIGPIPE, and asks to die with the parent (PR_SET_PDEATHSIG) when supervised.
 */
void role_signals(bool supervised);

/* flock on "DATABASE.ROLE.lock": fails when another process has it. The lock lives as long as the process. wait_ms: how
 * long to try. */
int role_lock(const struct config *c, const char *role, int wait_ms, struct err *e);

/* Each role's main loop: runs until role_stop. Returns the exit code; on failure *e holds the one line to print. */
int producer_run(const struct config *c, struct err *e);
int sink_run(const struct config *c, struct err *e);
int worker_run(const struct config *c, struct err *e);

#endif
