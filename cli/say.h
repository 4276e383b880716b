/* say.h - what a command says to people on stderr: one clear line each. */
#ifndef RENDA_CLI_SAY_H
#define RENDA_CLI_SAY_H

/* "renda: sentence". Returns 1, the exit code of a command that could not do its work. */
int say_failed(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* "renda COMMAND: sentence; see 'renda COMMAND --help'". Returns 2, the exit code of a command called wrongly. */
int say_usage(const char *command, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* What getopt_long() found wrong when it returned '?' or ':' (with opterr 0 and ':' first in its short options).
 * Returns 2. */
int say_bad_option(const char *command, int found, char **argv);

/* "renda: there is no command …", with the one that was probably meant. Returns 2. */
int say_unknown_command(const char *name);

#endif
