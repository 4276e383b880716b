#include "cli/settings.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const usual[] = { "renda.yaml", "/etc/renda/renda.yaml" };

struct config *settings_load(const char *path, struct err *e)
{
    if (path != NULL)
        return config_load(path, e);
    for (size_t i = 0; i < sizeof(usual) / sizeof(usual[0]); i++) {
        if (access(usual[i], F_OK) == 0)
            return config_load(usual[i], e);
    }
    err_set(e,
            "there is no config: neither './%s' nor '%s'; name one with -c, or begin with 'renda check --sample > %s'",
            usual[0], usual[1], usual[0]);
    return NULL;
}

int settings_load_if_any(const char *path, struct config **config, struct err *e)
{
    bool any = path != NULL;
    for (size_t i = 0; i < sizeof(usual) / sizeof(usual[0]); i++)
        any |= access(usual[i], F_OK) == 0;
    *config = any ? settings_load(path, e) : NULL;
    return any && *config == NULL ? -1 : 0;
}

struct store *settings_open(const char *path, enum store_mode mode, struct config **config, struct err *e)
{
    *config = settings_load(path, e);
    if (*config == NULL)
        return NULL;
    bool file = strcmp((*config)->database, "null:") != 0;
    if (file && access((*config)->database, F_OK) != 0) {
        err_set(e, "there is no database '%s' yet; 'renda run -c %s' creates it", (*config)->database, (*config)->path);
        return NULL;
    }
    return store_open((*config)->database, mode, e);
}

const struct config_site *settings_site(const struct config *c, const char *name, struct err *e)
{
    for (size_t i = 0; i < c->site_count; i++) {
        if (strcmp(c->sites[i].name, name) == 0)
            return &c->sites[i];
    }
    err_set(e, "%s names no site '%s'; its first is '%s'", c->path, name, c->sites[0].name);
    return NULL;
}

struct work settings_work(const struct config_site *site, struct arena *a)
{
    struct span patterns = SPAN("");
    for (size_t i = 0; i < site->article.n; i++)
        patterns = arena_printf(a, "%.*s%s%s", SPAN_FMT(patterns), i == 0 ? "" : "\n", site->article.items[i]);
    return (struct work){ .site = span_of(site->name),
                          .org = span_of(site->org),
                          .region = span_of(site->region),
                          .level = span_of(site->level),
                          .patterns = patterns,
                          .selectors = span_of(site->selectors.lines) };
}
