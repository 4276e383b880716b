/* settings.h - the config and the database that a command works on. */
#ifndef RENDA_CLI_SETTINGS_H
#define RENDA_CLI_SETTINGS_H

#include "common/config.h"
#include "common/err.h"
#include "common/store.h"

/* path NULL: ./renda.yaml, else /etc/renda/renda.yaml. NULL with *e filled on failure. */
struct config *settings_load(const char *path, struct err *e);

/* For commands that can do without: *config is NULL where path is NULL and there is no usual one. 0, or -1 with *e
 * filled. */
int settings_load_if_any(const char *path, struct config **config, struct err *e);

/* For commands that only look: loads the config and opens its database. NULL with *e filled on failure. */
struct store *settings_open(const char *path, enum store_mode mode, struct config **config, struct err *e);

/* The site of this name. NULL with *e filled when there is none. */
const struct config_site *settings_site(const struct config *c, const char *name, struct err *e);

/* What a page of this site is to be read with: site, org, region, level, patterns, selectors. Borrows from site. */
struct work settings_work(const struct config_site *site, struct arena *a);

#endif
