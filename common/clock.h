/* clock.h - the two clocks. Intervals run on the monotonic one; what people read comes from the wall. */
#ifndef RENDA_COMMON_CLOCK_H
#define RENDA_COMMON_CLOCK_H

#include <stddef.h>
#include <stdint.h>

int64_t clock_mono_ms(void);
int64_t clock_wall_ms(void); /* since 1970, UTC */

/* "2026-03-05T08:09:10Z" into out (at least 21 bytes). */
void clock_iso(int64_t wall_ms, char *out, size_t size);

#endif
