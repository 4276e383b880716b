/* socket.h - ZeroMQ sockets as this project sets them up: high-water marks of 16, messages of at most WIRE_MESSAGE_MAX,
 * no queueing for peers that are not there (ZMQ_IMMEDIATE). */
#ifndef RENDA_COMMON_SOCKET_H
#define RENDA_COMMON_SOCKET_H

#include "common/err.h"
#include "common/span.h"

/* NULL with *e filled on failure. linger_ms: how long closing waits for what is not sent. */
void *socket_bind(void *ctx, int type, const char *endpoint, int linger_ms, struct err *e);
void *socket_connect(void *ctx, int type, const char *endpoint, int linger_ms, struct err *e);

/* Sends one frame without waiting: 1 sent, 0 the peer is not there or its queue is full, -1 with *e. flags:
 * ZMQ_SNDMORE. */
int socket_send(void *socket, struct span frame, int flags, struct err *e);

#endif
