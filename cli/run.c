#include <stdio.h>

#include "cli/command.h"
#include "cli/options.h"
#include "cli/say.h"
#include "cli/settings.h"
#include "cli/supervisor.h"
#include "common/log.h"

int cmd_run(int argc, char **argv)
{
    const char *path = NULL;
    const struct option_row rows[] = { OPTION_CONFIG(&path) };
    struct err e = { "" };
    int wrong = options_only(rows, 1, argc, argv);
    if (wrong != 0)
        return wrong;
    log_init("run");
    struct config *c = settings_load(path, &e);
    if (c == NULL)
        return say_failed("%s", e.msg);
    struct supervisor_plan plan = { .config = c };
    int code = supervisor_run(&plan, &e);
    if (e.msg[0] != '\0')
        say_failed("%s", e.msg);
    config_free(c);
    return code;
}
