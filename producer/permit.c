#include "producer/permit.h"

#include <stdlib.h>
#include <string.h>

static void set_url(struct permit *p, struct span name, struct span path)
{
    free(p->url);
    p->url = malloc(name.n + path.n + 1);
    if (p->url == NULL)
        abort();
    memcpy(p->url, name.p, name.n);
    memcpy(p->url + name.n, path.p, path.n);
    p->url[name.n + path.n] = '\0';
}

static void set_own_url(struct permit *p)
{
    set_url(p, span_of(p->host), SPAN("/robots.txt"));
}

static void set_rules(struct permit *p, struct span text, int64_t until)
{
    robots_free(p->rules);
    p->rules = text.n > 0 ? robots_new(text, PERMIT_AGENT) : NULL;
    p->known = true;
    p->until = until;
    p->failures = p->redirects = 0;
    set_own_url(p);
}

void permit_init(struct permit *p, const struct store_host *stored, int64_t mono, int64_t wall)
{
    memset(p, 0, sizeof(*p));
    p->files = strcmp(stored->name, "file://") == 0;
    p->host = stored->name;
    set_own_url(p);
    if (stored->robots_at > 0)
        set_rules(p, stored->robots, mono + stored->robots_at + PERMIT_FRESH_MS - wall);
}

void permit_fini(struct permit *p)
{
    robots_free(p->rules);
    free(p->url);
}

enum permit_state permit_state(const struct permit *p, int64_t mono)
{
    if (p->files)
        return PERMIT_OPEN;
    if (p->asking)
        return PERMIT_WAIT;
    if (mono >= p->until)
        return PERMIT_ASK;
    return p->known ? PERMIT_OPEN : PERMIT_SHUT;
}

bool permit_allows(const struct permit *p, struct span url)
{
    return p->rules == NULL || robots_allows(p->rules, url);
}

int64_t permit_delay_ms(const struct permit *p)
{
    return p->rules == NULL ? 0 : robots_delay_ms(p->rules);
}

struct span permit_ask(struct permit *p)
{
    p->asking = true;
    return span_of(p->url);
}

void permit_got(struct permit *p, struct span text, int64_t mono)
{
    p->asking = false;
    set_rules(p, text, mono + PERMIT_FRESH_MS);
}

void permit_failed(struct permit *p, int64_t mono)
{
    int64_t wait = (int64_t)PERMIT_RETRY_MS << (p->failures > 10 ? 10 : p->failures);
    p->asking = false;
    p->failures++;
    p->redirects = 0;
    set_own_url(p);
    p->until = mono + (wait < PERMIT_RETRY_MAX_MS ? wait : PERMIT_RETRY_MAX_MS);
}

bool permit_redirected(struct permit *p, struct span url, int64_t mono)
{
    if (++p->redirects > PERMIT_REDIRECTS_MAX) {
        permit_got(p, (struct span){ NULL, 0 }, mono);
        return false;
    }
    p->asking = false;
    p->until = mono;
    set_url(p, url, (struct span){ "", 0 });
    return true;
}
