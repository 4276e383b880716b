/* log.h - one line for one event: time, role, level, who it is about, words, key=value.
 * Written with one write(2) to stderr, so the lines of several processes do not mix. */
#ifndef RENDA_COMMON_LOG_H
#define RENDA_COMMON_LOG_H

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR };

/* who: "producer", "worker", … (borrowed for the life of the process). The level comes from RENDA_LOG (debug, info,
 * warn, error), else info. */
void log_init(const char *who);
void log_at(enum log_level level, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#define log_debug(...) log_at(LOG_DEBUG, __VA_ARGS__)
#define log_info(...)  log_at(LOG_INFO, __VA_ARGS__)
#define log_warn(...)  log_at(LOG_WARN, __VA_ARGS__)
#define log_error(...) log_at(LOG_ERROR, __VA_ARGS__)

#endif
