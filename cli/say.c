#include "cli/say.h"

#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>

#include "cli/command.h"
#include "common/err.h"
#include "common/near.h"

int say_failed(const char *fmt, ...)
{
    struct err line;
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(line.msg, sizeof(line.msg), fmt, ap);
    va_end(ap);
    fprintf(stderr, "renda: %s\n", line.msg);
    return EXIT_FAILED;
}

int say_usage(const char *command, const char *fmt, ...)
{
    struct err line;
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(line.msg, sizeof(line.msg), fmt, ap);
    va_end(ap);
    fprintf(stderr, "renda %s: %s; see 'renda %s --help'\n", command, line.msg, command);
    return EXIT_USAGE;
}

int say_bad_option(const char *command, int found, char **argv)
{
    const char *word = argv[optind - 1];
    if (found == ':')
        return say_usage(command, "%s needs a value", word);
    if (optopt != 0 && (word[0] != '-' || word[1] != '-'))
        return say_usage(command, "there is no option -%c", optopt);
    return say_usage(command, "there is no option %s", word);
}

int say_unknown_command(const char *name)
{
    const char *close = near_word(name, &commands[0].name, command_count, sizeof(commands[0]));
    if (close != NULL)
        fprintf(stderr, "renda: there is no command '%s'; did you mean '%s'?\n", name, close);
    else
        fprintf(stderr, "renda: there is no command '%s'; 'renda --help' lists them\n", name);
    return EXIT_USAGE;
}
