/* settings.h - the config and the database that a command works on. */
#ifndef RENDA_CLI_SETTINGS_H
#define RENDA_CLI_SETTINGS_H

#include "common/config.h"
#include "common/err.h"
#include "common/store.h"

/* path NULL: ./renda.yaml, else /etc/renda/renda.yaml. NULL with *e filled on failure. */
struct config *settings_load(const char *path, struct err *e);

/* For commands that only look: loads the config and opens its database. NULL with *e filled on failure. */
struct store *settings_open(const char *path, enum store_mode mode, struct config **config, struct err *e);

#endif
