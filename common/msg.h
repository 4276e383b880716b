/* msg.h - a cursor over one msgpack message that someone else wrote. It remembers the first failure and goes on
 * harmlessly: every later read gives an empty value, and msg_done() tells. */
#ifndef RENDA_COMMON_MSG_H
#define RENDA_COMMON_MSG_H

#include <stdbool.h>
#include <stdint.h>

#include "common/err.h"
#include "common/span.h"

struct msg {
    const char *p, *end;
    const char *failed; /* NULL, or what was wrong */
};

struct msg msg_open(struct span bytes);

/* Elements of the map or array that begins here; at most max, and never more than the bytes left can hold. */
uint32_t msg_map(struct msg *m, uint32_t max);
uint32_t msg_array(struct msg *m, uint32_t max);

struct span msg_str(struct msg *m, size_t max_bytes); /* UTF-8 without U+0000; a view */
struct span msg_bin(struct msg *m, size_t max_bytes);
int64_t msg_int(struct msg *m, int64_t least, int64_t most);
uint64_t msg_uint(struct msg *m);
bool msg_bool(struct msg *m);
void msg_skip(struct msg *m); /* one value of any type */

void msg_fail(struct msg *m, const char *why); /* keeps the first */

/* Nothing failed and nothing is left. */
int msg_done(const struct msg *m, const char *what, struct err *e);

#endif
