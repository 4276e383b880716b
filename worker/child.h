/* child.h - what the caged child does with one page: WORK in, the parsed part of RESULT out. */
#ifndef RENDA_WORKER_CHILD_H
#define RENDA_WORKER_CHILD_H

#include "common/config.h"
#include "common/err.h"
#include "worker/cage.h"
#include "worker/findings/findings.h"

struct child;

/* Everything the child needs, made before it is forked: lexicons, converters, its arena. NULL with *e on a bad lexicon.
 */
struct child *child_new(const struct config_limits *limits, const char *lexicon, struct err *e);
void child_free(struct child *c); /* fine on NULL */

/* The digest of the rules it applies. */
struct span child_rules(const struct child *c);

/* A cage for it, as the limits say. */
struct cage *child_cage(struct child *c, struct err *e);

#endif
