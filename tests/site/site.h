/* site.h - three sample congress sites, served over HTTP from this process.
 *
 * Three fictional congresses, one within the other, each on a port of its own on loopback, each built the way a
 * common content management system builds such sites:
 *   0  云泽省  UTF-8, government meta tags, TRS pages     /jiandu/202503/t20250314_1002.html
 *   1  安澜市  GB18030 called gb2312, tables, JS pager    /2025/0314/c14a1002.html
 *   2  望溪县  ul lists, #zoom, feeds, sitemaps           /art/2025/3/14/art_19_1002.html
 * Articles are made when asked for, from the seed and their index, and every fact in them is known: /truth.json.
 * How to publish, edit, remove and misbehave at run time is told in README.md.
 *
 * Server threads belong to the server; its functions may be called from any thread. */
#ifndef RENDA_SITE_H
#define RENDA_SITE_H

#include <stddef.h>
#include <stdint.h>

struct site_options {
    uint64_t seed;              /* 0 is a seed like any other */
    uint64_t articles_per_site; /* 0: 300; may be millions */
    uint16_t port;              /* 0: free ones; else port, port + 1, port + 2 */
    const char *bind_address;   /* IPv4; NULL: 127.0.0.1. Control is answered to loopback only, whatever this is */
    const char *last_day;       /* of the newest initial article, "2025-06-30"; NULL: that day */
};

/* What a user of Renda would write about one of the sites. Everything belongs to the server. */
struct site_about {
    const char *name;            /* 云泽人大网 */
    const char *org;             /* 云泽省人大常委会 */
    const char *region;          /* 云泽省 */
    const char *level;           /* province, prefecture, county */
    const char *base;            /* http://127.0.0.1:40001, without a slash at the end */
    const char *const *start;    /* paths of the home page and the columns' first list pages; NULL ends */
    const char *const *feeds;    /* paths of RSS and Atom feeds; NULL ends */
    const char *const *sitemaps; /* paths; NULL ends */
    const char *article_pattern; /* a Perl-compatible regular expression that article URLs match and others do not */
};

enum { SITE_N = 3 };
struct site_server;

/* Starts all three. NULL, with one sentence in err, when an option is bad or a port is taken. */
struct site_server *site_start(const struct site_options *options, char *err, size_t err_size);
/* k from 0 to SITE_N - 1. */
uint16_t site_port(const struct site_server *s, int k);
struct site_about site_about(const struct site_server *s, int k);
/* Answers what is held or slow at once, closes all connections, ends all threads. NULL is fine. */
void site_stop(struct site_server *s);

#endif
