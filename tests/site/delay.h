/* delay.h - requests that wait: suspended in libmicrohttpd, woken by one thread, so that a slow answer blocks no other.
 */
#ifndef RENDA_SITE_DELAY_H
#define RENDA_SITE_DELAY_H

#include <stdbool.h>
#include <stdint.h>

struct MHD_Connection;
struct site_delay;

struct site_delay *site_delay_new(void);
/* Suspends the connection until due (microseconds, monotonic; INT64_MAX: until released). False, and nothing done,
 * once stopped. */
bool site_delay_add(struct site_delay *d, struct MHD_Connection *c, int64_t due_us);
/* Wakes all that wait. */
void site_delay_release(struct site_delay *d);
/* Releases all and ends the thread; nothing is suspended from here on. */
void site_delay_stop(struct site_delay *d);
void site_delay_free(struct site_delay *d);
int64_t site_mono_us(void);

#endif
