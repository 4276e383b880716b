#include "common/socket.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <zmq.h>

#include "common/wire.h"

static void *make(void *ctx, int type, const char *endpoint, int linger_ms, bool bind, struct err *e)
{
    void *s = zmq_socket(ctx, type);
    if (s == NULL) {
        err_set(e, "cannot make a socket for '%s': %s", endpoint, zmq_strerror(zmq_errno()));
        return NULL;
    }
    const int high_water = type == ZMQ_PUB ? WIRE_FEED_HIGH_WATER : WIRE_HIGH_WATER, on = 1, backlog = 256;
    const int64_t max_bytes = WIRE_MESSAGE_MAX;
    zmq_setsockopt(s, ZMQ_SNDHWM, &high_water, sizeof(high_water));
    zmq_setsockopt(s, ZMQ_RCVHWM, &high_water, sizeof(high_water));
    zmq_setsockopt(s, ZMQ_MAXMSGSIZE, &max_bytes, sizeof(max_bytes));
    zmq_setsockopt(s, ZMQ_LINGER, &linger_ms, sizeof(linger_ms));
    zmq_setsockopt(s, ZMQ_BACKLOG, &backlog, sizeof(backlog));
    if (type != ZMQ_PUB && type != ZMQ_SUB)
        zmq_setsockopt(s, ZMQ_IMMEDIATE, &on, sizeof(on));
    if (type == ZMQ_ROUTER)
        zmq_setsockopt(s, ZMQ_ROUTER_MANDATORY, &on, sizeof(on));
    if (!bind) { /* a peer that restarts is found again soon */
        const int retry_ms = 20, retry_max_ms = 200;
        zmq_setsockopt(s, ZMQ_RECONNECT_IVL, &retry_ms, sizeof(retry_ms));
        zmq_setsockopt(s, ZMQ_RECONNECT_IVL_MAX, &retry_max_ms, sizeof(retry_max_ms));
    }
    if ((bind ? zmq_bind : zmq_connect)(s, endpoint) == 0)
        return s;
    int why = zmq_errno();
    err_set(e, "cannot %s '%s': %s%s", bind ? "listen on" : "connect to", endpoint, zmq_strerror(why),
            why == EADDRINUSE ? "; another program has it: stop that one, or set another endpoint in the config" : "");
    zmq_close(s);
    return NULL;
}

void *socket_bind(void *ctx, int type, const char *endpoint, int linger_ms, struct err *e)
{
    return make(ctx, type, endpoint, linger_ms, true, e);
}

void *socket_connect(void *ctx, int type, const char *endpoint, int linger_ms, struct err *e)
{
    return make(ctx, type, endpoint, linger_ms, false, e);
}

int socket_send(void *socket, struct span frame, int flags, struct err *e)
{
    if (zmq_send(socket, frame.p, frame.n, flags | ZMQ_DONTWAIT) >= 0)
        return 1;
    int why = zmq_errno();
    if (why == EAGAIN || why == EHOSTUNREACH || why == EINTR)
        return 0;
    return err_set(e, "cannot send %zu bytes: %s", frame.n, zmq_strerror(why));
}
