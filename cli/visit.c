#include "cli/visit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "common/clock.h"
#include "common/url.h"
#include "producer/permit.h"

struct host {
    char name[300];
    struct permit permit;
    int64_t asked_at; /* monotonic; 0: never */
    struct err why;   /* its robots.txt could not be had */
};

struct visitor {
    struct downloader *downloader;
    int redirects_max;
    struct host *hosts[VISIT_HOSTS_MAX];
    size_t n;
};

struct visitor *visitor_new(const struct config_limits *limits, const char *user_agent, struct err *e)
{
    struct config_limits l;
    if (limits == NULL)
        config_default_limits(&l);
    else
        l = *limits;
    struct visitor *v = calloc(1, sizeof(*v));
    if (v == NULL) {
        err_set(e, "out of memory");
        return NULL;
    }
    v->redirects_max = l.redirects_max;
    v->downloader = downloader_new(&l, user_agent, e);
    if (v->downloader == NULL) {
        visitor_free(v);
        return NULL;
    }
    return v;
}

void visitor_free(struct visitor *v)
{
    if (v == NULL)
        return;
    for (size_t i = 0; i < v->n; i++) {
        permit_fini(&v->hosts[i]->permit);
        free(v->hosts[i]);
    }
    downloader_free(v->downloader);
    free(v);
}

/* ---- hosts ------------------------------------------------------------------------------------------------------- */

static struct host *known_host(const struct visitor *v, struct span name)
{
    for (size_t i = 0; i < v->n; i++) {
        if (span_is(name, v->hosts[i]->name))
            return v->hosts[i];
    }
    return NULL;
}

static struct host *host_of(struct visitor *v, const char *url, struct err *e)
{
    char buf[300];
    struct span name = url_host(span_of(url), buf);
    struct host *h = known_host(v, name);
    if (name.n == 0) {
        err_set(e, "'%s' is no http, https or file address", url);
        return NULL;
    }
    if (h != NULL)
        return h;
    h = v->n < VISIT_HOSTS_MAX ? calloc(1, sizeof(*h)) : NULL;
    if (h == NULL) {
        err_set(e, "cannot visit '%s': too many hosts", url);
        return NULL;
    }
    snprintf(h->name, sizeof(h->name), "%.*s", SPAN_FMT(name));
    struct store_host fresh = { 0 };
    snprintf(fresh.name, sizeof(fresh.name), "%s", h->name);
    permit_init(&h->permit, &fresh, 0, 0);
    h->permit.host = h->name;
    v->hosts[v->n++] = h;
    return h;
}

static void wait_turn(struct host *h, int64_t delay_ms)
{
    int64_t left = h->asked_at + delay_ms - clock_mono_ms();
    if (h->asked_at > 0 && left > 0 && !h->permit.files)
        nanosleep(&(struct timespec){ left / 1000, left % 1000 * 1000000 }, NULL);
    h->asked_at = clock_mono_ms();
}

/* The name without scheme, "www." and port. */
static struct span bare_host(struct span url, char buf[300])
{
    struct span s = url_host(url, buf);
    const char *from = span_find(s, SPAN("://"));
    s = from == NULL ? s : span_between(from + 3, s.p + s.n);
    const char *port = memchr(s.p, ']', s.n), *colon = memrchr(s.p, ':', s.n);
    if (colon != NULL && (port == NULL || colon > port))
        s.n = (size_t)(colon - s.p);
    return span_starts(s, SPAN("www.")) ? (struct span){ s.p + 4, s.n - 4 } : s;
}

static bool is_same_host(struct span a, struct span b)
{
    char one[300], other[300];
    return span_eq(bare_host(a, one), bare_host(b, other));
}

/* ---- robots.txt -------------------------------------------------------------------------------------------------- */

/* What its server answers, once or redirected. */
static void ask_robots(struct visitor *v, struct host *h, int64_t delay_ms, bool guarded)
{
    struct download page;
    char url[4096];
    snprintf(url, sizeof(url), "%.*s", SPAN_FMT(permit_ask(&h->permit)));
    wait_turn(h, delay_ms);
    guarded |= !is_same_host(span_of(url), span_of(h->name));
    int rc = download_hop(v->downloader, url, guarded, &page, &h->why);
    if (rc == 0 && page.redirect_to[0] != '\0')
        permit_redirected(&h->permit, span_of(page.redirect_to), clock_mono_ms());
    else if (rc == 0)
        permit_got(&h->permit, (struct span){ page.body, page.bytes }, clock_mono_ms());
    else if (page.status >= 400 && page.status < 500)
        permit_got(&h->permit, (struct span){ NULL, 0 }, clock_mono_ms());
    else
        permit_failed(&h->permit, clock_mono_ms());
}

static int ask_permit(struct visitor *v, struct host *h, const char *url, int64_t delay_ms, bool guarded, struct err *e)
{
    while (permit_state(&h->permit, clock_mono_ms()) == PERMIT_ASK)
        ask_robots(v, h, delay_ms, guarded);
    if (permit_state(&h->permit, clock_mono_ms()) != PERMIT_OPEN)
        return err_set(e, "its robots.txt cannot be had, so nothing is asked for: %s", h->why.msg);
    if (!permit_allows(&h->permit, span_of(url)))
        return err_set(e, "the robots.txt of '%s' does not allow '%s'", h->name, url);
    return 0;
}

struct span visitor_sitemap(const struct visitor *v, const char *url, int i)
{
    char buf[300];
    const struct host *h = known_host(v, url_host(span_of(url), buf));
    return h == NULL || h->permit.rules == NULL ? (struct span){ NULL, 0 } : robots_sitemap(h->permit.rules, i);
}

/* ---- pages ------------------------------------------------------------------------------------------------------- */

int visitor_get(struct visitor *v, const char *url, int64_t delay_ms, struct download *out, struct err *e)
{
    char at[4096];
    snprintf(at, sizeof(at), "%s", url);
    for (int hops = 0; hops <= v->redirects_max; hops++) {
        struct host *h = host_of(v, at, e);
        bool guarded = hops > 0 && !is_same_host(span_of(at), span_of(url));
        if (h == NULL || ask_permit(v, h, at, delay_ms, guarded, e) < 0)
            return -1;
        int64_t wished = permit_delay_ms(&h->permit);
        wait_turn(h, wished > delay_ms ? wished : delay_ms);
        if (download_hop(v->downloader, at, guarded, out, e) < 0)
            return -1;
        snprintf(out->url, sizeof(out->url), "%s", url);
        if (out->redirect_to[0] == '\0')
            return 0;
        snprintf(at, sizeof(at), "%s", out->redirect_to);
    }
    return err_set(e, "cannot fetch '%s': more than %d redirects", url, v->redirects_max);
}
