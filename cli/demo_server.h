/* demo_server.h - the sample congress sites in a process of their own, which dies with this one. */
#ifndef RENDA_CLI_DEMO_SERVER_H
#define RENDA_CLI_DEMO_SERVER_H

#include <stdint.h>
#include <sys/types.h>

#include "common/err.h"

struct demo_server {
    pid_t pid;   /* 0: not running */
    char *sites; /* the "sites:" part of a config that watches them */
};

/* articles: of each site; port: of the first site, 0: free ones. */
int demo_server_start(struct demo_server *d, uint64_t articles, uint16_t port, struct err *e);
void demo_server_stop(struct demo_server *d); /* fine when it was not started */

#endif
