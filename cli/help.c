#include <stdio.h>

#include "cli/command.h"
#include "cli/say.h"

/* argv[1], when there is one, names the command. */
int cmd_help(int argc, char **argv)
{
    if (argc < 2 || argv[1][0] == '-') {
        command_list(stdout);
        return EXIT_DONE;
    }
    const struct command *command = command_find(argv[1]);
    if (command == NULL)
        return say_unknown_command(argv[1]);
    printf("renda %s: %s\n\n%s", command->name, command->help, command->usage);
    return EXIT_DONE;
}
