/* host.h - one sample site: its world, its state, the faults it shows, what it counted. */
#ifndef RENDA_SITE_HOST_H
#define RENDA_SITE_HOST_H

#include <pthread.h>

#include "names.h"
#include "site.h"
#include "state.h"

/* What kind of page a request asked for; stats are kept for each. */
enum site_class {
    CLASS_HOME,
    CLASS_LIST,
    CLASS_ARTICLE,
    CLASS_FEED,
    CLASS_SITEMAP,
    CLASS_ROBOTS,
    CLASS_ASSET,
    CLASS_RAW,   /* put there by /control/raw */
    CLASS_OTHER, /* what does not exist, mostly */
    CLASS_CONTROL,
    CLASS_COUNT
};

struct site_mode {
    int slow_ms;     /* before each answer */
    int fail_every;  /* every n-th answer is status */
    int status;      /* 503 */
    int redirect;    /* article pages answer 302 once */
    int rubbish;     /* every n-th answer is random bytes */
    int close_every; /* every n-th answer breaks off in the middle */
    int etag;        /* ETag, Last-Modified and 304 */
    int hold;        /* answer nothing until this is 0 again */
};

struct site_stats {
    uint64_t requests[CLASS_COUNT];
    uint64_t not_modified, failed, rubbish, closed, redirected, bytes;
    uint64_t content; /* all but /control, /truth.json, /stats.json, /site.json */
    int in_flight, in_flight_max;
    int connections, connections_max;       /* that asked for content */
    int64_t last_start_us, min_interval_us; /* between starts of content requests; -1: fewer than two */
    int64_t last_article_us, min_article_interval_us;
};

struct site_raw {
    char *path, *type;
    char *body;
    size_t len;
    int status;
};
enum { SITE_RAW_MAX = 1000, SITE_RAW_BYTES_MAX = 16 << 20 };

struct site_style;
struct site_delay;

struct site_host {
    int site;
    struct site_world world;
    struct site_state *state;
    const struct site_style *style;
    char base[96]; /* http://127.0.0.1:8801 */
    struct MHD_Daemon *daemon;
    struct site_delay *delay;
    pthread_mutex_t lock; /* for what follows */
    struct site_mode mode;
    struct site_stats stats;
    struct site_raw *raw;
    size_t n_raw;
};

extern const struct site_mode site_mode_default;

#endif
