/* store_ops.h - what an implementation of the store provides: one row for each function of store.h. */
#ifndef RENDA_COMMON_STORE_OPS_H
#define RENDA_COMMON_STORE_OPS_H

#include "common/store.h"

struct store_ops {
    void (*close)(struct store *s);
    int (*member_join)(struct store *s, const char *role, struct member *m, struct err *e);
    int (*member_renew)(struct store *s, const struct member *m, struct err *e);
    int (*member_leave)(struct store *s, const struct member *m, struct err *e);
    int (*sites_sync)(struct store *s, const struct config *c, int64_t now, struct err *e);
    int (*free_owned)(struct store *s, struct err *e);
    int (*hosts)(struct store *s, int64_t after, void (*fn)(void *ctx, const struct store_host *h), void *ctx,
                 struct err *e);
    int (*take_due)(struct store *s, struct take *takes, int take_count, int64_t now, struct arena *a,
                    struct due_url *due, int *n, struct err *e);
    int (*commit_outcomes)(struct store *s, const struct member *m, const struct outcome *o, int n,
                           int64_t *capture_ids, struct err *e);
    int (*shift_due)(struct store *s, int64_t delta_ms, struct err *e);
    int (*backlog)(struct store *s, int64_t *pages, int64_t *bytes, struct err *e);
    int (*pending)(struct store *s, bool (*skip)(void *ctx, int64_t capture, int64_t pass), void *ctx, int max,
                   int64_t max_bytes, struct arena *a, struct work *work, int *n, struct err *e);
    int (*still_pending)(struct store *s, const int64_t *captures, int n, int64_t *passes, struct err *e);
    int (*count_resend)(struct store *s, const int64_t *captures, int n, struct err *e);
    int (*settle)(struct store *s, const struct result *const *r, int n, int64_t now, struct settled *out,
                  struct err *e);
    int (*events)(struct store *s, int64_t after, int max, void (*fn)(void *ctx, const struct event *ev), void *ctx,
                  struct err *e);
    int (*last_event)(struct store *s, int64_t *seq, struct err *e);
    int (*prune)(struct store *s, int64_t now, int max, int *n, struct err *e);
    int (*checkpoint)(struct store *s, struct err *e);
    int (*select)(struct store *s, const char *sql, const char *const *params, int param_count, store_row_fn *fn,
                  void *ctx, struct err *e);
    int (*retry)(struct store *s, int64_t capture, int *n, struct err *e);
    int (*check)(struct store *s, struct err *e);
};

/* The first member of every implementation's struct. */
struct store {
    const struct store_ops *ops;
    enum store_trouble trouble;
};

struct store *store_sqlite_open(const char *path, enum store_mode mode, struct err *e);
struct store *store_null_open(void);

#endif
