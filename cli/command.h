/* command.h - the commands of `renda`: one row each. */
#ifndef RENDA_CLI_COMMAND_H
#define RENDA_CLI_COMMAND_H

#include <stddef.h>
#include <stdio.h>

/* Exit codes: 0 done, 1 could not, 2 called wrongly. */
enum { EXIT_DONE = 0, EXIT_FAILED = 1, EXIT_USAGE = 2 };

struct command {
    const char *name;
    const char *help;  /* one line */
    const char *usage; /* "renda NAME …", its options, and an example */
    /* argv[0] is the command's name. Returns the exit code, having said on stderr what went wrong. */
    int (*run)(int argc, char **argv);
};

extern const struct command commands[]; /* sorted by name */
extern const size_t command_count;

const struct command *command_find(const char *name); /* NULL when there is none */
void command_list(FILE *out);                         /* `renda --help` */

int cmd_add(int argc, char **argv);
int cmd_check(int argc, char **argv);
int cmd_congresses(int argc, char **argv);
int cmd_demo(int argc, char **argv);
int cmd_help(int argc, char **argv);
int cmd_parse(int argc, char **argv);
int cmd_producer(int argc, char **argv);
int cmd_query(int argc, char **argv);
int cmd_retry(int argc, char **argv);
int cmd_run(int argc, char **argv);
int cmd_sink(int argc, char **argv);
int cmd_status(int argc, char **argv);
int cmd_worker(int argc, char **argv);

#endif
