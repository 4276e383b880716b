/* config.h - the one YAML file: database, who we say we are, limits, workers, sites.
 * Read once at start, then read-only. A mistake is one line: file, line, what is wrong, what would be right. */
#ifndef RENDA_COMMON_CONFIG_H
#define RENDA_COMMON_CONFIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "common/err.h"
#include "common/selector.h"

struct strings {
    char **items;
    size_t n;
    int *lines; /* of each, in the file */
};

/* For a site whose pages the general reader cannot read (common/selector.h). */
struct config_selectors {
    char *fields[SELECT_FIELD_COUNT]; /* NULL: not given */
    char *valid_until;                /* "2027-06-30", the last day (UTC) on which they are used; NULL: no end */
    char *lines;                      /* all of this, as the worker takes it: "title h1.con" and so on; NULL: none */
};

struct config_site {
    char *name;             /* unique; what status and query show */
    char *org;              /* the congress's full name, without parents */
    char *region, *level;   /* as findings.md names them; NULL when not given */
    char *checked;          /* "never", or the day when the entry was last tried on the live site; NULL: not said */
    struct strings start;   /* list pages, feeds; http, https, or file:// of a folder or file */
    struct strings article; /* PCRE2 patterns searched in a link's absolute URL; none: by the URL's shape */
    struct config_selectors selectors;
    int64_t poll_ms;  /* between two visits of a start page */
    int64_t delay_ms; /* between two requests to one host */
    int concurrency;  /* requests to one host at a time */
    const char *file; /* that the entry stands in, for messages */
    int line;         /* in the file */
    int index;        /* among the file's entries */
};

struct config_limits {
    int64_t page_max_bytes; /* a body beyond this is refused (default 20 MB) */
    int64_t connect_ms, total_ms;
    int64_t low_speed_bytes; /* per second, over low_speed_ms: slower is given up */
    int64_t low_speed_ms;
    int redirects_max;
    int connections_max;        /* of all hosts together */
    int64_t parse_ms;           /* deadline for one page in the worker's child */
    int64_t parse_memory_bytes; /* of the worker's child */
    int64_t pending_max_bytes;  /* captures waiting for a worker: beyond it no article is fetched */
    int64_t disk_reserve_bytes; /* free space kept: article fetching pauses below; 0: the larger of 2 GB and 5% */
    int64_t revisit_ms;         /* an article is looked at again after this long, then ever more rarely */
    int window_pages;           /* pages that one worker holds */
    int64_t window_bytes;
};

struct config {
    char *path;       /* of the file; for messages */
    char *database;   /* path of the SQLite file, or "null:" */
    char *user_agent; /* with the contact in it: "Renda/0.1 (+mailto:…)" */
    char *contact;    /* address or URL; required when a site is not on file:// or loopback */
    char *lexicon;    /* user's own lexicon file, or NULL */
    int workers;      /* how many `renda run` starts; default: one per core */
    /* ZeroMQ endpoints; derived from the database's path when not given */
    char *dispatch; /* producer binds (ROUTER), workers connect */
    char *results;  /* sink binds (PULL), workers connect */
    char *feed;     /* sink binds (PUB) */
    struct config_limits limits;
    struct strings include; /* patterns of files with more entries, as given */
    struct strings files;   /* those files */
    struct config_site *sites;
    size_t site_count;
};

/* NULL with *e filled on failure. */
struct config *config_load(const char *path, struct err *e);
/* The same from memory; name stands in messages. Used by `renda demo` and tests. */
struct config *config_parse(const char *name, const char *yaml, size_t bytes, struct err *e);
/* The entries of a folder's *.yaml files, or of one file, each beginning with `sites:`. contact may be NULL: then the
 * sites are not to be visited. */
struct config *config_entries(const char *path, const char *contact, struct err *e);
void config_free(struct config *c); /* fine on NULL */

/* True when its selectors are no longer used at this time (milliseconds since 1970). */
bool config_selectors_over(const struct config_selectors *s, int64_t now);

/* What holds when a config says nothing. */
void config_default_limits(struct config_limits *out);

/* Prints every setting with its default and meaning as commented YAML (the sample file and the man page use it). */
void config_print_settings(FILE *out);

#endif
