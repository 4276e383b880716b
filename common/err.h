/* err.h - a sentence about what went wrong, written once by whoever knew.
 * Functions that can fail take a struct err * last and return 0 or a negative number; on failure *e holds one line
 * without a final full stop: what failed, then the thing in quotes, then why. A NULL err is allowed everywhere. */
#ifndef RENDA_COMMON_ERR_H
#define RENDA_COMMON_ERR_H

#define ERR_MAX_BYTES 512

struct err {
    char msg[ERR_MAX_BYTES]; /* cut at the limit, always NUL-terminated */
};

/* Writes the sentence. Always returns -1, so that `return err_set(e, …)` reads well. */
int err_set(struct err *e, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Puts "context: " in front of what is there. Always returns -1. */
int err_prefix(struct err *e, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#endif
