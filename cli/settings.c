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
