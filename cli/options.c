#include "cli/options.h"

#include <assert.h>
#include <getopt.h>

#include "cli/say.h"

#define ROWS_MAX 32

int options_read(const struct option_row *rows, size_t n, int argc, char **argv, int *words)
{
    struct option names[ROWS_MAX + 1] = { { NULL, 0, NULL, 0 } };
    char letters[2 * ROWS_MAX + 2] = ":", *p = letters + 1;
    assert(n <= ROWS_MAX);
    for (size_t i = 0; i < n; i++) {
        bool valued = rows[i].value != NULL;
        names[i] = (struct option){ rows[i].name, valued ? required_argument : no_argument, NULL, (int)i + 256 };
        if (rows[i].letter != 0) {
            *p++ = rows[i].letter;
            *p = ':';
            p += valued;
        }
    }
    *p = '\0';
    opterr = 0;
    optind = 0; /* begin anew, also after a call that ended early */
    for (int c; (c = getopt_long(argc, argv, letters, names, NULL)) != -1;) {
        size_t i = 0;
        while (i < n && c != (int)i + 256 && c != rows[i].letter)
            i++;
        if (i == n)
            return say_bad_option(argv[0], c, argv);
        if (rows[i].value != NULL)
            *rows[i].value = optarg;
        else
            *rows[i].flag = true;
    }
    *words = optind;
    return 0;
}

int options_only(const struct option_row *rows, size_t n, int argc, char **argv)
{
    int words, wrong = options_read(rows, n, argc, argv, &words);
    if (wrong != 0 || words == argc)
        return wrong;
    return say_usage(argv[0], "'%s' is one word too many", argv[words]);
}
