/* options.h - a command's options, one row each: its name, and the variable that it sets. */
#ifndef RENDA_CLI_OPTIONS_H
#define RENDA_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

struct option_row {
    const char *name;   /* "json", for --json */
    char letter;        /* 'j', for -j; 0: none */
    bool *flag;         /* set when it is given, or */
    const char **value; /* takes the word behind it, which is argv's; the last one counts */
};

#define OPTION_CONFIG(to)                                                                                              \
    {                                                                                                                  \
        "config", 'c', NULL, (to)                                                                                      \
    }

/* Reads them wherever they stand; what is none of them is moved to the end. Returns 0 with *words the first of those
 * (argc: there is none), or 2, having said what is wrong. */
int options_read(const struct option_row *rows, size_t n, int argc, char **argv, int *words);

/* The same for a command that takes nothing but options. */
int options_only(const struct option_row *rows, size_t n, int argc, char **argv);

#endif
