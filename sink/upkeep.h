/* upkeep.h - what keeps the database small, on a thread and connection of its own: the log is written back into the
 * file (checkpoints), and what has outlived its use is removed. */
#ifndef RENDA_SINK_UPKEEP_H
#define RENDA_SINK_UPKEEP_H

#include "common/config.h"
#include "common/err.h"

struct upkeep;

struct upkeep *upkeep_start(const struct config *c, struct err *e);
void upkeep_stop(struct upkeep *u); /* a last checkpoint; fine on NULL */

#endif
