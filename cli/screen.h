/* screen.h - standard error as people watch it: log lines that scroll, and on a terminal one live status line below. */
#ifndef RENDA_CLI_SCREEN_H
#define RENDA_CLI_SCREEN_H

#include <stdbool.h>
#include <stddef.h>

#define SCREEN_STATUS_BYTES 512

struct screen {
    bool live; /* a terminal: the status line is shown */
    char status[SCREEN_STATUS_BYTES];
};

void screen_init(struct screen *s);
/* Columns of the terminal on fd; 0 when it is none. */
int screen_columns(int fd);

/* Writes whole lines (each ends with \n) above the status line. */
void screen_lines(struct screen *s, const char *lines, size_t bytes);
/* Shows this status from now on, cut to the terminal's width. Empty: none. */
void screen_status(struct screen *s, const char *status);

/* Around anything else that writes to the terminal. */
void screen_pause(struct screen *s);
void screen_resume(struct screen *s);

#endif
