#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli/command.h"
#include "cli/options.h"
#include "cli/say.h"
#include "cli/settings.h"

struct options {
    const char *config;
    bool all;
    int64_t capture;
};

static int read_options(struct options *o, int argc, char **argv)
{
    const struct option_row rows[] = { OPTION_CONFIG(&o->config), { "all", 'a', &o->all, NULL } };
    int words, wrong = options_read(rows, sizeof(rows) / sizeof(rows[0]), argc, argv, &words);
    if (wrong != 0)
        return wrong;
    if (argc - words != (o->all ? 0 : 1))
        return say_usage(argv[0], "name one quarantined page by its number, or --all");
    char *end = NULL;
    if (!o->all && ((o->capture = strtoll(argv[words], &end, 10)) <= 0 || *end != '\0'))
        return say_usage(argv[0], "'%s' is no page's number; 'renda status' lists them", argv[words]);
    return 0;
}

static int retry(const struct options *o, struct store *s, struct err *e)
{
    int n = 0;
    if (store_retry(s, o->all ? 0 : o->capture, &n, e) < 0)
        return say_failed("%s", e->msg);
    if (n == 0 && !o->all)
        return say_failed(
            "page %" PRId64
            " is not quarantined, and nothing that was fetched of it is unread; 'renda status' lists those that are",
            o->capture);
    printf("%d page%s put back\n", n, n == 1 ? "" : "s");
    return EXIT_DONE;
}

int cmd_retry(int argc, char **argv)
{
    struct options o = { 0 };
    struct config *c = NULL;
    struct err e;
    int wrong = read_options(&o, argc, argv);
    if (wrong != 0)
        return wrong;
    struct store *s = settings_open(o.config, STORE_WRITE, &c, &e);
    int code = s == NULL ? say_failed("%s", e.msg) : retry(&o, s, &e);
    store_close(s);
    config_free(c);
    return code;
}
