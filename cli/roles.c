/* One role of the ring in this process: `renda producer`, `renda worker`, `renda sink`. */
#include <stdio.h>

#include "cli/command.h"
#include "cli/options.h"
#include "cli/say.h"
#include "cli/settings.h"
#include "common/log.h"
#include "common/role.h"

#define LOCK_WAIT_MS 5000 /* the one before may still be ending */

struct role {
    const char *name;
    int (*run)(const struct config *c, struct err *e);
    bool alone; /* one for each database */
};

struct role_options {
    const char *config;
    bool supervised;
};

static int read_options(int argc, char **argv, struct role_options *o)
{
    const struct option_row rows[] = { OPTION_CONFIG(&o->config), { "supervised", 0, &o->supervised, NULL } };
    return options_only(rows, sizeof(rows) / sizeof(rows[0]), argc, argv);
}

static int role_start(const struct role *role, const struct role_options *o, struct err *e)
{
    struct config *c = settings_load(o->config, e);
    if (c == NULL)
        return EXIT_FAILED;
    int code = EXIT_FAILED;
    if (!role->alone || role_lock(c, role->name, LOCK_WAIT_MS, e) == 0)
        code = role->run(c, e);
    config_free(c);
    return code;
}

static int role_main(const struct role *role, int argc, char **argv)
{
    struct role_options o = { 0 };
    struct err e = { "" };
    int wrong = read_options(argc, argv, &o);
    if (wrong != 0)
        return wrong;
    log_init(role->name);
    role_signals(o.supervised);
    int code = role_start(role, &o, &e);
    if (code != EXIT_DONE)
        say_failed("%s: %s", role->name, e.msg[0] == '\0' ? "ended with a failure" : e.msg);
    return code;
}

int cmd_producer(int argc, char **argv)
{
    static const struct role role = { "producer", producer_run, true };
    return role_main(&role, argc, argv);
}

int cmd_sink(int argc, char **argv)
{
    static const struct role role = { "sink", sink_run, true };
    return role_main(&role, argc, argv);
}

int cmd_worker(int argc, char **argv)
{
    static const struct role role = { "worker", worker_run, false };
    return role_main(&role, argc, argv);
}
