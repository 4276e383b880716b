#include <stdio.h>
#include <string.h>

#include "cli/command.h"
#include "cli/say.h"

/* --help wins wherever it stands before "--". */
static int wants_help(int argc, char **argv)
{
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)
            return 1;
    }
    return 0;
}

/* What was printed must have arrived: a full disk behind a redirection is a failure. */
static int finish(int code)
{
    if (fflush(stdout) != 0 || ferror(stdout)) {
        perror("renda: cannot write to standard output");
        return code == EXIT_DONE ? EXIT_FAILED : code;
    }
    return code;
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        command_list(stderr);
        return EXIT_USAGE;
    }
    if (strcmp(argv[1], "--version") == 0 || strcmp(argv[1], "-V") == 0) {
        puts("renda " RENDA_VERSION);
        return finish(EXIT_DONE);
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)
        return finish(cmd_help(1, argv));
    const struct command *command = command_find(argv[1]);
    if (command == NULL)
        return say_unknown_command(argv[1]);
    if (wants_help(argc - 1, argv + 1))
        return finish(cmd_help(2, argv));
    return finish(command->run(argc - 1, argv + 1));
}
